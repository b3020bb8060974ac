package io.highlyavailable.operator.config;

/**
 * One thing the administrator may set, as an environment variable. Together they are the source of
 * the reference documentation.
 */
public enum Option {
  CLUSTER_ID(
      "HAAPP_CLUSTER_ID",
      "",
      "Stable name of this cluster, unique among those that share the AWS account; survives a"
          + " rebuild of the cluster. Required; lower-case letters, digits and hyphens, at most"
          + " 32."),
  REGION("AWS_REGION", "", "Region of apps that name none. Required."),
  ENDPOINT("AWS_ENDPOINT_URL", "", "Where AWS's APIs are, instead of AWS's own endpoints."),
  WATCH_NAMESPACES(
      "HAAPP_WATCH_NAMESPACES", "", "Namespaces to watch, separated by commas; empty for all."),
  POLL_FAST(
      "HAAPP_POLL_FAST",
      "5s",
      "Between listings of a service while one of its resources is in transition; 100ms to 5m."),
  POLL_SLOW(
      "HAAPP_POLL_SLOW",
      "30s",
      "Between listings of a service otherwise, and so the time in which drift is noticed;"
          + " HAAPP_POLL_FAST to 1h."),
  AUDIT_INTERVAL(
      "HAAPP_AUDIT_INTERVAL",
      "10s",
      "Between readings of one resource in full, where a service lists names only; 100ms to 1h."),
  SETTLE_WINDOW(
      "HAAPP_SETTLE_WINDOW",
      "60s",
      "How long after a write a listing that contradicts it is not believed; 0s to 10m."),
  CALLS_PER_SECOND(
      "HAAPP_CALLS_PER_SECOND",
      "20",
      "Calls a second to one service in one region, halved while it throttles; 1 to 1000."),
  TRAFFIC_INTERVAL(
      "HAAPP_TRAFFIC_INTERVAL",
      "60s",
      "Between readings of the requests of apps that are scaled on them, which CloudWatch has by the"
          + " minute; 100ms to 5m."),
  REBALANCE_AFTER(
      "HAAPP_REBALANCE_AFTER",
      "3m",
      "How long an app's pods must be unevenly spread over zones before one is moved, and the least"
          + " time between two moves of an app; 1s to 1h."),
  LEADER_ELECTION(
      "HAAPP_LEADER_ELECTION",
      "true",
      "Whether only the holder of a Lease acts; needed with more than one replica."),
  LEADER_NAMESPACE(
      "HAAPP_LEADER_NAMESPACE", "", "Namespace of the Lease; the pod's own when empty."),
  HTTP_PORT(
      "HAAPP_HTTP_PORT",
      "8080",
      "Port of /healthz, /readyz and /metrics; 0 takes a free one. 0 to 65535."),
  LOG_FORMAT(
      "HAAPP_LOG_FORMAT", "auto", "text, json, or auto: text in a terminal and json in a cluster."),
  TRACING(
      "HAAPP_TRACING",
      "false",
      "Whether reconciliations and their calls to AWS are traced, by OpenTelemetry. The variables"
          + " OTEL_... mean nothing without it."),
  TRACES_ENDPOINT(
      "OTEL_EXPORTER_OTLP_ENDPOINT",
      "",
      "The collector that takes traces by OTLP over HTTP, such as http://collector.monitoring:4318."
          + " Needed for HAAPP_TRACING, unless OTEL_EXPORTER_OTLP_TRACES_ENDPOINT is set."),
  TRACES_SAMPLER(
      "OTEL_TRACES_SAMPLER",
      "parentbased_traceidratio",
      "Which traces are sent: always_on, always_off, traceidratio, parentbased_always_on,"
          + " parentbased_always_off or parentbased_traceidratio."),
  TRACES_SAMPLER_ARGUMENT(
      "OTEL_TRACES_SAMPLER_ARG",
      "1",
      "The share of traces that is sent, where the sampler is one of a ratio; 0 to 1."),
  SERVICE_NAME(
      "OTEL_SERVICE_NAME", "highlyavailableapp", "What traces call the operator: service.name."),
  VPC_ID(
      "HAAPP_VPC_ID",
      "",
      "The cluster's VPC: for network.discover, and for network.managed to be peered with."),
  CLIENT_SECURITY_GROUP_IDS(
      "HAAPP_CLIENT_SECURITY_GROUP_IDS",
      "",
      "Security groups of the pods, separated by commas: they may reach the data of apps that"
          + " name none."),
  EKS_CLUSTER(
      "HAAPP_EKS_CLUSTER",
      "",
      "Name of this cluster in EKS, in AWS_REGION. EKS then tells its VPC and its security group,"
          + " where HAAPP_VPC_ID and HAAPP_CLIENT_SECURITY_GROUP_IDS do not; and subnets that are"
          + " tagged for other clusters only are passed over."),
  OIDC_PROVIDER_ARN(
      "HAAPP_OIDC_PROVIDER_ARN",
      "",
      "ARN of the cluster's IAM OIDC provider, with which pods take on their app's role."),
  IAM_PATH("HAAPP_IAM_PATH", "/highlyavailableapp/", "Path of every IAM role it creates."),
  PERMISSIONS_BOUNDARY(
      "HAAPP_IAM_PERMISSIONS_BOUNDARY",
      "",
      "ARN of the policy that bounds every IAM role it creates; empty for none."),
  RECOVERY_REGION(
      "HAAPP_RECOVERY_REGION",
      "",
      "Region of the copies of apps that name none in disasterRecovery; empty for no copies. An app"
          + " that is in this region itself gets none."),
  RECOVERY_KMS_KEYS(
      "HAAPP_RECOVERY_KMS_KEY_ARNS",
      "",
      "ARNs of the KMS keys that copies of databases' backups are encrypted with, separated by"
          + " commas, one for each region that has such copies: RDS needs a key of that region."),
  APPROVED_FORMER_OWNERS(
      "HAAPP_APPROVED_FORMER_OWNERS",
      "",
      "Former owners whose resources may be re-attached, as <cluster UID>/<namespace UID>,"
          + " separated by commas."),
  IMAGE(
      "HAAPP_IMAGE",
      "",
      "The operator's own image, in which Jobs make the apps' database users. Needed as soon as"
          + " an app has a database.");

  private final String variable;
  private final String fallback;
  private final String description;

  Option(String variable, String fallback, String description) {
    this.variable = variable;
    this.fallback = fallback;
    this.description = description;
  }

  /** The environment variable's name. */
  public String variable() {
    return variable;
  }

  /** The value when it is not set; may be empty. */
  public String fallback() {
    return fallback;
  }

  /** Meaning, unit and range, in sentences. */
  public String description() {
    return description;
  }
}
