package io.highlyavailable.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.NamespaceableResource;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.highlyavailable.testbed.junit.TestNamespace;
import io.highlyavailable.testbed.junit.WithTestbed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the real API server makes of the CRD, and of manifests under it. */
@WithTestbed
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiServerTest {

  private final KubernetesClient client;
  private final String namespace;

  ApiServerTest(KubernetesClient client, TestNamespace namespace) {
    this.client = client;
    this.namespace = namespace.name();
  }

  static List<Path> invalid() {
    return Project.resources("invalid");
  }

  static List<Path> valid() {
    return Project.resources("valid");
  }

  static List<Path> transitions() {
    return Project.resources("transitions");
  }

  static List<Path> examples() {
    return Project.examples();
  }

  @BeforeAll
  void installCrd() {
    var crd =
        client
            .getKubernetesSerialization()
            .unmarshal(Project.read(Project.CRD), CustomResourceDefinition.class);
    client.resource(crd).forceConflicts().serverSideApply();
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(
            () -> client.resources(HighlyAvailableApp.class).inNamespace(namespace).list() != null);
  }

  @Test
  void acceptsTheSchemaAsStructuralAndNamesAsFree() {
    var crd =
        client
            .apiextensions()
            .v1()
            .customResourceDefinitions()
            .withName("highlyavailableapps.highlyavailable.io")
            .get();

    assertThat(crd.getStatus().getConditions())
        .filteredOn(condition -> condition.getStatus().equals("True"))
        .extracting(condition -> condition.getType())
        .contains("NamesAccepted", "Established")
        .doesNotContain("NonStructuralSchema");
  }

  /**
   * Who compares the file with what is stored finds nothing, now or after any number of applies.
   */
  @Test
  void storesAllOfTheCrdAsItIsWritten() {
    String stored =
        client.raw(
            "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/"
                + "highlyavailableapps.highlyavailable.io");

    List<String> missing = new ArrayList<>();
    differences(
        "spec",
        Project.documents(Project.CRD).get(0).get("spec"),
        client.getKubernetesSerialization().unmarshal(stored, JsonNode.class).get("spec"),
        missing);

    assertThat(missing).isEmpty();
  }

  /** What is written and not stored so; what the server adds is no difference. */
  private static void differences(
      String path, JsonNode written, JsonNode stored, List<String> differences) {
    if (written.isObject() && stored.isObject()) {
      written
          .properties()
          .forEach(
              field ->
                  differences(
                      path + "." + field.getKey(),
                      field.getValue(),
                      stored.path(field.getKey()),
                      differences));
    } else if (written.isArray() && stored.isArray() && written.size() == stored.size()) {
      for (int i = 0; i < written.size(); i++) {
        differences(path + "[" + i + "]", written.get(i), stored.get(i), differences);
      }
    } else if (!written.equals(stored)) {
      differences.add(path + ": " + written + " is stored as " + stored);
    }
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void refusesAnInvalidManifestAndSaysWhy(Path file) {
    assertRefused(() -> dryRun(Project.documents(file).get(0)).create(), Project.expectation(file));
  }

  @ParameterizedTest
  @MethodSource("valid")
  void acceptsAValidManifestAndAddsDefaults(Path file) {
    List<JsonNode> documents = Project.documents(file);

    GenericKubernetesResource stored = dryRun(documents.get(0)).create();

    JsonNode spec = client.getKubernetesSerialization().convertValue(stored, JsonNode.class);
    assertThat(spec.get("spec")).isEqualTo(documents.get(1));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void acceptsTheExamples(Path file) {
    assertThat(Project.documents(file))
        .isNotEmpty()
        .allSatisfy(
            manifest -> assertThatCode(() -> dryRun(manifest).create()).doesNotThrowAnyException());
  }

  @ParameterizedTest
  @MethodSource("transitions")
  void acceptsOrRefusesAChange(Path file) {
    List<JsonNode> documents = Project.documents(file);
    GenericKubernetesResource before = resource(documents.get(0)).create();
    try {
      if (documents.get(0).has("status")) {
        resource(documents.get(0)).patchStatus();
      }
      ThrowingCallable change = () -> dryRun(documents.get(1)).update();
      if (Project.expectation(file).equals("accepted")) {
        assertThatCode(change).doesNotThrowAnyException();
      } else {
        assertRefused(change, Project.expectation(file));
      }
    } finally {
      client.resource(before).delete();
    }
  }

  @Test
  void scaleSubresourceWritesReplicas() {
    var app = client.resource(app("scaled", "replicas: 2"));
    app.create();

    app.scale(5);

    assertThat(app.get().getSpec().replicas()).isEqualTo(5);
  }

  @Test
  void applyingTheOtherMemberOfTheNetworkLeavesNothingOfTheFirst() {
    client.resource(app("moved", "network: {discover: {}}")).serverSideApply();

    var moved =
        client
            .resource(
                app(
                    "moved",
                    "network: {existing: {vpcId: vpc-1, privateSubnetIds: [subnet-1, subnet-2]}}"))
            .serverSideApply();

    assertThat(moved.getSpec().network().discover()).isNull();
    assertThat(moved.getSpec().network().existing().vpcId()).isEqualTo("vpc-1");
  }

  @Test
  void anAppThatNobodyHasSeenSaysSo() {
    client.resource(app("unseen", "port: 80")).create();

    var stored = client.resource(app("unseen", "port: 80")).get();

    assertThat(stored.getStatus().observedGeneration()).isEqualTo(-1);
  }

  @Test
  void keepsTheWholeStatus() {
    client.resource(app("observed", "port: 80")).create();
    var observed = app("observed", "port: 80");
    observed.setStatus(Samples.status());

    var stored = client.resource(observed).patchStatus();

    assertThat(stored.getStatus()).isEqualTo(Samples.status());
  }

  @Test
  void showsTheStateInATable() {
    client.resource(app("listed", "port: 80")).create();
    var listed = app("listed", "port: 80");
    listed.setStatus(Samples.status());
    client.resource(listed).patchStatus();

    JsonNode table = table("listed");

    assertThat(table.get("columnDefinitions").findValuesAsText("name"))
        .containsExactly("Name", "Ready", "Phase", "Replicas", "Database", "URL", "Age", "Message");
    assertThat(table.at("/rows/0/cells").valueStream().limit(6).map(JsonNode::asText))
        .containsExactly("listed", "True", "Ready", "3", "available", "https://shop.example.com");
    assertThat(table.at("/rows/0/cells/7").asText()).isEqualTo("All is well");
  }

  private JsonNode table(String name) {
    var request =
        client
            .getHttpClient()
            .newHttpRequestBuilder()
            .uri(
                client.getMasterUrl()
                    + "apis/highlyavailable.io/v1alpha1/namespaces/"
                    + namespace
                    + "/highlyavailableapps?fieldSelector=metadata.name%3D"
                    + name)
            .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
            .build();
    String body = client.getHttpClient().sendAsync(request, String.class).join().body();
    return client.getKubernetesSerialization().unmarshal(body, JsonNode.class);
  }

  /** As kubectl asks for it: unknown fields are errors. */
  private NonDeletingOperation<GenericKubernetesResource> dryRun(JsonNode manifest) {
    return resource(manifest).dryRun().fieldValidation(Validation.STRICT);
  }

  private NamespaceableResource<GenericKubernetesResource> resource(JsonNode manifest) {
    var app =
        client.getKubernetesSerialization().convertValue(manifest, GenericKubernetesResource.class);
    app.getMetadata().setNamespace(namespace);
    return client.resource(app);
  }

  private HighlyAvailableApp app(String name, String spec) {
    var app =
        client
            .getKubernetesSerialization()
            .unmarshal("spec: {image: shop, " + spec + "}", HighlyAvailableApp.class);
    app.getMetadata().setName(name);
    app.getMetadata().setNamespace(namespace);
    return app;
  }

  private static void assertRefused(ThrowingCallable request, String message) {
    assertThatThrownBy(request)
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(message);
  }
}
