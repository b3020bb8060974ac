package io.highlyavailable.example.webapp;

import java.io.InputStream;
import java.time.Duration;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The bucket. Its credentials are those of the pod's IAM role, which the SDK finds by itself; there
 * is no key to configure.
 */
final class Bucket implements AutoCloseable {
  private static final String BLOCK = "storage";
  private static final Duration CONNECTING = Duration.ofSeconds(2);
  private static final Duration SILENCE = Duration.ofSeconds(10);
  private static final Duration WHOLE_CALL = Duration.ofSeconds(60);

  private final S3Client s3;
  private final String name;

  private Bucket(S3Client s3, String name) {
    this.s3 = s3;
    this.name = name;
  }

  /**
   * The bucket that a HighlyAvailableApp's binding names.
   *
   * @throws IllegalArgumentException when a variable is missing
   */
  static Bucket bound(Variables variables) {
    S3Client s3 =
        S3Client.builder()
            .region(Region.of(variables.bound("STORAGE_REGION", BLOCK)))
            .httpClientBuilder(
                ApacheHttpClient.builder().connectionTimeout(CONNECTING).socketTimeout(SILENCE))
            .overrideConfiguration(client -> client.apiCallTimeout(WHOLE_CALL))
            .build();
    return new Bucket(s3, variables.bound("STORAGE_BUCKET", BLOCK));
  }

  void put(String key, long size, InputStream content) {
    s3.putObject(
        object -> object.bucket(name).key(key), RequestBody.fromInputStream(content, size));
  }

  InputStream get(String key) {
    return s3.getObject(object -> object.bucket(name).key(key));
  }

  /** Returns when the bucket is there and may be read, and throws when not. */
  void check() {
    s3.headBucket(
        bucket -> bucket.bucket(name).overrideConfiguration(c -> c.apiCallTimeout(CONNECTING)));
  }

  @Override
  public void close() {
    s3.close();
  }
}
