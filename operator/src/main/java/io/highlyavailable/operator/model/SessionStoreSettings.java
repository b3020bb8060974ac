package io.highlyavailable.operator.model;

import org.jspecify.annotations.Nullable;

/**
 * A session store in ElastiCache.
 *
 * @param engine {@code redis}, {@code valkey} or {@code memcached}
 * @param version the engine version, or null for ElastiCache's default
 * @param nodeType such as {@code cache.t4g.small}
 * @param nodes how many nodes, a primary included
 * @param deletionPolicy what becomes of it when removed; memcached has no snapshot, so {@code
 *     SNAPSHOT} deletes
 */
public record SessionStoreSettings(
    String engine,
    @Nullable String version,
    String nodeType,
    int nodes,
    DeletionPolicy deletionPolicy) {
  /** The engine whose nodes each have a share of the data, and no copies. */
  public static final String MEMCACHED = "memcached";

  /** Whether every node has all data. */
  public boolean replicated() {
    return !engine.equals(MEMCACHED);
  }
}
