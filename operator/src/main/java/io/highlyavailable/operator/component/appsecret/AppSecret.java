package io.highlyavailable.operator.component.appsecret;

import io.highlyavailable.operator.component.CloudResource;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A secret in Secrets Manager. Its value is never read: the current version's id tells what it is.
 *
 * @param name its name
 * @param id its ARN
 * @param version the id of the version that is current; empty while it has no value
 * @param tags its tags
 */
public record AppSecret(String name, String id, String version, Map<String, String> tags)
    implements CloudResource {
  public AppSecret {
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  @Override
  public String state() {
    return version.isEmpty() ? "empty" : "available";
  }

  AppSecret withVersion(String changed) {
    return new AppSecret(name, id, changed, tags);
  }

  AppSecret withTags(Map<String, String> changed) {
    return new AppSecret(name, id, version, changed);
  }
}
