package io.highlyavailable.testbed.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/**
 * The files that the native control plane is started with: keys, tokens, policy. Each program has
 * an identity of its own, so that RBAC and the audit log tell them apart.
 */
final class NativeFiles {
  /** The identity of metrics-server. */
  static final String METRICS_SERVER = "metrics-server";

  /** The name that the API server has before servers behind it. */
  static final String FRONT_PROXY = "front-proxy-client";

  private final Path directory;
  private final Map<String, String> tokens;

  /** Writes new keys and tokens. */
  NativeFiles(Path directory) {
    this.directory = directory;
    this.tokens =
        Map.of(
            "admin",
            token(),
            "controller-manager",
            token(),
            "scheduler",
            token(),
            "kwok",
            token(),
            METRICS_SERVER,
            token());
    writeTokens();
    writeServiceAccountKeys();
    writeFrontProxy();
    PrivateFile.write(auditPolicy(), resource("audit-policy.yaml"));
    // An explicit configuration also keeps the user's own ~/.kwok out.
    PrivateFile.write(kwokConfig(), resource("kwok.yaml"));
  }

  Path directory() {
    return directory;
  }

  Path tokens() {
    return directory.resolve("tokens.csv");
  }

  Path serviceAccountKey() {
    return directory.resolve("service-account.key");
  }

  Path serviceAccountPublicKey() {
    return directory.resolve("service-account.pub");
  }

  Path auditPolicy() {
    return directory.resolve("audit-policy.yaml");
  }

  Path auditLog() {
    return directory.resolve("audit.log");
  }

  Path kwokConfig() {
    return directory.resolve("kwok.yaml");
  }

  /** By which the API server is known to the servers behind it; an authority of its own. */
  Path frontProxyCertificate() {
    return directory.resolve("front-proxy.crt");
  }

  Path frontProxyKey() {
    return directory.resolve("front-proxy.key");
  }

  /** Where the API server puts the certificate and the authority that it makes for itself. */
  Path certificates() {
    return directory.resolve("certificates");
  }

  /**
   * The serving certificate followed by the authority that signed it, made by the API server when
   * it starts.
   */
  Path certificateAuthority() {
    return certificates().resolve("apiserver.crt");
  }

  /** Belongs to {@link #certificateAuthority}. */
  Path certificateKey() {
    return certificates().resolve("apiserver.key");
  }

  Path kubeconfig(String identity) {
    return directory.resolve(identity + ".kubeconfig");
  }

  /** Writes the kubeconfig of each identity, once the authority is there. */
  void writeKubeconfigs(String server) {
    try {
      String authority = Files.readString(certificateAuthority());
      tokens.forEach(
          (identity, token) ->
              new Kubeconfig(server, authority, token).write(kubeconfig(identity)));
    } catch (IOException e) {
      throw new UncheckedIOException("the API server left no certificate", e);
    }
  }

  private void writeTokens() {
    PrivateFile.write(
        tokens(),
        """
        %s,admin,admin,system:masters
        %s,system:kube-controller-manager,controller-manager
        %s,system:kube-scheduler,scheduler
        %s,kwok,kwok,system:masters
        %s,metrics-server,metrics-server,system:masters
        """
            .formatted(
                tokens.get("admin"),
                tokens.get("controller-manager"),
                tokens.get("scheduler"),
                tokens.get("kwok"),
                tokens.get(METRICS_SERVER)));
  }

  private void writeFrontProxy() {
    SelfSignedCertificate proxy = SelfSignedCertificate.ofClient(FRONT_PROXY);
    PrivateFile.write(frontProxyCertificate(), proxy.certificate());
    PrivateFile.write(frontProxyKey(), proxy.key());
  }

  private void writeServiceAccountKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      KeyPair pair = generator.generateKeyPair();
      PrivateFile.write(serviceAccountKey(), pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
      PrivateFile.write(
          serviceAccountPublicKey(), pem("PUBLIC KEY", pair.getPublic().getEncoded()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String type, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, body, type);
  }

  private static String token() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static String resource(String name) {
    try (InputStream in = NativeFiles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource missing: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
