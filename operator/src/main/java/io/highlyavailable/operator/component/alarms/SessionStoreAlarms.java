package io.highlyavailable.operator.component.alarms;

import io.highlyavailable.operator.component.sessionstore.SessionStore;
import io.highlyavailable.operator.model.SessionStoreSettings;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The alarms of each node of a session store. Metrics, dimensions and numbers of data points follow
 * "Best practice alarm recommendations for AWS services" in CloudWatch's guide, thresholds that it
 * leaves open "Which metrics should I monitor?" in ElastiCache's.
 */
final class SessionStoreAlarms {
  private static final String PREFIX = "session-store-";

  /** Single evictions are sessions that would have ended soon; five minutes of them are not. */
  private static final AlarmTable EVICTIONS = AlarmTable.row(PREFIX + "evictions");

  /** Nine in ten of the 65,000 connections that a node of either engine takes. */
  private static final AlarmTable CONNECTED = AlarmTable.row(PREFIX + "connections");

  /** Sessions grow with the day's traffic: at 80 % there is time for a larger node. */
  private static final AlarmTable MEMORY = AlarmTable.row(PREFIX + "memory");

  /** What a replica is behind is lost when it takes over. Only replicas have the metric. */
  private static final AlarmTable LAG = AlarmTable.row(PREFIX + "replication-lag");

  private static final AlarmTable ENGINE_CPU = AlarmTable.row(PREFIX + "engine-cpu");
  private static final AlarmTable HOST_CPU = AlarmTable.row(PREFIX + "cpu");

  /** Above it, Memcached should be given more memory for connections, or a larger node. */
  private static final AlarmTable SWAP = AlarmTable.row(PREFIX + "swap");

  private static final double BUSY_PERCENT = 90;

  /** The guide looks at these by cluster, which is one node where there are replicas. */
  private static final Set<String> OF_CLUSTER =
      Set.of("EngineCPUUtilization", "DatabaseMemoryUsagePercentage", "ReplicationLag");

  /** Types with one core, and with two; larger ones have cores that the engine cannot use. */
  private static final Pattern ONE_CORE = Pattern.compile("cache\\.t2\\.(micro|small)");

  private static final Pattern TWO_CORES = Pattern.compile("cache\\.(t\\w+\\.\\w+|\\w+\\.large)");

  private SessionStoreAlarms() {}

  /** How the names of all of them begin. */
  static String prefix(String resource) {
    return resource + "-" + PREFIX;
  }

  /**
   * A node as CloudWatch's dimensions name it.
   *
   * @param name the end of its alarms' names
   */
  private record Node(String name, String cluster, String id) {
    /** Each node of a replication group is a cluster of one node. */
    static Node of(SessionStore store, String id) {
      return memcached(store)
          ? new Node(id, store.name(), id)
          : new Node(id.substring(id.lastIndexOf('-') + 1), id, "0001");
    }
  }

  private static boolean memcached(SessionStore store) {
    return SessionStoreSettings.MEMCACHED.equals(store.engine());
  }

  /** The alarms of each node that the store shows. */
  static Stream<Alarm> of(String resource, SessionStore store) {
    return store.nodeIds().stream()
        .map(id -> Node.of(store, id))
        .flatMap(node -> rows(store).map(row -> alarm(row, resource, node, threshold(row, store))));
  }

  private static Stream<AlarmTable> rows(SessionStore store) {
    if (memcached(store)) {
      return Stream.of(HOST_CPU, EVICTIONS, CONNECTED, SWAP);
    }
    AlarmTable cpu = cores(store) <= 2 ? HOST_CPU : ENGINE_CPU;
    Stream<AlarmTable> all = Stream.of(cpu, MEMORY, EVICTIONS, CONNECTED);
    return store.settings().nodes() > 1 ? Stream.concat(all, Stream.of(LAG)) : all;
  }

  /**
   * Redis works on one core, Memcached on all. The guide looks at the whole node where it has one
   * or two, because the system needs a part of them, and at the engine's core where it has more.
   */
  private static double threshold(AlarmTable row, SessionStore store) {
    if (row != HOST_CPU) {
      return row.threshold();
    }
    return memcached(store) ? BUSY_PERCENT : BUSY_PERCENT / cores(store);
  }

  /** One, two, or many. */
  private static int cores(SessionStore store) {
    String type = store.settings().nodeType();
    if (ONE_CORE.matcher(type).matches()) {
      return 1;
    }
    return TWO_CORES.matcher(type).matches() ? 2 : Integer.MAX_VALUE;
  }

  private static Alarm alarm(AlarmTable row, String resource, Node node, double threshold) {
    SortedMap<String, String> dimensions = new TreeMap<>(Map.of("CacheClusterId", node.cluster()));
    if (!OF_CLUSTER.contains(row.metric())) {
      dimensions.put("CacheNodeId", node.id());
    }
    // Whichever of the two says how busy it is, it is one alarm.
    AlarmTable called = row == ENGINE_CPU ? HOST_CPU : row;
    return row.named(called.name(resource) + "-" + node.name(), row.single(dimensions), threshold);
  }
}
