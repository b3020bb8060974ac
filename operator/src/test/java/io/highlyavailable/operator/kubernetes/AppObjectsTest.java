package io.highlyavailable.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.Sensitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AppObjectsTest {
  private static final App APP = GoldenCase.named("minimal").app();

  @Test
  void removesWhatTheSpecAsksForNoMore() {
    List<HasMetadata> observed = GoldenCase.named("quickstart").objects();
    assertThat(AppObjects.superfluous(APP, observed))
        .extracting(object -> ObjectKey.of(object).toString())
        .containsExactlyInAnyOrder("Ingress/shop", "Secret/shop-database", "Secret/shop-storage");
  }

  @Test
  void anAutoscalerNeverGoesBelowTheFloorOfItsTrafficAndRemembersIt() {
    HorizontalPodAutoscaler higher = autoscaler(5);
    assertThat(higher.getSpec().getMinReplicas()).isEqualTo(5);
    assertThat(TrafficFloor.before(higher)).isEqualTo(5);
    assertThat(autoscaler(1000).getSpec().getMinReplicas()).isEqualTo(10);
  }

  @Test
  void anAutoscalerWithoutTrafficIsAsTheSpecHasIt() {
    assertThat(autoscaler(0)).isEqualTo(autoscaler(3));
    assertThat(autoscaler(0).getSpec().getMinReplicas()).isEqualTo(3);
    assertThat(TrafficFloor.before(autoscaler(0))).isZero();
    assertThat(TrafficFloor.before(null)).isZero();
  }

  private static HorizontalPodAutoscaler autoscaler(int floor) {
    return AppObjects.late(APP, WorkloadInputs.NONE.withFloor(floor)).stream()
        .filter(HorizontalPodAutoscaler.class::isInstance)
        .map(HorizontalPodAutoscaler.class::cast)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void neverRemovesAMasterPassword() {
    assertThat(
            AppObjects.superfluous(
                APP, List.of(MasterSecret.of(APP, "database-master", new Sensitive("x")))))
        .isEmpty();
  }

  @Test
  void neverRemovesWhatOthersMade() {
    HasMetadata ours = BindingSecret.of(APP, binding("x"));
    HasMetadata labelled =
        new SecretBuilder()
            .withNewMetadata()
            .withName("shop-other")
            .withLabels(AppMetadata.labels(APP))
            .endMetadata()
            .build();
    List<HasMetadata> observed = new ArrayList<>(List.of(labelled, ours));
    assertThat(AppObjects.superfluous(APP, observed)).isEmpty();
  }

  @Test
  void everyKindRenderedIsDeclared() {
    assertThat(AppObjects.KINDS.stream().map(ObjectKind::kind))
        .containsAll(
            GoldenCase.all().stream()
                .flatMap(golden -> golden.objects().stream())
                .map(HasMetadata::getKind)
                .distinct()
                .toList());
    assertThat(AppObjects.KINDS)
        .extracting(ObjectKind::apiVersion)
        .contains("apps/v1", "autoscaling/v2", "policy/v1", "networking.k8s.io/v1", "v1");
  }

  @Test
  void neverWritesReplicasUnderAnAutoscaler() {
    for (GoldenCase golden : GoldenCase.all()) {
      boolean scaled = golden.app().workload().scale() instanceof App.Scale.Automatic;
      assertThat(golden.objects())
          .filteredOn(Deployment.class::isInstance)
          .allSatisfy(
              deployment ->
                  assertThat(((Deployment) deployment).getSpec().getReplicas() == null)
                      .isEqualTo(scaled));
    }
  }

  @Test
  void theHashChangesWithEveryPartOfABinding() {
    assertThat(hash(binding("one"))).isEqualTo(hash(binding("one")));
    assertThat(hash(binding("one"))).isNotEqualTo(hash(binding("two")));
  }

  @Test
  void aMasterPasswordCanBeReadBack() {
    assertThat(MasterSecret.read(MasterSecret.of(APP, "database-master", new Sensitive("pä55"))))
        .contains(new Sensitive("pä55"));
    assertThat(MasterSecret.read(new SecretBuilder().build())).isEmpty();
    assertThat(
            MasterSecret.read(
                new SecretBuilder().withData(Map.of(MasterSecret.KEY, "%%%")).build()))
        .isEmpty();
  }

  private static String hash(Binding binding) {
    return AppliedHash.of(new WorkloadInputs(List.of(binding), null).bindings());
  }

  private static Binding binding(String password) {
    return new Binding("database", "postgresql", Map.of("password", new Sensitive(password)));
  }
}
