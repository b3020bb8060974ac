package io.highlyavailable.operator.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.highlyavailable.testbed.Testbed;
import io.highlyavailable.testbed.alb.LoadBalancerController;
import io.highlyavailable.testbed.aws.AwsEmulator;
import io.highlyavailable.testbed.build.DebianPackages;
import io.highlyavailable.testbed.build.Progress;
import io.highlyavailable.testbed.cluster.ApiServerAudit;
import io.highlyavailable.testbed.cluster.Cluster;
import io.highlyavailable.testbed.cluster.MetricsServer;
import io.highlyavailable.testbed.network.Network;
import io.highlyavailable.testbed.operator.OperatorProcess;
import io.highlyavailable.testbed.operator.OperatorSettings;
import io.highlyavailable.testbed.serving.Serving;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What all tests share: cluster, AWS, load balancer controller, and the operator. At most one
 * operator runs at a time: a test that needs one of its own takes the place of the shared one,
 * which watches all namespaces.
 */
final class Rig implements AutoCloseable {
  static final String CLUSTER_ID = "e2e";

  /** The access key id of the operator's calls. */
  static final String OPERATOR = "operator";

  private static final Duration START = Duration.ofSeconds(60);

  private final Testbed testbed;
  private final Aws aws;
  private final LoadBalancerController controller;
  private @Nullable Running running;
  private int started;

  /** An operator and what it was started with. */
  private record Running(OperatorProcess process, OperatorSettings settings) {}

  Rig(Testbed testbed) {
    this.testbed = testbed;
    this.aws = new Aws(testbed.aws());
    this.controller =
        LoadBalancerController.start(
            testbed.cluster().kubeconfig(),
            testbed.aws().endpoint(),
            AwsEmulator.REGION,
            network().vpcId(),
            CLUSTER_ID);
  }

  Cluster cluster() {
    return testbed.cluster();
  }

  /** Of a cluster administrator. */
  KubernetesClient client() {
    return testbed.cluster().client();
  }

  /** What a person at a terminal reads. */
  String kubectl(String... arguments) {
    List<String> line =
        new ArrayList<>(
            List.of(
                testbed.toolchain().kubectl().toString(),
                "--kubeconfig",
                cluster().kubeconfig().toString()));
    line.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? output : "failed: " + output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  AwsEmulator emulator() {
    return testbed.aws();
  }

  Aws aws() {
    return aws;
  }

  Network network() {
    return testbed.network();
  }

  ApiServerAudit audit() {
    return cluster()
        .audit()
        .orElseThrow(() -> new IllegalStateException("this cluster keeps no audit log for us"));
  }

  /** Starts metrics-server, until it is closed; empty where the cluster is not ours to extend. */
  Optional<MetricsServer> startMetricsServer() {
    return testbed.startMetricsServer();
  }

  /**
   * Nodes whose pods serve, and a proxy before them.
   *
   * @param preStop whether preStop hooks are run
   */
  Serving serving(boolean preStop) {
    return Serving.start(
        client(),
        DebianPackages.ofUser(Progress.toStandardError()),
        testbed.logs().resolve("serving-" + started++),
        preStop);
  }

  /** The shared operator, which watches all namespaces; started when it does not run. */
  OperatorProcess operator() {
    return operator(settings());
  }

  /** An operator with these settings, in the place of any other. */
  OperatorProcess operator(OperatorSettings settings) {
    if (running != null && running.settings().equals(settings) && running.process().isAlive()) {
      return running.process();
    }
    stopOperator();
    OperatorProcess process =
        OperatorProcess.start(cluster(), settings, testbed.logs().resolve("e2e-" + started++));
    running = new Running(process, settings);
    process.awaitReady(START);
    return process;
  }

  /** Stops whichever operator runs. */
  void stopOperator() {
    if (running != null) {
      running.process().close();
      running = null;
    }
  }

  /** The operator that runs now. */
  OperatorProcess running() {
    if (running == null) {
      throw new IllegalStateException("no operator runs");
    }
    return running.process();
  }

  /** The name by which the API server knows the operator that runs now. */
  String operatorUser() {
    return running == null ? settings().user() : running.settings().user();
  }

  /** Settings of the shared operator, to start from. Polls are fast so that nobody waits. */
  OperatorSettings settings() {
    return OperatorSettings.local(emulator().endpoint())
        .inNetwork(network().vpcId(), List.of(network().clusterSecurityGroupId()))
        .with("HAAPP_CLUSTER_ID", CLUSTER_ID)
        .with("HAAPP_POLL_FAST", "500ms")
        .with("HAAPP_POLL_SLOW", "1500ms")
        .with("HAAPP_AUDIT_INTERVAL", "500ms")
        .with("HAAPP_SETTLE_WINDOW", "4s")
        .with("HAAPP_TRAFFIC_INTERVAL", "1s")
        .with(
            "HAAPP_OIDC_PROVIDER_ARN",
            "arn:aws:iam::" + AwsEmulator.ACCOUNT + ":oidc-provider/oidc.example.com/id/E2E");
  }

  @Override
  public void close() {
    stopOperator();
    controller.close();
    aws.close();
  }
}
