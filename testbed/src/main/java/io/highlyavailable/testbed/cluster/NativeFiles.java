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
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The files that the native control plane is started with: keys, tokens, policy. Each program has
 * an identity of its own, so that RBAC and the audit log tell them apart.
 */
final class NativeFiles {
  /** The identity of metrics-server. */
  static final String METRICS_SERVER = "metrics-server";

  /** The identities of what runs on a real node. */
  static final String KUBELET = "kubelet";

  static final String KUBE_PROXY = "kube-proxy";
  static final String DNS = "dns";
  private static final Set<String> OF_NODE = Set.of(KUBELET, KUBE_PROXY, DNS);

  /** The name that the API server has before kubelets. */
  static final String KUBELET_CLIENT = "kube-apiserver-kubelet-client";

  /** The name that the API server has before servers behind it. */
  static final String FRONT_PROXY = "front-proxy-client";

  private static final String ADMINISTRATORS = "system:masters";

  private final Path directory;
  private final List<Identity> identities;

  /**
   * One of those that the API server knows by a token.
   *
   * @param name of its kubeconfig
   * @param user by which RBAC and the audit log know it
   * @param group one, or none
   */
  private record Identity(String name, String user, String group, String token) {
    Identity(String name, String user, String group) {
      this(name, user, group, randomToken());
    }

    String line() {
      return group.isEmpty()
          ? "%s,%s,%s".formatted(token, user, name)
          : "%s,%s,%s,%s".formatted(token, user, name, group);
    }
  }

  /**
   * Writes new keys and tokens.
   *
   * @param withNode whether a real node is to join
   */
  NativeFiles(Path directory, boolean withNode) {
    this.directory = directory;
    this.identities = identities(withNode);
    writeTokens();
    writeServiceAccountKeys();
    writeFrontProxy();
    if (withNode) {
      writeForNode();
    }
    PrivateFile.write(auditPolicy(), resource("audit-policy.yaml"));
    // An explicit configuration also keeps the user's own ~/.kwok out.
    PrivateFile.write(kwokConfig(), resource("kwok.yaml"));
  }

  private static List<Identity> identities(boolean withNode) {
    List<Identity> all =
        new ArrayList<>(
            List.of(
                new Identity("admin", "admin", ADMINISTRATORS),
                new Identity("controller-manager", "system:kube-controller-manager", ""),
                new Identity("scheduler", "system:kube-scheduler", ""),
                new Identity("kwok", "kwok", ADMINISTRATORS),
                new Identity(METRICS_SERVER, METRICS_SERVER, ADMINISTRATORS)));
    if (withNode) {
      all.add(new Identity(KUBELET, "system:node:" + NodeNetwork.NODE, "system:nodes"));
      all.add(new Identity(KUBE_PROXY, "system:kube-proxy", ""));
      all.add(new Identity(DNS, DNS, ADMINISTRATORS));
    }
    return List.copyOf(all);
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

  /** By which the API server is known to a kubelet; an authority of its own. */
  Path kubeletClientCertificate() {
    return directory.resolve("kubelet-client.crt");
  }

  Path kubeletClientKey() {
    return directory.resolve("kubelet-client.key");
  }

  /** Tells the API server how it reaches a real node. */
  Path egressConfig() {
    return directory.resolve("egress.yaml");
  }

  /** Where a relay inside of the node's network listens for the API server. */
  Path tunnel() {
    return directory.resolve("tunnel.sock");
  }

  /** Writes the kubeconfig of each identity, once the authority is there. */
  void writeKubeconfigs(int port) {
    try {
      String authority = Files.readString(certificateAuthority());
      for (Identity one : identities) {
        Kubeconfig kubeconfig =
            OF_NODE.contains(one.name())
                ? new Kubeconfig(NodeNetwork.url(port), Kubeconfig.SERVICE, authority, one.token())
                : new Kubeconfig("https://127.0.0.1:" + port, authority, one.token());
        kubeconfig.write(kubeconfig(one.name()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the API server left no certificate", e);
    }
  }

  private void writeTokens() {
    String lines = identities.stream().map(Identity::line).collect(Collectors.joining("\n"));
    PrivateFile.write(tokens(), lines + "\n");
  }

  private void writeForNode() {
    SelfSignedCertificate client = SelfSignedCertificate.ofClient(KUBELET_CLIENT);
    PrivateFile.write(kubeletClientCertificate(), client.certificate());
    PrivateFile.write(kubeletClientKey(), client.key());
    PrivateFile.write(
        egressConfig(), resource("egress.yaml").replace("${tunnel}", tunnel().toString()));
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

  private static String randomToken() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** The text of a resource beside this class. */
  static String resource(String name) {
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
