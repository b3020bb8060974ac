package io.highlyavailable.operator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
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

  @Test
  void anAppThatIsBeingDeletedProtectsNothingAnyMore() {
    HighlyAvailableApp app = app(", storage: {s3: {}}");
    app.getMetadata().setDeletionTimestamp("2026-11-23T10:00:00Z");
    assertThat(NamespaceProtection.protects(app)).isFalse();
  }
}
