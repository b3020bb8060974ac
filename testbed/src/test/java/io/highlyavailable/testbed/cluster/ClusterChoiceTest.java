package io.highlyavailable.testbed.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterChoiceTest {

  @Test
  void knowsItsWords() {
    assertThat(ClusterChoice.parse("")).isEqualTo(new ClusterChoice.Auto());
    assertThat(ClusterChoice.parse("auto")).isEqualTo(new ClusterChoice.Auto());
    assertThat(ClusterChoice.parse(" native ")).isEqualTo(new ClusterChoice.Native());
    assertThat(ClusterChoice.parse("k3s")).isEqualTo(new ClusterChoice.K3s());
  }

  @Test
  void anythingElseIsTheKubeconfigOfAnExistingCluster(@TempDir Path directory) throws Exception {
    Path kubeconfig = Files.createFile(directory.resolve("config"));

    assertThat(ClusterChoice.parse(kubeconfig.toString()))
        .isEqualTo(new ClusterChoice.Existing(kubeconfig));
  }

  @Test
  void saysWhatMayBeWrittenWhenItIsNoFile() {
    assertThatThrownBy(() -> ClusterChoice.parse("minikube"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "testbed.cluster (or TESTBED_CLUSTER) is \"minikube\": write auto, native, k3s, or the"
                + " path of a kubeconfig that can be read");
  }
}
