package io.highlyavailable.operator.component.alarms;

import io.highlyavailable.operator.component.Compute;
import io.highlyavailable.operator.component.Nodes;
import io.highlyavailable.operator.model.App;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The alarms of Auto Scaling groups, of instances and of worker nodes, which go by names. */
final class GroupAlarms {
  private GroupAlarms() {}

  static Stream<Alarm> of(App app) {
    return Stream.concat(
        Compute.wanted(app) ? of(app, "instances", app.resourceName()) : Stream.empty(),
        Nodes.wanted(app) ? of(app, "nodes", Nodes.resource(app)) : Stream.empty());
  }

  private static Stream<Alarm> of(App app, String what, String group) {
    return Stream.of(what + "-cpu", what + "-status")
        .map(AlarmTable::row)
        .map(
            row ->
                row.alarm(
                    app.resourceName(),
                    row.single(new TreeMap<>(Map.of("AutoScalingGroupName", group)))));
  }
}
