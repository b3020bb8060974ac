package io.highlyavailable.operator.component.launchtemplate;

import io.highlyavailable.operator.component.CloudResource;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A launch template with those of its versions that matter.
 *
 * @param name its name
 * @param id its ARN
 * @param templateId its id, such as {@code lt-1}
 * @param version the number of the default version
 * @param blueprint what the default version says
 * @param latestVersion the number of the newest version
 * @param latest what the newest version says
 * @param tags its tags
 */
public record LaunchTemplate(
    String name,
    String id,
    String templateId,
    long version,
    Blueprint blueprint,
    long latestVersion,
    Blueprint latest,
    Map<String, String> tags)
    implements CloudResource {
  public LaunchTemplate {
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  @Override
  public String state() {
    return "version " + version;
  }

  LaunchTemplate withDefault(long number, Blueprint changed) {
    return new LaunchTemplate(
        name,
        id,
        templateId,
        number,
        changed,
        Math.max(number, latestVersion),
        number >= latestVersion ? changed : latest,
        tags);
  }

  LaunchTemplate withTags(Map<String, String> changed) {
    return new LaunchTemplate(
        name, id, templateId, version, blueprint, latestVersion, latest, changed);
  }
}
