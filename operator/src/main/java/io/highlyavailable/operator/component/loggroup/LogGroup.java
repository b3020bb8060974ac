package io.highlyavailable.operator.component.loggroup;

import io.highlyavailable.operator.component.CloudResource;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A log group in CloudWatch Logs.
 *
 * @param name its name
 * @param id its ARN, without the {@code :*} that stands for its streams
 * @param retentionDays for how many days records are kept; 0 for good
 * @param tags its tags
 */
public record LogGroup(String name, String id, int retentionDays, Map<String, String> tags)
    implements CloudResource {
  public LogGroup {
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  @Override
  public String state() {
    return "available";
  }

  LogGroup withTags(Map<String, String> changed) {
    return new LogGroup(name, id, retentionDays, changed);
  }
}
