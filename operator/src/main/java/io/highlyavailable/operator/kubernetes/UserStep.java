package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.highlyavailable.operator.component.DatabaseUser;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.UserSlot;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done about an app's database users, and what there is to say.
 *
 * @param asked whether there is a database to have users of
 * @param user whom the pods are to log in as; null while nobody new can be named, and the binding
 *     stays as it is
 * @param readiness whether that is the user that is wanted
 * @param state one word
 * @param job name of the Job it is about; empty for none
 * @param create a Job to create, or null
 * @param delete Jobs of no more use
 * @param renew the slot that needs a new password before anything else, or null
 * @param handled the request for new credentials that the pods' are of; empty for none
 */
public record UserStep(
    boolean asked,
    @Nullable DatabaseUser user,
    Readiness readiness,
    String state,
    String job,
    @Nullable Job create,
    List<Job> delete,
    @Nullable UserSlot renew,
    String handled) {
  public UserStep {
    delete = List.copyOf(delete);
  }

  /** Whom the pods are to log in as, if that can be said anew. */
  public Optional<DatabaseUser> toBind() {
    return Optional.ofNullable(user);
  }

  /** A Job to create, if there is one. */
  public Optional<Job> toCreate() {
    return Optional.ofNullable(create);
  }

  /** A slot that needs a new password, if there is one. */
  public Optional<UserSlot> toRenew() {
    return Optional.ofNullable(renew);
  }
}
