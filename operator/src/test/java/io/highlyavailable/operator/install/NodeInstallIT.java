package io.highlyavailable.operator.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.testbed.Testbed;
import io.highlyavailable.testbed.build.Progress;
import io.highlyavailable.testbed.container.DockerEngine;
import io.highlyavailable.testbed.junit.PlatformCondition;
import io.highlyavailable.testbed.node.RealNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** On a kubelet and containerd of the run's own, beside the fake nodes of a native cluster. */
@ExtendWith(NodeInstallIT.NeedsNodeAndImage.class)
class NodeInstallIT extends ContainerSteps {

  /** Asked of the machine. */
  static final class NeedsNodeAndImage implements PlatformCondition {
    @Override
    public Optional<String> obstacle() {
      return RealNode.obstacle().or(DockerEngine::obstacle);
    }
  }

  @Override
  Testbed start() {
    return Testbed.withRealNode(Progress.toStandardError());
  }

  @Test
  @Order(125)
  void theProcessesAreNobodyWithoutRightsOnARootThatNobodyMayWriteTo() {
    List<ProcessFacts> operators =
        ((RealNode) site().node())
            .processes().stream()
                .filter(process -> process.info().command().orElse("").endsWith("/java"))
                .map(process -> ProcessFacts.of(process.pid()))
                .toList();
    assertThat(operators)
        .hasSize(2)
        .allSatisfy(
            facts -> {
              assertThat(facts.status())
                  .containsEntry("Uid", "65532\t65532\t65532\t65532")
                  .containsEntry("Gid", "65532\t65532\t65532\t65532")
                  .containsEntry("NoNewPrivs", "1")
                  // The runtime's filter of system calls.
                  .containsEntry("Seccomp", "2");
              for (String set : List.of("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")) {
                assertThat(facts.status().get(set)).as(set).matches("0+");
              }
              assertThat(facts.rootOptions()).startsWith("ro");
              assertThat(facts.memoryLimit()).isEqualTo(512L << 20);
            });
  }
}
