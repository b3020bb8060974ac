package io.highlyavailable.operator.plan;

import io.highlyavailable.operator.component.ComponentName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the status of an earlier reconciliation recorded and later ones rely on.
 *
 * @param ids the provider's identifiers of resources that were created and seen
 * @param retained lines about what was kept, in order
 * @param finalSnapshots names of final snapshots asked for, in order
 * @param accountId the account that holds the resources; empty while there are none
 * @param region the region that holds them; empty while there are none
 */
public record Recorded(
    Map<ComponentName, String> ids,
    List<String> retained,
    List<String> finalSnapshots,
    String accountId,
    String region) {
  /** Nothing was recorded. */
  public static final Recorded NOTHING = new Recorded(Map.of(), List.of(), List.of(), "", "");

  public Recorded {
    ids = Map.copyOf(ids);
    retained = List.copyOf(retained);
    finalSnapshots = List.copyOf(finalSnapshots);
  }

  /** The identifier under which a component was seen before. */
  public Optional<String> id(ComponentName component) {
    return Optional.ofNullable(ids.get(component));
  }
}
