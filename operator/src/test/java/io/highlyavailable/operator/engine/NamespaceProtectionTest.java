package io.highlyavailable.operator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamespaceProtectionTest {
  private static HighlyAvailableApp app(String spec) {
    return Serialization.unmarshal(
        "metadata: {name: shop}\nspec: {image: shop:1" + spec + "}", HighlyAvailableApp.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'' | false",
        "', storage: {s3: {}}' | true",
        "', sessionStore: {redis: {}}' | true",
        "', database: {rds: {engine: mysql}}' | true",
        "', database: {dynamoDb: {partitionKey: {name: id, type: S}}}' | true",
        "', storage: {s3: {}}, deletionProtection: true' | true",
        "', storage: {s3: {}}, deletionProtection: false' | false",
      })
  void protectsWhatHoldsDataUnlessItsProtectionIsOff(String spec, boolean expected) {
    String fields = spec.substring(1, spec.length() - 1);
    assertThat(NamespaceProtection.protects(app(fields))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'' | false",
        "', ingress: {host: a.example.com}' | true",
        "', ingress: {host: a.example.com, className: alb}' | true",
        "', ingress: {host: a.example.com, className: nginx}' | false",
        "', ingress: {host: a.example.com}, compute: {instances: {}}' | false",
      })
  void asksForReadinessGatesWherePodsAreTargets(String spec, boolean expected) {
    String fields = spec.substring(1, spec.length() - 1);
    assertThat(NamespaceProtection.balances(app(fields))).isEqualTo(expected);
  }

  @Test
  void aReadinessGateThatSomebodyElseDecidedOnStays() {
    Map<String, String> wanted =
        Map.of(NamespaceProtection.LABEL, "true", NamespaceProtection.GATE, "enabled");
    Map<String, String> off = Map.of(NamespaceProtection.GATE, "disabled");
    Set<String> ours = Set.of(NamespaceProtection.GATE);
    assertThat(NamespaceProtection.withoutOthers(wanted, off, Set.of()))
        .containsOnlyKeys(NamespaceProtection.LABEL);
    assertThat(NamespaceProtection.withoutOthers(wanted, Map.of(), Set.of())).isEqualTo(wanted);
    assertThat(NamespaceProtection.withoutOthers(wanted, off, ours)).isEqualTo(wanted);
  }

  @Test
  void knowsItsOwnLabelsByTheirFieldManager() {
    Namespace namespace =
        Serialization.unmarshal(
            """
            metadata:
              name: shop
              managedFields:
              - manager: kubectl
                fieldsV1: {f:metadata: {f:labels: {f:team: {}}}}
              - manager: highlyavailableapp-protection
                fieldsV1: {f:metadata: {f:labels: {f:elbv2.k8s.aws/pod-readiness-gate-inject: {}}}}
            """,
            Namespace.class);
    assertThat(NamespaceProtection.ours(namespace)).containsExactly(NamespaceProtection.GATE);
  }

  @Test
  void anAppThatIsBeingDeletedProtectsNothingAnyMore() {
    HighlyAvailableApp app = app(", storage: {s3: {}}");
    app.getMetadata().setDeletionTimestamp("2026-11-23T10:00:00Z");
    assertThat(NamespaceProtection.protects(app)).isFalse();
  }
}
