package io.highlyavailable.operator.component.topic;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.PolicyDocument;
import io.highlyavailable.operator.component.PolicyDocument.Statement;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The topic that alarms notify the app's e-mail addresses through. It has no key of KMS: with the
 * one that AWS manages for SNS no alarm could publish ("CloudWatch alarms did not trigger an SNS
 * notification" in AWS's Knowledge Center).
 */
public final class TopicRules implements Component<TopicDesired, Topic> {
  static final String POLICY = "policy";

  private final boolean ofCopies;

  TopicRules(boolean ofCopies) {
    this.ofCopies = ofCopies;
  }

  @Override
  public ComponentName name() {
    return ofCopies ? Topic.OF_COPIES : Topic.OF_APP;
  }

  @Override
  public String kind() {
    return "sns-topic";
  }

  @Override
  public String condition() {
    return "MonitoringReady";
  }

  @Override
  public Class<Topic> resourceType() {
    return Topic.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of();
  }

  @Override
  public boolean wanted(App app) {
    boolean alarms =
        app.alarms()
            && (!ofCopies || app.bucketCopies().isPresent() || app.databaseCopies().isPresent());
    return alarms && !app.addressesToNotify().isEmpty();
  }

  @Override
  public boolean inRecoveryRegion() {
    return ofCopies;
  }

  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    return Optional.of(app.resourceName());
  }

  @Override
  public Desired<TopicDesired> desired(App app, Upstream upstream) {
    Upstream.Settings settings = upstream.settings();
    String region = ofCopies ? settings.recoveryRegion() : app.region();
    String owner = region + ":" + settings.accountId();
    String arn = "arn:%s:sns:%s:%s".formatted(settings.partition(), owner, app.resourceName());
    return new Desired.Known<>(
        new TopicDesired(
            app.resourceName(),
            arn,
            policy(arn, settings, owner).json(),
            new TreeSet<>(app.addressesToNotify())));
  }

  /** "Permissions for CloudWatch alarms" in the guide of SNS: any alarm of this account. */
  private static PolicyDocument policy(String arn, Upstream.Settings settings, String owner) {
    return new PolicyDocument(
        List.of(
            new Statement(
                "AlarmsOfThisAccount",
                "Allow",
                Map.of("Service", "cloudwatch.amazonaws.com"),
                List.of("SNS:Publish"),
                List.of(arn),
                Map.of(
                    "ArnLike",
                    Map.of(
                        "aws:SourceArn",
                        "arn:%s:cloudwatch:%s:alarm:*".formatted(settings.partition(), owner)),
                    "StringEquals",
                    Map.of("aws:SourceAccount", settings.accountId())))));
  }

  @Override
  public List<Difference> differences(TopicDesired desired, Topic actual) {
    List<Difference> differences = new ArrayList<>();
    if (!merged(desired, actual).equals(actual.policy())) {
      differences.add(new Difference(POLICY, desired.policy(), actual.policy(), Impact.IN_PLACE));
    }
    desired.addresses().stream()
        .filter(address -> actual.of(address).isEmpty())
        .forEach(address -> differences.add(subscription(address, "subscribed", "none")));
    actual.surplus(desired.addresses()).stream()
        .filter(Topic.Subscription::confirmed)
        .forEach(it -> differences.add(subscription(it.endpoint(), "none", "subscribed")));
    return differences;
  }

  /** What somebody added to the policy stays. */
  static String merged(TopicDesired desired, Topic actual) {
    return PolicyDocument.merged(actual.policy(), desired.policy());
  }

  private static Difference subscription(String address, String desired, String actual) {
    return new Difference("notify " + address, desired, actual, Impact.IN_PLACE);
  }

  @Override
  public Readiness readiness(TopicDesired desired, Topic actual) {
    return new Readiness.Ready();
  }

  @Override
  public String remark(App app, Topic actual) {
    Set<String> pending = actual.pending(app.addressesToNotify());
    return pending.isEmpty()
        ? ""
        : "not notified before they have confirmed: " + String.join(", ", pending);
  }

  @Override
  public String advice(App app, Topic actual) {
    Set<String> pending = actual.pending(app.addressesToNotify());
    return pending.isEmpty()
        ? ""
        : String.join(", ", pending)
            + ": follow \"Confirm subscription\" in AWS's message to this address; it is sent anew"
            + " when the link has run out after two days";
  }

  @Override
  public Set<String> iamActions() {
    return Set.of(
        "sns:ListTopics",
        "sns:GetTopicAttributes",
        "sns:ListSubscriptionsByTopic",
        "sns:ListTagsForResource",
        "sns:CreateTopic",
        "sns:SetTopicAttributes",
        "sns:Subscribe",
        "sns:Unsubscribe",
        "sns:DeleteTopic",
        "sns:TagResource",
        "sns:UntagResource");
  }
}
