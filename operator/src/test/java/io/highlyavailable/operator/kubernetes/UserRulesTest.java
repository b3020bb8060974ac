package io.highlyavailable.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.component.DatabaseUser;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.UserSlot;
import io.highlyavailable.operator.component.UserTarget;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.Sensitive;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UserRulesTest {
  private static final UserTarget TARGET = target("one", true);

  private final Map<UserSlot, UserFacts.Password> slots = new EnumMap<>(UserSlot.class);
  private String rotation = "";
  private String image = "example.com/operator:1";
  private @Nullable Binding bound;
  private @Nullable Deployment deployment;
  private List<Job> jobs = List.of();

  UserRulesTest() {
    slots.put(UserSlot.A, new UserFacts.Password(new Sensitive("pass-a"), ""));
    slots.put(UserSlot.B, new UserFacts.Password(new Sensitive("pass-b"), ""));
  }

  @Test
  void anAppWithoutADatabaseHasNoUsersAndLeavesNoJobBehind() {
    jobs = List.of(job(UserSlot.A));
    UserStep step = UserRules.decide(GoldenCase.named("minimal").app(), null, facts());
    assertThat(step.asked()).isFalse();
    assertThat(step.delete()).hasSize(1);
  }

  @Test
  void waitsForTheDatabaseAndForTheWrittenPassword() {
    assertThat(decide(null).readiness())
        .isEqualTo(new Readiness.Progressing("waiting for the database"));
    assertThat(decide(target("one", false)).toCreate()).isEmpty();
    slots.clear();
    assertThat(decide(TARGET).toCreate()).isEmpty();
  }

  @Test
  void theFirstUserIsMadeByOneJobAndNamedOnlyThen() {
    UserStep first = decide(TARGET);
    assertThat(first.toCreate()).contains(job(UserSlot.A));
    assertThat(first.toBind()).isEmpty();

    jobs = List.of(Jobs.running(job(UserSlot.A)));
    assertThat(decide(TARGET).toCreate()).isEmpty();
    assertThat(decide(TARGET).toBind()).isEmpty();

    jobs = List.of(Jobs.succeeded(job(UserSlot.A)));
    assertThat(decide(TARGET).toBind().map(DatabaseUser::username)).contains("app_a");
    assertThat(decide(TARGET).readiness()).isEqualTo(new Readiness.Ready());
  }

  @Test
  void needsNoJobOnceTheBindingIsOfTheUser() {
    bind(UserSlot.A);
    UserStep step = decide(TARGET);
    assertThat(step.toCreate()).isEmpty();
    assertThat(step.readiness()).isEqualTo(new Readiness.Ready());
    assertThat(step.toBind().map(DatabaseUser::username)).contains("app_a");
    assertThat(step.state()).isEqualTo("app_a");
  }

  @Test
  void anAppBoundToTheMasterKeepsThatUntilItsUserIsMade() {
    bound = binding("haadmin", "master", "");
    UserStep step = decide(TARGET);
    assertThat(step.toBind()).as("the binding stays").isEmpty();
    assertThat(step.toCreate()).isPresent();
    jobs = List.of(Jobs.succeeded(job(UserSlot.A)));
    assertThat(decide(TARGET).toBind().map(DatabaseUser::username)).contains("app_a");
  }

  @Test
  void aRequestRenewsTheIdleUserThenMakesItThenNamesIt() {
    bind(UserSlot.A);
    rolledOut();
    rotation = "t1";
    UserStep renew = decide(TARGET);
    assertThat(renew.toRenew()).contains(UserSlot.B);
    assertThat(renew.toCreate()).isEmpty();
    assertThat(renew.toBind()).isEmpty();
    assertThat(renew.handled()).isEmpty();

    slots.put(UserSlot.B, new UserFacts.Password(new Sensitive("pass-b1"), "t1"));
    UserStep make = decide(TARGET);
    assertThat(make.toRenew()).isEmpty();
    assertThat(make.toCreate()).contains(job(UserSlot.B));
    assertThat(make.toBind()).isEmpty();

    jobs = List.of(Jobs.succeeded(job(UserSlot.B)));
    assertThat(decide(TARGET).toBind().map(DatabaseUser::username)).contains("app_b");

    bind(UserSlot.B);
    UserStep done = decide(TARGET);
    assertThat(done.readiness()).isEqualTo(new Readiness.Ready());
    assertThat(done.handled()).isEqualTo("t1");
    assertThat(done.toRenew()).isEmpty();
  }

  @Test
  void aSecondRequestWaitsUntilNoPodHasTheUserThatItWouldRenew() {
    bind(UserSlot.A);
    rolledOut();
    Deployment before = deployment;
    bind(UserSlot.B);
    slots.put(UserSlot.B, new UserFacts.Password(new Sensitive("pass-b"), "t1"));
    rotation = "t2";
    assertThat(decide(TARGET).toRenew()).as("its template is still of the old binding").isEmpty();
    assertThat(decide(TARGET).readiness()).isInstanceOf(Readiness.Progressing.class);

    rolledOut();
    assertThat(before).isNotEqualTo(deployment);
    Deployment rolling =
        new DeploymentBuilder(deployment).editStatus().withUpdatedReplicas(1).endStatus().build();
    deployment = rolling;
    assertThat(decide(TARGET).toRenew()).as("old pods are left").isEmpty();
    rolledOut();
    assertThat(decide(TARGET).toRenew()).contains(UserSlot.A);
  }

  @Test
  void aRequestInTheFirstManifestAsksForNothingMore() {
    rotation = "t1";
    slots.put(UserSlot.A, new UserFacts.Password(new Sensitive("pass-a"), "t1"));
    bind(UserSlot.A);
    UserStep step = decide(TARGET);
    assertThat(step.readiness()).isEqualTo(new Readiness.Ready());
    assertThat(step.handled()).isEqualTo("t1");
  }

  @Test
  void aRestoredDatabaseGetsItsUserAgainWithoutAnotherPassword() {
    bind(UserSlot.A);
    UserStep step = decide(target("two", true));
    assertThat(step.toCreate()).isPresent();
    assertThat(step.toBind()).as("pods keep what they have").isEmpty();
    assertThat(step.toRenew()).isEmpty();
  }

  @Test
  void aLostOrEditedPasswordOfTheUserInUseIsNeverSetUnderRunningPods() {
    bind(UserSlot.A);
    rolledOut();
    slots.put(UserSlot.A, new UserFacts.Password(new Sensitive("edited"), ""));
    UserStep step = decide(TARGET);
    assertThat(step.toCreate()).contains(job(UserSlot.B));
    assertThat(step.toBind()).isEmpty();
  }

  @Test
  void aFailingJobIsSaidAndStays() {
    Job job = job(UserSlot.A);
    jobs = List.of(job);
    UserStep step =
        UserRules.decide(
            app(),
            TARGET,
            new UserFacts(
                image, slots, List.of(), null, jobs, List.of(Jobs.pod(job, 1, "no route"))));
    assertThat(step.toCreate()).isEmpty();
    assertThat(step.readiness())
        .isInstanceOfSatisfying(
            Readiness.Failed.class,
            failed -> {
              assertThat(failed.reason())
                  .isEqualTo("the app's user cannot be made: exit code 1: no route");
              assertThat(failed.nextStep()).contains("kubectl logs");
            });
  }

  @Test
  void anotherJobOfTheAppIsGoneBeforeANewOneBegins() {
    jobs = List.of(Jobs.running(job(UserSlot.B)));
    UserStep step = decide(TARGET);
    assertThat(step.toCreate()).isEmpty();
    assertThat(step.delete()).hasSize(1);
  }

  @Test
  void needsTheOperatorsImage() {
    image = "";
    assertThat(decide(TARGET).readiness())
        .isInstanceOfSatisfying(
            Readiness.Failed.class,
            failed -> assertThat(failed.nextStep()).contains("HAAPP_IMAGE"));
    bind(UserSlot.A);
    assertThat(decide(TARGET).readiness()).isEqualTo(new Readiness.Ready());
  }

  @Test
  void noPasswordIsInTheJob() {
    assertThat(Serialization.asYaml(job(UserSlot.A))).doesNotContain("pass-a");
  }

  @Test
  void podsRollOnlyWhenTheirSecretChanged() {
    Binding one = binding("app_a", "pass-a", "source");
    Binding other = binding("app_a", "pass-a", "another source");
    assertThat(AppliedHash.of(List.of(one))).isEqualTo(AppliedHash.of(List.of(other)));
  }

  private UserStep decide(@Nullable UserTarget target) {
    return UserRules.decide(app(), target, facts());
  }

  private UserFacts facts() {
    return new UserFacts(
        image, slots, bound == null ? List.of() : List.of(bound), deployment, jobs, List.of());
  }

  private void bind(UserSlot slot) {
    bound = binding(slot.username(), slots.get(slot).password().value(), source(slot));
    jobs = List.of();
  }

  private void rolledOut() {
    deployment =
        new DeploymentBuilder(DeploymentObject.of(app(), new WorkloadInputs(facts().bound(), null)))
            .editMetadata()
            .withGeneration(2L)
            .endMetadata()
            .withNewStatus()
            .withObservedGeneration(2L)
            .withReplicas(3)
            .withUpdatedReplicas(3)
            .endStatus()
            .build();
  }

  private String source(UserSlot slot) {
    return UserJob.source(app(), TARGET, slot, slots.get(slot));
  }

  private Job job(UserSlot slot) {
    return UserJob.of(app(), TARGET, slot, image, source(slot));
  }

  private App app() {
    HighlyAvailableApp resource =
        Serialization.unmarshal(
            """
            metadata:
              name: shop
              namespace: acme
              uid: u
              annotations: {highlyavailable.io/rotate-credentials-at: "%s"}
            spec: {image: x, database: {rds: {engine: postgres}}}
            """
                .formatted(rotation),
            HighlyAvailableApp.class);
    return GoldenCase.app(resource);
  }

  private static Binding binding(String username, String password, String source) {
    return new Binding(
        "database",
        "postgresql",
        Map.of("username", new Sensitive(username), "password", new Sensitive(password)),
        source);
  }

  private static UserTarget target(String incarnation, boolean serving) {
    return new UserTarget(
        "postgres", "db.example.com", 5432, "app_shop", "haadmin", incarnation, serving);
  }
}
