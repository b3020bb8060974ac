package io.highlyavailable.operator.component;

import io.highlyavailable.operator.model.OwnershipTags;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What the tags of several resources, that are one to the planner, say of all of them together. */
public final class SetTags {
  /** They tell who owns a set, so they come from one member and are never mixed. */
  private static final Set<String> OWNERSHIP =
      Set.of(
          OwnershipTags.CLUSTER_ID,
          OwnershipTags.CLUSTER_UID,
          OwnershipTags.NAMESPACE,
          OwnershipTags.NAMESPACE_UID,
          OwnershipTags.NAME,
          OwnershipTags.UID,
          OwnershipTags.COMPONENT);

  private SetTags() {}

  /**
   * One member that is not ours makes the set foreign, and the set is left alone. Otherwise the
   * last in order of name speaks for all: members are tagged in that order, so it is the last to
   * learn of a new owner. Other tags count only when all members agree.
   *
   * @param all each member's tags, in order of name, at least one
   */
  public static Map<String, String> of(Collection<Map<String, String>> all) {
    Optional<Map<String, String>> foreign =
        all.stream().filter(tags -> !tags.containsKey(OwnershipTags.UID)).findFirst();
    if (foreign.isPresent()) {
      return foreign.get();
    }
    Map<String, String> common = new TreeMap<>(List.copyOf(all).getLast());
    common
        .entrySet()
        .removeIf(
            tag ->
                !OWNERSHIP.contains(tag.getKey())
                    && !all.stream()
                        .allMatch(each -> tag.getValue().equals(each.get(tag.getKey()))));
    return common;
  }
}
