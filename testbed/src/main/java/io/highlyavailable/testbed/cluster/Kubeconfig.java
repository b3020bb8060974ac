package io.highlyavailable.testbed.cluster;

import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;

/**
 * A kubeconfig that authenticates with a bearer token.
 *
 * @param server URL of the API server
 * @param serverName the name in its certificate, where that is not the URL's host; else empty
 * @param certificateAuthority the PEM text that its certificate is checked with
 * @param token bearer token
 */
record Kubeconfig(String server, String serverName, String certificateAuthority, String token) {

  /** What every API server's certificate names. */
  static final String SERVICE = "kubernetes.default.svc";

  /** The demo stays up for days, and nothing renews the token of a process outside the cluster. */
  private static final Duration LONGEST = Duration.ofDays(365);

  /** One whose URL's host is in the certificate. */
  Kubeconfig(String server, String certificateAuthority, String token) {
    this(server, "", certificateAuthority, token);
  }

  /** The file's text. */
  String yaml() {
    return """
        apiVersion: v1
        kind: Config
        current-context: testbed
        contexts:
        - name: testbed
          context: {cluster: testbed, user: testbed}
        clusters:
        - name: testbed
          cluster:
            server: %s%s
            certificate-authority-data: %s
        users:
        - name: testbed
          user: {token: "%s"}
        """
        .formatted(
            server,
            serverName.isEmpty() ? "" : "\n    tls-server-name: " + serverName,
            Base64.getEncoder().encodeToString(certificateAuthority.getBytes()),
            token);
  }

  /** Writes it to a file that only its owner can read. */
  Path write(Path file) {
    return PrivateFile.write(file, yaml());
  }

  /** One for a service account of the cluster that this administrator's client talks to. */
  static Kubeconfig ofServiceAccount(KubernetesClient admin, String namespace, String name) {
    var request =
        new TokenRequestBuilder()
            .withNewSpec()
            .withExpirationSeconds(LONGEST.toSeconds())
            .endSpec()
            .build();
    String token =
        admin
            .serviceAccounts()
            .inNamespace(namespace)
            .withName(name)
            .tokenRequest(request)
            .getStatus()
            .getToken();
    Config config = admin.getConfiguration();
    return new Kubeconfig(config.getMasterUrl(), certificateAuthority(config), token);
  }

  /** An administrator's client for a kubeconfig file. */
  static KubernetesClient client(Path file) {
    Config config = Config.fromKubeconfig(file.toFile());
    // Many tests share one client, and each may hold dozens of watches and calls.
    config.setMaxConcurrentRequests(1024);
    config.setMaxConcurrentRequestsPerHost(1024);
    if (config.getNamespace() == null) {
      // As kubectl does for a context without one.
      config.setNamespace("default");
    }
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private static String certificateAuthority(Config config) {
    if (config.getCaCertData() != null) {
      return new String(Base64.getMimeDecoder().decode(config.getCaCertData()));
    }
    if (config.getCaCertFile() == null) {
      throw new IllegalStateException("the kubeconfig names no certificate authority");
    }
    try {
      return Files.readString(Path.of(config.getCaCertFile()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the kubeconfig's certificate authority", e);
    }
  }
}
