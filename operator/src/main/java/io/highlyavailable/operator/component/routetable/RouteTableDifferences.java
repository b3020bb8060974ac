package io.highlyavailable.operator.component.routetable;

import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What of a route table is not as it should be.
 *
 * @param routes routes that are missing or lead elsewhere
 * @param dead destinations of routes that lead nowhere and are not ours to mend
 * @param subnets subnets that do not use it
 */
record RouteTableDifferences(
    SortedMap<String, String> routes, SortedSet<String> dead, SortedSet<String> subnets) {
  static RouteTableDifferences of(RouteTableDesired desired, RouteTable actual) {
    SortedMap<String, String> routes = new TreeMap<>(desired.routes());
    routes.entrySet().removeIf(it -> it.getValue().equals(actual.routes().get(it.getKey())));
    SortedSet<String> dead = new TreeSet<>(actual.dead());
    dead.removeAll(desired.routes().keySet());
    SortedSet<String> subnets = new TreeSet<>(desired.subnetIds());
    subnets.removeAll(actual.subnets().keySet());
    return new RouteTableDifferences(routes, dead, subnets);
  }

  List<Difference> found(RouteTable actual) {
    List<Difference> found = new ArrayList<>();
    routes.forEach(
        (to, target) ->
            found.add(
                difference("route to " + to, target, actual.routes().getOrDefault(to, "none"))));
    dead.forEach(
        to ->
            found.add(
                difference("route to " + to, "none", actual.routes().getOrDefault(to, "none"))));
    if (!subnets.isEmpty()) {
      found.add(difference("subnets", subnets.toString(), "not associated"));
    }
    return found;
  }

  private static Difference difference(String field, String desired, String actual) {
    return new Difference(field, desired, actual, Impact.IN_PLACE);
  }
}
