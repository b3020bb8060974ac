package io.highlyavailable.operator.component.bucket;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the bucket. */
public final class BucketModule implements Module<BucketDesired, Bucket, AwsClients> {
  @Override
  public Component<BucketDesired, Bucket> component() {
    return new BucketRules();
  }

  @Override
  public Adapter<BucketDesired, Bucket> adapter(AwsClients clients) {
    return new BucketAdapter(clients);
  }
}
