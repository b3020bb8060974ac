package io.highlyavailable.operator.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.api.v1alpha1.BindingVariables;
import org.junit.jupiter.api.Test;

class BindingNamesTest {
  @Test
  void usesTheDocumentedNames() {
    assertThat(BindingVariables.DATABASE)
        .allSatisfy(
            variable ->
                assertThat(BindingNames.variable("", BindingNames.DATABASE, variable.secretKey()))
                    .isEqualTo(variable.name()));
    assertThat(BindingVariables.STORAGE)
        .allSatisfy(
            variable ->
                assertThat(BindingNames.variable("P_", BindingNames.STORAGE, variable.secretKey()))
                    .isEqualTo("P_" + variable.name()));
  }

  @Test
  void derivesTheNameOfAnyOtherKey() {
    assertThat(BindingNames.variable("", "session-store", "auth-token"))
        .isEqualTo("SESSION_STORE_AUTH_TOKEN");
  }
}
