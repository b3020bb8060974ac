package io.highlyavailable.api.v1alpha1;

/**
 * The default of every field that has one.
 *
 * <p>The API server applies them inside blocks that are present. For blocks that are absent, and
 * for {@link #CPU_REQUEST} and {@link #MEMORY_REQUEST}, the operator does: a default for a whole
 * block would stay beside what is applied later (another member of a union, limits below the
 * default requests) and get a valid manifest refused.
 */
public final class Defaults {

  /** {@code spec.port}. */
  public static final int PORT = 8080;

  /** {@code spec.resources.requests.cpu}, as a Kubernetes quantity. */
  public static final String CPU_REQUEST = "250m";

  /** {@code spec.resources.requests.memory}, as a Kubernetes quantity. */
  public static final String MEMORY_REQUEST = "256Mi";

  /** {@code spec.scaling.minReplicas}. */
  public static final int MIN_REPLICAS = 3;

  /** {@code spec.scaling.maxReplicas}. */
  public static final int MAX_REPLICAS = 10;

  /** {@code spec.scaling.cpuUtilizationPercentage}, in percent of the request. */
  public static final int CPU_UTILIZATION_PERCENTAGE = 70;

  /** {@code spec.scaling.scaleDownStabilizationSeconds}, in seconds. */
  public static final int SCALE_DOWN_STABILIZATION_SECONDS = 300;

  /** {@code spec.availability.zones}. */
  public static final int ZONES = 3;

  /** {@code spec.availability.maxUnavailable}, in pods. */
  public static final int MAX_UNAVAILABLE = 1;

  /** {@code spec.rollout.bakeSeconds}, in seconds: longer than any alarm takes to go off. */
  public static final int BAKE_SECONDS = 600;

  /** {@code spec.availability.drainSeconds}, in seconds. */
  public static final int DRAIN_SECONDS = 30;

  /** {@code spec.ingress.className}: the AWS Load Balancer Controller. */
  public static final String INGRESS_CLASS_NAME = "alb";

  /** {@code ingress.accessLogs.expireDays}. */
  public static final int ACCESS_LOG_DAYS = 90;

  /** {@code spec.ingress.healthCheckPath}. */
  public static final String HEALTH_CHECK_PATH = "/";

  /** {@code spec.database.rds.instanceClass}. */
  public static final String INSTANCE_CLASS = "db.t4g.medium";

  /** {@code spec.database.rds.storageGiB}, in GiB. */
  public static final int STORAGE_GIB = 50;

  /** {@code spec.database.rds.backupRetentionDays}, in days. */
  public static final int BACKUP_RETENTION_DAYS = 14;

  /** {@code spec.changePolicy.maintenanceWindow}, in UTC. */
  public static final String MAINTENANCE_WINDOW = "sun:03:00-sun:04:00";

  /** {@code nodeType} of every member of {@code spec.sessionStore}. */
  public static final String CACHE_NODE_TYPE = "cache.t4g.small";

  /** {@code replicas} of {@code spec.sessionStore.redis} and {@code valkey}. */
  public static final int CACHE_REPLICAS = 2;

  /** {@code spec.sessionStore.memcached.nodes}. */
  public static final int MEMCACHED_NODES = 3;

  /** {@code spec.backup.verify.intervalDays}, in days. */
  public static final int VERIFY_INTERVAL_DAYS = 7;

  /** {@code spec.backup.verify.instanceClass}: the smallest that every engine runs well on. */
  public static final String VERIFY_INSTANCE_CLASS = "db.t4g.small";

  /** {@code spec.backup.verify.timeLimitHours}, in hours. */
  public static final int VERIFY_TIME_LIMIT_HOURS = 4;

  /** {@code spec.network.managed.flowLogs.retentionDays}, in days. */
  public static final int FLOW_LOG_RETENTION_DAYS = 30;

  /** {@code spec.compute.instances.instanceType}. */
  public static final String INSTANCE_TYPE = "t4g.medium";

  /** {@code spec.compute.instances.rootVolumeGiB}, in GiB. */
  public static final int ROOT_VOLUME_GIB = 20;

  /** {@code spec.compute.instances.minHealthyPercentage}, in percent of the wanted instances. */
  public static final int MIN_HEALTHY_PERCENTAGE = 100;

  /** {@code spec.compute.instances.warmupSeconds}, in seconds. */
  public static final int WARMUP_SECONDS = 120;

  /** The only member of {@code spec.nodeGroup.instanceTypes}. */
  public static final String NODE_INSTANCE_TYPE = "m7g.large";

  /** {@code spec.nodeGroup.minSize}, in nodes. */
  public static final int NODES_MIN = 3;

  /** {@code spec.nodeGroup.maxSize}, in nodes. */
  public static final int NODES_MAX = 9;

  private Defaults() {}
}
