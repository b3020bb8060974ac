package io.highlyavailable.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.operator.model.OwnershipTags;
import io.highlyavailable.testbed.cluster.ClusterChoice;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;

/**
 * Argo CD itself delivers the operator's chart and apps from Git, by the files that we ship. Only
 * on demand: see docs/testing.md.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@OnDemand
class ArgoCdIT {
  private static final String OPERATOR = "operator";

  /** After what looks at apps: from then on Argo CD knows of clusters that do not answer. */
  private static final int LATE = Integer.MAX_VALUE - 10;

  private ArgoCdRig rig;
  private DeliveredApp shop;

  @BeforeAll
  void start() {
    assumeThat(ClusterChoice.configured())
        .as("a cluster that is somebody else's may have Argo CD already")
        .isNotInstanceOf(ClusterChoice.Existing.class);
    rig = new ArgoCdRig();
    rig.operator();
    shop = deliverWhileRdsIsBusy();
    shop.awaitHealthy();
  }

  /** However slow Argo CD is, it sees an app that is on its way first. */
  private DeliveredApp deliverWhileRdsIsBusy() {
    rig.emulator().faults().on("rds", "CreateDBInstance").caller(OPERATOR).always().throttle();
    DeliveredApp app = DeliveredApp.commit(rig, "shop");
    app.delivery()
        .eventually(
            () -> assertThat(app.shown().at("/health/status").asText()).isEqualTo("Progressing"));
    rig.emulator().faults().clear();
    return app;
  }

  @AfterAll
  void stop() {
    if (rig != null) {
      rig.close();
    }
  }

  /** By each of its ways to compare: the one that our example asks for comes last, and stays. */
  @ParameterizedTest
  @CsvSource({"false, false", "false, true", "true, true"})
  void findsNoDifferenceInTheChartEver(boolean serverSideDiff, boolean serverSideApply) {
    rig.chart().compare(serverSideDiff, serverSideApply);
    rig.chart().assertQuiet();
  }

  @ParameterizedTest
  @CsvSource({"false, false", "false, true", "true, true"})
  void findsNoDifferenceInAnAppEver(boolean serverSideDiff, boolean serverSideApply) {
    shop.delivery().compare(serverSideDiff, serverSideApply);
    shop.delivery().assertQuiet();
  }

  /**
   * The operator's objects are not in Git, and carry nothing by which Argo CD would take them for
   * its own.
   */
  @Test
  void leavesWhatTheOperatorMadeAlone() {
    assertThat(shop.delivery().status().path("resources").valueStream())
        .extracting(resource -> resource.path("kind").asText())
        .containsExactlyInAnyOrder("ConfigMap", "HighlyAvailableApp");
    Deployment deployment = shop.the(Deployment.class);
    assertThat(deployment.getMetadata().getAnnotations())
        .doesNotContainKey("argocd.argoproj.io/tracking-id");
    assertThat(shop.the(HorizontalPodAutoscaler.class).getSpec().getMaxReplicas()).isEqualTo(10);
    assertThat(rig.chart().status().path("resources").valueStream())
        .as("hooks, such as the guard of uninstalling and the tests, are no part of it")
        .extracting(resource -> resource.path("kind").asText())
        .contains("Deployment")
        .doesNotContain("Job", "Pod");
  }

  /** Git says nothing of the replicas, which others then may set. */
  @Test
  void leavesWhatGitDoesNotSayToOthers() {
    shop.patch("spec: {replicas: 4}");
    shop.delivery().assertQuiet();
    assertThat(shop.get().getSpec().replicas()).isEqualTo(4);
    shop.patch("spec: {replicas: null}");
    shop.awaitHealthy();
  }

  @Test
  void putsBackWhatSomebodyChangedInAnApp() {
    shop.patch("spec: {image: \"ghcr.io/acme/shop:0\"}");
    shop.delivery()
        .eventually(
            () -> assertThat(shop.get().getSpec().image()).isEqualTo("ghcr.io/acme/shop:1.4.2"));
    shop.awaitHealthy();
  }

  @Test
  void putsBackWhatSomebodyChangedInTheChart() {
    var budgets =
        rig.client()
            .resources(PodDisruptionBudget.class)
            .inNamespace(ArgoCdRig.SYSTEM)
            .withName("highlyavailableapp");
    String deleted = budgets.get().getMetadata().getUid();
    budgets.delete();
    rig.chart()
        .eventually(
            () -> {
              assertThat(budgets.get()).isNotNull();
              assertThat(budgets.get().getMetadata().getUid()).isNotEqualTo(deleted);
              assertThat(rig.chart().sync()).isEqualTo("Synced");
            });
  }

  @Test
  void showsAPausedAppAsSuspendedAndLeavesTheAnnotation() {
    shop.patch(
        "metadata: {annotations: {%s: \"true\"}}".formatted(HighlyAvailableApp.PAUSED_ANNOTATION));
    shop.delivery().awaitHealth("Suspended");
    shop.delivery().assertQuiet();
    shop.patch(
        "metadata: {annotations: {%s: null}}".formatted(HighlyAvailableApp.PAUSED_ANNOTATION));
    shop.delivery().awaitHealth("Healthy");
  }

  @Test
  void rollsOutAnImageByACommit() {
    DeliveredApp app = DeliveredApp.commit(rig, "upgraded").awaitHealthy();
    String uid = app.get().getMetadata().getUid();
    app.change(spec -> spec.put("image", "ghcr.io/acme/shop:2.0.0"));
    app.awaitHealthy();
    assertThat(image(app)).isEqualTo("ghcr.io/acme/shop:2.0.0");
    assertThat(app.get().getMetadata().getUid()).isEqualTo(uid);
    app.delivery().assertQuiet();
  }

  private static String image(DeliveredApp app) {
    return app.the(Deployment.class)
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .getFirst()
        .getImage();
  }

  @Test
  void showsAFaultAsDegradedWithWhatToDoAndHealsByItself() {
    rig.emulator()
        .faults()
        .on("rds", "CreateDBInstance")
        .caller(OPERATOR)
        .always()
        .error("AccessDenied", 403, "not authorized to perform: rds:CreateDBInstance");
    DeliveredApp app = DeliveredApp.commit(rig, "faulty");
    app.delivery().awaitHealth("Degraded");
    assertThat(app.shown().at("/health/message").asText())
        .startsWith("database: ")
        .contains("not authorized to perform: rds:CreateDBInstance");

    rig.emulator().faults().clear();
    app.awaitHealthy();
  }

  /** Argo CD asks a person first, and then the API server says no. */
  @Test
  void doesNotPruneAnAppWhoseDataIsProtected() {
    DeliveredApp app = DeliveredApp.commit(rig, "protected").awaitHealthy();
    DBInstance database = database(app);
    app.remove();
    app.delivery()
        .eventually(
            () ->
                assertThat(app.delivery().status().at("/operationState/message").asText())
                    .containsIgnoringCase("confirm"));
    assertThat(app.exists()).isTrue();

    app.delivery().approveDeletion(Instant.now());
    app.delivery()
        .eventually(
            () ->
                assertThat(app.delivery().status().at("/operationState").toString())
                    .contains("spec.deletionProtection of shop is true"));
    assertThat(app.get().getMetadata().getDeletionTimestamp()).isNull();
    assertThat(app.get().getStatus().phase().name()).isEqualTo("READY");
    assertThat(database(app).dbiResourceId()).isEqualTo(database.dbiResourceId());
    assertThat(app.delivery().sync()).isEqualTo("OutOfSync");
  }

  @Test
  void prunesAnAppAndKeepsItsDataWhereItsPolicySaysSo() {
    DeliveredApp app = DeliveredApp.commit(rig, "retained").awaitHealthy();
    app.change(spec -> spec.put("deletionProtection", false).put("deletionPolicy", "Retain"));
    app.awaitHealthy();
    app.remove();
    app.delivery().approveDeletion(Instant.now());
    app.delivery()
        .eventually(
            () -> {
              assertThat(app.exists()).isFalse();
              assertThat(app.delivery().sync()).isEqualTo("Synced");
            });
    assertThat(database(app).tagList())
        .anySatisfy(tag -> assertThat(tag.key()).isEqualTo(OwnershipTags.RETAINED));
    assertThat(String.join("\n", app.events("Retained")))
        .contains("database: rds " + database(app).dbInstanceArn())
        .contains("storage: s3 ");
    app.delivery().assertQuiet();
  }

  private DBInstance database(DeliveredApp app) {
    try (RdsClient rds = rig.emulator().configure(RdsClient.builder()).build()) {
      return rds.describeDBInstances(r -> r.dbInstanceIdentifier(app.database()))
          .dbInstances()
          .getFirst();
    }
  }

  @Test
  @Order(LATE)
  void bringsTheOperatorToEachLabelledClusterWithItsOwnValues() {
    rig.register(
        "prod-eu1",
        Map.of("highlyavailable.io/operator", "true"),
        Map.of(
            "highlyavailable.io/cluster-id", "eu1",
            "highlyavailable.io/region", "eu-west-1",
            "highlyavailable.io/eks-cluster", "prod-eu1",
            "highlyavailable.io/role-arn", "arn:aws:iam::111122223333:role/operator"));
    rig.register("staging", Map.of(), Map.of());
    rig.create("argocd/operator-applicationset.yaml", "ApplicationSet");

    JsonNode made = awaitApplication("highlyavailableapp-prod-eu1");
    JsonNode values = made.at("/spec/source/helm/valuesObject");
    assertThat(values.path("clusterId").asText()).isEqualTo("eu1");
    assertThat(values.at("/aws/region").asText()).isEqualTo("eu-west-1");
    assertThat(values.at("/aws/eksCluster").asText()).isEqualTo("prod-eu1");
    assertThat(values.at("/serviceAccount/annotations").toString())
        .contains("arn:aws:iam::111122223333:role/operator");
    assertThat(made.at("/spec/destination/server").asText())
        .isEqualTo("https://127.0.0.1:1/prod-eu1");
    assertThat(made.at("/metadata/finalizers").isMissingNode()).isTrue();
    assertThat(names()).doesNotContain("highlyavailableapp-staging");
  }

  @Test
  @Order(LATE + 1)
  void makesAnApplicationOfEachDirectory() {
    rig.create("argocd/apps-applicationset.yaml", "ApplicationSet");

    JsonNode made = awaitApplication("prod-eu1-shop");
    assertThat(made.at("/spec/source/path").asText()).isEqualTo("clusters/prod-eu1/shop");
    assertThat(made.at("/spec/destination/name").asText()).isEqualTo("prod-eu1");
    assertThat(made.at("/spec/destination/namespace").asText()).isEqualTo("shop");
    assertThat(names()).contains("prod-eu1-upgraded", "prod-eu1-faulty");
  }

  private List<String> names() {
    return rig.applications().stream()
        .map(application -> application.at("/metadata/name").asText())
        .toList();
  }

  private JsonNode awaitApplication(String name) {
    await().atMost(Delivery.PATIENCE).untilAsserted(() -> assertThat(names()).contains(name));
    return rig.applications().stream()
        .filter(application -> application.at("/metadata/name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Uninstalling asks the guard first, and goes on when it agrees; the CRD stays, and apps with it.
   */
  @Test
  @Order(Integer.MAX_VALUE)
  void uninstallsTheChartWhenTheGuardAgreesAndLeavesTheCrd() {
    String uid = shop.get().getMetadata().getUid();
    UninstallGuard guard = UninstallGuard.held(rig.client());
    String[] line = {"app", "delete", rig.chart().name(), "--cascade", "--yes", "--wait=false"};
    assertThat(rig.argo().argocd(line).exit()).isZero();
    rig.chart().eventually(guard::assertAsked);
    guard.refuse();
    rig.chart()
        .eventually(
            () ->
                assertThat(rig.chart().status().path("conditions").toString())
                    .contains("highlyavailableapp-uninstall-guard"));
    assertThat(operators()).hasSize(1);

    guard.release();
    rig.chart().eventually(() -> assertThat(rig.chart().exists()).isFalse());
    assertThat(operators()).isEmpty();
    assertThat(shop.get().getMetadata().getUid()).isEqualTo(uid);
    assertThat(shop.get().getMetadata().getDeletionTimestamp()).isNull();
  }

  private List<Deployment> operators() {
    return rig.client().apps().deployments().inNamespace(ArgoCdRig.SYSTEM).list().getItems();
  }
}
