package io.highlyavailable.operator.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.api.v1alpha1.HighlyAvailableAppStatus;
import io.highlyavailable.api.v1alpha1.Phase;
import io.highlyavailable.operator.chart.Helm;
import io.highlyavailable.testbed.Testbed;
import io.highlyavailable.testbed.build.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The operator is installed, serves the quickstart, is upgraded and goes again. A subclass says
 * where, and what it is that runs there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(StopAtFailure.class)
abstract class InstallationSteps {

  /** Longer than anything takes on a busy machine; nothing waits for it unless something fails. */
  static final Duration PATIENCE = Duration.ofSeconds(120);

  static final String CRD = "highlyavailableapps.highlyavailable.io";
  static final String APP = "shop";

  private static final PatchContext MERGE =
      new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build();

  private Site site;

  /** The platform to install on. */
  abstract Testbed start();

  /** Installs the chart, or upgrades to these values, and returns when the operator is ready. */
  abstract void install(String... options);

  /** What the operator says of itself, for a failure's message. */
  abstract String evidence();

  Site site() {
    return site;
  }

  KubernetesClient client() {
    return site.client();
  }

  @BeforeAll
  void open(@TempDir Path directory) {
    site = new Site(start(), directory);
  }

  @AfterAll
  void close() {
    if (site != null) {
      site.close();
    }
  }

  @Test
  @Order(100)
  void helmInstallsTheChart() {
    install();
    assertThat(client().apiextensions().v1().customResourceDefinitions().withName(CRD).get())
        .isNotNull();
  }

  @Test
  @Order(300)
  void theQuickstartBecomesReady() throws IOException {
    String manifest = Files.readString(Checkout.find().file("examples/quickstart.yaml"));
    HighlyAvailableApp quickstart = Serialization.unmarshal(manifest, HighlyAvailableApp.class);
    client().resource(quickstart).inNamespace(Site.APPS).create();
    awaitReady();
    assertThat(databases()).isEqualTo(1);
    assertThat(buckets()).isEqualTo(1);
  }

  @Test
  @Order(500)
  void anUpgradeOfTheOperatorLeavesTheAppAlone() {
    AppState before = AppState.of(client(), Site.APPS, APP);
    long mark = site.aws().calls().mark();
    upgrade();
    awaitPolls(4);
    awaitReady();
    assertThat(AppState.of(client(), Site.APPS, APP)).isEqualTo(before);
    assertThat(site.calls().mutations(mark)).isEmpty();
  }

  /** To other values and another image. */
  void upgrade() {
    install("--set", "polling.slow=2s,log.format=text,image.tag=next");
  }

  @Test
  @Order(700)
  void theAppGoesWithItsDataWhenItIsToldTo() {
    app()
        .patch(
            MERGE, "{\"spec\": {\"deletionProtection\": false, \"deletionPolicy\": \"Delete\"}}");
    app().delete();
    eventually(() -> assertThat(app().get()).as("the app").isNull());
    assertThat(databases()).isZero();
    assertThat(buckets()).isZero();
  }

  @Test
  @Order(800)
  void uninstallingLeavesTheCrdAndNothingElse() {
    site.helm().uninstall(Helm.RELEASE, Helm.NAMESPACE).succeeded();
    eventually(
        () -> {
          assertThat(client().apps().deployments().inNamespace(Helm.NAMESPACE).list().getItems())
              .isEmpty();
          assertThat(client().pods().inNamespace(Helm.NAMESPACE).list().getItems()).isEmpty();
        });
    assertThat(client().rbac().clusterRoles().withName(Helm.RELEASE).get()).isNull();
    assertThat(client().apiextensions().v1().customResourceDefinitions().withName(CRD).get())
        .isNotNull();
  }

  final Resource<HighlyAvailableApp> app() {
    return client().resources(HighlyAvailableApp.class).inNamespace(Site.APPS).withName(APP);
  }

  /** Waits until the app is ready for the spec it has now. */
  final void awaitReady() {
    eventually(
        () -> {
          HighlyAvailableApp app = app().get();
          HighlyAvailableAppStatus status = app.getStatus();
          assertThat(status).as("status").isNotNull();
          assertThat(status.phase()).as("%s", status).isEqualTo(Phase.READY);
          assertThat(status.observedGeneration()).isEqualTo(app.getMetadata().getGeneration());
        });
  }

  /** Waits until the operator has looked at AWS this many times more. */
  final void awaitPolls(int times) {
    long mark = site.aws().calls().mark();
    eventually(
        () ->
            assertThat(site.calls().count(mark, "rds", "DescribeDBInstances"))
                .as("polls")
                .isGreaterThanOrEqualTo(times));
  }

  /** Waits for an assertion to hold; a failure shows what the operator said. */
  final void eventually(ThrowingRunnable assertion) {
    try {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(200))
          .ignoreExceptionsMatching(RuntimeException.class::isInstance)
          .untilAsserted(assertion);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(e.getMessage() + "\n" + evidence(), e);
    }
  }

  private int databases() {
    try (RdsClient rds = site.aws().configure(RdsClient.builder()).build()) {
      return rds.describeDBInstances().dbInstances().size();
    }
  }

  private int buckets() {
    try (S3Client s3 = site.aws().configure(S3Client.builder().forcePathStyle(true)).build()) {
      return s3.listBuckets().buckets().size();
    }
  }
}
