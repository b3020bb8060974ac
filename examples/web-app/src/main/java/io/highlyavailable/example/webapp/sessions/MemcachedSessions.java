package io.highlyavailable.example.webapp.sessions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLContext;
import net.spy.memcached.ClientMode;
import net.spy.memcached.ConnectionFactoryBuilder;
import net.spy.memcached.ConnectionFactoryBuilder.Locator;
import net.spy.memcached.MemcachedClient;

/**
 * Sessions in Memcached. Of ElastiCache's configuration endpoint the client learns the nodes, and
 * hashes over them so that few sessions move when nodes come or go.
 */
final class MemcachedSessions implements Sessions {
  private final MemcachedClient memcached;

  MemcachedSessions(String host, int port, boolean tls) {
    ConnectionFactoryBuilder connections =
        new ConnectionFactoryBuilder()
            .setClientMode(host.contains(".cfg.") ? ClientMode.Dynamic : ClientMode.Static)
            .setLocatorType(Locator.CONSISTENT);
    try {
      if (tls) {
        connections.setSSLContext(SSLContext.getDefault()).setHostnameForTlsVerification(host);
      }
      this.memcached =
          new MemcachedClient(connections.build(), List.of(new InetSocketAddress(host, port)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has a default SSL context", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<String> find(String id) {
    return Optional.ofNullable((String) memcached.get("session:" + id));
  }

  @Override
  public void keep(String id, String value) {
    try {
      memcached.set("session:" + id, IDLE_SECONDS, value).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the session was not kept", e);
    }
  }

  @Override
  public void close() {
    memcached.shutdown();
  }
}
