package io.highlyavailable.operator.component.bucket;

import io.highlyavailable.operator.component.Adoption;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.BucketSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes over a bucket that somebody else made. */
final class BucketAdoption implements Adoption<BucketDesired, Bucket> {
  @Override
  public Optional<String> existing(App app) {
    return app.bucketSettings().map(BucketSettings::existing);
  }

  @Override
  public String field() {
    return "spec.storage.s3.existing.name";
  }

  /** Unlike {@code put-bucket-tagging} it leaves the bucket's other tags alone. */
  @Override
  public String tagCommand(String accountId, String id, String key, String value) {
    return "aws s3control tag-resource --account-id %s --resource-arn %s --tags Key=%s,Value=%s"
        .formatted(accountId, id, key, value);
  }

  /** A bucket's replication has one role for all of its rules: there is no room for ours. */
  @Override
  public Optional<Desired.Impossible<BucketDesired>> refusal(
      App app, BucketDesired desired, Bucket actual) {
    String replication = actual.settings().replication();
    boolean theirs = !replication.isEmpty() && !Replication.ours(replication);
    return theirs && app.bucketCopies().isPresent()
        ? Optional.of(
            new Desired.Impossible<>(
                "is replicated already, with " + replication,
                "Set spec.disasterRecovery.storageReplication to false, or have that replication"
                    + " removed"))
        : Optional.empty();
  }

  @Override
  public List<String> effects(App app, Bucket actual) {
    List<String> effects = new ArrayList<>();
    effects.add("the app's role may read, write and delete the objects in it");
    app.bucketCopies()
        .ifPresent(
            copies ->
                effects.add(
                    "objects written from then on are copied to region " + copies.region()));
    return effects;
  }
}
