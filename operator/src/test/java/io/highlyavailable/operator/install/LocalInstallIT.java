package io.highlyavailable.operator.install;

import io.highlyavailable.operator.chart.Helm;
import io.highlyavailable.testbed.Testbed;
import io.highlyavailable.testbed.build.Progress;
import io.highlyavailable.testbed.cluster.ClusterChoice;
import io.highlyavailable.testbed.operator.OperatorProcess;
import io.highlyavailable.testbed.operator.OperatorSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/**
 * With fake nodes alone, which needs neither root nor Docker: the chart's pods hold no program, and
 * the operator is a process with the rights that the chart gave its service account.
 */
class LocalInstallIT extends InstallationSteps {
  private @Nullable OperatorProcess operator;

  @Override
  Testbed start() {
    return new Testbed(new ClusterChoice.Native(), Progress.toStandardError());
  }

  @Override
  void install(String... options) {
    site().install(options).succeeded();
    if (operator == null) {
      operator =
          OperatorProcess.startInstalled(
              site().testbed().cluster(), settings(), site().testbed().logs().resolve("install"));
    } else {
      operator.restart();
    }
    operator.awaitReady(PATIENCE);
  }

  private OperatorSettings settings() {
    var network = site().testbed().network();
    return OperatorSettings.local(site().aws().endpoint())
        .as(Helm.NAMESPACE, Helm.RELEASE)
        .inNetwork(network.vpcId(), List.of(network.clusterSecurityGroupId()))
        .with("HAAPP_CLUSTER_ID", Site.CLUSTER_ID)
        .with("HAAPP_POLL_FAST", "500ms")
        .with("HAAPP_POLL_SLOW", "1500ms")
        .with("HAAPP_AUDIT_INTERVAL", "500ms")
        .with("HAAPP_SETTLE_WINDOW", "4s");
  }

  @Override
  String evidence() {
    return operator == null ? "" : operator.logTail();
  }

  @AfterAll
  void stopOperator() {
    if (operator != null) {
      operator.close();
    }
  }
}
