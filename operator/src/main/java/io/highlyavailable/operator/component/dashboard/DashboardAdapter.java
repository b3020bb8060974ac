package io.highlyavailable.operator.component.dashboard;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.CloudFailureException;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Listing;
import io.highlyavailable.operator.component.Tags;
import io.highlyavailable.operator.model.Names;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.DashboardEntry;
import software.amazon.awssdk.services.cloudwatch.model.DashboardInvalidInputErrorException;
import software.amazon.awssdk.services.cloudwatch.model.DashboardNotFoundErrorException;
import software.amazon.awssdk.services.cloudwatch.model.DashboardValidationMessage;
import software.amazon.awssdk.services.cloudwatch.model.ListDashboardsRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutDashboardRequest;
import software.amazon.awssdk.services.cloudwatch.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cloudwatch.model.Tag;

/** Dashboards at CloudWatch, whose listing shows names only. */
final class DashboardAdapter implements Adapter<DashboardDesired, Dashboard> {
  private static final String PUT = "cloudwatch:PutDashboard";

  private final AwsClients clients;

  DashboardAdapter(AwsClients clients) {
    this.clients = clients;
  }

  private CloudWatchClient cloudWatch() {
    return clients.cloudWatch();
  }

  @Override
  public String service() {
    return "monitoring";
  }

  @Override
  public Listing<Dashboard> list() {
    var request = ListDashboardsRequest.builder().dashboardNamePrefix(Names.PREFIX).build();
    return Listing.ofNames(
        cloudWatch().listDashboardsPaginator(request).dashboardEntries().stream()
            .map(DashboardEntry::dashboardName)
            .collect(Collectors.toSet()));
  }

  @Override
  public Optional<Dashboard> find(String name) {
    try {
      var found = cloudWatch().getDashboard(request -> request.dashboardName(name));
      return Optional.of(
          new Dashboard(
              name,
              found.dashboardArn(),
              Board.canonical(found.dashboardBody()),
              tagsOf(found.dashboardArn())));
    } catch (DashboardNotFoundErrorException | ResourceNotFoundException e) {
      // The second: it went between the two calls.
      return Optional.empty();
    }
  }

  private Map<String, String> tagsOf(String arn) {
    return cloudWatch().listTagsForResource(request -> request.resourceARN(arn)).tags().stream()
        .collect(Collectors.toMap(Tag::key, Tag::value));
  }

  /** A put would overwrite a dashboard of somebody else, so it is looked for first. */
  @Override
  public Dashboard create(DashboardDesired desired, Map<String, String> tags) {
    if (find(desired.name()).isPresent()) {
      throw failure(
          CloudFailure.Kind.EXISTS,
          "DashboardAlreadyExists",
          "a dashboard called " + desired.name() + " is there already");
    }
    put(desired, tags);
    return new Dashboard(desired.name(), desired.arn(), desired.body(), tags);
  }

  @Override
  public Dashboard update(Dashboard actual, DashboardDesired desired, List<Difference> changes) {
    put(desired, Map.of());
    return new Dashboard(actual.name(), actual.id(), desired.body(), actual.tags());
  }

  /**
   * What CloudWatch complains of is a failure even where it has made the dashboard all the same:
   * then a part of it cannot be shown.
   */
  private void put(DashboardDesired desired, Map<String, String> tags) {
    List<DashboardValidationMessage> messages;
    try {
      messages =
          cloudWatch()
              .putDashboard(
                  PutDashboardRequest.builder()
                      .dashboardName(desired.name())
                      .dashboardBody(desired.body())
                      .overrideConfiguration(tagged(tags))
                      .build())
              .dashboardValidationMessages();
    } catch (DashboardInvalidInputErrorException e) {
      if (!e.hasDashboardValidationMessages()) {
        throw e;
      }
      messages = e.dashboardValidationMessages();
    }
    if (!messages.isEmpty()) {
      throw failure(CloudFailure.Kind.INVALID, "DashboardInvalidInputError", text(messages));
    }
  }

  private static String text(List<DashboardValidationMessage> messages) {
    return messages.stream()
        .map(message -> message.dataPath() + ": " + message.message())
        .distinct()
        .sorted()
        .limit(10)
        .collect(Collectors.joining("; "));
  }

  /**
   * CloudWatch takes the tags of a new dashboard in the parameter {@code Tags} of PutDashboard, for
   * which this version of the SDK has no name. Parameters of its protocol are those of a form.
   */
  private static AwsRequestOverrideConfiguration tagged(Map<String, String> tags) {
    var form = AwsRequestOverrideConfiguration.builder();
    int number = 0;
    for (Map.Entry<String, String> tag : new TreeMap<>(tags).entrySet()) {
      String member = "Tags.member." + ++number;
      form.putRawQueryParameter(member + ".Key", tag.getKey());
      form.putRawQueryParameter(member + ".Value", tag.getValue());
    }
    return form.build();
  }

  private static CloudFailureException failure(
      CloudFailure.Kind kind, String code, String message) {
    return new CloudFailureException(new CloudFailure(kind, PUT, code, message, "", false));
  }

  @Override
  public Dashboard tag(Dashboard actual, Map<String, String> tags) {
    cloudWatch()
        .tagResource(
            request ->
                request
                    .resourceARN(actual.id())
                    .tags(
                        tags.entrySet().stream()
                            .map(
                                tag ->
                                    Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                            .toList()));
    return actual.withTags(Tags.with(actual.tags(), tags));
  }

  @Override
  public Dashboard untag(Dashboard actual, List<String> keys) {
    cloudWatch().untagResource(request -> request.resourceARN(actual.id()).tagKeys(keys));
    return actual.withTags(Tags.without(actual.tags(), keys));
  }

  @Override
  public Optional<Dashboard> delete(Dashboard actual, Disposal disposal) {
    try {
      cloudWatch().deleteDashboards(request -> request.dashboardNames(actual.name()));
    } catch (DashboardNotFoundErrorException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }
}
