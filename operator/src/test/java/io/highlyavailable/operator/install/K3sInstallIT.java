package io.highlyavailable.operator.install;

import io.highlyavailable.testbed.Testbed;
import io.highlyavailable.testbed.build.Progress;
import io.highlyavailable.testbed.cluster.ClusterChoice;
import io.highlyavailable.testbed.cluster.K3sCluster;
import io.highlyavailable.testbed.container.DockerEngine;
import io.highlyavailable.testbed.junit.PlatformCondition;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;

/** On k3s in a container, where a Docker engine has its image and runs it. */
@ExtendWith(K3sInstallIT.NeedsK3s.class)
class K3sInstallIT extends ContainerSteps {

  /** Asked of the machine. */
  static final class NeedsK3s implements PlatformCondition {
    @Override
    public Optional<String> obstacle() {
      return K3sCluster.obstacle().or(DockerEngine::obstacle);
    }
  }

  @Override
  Testbed start() {
    return new Testbed(new ClusterChoice.K3s(), Progress.toStandardError());
  }
}
