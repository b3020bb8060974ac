package io.highlyavailable.operator.component.parametergroup;

import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The DB parameter groups as they should be.
 *
 * @param name the app's resource name
 * @param families the families that need a group, by the group's name
 * @param tls the parameter that each group sets
 * @param inUse names of groups that the database uses and that stay as long as it does
 */
public record ParameterGroupsDesired(
    String name, SortedMap<String, String> families, ForcedTls tls, Set<String> inUse) {
  public ParameterGroupsDesired {
    families = Collections.unmodifiableSortedMap(new TreeMap<>(families));
    inUse = Set.copyOf(inUse);
  }
}
