package io.highlyavailable.operator.component.loggroup;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.ManagedNetwork;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Records of traffic are kept for as long as was asked for, and go with the network. */
final class LogGroupRules implements Component<LogGroupDesired, LogGroup> {
  static final String RETENTION = "retentionDays";

  @Override
  public ComponentName name() {
    return ManagedNetwork.FLOW_LOG_GROUP;
  }

  @Override
  public String kind() {
    return "log-group";
  }

  @Override
  public String condition() {
    return ManagedNetwork.CONDITION;
  }

  @Override
  public Class<LogGroup> resourceType() {
    return LogGroup.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of();
  }

  @Override
  public boolean wanted(App app) {
    return ManagedNetwork.flowLogRetentionDays(app).isPresent();
  }

  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    return Optional.of(ManagedNetwork.flowLogGroup(app));
  }

  @Override
  public Desired<LogGroupDesired> desired(App app, Upstream upstream) {
    return new Desired.Known<>(
        new LogGroupDesired(
            ManagedNetwork.flowLogGroup(app),
            ManagedNetwork.flowLogRetentionDays(app).orElseThrow()));
  }

  @Override
  public List<Difference> differences(LogGroupDesired desired, LogGroup actual) {
    if (desired.retentionDays() == actual.retentionDays()) {
      return List.of();
    }
    return List.of(
        new Difference(
            RETENTION,
            String.valueOf(desired.retentionDays()),
            actual.retentionDays() == 0 ? "for good" : String.valueOf(actual.retentionDays()),
            Impact.IN_PLACE));
  }

  @Override
  public Readiness readiness(LogGroupDesired desired, LogGroup actual) {
    return new Readiness.Ready();
  }

  @Override
  public Set<String> iamActions() {
    return Set.of(
        "logs:DescribeLogGroups",
        "logs:ListTagsForResource",
        "logs:CreateLogGroup",
        "logs:PutRetentionPolicy",
        "logs:DeleteLogGroup",
        "logs:TagResource",
        "logs:UntagResource");
  }
}
