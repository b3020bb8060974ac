package io.highlyavailable.operator.component.accessentry;

import io.highlyavailable.operator.component.CloudResource;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * An access entry of the cluster.
 *
 * @param name the ARN of the role that it lets in
 * @param id its own ARN
 * @param type EKS's word for what the role is that of
 * @param tags its tags
 */
public record AccessEntry(String name, String id, String type, Map<String, String> tags)
    implements CloudResource {
  public AccessEntry {
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  @Override
  public String state() {
    return "present";
  }

  AccessEntry withTags(Map<String, String> changed) {
    return new AccessEntry(name, id, type, changed);
  }
}
