package io.highlyavailable.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.gitops.HealthScript.Health;
import io.highlyavailable.testbed.build.Checkout;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What Argo CD makes of each state of an app, and that what it is configured with says just that.
 */
class HealthTest {
  private static final String KEY =
      "resource.customizations.health.highlyavailable.io_HighlyAvailableApp";

  private static final String HEADER =
      """
      # Generated from health.lua; change that and run
      # mvn -pl operator -am test -Dupdate.generated=true -Dtest=HealthTest -Dsurefire.failIfNoSpecifiedTests=false
      """;

  @Test
  void everyStateHasTheHealthThatIsExpected() throws IOException {
    Map<String, Health> health = new TreeMap<>();
    ObservedApp.all().forEach(app -> health.put(app.state(), HealthScript.of(app)));
    Golden.check("argocd.yaml", health);
  }

  @Test
  void knowsAllFourKindsOfHealth() {
    assertThat(ObservedApp.all().stream().map(app -> HealthScript.of(app).status()))
        .contains("Healthy", "Progressing", "Degraded", "Suspended");
  }

  @Test
  void theConfigMapHasTheScript() throws IOException {
    Golden.check(
        Checkout.find().file("gitops/argocd/argocd-cm.yaml"),
        HEADER
            + """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: argocd-cm
              namespace: argocd
              labels:
                app.kubernetes.io/part-of: argocd
            data:
              %s: |
            """
                .formatted(KEY)
            + HealthScript.text().indent(4));
  }

  @Test
  void theValuesOfArgoCdsChartHaveTheScript() throws IOException {
    Golden.check(
        Checkout.find().file("gitops/argocd/argo-cd-values.yaml"),
        HEADER
            + """
            configs:
              cm:
                %s: |
            """
                .formatted(KEY)
            + HealthScript.text().indent(6));
  }
}
