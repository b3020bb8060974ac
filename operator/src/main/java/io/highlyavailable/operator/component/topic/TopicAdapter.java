package io.highlyavailable.operator.component.topic;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.CloudFailureException;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Listing;
import io.highlyavailable.operator.component.Notified;
import io.highlyavailable.operator.component.PolicyDocument;
import io.highlyavailable.operator.component.Tags;
import io.highlyavailable.operator.model.Names;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sns.model.Tag;

/**
 * Topics at SNS, whose listing shows ARNs only. SNS answers a second create with the first topic,
 * whoever's it is, so it is looked for before.
 */
public final class TopicAdapter implements Adapter<TopicDesired, Topic> {
  private static final String POLICY = "Policy";

  /** SNS's word for a subscription that has just ended. */
  private static final String DELETED = "Deleted";

  private final AwsClients clients;

  /** What an ARN is before the name: the account is known from the first topic that was seen. */
  private volatile String arnPrefix = "";

  TopicAdapter(AwsClients clients) {
    this.clients = clients;
  }

  private SnsClient sns() {
    return clients.sns();
  }

  @Override
  public String service() {
    return "sns";
  }

  @Override
  public Listing<Topic> list() {
    return Listing.ofNames(names());
  }

  private Set<String> names() {
    return sns().listTopicsPaginator().topics().stream()
        .map(topic -> topic.topicArn())
        .peek(this::learn)
        .map(TopicAdapter::name)
        .filter(name -> name.startsWith(Names.PREFIX))
        .collect(Collectors.toSet());
  }

  private static String name(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }

  private void learn(String arn) {
    arnPrefix = arn.substring(0, arn.lastIndexOf(':') + 1);
  }

  @Override
  public Optional<Topic> find(String name) {
    if (arnPrefix.isEmpty()) {
      names();
    }
    return arnPrefix.isEmpty() ? Optional.empty() : read(arnPrefix + name);
  }

  private Optional<Topic> read(String arn) {
    try {
      String policy =
          sns().getTopicAttributes(it -> it.topicArn(arn)).attributes().getOrDefault(POLICY, "");
      return Optional.of(
          new Topic(
              name(arn),
              arn,
              PolicyDocument.canonical(policy),
              subscriptions(arn),
              tags(sns().listTagsForResource(it -> it.resourceArn(arn)).tags())));
    } catch (NotFoundException | ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  private List<Topic.Subscription> subscriptions(String arn) {
    return sns().listSubscriptionsByTopicPaginator(it -> it.topicArn(arn)).subscriptions().stream()
        .filter(it -> !DELETED.equals(it.subscriptionArn()))
        .map(it -> new Topic.Subscription(it.protocol(), it.endpoint(), it.subscriptionArn()))
        .toList();
  }

  private static Map<String, String> tags(Collection<Tag> tags) {
    return tags.stream().collect(Collectors.toMap(Tag::key, Tag::value));
  }

  private static List<Tag> tags(Map<String, String> tags) {
    return new TreeMap<>(tags)
        .entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
  }

  @Override
  public Topic create(TopicDesired desired, Map<String, String> tags) {
    if (read(desired.arn()).isPresent()) {
      throw new CloudFailureException(taken(desired.name()));
    }
    Map<String, String> all =
        Tags.with(tags, Map.of(Notified.TAG, Notified.value(desired.addresses())));
    String arn =
        sns()
            .createTopic(
                it ->
                    it.name(desired.name())
                        .attributes(Map.of(POLICY, desired.policy()))
                        .tags(tags(all)))
            .topicArn();
    learn(arn);
    Topic made = new Topic(desired.name(), arn, desired.policy(), List.of(), all);
    return subscribe(made, desired.addresses());
  }

  private static CloudFailure taken(String name) {
    return new CloudFailure(
        CloudFailure.Kind.EXISTS,
        "sns:CreateTopic",
        "TopicAlreadyExists",
        "a topic called " + name + " is there already",
        "",
        false);
  }

  private Topic subscribe(Topic topic, Collection<String> addresses) {
    Topic changed = topic;
    for (String address : addresses) {
      String arn =
          sns()
              .subscribe(
                  it ->
                      it.topicArn(topic.id()).protocol(Topic.Subscription.EMAIL).endpoint(address))
              .subscriptionArn();
      changed =
          changed.with(
              new Topic.Subscription(
                  Topic.Subscription.EMAIL,
                  address,
                  arn.startsWith("arn:") ? arn : Topic.Subscription.PENDING));
    }
    return changed;
  }

  /** Whoever is asked is remembered before, and forgotten only when no subscription is left. */
  @Override
  public Topic update(Topic actual, TopicDesired desired, List<Difference> changes) {
    Topic changed = actual;
    if (changes.stream().anyMatch(it -> it.field().equals(TopicRules.POLICY))) {
      changed = policy(changed, TopicRules.merged(desired, changed));
    }
    Topic old = changed;
    List<Topic.Subscription> surplus = actual.surplus(desired.addresses());
    Set<String> all = new TreeSet<>(desired.addresses());
    surplus.forEach(it -> all.add(it.endpoint()));
    changed = remember(changed, all);
    changed =
        subscribe(
            changed, desired.addresses().stream().filter(it -> old.of(it).isEmpty()).toList());
    for (Topic.Subscription gone : surplus) {
      if (gone.confirmed()) {
        sns().unsubscribe(it -> it.subscriptionArn(gone.arn()));
        changed = changed.without(gone);
        all.remove(gone.endpoint());
      }
    }
    return remember(changed, all);
  }

  private Topic policy(Topic topic, String policy) {
    sns()
        .setTopicAttributes(
            it -> it.topicArn(topic.id()).attributeName(POLICY).attributeValue(policy));
    return topic.withPolicy(policy);
  }

  private Topic remember(Topic topic, Collection<String> addresses) {
    String value = Notified.value(addresses);
    return value.equals(topic.tags().get(Notified.TAG))
        ? topic
        : tag(topic, Map.of(Notified.TAG, value));
  }

  @Override
  public Topic tag(Topic actual, Map<String, String> tags) {
    sns().tagResource(it -> it.resourceArn(actual.id()).tags(tags(tags)));
    return actual.withTags(Tags.with(actual.tags(), tags));
  }

  @Override
  public Topic untag(Topic actual, List<String> keys) {
    sns().untagResource(it -> it.resourceArn(actual.id()).tagKeys(keys));
    return actual.withTags(Tags.without(actual.tags(), keys));
  }

  /** Its subscriptions go with it; SNS says nothing about a topic that is gone already. */
  @Override
  public Optional<Topic> delete(Topic actual, Disposal disposal) {
    sns().deleteTopic(it -> it.topicArn(actual.id()));
    return Optional.empty();
  }
}
