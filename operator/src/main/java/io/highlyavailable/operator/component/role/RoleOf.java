package io.highlyavailable.operator.component.role;

import io.highlyavailable.operator.component.CloudResource;
import java.util.Map;

/** A role at IAM under a type of its own, by which other components find it. */
interface RoleOf extends CloudResource {
  /** The role. */
  Role role();

  @Override
  default String name() {
    return role().name();
  }

  @Override
  default String id() {
    return role().id();
  }

  @Override
  default Map<String, String> tags() {
    return role().tags();
  }

  @Override
  default String state() {
    return role().state();
  }
}
