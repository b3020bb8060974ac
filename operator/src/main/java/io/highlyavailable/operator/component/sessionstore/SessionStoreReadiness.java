package io.highlyavailable.operator.component.sessionstore;

import io.highlyavailable.operator.component.Readiness;
import java.util.Map;
import java.util.Set;

/**
 * What ElastiCache's statuses mean, as documented for {@code Status} of ReplicationGroup and {@code
 * CacheClusterStatus} of CacheCluster in its API reference.
 */
final class SessionStoreReadiness {
  /** It serves; what goes on meanwhile needs nobody. */
  private static final Set<String> SERVING = Set.of("available", "snapshotting");

  /** It does not get out of these alone; what a person does about it. */
  private static final Map<String, String> NEXT_STEPS =
      Map.of(
          "create-failed",
              "see its events in ElastiCache, then delete it there; it is created again by itself",
          "restore-failed", "delete it in ElastiCache; it is created again by itself",
          "incompatible-network", "free IP addresses in the subnets of its cache subnet group");

  private SessionStoreReadiness() {}

  static Readiness of(SessionStore actual) {
    String nextStep = NEXT_STEPS.get(actual.state());
    if (nextStep != null) {
      return new Readiness.Failed("ElastiCache reports " + actual.state(), nextStep);
    }
    boolean reachable = actual.endpoints() != null;
    return SERVING.contains(actual.state()) && reachable
        ? new Readiness.Ready()
        : new Readiness.Progressing("ElastiCache reports " + actual.state());
  }
}
