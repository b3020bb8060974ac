package io.highlyavailable.operator.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Deterministic names of cloud resources: the same app in a rebuilt cluster of the same cluster id
 * finds its data again, and a create that was sent twice meets its own first attempt.
 */
public final class Names {
  /** What every resource of ours begins with, so that listings can ask for it. */
  public static final String PREFIX = "ha-";

  /** ElastiCache's limit on replication group ids is the tightest but one: 40 characters. */
  private static final int MAX_LENGTH = 40;

  private static final int MAX_BALANCER_LENGTH = 32;

  private static final int HASH_LENGTH = 13;
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

  private Names() {}

  /**
   * The name shared by an app's cloud resources.
   *
   * @return {@code ha-<slug>-<13 base32>}, at most 40 characters of {@code [a-z0-9-]}, never with
   *     two hyphens in a row (RDS refuses them)
   */
  public static String resource(AppIdentity app) {
    return named(app, MAX_LENGTH);
  }

  private static String named(AppIdentity app, int longest) {
    int room = longest - PREFIX.length() - HASH_LENGTH - 1;
    String slug = slug(app.name(), room);
    return PREFIX + slug + "-" + hash(HASH_LENGTH, app.clusterId(), app.namespace(), app.name());
  }

  /**
   * The name of an app's load balancer and its target group, for which Elastic Load Balancing has
   * the tightest limit of all.
   *
   * @return {@code ha-<slug>-<13 base32>}, at most 32 characters of {@code [a-z0-9-]}
   */
  public static String balancer(AppIdentity app) {
    return named(app, MAX_BALANCER_LENGTH);
  }

  /**
   * The name of an app's bucket. Bucket names are global, so the account is hashed in: another
   * account's app of the same name does not collide.
   *
   * @param accountId the AWS account that will own the bucket
   * @return at most 47 characters of {@code [a-z0-9-]}; S3 allows 63
   */
  public static String bucket(AppIdentity app, String accountId) {
    return resource(app) + "-" + hash(6, accountId);
  }

  /**
   * The name of the bucket that an app's objects are copied to.
   *
   * @param accountId the AWS account that will own the bucket
   * @param region the bucket's region: copies in two regions are two buckets
   * @return at most 47 characters of {@code [a-z0-9-]}; S3 allows 63
   */
  public static String replica(AppIdentity app, String accountId, String region) {
    return resource(app) + "-" + hash(6, accountId, region);
  }

  /**
   * The name of the secret that holds the environment of an app's instances.
   *
   * @return at most 52 characters of {@code [a-z0-9-]}; Secrets Manager allows 512
   */
  public static String environment(AppIdentity app) {
    return resource(app) + "-environment";
  }

  /** Lower-case base32 of the SHA-256 of the parts, unambiguous about where each ends. */
  public static String hash(int length, String... parts) {
    byte[] digest = sha256(String.join("\0", parts));
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(BASE32.charAt(bits(digest, i * 5)));
    }
    return text.toString();
  }

  /** The first 16 hexadecimal digits of the SHA-256 of the parts. */
  public static String fingerprint(String... parts) {
    return HexFormat.of().formatHex(sha256(String.join("\0", parts)), 0, 8);
  }

  private static int bits(byte[] digest, int offset) {
    int value = 0;
    for (int i = offset; i < offset + 5; i++) {
      value = value << 1 | digest[i / 8] >> 7 - i % 8 & 1;
    }
    return value;
  }

  private static String slug(String name, int room) {
    String clean =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    String cut = clean.length() > room ? clean.substring(0, room) : clean;
    return cut.replaceAll("-+$", "");
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
