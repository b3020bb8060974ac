package io.highlyavailable.operator.component.alarms;

import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Notified;
import io.highlyavailable.operator.component.Tags;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.topic.Topic;
import io.highlyavailable.operator.model.App;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Whom an app's alarms notify. What else a person made an alarm do stays: a tag of the alarm tells
 * which of its actions the operator added.
 *
 * @param topics ARNs of topics, in order
 * @param known whether that is all; if not, what notifies already goes on doing so
 */
public record Notification(SortedSet<String> topics, boolean known) {
  public Notification {
    topics = Collections.unmodifiableSortedSet(new TreeSet<>(topics));
  }

  /**
   * Whom the alarms of a region notify: CloudWatch takes topics of the alarm's own region alone.
   *
   * @param region where the alarms are
   * @param topic the component whose topic the e-mail addresses subscribe there
   */
  static Notification in(String region, ComponentName topic, App app, Upstream upstream) {
    SortedSet<String> topics = new TreeSet<>();
    app.topicsToNotify().stream()
        .filter(arn -> part(arn, REGION).equals(region))
        .forEach(topics::add);
    if (app.addressesToNotify().isEmpty()) {
      return new Notification(topics, true);
    }
    Optional<Topic> ours = upstream.ready(topic, Topic.class);
    ours.ifPresent(it -> topics.add(it.id()));
    return new Notification(topics, ours.isPresent());
  }

  private static final int PARTITION = 1;
  private static final int REGION = 3;
  private static final int ACCOUNT = 4;

  private static String part(String arn, int number) {
    return arn.split(":", -1)[number];
  }

  /**
   * Why the topics asked for cannot be had: those of other accounts are not the app's to use, and
   * those of other regions of no use to its alarms.
   */
  static <D> Optional<Desired<D>> refused(App app, Upstream.Settings settings) {
    List<String> strange =
        app.topicsToNotify().stream().filter(arn -> !usable(arn, app, settings)).toList();
    if (strange.isEmpty()) {
      return Optional.empty();
    }
    String regions =
        settings.recoveryRegion().isEmpty()
            ? app.region()
            : app.region() + " or " + settings.recoveryRegion();
    return Optional.of(
        new Desired.Impossible<>(
            "spec.monitoring.cloudWatch.notify names topics that are not of account "
                + settings.accountId()
                + " in "
                + regions
                + ": "
                + String.join(", ", strange),
            "name topics of that account and region, or an e-mail address"));
  }

  private static boolean usable(String arn, App app, Upstream.Settings settings) {
    String region = part(arn, REGION);
    return part(arn, PARTITION).equals(settings.partition())
        && part(arn, ACCOUNT).equals(settings.accountId())
        && (region.equals(app.region()) || region.equals(settings.recoveryRegion()));
  }

  /**
   * What an alarm that is there should do: what it does, without what we added and is not wanted.
   */
  AlarmSet.Actions of(AlarmSet.Existing alarm) {
    if (!known) {
      return alarm.actions();
    }
    List<String> all = new ArrayList<>(alarm.actions().onAlarm());
    all.removeIf(arn -> !topics.contains(arn) && Notified.remembers(alarm.tags(), arn));
    topics.stream().filter(arn -> !all.contains(arn)).forEach(all::add);
    return alarm.actions().notifying(all);
  }

  /** What a new alarm should do. */
  AlarmSet.Actions ofNew() {
    return AlarmSet.Actions.NONE.notifying(List.copyOf(topics));
  }

  /** Whether an alarm does, and remembers, what it should. */
  boolean holds(AlarmSet.Existing alarm) {
    return !known || of(alarm).equals(alarm.actions()) && remembered(alarm);
  }

  /** Whether an alarm's tag tells whom the operator made it notify. */
  boolean remembered(AlarmSet.Existing alarm) {
    return Notified.value(topics).equals(alarm.tags().getOrDefault(Notified.TAG, ""));
  }

  /** The tags of a new alarm: one that notifies nobody has nothing to remember. */
  Map<String, String> tags(Map<String, String> tags) {
    Map<String, String> others = Tags.without(tags, List.of(Notified.TAG));
    return topics.isEmpty() ? others : Tags.with(others, tag());
  }

  /** The tag that remembers it. */
  Map<String, String> tag() {
    return Map.of(Notified.TAG, Notified.value(topics));
  }
}
