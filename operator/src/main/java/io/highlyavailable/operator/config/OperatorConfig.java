package io.highlyavailable.operator.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the administrator configured, checked once at start. {@link Option} says what each means.
 *
 * @param clusterId {@link Option#CLUSTER_ID}
 * @param region {@link Option#REGION}
 * @param endpoint {@link Option#ENDPOINT}; null for AWS's own
 * @param watchNamespaces {@link Option#WATCH_NAMESPACES}; empty for all
 * @param polling how often clouds are looked at
 * @param leaderElection {@link Option#LEADER_ELECTION}
 * @param leaderNamespace {@link Option#LEADER_NAMESPACE}
 * @param httpPort {@link Option#HTTP_PORT}
 * @param vpcId {@link Option#VPC_ID}
 * @param clientSecurityGroupIds {@link Option#CLIENT_SECURITY_GROUP_IDS}
 * @param eksCluster {@link Option#EKS_CLUSTER}; empty for none
 * @param oidcProviderArn {@link Option#OIDC_PROVIDER_ARN}
 * @param iamPath {@link Option#IAM_PATH}
 * @param permissionsBoundaryArn {@link Option#PERMISSIONS_BOUNDARY}
 * @param recoveryRegion {@link Option#RECOVERY_REGION}; empty for none
 * @param recoveryKmsKeyArns {@link Option#RECOVERY_KMS_KEYS}
 * @param approvedFormerOwners {@link Option#APPROVED_FORMER_OWNERS}
 * @param image {@link Option#IMAGE}
 * @param rebalanceAfter {@link Option#REBALANCE_AFTER}
 * @param traces whether and how traces are sent
 */
public record OperatorConfig(
    String clusterId,
    String region,
    @Nullable URI endpoint,
    Set<String> watchNamespaces,
    Polling polling,
    boolean leaderElection,
    String leaderNamespace,
    int httpPort,
    String vpcId,
    List<String> clientSecurityGroupIds,
    String eksCluster,
    String oidcProviderArn,
    String iamPath,
    String permissionsBoundaryArn,
    String recoveryRegion,
    List<String> recoveryKmsKeyArns,
    Set<String> approvedFormerOwners,
    String image,
    Duration rebalanceAfter,
    Traces traces) {

  private static final String TRACES_OWN_ENDPOINT = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";

  /** There is no sender for gRPC. */
  private static final List<String> TRACES_PROTOCOLS =
      List.of("OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL");

  private static final String REGION = "[a-z]{2}(-[a-z]+)+-\\d";

  /**
   * Whether and how traces are sent. OpenTelemetry reads further variables itself.
   *
   * @param enabled {@link Option#TRACING}
   * @param endpoint {@link Option#TRACES_ENDPOINT}; may be empty where its own variable is set
   * @param sampler {@link Option#TRACES_SAMPLER}
   * @param samplerArgument {@link Option#TRACES_SAMPLER_ARGUMENT}
   * @param serviceName {@link Option#SERVICE_NAME}
   */
  public record Traces(
      boolean enabled,
      String endpoint,
      String sampler,
      String samplerArgument,
      String serviceName) {
    /** None are. */
    public static final Traces OFF = new Traces(false, "", "", "", "");
  }

  /**
   * How often clouds are looked at, and how hard they are worked.
   *
   * @param fast {@link Option#POLL_FAST}
   * @param slow {@link Option#POLL_SLOW}
   * @param audit {@link Option#AUDIT_INTERVAL}
   * @param settle {@link Option#SETTLE_WINDOW}
   * @param callsPerSecond {@link Option#CALLS_PER_SECOND}
   * @param traffic {@link Option#TRAFFIC_INTERVAL}
   */
  public record Polling(
      Duration fast,
      Duration slow,
      Duration audit,
      Duration settle,
      int callsPerSecond,
      Duration traffic) {}

  /**
   * Reads and checks everything.
   *
   * @throws InvalidConfigException naming every fault
   */
  public static OperatorConfig from(Map<String, String> environment) {
    Values values = new Values(environment);
    OperatorConfig config =
        new OperatorConfig(
            values.required(
                Option.CLUSTER_ID,
                "[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?",
                "lower-case letters, digits and hyphens, at most 32"),
            values.required(Option.REGION, REGION, "a region such as eu-west-1"),
            values.uri(Option.ENDPOINT),
            watchedNamespaces(values),
            polling(values),
            values.flag(Option.LEADER_ELECTION),
            values.text(Option.LEADER_NAMESPACE),
            values.number(Option.HTTP_PORT, 0, 65535),
            values.optional(Option.VPC_ID, "vpc-[0-9a-f]{8,17}", "a VPC id such as vpc-0a1b2c3d"),
            values.list(
                Option.CLIENT_SECURITY_GROUP_IDS,
                "sg-[0-9a-f]{8,17}",
                "a security group id such as sg-0a1b2c3d"),
            values.optional(
                Option.EKS_CLUSTER,
                "[0-9A-Za-z][A-Za-z0-9_-]{0,99}",
                "the name of an EKS cluster: letters, digits, hyphens and underscores, at most"
                    + " 100"),
            values.optional(
                Option.OIDC_PROVIDER_ARN,
                "arn:[a-z-]+:iam::\\d{12}:oidc-provider/.+",
                "the ARN of an IAM OIDC provider"),
            values.required(
                Option.IAM_PATH, "/|/[!-~]{1,510}/", "a path that begins and ends with /"),
            values.optional(
                Option.PERMISSIONS_BOUNDARY,
                "arn:[a-z-]+:iam::(\\d{12}|aws):policy/.+",
                "the ARN of an IAM policy"),
            values.optional(Option.RECOVERY_REGION, REGION, "a region such as eu-central-1"),
            values.list(
                Option.RECOVERY_KMS_KEYS,
                "arn:[a-z-]+:kms:[a-z]{2}(-[a-z]+)+-\\d:\\d{12}:key/[A-Za-z0-9-]+",
                "the ARN of a KMS key"),
            Set.copyOf(
                values.list(
                    Option.APPROVED_FORMER_OWNERS,
                    "[0-9a-f-]{36}/[0-9a-f-]{36}",
                    "<cluster UID>/<namespace UID>")),
            values.optional(
                Option.IMAGE, "[!-~]{1,512}", "a container image such as example.com/operator:1"),
            values.duration(Option.REBALANCE_AFTER, Duration.ofSeconds(1), Duration.ofHours(1)),
            traces(values));
    values.optional(Option.LOG_FORMAT, "auto|text|json", "auto, text or json");
    if (!values.faults().isEmpty()) {
      throw new InvalidConfigException(values.faults());
    }
    return config;
  }

  /** Whether EKS is to be asked for what nobody configured. */
  public boolean asksEks() {
    return !eksCluster.isEmpty() && (vpcId.isEmpty() || clientSecurityGroupIds.isEmpty());
  }

  /**
   * The namespaces alone, for what needs to know nothing else.
   *
   * @return empty for all
   * @throws InvalidConfigException when one cannot be a namespace's name
   */
  public static Set<String> watchedNamespaces(Map<String, String> environment) {
    Values values = new Values(environment);
    Set<String> namespaces = watchedNamespaces(values);
    if (!values.faults().isEmpty()) {
      throw new InvalidConfigException(values.faults());
    }
    return namespaces;
  }

  private static Set<String> watchedNamespaces(Values values) {
    return Set.copyOf(
        values.list(
            Option.WATCH_NAMESPACES, "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", "a namespace's name"));
  }

  /** What OpenTelemetry is told means nothing, and is not looked at, where it does not trace. */
  private static Traces traces(Values values) {
    if (!values.flag(Option.TRACING)) {
      return Traces.OFF;
    }
    if (!values.given(TRACES_OWN_ENDPOINT)) {
      values.requiredUri(Option.TRACES_ENDPOINT);
    }
    TRACES_PROTOCOLS.forEach(variable -> values.only(variable, "http/protobuf"));
    return new Traces(
        true,
        values.text(Option.TRACES_ENDPOINT),
        values.required(
            Option.TRACES_SAMPLER,
            "(parentbased_)?(always_on|always_off|traceidratio)",
            "one of OpenTelemetry's samplers, such as parentbased_traceidratio"),
        values.required(
            Option.TRACES_SAMPLER_ARGUMENT,
            "0(\\.\\d+)?|1(\\.0+)?|[1-9](\\.\\d+)?e-\\d+",
            "a number from 0 to 1"),
        values.text(Option.SERVICE_NAME));
  }

  private static Polling polling(Values values) {
    Duration shortest = Duration.ofMillis(100);
    Duration hour = Duration.ofHours(1);
    Duration fast = values.duration(Option.POLL_FAST, shortest, Duration.ofMinutes(5));
    return new Polling(
        fast,
        values.duration(Option.POLL_SLOW, fast, hour),
        values.duration(Option.AUDIT_INTERVAL, shortest, hour),
        values.duration(Option.SETTLE_WINDOW, Duration.ZERO, Duration.ofMinutes(10)),
        values.number(Option.CALLS_PER_SECOND, 1, 1000),
        values.duration(Option.TRAFFIC_INTERVAL, shortest, Duration.ofMinutes(5)));
  }
}
