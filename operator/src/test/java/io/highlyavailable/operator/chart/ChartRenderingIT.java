package io.highlyavailable.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.highlyavailable.operator.config.Option;
import io.highlyavailable.testbed.build.Checkout;
import io.highlyavailable.testbed.build.Toolchain;
import io.highlyavailable.testbed.junit.WithTestbed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@WithTestbed
class ChartRenderingIT {
  private static final String REQUIRED = "clusterId=prod-eu1,aws.region=eu-west-1";

  private Helm helm;

  @BeforeEach
  void findHelm(Toolchain toolchain, @TempDir Path home) {
    helm = new Helm(toolchain, home, Map.of());
  }

  @Test
  void passesHelmsStrictLint() {
    assertThat(helm.lint("--set", REQUIRED).succeeded()).contains("0 chart(s) failed");
  }

  static Stream<Path> goldenDirectories() throws IOException {
    return Files.list(resources()).sorted();
  }

  /** Regenerate with {@code -Dupdate.generated=true}. */
  @ParameterizedTest
  @MethodSource("goldenDirectories")
  void rendersWhatWasExpected(Path directory) throws IOException {
    String actual = render("--values", directory.resolve("values.yaml").toString()).withoutFiles();
    Path expected = directory.resolve("expected.yaml");
    if (Boolean.getBoolean("update.generated")) {
      Files.writeString(expected, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(expected));
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void containsTheCrdAsGeneratedAndKeepsItOnUninstall() {
    JsonNode crd = render("--set", REQUIRED).only("CustomResourceDefinition");
    assertThat(crd).isEqualTo(RenderedChart.file("files/crd.yaml"));
    assertThat(crd.at("/metadata/annotations/helm.sh~1resource-policy").asText()).isEqualTo("keep");
  }

  @Test
  void leavesOutTheCrdWhenSomebodyElseInstallsIt() {
    assertThat(render("--set", REQUIRED + ",crd.install=false").ofKind("CustomResourceDefinition"))
        .isEmpty();
  }

  @Test
  void asksForNothingClusterWideWhenNamespacesAreNamed() {
    RenderedChart chart = render("--set", REQUIRED + ",watchNamespaces={shop,blog}");
    assertThat(chart.ofKind("ClusterRole")).isEmpty();
    assertThat(chart.ofKind("ClusterRoleBinding")).isEmpty();
    assertThat(chart.ofKind("Role"))
        .extracting(role -> role.at("/metadata/namespace").asText())
        .containsExactlyInAnyOrder("shop", "blog", "kube-system", Helm.NAMESPACE);
  }

  @Test
  void leavesOutItsAdmissionPoliciesWhenAsked() {
    assertThat(render("--set", REQUIRED).ofKind("ValidatingAdmissionPolicyBinding")).hasSize(3);
    RenderedChart without = render("--set", REQUIRED + ",admissionPolicy.enabled=false");
    assertThat(without.ofKind("ValidatingAdmissionPolicy")).isEmpty();
    assertThat(without.ofKind("ValidatingAdmissionPolicyBinding")).isEmpty();
  }

  @Test
  void quotesTextThatYamlWouldTakeForSomethingElse() {
    RenderedChart chart =
        render(
            "--set-string",
            "clusterId=007,aws.region=eu-west-1,watchNamespaces={1e3},image.repository=0x1");
    assertThat(chart.environment().get("HAAPP_CLUSTER_ID").asText()).isEqualTo("007");
    assertThat(chart.environment().get("HAAPP_WATCH_NAMESPACES").asText()).isEqualTo("1e3");
    assertThat(chart.ofKind("Role"))
        .extracting(role -> role.at("/metadata/namespace").asText())
        .contains("1e3");
  }

  @Test
  void prefersADigestToATag() {
    String digest = "sha256:" + "a1".repeat(32);
    RenderedChart chart = render("--set", REQUIRED + ",image.tag=v1,image.digest=" + digest);
    assertThat(chart.container().path("image").asText()).isEqualTo("highlyavailableapp@" + digest);
  }

  @Test
  void passesMoreArgumentsToTheOperator() {
    RenderedChart chart = render("--set", REQUIRED + ",extraArgs={--poll-slow=1m}");
    assertThat(chart.container().path("args").valueStream().map(JsonNode::asText))
        .containsExactly("--poll-slow=1m");
    assertThat(render("--set", REQUIRED).container().has("args")).isFalse();
  }

  @Test
  void annotatesTheServiceAccountForIrsaAndLeavesItBareForPodIdentity() {
    String role = "arn:aws:iam::111122223333:role/highlyavailableapp-operator";
    JsonNode annotated =
        render(
                "--set",
                REQUIRED + ",serviceAccount.annotations.eks\\.amazonaws\\.com/role-arn=" + role)
            .only("ServiceAccount");
    assertThat(annotated.at("/metadata/annotations/eks.amazonaws.com~1role-arn").asText())
        .isEqualTo(role);
    JsonNode bare = render("--set", REQUIRED).only("ServiceAccount");
    // What an association names.
    assertThat(bare.at("/metadata/namespace").asText()).isEqualTo(Helm.NAMESPACE);
    assertThat(bare.at("/metadata/name").asText()).isEqualTo("highlyavailableapp");
    assertThat(bare.path("metadata").has("annotations")).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "aws.region=eu-west-1                | clusterId is required: choose a stable name",
        "clusterId=prod                      | aws.region is required: the region of the apps",
        "clusterId=Prod                      | clusterId",
        "clusterId=-prod                     | clusterId",
        "clusterId=123456789012345678901234567890123 | clusterId",
        "aws.region=Ireland                  | region",
        "aws.regoin=eu-west-1                | regoin",
        "aws.vpcId=default                   | vpcId",
        "aws.callsPerSecond=0                | callsPerSecond",
        "aws.oidcProviderArn=oidc.eks        | oidcProviderArn",
        "aws.iamPath=apps                    | iamPath",
        "aws.permissionsBoundaryArn=boundary | permissionsBoundaryArn",
        "watchNamespaces={Shop}              | watchNamespaces",
        "approvedFormerOwners={old}          | approvedFormerOwners",
        "polling.fast=5                      | polling/fast",
        "polling.slow=often                  | polling/slow",
        "log.format=xml                      | log/format",
        "tracing.enabled=true                | tracing.endpoint is required when tracing.enabled",
        "tracing.endpoint=collector:4317     | tracing/endpoint",
        "tracing.sampleRatio=2               | tracing/sampleRatio",
        "replicas=-1                         | replicas",
        "image.digest=latest                 | image/digest",
        "monitoring.serviceMonitor.interval=often | monitoring/serviceMonitor/interval",
        "monitoring.serviceMonitor.enabled=true,service.enabled=false | monitoring.serviceMonitor.enabled needs service.enabled",
        "clusterid=prod                      | clusterid",
        "extraArgs={poll-slow}               | extraArgs/0",
        "serviceAccount.create=false         | serviceAccount.name is required when",
      })
  void refusesAValueThatCannotBeRightAndNamesIt(String value, String message) {
    String others =
        value.startsWith("clusterId=") && message.startsWith("aws.region")
            ? ""
            : message.startsWith("clusterId is") ? "" : REQUIRED + ",";
    Helm.Result result = helm.template("--set", others + value);
    assertThat(result.exit()).isNotZero();
    assertThat(result.errors()).contains(message);
  }

  @Test
  void canSetEveryOptionOfTheOperatorAndNothingElse() {
    Set<String> options =
        Stream.of(Option.values()).map(Option::variable).collect(Collectors.toSet());
    Set<String> set = new HashSet<>();
    for (String values : List.of("full", "namespaced")) {
      set.addAll(render("--values", values(values)).environment().keySet());
    }
    set.removeAll(Set.of("EXTRA", "JAVA_TOOL_OPTIONS"));
    assertThat(set).isEqualTo(options);
  }

  @Test
  void hasTheOperatorsOwnDefaults() {
    Map<String, JsonNode> environment = render("--values", values("default")).environment();
    for (Option option : Option.values()) {
      JsonNode value = environment.get(option.variable());
      if (value != null && value.isTextual() && !option.fallback().isEmpty()) {
        assertThat(value.asText())
            .as(option.variable())
            .isEqualTo(option == Option.LOG_FORMAT ? "json" : option.fallback());
      }
    }
  }

  @Test
  void letsTracesOutToTheCollectorsPort() {
    String traced = REQUIRED + ",networkPolicy.enabled=true,tracing.enabled=true,tracing.endpoint=";
    assertThat(ports(render("--set", traced + "http://collector.monitoring:4318"))).contains(4318);
    assertThat(ports(render("--set", traced + "http://collector.monitoring/otlp"))).contains(80);
    assertThat(ports(render("--set", REQUIRED + ",networkPolicy.enabled=true")))
        .contains(443)
        .doesNotContain(4318);
  }

  /** Those that no address is named for. */
  private static List<Integer> ports(RenderedChart chart) {
    return chart
        .only("NetworkPolicy")
        .at("/spec/egress")
        .valueStream()
        .filter(rule -> !rule.has("to"))
        .flatMap(rule -> rule.path("ports").valueStream())
        .map(port -> port.path("port").asInt())
        .toList();
  }

  private static String values(String name) {
    return resources().resolve(name).resolve("values.yaml").toString();
  }

  private RenderedChart render(String... options) {
    return RenderedChart.parse(helm.template(options).succeeded());
  }

  private static Path resources() {
    return Checkout.find().file("operator/src/test/resources/chart");
  }
}
