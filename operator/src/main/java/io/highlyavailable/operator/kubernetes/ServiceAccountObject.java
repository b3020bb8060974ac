package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.highlyavailable.operator.model.App;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The identity of the pods. Its token is not mounted: an app has no business with the Kubernetes
 * API, and the token for AWS is another one, injected for the role by EKS's webhook.
 */
final class ServiceAccountObject {
  private static final String ROLE = "eks.amazonaws.com/role-arn";

  private ServiceAccountObject() {}

  /** That of the migration of an app on instances, which says what was migrated. */
  static ServiceAccount ofMigration(App app, WorkloadInputs inputs) {
    ServiceAccount account = of(app, inputs.roleArn());
    if (!inputs.migrated().isEmpty()) {
      Map<String, String> annotations = new TreeMap<>();
      if (account.getMetadata().getAnnotations() != null) {
        annotations.putAll(account.getMetadata().getAnnotations());
      }
      annotations.put(MigrationRules.MIGRATED, String.join(",", inputs.migrated()));
      account.getMetadata().setAnnotations(annotations);
    }
    return account;
  }

  static ServiceAccount of(App app, @Nullable String roleArn) {
    var account =
        new ServiceAccountBuilder()
            .withMetadata(AppMetadata.of(app))
            .withAutomountServiceAccountToken(false);
    if (roleArn != null) {
      account.editMetadata().addToAnnotations(ROLE, roleArn).endMetadata();
    }
    return account.build();
  }
}
