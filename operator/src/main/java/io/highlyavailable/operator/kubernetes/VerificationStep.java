package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.highlyavailable.operator.model.RestoreTest;
import io.highlyavailable.operator.model.Verification;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done about a verification of backups, and what it came to.
 *
 * @param run the verification that is on, for which there is to be a temporary instance; null for
 *     none, and what there is of one goes
 * @param create a Job to create, or null
 * @param delete Jobs of no more use
 * @param ended how the verification ended, to be recorded; null while there is nothing to record
 * @param waiting whether it would begin if others had ended
 */
public record VerificationStep(
    RestoreTest.@Nullable Run run,
    @Nullable Job create,
    List<Job> delete,
    @Nullable Verification ended,
    boolean waiting) {
  public VerificationStep {
    delete = List.copyOf(delete);
  }

  /** Nothing is on; these Jobs are of no more use. */
  static VerificationStep idle(List<Job> delete) {
    return new VerificationStep(null, null, delete, null, false);
  }

  /** One is on. */
  static VerificationStep on(RestoreTest.Run run, @Nullable Job create, List<Job> delete) {
    return new VerificationStep(run, create, delete, null, false);
  }

  /** The same, ended: the instance stays until that is recorded. */
  VerificationStep ended(Verification how) {
    return new VerificationStep(run, null, delete, how, false);
  }

  /** A Job to create, if there is one. */
  public Optional<Job> toCreate() {
    return Optional.ofNullable(create);
  }

  /** How it ended, if that is to be recorded. */
  public Optional<Verification> toRecord() {
    return Optional.ofNullable(ended);
  }
}
