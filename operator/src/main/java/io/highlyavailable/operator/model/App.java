package io.highlyavailable.operator.model;

import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One app with every default filled in: what planner and builders read instead of the raw spec.
 *
 * @param identity who it is
 * @param generation the generation of the spec this was made from
 * @param deleting whether Kubernetes is deleting it
 * @param paused whether a person asked that nothing be written
 * @param region the AWS region its cloud resources live in
 * @param tags the user's tags for cloud resources, ordered
 * @param workload the stateless tier
 * @param compute the EC2 instances that the stateless tier is, or null for pods
 * @param nodeGroup worker nodes for the cluster, or null for none
 * @param exposure how it is reached from outside, or null for not at all
 * @param network where its data lives
 * @param database the database on RDS, or null for none
 * @param table the table in DynamoDB, or null for none
 * @param sessionStore the session store, or null for none
 * @param bucket the bucket, or null for none
 * @param alarms whether CloudWatch alarms are kept
 * @param dashboard whether a CloudWatch dashboard is kept
 * @param recipients e-mail addresses and ARNs of topics that alarms notify
 * @param recovery where copies of its data are kept, or null for nowhere
 * @param verify how its database's backups are verified, or null for not at all
 * @param bindings how connection details reach the pods
 * @param deletionPolicy what becomes of data whose block, and with it a policy of its own, is
 *     removed
 * @param deletionProtection whether data survives every deletion
 * @param changes when changes that interrupt service are made
 */
public record App(
    AppIdentity identity,
    long generation,
    boolean deleting,
    boolean paused,
    String region,
    Map<String, String> tags,
    Workload workload,
    @Nullable InstanceSettings compute,
    @Nullable NodeGroupSettings nodeGroup,
    @Nullable Exposure exposure,
    NetworkChoice network,
    @Nullable DatabaseSettings database,
    @Nullable TableSettings table,
    @Nullable SessionStoreSettings sessionStore,
    @Nullable BucketSettings bucket,
    boolean alarms,
    boolean dashboard,
    List<String> recipients,
    @Nullable Recovery recovery,
    @Nullable RestoreTest verify,
    BindingSettings bindings,
    DeletionPolicy deletionPolicy,
    boolean deletionProtection,
    ChangeRules changes) {

  public App {
    tags = Map.copyOf(tags);
    recipients = List.copyOf(recipients);
  }

  /** E-mail addresses that alarms notify. */
  public List<String> addressesToNotify() {
    return recipients.stream().filter(to -> !isTopic(to)).toList();
  }

  /** ARNs of topics, of somebody else's making, that alarms notify. */
  public List<String> topicsToNotify() {
    return recipients.stream().filter(App::isTopic).toList();
  }

  private static boolean isTopic(String to) {
    return to.startsWith("arn:");
  }

  /** Where the app lives in its cluster. */
  public AppKey key() {
    return identity.key();
  }

  /** The name its cloud resources share. */
  public String resourceName() {
    return Names.resource(identity);
  }

  /** The identifier of its database on RDS: of the one handed over, else of one of its own. */
  public String databaseId() {
    return databaseSettings().map(DatabaseSettings::existing).orElseGet(this::resourceName);
  }

  /**
   * The name of its bucket: of the one handed over, else of one of its own.
   *
   * @param accountId the AWS account that owns it
   */
  public String bucketName(String accountId) {
    return bucketSettings()
        .map(BucketSettings::existing)
        .orElseGet(() -> Names.bucket(identity, accountId));
  }

  /** The EC2 instances that it runs on; empty when it runs in pods. */
  public Optional<InstanceSettings> instances() {
    return Optional.ofNullable(compute);
  }

  /** The worker nodes asked for, if any. */
  public Optional<NodeGroupSettings> nodes() {
    return Optional.ofNullable(nodeGroup);
  }

  /** The database on RDS asked for, if any. */
  public Optional<DatabaseSettings> databaseSettings() {
    return Optional.ofNullable(database);
  }

  /** The table in DynamoDB asked for, if any. */
  public Optional<TableSettings> tableSettings() {
    return Optional.ofNullable(table);
  }

  /** The session store asked for, if any. */
  public Optional<SessionStoreSettings> sessionStoreSettings() {
    return Optional.ofNullable(sessionStore);
  }

  /** The bucket asked for, if any. */
  public Optional<BucketSettings> bucketSettings() {
    return Optional.ofNullable(bucket);
  }

  /** Where copies of its data are kept, if they are. */
  public Optional<Recovery> recoverySettings() {
    return Optional.ofNullable(recovery);
  }

  /** Where the database's backups are copied to, if they are. */
  public Optional<Recovery> databaseCopies() {
    return recoverySettings().filter(it -> database != null && it.databaseBackups());
  }

  /** Where the bucket's objects are copied to, if they are: S3 copies versioned buckets only. */
  public Optional<Recovery> bucketCopies() {
    boolean copied = bucketSettings().filter(BucketSettings::versioning).isPresent();
    return recoverySettings().filter(it -> copied && it.storageReplication());
  }

  /** Where the table has a replica, if it has one. */
  public Optional<Recovery> tableCopies() {
    return recoverySettings().filter(it -> table != null && it.tableReplica());
  }

  /** How its database's backups are verified, if they are. */
  public Optional<RestoreTest> restoreTest() {
    return Optional.ofNullable(verify).filter(it -> database != null);
  }

  /** The same app with a verification of backups on, or with none. */
  public App verifying(RestoreTest.@Nullable Run run) {
    return verify == null ? this : with(workload, recovery, verify.with(run));
  }

  /** The same app with no copies of its data. */
  public App withoutRecovery() {
    return with(workload, null, verify);
  }

  /** The same app with another image. */
  public App running(String image) {
    return image.equals(workload.image()) ? this : with(workload.running(image), recovery, verify);
  }

  private App with(Workload workload, @Nullable Recovery recovery, @Nullable RestoreTest verify) {
    return new App(
        identity,
        generation,
        deleting,
        paused,
        region,
        tags,
        workload,
        compute,
        nodeGroup,
        exposure,
        network,
        database,
        table,
        sessionStore,
        bucket,
        alarms,
        dashboard,
        recipients,
        recovery,
        verify,
        bindings,
        deletionPolicy,
        deletionProtection,
        changes);
  }

  /**
   * For how many days the load balancer's logs are kept in the app's bucket; empty for no logs.
   * Somebody else's bucket has rules of its own.
   */
  public Optional<Integer> accessLogDays() {
    boolean own = compute != null && bucket != null && bucket.existing() == null;
    return ingress().map(Exposure::accessLogDays).filter(_ -> own);
  }

  /** How it is reached from outside, if at all. */
  public Optional<Exposure> ingress() {
    return Optional.ofNullable(exposure);
  }

  /**
   * The stateless tier.
   *
   * @param image the container image
   * @param imagePullSecrets names of secrets for the registry
   * @param port the port the container listens on
   * @param podTemplate what the user merges over the generated pod, as parsed YAML; empty for none
   * @param env the user's environment
   * @param envFrom the user's environment sources
   * @param resources requests and limits
   * @param probes the user's probes
   * @param serviceAccountName a service account of the user's, or null for one of its own
   * @param scale how many replicas
   * @param availability how they are spread and drained
   * @param networkPolicy whether a NetworkPolicy is kept
   * @param migration what runs before a new image, or null for nothing
   * @param bake for how long a new image has to serve without an alarm before it counts as good, or
   *     null when alarms are not held against it
   */
  public record Workload(
      String image,
      List<LocalObjectReference> imagePullSecrets,
      int port,
      Map<String, Object> podTemplate,
      List<EnvVar> env,
      List<EnvFromSource> envFrom,
      ResourceRequirements resources,
      Probes probes,
      @Nullable String serviceAccountName,
      Scale scale,
      Availability availability,
      boolean networkPolicy,
      @Nullable Migration migration,
      @Nullable Duration bake) {
    private Workload running(String image) {
      return new Workload(
          image,
          imagePullSecrets,
          port,
          podTemplate,
          env,
          envFrom,
          resources,
          probes,
          serviceAccountName,
          scale,
          availability,
          networkPolicy,
          migration,
          bake);
    }

    /** For how long a new image has to serve without an alarm; empty for not at all. */
    public Optional<Duration> watched() {
      return Optional.ofNullable(bake);
    }

    /** What runs before a new image, if anything. */
    public Optional<Migration> beforeRollout() {
      return Optional.ofNullable(migration);
    }
  }

  /**
   * What runs once an image, to success, before it is rolled out.
   *
   * @param command the program and its first arguments, never empty
   * @param args more arguments
   * @param env environment beside the app's own, which it may override
   */
  public record Migration(List<String> command, List<String> args, List<EnvVar> env) {
    public Migration {
      command = List.copyOf(command);
      args = List.copyOf(args);
      env = List.copyOf(env);
    }
  }

  /**
   * The user's probes; a null one was not given.
   *
   * @param readiness defaults to a TCP check of the port
   * @param liveness none by default: a wrong one restarts a healthy app
   * @param startup none by default
   */
  public record Probes(
      @Nullable Probe readiness, @Nullable Probe liveness, @Nullable Probe startup) {}

  /** How many replicas run. */
  public sealed interface Scale {
    /** The fewest replicas that are ever wanted. */
    int minimum();

    /**
     * A fixed number.
     *
     * @param replicas 0 or more
     */
    record Fixed(int replicas) implements Scale {
      @Override
      public int minimum() {
        return replicas;
      }
    }

    /**
     * A range that a HorizontalPodAutoscaler moves in.
     *
     * @param minReplicas at least 2
     * @param maxReplicas at least {@code minReplicas}
     * @param cpuUtilizationPercentage target of requested CPU, or null not to scale on it
     * @param memoryUtilizationPercentage target of requested memory, or null not to scale on it
     * @param scaleDownStabilization how long a lower recommendation must hold
     * @param requestsPerSecond target of requests of one replica, or null not to scale on them
     */
    record Automatic(
        int minReplicas,
        int maxReplicas,
        @Nullable Integer cpuUtilizationPercentage,
        @Nullable Integer memoryUtilizationPercentage,
        Duration scaleDownStabilization,
        @Nullable Integer requestsPerSecond)
        implements Scale {
      /** Not scaled on requests. */
      public Automatic(
          int minReplicas,
          int maxReplicas,
          @Nullable Integer cpuUtilizationPercentage,
          @Nullable Integer memoryUtilizationPercentage,
          Duration scaleDownStabilization) {
        this(
            minReplicas,
            maxReplicas,
            cpuUtilizationPercentage,
            memoryUtilizationPercentage,
            scaleDownStabilization,
            null);
      }

      @Override
      public int minimum() {
        return minReplicas;
      }
    }
  }

  /**
   * How replicas are spread and drained.
   *
   * @param zones over how many zones
   * @param spreadRequired whether a pod stays Pending rather than unbalance the zones
   * @param maxUnavailable how many replicas a voluntary disruption may take at once
   * @param drain how long a stopping replica still serves
   * @param rebalance whether replicas are moved when zones stay unevenly filled
   */
  public record Availability(
      int zones, boolean spreadRequired, int maxUnavailable, Duration drain, boolean rebalance) {}

  /**
   * How the app is reached from outside.
   *
   * @param host the DNS name
   * @param className the IngressClass
   * @param internal whether only from inside the VPC
   * @param healthCheckPath what the load balancer asks for
   * @param certificateArn the certificate, or null for the one ACM has for the host
   * @param plaintext whether HTTP is served without TLS
   * @param webAclArn a WAF web ACL, or null
   * @param annotations the user's own, from the allow-list
   * @param accessLogDays for how many days logs of requests are kept, or null for no logs
   */
  public record Exposure(
      String host,
      String className,
      boolean internal,
      String healthCheckPath,
      @Nullable String certificateArn,
      boolean plaintext,
      @Nullable String webAclArn,
      Map<String, String> annotations,
      @Nullable Integer accessLogDays) {
    /** Without logs. */
    public Exposure(
        String host,
        String className,
        boolean internal,
        String healthCheckPath,
        @Nullable String certificateArn,
        boolean plaintext,
        @Nullable String webAclArn,
        Map<String, String> annotations) {
      this(
          host,
          className,
          internal,
          healthCheckPath,
          certificateArn,
          plaintext,
          webAclArn,
          annotations,
          null);
    }
  }

  /**
   * How connection details reach the pods.
   *
   * @param env whether they are injected as environment
   * @param prefix put before each variable's name; may be empty
   * @param rotation the last request for new credentials, any text; empty for none
   */
  public record BindingSettings(boolean env, String prefix, String rotation) {}
}
