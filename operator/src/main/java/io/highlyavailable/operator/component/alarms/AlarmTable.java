package io.highlyavailable.operator.component.alarms;

import io.highlyavailable.operator.model.DatabaseSettings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Every alarm there is, as data. Thresholds follow "Best practice alarm recommendations for AWS
 * services" in CloudWatch's guide where it has one.
 *
 * @param key the end of the alarm's name
 * @param namespace the metric's namespace
 * @param metric the metric's name; of an expression, the metric it divides
 * @param statistic how a period's samples become one data point
 * @param comparison CloudWatch's word
 * @param threshold the value not to cross; not a number where it depends on the app
 * @param points of how many one-minute data points
 * @param needed how many must cross
 * @param missing CloudWatch's word for what a missing data point counts as
 * @param description what it means, for the person it wakes
 */
record AlarmTable(
    String key,
    String namespace,
    String metric,
    String statistic,
    String comparison,
    double threshold,
    int points,
    int needed,
    String missing,
    String description) {

  static final String ABOVE = "GreaterThanThreshold";
  private static final String BELOW = "LessThanThreshold";

  /** No requests, no samples: that is no fault. */
  static final String GOOD = "notBreaching";

  /** The metric stops only with the resource, which is looked at elsewhere. */
  static final String KEEP = "missing";

  private static final String ALB = "AWS/ApplicationELB";
  private static final String RDS = "AWS/RDS";
  static final String DYNAMODB = "AWS/DynamoDB";

  /** The threshold depends on the app's settings. */
  private static final double OF_APP = Double.NaN;

  /** All metrics here have points of a minute. */
  static final int PERIOD_SECONDS = 60;

  /** Below this many requests a minute one error would be a rate. */
  private static final String ERROR_RATE =
      "IF(requests >= 20, 100 * FILL(errors, 0) / requests, 0)";

  static final String ERRORS = "target-5xx";

  /** How the ends of names of alarms begin that mean that users suffer while they are on. */
  private static final List<String> AFFECTING_USERS =
      List.of(
          ERRORS,
          "latency",
          "table-read-throttles",
          "table-write-throttles",
          "table-system-errors",
          "session-store-evictions-");

  /** Whether an alarm whose name ends so means that users suffer while it is on. */
  static boolean affectsUsers(String key) {
    return AFFECTING_USERS.stream().anyMatch(key::startsWith);
  }

  /** A rollout replaces targets within five minutes, so only what lasts longer is a fault. */
  static final List<AlarmTable> LOAD_BALANCER =
      List.of(
          new AlarmTable(
              "unhealthy-targets",
              ALB,
              "UnHealthyHostCount",
              "Maximum",
              ABOVE,
              0,
              5,
              5,
              GOOD,
              "Targets fail the load balancer's health check for five minutes"),
          new AlarmTable(
              ERRORS,
              ALB,
              "HTTPCode_Target_5XX_Count",
              "Sum",
              ABOVE,
              5,
              5,
              3,
              GOOD,
              "The app answers more than 5 % of requests with a 5xx status"),
          new AlarmTable(
              "latency",
              ALB,
              "TargetResponseTime",
              "p99",
              ABOVE,
              2,
              5,
              5,
              GOOD,
              "One request in a hundred takes the app longer than two seconds"));

  /** As recommended: 90 % CPU, 10 % free storage, 90 % of connections, for five minutes. */
  static final List<AlarmTable> DATABASE =
      List.of(
          new AlarmTable(
              "database-cpu",
              RDS,
              "CPUUtilization",
              "Average",
              ABOVE,
              90,
              5,
              5,
              KEEP,
              "The database's CPU is above 90 %"),
          new AlarmTable(
              "database-storage",
              RDS,
              "FreeStorageSpace",
              "Minimum",
              BELOW,
              OF_APP,
              5,
              5,
              KEEP,
              "Less than 10 % of the database's storage is free"),
          new AlarmTable(
              "database-connections",
              RDS,
              "DatabaseConnections",
              "Maximum",
              ABOVE,
              OF_APP,
              5,
              5,
              KEEP,
              "The database has more than 90 % of the connections it can take"));

  static final String SYSTEM_ERRORS = "table-system-errors";

  /**
   * A table on demand is throttled when traffic more than doubles within half an hour or has one
   * hot key: single events pass by the SDK's retries, five minutes of them do not. Errors of the
   * app's own requests are not counted.
   */
  static final List<AlarmTable> TABLE =
      List.of(
          throttles("table-read-throttles", "ReadThrottleEvents", "reads from"),
          throttles("table-write-throttles", "WriteThrottleEvents", "writes to"),
          new AlarmTable(
              SYSTEM_ERRORS,
              DYNAMODB,
              "SystemErrors",
              "Sum",
              ABOVE,
              0,
              5,
              5,
              GOOD,
              "DynamoDB has failed requests to the table with errors of its own for five minutes"));

  private static AlarmTable throttles(String key, String metric, String what) {
    String text = "DynamoDB has throttled " + what + " the table for five minutes";
    return new AlarmTable(key, DYNAMODB, metric, "Sum", ABOVE, 0, 5, 5, GOOD, text);
  }

  /** DynamoDB counts its errors by operation; an alarm takes ten metrics at most. */
  private static final List<String> OPERATIONS =
      List.of(
          "BatchGetItem",
          "BatchWriteItem",
          "DeleteItem",
          "GetItem",
          "PutItem",
          "Query",
          "Scan",
          "UpdateItem");

  private static final double FREE_SHARE = 0.1;
  private static final double CONNECTIONS_SHARE = 0.9;
  private static final double GIB = 1024.0 * 1024 * 1024;

  /** The database's alarms, which need nothing but its name and settings. */
  static Stream<Alarm> database(String resource, String id, DatabaseSettings database) {
    return Stream.concat(
        instance(resource, id, database),
        IntStream.rangeClosed(1, database.readReplicas())
            .mapToObj(number -> replica(resource, number)));
  }

  /**
   * A minute behind for ten minutes, as recommended; where nothing is copied any more RDS reports
   * -1, and the component says so.
   */
  private static Alarm replica(String resource, int number) {
    String member = "r" + number;
    AlarmTable row =
        new AlarmTable(
            "database-replica-lag-" + member,
            RDS,
            "ReplicaLag",
            "Maximum",
            ABOVE,
            60,
            10,
            10,
            KEEP,
            "Read replica " + member + " has been more than a minute behind for ten minutes");
    SortedMap<String, String> instance =
        new TreeMap<>(Map.of("DBInstanceIdentifier", resource + "-" + member));
    return row.alarm(resource, row.single(instance), row.threshold());
  }

  private static Stream<Alarm> instance(String resource, String id, DatabaseSettings database) {
    SortedMap<String, String> instance = new TreeMap<>(Map.of("DBInstanceIdentifier", id));
    return DATABASE.stream()
        .flatMap(
            row -> {
              OptionalDouble threshold = row.threshold(database);
              return threshold.isEmpty()
                  ? Stream.empty()
                  : Stream.of(row.alarm(resource, row.single(instance), threshold.getAsDouble()));
            });
  }

  private OptionalDouble threshold(DatabaseSettings database) {
    return switch (key) {
      case "database-storage" ->
          OptionalDouble.of(Math.rint(database.storageGiB() * FREE_SHARE * GIB));
      case "database-connections" ->
          ConnectionLimit.of(database.engine(), database.instanceClass())
              .map(limit -> OptionalDouble.of(Math.floor(limit * CONNECTIONS_SHARE)))
              .orElse(OptionalDouble.empty());
      default -> OptionalDouble.of(threshold);
    };
  }

  /** The table's alarms, which need nothing but its name. */
  static Stream<Alarm> table(String resource) {
    SortedMap<String, String> dimensions = new TreeMap<>(Map.of("TableName", resource));
    return TABLE.stream()
        .map(row -> row.alarm(resource, row.tableMetric(dimensions), row.threshold()));
  }

  private Metric tableMetric(SortedMap<String, String> table) {
    return key.equals(SYSTEM_ERRORS) ? overOperations(table) : single(table);
  }

  private Metric overOperations(SortedMap<String, String> table) {
    Map<String, Metric.Single> inputs = new TreeMap<>();
    for (String operation : OPERATIONS) {
      SortedMap<String, String> dimensions = new TreeMap<>(table);
      dimensions.put("Operation", operation);
      // An id of metric math begins with a lower-case letter.
      inputs.put(
          operation.substring(0, 1).toLowerCase(Locale.ROOT) + operation.substring(1),
          single(dimensions));
    }
    String sum =
        inputs.keySet().stream()
            .map(id -> "FILL(" + id + ", 0)")
            .collect(Collectors.joining(" + "));
    return Metric.Math.of(sum, inputs);
  }

  /** The load balancer's alarms. */
  static Stream<Alarm> loadBalancer(String resource, Front found) {
    SortedMap<String, String> dimensions = new TreeMap<>();
    dimensions.put("LoadBalancer", after(":loadbalancer/", found.loadBalancerArn()));
    dimensions.put("TargetGroup", after(":", found.targetGroupArn()));
    return LOAD_BALANCER.stream()
        .map(row -> row.alarm(resource, row.loadBalancerMetric(dimensions), row.threshold()));
  }

  private Metric loadBalancerMetric(SortedMap<String, String> dimensions) {
    Metric.Single single = single(dimensions);
    if (!key.equals(ERRORS)) {
      return single;
    }
    var requests =
        new Metric.Single(namespace, "RequestCount", dimensions, statistic, PERIOD_SECONDS);
    return Metric.Math.of(ERROR_RATE, Map.of("errors", single, "requests", requests));
  }

  Metric.Single single(SortedMap<String, String> dimensions) {
    return new Metric.Single(namespace, metric, dimensions, statistic, PERIOD_SECONDS);
  }

  private Alarm alarm(String resource, Metric what, double limit) {
    return named(name(resource), what, limit);
  }

  /** The alarm of one of several resources. */
  Alarm named(String name, Metric what, double limit) {
    return new Alarm(name, description, what, limit, comparison, points, needed, missing);
  }

  String name(String resource) {
    return resource + "-" + key;
  }

  private static String after(String mark, String arn) {
    return arn.substring(arn.lastIndexOf(mark) + mark.length());
  }
}
