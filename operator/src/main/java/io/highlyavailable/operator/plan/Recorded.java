package io.highlyavailable.operator.plan;

import io.highlyavailable.operator.component.ComponentName;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the status of an earlier reconciliation recorded and later ones rely on.
 *
 * @param ids the provider's identifiers of resources that were created and seen
 * @param begun components whose creation was begun, seen or not
 * @param retained lines about what was kept, in order
 * @param finalSnapshots names of final snapshots asked for, in order
 * @param accountId the account that holds the resources; empty while there are none
 * @param region the region that holds them; empty while there are none
 * @param recoveryRegion the region that holds their copies; empty while there are none
 * @param held changes that were said to wait
 * @param beginnings what components that hold data began with, as far as that was decided
 */
public record Recorded(
    Map<ComponentName, String> ids,
    Set<ComponentName> begun,
    List<String> retained,
    List<String> finalSnapshots,
    String accountId,
    String region,
    String recoveryRegion,
    HeldChanges held,
    Map<ComponentName, String> beginnings) {
  /** Nothing was recorded. */
  public static final Recorded NOTHING =
      new Recorded(
          Map.of(), Set.of(), List.of(), List.of(), "", "", "", HeldChanges.NONE, Map.of());

  public Recorded {
    ids = Map.copyOf(ids);
    begun = Set.copyOf(begun);
    retained = List.copyOf(retained);
    finalSnapshots = List.copyOf(finalSnapshots);
    beginnings = Map.copyOf(beginnings);
  }

  /** The same, with more components whose creation was begun. */
  public Recorded with(Set<ComponentName> more) {
    Set<ComponentName> all = new HashSet<>(begun);
    all.addAll(more);
    return new Recorded(
        ids, all, retained, finalSnapshots, accountId, region, recoveryRegion, held, beginnings);
  }

  /** The identifier under which a component was seen before. */
  public Optional<String> id(ComponentName component) {
    return Optional.ofNullable(ids.get(component));
  }

  /** Whether a component was seen before, or its creation was begun. */
  public boolean knows(ComponentName component) {
    return ids.containsKey(component) || begun.contains(component);
  }

  /**
   * The state to show for a component that cannot be seen now, so that it stays on record that its
   * creation was begun.
   */
  String state(ComponentName component) {
    return begun.contains(component) && !ids.containsKey(component) ? Report.CREATING : "";
  }
}
