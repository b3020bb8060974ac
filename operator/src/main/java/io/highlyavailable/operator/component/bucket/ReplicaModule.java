package io.highlyavailable.operator.component.bucket;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.AdapterOf;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the bucket's copy. */
public final class ReplicaModule implements Module<BucketDesired, ReplicaBucket, AwsClients> {
  @Override
  public Component<BucketDesired, ReplicaBucket> component() {
    return new ReplicaRules();
  }

  @Override
  public Adapter<BucketDesired, ReplicaBucket> adapter(AwsClients clients) {
    return new AdapterOf<>(new BucketAdapter(clients), ReplicaBucket::new, ReplicaBucket::bucket);
  }
}
