package io.highlyavailable.operator.component.role;

import io.highlyavailable.operator.component.CloudResource;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * An IAM role.
 *
 * @param name its name
 * @param id its ARN
 * @param trustPolicy who may take it on, as canonical JSON
 * @param policy what its inline policy allows, as canonical JSON; empty for none
 * @param permissionsBoundary ARN of its boundary; empty for none
 * @param tags its tags
 */
public record Role(
    String name,
    String id,
    String trustPolicy,
    String policy,
    String permissionsBoundary,
    Map<String, String> tags)
    implements CloudResource {
  public Role {
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  @Override
  public String state() {
    return "available";
  }

  Role withTags(Map<String, String> changed) {
    return new Role(name, id, trustPolicy, policy, permissionsBoundary, changed);
  }
}
