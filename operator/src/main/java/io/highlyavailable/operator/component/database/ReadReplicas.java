package io.highlyavailable.operator.component.database;

import io.highlyavailable.operator.component.EngineVersion;
import io.highlyavailable.operator.component.RunningEngine;
import io.highlyavailable.operator.component.SetTags;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * All read replicas of an app's database, named {@code <database>-r1} and so on. One that somebody
 * promoted holds data of its own and is none any more.
 *
 * @param name the app's resource name
 * @param members the replicas by name
 * @param promoted names of instances that were replicas once, ordered
 */
public record ReadReplicas(
    String name, SortedMap<String, ReadReplica> members, SortedSet<String> promoted)
    implements RunningEngine {
  public ReadReplicas {
    members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    promoted = Collections.unmodifiableSortedSet(new TreeSet<>(promoted));
  }

  /** The name of a replica: the first has number 1. */
  static String member(String name, int number) {
    return name + "-r" + number;
  }

  /** The names of so many replicas: numbers from 1, without those of promoted instances. */
  List<String> names(int count) {
    return IntStream.iterate(1, number -> number + 1)
        .mapToObj(number -> member(name, number))
        .filter(member -> !promoted.contains(member))
        .limit(count)
        .toList();
  }

  /** The first replica's ARN stands for all. */
  @Override
  public String id() {
    return members.isEmpty() ? "" : members.firstEntry().getValue().instance().id();
  }

  /** Nobody's, once all were promoted: what they hold is not the operator's to dispose of. */
  @Override
  public Map<String, String> tags() {
    return members.isEmpty()
        ? Map.of()
        : SetTags.of(members.values().stream().map(ReadReplica::tags).toList());
  }

  /** How many are in which state, such as {@code 2 available}. */
  @Override
  public String state() {
    return members.values().stream()
        .collect(
            Collectors.groupingBy(
                member -> member.instance().state(), TreeMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .map(state -> state.getValue() + " " + state.getKey())
        .collect(Collectors.joining(", "));
  }

  @Override
  public boolean inTransition() {
    return members.values().stream().anyMatch(member -> member.instance().inTransition());
  }

  @Override
  public boolean deleting() {
    return !members.isEmpty()
        && members.values().stream().allMatch(member -> member.instance().deleting());
  }

  @Override
  public String engine() {
    return members.isEmpty() ? "" : members.firstEntry().getValue().instance().engine();
  }

  /** The oldest of theirs; empty while there are none. */
  @Override
  public String version() {
    return members.values().stream()
        .map(member -> member.instance().version())
        .reduce((one, other) -> EngineVersion.olderThan(one, other) ? one : other)
        .orElse("");
  }

  @Override
  public Set<String> parameterGroups() {
    return members.values().stream()
        .flatMap(member -> member.instance().parameterGroups().stream())
        .collect(Collectors.toUnmodifiableSet());
  }
}
