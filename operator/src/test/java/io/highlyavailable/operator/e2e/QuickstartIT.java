package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.testbed.aws.AwsEmulator;
import io.highlyavailable.testbed.cluster.Cluster;
import io.highlyavailable.testbed.junit.TestNamespace;
import io.highlyavailable.testbed.junit.WithTestbed;
import io.highlyavailable.testbed.network.Network;
import io.highlyavailable.testbed.operator.OperatorProcess;
import io.highlyavailable.testbed.operator.OperatorSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@WithTestbed
class QuickstartIT {
  @Test
  void becomesReady(
      Cluster cluster, KubernetesClient client, AwsEmulator aws, Network network, TestNamespace ns)
      throws Exception {
    OperatorSettings settings =
        OperatorSettings.local(aws.endpoint())
            .inNetwork(network.vpcId(), java.util.List.of(network.clusterSecurityGroupId()))
            .with("HAAPP_OIDC_PROVIDER_ARN", "arn:aws:iam::123456789012:oidc-provider/oidc.example.com/id/LOCAL");
    try (OperatorProcess operator =
        OperatorProcess.start(cluster, settings, Path.of("target/e2e"))) {
      operator.awaitReady(Duration.ofSeconds(30));
      HighlyAvailableApp app =
          client
              .resources(HighlyAvailableApp.class)
              .load(Path.of("../examples/quickstart.yaml").toFile())
              .item();
      client.resource(app).inNamespace(ns.name()).create();
      try {
        await()
            .ignoreExceptions()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(
                () ->
                    assertThat(
                            client
                                .resources(HighlyAvailableApp.class)
                                .inNamespace(ns.name())
                                .withName("shop")
                                .get()
                                .getStatus()
                                .phase()
                                .name())
                        .isEqualTo("READY"));
      } finally {
        System.out.println(operator.logTail());
        System.out.println(
            io.fabric8.kubernetes.client.utils.Serialization.asYaml(
                client
                    .resources(HighlyAvailableApp.class)
                    .inNamespace(ns.name())
                    .withName("shop")
                    .get()));
      }
    }
  }
}
