package io.highlyavailable.testbed.aws;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** How long the states of resources last that AWS changes asynchronously. */
public final class Transitions {
  private final ControlApi control;

  Transitions(ControlApi control) {
    this.control = control;
  }

  /**
   * Sets how long database instances that are created, modified or deleted from now on take. With
   * zero, the default, a state shows in the response of the call that starts it and is over with
   * the next call.
   */
  public void rds(Duration creating, Duration modifying, Duration deleting) {
    set("rds", creating, modifying, deleting);
  }

  /** As {@link #rds}, for replication groups and cache clusters of ElastiCache. */
  public void elastiCache(Duration creating, Duration modifying, Duration deleting) {
    set("elasticache", creating, modifying, deleting);
  }

  /** As {@link #rds}, for NAT gateways of EC2. */
  public void natGateways(Duration creating, Duration deleting) {
    set("ec2", creating, Duration.ZERO, deleting);
  }

  /**
   * Sets how long Elastic Load Balancing takes for what is begun from now on; zero is the default.
   *
   * @param provisioning until a new load balancer is active
   * @param initial until the first health checks of a new target are over
   * @param draining until a target that was taken out is gone
   */
  public void loadBalancing(Duration provisioning, Duration initial, Duration draining) {
    control.put(
        "transitions/elbv2",
        Map.of(
            "provisioning", provisioning.toMillis() / 1000.0,
            "initial", initial.toMillis() / 1000.0,
            "draining", draining.toMillis() / 1000.0));
  }

  /**
   * Sets how long EC2 Auto Scaling takes for what it begins from now on; zero is the default.
   *
   * @param launching from the start of an instance until it is in service
   * @param refreshing for how long an instance refresh goes on
   */
  public void autoScaling(Duration launching, Duration refreshing) {
    control.put(
        "transitions/autoscaling",
        Map.of(
            "launching", launching.toMillis() / 1000.0,
            "refreshing", refreshing.toMillis() / 1000.0));
  }

  private void set(String service, Duration creating, Duration modifying, Duration deleting) {
    control.put(
        "transitions/" + service,
        Map.of(
            "creating", creating.toMillis() / 1000.0,
            "modifying", modifying.toMillis() / 1000.0,
            "deleting", deleting.toMillis() / 1000.0));
  }

  /**
   * Sets how long tables of DynamoDB that are created, updated or deleted from now on take; as with
   * {@link #rds}, zero is the default.
   */
  public void dynamoDb(Duration creating, Duration updating, Duration deleting) {
    dynamoDb(Map.of("creating", creating, "updating", updating, "deleting", deleting));
  }

  /** Sets how long on-demand backups of DynamoDB that are begun from now on take. */
  public void dynamoDbBackups(Duration backup) {
    dynamoDb(Map.of("backup", backup));
  }

  /** Sets for how long a change of a table's time to live excludes another; an hour on AWS. */
  public void dynamoDbTimeToLive(Duration timeToLive) {
    dynamoDb(Map.of("time_to_live", timeToLive));
  }

  /** Sets for how long the tags of tables that are created from now on cannot be seen. */
  public void dynamoDbTags(Duration tags) {
    dynamoDb(Map.of("tags", tags));
  }

  private void dynamoDb(Map<String, Duration> durations) {
    Map<String, Object> seconds = new TreeMap<>();
    durations.forEach((state, lasts) -> seconds.put(state, lasts.toMillis() / 1000.0));
    control.put("transitions/dynamodb", seconds);
  }

  /** Ends all states that last, now, in the order in which they would have ended. */
  public void complete() {
    control.post("transitions/complete", Map.of());
  }
}
