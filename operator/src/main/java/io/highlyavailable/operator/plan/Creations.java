package io.highlyavailable.operator.plan;

import io.highlyavailable.operator.component.Action;
import io.highlyavailable.operator.component.CloudResource;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * Which intents to create are on record, and what they allow. What the provider would make twice is
 * created only by the process whose intent was acknowledged; another process takes over when what
 * the first may have made would show in listings by now.
 *
 * @param recorded the intents, by component
 * @param process this operator process
 * @param now the time
 * @param settled how long after an intent a listing shows what came of it: a call's longest time
 *     and the settle window
 */
public record Creations(
    Map<ComponentName, Creation> recorded, String process, Instant now, Duration settled) {
  /** Nothing is on record. */
  public static final Creations NONE =
      new Creations(Map.of(), "nobody", Instant.EPOCH, Duration.ZERO);

  public Creations {
    recorded = Map.copyOf(recorded);
  }

  /** The intent to create a component's resource, if one is on record. */
  Optional<Creation> of(ComponentName component) {
    return Optional.ofNullable(recorded.get(component));
  }

  /** Whether another process may have made it, and the listings may not show it yet. */
  boolean unsettled(ComponentName component) {
    return of(component)
        .filter(creation -> !creation.by().equals(process))
        .filter(creation -> now.isBefore(creation.at().plus(settled)))
        .isPresent();
  }

  /** The intent to create it now; the one on record when that is ours already. */
  Creation intent(ComponentName component) {
    return of(component)
        .filter(creation -> creation.by().equals(process))
        .orElse(new Creation(process, now.truncatedTo(ChronoUnit.SECONDS)));
  }

  /** The decision as it may be carried out: a create waits until its intent is on record. */
  <R extends CloudResource> Decision<R> gate(Component<?, R> component, Decision<R> decision) {
    if (!component.needsIntent() || !(decision.action() instanceof Action.Create<?, ?>)) {
      return decision;
    }
    if (unsettled(component.name())) {
      return Decision.only(
          decision
              .report()
              .with(
                  Standing.PROGRESSING,
                  "waiting to learn whether an earlier operator process created it",
                  ""));
    }
    boolean recordedAsOurs = of(component.name()).equals(Optional.of(intent(component.name())));
    return recordedAsOurs ? decision : Decision.only(decision.report());
  }
}
