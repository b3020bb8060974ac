package io.highlyavailable.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The rules that {@link OnTheServerTest} does not reach by changing fields of ours. */
class ObjectMatchTest {
  @Test
  void anObjectMatchesItself() {
    for (GoldenCase golden : GoldenCase.all()) {
      for (HasMetadata object : golden.objects()) {
        assertThat(ObjectMatch.holds(object, object)).isTrue();
      }
    }
  }

  @Test
  void quantitiesAreComparedByAmount() {
    assertThat(
            holdsAfter(
                deployment ->
                    deployment
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getResources()
                        .setRequests(
                            Map.of(
                                "cpu", new Quantity("1"),
                                "memory", new Quantity("0.5Gi")))))
        .isTrue();
  }

  @Test
  void aSecondVariableOfTheSameNameWouldHideOurs() {
    assertThat(
            holdsAfter(
                deployment ->
                    deployment
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getEnv()
                        .add(new EnvVar("LOG_LEVEL", "debug", null))))
        .isFalse();
  }

  @Test
  void anotherVariableIsNotOurs() {
    assertThat(
            holdsAfter(
                deployment ->
                    deployment
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getEnv()
                        .add(new EnvVar("INJECTED", "x", null))))
        .isTrue();
  }

  @Test
  void aSelectorMayNotBeNarrowed() {
    NetworkPolicy desired = (NetworkPolicy) object(NetworkPolicy.class);
    NetworkPolicy observed =
        desired
            .edit()
            .editSpec()
            .editPodSelector()
            .addToMatchLabels("tier", "none")
            .endPodSelector()
            .endSpec()
            .build();
    assertThat(ObjectMatch.holds(desired, observed)).isFalse();
  }

  @Test
  void anotherHashIsAnotherObject() {
    Deployment desired = (Deployment) object(Deployment.class);
    Deployment observed =
        desired
            .edit()
            .editMetadata()
            .addToAnnotations(AppliedHash.ANNOTATION, "0")
            .endMetadata()
            .build();
    assertThat(ObjectMatch.holds(desired, observed)).isFalse();
    observed.getMetadata().setAnnotations(null);
    assertThat(ObjectMatch.holds(desired, observed)).isFalse();
  }

  @Test
  void textOfASecretIsComparedWithItsData() {
    Secret desired =
        AppliedHash.stamp(
            new SecretBuilder()
                .withNewMetadata()
                .withName("x")
                .endMetadata()
                .withStringData(Map.of("a", "b"))
                .build());
    Secret observed = desired.edit().withStringData(null).withData(Map.of("a", "Yg==")).build();
    assertThat(ObjectMatch.holds(desired, observed)).isTrue();
    observed.setData(Map.of("a", "Yw=="));
    assertThat(ObjectMatch.holds(desired, observed)).isFalse();
  }

  private static boolean holdsAfter(Consumer<Deployment> change) {
    Deployment observed = ((Deployment) object(Deployment.class)).edit().build();
    change.accept(observed);
    return ObjectMatch.holds(object(Deployment.class), observed);
  }

  private static HasMetadata object(Class<?> type) {
    return GoldenCase.named("full").objects().stream()
        .filter(type::isInstance)
        .findFirst()
        .orElseThrow();
  }
}
