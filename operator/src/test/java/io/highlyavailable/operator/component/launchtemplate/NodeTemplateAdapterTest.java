package io.highlyavailable.operator.component.launchtemplate;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.AwsWorld;
import io.highlyavailable.operator.component.Clusters;
import io.highlyavailable.operator.component.cluster.Cluster;
import io.highlyavailable.operator.component.cluster.ClusterModule;
import io.highlyavailable.operator.component.network.NetworkModule;
import io.highlyavailable.operator.component.role.InstanceRoleModule;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.NodeGroupSettings;
import io.highlyavailable.testbed.aws.AwsEmulator;
import io.highlyavailable.testbed.network.Network;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class NodeTemplateAdapterTest extends AdapterContract<LaunchTemplateDesired, LaunchTemplate> {
  NodeTemplateAdapterTest() {
    super(
        LaunchTemplateModule.ofNodes(),
        List.of(new ClusterModule(new NetworkModule()), InstanceRoleModule.ofNodes()));
  }

  @Override
  protected AwsWorld world(AwsEmulator emulator, Network network) {
    return Clusters.world(emulator, network);
  }

  @Override
  protected App sample() {
    return Clusters.withoutData().build();
  }

  @Override
  protected Map<String, UnaryOperator<App>> changes() {
    return Map.of(
        "instanceTypes", setting("nodeGroup", "instanceTypes", List.of("m7i.large", "m6i.large")));
  }

  @Override
  protected Map<String, Consumer<LaunchTemplate>> drifts() {
    return Map.of(
        "instanceType",
        row -> {
          var data =
              Blueprints.write(row.blueprint()).toBuilder().instanceType("m7g.4xlarge").build();
          long version =
              clients
                  .ec2()
                  .createLaunchTemplateVersion(
                      it -> it.launchTemplateId(row.templateId()).launchTemplateData(data))
                  .launchTemplateVersion()
                  .versionNumber();
          clients
              .ec2()
              .modifyLaunchTemplate(
                  it ->
                      it.launchTemplateId(row.templateId())
                          .defaultVersion(String.valueOf(version)));
        });
  }

  @Test
  void runsEksCurrentImageOfTheClustersVersion() {
    assertThat(desired.blueprint().image())
        .isEqualTo(
            "resolve:ssm:/aws/service/eks/optimized-ami/1.35/amazon-linux-2023/arm64/standard"
                + "/recommended/image_id");
    App intel =
        Clusters.withoutData().nodes(new NodeGroupSettings(List.of("m7i.large"), 3, 9)).build();
    assertThat(desiredOf(intel).blueprint().image()).contains("/amazon-linux-2023/x86_64/");
  }

  @Test
  void joinsByTheConfigurationThatNodeadmReads() {
    Cluster cluster =
        new Cluster(
            "prod",
            "arn:x",
            "ACTIVE",
            "1.35",
            "https://api.example.com",
            "Y2E=",
            "10.100.0.0/16",
            "sg-1",
            List.of());
    assertThat(NodeConfig.of(app, cluster))
        .isEqualTo(
            """
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="//"

            --//
            Content-Type: application/node.eks.aws

            apiVersion: node.eks.aws/v1alpha1
            kind: NodeConfig
            spec:
              cluster:
                name: prod
                apiServerEndpoint: https://api.example.com
                certificateAuthority: Y2E=
                cidr: 10.100.0.0/16
              kubelet:
                config:
                  shutdownGracePeriod: 180s
                  shutdownGracePeriodCriticalPods: 30s
                flags:
                - --node-labels=highlyavailable.io/node-group=%s

            --//--
            """
                .formatted(app.resourceName() + "-nodes"));
  }
}
