package io.highlyavailable.operator.image;

import io.highlyavailable.testbed.container.DockerEngine;
import io.highlyavailable.testbed.junit.PlatformCondition;
import java.util.Optional;

/** Skips what builds an image where no container engine can. */
final class NeedsDocker implements PlatformCondition {
  @Override
  public Optional<String> obstacle() {
    return DockerEngine.obstacle();
  }
}
