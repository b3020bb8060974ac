package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.api.v1alpha1.Ownership;
import io.highlyavailable.api.v1alpha1.PlannedAction;
import io.highlyavailable.api.v1alpha1.PlannedActionKind;
import io.highlyavailable.testbed.aws.Call;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.Tag;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;
import software.amazon.awssdk.services.s3.model.LifecycleRule;

/** What somebody else made becomes the app's when a person has approved what that changes. */
@WithRig
class AdoptionIT {
  private static final String RELEASE = "highlyavailable.io/allowed-namespace";
  private static final String RETAINED = "highlyavailable.io/retained";
  private final String name = "acme-" + UUID.randomUUID().toString().substring(0, 8);

  private AppRig apply(Stage stage, String block) {
    return stage.apply(
        """
        metadata: {name: shop}
        spec:
          image: ghcr.io/acme/shop:1.4.2
          deletionPolicy: Delete
          deletionProtection: false
          %s
        """
            .formatted(block));
  }

  private AppRig withDatabase(Stage stage) {
    return apply(
        stage,
        "database: {rds: {engine: postgres, storageGiB: 20, existing: {id: %s}}}".formatted(name));
  }

  private DBInstance somebodysDatabase(Rig rig, Map<String, String> tags) {
    rig.aws()
        .rds()
        .createDBInstance(
            r ->
                r.dbInstanceIdentifier(name)
                    .engine("postgres")
                    .dbInstanceClass("db.t4g.medium")
                    .allocatedStorage(100)
                    .storageEncrypted(true)
                    .multiAZ(false)
                    .publiclyAccessible(true)
                    .backupRetentionPeriod(1)
                    .dbName("orders")
                    .masterUsername("root")
                    .masterUserPassword("somebody-else")
                    .tags(
                        tags.entrySet().stream()
                            .map(t -> Tag.builder().key(t.getKey()).value(t.getValue()).build())
                            .toList()));
    await().until(() -> database(rig).dbInstanceStatus().equals("available"));
    return database(rig);
  }

  /** Without the time to which it can be restored: RDS moves that on by itself. */
  private DBInstance database(Rig rig) {
    return rig
        .aws()
        .rds()
        .describeDBInstances(r -> r.dbInstanceIdentifier(name))
        .dbInstances()
        .getFirst()
        .toBuilder()
        .latestRestorableTime(null)
        .build();
  }

  /** The operator's calls that may have changed it. */
  private List<Call> mutations(Rig rig, long mark) {
    return rig.emulator().calls().by(Rig.OPERATOR).mutations(mark).stream()
        .filter(call -> call.resource().contains(name))
        .toList();
  }

  private static void approve(AppRig app) {
    app.annotate(HighlyAvailableApp.APPROVED_PLAN_ANNOTATION, app.status().plan().hash());
  }

  @Test
  void aDatabaseIsAdoptedOnceItsChangesAreApprovedAndKeptForGood(Rig rig, Stage stage) {
    stage.operator();
    DBInstance before = somebodysDatabase(rig, Map.of(RELEASE, stage.namespace()));
    long mark = rig.emulator().calls().mark();

    AppRig app = withDatabase(stage);
    app.eventually(() -> assertThat(app.message("database")).startsWith("AdoptionPending"));
    assertThat(app.component("database").ownership()).isEqualTo(Ownership.REFERENCED);
    List<PlannedAction> shown = app.status().plan().actions();
    assertThat(shown.getFirst().action()).isEqualTo(PlannedActionKind.ADOPT);
    assertThat(shown)
        .extracting(PlannedAction::summary)
        .contains("publiclyAccessible true -> false", "multiAz false -> true")
        .contains("backupRetentionDays 1 -> 14")
        .anyMatch(line -> line.contains("password of its master user root"));
    Await.polls(rig, 3);
    assertThat(mutations(rig, mark)).isEmpty();
    assertThat(database(rig)).isEqualTo(before);

    approve(app);
    app.awaitReady();
    assertThat(app.component("database").ownership()).isEqualTo(Ownership.ADOPTED);
    assertThat(app.status().plan()).isNull();
    DBInstance after = database(rig);
    assertThat(AppInAws.tags(after)).containsEntry("highlyavailable.io/adopted", "true");
    assertThat(after.publiclyAccessible()).isFalse();
    assertThat(after.multiAZ()).isTrue();
    assertThat(after.allocatedStorage()).isEqualTo(100);
    assertThat(after.deletionProtection()).isFalse();
    assertThat(after.vpcSecurityGroups())
        .extracting(VpcSecurityGroupMembership::vpcSecurityGroupId)
        .containsAll(
            before.vpcSecurityGroups().stream()
                .map(VpcSecurityGroupMembership::vpcSecurityGroupId)
                .toList())
        .contains(app.aws().securityGroups().getFirst().groupId());
    assertThat(app.aws().subnetGroup()).isEmpty();
    assertThat(app.aws().database()).isEmpty();
    assertThat(app.secret("database"))
        .containsEntry("database", "orders")
        .containsEntry("host", after.endpoint().address());

    app.delete();
    app.awaitGone();
    assertThat(AppInAws.tags(database(rig))).containsEntry(RETAINED, "RETAIN");
    assertThat(database(rig).dbInstanceStatus()).isEqualTo("available");
  }

  @Test
  void aBucketKeepsWhatOthersSetUpInIt(Rig rig, Stage stage) {
    stage.operator();
    var s3 = rig.aws().s3();
    s3.createBucket(r -> r.bucket(name));
    s3.putBucketTagging(
        r ->
            r.bucket(name)
                .tagging(t -> t.tagSet(tag("owner", "acme"), tag(RELEASE, stage.namespace()))));
    String statement =
        """
        {"Version": "2012-10-17", "Statement": [{"Sid": "Theirs", "Effect": "Deny",
         "Principal": "*", "Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::%s/keep/*"}]}
        """
            .formatted(name);
    s3.putBucketPolicy(r -> r.bucket(name).policy(statement));

    AppRig app = apply(stage, "storage: {s3: {existing: {name: %s}}}".formatted(name));
    app.eventually(() -> assertThat(app.message("storage")).startsWith("AdoptionPending"));
    assertThat(s3.getBucketVersioning(r -> r.bucket(name)).status()).isNull();
    approve(app);
    app.awaitReady();

    assertThat(app.component("storage").ownership()).isEqualTo(Ownership.ADOPTED);
    assertThat(s3.getBucketPolicy(r -> r.bucket(name)).policy())
        .contains("Theirs", "HighlyAvailableAppTlsOnly");
    assertThat(s3.getBucketLifecycleConfiguration(r -> r.bucket(name)).rules())
        .extracting(LifecycleRule::id)
        .containsExactly("highlyavailable.io/abort-uploads");
    assertThat(app.aws().rolePolicies()).contains("arn:aws:s3:::" + name + "/*");
    assertThat(app.secret("storage")).containsEntry("bucket", name);
    assertThat(app.aws().bucketExists()).isFalse();

    app.patch("spec: {storage: null}");
    app.eventually(
        () ->
            assertThat(app.status().deletion().retained())
                .anyMatch(line -> line.startsWith("storage: ") && line.contains(name)));
    assertThat(bucketTags(rig)).containsEntry("owner", "acme").containsEntry(RETAINED, "RETAIN");
  }

  private static software.amazon.awssdk.services.s3.model.Tag tag(String key, String value) {
    return software.amazon.awssdk.services.s3.model.Tag.builder().key(key).value(value).build();
  }

  private Map<String, String> bucketTags(Rig rig) {
    return rig.aws().s3().getBucketTagging(r -> r.bucket(name)).tagSet().stream()
        .collect(Collectors.toMap(t -> t.key(), t -> t.value()));
  }

  @Test
  void whatNobodyReleasedIsLeftUntouchedAndWhatIsNotThereIsNotMade(Rig rig, Stage stage) {
    stage.operator();
    DBInstance before = somebodysDatabase(rig, Map.of(RELEASE, "another"));
    AppRig app = withDatabase(stage);
    app.eventually(
        () ->
            assertThat(app.message("database"))
                .startsWith("spec.database.rds.existing.id")
                .contains("is not released to namespace " + stage.namespace()));
    assertThat(app.component("database").nextStep())
        .contains("aws rds add-tags-to-resource", RELEASE + ",Value=" + stage.namespace());
    Await.polls(rig, 3);
    assertThat(database(rig)).isEqualTo(before);

    rig.aws().rds().deleteDBInstance(r -> r.dbInstanceIdentifier(name).skipFinalSnapshot(true));
    app.eventually(
        () -> assertThat(app.message("database")).contains("nothing is created in its place"));
    Await.polls(rig, 3);
    assertThat(app.aws().database()).isEmpty();
  }
}
