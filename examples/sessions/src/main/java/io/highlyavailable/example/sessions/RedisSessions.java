package io.highlyavailable.example.sessions;

import java.util.Optional;
import redis.clients.jedis.JedisPooled;

/** Sessions in Redis or Valkey. The URI has all that a client needs: TLS, password, host, port. */
final class RedisSessions implements Sessions {
  private final JedisPooled redis;

  RedisSessions(String uri) {
    this.redis = new JedisPooled(uri);
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
