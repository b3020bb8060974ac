package io.highlyavailable.operator.component.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.CloudFailure.Kind;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.Cidr;
import io.highlyavailable.operator.model.NatGateways;
import io.highlyavailable.operator.model.NetworkChoice;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkRulesTest {
  private static final String PRIVATE_TAG = "kubernetes.io/role/internal-elb=1";
  private static final Upstream.Settings NO_VPC =
      new Upstream.Settings("1", "aws", "", List.of(), "", "/", "");

  private final NetworkRules rules = new NetworkRules();
  private final App discover = SampleApp.named("shop").build();

  private static Subnet subnet(String id, String zone, boolean internal) {
    return new Subnet(id, zone, internal, !internal);
  }

  private static Network network(Subnet... subnets) {
    return new Network("vpc-1", "arn:aws:ec2:us-east-1:1:vpc/vpc-1", List.of(subnets));
  }

  private static App existing(String... subnets) {
    return SampleApp.named("shop")
        .network(new NetworkChoice.Existing("vpc-2", List.of(subnets), List.of(), List.of()))
        .build();
  }

  private Readiness readiness(App app, Network network) {
    return rules.readiness(new NetworkDesired(app), network);
  }

  @Test
  void isReadyWithPrivateSubnetsInTwoZones() {
    assertThat(readiness(discover, network(subnet("a", "z1", true), subnet("b", "z2", true))))
        .isEqualTo(new Readiness.Ready());
  }

  @Test
  void failsWhenThePrivateSubnetsAreInOneZone() {
    Readiness found =
        readiness(
            discover,
            network(subnet("a", "z1", true), subnet("b", "z1", true), subnet("c", "z2", false)));
    assertThat(found).isInstanceOf(Readiness.Failed.class);
    assertThat(found.toString()).contains("in 1 of the 2 zones").contains("internal-elb=1");
  }

  @Test
  void takesNamedSubnetsWhateverTheirTags() {
    Network network = network(subnet("a", "z1", false), subnet("b", "z2", false));
    assertThat(readiness(existing("a", "b"), network)).isEqualTo(new Readiness.Ready());
  }

  @Test
  void namesTheSubnetThatIsNotThere() {
    Network network = network(subnet("a", "z1", false), subnet("b", "z2", false));
    assertThat(readiness(existing("a", "x"), network).toString()).contains("[x]");
  }

  @Test
  void takesTheNamedVpcBeforeTheConfiguredOne() {
    assertThat(rules.resourceName(existing(), KnownUpstream.SETTINGS)).contains("vpc-2");
    assertThat(rules.resourceName(discover, KnownUpstream.SETTINGS)).contains("vpc-1");
  }

  @Test
  void saysWhatToSetWhenNoVpcIsConfigured() {
    assertThat(rules.missing(discover, NO_VPC).toString())
        .contains("VPC is not known", "HAAPP_VPC_ID", "HAAPP_EKS_CLUSTER");
    assertThat(rules.missing(existing(), NO_VPC).toString()).contains("vpc-2");
  }

  @Test
  void saysWhyEksDidNotTellTheVpc() {
    var unknown =
        new CloudFailure(
            Kind.NOT_FOUND, "eks:DescribeCluster", "ResourceNotFoundException", "none", "", false);
    assertThat(rules.missing(discover, NO_VPC.withCluster("prod", unknown)))
        .isEqualTo(
            new Readiness.Failed(
                "spec.network.discover: the cluster's VPC is not known:"
                    + " eks:DescribeCluster: ResourceNotFoundException: none",
                "correct HAAPP_EKS_CLUSTER, or set HAAPP_VPC_ID, in the operator's"
                    + " configuration"));
    var denied =
        new CloudFailure(Kind.DENIED, "eks:DescribeCluster", "AccessDenied", "no", "allow", false);
    assertThat(rules.missing(discover, NO_VPC.withCluster("prod", denied)).toString())
        .contains("nextStep=allow");
  }

  @Test
  void saysThatTheClustersVpcIsElsewhere() {
    assertThat(rules.missing(discover, KnownUpstream.SETTINGS).toString())
        .contains("vpc-1 has no subnets in " + discover.region(), "spec.aws.region");
  }

  @Test
  void saysWhenThereAreFewerZonesThanWereAskedFor() {
    Network two = network(subnet("a", "z1", true), subnet("b", "z2", true));
    assertThat(rules.remark(discover, two))
        .contains("asks for 3 zones", "in 2", "tag a private subnet in each zone", PRIVATE_TAG);
    Network three =
        network(subnet("a", "z1", true), subnet("b", "z2", true), subnet("c", "z3", true));
    assertThat(rules.remark(discover, three)).isEmpty();
  }

  @Test
  void waitsForEveryPrivateSubnetOfAManagedNetwork() {
    App managed =
        SampleApp.named("shop")
            .network(
                new NetworkChoice.Managed(
                    Cidr.parse("10.40.0.0/16"), 3, NatGateways.NONE, true, List.of()))
            .build();
    Network two = network(subnet("a", "z1", true), subnet("b", "z2", true));
    assertThat(readiness(managed, two)).isInstanceOf(Readiness.Progressing.class);
    assertThat(rules.missing(managed, KnownUpstream.SETTINGS))
        .isInstanceOf(Readiness.Progressing.class);
    assertThat(rules.resourceName(managed, KnownUpstream.SETTINGS.withManagedVpc("vpc-9")))
        .contains("vpc-9");
  }

  @Test
  void isWantedByDatabasesAndSessionStoresOnly() {
    SampleApp none = SampleApp.named("shop").database(null).sessionStore(null);
    assertThat(rules.wanted(none.build())).isFalse();
    assertThat(rules.wanted(SampleApp.named("shop").database(null).build())).isTrue();
    assertThat(rules.wanted(SampleApp.named("shop").sessionStore(null).build())).isTrue();
  }
}
