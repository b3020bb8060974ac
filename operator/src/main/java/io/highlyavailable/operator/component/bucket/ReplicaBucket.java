package io.highlyavailable.operator.component.bucket;

import io.highlyavailable.operator.component.CloudResource;
import java.util.Map;

/**
 * The bucket that an app's objects are copied to.
 *
 * @param bucket the bucket
 */
public record ReplicaBucket(Bucket bucket) implements CloudResource {
  @Override
  public String name() {
    return bucket.name();
  }

  @Override
  public String id() {
    return bucket.id();
  }

  @Override
  public Map<String, String> tags() {
    return bucket.tags();
  }

  @Override
  public String state() {
    return bucket.state();
  }
}
