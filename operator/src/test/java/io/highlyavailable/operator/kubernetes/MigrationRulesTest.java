package io.highlyavailable.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.Sensitive;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MigrationRulesTest {
  private static final App APP = app("shop:1", "./migrate", "info");

  @Test
  void anAppWithoutAMigrationRollsOutAtOnceAndLeavesNoJobBehind() {
    Job left = job(APP);
    MigrationStep step = decide(GoldenCase.named("minimal").app(), List.of(), left);
    assertThat(step.asked()).isFalse();
    assertThat(step.rolloutMayBegin()).isTrue();
    assertThat(step.delete()).containsExactly(left);
  }

  @Test
  void startsBeforeTheFirstRollout() {
    MigrationStep step = decide(APP, List.of());
    assertThat(step.rolloutMayBegin()).isFalse();
    assertThat(step.toCreate()).contains(job(APP));
  }

  @Test
  void isStartedOnce() {
    MigrationStep step = decide(APP, List.of(), Jobs.running(job(APP)));
    assertThat(step.toCreate()).isEmpty();
    assertThat(step.rolloutMayBegin()).isFalse();
    assertThat(step.readiness()).isEqualTo(new Readiness.Progressing("the migration is running"));
  }

  @Test
  void rollsOutAfterSuccess() {
    MigrationStep step = decide(APP, List.of(), Jobs.succeeded(job(APP)));
    assertThat(step.rolloutMayBegin()).isTrue();
    assertThat(step.state()).isEqualTo("succeeded");
    assertThat(step.delete()).isEmpty();
  }

  @Test
  void neverRunsAgainForAnImageThatWasMigratedEvenWithoutItsJob() {
    List<String> migrated = MigrationRules.migrated(rolledOut(APP, List.of()));
    assertThat(decide(APP, migrated).toCreate()).isEmpty();
    assertThat(decide(APP, migrated).rolloutMayBegin()).isTrue();
    App next = app("shop:2", "./migrate", "info");
    assertThat(decide(next, migrated).toCreate()).isPresent();
    List<String> both = MigrationRules.migrated(rolledOut(next, migrated));
    assertThat(both).hasSize(2).containsAll(migrated);
    assertThat(decide(APP, both).rolloutMayBegin()).as("back to the first").isTrue();
  }

  @Test
  void remembersALimitedNumber() {
    List<String> many = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k");
    assertThat(MigrationRules.migrated(rolledOut(APP, many)))
        .hasSize(10)
        .endsWith("i")
        .doesNotContain("j");
  }

  @Test
  void anotherImageCommandOrArgumentRunsAgainAndTheOldJobGoes() {
    Job old = Jobs.succeeded(job(APP));
    for (App next :
        List.of(app("shop:2", "./migrate", "info"), app("shop:1", "./migrate2", "info"))) {
      MigrationStep cleaning = decide(next, List.of(), old);
      assertThat(cleaning.rolloutMayBegin()).isFalse();
      assertThat(cleaning.delete()).containsExactly(old);
      assertThat(decide(next, List.of()).toCreate()).isPresent();
    }
  }

  @Test
  void anotherEnvironmentIsNoReasonToMigrateAgain() {
    MigrationStep step =
        decide(app("shop:1", "./migrate", "debug"), List.of(), Jobs.succeeded(job(APP)));
    assertThat(step.rolloutMayBegin()).isTrue();
    assertThat(step.toCreate()).isEmpty();
  }

  @Test
  void anotherEnvironmentIsAReasonToTryAFailedOneAgain() {
    App fixed = app("shop:1", "./migrate", "debug");
    Job failed = Jobs.failed(job(APP));
    assertThat(decide(fixed, List.of(), failed).delete()).containsExactly(failed);
    assertThat(decide(fixed, List.of()).toCreate()).isPresent();
  }

  @Test
  void waitsForAnEarlierOneThatRunsButNotForOneThatCannotStart() {
    App next = app("shop:2", "./migrate", "info");
    MigrationStep waiting = decide(next, List.of(), Jobs.running(job(APP)));
    assertThat(waiting.toCreate()).isEmpty();
    assertThat(waiting.delete()).isEmpty();
    assertThat(waiting.readiness())
        .isEqualTo(
            new Readiness.Progressing(
                "waiting for an earlier migration to end: Job "
                    + job(APP).getMetadata().getName()));
    assertThat(decide(next, List.of(), job(APP)).delete()).hasSize(1);
  }

  @Test
  void waitsUntilADeletedOneIsGone() {
    Job leaving =
        job(APP)
            .edit()
            .editMetadata()
            .withDeletionTimestamp("2026-11-23T10:00:00Z")
            .endMetadata()
            .build();
    MigrationStep step = decide(APP, List.of(), Jobs.failed(leaving));
    assertThat(step.toCreate()).isEmpty();
    assertThat(step.rolloutMayBegin()).isFalse();
    assertThat(step.readiness()).isInstanceOf(Readiness.Progressing.class);
  }

  @Test
  void aFailedOneStopsTheRolloutAndSaysWhyWithoutSecrets() {
    Job failed = Jobs.failed(job(APP));
    Pod pod = Jobs.pod(failed, 3, "cannot connect with correct-horse");
    Binding binding =
        new Binding("database", "postgresql", Map.of("password", new Sensitive("correct-horse")));
    MigrationStep step =
        MigrationRules.decide(
            APP,
            new WorkloadInputs(List.of(binding), null),
            List.of(named(failed, APP, binding)),
            List.of(pod));
    assertThat(step.rolloutMayBegin()).isFalse();
    assertThat(step.toCreate()).isEmpty();
    assertThat(step.readiness())
        .isInstanceOfSatisfying(
            Readiness.Failed.class,
            why -> {
              assertThat(why.reason())
                  .isEqualTo("MigrationFailed: exit code 3: cannot connect with ***");
              assertThat(why.nextStep()).contains("kubectl delete job -n acme");
            });
  }

  @Test
  void saysWhatIsWaitedForWhileTheBindingsAreNotKnown() {
    assertThat(MigrationRules.waiting(APP, WorkloadInputs.NONE, "database").readiness())
        .isEqualTo(new Readiness.Progressing("waiting for database"));
    List<String> migrated = MigrationRules.migrated(rolledOut(APP, List.of()));
    assertThat(
            MigrationRules.waiting(APP, new WorkloadInputs(List.of(), null, migrated), "database")
                .rolloutMayBegin())
        .isTrue();
  }

  @Test
  void itsPodIsNoneOfThoseThatServe() {
    assertThat(job(APP).getSpec().getTemplate().getMetadata().getLabels())
        .doesNotContainKey(AppMetadata.INSTANCE);
  }

  @Test
  void itsNameFitsALabelHoweverLongTheApps() {
    App long1 = named("a".repeat(52));
    App long2 = named("a".repeat(51) + "b");
    assertThat(JobName.of(long1, "migration", "x")).hasSizeLessThanOrEqualTo(63);
    assertThat(JobName.of(long1, "migration", "x"))
        .isNotEqualTo(JobName.of(long2, "migration", "x"));
    assertThat(JobName.of(named("shop"), "migration", "x")).startsWith("shop-migration-");
  }

  private static MigrationStep decide(App app, List<String> migrated, Job... jobs) {
    return MigrationRules.decide(
        app, new WorkloadInputs(List.of(), null, migrated), List.of(jobs), List.of());
  }

  private static Job job(App app) {
    return MigrationJob.of(app, app.workload().beforeRollout().orElseThrow(), WorkloadInputs.NONE);
  }

  private static Job named(Job job, App app, Binding binding) {
    Job wanted =
        MigrationJob.of(
            app,
            app.workload().beforeRollout().orElseThrow(),
            new WorkloadInputs(List.of(binding), null));
    return new JobBuilder(wanted).withStatus(job.getStatus()).build();
  }

  private static Deployment rolledOut(App app, List<String> before) {
    return DeploymentObject.of(app, new WorkloadInputs(List.of(), null, before));
  }

  private static App app(String image, String command, String level) {
    HighlyAvailableApp resource =
        Serialization.unmarshal(
            """
            metadata: {name: shop, namespace: acme, uid: u}
            spec:
              image: %s
              env: [{name: LOG_LEVEL, value: %s}]
              migration: {command: ["%s"]}
            """
                .formatted(image, level, command),
            HighlyAvailableApp.class);
    return GoldenCase.app(resource);
  }

  private static App named(String name) {
    HighlyAvailableApp resource =
        Serialization.unmarshal(
            "metadata: {name: %s, namespace: acme, uid: u}\nspec: {image: x}".formatted(name),
            HighlyAvailableApp.class);
    return GoldenCase.app(resource);
  }
}
