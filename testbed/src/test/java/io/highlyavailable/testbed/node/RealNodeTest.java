package io.highlyavailable.testbed.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.highlyavailable.testbed.Testbed;
import io.highlyavailable.testbed.build.Progress;
import io.highlyavailable.testbed.cluster.ContainerNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RealNodeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void runsPodsAsContainersAndLeavesNothingBehind() throws IOException {
    assumeThat(RealNode.obstacle()).as("a real node can run here").isEmpty();
    List<ProcessHandle> processes;
    String sysctls = settingsThatKubeletsChange();
    try (Testbed testbed = Testbed.withRealNode(Progress.toStandardError())) {
      RealNode node = (RealNode) testbed.containers().orElseThrow();
      Pod pod = run(testbed.cluster().client());
      assertThat(pod.getStatus().getPodIP()).startsWith("10.88.1.");
      processes = node.processes();
      assertThat(processes).anyMatch(p -> p.info().command().orElse("").equals("/pause"));
      assertThat(controlGroups()).isNotEmpty();
    }
    assertThat(processes).noneMatch(ProcessHandle::isAlive);
    assertThat(controlGroups()).isEmpty();
    assertThat(settingsThatKubeletsChange()).isEqualTo(sysctls);
  }

  private static Pod run(KubernetesClient client) {
    client.resource(pod()).create();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(get(client).getStatus().getPhase()).isEqualTo("Running"));
    return get(client);
  }

  private static Pod get(KubernetesClient client) {
    return client.pods().inNamespace("default").withName("pause").get();
  }

  private static Pod pod() {
    return new PodBuilder()
        .withNewMetadata()
        .withName("pause")
        .withNamespace("default")
        .endMetadata()
        .withNewSpec()
        .addToNodeSelector(ContainerNode.MARK, "true")
        .addNewToleration()
        .withKey(ContainerNode.MARK)
        .withOperator("Exists")
        .endToleration()
        .addNewContainer()
        .withName("pause")
        .withImage("testbed.local/pause:1")
        .endContainer()
        .endSpec()
        .build();
  }

  /** Those of this JVM's nodes. */
  private static List<Path> controlGroups() throws IOException {
    String name = "highlyavailableapp-" + ProcessHandle.current().pid() + "-";
    try (Stream<Path> all = Files.walk(Path.of("/sys/fs/cgroup"), 2)) {
      return all.filter(group -> group.getFileName().toString().startsWith(name)).toList();
    }
  }

  private static String settingsThatKubeletsChange() throws IOException {
    Path sys = Path.of("/proc/sys");
    return Files.readString(sys.resolve("vm/overcommit_memory"))
        + Files.readString(sys.resolve("kernel/panic"))
        + Files.readString(sys.resolve("kernel/panic_on_oops"));
  }
}
