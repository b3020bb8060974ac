package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.api.v1alpha1.ConditionStatus;
import io.highlyavailable.operator.model.OwnershipTags;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.VpcAttributeName;
import software.amazon.awssdk.services.rds.model.Subnet;

/** An app with a network of its own: made, joined with the cluster's, mended and removed. */
@WithRig
class ManagedNetworkIT {
  private static final String CIDR = "10.40.0.0/16";
  private static final String CLUSTER_CIDR = "10.0.0.0/16";
  private static final Duration A_MOMENT = Duration.ofMillis(500);
  private static final String ANYWHERE = "0.0.0.0/0";

  private final Rig rig;
  private final Ec2Client ec2;

  ManagedNetworkIT(Rig rig) {
    this.rig = rig;
    this.ec2 = rig.aws().ec2();
  }

  @AfterEach
  void nothingTakesTimeAnyMore() {
    rig.emulator().transitions().natGateways(Duration.ZERO, Duration.ZERO);
  }

  private static String manifest(String network, String rest) {
    return """
        apiVersion: highlyavailable.io/v1alpha1
        kind: HighlyAvailableApp
        metadata: {name: shop}
        spec:
          image: ghcr.io/acme/shop:1.4.2
          availability: {zones: 2}
          network: {managed: %s}
          deletionProtection: false
          deletionPolicy: Delete
          %s
        """
        .formatted(network, rest);
  }

  @Test
  void aDatabaseLivesInANetworkOfItsOwnThatIsMendedAndGoesWithIt(Stage stage) {
    String foreign = foreignVpc();
    rig.emulator().transitions().natGateways(Duration.ofHours(1), A_MOMENT);
    stage.operator();
    AppRig app =
        stage.apply(
            manifest("{cidr: " + CIDR + ", flowLogs: {}}", "database: {rds: {engine: postgres}}"));
    app.eventually(() -> assertThat(app.component("nat-gateway-1").state()).isEqualTo("pending"));
    app.eventually(() -> assertThat(app.component("nat-gateway-2").state()).isEqualTo("pending"));
    assertThat(app.condition("NetworkReady").status()).isEqualTo(ConditionStatus.FALSE);
    rig.emulator().transitions().natGateways(A_MOMENT, A_MOMENT);
    rig.emulator().transitions().complete();
    app.awaitReady();
    NetworkInAws network = new NetworkInAws(rig, app);
    assertMade(app, network);
    mend(app, network);
    assertMade(app, network);

    app.delete();
    app.awaitGone();
    assertThat(network.pieces()).isEmpty();
    assertThat(NetworkInAws.target(network.mainTable(rig.network().vpcId()), CIDR)).isEmpty();
    assertThat(ec2.describeVpcs(it -> it.vpcIds(foreign)).vpcs().getFirst().cidrBlock())
        .as("somebody else's")
        .isEqualTo(CIDR);
    ec2.deleteVpc(it -> it.vpcId(foreign));
  }

  /** Somebody else's VPC with the same addresses and a name like ours. */
  private String foreignVpc() {
    return ec2.createVpc(
            it ->
                it.cidrBlock(CIDR)
                    .tagSpecifications(
                        tags ->
                            tags.resourceType(ResourceType.VPC)
                                .tags(Tag.builder().key("Name").value("ha-shop-vpc").build())))
        .vpc()
        .vpcId();
  }

  private void assertMade(AppRig app, NetworkInAws network) {
    assertThat(network.pieces().values()).allSatisfy(ids -> assertThat(ids).hasSize(1));
    assertThat(network.pieces())
        .containsOnlyKeys(
            "vpc",
            "internet-gateway",
            "public-subnet-1",
            "public-subnet-2",
            "private-subnet-1",
            "private-subnet-2",
            "nat-address-1",
            "nat-address-2",
            "nat-gateway-1",
            "nat-gateway-2",
            "cluster-peering",
            "public-route-table",
            "private-route-table-1",
            "private-route-table-2",
            "s3-endpoint",
            "dynamodb-endpoint",
            "flow-log");
    assertRouted(network);
    assertDataInPrivateSubnets(app, network);
    assertThat(dnsHostnames(network)).isTrue();
    assertThat(app.condition("NetworkReady").status()).isEqualTo(ConditionStatus.TRUE);
  }

  private void assertRouted(NetworkInAws network) {
    String peering = network.id("cluster-peering");
    assertThat(NetworkInAws.target(network.routes("public-route-table"), ANYWHERE))
        .isEqualTo(network.id("internet-gateway"));
    for (int zone = 1; zone <= 2; zone++) {
      var table = network.routes("private-route-table-" + zone);
      assertThat(NetworkInAws.target(table, ANYWHERE)).isEqualTo(network.id("nat-gateway-" + zone));
      assertThat(NetworkInAws.target(table, CLUSTER_CIDR)).isEqualTo(peering);
      assertThat(table.associations())
          .extracting(it -> it.subnetId())
          .containsExactly(network.id("private-subnet-" + zone));
    }
    assertThat(NetworkInAws.target(network.mainTable(rig.network().vpcId()), CIDR))
        .isEqualTo(peering);
  }

  private void assertDataInPrivateSubnets(AppRig app, NetworkInAws network) {
    assertThat(app.aws().subnetGroup().orElseThrow().subnets())
        .extracting(Subnet::subnetIdentifier)
        .containsExactlyInAnyOrder(network.id("private-subnet-1"), network.id("private-subnet-2"));
    var group = app.aws().securityGroups().getFirst();
    assertThat(group.vpcId()).isEqualTo(network.id("vpc"));
    assertThat(group.ipPermissions().getFirst().userIdGroupPairs())
        .extracting(pair -> pair.groupId())
        .containsExactly(rig.network().clusterSecurityGroupId());
  }

  private boolean dnsHostnames(NetworkInAws network) {
    return ec2.describeVpcAttribute(
            it -> it.vpcId(network.id("vpc")).attribute(VpcAttributeName.ENABLE_DNS_HOSTNAMES))
        .enableDnsHostnames()
        .value();
  }

  /** Takes away or changes a piece of each kind, and waits until all is as it was. */
  private void mend(AppRig app, NetworkInAws network) {
    SortedMap<String, ?> before = network.pieces();
    var table = network.routes("private-route-table-1");
    ec2.deleteRoute(it -> it.routeTableId(table.routeTableId()).destinationCidrBlock(CLUSTER_CIDR));
    ec2.disassociateRouteTable(
        it -> it.associationId(table.associations().getFirst().routeTableAssociationId()));
    ec2.modifyVpcAttribute(
        it -> it.vpcId(network.id("vpc")).enableDnsHostnames(off -> off.value(false)));
    ec2.deleteTags(
        it ->
            it.resources(network.id("private-subnet-2"))
                .tags(Tag.builder().key("kubernetes.io/role/internal-elb").build()));
    ec2.modifySubnetAttribute(
        it -> it.subnetId(network.id("public-subnet-1")).mapPublicIpOnLaunch(on -> on.value(true)));
    String cluster = network.mainTable(rig.network().vpcId()).routeTableId();
    ec2.deleteRoute(it -> it.routeTableId(cluster).destinationCidrBlock(CIDR));
    String gateway = network.id("nat-gateway-2");
    ec2.deleteNatGateway(it -> it.natGatewayId(gateway));
    ec2.deleteVpcEndpoints(it -> it.vpcEndpointIds(network.id("s3-endpoint")));
    ec2.deleteFlowLogs(it -> it.flowLogIds(network.id("flow-log")));
    app.eventually(
        () -> {
          assertMade(app, network);
          assertThat(network.id("nat-gateway-2")).isNotEqualTo(gateway);
          assertThat(
                  ec2.describeSubnets(it -> it.subnetIds(network.id("public-subnet-1")))
                      .subnets()
                      .getFirst()
                      .mapPublicIpOnLaunch())
              .isFalse();
          app.assertReady();
        });
    assertThat(network.pieces().get("nat-address-2")).isEqualTo(before.get("nat-address-2"));
    assertThat(network.pieces().get("vpc")).isEqualTo(before.get("vpc"));
    assertThat(app.events("Drifted")).isNotEmpty();
  }

  @Test
  void keptDataKeepsItsNetworkAndARecreatedAppIsGivenBoth(Stage stage) {
    stage.operator();
    String manifest =
        manifest(
            "{cidr: 10.41.0.0/16, natGateways: Single}", "database: {rds: {engine: postgres}}");
    AppRig first = stage.apply(manifest).awaitReady();
    NetworkInAws network = new NetworkInAws(rig, first);
    String vpc = network.id("vpc");
    assertThat(network.pieces()).containsKey("nat-gateway-1").doesNotContainKey("nat-gateway-2");
    first.patch("spec: {deletionProtection: true}");
    first.awaitReady();
    first.delete();
    first.awaitGone();
    assertThat(network.pieces())
        .containsOnlyKeys("vpc", "cluster-peering", "private-subnet-1", "private-subnet-2");
    assertThat(tags(vpc)).containsKey(OwnershipTags.RETAINED);

    AppRig again = stage.apply(manifest).awaitReady();
    assertThat(network.id("vpc")).isEqualTo(vpc);
    assertThat(tags(vpc)).doesNotContainKey(OwnershipTags.RETAINED);
    again.delete();
    again.awaitGone();
    assertThat(network.pieces()).isEmpty();
  }

  private Map<String, String> tags(String vpc) {
    return ec2.describeVpcs(it -> it.vpcIds(vpc)).vpcs().getFirst().tags().stream()
        .collect(Collectors.toMap(Tag::key, Tag::value));
  }

  @Test
  void sayWhetherPodsCanReachIt(Stage stage) {
    stage.operator();
    AppRig app = stage.apply(manifest("{cidr: " + CLUSTER_CIDR + ", natGateways: None}", ""));
    app.eventually(
        () ->
            assertThat(app.message("cluster-peering"))
                .contains("10.0.0.0/16 overlaps with 10.0.0.0/16"));
    assertThat(app.component("cluster-peering").nextStep()).contains("peerWithCluster");

    app.patch("spec: {network: {managed: {peerWithCluster: false}}}");
    app.awaitReady();
    assertThat(app.message("vpc")).contains("pods cannot reach");
    assertThat(new NetworkInAws(rig, app).pieces())
        .doesNotContainKeys("cluster-peering", "nat-gateway-1", "nat-address-1");

    app.patch("spec: {network: {managed: {flowLogs: {retentionDays: 7}}}}");
    app.eventually(() -> assertThat(app.component("flow-log").ready()).isTrue());
    app.awaitReady();
    app.patch("spec: {network: {managed: {flowLogs: null}}}");
    app.eventually(
        () -> assertThat(new NetworkInAws(rig, app).pieces()).doesNotContainKey("flow-log"));

    app.patch("spec: {network: null}");
    app.eventually(() -> assertThat(new NetworkInAws(rig, app).pieces()).isEmpty());
    app.awaitReady();
  }
}
