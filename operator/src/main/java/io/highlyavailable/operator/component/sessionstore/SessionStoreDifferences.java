package io.highlyavailable.operator.component.sessionstore;

import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.EngineVersion;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares the owned fields of a session store. Versions that ElastiCache has upgraded are not
 * differences. The impacts are those of ModifyReplicationGroup, ModifyCacheCluster and
 * IncreaseReplicaCount in ElastiCache's API reference.
 */
final class SessionStoreDifferences {
  static final String NODE_TYPE = "nodeType";
  static final String NODES = "nodes";
  static final String FAILOVER = "automaticFailover";
  static final String MULTI_AZ = "multiAz";
  static final String SNAPSHOTS = "snapshotRetentionDays";
  static final String MINOR_UPGRADE = "autoMinorVersionUpgrade";
  static final String SECURITY_GROUPS = "securityGroupIds";
  static final String MAINTENANCE = "maintenanceWindow";
  static final String VERSION = "version";
  static final String AUTH_TOKEN = "authToken";

  /** Fingerprint of the password that the store was last given, and since when it had another. */
  static final String CREDENTIAL_TAG = "highlyavailable.io/credential";

  private final List<Difference> found = new ArrayList<>();

  private SessionStoreDifferences() {}

  static List<Difference> between(SessionStoreDesired desired, SessionStore actual) {
    SessionStoreDifferences differences = new SessionStoreDifferences();
    differences.compare("engine", desired.engine(), actual.engine(), Impact.REPLACING);
    if (!differences.found.isEmpty()) {
      return List.copyOf(differences.found);
    }
    differences.protection(desired, actual);
    differences.capacity(desired, actual);
    differences.availability(desired.settings(), actual.settings());
    SessionStore.Members members = actual.members();
    if (members != null) {
      differences.members(desired, members);
    }
    return List.copyOf(differences.found);
  }

  private void protection(SessionStoreDesired desired, SessionStore actual) {
    SessionStore.Security have = actual.security();
    compare("encryptedInTransit", true, have.inTransit(), Impact.REPLACING);
    if (desired.replicated()) {
      compare("encryptedAtRest", true, have.atRest(), Impact.REPLACING);
      if (!hasToken(desired, actual)) {
        found.add(new Difference(AUTH_TOKEN, "the one in its Secret", "another", Impact.IN_PLACE));
      }
    }
  }

  /**
   * A store was created with the password, or was given it after the tag was written: the tag is
   * written first, with the time of the last change, and counts once that time has moved on.
   */
  private static boolean hasToken(SessionStoreDesired desired, SessionStore actual) {
    SessionStore.Security security = actual.security();
    String tag = actual.tags().getOrDefault(CREDENTIAL_TAG, "");
    String[] parts = tag.split("@", 2);
    boolean moved = parts.length == 1 || !parts[1].equals(security.authTokenSince());
    return security.authToken() && parts[0].equals(desired.credential()) && moved;
  }

  /** The tag that says which password a store is about to be given. */
  static String credential(SessionStoreDesired desired, SessionStore actual) {
    return desired.credential() + "@" + actual.security().authTokenSince();
  }

  private void capacity(SessionStoreDesired desired, SessionStore actual) {
    Impact resize = desired.replicated() ? Impact.DISRUPTIVE : Impact.REPLACING;
    compare(NODE_TYPE, desired.settings().nodeType(), actual.settings().nodeType(), resize);
    compare(NODES, desired.settings().nodes(), actual.settings().nodes(), Impact.IN_PLACE);
  }

  private void availability(SessionStore.Settings want, SessionStore.Settings have) {
    compare(FAILOVER, want.automaticFailover(), have.automaticFailover(), Impact.IN_PLACE);
    compare(MULTI_AZ, want.multiAz(), have.multiAz(), Impact.IN_PLACE);
    compare(SNAPSHOTS, want.snapshotRetentionDays(), have.snapshotRetentionDays(), Impact.IN_PLACE);
    compare(
        MINOR_UPGRADE,
        want.autoMinorVersionUpgrade(),
        have.autoMinorVersionUpgrade(),
        Impact.IN_PLACE);
  }

  private void members(SessionStoreDesired desired, SessionStore.Members have) {
    compare("subnetGroup", desired.subnetGroup(), have.subnetGroup(), Impact.REPLACING);
    compare(SECURITY_GROUPS, desired.securityGroupIds(), have.securityGroupIds(), Impact.IN_PLACE);
    compare(MAINTENANCE, desired.maintenanceWindow(), have.maintenanceWindow(), Impact.IN_PLACE);
    String version = desired.version();
    if (version != null && EngineVersion.olderThan(have.version(), version)) {
      found.add(new Difference(VERSION, version, have.version(), Impact.DISRUPTIVE));
    }
  }

  private void compare(String field, Object desired, Object actual, Impact impact) {
    if (!desired.equals(actual)) {
      found.add(new Difference(field, desired.toString(), actual.toString(), impact));
    }
  }
}
