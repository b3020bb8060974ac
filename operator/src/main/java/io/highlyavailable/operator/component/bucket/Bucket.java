package io.highlyavailable.operator.component.bucket;

import io.highlyavailable.operator.component.CloudResource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An S3 bucket.
 *
 * @param name its name
 * @param id its ARN
 * @param settings what can be changed
 * @param tags its tags
 */
public record Bucket(String name, String id, Settings settings, Map<String, String> tags)
    implements CloudResource {
  public Bucket {
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  /** The name of the bucket with this ARN. */
  public static String nameOf(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }

  @Override
  public String state() {
    return "available";
  }

  Bucket withTags(Map<String, String> changed) {
    return new Bucket(name, id, settings, changed);
  }

  /**
   * What can be changed.
   *
   * @param versioning whether overwritten objects are kept
   * @param encryption the default encryption's algorithm; empty for none
   * @param publicAccessBlocked whether all four ways to make objects public are closed
   * @param ownership S3's word for who owns objects
   * @param policy the bucket policy as canonical JSON; empty for none
   * @param lifecycle the lifecycle rules, each on one line, ordered
   * @param cors the CORS rules, each on one line, in their order; the first that fits counts
   * @param replication where objects are copied to, on one line; empty for nowhere
   */
  public record Settings(
      boolean versioning,
      String encryption,
      boolean publicAccessBlocked,
      String ownership,
      String policy,
      SortedSet<String> lifecycle,
      List<String> cors,
      String replication) {
    public Settings {
      lifecycle = Collections.unmodifiableSortedSet(new TreeSet<>(lifecycle));
      cors = List.copyOf(cors);
    }

    Settings replicating(String where) {
      return new Settings(
          versioning, encryption, publicAccessBlocked, ownership, policy, lifecycle, cors, where);
    }
  }
}
