package io.highlyavailable.operator.model;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.highlyavailable.api.v1alpha1.ChangePolicySpec;
import io.highlyavailable.api.v1alpha1.Defaults;
import io.highlyavailable.api.v1alpha1.DisruptiveChanges;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fills in when changes that interrupt service are made. */
final class ChangeDefaults {
  private ChangeDefaults() {}

  static ChangeRules rules(@Nullable ChangePolicySpec policy, ObjectMeta metadata) {
    Map<String, String> annotations =
        metadata.getAnnotations() == null ? Map.of() : metadata.getAnnotations();
    return new ChangeRules(
        disruptive(policy == null ? null : policy.disruptive()),
        window(policy),
        annotations.getOrDefault(HighlyAvailableApp.APPROVED_PLAN_ANNOTATION, ""));
  }

  private static Disruptive disruptive(@Nullable DisruptiveChanges when) {
    return switch (when) {
      case IMMEDIATE -> Disruptive.IMMEDIATE;
      case REQUIRE_APPROVAL -> Disruptive.REQUIRE_APPROVAL;
      case MAINTENANCE_WINDOW -> Disruptive.MAINTENANCE_WINDOW;
      case null -> Disruptive.MAINTENANCE_WINDOW;
    };
  }

  /** A window that cannot be read was refused before, unless the app is being deleted. */
  static MaintenanceWindow window(@Nullable ChangePolicySpec policy) {
    String text = policy == null ? null : Blocks.emptyToNull(policy.maintenanceWindow());
    try {
      return MaintenanceWindow.parse(text == null ? Defaults.MAINTENANCE_WINDOW : text);
    } catch (IllegalArgumentException e) {
      return MaintenanceWindow.parse(Defaults.MAINTENANCE_WINDOW);
    }
  }
}
