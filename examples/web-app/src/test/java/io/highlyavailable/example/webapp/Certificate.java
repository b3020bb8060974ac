package io.highlyavailable.example.webapp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A certificate of {@code localhost} that signs itself, where servers and clients look for theirs.
 *
 * @param chain the certificate as PEM
 * @param key its private key as PEM
 * @param trust a key store of it, for clients
 */
record Certificate(Path chain, Path key, Path trust) {
  static final String TRUST_PASSWORD = "changeit";
  private static final String ALIAS = "server";

  static Certificate create(Path directory)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = directory.resolve("server.p12");
    keytool(store);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, TRUST_PASSWORD.toCharArray());
    }
    Certificate made =
        new Certificate(
            directory.resolve("cert.pem"),
            directory.resolve("key.pem"),
            directory.resolve("trust.p12"));
    var certificate = keys.getCertificate(ALIAS);
    write(made.chain, "CERTIFICATE", certificate.getEncoded());
    write(made.key, "PRIVATE KEY", keys.getKey(ALIAS, TRUST_PASSWORD.toCharArray()).getEncoded());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(ALIAS, certificate);
    try (var out = Files.newOutputStream(made.trust)) {
      trusted.store(out, TRUST_PASSWORD.toCharArray());
    }
    return made;
  }

  private static void keytool(Path store) throws IOException, InterruptedException {
    List<String> line =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            ALIAS,
            "-keyalg",
            "RSA",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            TRUST_PASSWORD,
            "-dname",
            "CN=localhost",
            "-ext",
            "san=dns:localhost,ip:127.0.0.1");
    int exit = new ProcessBuilder(line).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new IOException("keytool ended with " + exit);
    }
  }

  private static void write(Path file, String type, byte[] bytes) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    Files.writeString(
        file,
        "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(type, text, type),
        StandardCharsets.US_ASCII);
    // PostgreSQL refuses a key that others could read.
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
