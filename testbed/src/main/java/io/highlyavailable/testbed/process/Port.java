package io.highlyavailable.testbed.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A free port of 127.0.0.1, reserved for this JVM until it is closed or the JVM ends, by a file
 * lock that every run of this user's testbed asks for first. It lies below the ranges that Linux
 * and macOS take the ports of outgoing connections from, so that nobody gets it by chance between
 * our looking and the server's binding.
 */
public final class Port implements AutoCloseable {
  private static final int FIRST = 20_000;
  private static final int COUNT = 10_000;
  private static final int ATTEMPTS = 500;

  // Closing any channel of a file drops all locks that the JVM has on it (POSIX), so our own ports
  // are never reopened.
  private static final Set<Integer> HELD = ConcurrentHashMap.newKeySet();

  private final int number;
  private final FileChannel lock;

  private Port(int number, FileChannel lock) {
    this.number = number;
    this.lock = lock;
  }

  /**
   * Reserves a port that nothing listens on.
   *
   * @throws UncheckedIOException when the directory of the locks cannot be written
   * @throws IllegalStateException when 500 attempts found none
   */
  public static Port reserve() {
    for (int i = 0; i < ATTEMPTS; i++) {
      int candidate = FIRST + ThreadLocalRandom.current().nextInt(COUNT);
      if (HELD.add(candidate)) {
        FileChannel lock = tryLock(candidate);
        if (lock != null && isFree(candidate)) {
          return new Port(candidate, lock);
        }
        release(candidate, lock);
      }
    }
    throw new IllegalStateException("no free port of 127.0.0.1 from " + FIRST + " up");
  }

  /** The port's number. */
  public int number() {
    return number;
  }

  /**
   * Gives the reservation back. A server that listens on the port keeps others from it all the
   * same.
   */
  @Override
  public void close() {
    release(number, lock);
  }

  private static @Nullable FileChannel tryLock(int port) {
    try {
      Path directory =
          Files.createDirectories(
              Path.of(
                  System.getProperty("java.io.tmpdir"),
                  "highlyavailableapp-ports-" + System.getProperty("user.name")));
      FileChannel channel =
          FileChannel.open(
              directory.resolve(Integer.toString(port)),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      if (channel.tryLock() != null) {
        return channel;
      }
      channel.close();
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock port " + port, e);
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(false);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void release(int port, @Nullable FileChannel lock) {
    try {
      if (lock != null) {
        lock.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      HELD.remove(port);
    }
  }
}
