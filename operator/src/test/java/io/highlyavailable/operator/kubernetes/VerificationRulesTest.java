package io.highlyavailable.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.UserTarget;
import io.highlyavailable.operator.kubernetes.VerificationFacts.Source;
import io.highlyavailable.operator.kubernetes.VerificationFacts.Temporary;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.RestoreTest;
import io.highlyavailable.operator.model.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A world of one app with a clock that the test turns: what is there, and what is recorded. */
class VerificationRulesTest {
  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");
  private static final RestoreTest WEEKLY =
      new RestoreTest(Duration.ofDays(7), "db.t4g.small", Duration.ofHours(4), null);
  private static final App APP = SampleApp.named("shop").restoreTest(WEEKLY).build();

  private Instant now = START;
  private String image = "operator:1";
  private @Nullable Verification last;
  private boolean known = true;
  private @Nullable Source source = new Source("2026-11-23T09:45:00Z");
  private @Nullable Temporary temporary;
  private String refused = "";
  private boolean room = true;
  private final List<Job> jobs = new ArrayList<>();
  private final List<Pod> pods = new ArrayList<>();

  private VerificationStep decide(App app) {
    return VerificationRules.decide(
        app,
        new VerificationFacts(
            now, image, last, known, source, temporary, refused, room, jobs, pods));
  }

  private VerificationStep decide() {
    return decide(APP);
  }

  private static Temporary temporary(Instant started, Readiness readiness, boolean deleting) {
    UserTarget target =
        new UserTarget("postgres", "verify.host", 5432, "app_shop", "haadmin", "id/1", true);
    return new Temporary(started, "2026-11-23T09:45:00Z", deleting, readiness, "creating", target);
  }

  private void restoring() {
    temporary = temporary(START, new Readiness.Progressing("RDS reports creating"), false);
  }

  private void available() {
    temporary = temporary(START, new Readiness.Ready(), false);
  }

  private Job start() {
    Job job =
        new JobBuilder(decide().toCreate().orElseThrow())
            .editMetadata()
            .withUid("job-uid")
            .endMetadata()
            .build();
    jobs.add(job);
    return job;
  }

  private void replace(Job job) {
    jobs.clear();
    jobs.add(job);
  }

  private static void assertIdle(VerificationStep step) {
    assertThat(step.run()).isNull();
    assertThat(step.toCreate()).isEmpty();
    assertThat(step.toRecord()).isEmpty();
  }

  @Test
  void theFirstOneIsDueAtOnceAndNamesTheTimeThatItsBackupReaches() {
    assertThat(decide().run()).isEqualTo(new RestoreTest.Run(START, "2026-11-23T09:45:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "true,  6d, false",
    "true,  7d, true",
    "true,  8d, true",
    "false, 23h, false",
    "false, 24h, true",
  })
  void theNextIsDueAfterTheIntervalAndADayAfterAFailure(
      boolean succeeded, String later, boolean due) {
    last = new Verification(START, succeeded, "", "");
    now = START.plus(Duration.parse(later.endsWith("d") ? "P" + later : "PT" + later));
    assertThat(decide().run() != null).isEqualTo(due);
  }

  @Test
  void aFailureIsNotRepeatedLaterThanAsOftenAsIsAsked() {
    RestoreTest daily = new RestoreTest(Duration.ofHours(12), "c", Duration.ofHours(1), null);
    last = new Verification(START, false, "", "");
    now = START.plus(Duration.ofHours(12));
    assertThat(decide(SampleApp.named("shop").restoreTest(daily).build()).run()).isNotNull();
  }

  @Test
  void waitsForTheDatabaseForKnowledgeAndForRoom() {
    source = null;
    assertIdle(decide());
    source = new Source("");
    known = false;
    assertIdle(decide());
    known = true;
    room = false;
    assertIdle(decide());
    assertThat(decide().waiting()).isTrue();
    room = true;
    assertThat(decide().run()).isNotNull();
  }

  @Test
  void whatCannotBeginHasFailed() {
    refused = "rds:RestoreDBInstanceToPointInTime: InstanceQuotaExceeded: too many";
    assertThat(decide().toRecord()).contains(new Verification(START, false, "", refused));
    assertThat(decide().run()).isNull();
    image = "";
    assertThat(decide().toRecord().orElseThrow().message()).contains("HAAPP_IMAGE");
  }

  @Test
  void whileItIsRestoredNothingIsDoneButKept() {
    restoring();
    now = START.plusSeconds(600);
    VerificationStep step = decide();
    assertThat(step.run()).isEqualTo(new RestoreTest.Run(START, "2026-11-23T09:45:00Z"));
    assertThat(step.toCreate()).isEmpty();
    assertThat(step.toRecord()).isEmpty();
  }

  @Test
  void oneJobOpensItWithThePasswordByReferenceAlone() {
    available();
    Job job = start();
    assertThat(decide().toCreate()).isEmpty();
    var container = job.getSpec().getTemplate().getSpec().getContainers().getFirst();
    assertThat(container.getArgs()).containsExactly("--check-database");
    assertThat(container.getEnv())
        .filteredOn(variable -> variable.getName().contains("PASSWORD"))
        .singleElement()
        .satisfies(
            (EnvVar variable) -> {
              assertThat(variable.getValue()).isNull();
              assertThat(variable.getValueFrom().getSecretKeyRef().getName())
                  .isEqualTo("shop-database-master");
            });
    assertThat(container.getEnv())
        .filteredOn(variable -> variable.getName().endsWith("HOST"))
        .extracting(EnvVar::getValue)
        .containsExactly("verify.host");
    assertThat(job.getSpec().getBackoffLimit()).isEqualTo(6);
  }

  @Test
  void aResultIsRecordedBeforeTheInstanceGoes() {
    available();
    Job job = start();
    pods.add(Jobs.pod(job, 0, "it opens and has 12 tables\n"));
    replace(Jobs.succeeded(job));
    now = START.plusSeconds(900);

    VerificationStep ended = decide();
    Verification result =
        new Verification(now, true, "2026-11-23T09:45:00Z", "it opens and has 12 tables");
    assertThat(ended.toRecord()).contains(result);
    assertThat(ended.run()).as("it stays until that is recorded").isNotNull();
    assertThat(ended.delete()).isEmpty();

    now = now.plusSeconds(5);
    assertThat(decide().toRecord()).as("the write was lost: once more").isPresent();

    last = result;
    VerificationStep recorded = decide();
    assertIdle(recorded);
    assertThat(recorded.delete()).hasSize(1);

    temporary = temporary(START, new Readiness.Progressing("RDS reports deleting"), true);
    jobs.clear();
    assertIdle(decide());
    temporary = null;
    assertIdle(decide());
    now = START.plus(Duration.ofDays(8));
    assertThat(decide().run()).isEqualTo(new RestoreTest.Run(now, "2026-11-23T09:45:00Z"));
  }

  @Test
  void aJobThatFailedForGoodIsAFailureWithItsLastWords() {
    available();
    Job job = start();
    pods.add(Jobs.pod(job, 1, "could not open file (SQLSTATE 58P01)"));
    replace(Jobs.failed(job));
    Verification result = decide().toRecord().orElseThrow();
    assertThat(result.succeeded()).isFalse();
    assertThat(result.message()).contains("exit code 1").contains("58P01");
  }

  @Test
  void anInstanceThatCannotServeIsAFailure() {
    temporary =
        temporary(START, new Readiness.Failed("RDS reports incompatible-restore", ""), false);
    assertThat(decide().toRecord().orElseThrow().message())
        .isEqualTo("the restored instance does not serve: RDS reports incompatible-restore");
  }

  @Test
  void whateverItDoesItEndsAtTheLimit() {
    restoring();
    now = START.plus(Duration.ofHours(4)).minusSeconds(1);
    assertThat(decide().toRecord()).isEmpty();
    now = START.plus(Duration.ofHours(4));
    assertThat(decide().toRecord().orElseThrow().message())
        .isEqualTo("it did not end within its time limit: RDS reports creating");
    available();
    now = START;
    Job job = start();
    pods.add(Jobs.waiting(job, "ImagePullBackOff"));
    now = START.plus(Duration.ofHours(5));
    assertThat(decide().toRecord().orElseThrow().message())
        .contains("the check is waiting")
        .contains("its image cannot be pulled");
    assertThat(decide().toCreate()).isEmpty();
  }

  @Test
  void oneThatDoesNotSaySinceWhenHasTakenTooLong() {
    temporary = temporary(Instant.EPOCH, new Readiness.Ready(), false);
    assertThat(decide().toRecord()).isPresent();
    last = new Verification(now, false, "", "");
    assertIdle(decide());
  }

  @Test
  void anEarlierResultIsNotThatOfThisOne() {
    last = new Verification(START.minusSeconds(1), true, "", "");
    restoring();
    assertThat(decide().run()).isNotNull();
    last = new Verification(START, true, "", "");
    assertIdle(decide());
  }

  @Test
  void declinedPausedOrDeletedItLeavesNothing() {
    available();
    start();
    App declined = SampleApp.named("shop").build();
    App without = SampleApp.named("shop").restoreTest(WEEKLY).database(null).build();
    for (App app : List.of(declined, without, paused(), deleting())) {
      assertIdle(decide(app));
      assertThat(decide(app).delete()).isEqualTo(jobs);
    }
  }

  private static App paused() {
    return SampleApp.named("shop").restoreTest(WEEKLY).paused(true).build();
  }

  private static App deleting() {
    return SampleApp.named("shop").restoreTest(WEEKLY).deleting(true).build();
  }

  /**
   * Whatever is lost or comes late, there is never a second instance, none outlives its limit by
   * more than it takes to record and delete it, and every one that was made has a result.
   */
  @Test
  void goesOnFromAnywhere() {
    for (int seed = 0; seed < 200; seed++) {
      run(new Random(seed), seed);
    }
  }

  private void run(Random random, int seed) {
    now = START;
    last = null;
    temporary = null;
    jobs.clear();
    pods.clear();
    for (int round = 0; round < 400; round++) {
      now = now.plus(Duration.ofMinutes(10 + random.nextInt(20)));
      VerificationStep step = decide();
      Temporary there = temporary;
      if (there != null) {
        assertThat(Duration.between(there.started(), now))
            .describedAs("seed %d", seed)
            .isLessThan(Duration.ofHours(12));
      }
      if (step.toRecord().isPresent() && random.nextInt(3) > 0) {
        last = step.toRecord().get();
      }
      if (random.nextInt(4) == 0) {
        continue; // the operator stopped here
      }
      apply(step, there, random);
    }
    assertThat(last).describedAs("seed %d", seed).isNotNull();
  }

  private void apply(VerificationStep step, @Nullable Temporary there, Random random) {
    RestoreTest.Run wanted = step.run();
    if (there == null && wanted != null) {
      temporary = temporary(wanted.started(), new Readiness.Progressing("creating"), false);
    } else if (there != null && wanted == null) {
      temporary = there.deleting() ? null : temporary(there.started(), there.readiness(), true);
    } else if (there != null && random.nextInt(3) == 0) {
      temporary = temporary(there.started(), new Readiness.Ready(), there.deleting());
    }
    jobs.removeAll(step.delete());
    step.toCreate().ifPresent(jobs::add);
    if (!jobs.isEmpty() && random.nextInt(5) == 0) {
      replace(
          random.nextBoolean() ? Jobs.succeeded(jobs.getFirst()) : Jobs.failed(jobs.getFirst()));
    }
    assertThat(jobs).hasSizeLessThan(2);
  }
}
