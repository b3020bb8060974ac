package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.api.v1alpha1.ConditionStatus;
import io.highlyavailable.testbed.aws.Fault;
import io.highlyavailable.testbed.operator.OperatorSettings;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.rds.model.Subnet;

/** An operator that is told its cluster's name, and neither its VPC nor its security group. */
@WithRig
class ClusterDiscoveryIT {
  private static final String CLUSTER = "discovered";
  private static final String APP =
      """
      apiVersion: highlyavailable.io/v1alpha1
      kind: HighlyAvailableApp
      metadata: {name: shop}
      spec:
        image: ghcr.io/acme/shop:1.4.2
        deletionProtection: false
        deletionPolicy: Delete
        database: {rds: {engine: postgres}}
      """;

  private final Rig rig;

  ClusterDiscoveryIT(Rig rig) {
    this.rig = rig;
  }

  private String clusterSecurityGroup() {
    try (EksClient eks = rig.emulator().configure(EksClient.builder()).build()) {
      return eks.createCluster(
              it ->
                  it.name(CLUSTER)
                      .roleArn("arn:aws:iam::123456789012:role/cluster")
                      .resourcesVpcConfig(vpc -> vpc.subnetIds(rig.network().privateSubnetIds())))
          .cluster()
          .resourcesVpcConfig()
          .clusterSecurityGroupId();
    }
  }

  @Test
  void saysWhyEksDoesNotTellAndGoesOnWhenItDoes(Stage stage) {
    String group = clusterSecurityGroup();
    OperatorSettings settings =
        stage
            .ownSettings()
            .with("HAAPP_VPC_ID", "")
            .with("HAAPP_CLIENT_SECURITY_GROUP_IDS", "")
            .with("HAAPP_EKS_CLUSTER", CLUSTER);
    AppRig app;
    try (Fault denied = deny()) {
      stage.operator(settings);
      app = stage.apply(APP);
      app.eventually(
          () ->
              assertThat(app.message("network"))
                  .contains("VPC is not known: eks:DescribeCluster: AccessDeniedException"));
      assertThat(app.component("network").nextStep()).contains("eks:DescribeCluster");
      assertThat(app.condition("NetworkReady").status()).isEqualTo(ConditionStatus.FALSE);
      assertThat(denied.hits()).isPositive();
    }

    app.awaitReady();
    assertThat(app.aws().subnetGroup().orElseThrow().subnets())
        .extracting(Subnet::subnetIdentifier)
        .containsExactlyInAnyOrderElementsOf(rig.network().privateSubnetIds());
    assertThat(app.aws().securityGroups().getFirst().ipPermissions().getFirst().userIdGroupPairs())
        .extracting(pair -> pair.groupId())
        .containsExactly(group);
    leavesNothingBehindWhenItIsDeletedMeanwhile(stage, settings, app);
  }

  private Fault deny() {
    return rig.emulator()
        .faults()
        .on("eks", "DescribeCluster")
        .always()
        .error("AccessDeniedException", 403, "not authorized");
  }

  /** A group is found by its VPC's id: without it nothing may be taken for gone. */
  private void leavesNothingBehindWhenItIsDeletedMeanwhile(
      Stage stage, OperatorSettings settings, AppRig app) {
    try (Fault denied = deny()) {
      rig.stopOperator();
      stage.operator(settings);
      app.delete();
      app.eventually(
          () ->
              assertThat(app.status().deletion().blockedBy())
                  .anySatisfy(line -> assertThat(line).contains("eks:DescribeCluster")));
      assertThat(denied.hits()).isPositive();
    }
    app.awaitGone();
    assertThat(app.aws().securityGroups()).isEmpty();
  }
}
