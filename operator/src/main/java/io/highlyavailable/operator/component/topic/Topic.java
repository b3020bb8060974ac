package io.highlyavailable.operator.component.topic;

import io.highlyavailable.operator.component.CloudResource;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Notified;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * An SNS topic.
 *
 * @param name its name
 * @param id its ARN
 * @param policy who may do what with it, as canonical JSON
 * @param subscriptions who is notified, in order
 * @param tags its tags
 */
public record Topic(
    String name,
    String id,
    String policy,
    List<Subscription> subscriptions,
    Map<String, String> tags)
    implements CloudResource {
  /** The topic of alarms in the app's region. */
  public static final ComponentName OF_APP = new ComponentName("alarm-topic");

  /** The topic of alarms in the region of its copies. */
  public static final ComponentName OF_COPIES = new ComponentName("recovery-alarm-topic");

  public Topic {
    subscriptions =
        subscriptions.stream()
            .sorted(
                Comparator.comparing(Subscription::protocol)
                    .thenComparing(Subscription::endpoint)
                    .thenComparing(Subscription::arn))
            .toList();
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  /**
   * Somebody who is notified, or was asked.
   *
   * @param protocol such as {@code email}
   * @param endpoint such as the address
   * @param arn its ARN, or SNS's word for why it has none
   */
  public record Subscription(String protocol, String endpoint, String arn) {
    static final String EMAIL = "email";

    /** In place of the ARN of a subscription that nobody has confirmed. */
    static final String PENDING = "PendingConfirmation";

    /** Whether whoever it is has agreed to be notified. */
    boolean confirmed() {
      return arn.startsWith("arn:");
    }
  }

  @Override
  public String state() {
    return "active";
  }

  /** The subscription of an address, if it was ever asked. */
  Optional<Subscription> of(String address) {
    return subscriptions.stream()
        .filter(it -> it.protocol().equals(Subscription.EMAIL) && it.endpoint().equals(address))
        .findFirst();
  }

  /** Addresses that the operator asked and that are not to be notified any more, in order. */
  List<Subscription> surplus(Collection<String> wanted) {
    return subscriptions.stream()
        .filter(it -> it.protocol().equals(Subscription.EMAIL))
        .filter(it -> Notified.remembers(tags, it.endpoint()))
        .filter(it -> !wanted.contains(it.endpoint()))
        .toList();
  }

  /** Those of some addresses that have not confirmed. */
  SortedSet<String> pending(Collection<String> addresses) {
    return addresses.stream()
        .filter(address -> of(address).filter(it -> !it.confirmed()).isPresent())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  Topic withPolicy(String changed) {
    return new Topic(name, id, changed, subscriptions, tags);
  }

  Topic withTags(Map<String, String> changed) {
    return new Topic(name, id, policy, subscriptions, changed);
  }

  Topic with(Subscription added) {
    List<Subscription> all = new ArrayList<>(subscriptions);
    all.removeIf(
        it -> it.protocol().equals(added.protocol()) && it.endpoint().equals(added.endpoint()));
    all.add(added);
    return new Topic(name, id, policy, all, tags);
  }

  Topic without(Subscription removed) {
    return new Topic(
        name, id, policy, subscriptions.stream().filter(it -> !it.equals(removed)).toList(), tags);
  }
}
