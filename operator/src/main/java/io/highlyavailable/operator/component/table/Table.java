package io.highlyavailable.operator.component.table;

import io.highlyavailable.operator.component.CloudResource;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A DynamoDB table.
 *
 * @param name its name
 * @param id its ARN
 * @param state DynamoDB's word for its status
 * @param incarnation changes when a table is recreated under the same name
 * @param keys what items are found by; fixed at creation
 * @param settings what can be changed
 * @param tags its tags
 * @param replicas the status of each replica in another region, by region
 */
public record Table(
    String name,
    String id,
    String state,
    String incarnation,
    Keys keys,
    Settings settings,
    Map<String, String> tags,
    Map<String, String> replicas)
    implements CloudResource {

  static final String CREATING = "CREATING";
  static final String UPDATING = "UPDATING";
  static final String DELETING = "DELETING";
  static final String ACTIVE = "ACTIVE";

  private static final Set<String> IN_TRANSITION = Set.of(CREATING, UPDATING, DELETING);

  public Table {
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    replicas = Collections.unmodifiableMap(new TreeMap<>(replicas));
  }

  /** A table in one region. */
  public Table(
      String name,
      String id,
      String state,
      String incarnation,
      Keys keys,
      Settings settings,
      Map<String, String> tags) {
    this(name, id, state, incarnation, keys, settings, tags, Map.of());
  }

  @Override
  public boolean inTransition() {
    return IN_TRANSITION.contains(state);
  }

  @Override
  public boolean deleting() {
    return DELETING.equals(state);
  }

  Table withTags(Map<String, String> changed) {
    return new Table(name, id, state, incarnation, keys, settings, changed, replicas);
  }

  Table withSettings(Settings changed) {
    return new Table(name, id, state, incarnation, keys, changed, tags, replicas);
  }

  /**
   * What items are found by, each as {@code name type}, such as {@code id S}.
   *
   * @param partition the partition key
   * @param sort the sort key; empty for none
   */
  public record Keys(String partition, String sort) {}

  /**
   * What can be changed.
   *
   * @param onDemand whether it is billed by request, without a capacity to set
   * @param deletionProtection whether DynamoDB refuses to delete it
   * @param pointInTimeRecovery whether it can be restored to any second of the last 35 days
   * @param timeToLiveAttribute the attribute that says when an item is deleted; empty for never
   */
  public record Settings(
      boolean onDemand,
      boolean deletionProtection,
      boolean pointInTimeRecovery,
      String timeToLiveAttribute) {
    Settings withPointInTimeRecovery(boolean changed) {
      return new Settings(onDemand, deletionProtection, changed, timeToLiveAttribute);
    }

    Settings withTimeToLiveAttribute(String changed) {
      return new Settings(onDemand, deletionProtection, pointInTimeRecovery, changed);
    }
  }
}
