package io.highlyavailable.operator.component.sessionstore;

import io.highlyavailable.operator.model.Sensitive;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A session store as it should be. It always speaks TLS.
 *
 * @param name its id
 * @param engine {@code redis}, {@code valkey} or {@code memcached}
 * @param version the engine version or its beginning, or null for ElastiCache's default
 * @param maintenanceWindow UTC {@code ddd:hh:mm-ddd:hh:mm}
 * @param settings what can be changed
 * @param subnetGroup name of the cache subnet group
 * @param securityGroupIds who reaches it, ordered
 * @param authToken the password, or null for Memcached, which has none
 * @param credential fingerprint of the password, kept in a tag so that a lost one is noticed; empty
 *     for Memcached
 */
public record SessionStoreDesired(
    String name,
    String engine,
    @Nullable String version,
    String maintenanceWindow,
    SessionStore.Settings settings,
    String subnetGroup,
    SortedSet<String> securityGroupIds,
    @Nullable Sensitive authToken,
    String credential) {
  public SessionStoreDesired {
    securityGroupIds = Collections.unmodifiableSortedSet(new TreeSet<>(securityGroupIds));
  }

  /** Whether every node has all data. */
  public boolean replicated() {
    return authToken != null;
  }
}
