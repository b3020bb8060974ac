package io.highlyavailable.operator.credentials;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A server's certificate, signed by itself, and its key: of an elliptic curve, because to make one
 * of RSA takes half a minute on a busy machine, and each handshake a while.
 *
 * @param certificate in PEM
 * @param key in PEM
 */
record TlsFiles(Path certificate, Path key) {
  private static final String WORD = "changeit";

  /** Those in a directory; made when they are not there. */
  static TlsFiles in(Path directory) {
    TlsFiles files = new TlsFiles(directory.resolve("server.crt"), directory.resolve("server.key"));
    if (Files.exists(files.key)) {
      return files;
    }
    try {
      KeyStore keys = keys(directory.resolve("server.p12"));
      certificate(keys, directory);
      key(keys, directory);
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyStore keys(Path file) throws IOException, GeneralSecurityException {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                WORD,
                "-dname",
                "CN=localhost")
            .inheritIO()
            .start();
    try {
      if (keytool.waitFor() != 0) {
        throw new IllegalStateException("keytool failed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, WORD.toCharArray());
    }
    return keys;
  }

  private static Path certificate(KeyStore keys, Path directory)
      throws IOException, GeneralSecurityException {
    return Files.writeString(
        directory.resolve("server.crt"),
        pem("CERTIFICATE", keys.getCertificate("server").getEncoded()));
  }

  private static Path key(KeyStore keys, Path directory)
      throws IOException, GeneralSecurityException {
    Path file =
        Files.writeString(
            directory.resolve("server.key"),
            pem("PRIVATE KEY", keys.getKey("server", WORD.toCharArray()).getEncoded()));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static String pem(String type, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, body, type);
  }
}
