package io.highlyavailable.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.operator.component.Action;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.plan.FakeComponent.Trait;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What has no tags of its own is the app's when that to which it belongs is. */
class PartsTest {
  private static final FakeComponent<FakeRow.Files> WHOLE =
      new FakeComponent<>(
          "whole",
          FakeRow.Files.class,
          List.of(),
          app -> app.bucketSettings().isPresent(),
          Set.of(Trait.DATA),
          app -> DeletionPolicy.SNAPSHOT,
          "");
  private static final FakeComponent<FakeRow.Copy> PART =
      new FakeComponent<>(
          "part",
          FakeRow.Copy.class,
          List.of(WHOLE),
          app -> app.databaseSettings().isPresent(),
          Set.of(Trait.PART, Trait.COPY),
          app -> DeletionPolicy.SNAPSHOT,
          "");

  private static final String BOTH =
      "{image: a, storage: {s3: {}}, database: {rds: {engine: mysql}}}";
  private static final String WHOLE_ALONE = "{image: a, storage: {s3: {}}}";

  private static Plan plan(String spec, boolean deleting, Observation<?> whole) {
    App app =
        PlanCase.app(
            Serialization.unmarshal(
                "deleting: %s\nspec: %s".formatted(deleting, spec), JsonNode.class));
    FakeRow.Thing thing =
        new FakeRow.Thing("part", "arn:part", Map.of(), "available", FakeComponent.values(app));
    Map<ComponentName, Observation<?>> seen =
        Map.of(
            WHOLE.name(), whole, PART.name(), new Observation.Present<>(new FakeRow.Copy(thing)));
    Recorded recorded =
        new Recorded(
            Map.of(WHOLE.name(), "arn:whole", PART.name(), "arn:part"),
            Set.of(),
            List.of(),
            List.of(),
            PlanCase.ACCOUNT,
            "eu-west-1",
            "eu-central-1",
            HeldChanges.NONE,
            Map.of());
    AppView view = PlanCase.view(app, seen, recorded);
    return new Planner(List.of(WHOLE, PART)).plan(view);
  }

  private static Observation<?> whole(String spec, String owner) {
    App app = PlanCase.app(Serialization.unmarshal("spec: %s".formatted(spec), JsonNode.class));
    return new Observation.Present<>(
        new FakeRow.Files(
            new FakeRow.Thing(
                app.resourceName(),
                "arn:whole",
                PlanCase.tags(app, WHOLE, owner),
                "available",
                FakeComponent.values(app))));
  }

  private static Report report(Plan plan) {
    return plan.reports().stream().filter(it -> it.name().equals("part")).findFirst().orElseThrow();
  }

  @Test
  void isTheAppsWhenTheWholeIs() {
    Plan plan = plan(BOTH, false, whole(BOTH, "ours"));
    assertThat(report(plan).ready()).isTrue();
    assertThat(plan.actions()).isEmpty();
  }

  @Test
  void isForeignWhenTheWholeIs() {
    Plan plan = plan(BOTH, false, whole(BOTH, "somebody"));
    assertThat(report(plan).message()).contains("is not this app's");
    assertThat(plan.actions()).isEmpty();
  }

  @Test
  void ofAFormerOwnerNeedsApproval() {
    Plan plan = plan(BOTH, false, whole(BOTH, "former"));
    assertThat(report(plan).nextStep()).contains("old-cluster/old-ns");
  }

  @Test
  void leavesAloneWhileTheWholeStays() {
    Plan plan = plan(WHOLE_ALONE, false, whole(WHOLE_ALONE, "ours"));
    assertThat(plan.actions().get(PART.name())).isInstanceOf(Action.Delete.class);
  }

  @Test
  void isNotTouchedWhenTheWholeIsNotTheAppsOrIsGone() {
    for (Observation<?> whole :
        List.of(whole(WHOLE_ALONE, "former"), new Observation.Absent<FakeRow.Files>())) {
      assertThat(plan(WHOLE_ALONE, true, whole).actions()).doesNotContainKey(PART.name());
    }
  }

  @Test
  void nothingIsDecidedBeforeTheWholeIsKnown() {
    var unknown = new Observation.Unknown<FakeRow.Files>("waiting");
    assertThat(report(plan(BOTH, false, unknown)).standing()).isEqualTo(Standing.PROGRESSING);
    Plan leaving = plan(WHOLE_ALONE, true, unknown);
    assertThat(leaving.actions()).isEmpty();
    assertThat(leaving.removal().blockedBy()).contains("part: waiting to learn whose it is");
  }

  @Test
  void isKeptWithoutAMarkAndKeepsTheWhole() {
    Plan plan = plan(BOTH, true, whole(BOTH, "ours"));
    assertThat(plan.actions()).doesNotContainKey(PART.name());
    assertThat(plan.removal().retained())
        .containsExactly("part: fake-part arn:part in eu-central-1");
    assertThat(plan.actions().get(WHOLE.name())).isInstanceOf(Action.Tag.class);
  }
}
