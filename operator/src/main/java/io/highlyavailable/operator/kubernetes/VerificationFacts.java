package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.UserTarget;
import io.highlyavailable.operator.model.Verification;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of an app's verification of backups.
 *
 * @param now the time, to the second
 * @param image the operator's own image; empty when it is not configured
 * @param last the last verification that was recorded, or null for none
 * @param known whether it is known if there is a temporary instance
 * @param source what there is to restore, or null while the database does not serve or has no
 *     backup
 * @param temporary the temporary instance, or null while there is none
 * @param refused why no temporary instance can be made, if waiting does not help; else empty
 * @param room whether one more verification may begin in this account and region
 * @param jobs the app's Jobs of {@link VerificationRules#PURPOSE}
 * @param pods their pods
 */
public record VerificationFacts(
    Instant now,
    String image,
    @Nullable Verification last,
    boolean known,
    @Nullable Source source,
    @Nullable Temporary temporary,
    String refused,
    boolean room,
    List<Job> jobs,
    List<Pod> pods) {
  public VerificationFacts {
    jobs = List.copyOf(jobs);
    pods = List.copyOf(pods);
  }

  /** The same with room for one more, or without. */
  public VerificationFacts withRoom(boolean found) {
    return new VerificationFacts(
        now, image, last, known, source, temporary, refused, found, jobs, pods);
  }

  /** The last verification that was recorded, if any. */
  Optional<Verification> lastOne() {
    return Optional.ofNullable(last);
  }

  /**
   * What there is to restore.
   *
   * @param restorableTo the time it can be brought back to at least
   */
  public record Source(String restorableTo) {}

  /**
   * The temporary instance.
   *
   * @param started when its verification began; the epoch where that is not known
   * @param restoredTo the time that its backup reaches at least; empty where that is not known
   * @param deleting whether it is on its way out
   * @param readiness whether it serves
   * @param state RDS's word for it
   * @param target where it listens, or null while it has no address
   */
  public record Temporary(
      Instant started,
      String restoredTo,
      boolean deleting,
      Readiness readiness,
      String state,
      @Nullable UserTarget target) {}
}
