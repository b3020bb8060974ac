package io.highlyavailable.operator.component.dashboard;

import io.highlyavailable.operator.component.CloudResource;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A dashboard in CloudWatch. Dashboards are an account's, whatever the region.
 *
 * @param name its name
 * @param id its ARN
 * @param body what it shows, as {@link Board#canonical} has it
 * @param tags its tags
 */
public record Dashboard(String name, String id, String body, Map<String, String> tags)
    implements CloudResource {
  public Dashboard {
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  @Override
  public String state() {
    return Board.parse(body).path("widgets").size() + " widgets";
  }

  Dashboard withTags(Map<String, String> changed) {
    return new Dashboard(name, id, body, changed);
  }
}
