package io.highlyavailable.operator.component.bucket;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.BucketSettings;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.Names;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The bucket in the recovery region, as private as the original and kept as long. */
public final class ReplicaRules implements Component<BucketDesired, ReplicaBucket> {
  /** The component's name. */
  public static final ComponentName NAME = new ComponentName("storage-replica");

  @Override
  public ComponentName name() {
    return NAME;
  }

  @Override
  public String kind() {
    return "s3";
  }

  @Override
  public String condition() {
    return "BackupsReady";
  }

  @Override
  public Class<ReplicaBucket> resourceType() {
    return ReplicaBucket.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of();
  }

  @Override
  public boolean wanted(App app) {
    return app.bucketCopies().isPresent();
  }

  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    return settings.accountId().isEmpty() || settings.recoveryRegion().isEmpty()
        ? Optional.empty()
        : Optional.of(
            Names.replica(app.identity(), settings.accountId(), settings.recoveryRegion()));
  }

  @Override
  public Desired<BucketDesired> desired(App app, Upstream upstream) {
    Upstream.Settings settings = upstream.settings();
    String name = Names.replica(app.identity(), settings.accountId(), settings.recoveryRegion());
    BucketSettings wanted = app.bucketSettings().orElseThrow();
    return new Desired.Known<>(
        BucketRules.desired(
            name, settings.partition(), wanted, List.of(), new Replication.None(), null));
  }

  @Override
  public List<Difference> differences(BucketDesired desired, ReplicaBucket actual) {
    return BucketRules.between(desired, actual.bucket());
  }

  @Override
  public Readiness readiness(BucketDesired desired, ReplicaBucket actual) {
    return new Readiness.Ready();
  }

  @Override
  public String remark(ReplicaBucket actual) {
    return "holds what was written since copying began; S3 Batch Replication copies what is older";
  }

  @Override
  public boolean holdsData() {
    return true;
  }

  @Override
  public boolean inRecoveryRegion() {
    return true;
  }

  @Override
  public DeletionPolicy deletionPolicy(App app) {
    return app.bucketSettings().map(BucketSettings::deletionPolicy).orElse(app.deletionPolicy());
  }

  @Override
  public Set<String> iamActions() {
    return BucketRules.IAM_ACTIONS;
  }
}
