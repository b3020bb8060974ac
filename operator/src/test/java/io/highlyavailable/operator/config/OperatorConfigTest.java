package io.highlyavailable.operator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorConfigTest {
  private static final Map<String, String> LEAST =
      Map.of("HAAPP_CLUSTER_ID", "prod", "AWS_REGION", "eu-west-1");

  private static Map<String, String> with(String variable, String value) {
    Map<String, String> environment = new HashMap<>(LEAST);
    environment.put(variable, value);
    return environment;
  }

  @Test
  void needsAClusterIdAndARegionOnly() {
    assertThat(OperatorConfig.from(LEAST))
        .isEqualTo(
            new OperatorConfig(
                "prod",
                "eu-west-1",
                null,
                Set.of(),
                new OperatorConfig.Polling(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    20,
                    Duration.ofSeconds(60)),
                true,
                "",
                8080,
                "",
                List.of(),
                "",
                "",
                "/highlyavailableapp/",
                "",
                "",
                List.of(),
                Set.of(),
                "",
                Duration.ofMinutes(3),
                OperatorConfig.Traces.OFF));
  }

  @Test
  void namesEveryFaultAtOnce() {
    assertThatThrownBy(
            () ->
                OperatorConfig.from(
                    Map.of(
                        "HAAPP_CLUSTER_ID", "Prod!",
                        "HAAPP_POLL_FAST", "soon",
                        "HAAPP_LEADER_ELECTION", "maybe",
                        "HAAPP_HTTP_PORT", "70000",
                        "HAAPP_CLIENT_SECURITY_GROUP_IDS", "sg-12345678,nonsense",
                        "AWS_ENDPOINT_URL", "ftp://here",
                        "HAAPP_LOG_FORMAT", "xml")))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContainingAll(
            "HAAPP_CLUSTER_ID is 'Prod!', but must be lower-case letters",
            "AWS_REGION is not set",
            "HAAPP_POLL_FAST is 'soon', but must be a duration such as",
            "HAAPP_LEADER_ELECTION is 'maybe', but must be true or false",
            "HAAPP_HTTP_PORT is '70000', but must be a number from 0 to 65535",
            "HAAPP_CLIENT_SECURITY_GROUP_IDS has 'nonsense', but each must be",
            "AWS_ENDPOINT_URL is 'ftp://here', but must be an http or https URL",
            "HAAPP_LOG_FORMAT is 'xml', but must be auto, text or json");
  }

  @ParameterizedTest
  @CsvSource({
    "HAAPP_CLUSTER_ID, -prod",
    "HAAPP_CLUSTER_ID, a23456789012345678901234567890123",
    "AWS_REGION, Frankfurt",
    "AWS_ENDPOINT_URL, localhost:5000",
    "AWS_ENDPOINT_URL, http://[",
    "HAAPP_WATCH_NAMESPACES, 'ok,Not_Ok'",
    "HAAPP_POLL_FAST, 99ms",
    "HAAPP_POLL_FAST, 6m",
    "HAAPP_POLL_SLOW, 4s",
    "HAAPP_POLL_SLOW, 2h",
    "HAAPP_AUDIT_INTERVAL, 0s",
    "HAAPP_SETTLE_WINDOW, 11m",
    "HAAPP_CALLS_PER_SECOND, 0",
    "HAAPP_CALLS_PER_SECOND, 1001",
    "HAAPP_TRAFFIC_INTERVAL, 6m",
    "HAAPP_HTTP_PORT, -1",
    "HAAPP_VPC_ID, my-vpc",
    "HAAPP_EKS_CLUSTER, prod.eu",
    "HAAPP_OIDC_PROVIDER_ARN, https://oidc",
    "HAAPP_IAM_PATH, no-slashes",
    "HAAPP_IAM_PERMISSIONS_BOUNDARY, boundary",
    "HAAPP_RECOVERY_REGION, eu-central-1a",
    "HAAPP_RECOVERY_KMS_KEY_ARNS, alias/aws/rds",
    "HAAPP_RECOVERY_KMS_KEY_ARNS, arn:aws:kms:eu-central-1:111122223333:alias/aws/rds",
    "HAAPP_APPROVED_FORMER_OWNERS, cluster/namespace",
    "HAAPP_TRACING, on",
  })
  void refuses(String variable, String value) {
    assertThatThrownBy(() -> OperatorConfig.from(with(variable, value)))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(variable)
        .hasMessageContaining(value.substring(value.lastIndexOf(',') + 1));
  }

  @ParameterizedTest
  @CsvSource({
    "HAAPP_CLUSTER_ID, a",
    "AWS_REGION, us-gov-west-1",
    "AWS_ENDPOINT_URL, http://127.0.0.1:5000/",
    "HAAPP_WATCH_NAMESPACES, ' a , b,'",
    "HAAPP_POLL_FAST, 100ms",
    "HAAPP_POLL_SLOW, 1h",
    "HAAPP_SETTLE_WINDOW, 0s",
    "HAAPP_HTTP_PORT, 0",
    "HAAPP_LEADER_ELECTION, false",
    "HAAPP_VPC_ID, vpc-0a1b2c3d",
    "HAAPP_EKS_CLUSTER, prod_eu-1",
    "HAAPP_OIDC_PROVIDER_ARN, arn:aws:iam::111122223333:oidc-provider/oidc.example.com/id/1",
    "HAAPP_IAM_PATH, /",
    "HAAPP_IAM_PERMISSIONS_BOUNDARY, arn:aws:iam::aws:policy/PowerUserAccess",
    "HAAPP_RECOVERY_REGION, eu-central-1",
    "HAAPP_RECOVERY_KMS_KEY_ARNS, arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-1111",
    "HAAPP_APPROVED_FORMER_OWNERS,"
        + " 11111111-2222-3333-4444-555555555555/66666666-7777-8888-9999-000000000000",
  })
  void accepts(String variable, String value) {
    assertThat(OperatorConfig.from(with(variable, value))).isNotNull();
  }

  @Test
  void asksEksForWhatIsNotConfigured() {
    Map<String, String> environment = with("HAAPP_EKS_CLUSTER", "prod");
    assertThat(OperatorConfig.from(environment).asksEks()).isTrue();
    environment.put("HAAPP_VPC_ID", "vpc-0a1b2c3d");
    assertThat(OperatorConfig.from(environment).asksEks()).as("for the group").isTrue();
    environment.put("HAAPP_CLIENT_SECURITY_GROUP_IDS", "sg-0a1b2c3d");
    assertThat(OperatorConfig.from(environment).asksEks()).isFalse();
    assertThat(OperatorConfig.from(LEAST).asksEks()).isFalse();
  }

  @Test
  void takesBlankForUnset() {
    OperatorConfig config = OperatorConfig.from(with("HAAPP_POLL_SLOW", "  "));
    assertThat(config.polling().slow()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void readsListsAndUrls() {
    assertThat(OperatorConfig.from(with("HAAPP_WATCH_NAMESPACES", " a , b,")).watchNamespaces())
        .containsExactlyInAnyOrder("a", "b");
    assertThat(OperatorConfig.from(with("AWS_ENDPOINT_URL", "http://127.0.0.1:1")).endpoint())
        .isEqualTo(URI.create("http://127.0.0.1:1"));
  }

  @Test
  void readsWhatOpenTelemetryIsToldOnlyWhereItTraces() {
    Map<String, String> environment = with("OTEL_TRACES_SAMPLER", "sometimes");
    environment.put("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
    assertThat(OperatorConfig.from(environment).traces().enabled()).isFalse();

    environment.put("HAAPP_TRACING", "true");
    environment.put("OTEL_TRACES_SAMPLER_ARG", "2");
    assertThatThrownBy(() -> OperatorConfig.from(environment))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContainingAll(
            "OTEL_EXPORTER_OTLP_ENDPOINT is not set: The collector",
            "OTEL_TRACES_SAMPLER is 'sometimes', but must be one of OpenTelemetry's samplers",
            "OTEL_TRACES_SAMPLER_ARG is '2', but must be a number from 0 to 1",
            "OTEL_EXPORTER_OTLP_PROTOCOL is 'grpc', but must be http/protobuf");
  }

  @ParameterizedTest
  @CsvSource({
    "OTEL_EXPORTER_OTLP_ENDPOINT, http://collector.monitoring:4318",
    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, https://collector.example.com/v1/traces",
  })
  void tracesToACollector(String variable, String value) {
    Map<String, String> environment = with(variable, value);
    environment.put("HAAPP_TRACING", "true");
    assertThat(OperatorConfig.from(environment).traces().enabled()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "0.25", "1.0", "1e-05", "2.5e-06"})
  void takesAnyShareOfTraces(String share) {
    Map<String, String> environment = with("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318");
    environment.put("HAAPP_TRACING", "true");
    environment.put("OTEL_TRACES_SAMPLER_ARG", share);
    assertThat(OperatorConfig.from(environment).traces().enabled()).isTrue();
  }

  @Test
  void refusesACollectorThatIsNoUrl() {
    Map<String, String> environment = with("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317");
    environment.put("HAAPP_TRACING", "true");
    assertThatThrownBy(() -> OperatorConfig.from(environment))
        .hasMessageContaining(
            "OTEL_EXPORTER_OTLP_ENDPOINT is 'collector:4317', but must be an http or https URL");
  }
}
