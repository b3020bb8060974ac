package io.highlyavailable.operator.component.loggroup;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Listing;
import io.highlyavailable.operator.component.ManagedNetwork;
import io.highlyavailable.operator.component.Tags;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/**
 * Log groups in CloudWatch Logs, whose listing shows no tags. A create is two calls, the group with
 * its tags and then its retention; after a crash between them the retention is a difference.
 */
final class LogGroupAdapter implements Adapter<LogGroupDesired, LogGroup> {
  /** The largest page of CloudWatch Logs. */
  private static final int PAGE = 50;

  private final AwsClients clients;

  LogGroupAdapter(AwsClients clients) {
    this.clients = clients;
  }

  private CloudWatchLogsClient logs() {
    return clients.logs();
  }

  @Override
  public String service() {
    return "logs";
  }

  @Override
  public Listing<LogGroup> list() {
    return Listing.ofNames(
        groups(ManagedNetwork.FLOW_LOG_GROUPS).stream()
            .map(group -> group.logGroupName())
            .collect(Collectors.toSet()));
  }

  private List<software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup> groups(
      String prefix) {
    var request = DescribeLogGroupsRequest.builder().logGroupNamePrefix(prefix).limit(PAGE).build();
    return logs().describeLogGroupsPaginator(request).logGroups().stream().toList();
  }

  @Override
  public Optional<LogGroup> find(String name) {
    return groups(name).stream()
        .filter(group -> group.logGroupName().equals(name))
        .findFirst()
        .flatMap(this::row);
  }

  private Optional<LogGroup> row(
      software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup group) {
    String arn = group.arn().replaceFirst(":\\*$", "");
    try {
      return Optional.of(
          new LogGroup(
              group.logGroupName(),
              arn,
              group.retentionInDays() == null ? 0 : group.retentionInDays(),
              logs().listTagsForResource(request -> request.resourceArn(arn)).tags()));
    } catch (ResourceNotFoundException e) {
      // It went between the two calls.
      return Optional.empty();
    }
  }

  @Override
  public LogGroup create(LogGroupDesired desired, Map<String, String> tags) {
    logs().createLogGroup(request -> request.logGroupName(desired.name()).tags(tags));
    putRetention(desired);
    return find(desired.name())
        .orElseGet(() -> new LogGroup(desired.name(), "", desired.retentionDays(), tags));
  }

  private void putRetention(LogGroupDesired desired) {
    logs()
        .putRetentionPolicy(
            request ->
                request.logGroupName(desired.name()).retentionInDays(desired.retentionDays()));
  }

  @Override
  public LogGroup update(LogGroup actual, LogGroupDesired desired, List<Difference> changes) {
    putRetention(desired);
    return new LogGroup(actual.name(), actual.id(), desired.retentionDays(), actual.tags());
  }

  @Override
  public LogGroup tag(LogGroup actual, Map<String, String> tags) {
    logs().tagResource(request -> request.resourceArn(actual.id()).tags(tags));
    return actual.withTags(Tags.with(actual.tags(), tags));
  }

  @Override
  public LogGroup untag(LogGroup actual, List<String> keys) {
    logs().untagResource(request -> request.resourceArn(actual.id()).tagKeys(keys));
    return actual.withTags(Tags.without(actual.tags(), keys));
  }

  @Override
  public Optional<LogGroup> delete(LogGroup actual, Disposal disposal) {
    try {
      logs().deleteLogGroup(request -> request.logGroupName(actual.name()));
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }
}
