package io.highlyavailable.operator.component.database;

import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DatabaseSettings;
import io.highlyavailable.operator.model.Ownership;
import io.highlyavailable.operator.model.OwnershipTags;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where pods read. Each change of it rolls them, so it changes with the replicas that there are and
 * not with how they are: new ones are named when all that are asked for have an address.
 */
final class ReaderHosts {
  static final String KEY = "reader-host";

  private ReaderHosts() {}

  /** The replicas' hosts in order of name; empty when pods are to read from the primary. */
  static List<String> of(App app, Upstream upstream, String binding) {
    int count = app.databaseSettings().map(DatabaseSettings::readReplicas).orElse(0);
    if (count == 0) {
      return List.of();
    }
    return switch (upstream.observed(ReadReplicasRules.NAME)) {
      case Observation.Unknown<?> unknown -> known(upstream, binding);
      case Observation.Absent<?> absent -> List.of();
      case Observation.Present<?>(ReadReplicas replicas) when ours(app, replicas) ->
          hosts(replicas, count, known(upstream, binding));
      case Observation.Present<?> foreign -> List.of();
    };
  }

  private static boolean ours(App app, ReadReplicas replicas) {
    String component = ReadReplicasRules.NAME.value();
    return OwnershipTags.classify(app.identity(), component, replicas.tags()) == Ownership.OURS;
  }

  private static List<String> hosts(ReadReplicas replicas, int count, List<String> known) {
    List<String> reachable =
        replicas.names(count).stream()
            .map(replicas.members()::get)
            .filter(Objects::nonNull)
            .map(ReadReplica::instance)
            .filter(member -> !member.deleting())
            .flatMap(member -> Stream.ofNullable(member.endpoint()))
            .map(Database.Endpoint::host)
            .toList();
    return reachable.size() == count
        ? reachable
        : reachable.stream().filter(known::contains).toList();
  }

  /** What the pods have been told. */
  private static List<String> known(Upstream upstream, String binding) {
    return upstream
        .bound(binding)
        .flatMap(bound -> Optional.ofNullable(bound.data().get(KEY)))
        .map(hosts -> List.of(hosts.value().split(",")))
        .orElse(List.of());
  }
}
