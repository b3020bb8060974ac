package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.component.UserSlot;
import io.highlyavailable.operator.model.Sensitive;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of an app's database users.
 *
 * @param image the operator's own image; empty when it is not configured
 * @param slots the passwords that are written down
 * @param bound every binding whose Secret exists, as the pods get it
 * @param deployment the app's Deployment, or null while there is none
 * @param instancesCurrent whether no EC2 instance of the app has earlier bindings
 * @param jobs the app's Jobs of {@link UserRules#PURPOSE}
 * @param pods their pods
 */
public record UserFacts(
    String image,
    Map<UserSlot, Password> slots,
    List<Binding> bound,
    @Nullable Deployment deployment,
    boolean instancesCurrent,
    List<Job> jobs,
    List<Pod> pods) {
  public UserFacts {
    slots = Map.copyOf(slots);
    bound = List.copyOf(bound);
    jobs = List.copyOf(jobs);
    pods = List.copyOf(pods);
  }

  /** What is known of an app that runs in pods. */
  public UserFacts(
      String image,
      Map<UserSlot, Password> slots,
      List<Binding> bound,
      @Nullable Deployment deployment,
      List<Job> jobs,
      List<Pod> pods) {
    this(image, slots, bound, deployment, true, jobs, pods);
  }

  /** The database's binding, if its Secret exists. */
  Optional<Binding> database() {
    return bound.stream().filter(binding -> binding.suffix().equals("database")).findFirst();
  }

  /**
   * A password that is written down.
   *
   * @param password the password
   * @param rotation the request for new credentials it was made for; empty for none
   */
  public record Password(Sensitive password, String rotation) {}
}
