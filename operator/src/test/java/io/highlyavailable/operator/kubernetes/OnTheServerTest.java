package io.highlyavailable.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.Sensitive;
import io.highlyavailable.testbed.junit.TestNamespace;
import io.highlyavailable.testbed.junit.WithTestbed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What we render, applied to a real API server in a namespace that enforces pod security. */
@WithTestbed
class OnTheServerTest {
  private static final Path CRD = Path.of("../crds/highlyavailableapps.highlyavailable.io.yaml");

  private static KubernetesClient client;
  private static String namespace;

  @BeforeAll
  static void prepare(KubernetesClient administrator, TestNamespace test) throws IOException {
    client = administrator;
    client.load(Files.newInputStream(CRD)).serverSideApply();
    client
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName("highlyavailableapps.highlyavailable.io")
        .waitUntilCondition(OnTheServerTest::established, 30, TimeUnit.SECONDS);
    namespace = test.name();
    client
        .namespaces()
        .withName(namespace)
        .edit(
            found ->
                found
                    .edit()
                    .editMetadata()
                    .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                    .endMetadata()
                    .build());
    client
        .resource(
            new PriorityClassBuilder()
                .withNewMetadata()
                .withName("high")
                .endMetadata()
                .withValue(1000)
                .build())
        .serverSideApply();
    client
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("users-own")
                .endMetadata()
                .build())
        .serverSideApply();
  }

  private static boolean established(@Nullable CustomResourceDefinition crd) {
    return crd != null
        && crd.getStatus() != null
        && crd.getStatus().getConditions() != null
        && crd.getStatus().getConditions().stream()
            .anyMatch(
                condition ->
                    "Established".equals(condition.getType())
                        && "True".equals(condition.getStatus()));
  }

  @ParameterizedTest
  @MethodSource("io.highlyavailable.operator.kubernetes.GoldenCase#all")
  void everyCaseIsAcceptedAndHoldsOnceApplied(GoldenCase golden) {
    App app = here(golden.resource(), golden.name());
    for (HasMetadata desired : objects(app, golden.inputs())) {
      apply(desired);
      assertThat(ObjectMatch.holds(desired, read(desired))).as(desired.getKind()).isTrue();
    }
    assertThat(podOf(app, golden.inputs())).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("io.highlyavailable.operator.kubernetes.GoldenCase#all")
  void everyChangeOfOurFieldsIsSeen(GoldenCase golden) {
    App app = here(golden.resource(), golden.name() + "-drift");
    for (HasMetadata desired : objects(app, golden.inputs())) {
      apply(desired);
      assertThat(unseen(desired)).as(desired.getKind()).isEmpty();
    }
  }

  static Stream<RandomApp> randomApps() {
    return IntStream.range(0, Integer.getInteger("random.apps", 20)).mapToObj(RandomApp::new);
  }

  @ParameterizedTest
  @MethodSource("randomApps")
  void anyAppHoldsOnceApplied(RandomApp random) {
    App app = here(random.resource(), "random-" + random.seed());
    for (HasMetadata desired : objects(app, random.inputs())) {
      apply(desired);
      assertThat(ObjectMatch.holds(desired, read(desired))).as(desired.getKind()).isTrue();
      assertThat(unseen(desired)).as(desired.getKind()).isEmpty();
    }
  }

  private static List<String> unseen(HasMetadata desired) {
    List<Drift> drifts = Drift.all(desired, read(desired));
    assertThat(drifts).hasSizeGreaterThan(10);
    return drifts.stream()
        .filter(drift -> ObjectMatch.holds(desired, drift.changed()))
        .map(Drift::path)
        .toList();
  }

  @Test
  void aChangeOnTheServerIsPutBackByAnotherApply() {
    App app = here(GoldenCase.named("quickstart").resource(), "put-back");
    HasMetadata desired = DeploymentOf.app(app);
    apply(desired);
    client
        .resource((Deployment) read(desired))
        .patch(
            PatchContext.of(PatchType.STRATEGIC_MERGE),
            """
            {"spec": {"template": {"spec": {"containers": [{"name": "app", "image": "evil:1"}]}}}}
            """);
    assertThat(ObjectMatch.holds(desired, read(desired))).isFalse();
    apply(desired);
    assertThat(ObjectMatch.holds(desired, read(desired))).isTrue();
  }

  @Test
  void fieldsOfOthersAreLeftAlone() {
    App app = here(GoldenCase.named("minimal").resource(), "others");
    HasMetadata desired = DeploymentOf.app(app);
    apply(desired);
    client
        .resource((Deployment) read(desired))
        .patch(
            PatchContext.of(PatchType.STRATEGIC_MERGE),
            """
            {"metadata": {"labels": {"team": "x"}},
             "spec": {"replicas": 7, "template": {"metadata":
               {"annotations": {"kubectl.kubernetes.io/restartedAt": "now"}}}}}
            """);
    assertThat(ObjectMatch.holds(desired, read(desired))).isTrue();
  }

  @Test
  void aSwitchFromReplicasToScalingKeepsThePods() {
    App fixed = here(GoldenCase.named("fixed-replicas").resource(), "handover");
    App scaled = here(GoldenCase.named("minimal").resource(), "handover");
    HasMetadata desired = DeploymentOf.app(fixed);
    apply(desired);
    Deployment handover =
        ReplicaHandover.of(scaled, (Deployment) read(desired), true).orElseThrow();
    client
        .resource(handover)
        .fieldManager(ReplicaHandover.FIELD_MANAGER)
        .forceConflicts()
        .serverSideApply();
    apply(DeploymentOf.app(scaled));
    Deployment after = (Deployment) read(desired);
    assertThat(after.getSpec().getReplicas()).isEqualTo(4);
    assertThat(ReplicaHandover.of(scaled, after, true)).isEmpty();
  }

  @Test
  void aNewAppUnderAnAutoscalerStartsWithItsMinimum() {
    App app = here(GoldenCase.named("minimal").resource(), "start");
    HasMetadata desired = DeploymentOf.app(app);
    apply(desired);
    assertThat(ReplicaHandover.of(app, (Deployment) read(desired), true))
        .hasValueSatisfying(handover -> assertThat(handover.getSpec().getReplicas()).isEqualTo(3));
  }

  @Test
  void aMasterPasswordHoldsOnceApplied() {
    App app = here(GoldenCase.named("minimal").resource(), "master");
    HasMetadata desired = MasterSecret.of(app, "database-master", new Sensitive("s3cret"));
    apply(desired);
    assertThat(ObjectMatch.holds(desired, read(desired))).isTrue();
    assertThat(desired.getMetadata().getOwnerReferences()).isEmpty();
    HasMetadata rotated = MasterSecret.of(app, "database-master", new Sensitive("other"));
    assertThat(ObjectMatch.holds(rotated, read(desired))).isFalse();
  }

  @Test
  void podsRollOutWhenABindingChanges() {
    App app = here(GoldenCase.named("quickstart").resource(), "rollout");
    assertThat(templateOf(app, "one")).isEqualTo(templateOf(app, "one"));
    assertThat(templateOf(app, "one")).isNotEqualTo(templateOf(app, "two"));
  }

  private static Object templateOf(App app, String password) {
    Binding binding =
        new Binding("database", "postgresql", Map.of("password", new Sensitive(password)));
    return DeploymentObject.of(app, new WorkloadInputs(List.of(binding), null))
        .getSpec()
        .getTemplate();
  }

  /** Created, so that the API server's own rules are met and its garbage collector knows it. */
  private static App here(HighlyAvailableApp resource, String name) {
    resource.getMetadata().setNamespace(namespace);
    resource.getMetadata().setName(name);
    resource.getMetadata().setUid(null);
    resource.getMetadata().setGeneration(null);
    return GoldenCase.app(client.resource(resource).serverSideApply());
  }

  private static List<HasMetadata> objects(App app, WorkloadInputs inputs) {
    return Stream.concat(AppObjects.early(app).stream(), AppObjects.late(app, inputs).stream())
        .toList();
  }

  private static void apply(HasMetadata desired) {
    client.resource(desired).fieldManager(AppMetadata.MANAGER).forceConflicts().serverSideApply();
  }

  private static HasMetadata read(HasMetadata desired) {
    return client.resource(desired).get();
  }

  /** Pod security is enforced on pods only, so one is created, without effect. */
  private static Pod podOf(App app, WorkloadInputs inputs) {
    var template = DeploymentObject.of(app, inputs).getSpec().getTemplate();
    return client
        .resource(
            new PodBuilder()
                .withNewMetadataLike(template.getMetadata())
                .withNamespace(namespace)
                .withName(app.identity().name() + "-dry-run")
                .endMetadata()
                .withSpec(template.getSpec())
                .build())
        .dryRun()
        .create();
  }

  /** The Deployment among an app's objects. */
  private static final class DeploymentOf {
    static HasMetadata app(App app) {
      return AppObjects.late(app, WorkloadInputs.NONE).stream()
          .filter(Deployment.class::isInstance)
          .findFirst()
          .orElseThrow();
    }
  }
}
