package io.highlyavailable.operator.model;

import io.highlyavailable.api.v1alpha1.Defaults;
import io.highlyavailable.api.v1alpha1.HighlyAvailableAppSpec;
import io.highlyavailable.api.v1alpha1.MemcachedSpec;
import io.highlyavailable.api.v1alpha1.RedisSpec;
import io.highlyavailable.api.v1alpha1.SessionStoreSpec;
import org.jspecify.annotations.Nullable;

/** Fills in the defaults of the session store. */
final class SessionStoreDefaults {
  private SessionStoreDefaults() {}

  static @Nullable SessionStoreSettings sessionStore(HighlyAvailableAppSpec spec) {
    SessionStoreSpec store = spec.sessionStore();
    if (store == null) {
      return null;
    }
    if (store.redis() != null) {
      return replicated("redis", store.redis(), spec);
    }
    if (store.valkey() != null) {
      return replicated("valkey", store.valkey(), spec);
    }
    return store.memcached() == null ? null : memcached(store.memcached(), spec);
  }

  private static SessionStoreSettings replicated(
      String engine, RedisSpec given, HighlyAvailableAppSpec spec) {
    return new SessionStoreSettings(
        engine,
        Blocks.emptyToNull(given.version()),
        Blocks.orElse(given.nodeType(), Defaults.CACHE_NODE_TYPE),
        1 + Blocks.orElse(given.replicas(), Defaults.CACHE_REPLICAS),
        DataDefaults.policy(given.deletionPolicy(), spec));
  }

  private static SessionStoreSettings memcached(MemcachedSpec given, HighlyAvailableAppSpec spec) {
    return new SessionStoreSettings(
        SessionStoreSettings.MEMCACHED,
        Blocks.emptyToNull(given.version()),
        Blocks.orElse(given.nodeType(), Defaults.CACHE_NODE_TYPE),
        Blocks.orElse(given.nodes(), Defaults.MEMCACHED_NODES),
        DataDefaults.policy(null, spec));
  }
}
