package io.highlyavailable.operator.kubernetes;

import io.highlyavailable.operator.component.Binding;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the pods need to know of the app's cloud resources. The Deployment is first written when all
 * of it is known, so that no pod starts only to be replaced.
 *
 * @param bindings one for each component that gives one; kept in the order of their suffixes
 * @param roleArn the IAM role of the pods, or null for none
 * @param migrated what was migrated before, newest first, as {@link MigrationRules#migrated} reads
 *     it
 * @param floor the fewest replicas that traffic needs; 0 for an app that is not scaled on it
 */
public record WorkloadInputs(
    List<Binding> bindings, @Nullable String roleArn, List<String> migrated, int floor) {
  /** Nothing: an app without cloud resources. */
  public static final WorkloadInputs NONE = new WorkloadInputs(List.of(), null);

  public WorkloadInputs {
    bindings = bindings.stream().sorted(Comparator.comparing(Binding::suffix)).toList();
    migrated = List.copyOf(migrated);
  }

  /** The same for an app that is not scaled on its traffic. */
  public WorkloadInputs(List<Binding> bindings, @Nullable String roleArn, List<String> migrated) {
    this(bindings, roleArn, migrated, 0);
  }

  /** The same with what traffic needs. */
  public WorkloadInputs withFloor(int replicas) {
    return new WorkloadInputs(bindings, roleArn, migrated, replicas);
  }

  /**
   * The same for an app that was never migrated.
   *
   * @param roleArn the IAM role of the pods, or null for none
   */
  public WorkloadInputs(List<Binding> bindings, @Nullable String roleArn) {
    this(bindings, roleArn, List.of());
  }
}
