package io.highlyavailable.operator.component.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.Clusters;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.network.Subnet;
import io.highlyavailable.operator.model.App;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterRulesTest {
  private static final ClusterRules RULES = new ClusterRules();
  private static final App APP = Clusters.withoutData().build();

  private static Cluster cluster(String state, Subnet... subnets) {
    return new Cluster(
        "prod",
        "arn:aws:eks:x",
        state,
        "1.35",
        "https://x",
        "Y2E=",
        "10.0.0.0/16",
        "sg-1",
        List.of(subnets));
  }

  private static Subnet subnet(String zone, boolean forInternal) {
    return new Subnet("subnet-" + zone, zone, forInternal, !forInternal);
  }

  private static Readiness readiness(Cluster cluster) {
    return RULES.readiness(new ClusterDesired(), cluster);
  }

  @Test
  void saysWhatToConfigureWhileTheClusterIsNotKnown() {
    assertThat(RULES.missing(APP, KnownUpstream.SETTINGS).toString())
        .contains("spec.nodeGroup: the cluster's name in EKS is not known")
        .contains("set HAAPP_EKS_CLUSTER");
    assertThat(RULES.missing(APP, KnownUpstream.SETTINGS.withCluster("prod", null)).toString())
        .contains("EKS knows no cluster prod in us-east-1")
        .contains("spec.aws.region");
  }

  @Test
  void isReadyWhenNodesCanBeInTwoZones() {
    Subnet one = subnet("us-east-1a", true);
    Subnet two = subnet("us-east-1b", true);
    assertThat(readiness(cluster("ACTIVE", one, two))).isEqualTo(new Readiness.Ready());
    assertThat(readiness(cluster("UPDATING", one, two))).isEqualTo(new Readiness.Ready());
    assertThat(readiness(cluster("CREATING", one, two)))
        .isEqualTo(new Readiness.Progressing("the cluster is CREATING"));
    assertThat(readiness(cluster("ACTIVE", one, subnet("us-east-1b", false))).toString())
        .contains("private subnets in 1 availability zones")
        .contains("kubernetes.io/role/internal-elb=1");
  }
}
