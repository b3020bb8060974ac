package io.highlyavailable.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.highlyavailable.operator.config.Option;
import io.highlyavailable.testbed.build.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The reference of the operator's configuration is generated from its options. */
class ConfigurationPageTest {
  private static final Path PAGE = Checkout.find().file("docs/configuration.md");

  private static final String HEADER =
      """
      # Configuration of the operator

      <!-- Generated from the operator's options: mvn -pl operator -am test -Dtest=ConfigurationPageTest
           -Dsurefire.failIfNoSpecifiedTests=false -Dupdate.generated=true -->

      Environment variables, read and checked once at start: a wrong one is named, with all others that are wrong, and the operator ends. The
      chart sets them from its [values](../helm/highlyavailableapp/values.yaml). Durations are a whole number and `ms`, `s`, `m` or `h`.
      Each is an argument as well, which goes before the variable: `--poll-fast=2s` for `HAAPP_POLL_FAST=2s` (the chart's `extraArgs`).

      | Variable | Value of the chart | Default | Meaning |
      |---|---|---|---|
      """;

  private static final String FOOTER =
      """

      Besides: `KUBECONFIG` where the operator runs outside a cluster, and the AWS SDK's own chain of credentials (environment, web identity
      as in IRSA, EKS Pod Identity, instance profile). Where `HAAPP_TRACING` is true, OpenTelemetry reads its other
      [standard variables](https://opentelemetry.io/docs/languages/java/configuration/) too, such as `OTEL_EXPORTER_OTLP_HEADERS` and `OTEL_RESOURCE_ATTRIBUTES`.
      """;

  @Test
  void isGeneratedFromTheOptions() throws IOException {
    StringBuilder page = new StringBuilder(HEADER);
    Stream.of(Option.values()).forEach(option -> page.append(row(option)));
    page.append(FOOTER);
    if (Boolean.getBoolean("update.generated")) {
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE).content().isEqualTo(page.toString());
  }

  @ParameterizedTest
  @EnumSource
  void namesValuesThatTheChartHas(Option option) {
    JsonNode values = RenderedChart.file("values.yaml");
    String pointer = "/" + value(option).replace('.', '/');
    assertThat(value(option).isEmpty() || !values.at(pointer).isMissingNode()).isTrue();
  }

  private static String row(Option option) {
    return "| `%s` | %s | %s | %s |\n"
        .formatted(
            option.variable(),
            value(option).isEmpty() ? "set by the chart" : code(value(option)),
            code(option.fallback()),
            option.description().replace("<", "&lt;"));
  }

  private static String code(String text) {
    return text.isEmpty() ? "" : "`" + text + "`";
  }

  /** The chart's value that an option is set from; empty where the chart decides by itself. */
  private static String value(Option option) {
    return switch (option) {
      case CLUSTER_ID -> "clusterId";
      case REGION -> "aws.region";
      case ENDPOINT -> "aws.endpointUrl";
      case WATCH_NAMESPACES -> "watchNamespaces";
      case POLL_FAST -> "polling.fast";
      case POLL_SLOW -> "polling.slow";
      case AUDIT_INTERVAL -> "polling.auditInterval";
      case REBALANCE_AFTER -> "rebalanceAfter";
      case SETTLE_WINDOW -> "polling.settleWindow";
      case CALLS_PER_SECOND -> "aws.callsPerSecond";
      case TRAFFIC_INTERVAL -> "polling.traffic";
      case LEADER_ELECTION, LEADER_NAMESPACE, HTTP_PORT, IMAGE, TRACES_SAMPLER, SERVICE_NAME -> "";
      case LOG_FORMAT -> "log.format";
      case TRACING -> "tracing.enabled";
      case TRACES_ENDPOINT -> "tracing.endpoint";
      case TRACES_SAMPLER_ARGUMENT -> "tracing.sampleRatio";
      case VPC_ID -> "aws.vpcId";
      case CLIENT_SECURITY_GROUP_IDS -> "aws.clientSecurityGroupIds";
      case EKS_CLUSTER -> "aws.eksCluster";
      case OIDC_PROVIDER_ARN -> "aws.oidcProviderArn";
      case IAM_PATH -> "aws.iamPath";
      case PERMISSIONS_BOUNDARY -> "aws.permissionsBoundaryArn";
      case RECOVERY_REGION -> "aws.recoveryRegion";
      case RECOVERY_KMS_KEYS -> "aws.recoveryKmsKeyArns";
      case APPROVED_FORMER_OWNERS -> "approvedFormerOwners";
    };
  }
}
