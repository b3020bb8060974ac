package io.highlyavailable.testbed.operator;

import io.highlyavailable.testbed.aws.AwsEmulator;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How an operator process is configured. Immutable; every method returns changed settings.
 *
 * @param namespace where its service account and its leader's lease live
 * @param serviceAccount its identity; two processes with different ones are told apart in the audit
 *     log
 * @param watchNamespaces namespaces it gets rights in and watches; empty for all
 * @param javaOptions options of its JVM
 * @param environment its environment variables beside those that follow from the above
 */
public record OperatorSettings(
    String namespace,
    String serviceAccount,
    List<String> watchNamespaces,
    List<String> javaOptions,
    Map<String, String> environment) {

  /** The region of the local platform, of which the fake nodes' zones are. */
  public static final String REGION = "us-east-1";

  /**
   * An identity provider that the emulator takes on trust, as IAM does in a role's trust policy.
   */
  /** A key for copies of backups in the region that the full example names. */
  private static final String RECOVERY_KEY =
      "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555";

  private static final String OIDC_PROVIDER =
      "arn:aws:iam::" + AwsEmulator.ACCOUNT + ":oidc-provider/oidc.local.example/id/LOCAL";

  public OperatorSettings {
    watchNamespaces = List.copyOf(watchNamespaces);
    javaOptions = List.copyOf(javaOptions);
    environment = Map.copyOf(environment);
  }

  /**
   * What tests and demo start from: the chart's names, an emulator instead of AWS, and polls so
   * fast that nobody waits for them.
   *
   * @param awsEndpoint URL of the emulator
   */
  public static OperatorSettings local(URI awsEndpoint) {
    Map<String, String> environment =
        new TreeMap<>(EmulatorEnvironment.of(awsEndpoint, REGION, "operator"));
    environment.put("HAAPP_CLUSTER_ID", "local");
    environment.put("HAAPP_POLL_FAST", "1s");
    environment.put("HAAPP_POLL_SLOW", "5s");
    environment.put("HAAPP_AUDIT_INTERVAL", "1s");
    environment.put("HAAPP_SETTLE_WINDOW", "10s");
    environment.put("HAAPP_LEADER_ELECTION", "false");
    environment.put("HAAPP_LOG_FORMAT", "text");
    // Fake nodes pull and run nothing.
    environment.put("HAAPP_IMAGE", "highlyavailableapp:local");
    environment.put("HAAPP_OIDC_PROVIDER_ARN", OIDC_PROVIDER);
    environment.put("HAAPP_RECOVERY_KMS_KEY_ARNS", RECOVERY_KEY);
    return new OperatorSettings(
        "highlyavailableapp-system",
        "highlyavailableapp",
        List.of(),
        // What the chart's memory limit leaves to the heap.
        List.of("-Xmx332m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"),
        environment);
  }

  /** With one more environment variable, or another value for it; an empty value removes it. */
  public OperatorSettings with(String variable, String value) {
    Map<String, String> changed = new TreeMap<>(environment);
    changed.put(variable, value);
    return new OperatorSettings(namespace, serviceAccount, watchNamespaces, javaOptions, changed);
  }

  /** With rights in these namespaces only, of which it watches the apps. */
  public OperatorSettings watching(String... namespaces) {
    return new OperatorSettings(
        namespace, serviceAccount, List.of(namespaces), javaOptions, environment);
  }

  /** With another service account, made when it is not there. */
  public OperatorSettings as(String otherNamespace, String otherServiceAccount) {
    return new OperatorSettings(
        otherNamespace, otherServiceAccount, watchNamespaces, javaOptions, environment);
  }

  /** With other options of the JVM. */
  public OperatorSettings withJavaOptions(String... options) {
    return new OperatorSettings(
        namespace, serviceAccount, watchNamespaces, List.of(options), environment);
  }

  /**
   * In the network that the apps' data lives in by default.
   *
   * @param vpcId the cluster's VPC
   * @param clientSecurityGroupIds who may reach the data
   */
  public OperatorSettings inNetwork(String vpcId, List<String> clientSecurityGroupIds) {
    return with("HAAPP_VPC_ID", vpcId)
        .with("HAAPP_CLIENT_SECURITY_GROUP_IDS", String.join(",", clientSecurityGroupIds));
  }

  /** The name by which the API server knows the process. */
  public String user() {
    return "system:serviceaccount:" + namespace + ":" + serviceAccount;
  }
}
