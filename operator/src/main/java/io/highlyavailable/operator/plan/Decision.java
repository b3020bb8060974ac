package io.highlyavailable.operator.plan;

import io.highlyavailable.operator.component.Action;
import io.highlyavailable.operator.component.CloudResource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was decided for one wanted component.
 *
 * @param report what there is to say
 * @param action what to do next, or null
 * @param owned the app's own or referenced resource, or null while there is none
 * @param gated changes that need the gate, let through or not
 * @param closed whether the gate holds any of them back
 */
record Decision<R extends CloudResource>(
    Report report,
    @Nullable Action<?, R> action,
    @Nullable R owned,
    List<HeldChanges.Change> gated,
    boolean closed) {

  Decision(Report report, @Nullable Action<?, R> action, @Nullable R owned) {
    this(report, action, owned, List.of(), false);
  }

  static <R extends CloudResource> Decision<R> only(Report report) {
    return new Decision<>(report, null, null);
  }

  Optional<R> resource() {
    return Optional.ofNullable(owned);
  }
}
