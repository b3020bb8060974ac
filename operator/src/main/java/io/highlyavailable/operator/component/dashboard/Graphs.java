package io.highlyavailable.operator.component.dashboard;

import io.highlyavailable.operator.component.dashboard.Series.Metric;
import io.highlyavailable.operator.component.dashboard.Series.Search;
import io.highlyavailable.operator.component.dashboard.Widget.Graph;
import io.highlyavailable.operator.component.loadbalancer.Front;
import io.highlyavailable.operator.component.sessionstore.SessionStore;
import io.highlyavailable.operator.model.DatabaseSettings;
import io.highlyavailable.operator.model.SessionStoreSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Every graph there is, by what it is about. Metrics and dimensions are those of the services'
 * guides: "CloudWatch metrics for your Application Load Balancer", "CloudWatch instance-level
 * metrics for Amazon RDS", "DynamoDB metrics and dimensions", "Metrics for Valkey and Redis OSS",
 * "Metrics for Memcached", "Amazon S3 daily storage metrics", "Monitor estimated charges".
 */
final class Graphs {
  private static final int MINUTE = 60;
  private static final int DAY = 86_400;

  /** Charges are estimated several times a day. */
  private static final int SIX_HOURS = 21_600;

  private static final String ALB = "AWS/ApplicationELB";
  private static final String RDS = "AWS/RDS";
  private static final String DYNAMODB = "AWS/DynamoDB";
  private static final String ELASTICACHE = "AWS/ElastiCache";
  private static final String S3 = "AWS/S3";
  private static final String CHARGES = "EstimatedCharges";
  private static final String SUM = "Sum";
  private static final String AVERAGE = "Average";
  private static final String MAXIMUM = "Maximum";

  /** Where charges are, whatever region they are for. */
  private static final String BILLING_REGION = "us-east-1";

  private final String region;

  Graphs(String region) {
    this.region = region;
  }

  private Graph graph(String title, String unit, Series... series) {
    return new Graph(title, region, MINUTE, unit, List.of(series));
  }

  private Graph graph(String title, String unit, Stream<? extends Series> series) {
    return new Graph(title, region, MINUTE, unit, series.<Series>map(it -> it).toList());
  }

  private static SortedMap<String, String> dimensions(String... namesAndValues) {
    SortedMap<String, String> dimensions = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      dimensions.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return dimensions;
  }

  /** Requests, how long they take, which fail, and who answers them in each zone. */
  List<Graph> traffic(Front front) {
    SortedMap<String, String> balancer = front.loadBalancerDimensions();
    SortedMap<String, String> both = front.targetDimensions();
    return List.of(
        graph("Requests", "a minute", new Metric(ALB, "RequestCount", both, SUM, "requests")),
        graph(
            "Latency",
            "seconds",
            Stream.of("p50", "p90", "p99")
                .map(stat -> new Metric(ALB, "TargetResponseTime", both, stat, stat))),
        graph(
            "Errors",
            "a minute",
            new Metric(ALB, "HTTPCode_Target_4XX_Count", both, SUM, "4xx of the app"),
            new Metric(ALB, "HTTPCode_Target_5XX_Count", both, SUM, "5xx of the app"),
            new Metric(ALB, "HTTPCode_ELB_5XX_Count", balancer, SUM, "5xx of the load balancer")),
        graph("In service, per zone", "targets", perZone("HealthyHostCount", "Minimum", both)),
        graph("Out of service, per zone", "targets", perZone("UnHealthyHostCount", MAXIMUM, both)));
  }

  private static Search perZone(String metric, String stat, SortedMap<String, String> front) {
    return new Search(
        ALB,
        List.of("AvailabilityZone", "LoadBalancer", "TargetGroup"),
        metric,
        front,
        stat,
        MINUTE);
  }

  /** What EC2 shows of instances in a group without being paid for it. */
  List<Graph> instances(String group) {
    SortedMap<String, String> dimensions = dimensions("AutoScalingGroupName", group);
    return List.of(
        graph(
            "Instances' CPU",
            "percent",
            new Metric("AWS/EC2", "CPUUtilization", dimensions, AVERAGE, "average"),
            new Metric("AWS/EC2", "CPUUtilization", dimensions, MAXIMUM, "busiest")),
        graph(
            "Instances' failed status checks",
            "checks",
            new Metric("AWS/EC2", "StatusCheckFailed", dimensions, SUM, "failed")));
  }

  /** A database on RDS and the replicas that it is read from. */
  List<Graph> database(String id, String resource, DatabaseSettings settings) {
    List<String> instances = new ArrayList<>(List.of(id));
    List<String> replicas =
        IntStream.rangeClosed(1, settings.readReplicas())
            .mapToObj(number -> resource + "-r" + number)
            .toList();
    instances.addAll(replicas);
    List<Graph> graphs = new ArrayList<>();
    graphs.add(graph("Database CPU", "percent", rds(instances, "CPUUtilization", AVERAGE)));
    graphs.add(
        graph(
            "Database connections", "connections", rds(instances, "DatabaseConnections", MAXIMUM)));
    graphs.add(graph("Database free memory", "bytes", rds(instances, "FreeableMemory", AVERAGE)));
    graphs.add(
        graph("Database free storage", "bytes", rds(instances, "FreeStorageSpace", "Minimum")));
    graphs.add(
        graph(
            "Database latency",
            "seconds",
            Stream.concat(
                labelled(instances, "ReadLatency", "reads"),
                labelled(instances, "WriteLatency", "writes"))));
    graphs.add(
        graph(
            "Database operations",
            "a second",
            Stream.concat(
                labelled(instances, "ReadIOPS", "reads"),
                labelled(instances, "WriteIOPS", "writes"))));
    if (!replicas.isEmpty()) {
      graphs.add(graph("Read replicas' lag", "seconds", rds(replicas, "ReplicaLag", MAXIMUM)));
    }
    return graphs;
  }

  private static Stream<Metric> rds(List<String> instances, String metric, String stat) {
    return instances.stream()
        .map(id -> new Metric(RDS, metric, dimensions("DBInstanceIdentifier", id), stat, id));
  }

  private static Stream<Metric> labelled(List<String> instances, String metric, String what) {
    return instances.stream()
        .map(
            id ->
                new Metric(
                    RDS, metric, dimensions("DBInstanceIdentifier", id), AVERAGE, what + " " + id));
  }

  /** A table in DynamoDB. */
  List<Graph> table(String name) {
    SortedMap<String, String> table = dimensions("TableName", name);
    return List.of(
        graph(
            "Table capacity used",
            "units a minute",
            new Metric(DYNAMODB, "ConsumedReadCapacityUnits", table, SUM, "reads"),
            new Metric(DYNAMODB, "ConsumedWriteCapacityUnits", table, SUM, "writes")),
        graph(
            "Table throttles",
            "a minute",
            new Metric(DYNAMODB, "ReadThrottleEvents", table, SUM, "reads"),
            new Metric(DYNAMODB, "WriteThrottleEvents", table, SUM, "writes")),
        graph(
            "Table latency, per operation",
            "milliseconds",
            new Search(
                DYNAMODB,
                List.of("Operation", "TableName"),
                "SuccessfulRequestLatency",
                table,
                AVERAGE,
                MINUTE)));
  }

  /** The nodes of a session store. */
  List<Graph> sessions(SessionStore store) {
    boolean memcached = SessionStoreSettings.MEMCACHED.equals(store.engine());
    List<Graph> graphs = new ArrayList<>();
    graphs.add(graph("Session store CPU", "percent", nodes(store, "CPUUtilization", AVERAGE)));
    graphs.add(
        memcached
            ? graph("Session store unused memory", "bytes", nodes(store, "UnusedMemory", AVERAGE))
            : graph(
                "Session store memory",
                "percent",
                store.nodeIds().stream()
                    .map(
                        id ->
                            new Metric(
                                ELASTICACHE,
                                "DatabaseMemoryUsagePercentage",
                                dimensions("CacheClusterId", id),
                                AVERAGE,
                                id))));
    graphs.add(
        graph(
            "Session store connections", "connections", nodes(store, "CurrConnections", AVERAGE)));
    graphs.add(graph("Sessions dropped", "a minute", nodes(store, "Evictions", SUM)));
    return graphs;
  }

  /** Each node of a replication group is a cluster of one node; Memcached's are of one cluster. */
  private static Stream<Metric> nodes(SessionStore store, String metric, String stat) {
    boolean memcached = SessionStoreSettings.MEMCACHED.equals(store.engine());
    return store.nodeIds().stream()
        .map(
            id ->
                new Metric(
                    ELASTICACHE,
                    metric,
                    memcached
                        ? dimensions("CacheClusterId", store.name(), "CacheNodeId", id)
                        : dimensions("CacheClusterId", id, "CacheNodeId", "0001"),
                    stat,
                    id));
  }

  /** What S3 tells once a day, without being paid for it. */
  List<Graph> bucket(String name) {
    return List.of(
        new Graph(
            "Bucket size",
            region,
            DAY,
            "bytes",
            List.of(
                new Metric(
                    S3,
                    "BucketSizeBytes",
                    dimensions("BucketName", name, "StorageType", "StandardStorage"),
                    AVERAGE,
                    "standard storage"))),
        new Graph(
            "Objects",
            region,
            DAY,
            "objects",
            List.of(
                new Metric(
                    S3,
                    "NumberOfObjects",
                    dimensions("BucketName", name, "StorageType", "AllStorageTypes"),
                    AVERAGE,
                    "objects, with old versions"))));
  }

  /** What the account is charged this month: CloudWatch knows no app's charges. */
  static List<Graph> charges() {
    SortedMap<String, String> currency = dimensions("Currency", "USD");
    return List.of(
        charged(
            "Charges of the account",
            new Metric("AWS/Billing", CHARGES, currency, MAXIMUM, "all services")),
        charged(
            "Charges of the account, per service",
            new Search(
                "AWS/Billing",
                List.of("Currency", "ServiceName"),
                CHARGES,
                currency,
                MAXIMUM,
                SIX_HOURS)));
  }

  private static Graph charged(String title, Series series) {
    return new Graph(title, BILLING_REGION, SIX_HOURS, "USD this month", List.of(series));
  }
}
