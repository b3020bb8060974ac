package io.highlyavailable.testbed.alb;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names of AWS resources in the controller's manner: {@code k8s-<8 of the namespace>-<8 of the
 * name>-<10 of a hash>}, with what is no letter or digit left out, 32 characters at most.
 */
final class ResourceNames {
  private final String clusterName;

  ResourceNames(String clusterName) {
    this.clusterName = clusterName;
  }

  String loadBalancer(StackId stack, String scheme) {
    return name(stack.namespace(), stack.name(), stack.toString(), scheme);
  }

  String securityGroup(StackId stack) {
    return name(stack.namespace(), stack.name(), stack.toString());
  }

  String targetGroup(StackId stack, Backend backend, String targetType, String protocol) {
    return name(
        stack.namespace(),
        backend.service(),
        stack.toString(),
        backend.service(),
        backend.port(),
        targetType,
        protocol);
  }

  private String name(String namespace, String name, String... identity) {
    return "k8s-%.8s-%.8s-%.10s".formatted(clean(namespace), clean(name), hash(identity));
  }

  private static String clean(String text) {
    return text.replaceAll("[^A-Za-z0-9]", "");
  }

  private String hash(String... identity) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(clusterName.getBytes(StandardCharsets.UTF_8));
      for (String part : identity) {
        digest.update((byte) 0);
        digest.update(part.getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
