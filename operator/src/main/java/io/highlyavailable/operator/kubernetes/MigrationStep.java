package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.highlyavailable.operator.component.Readiness;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done about an app's migration, and what there is to say.
 *
 * @param asked whether the spec has one
 * @param readiness whether the image may be rolled out as far as the migration goes
 * @param state one word, such as {@code running}
 * @param job name of the Job it is about; empty for none
 * @param create a Job to create, or null
 * @param delete Jobs of no more use
 */
public record MigrationStep(
    boolean asked,
    Readiness readiness,
    String state,
    String job,
    @Nullable Job create,
    List<Job> delete) {
  public MigrationStep {
    delete = List.copyOf(delete);
  }

  /** Whether pods of the image may run. */
  public boolean rolloutMayBegin() {
    return readiness instanceof Readiness.Ready;
  }

  /** A Job to create, if there is one. */
  public Optional<Job> toCreate() {
    return Optional.ofNullable(create);
  }
}
