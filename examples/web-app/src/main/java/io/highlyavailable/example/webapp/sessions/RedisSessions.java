package io.highlyavailable.example.webapp.sessions;

import java.time.Duration;
import java.util.Optional;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.JedisPooled;

/** Sessions in Redis or Valkey. The URI has all that a client needs: TLS, password, host, port. */
final class RedisSessions implements Sessions {
  private static final int CONNECTIONS = 16;

  /** A request rather fails than waits longer for a connection. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final JedisPooled redis;

  RedisSessions(String uri) {
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(CONNECTIONS);
    pool.setMaxWait(PATIENCE);
    this.redis = new JedisPooled(pool, uri);
  }

  @Override
  public Optional<String> find(String id) {
    return Optional.ofNullable(redis.get("session:" + id));
  }

  @Override
  public void keep(String id, String value) {
    redis.setex("session:" + id, IDLE_SECONDS, value);
  }

  @Override
  public void close() {
    redis.close();
  }
}
