package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.highlyavailable.api.v1alpha1.Phase;
import io.highlyavailable.operator.model.OwnershipTags;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;

/** What deletion removes, what it keeps, and what it says. */
@WithRig
class DeletionIT {

  @Test
  void protectionKeepsTheDataAndSaysWhere(Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();
    AppInAws aws = app.aws();
    String password = app.secret("database-master").get("password");

    app.delete();
    app.awaitGone();

    assertThat(AppInAws.tags(aws.database().orElseThrow()))
        .containsKey(OwnershipTags.RETAINED)
        .containsEntry(OwnershipTags.NAME, "shop");
    assertThat(aws.database().orElseThrow().deletionProtection()).isTrue();
    assertThat(aws.bucketTags()).containsKey(OwnershipTags.RETAINED);
    assertThat(aws.subnetGroup()).isPresent();
    assertThat(aws.securityGroups()).hasSize(1);
    assertThat(app.secret("database-master")).containsEntry("password", password);
    assertThat(aws.role()).isEmpty();
    assertThat(aws.alarms()).isEmpty();
    assertThat(aws.dashboard()).isEmpty();
    assertThat(aws.snapshots()).isEmpty();
    assertThat(String.join("\n", app.events("Retained")))
        .contains("database: rds " + aws.database().orElseThrow().dbInstanceArn())
        .contains("storage: s3 ");
    app.eventually(() -> assertThat(app.find(Deployment.class)).isEmpty());
  }

  @Test
  void recreatedAppIsGivenItsDataBack(Rig rig, Stage stage) {
    stage.operator();
    AppRig first = stage.quickstart().awaitReady();
    String created = first.aws().database().orElseThrow().dbiResourceId();
    Map<String, String> binding = first.secret("database");
    rig.aws()
        .s3()
        .putObject(r -> r.bucket(first.aws().bucket()).key("kept"), RequestBody.fromString("kept"));
    first.delete();
    first.awaitGone();

    AppRig again = stage.quickstart().awaitReady();

    DBInstance database = again.aws().database().orElseThrow();
    assertThat(database.dbiResourceId()).isEqualTo(created);
    assertThat(again.secret("database")).isEqualTo(binding);
    assertThat(AppInAws.tags(database))
        .doesNotContainKey(OwnershipTags.RETAINED)
        .containsEntry(OwnershipTags.UID, again.get().getMetadata().getUid());
    assertThat(again.aws().bucketTags()).doesNotContainKey(OwnershipTags.RETAINED);
    assertThat(rig.aws().s3().listObjectsV2(r -> r.bucket(again.aws().bucket())).contents())
        .extracting(object -> object.key())
        .containsExactly("kept");
    assertThat(again.aws().role()).isPresent();
    assertThat(again.aws().alarms()).hasSize(9);
  }

  @Test
  void withoutProtectionAFinalSnapshotIsTakenByDefault(Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();
    AppInAws aws = app.aws();
    app.patch("spec: {deletionProtection: false}");
    app.awaitReady();

    app.delete();
    app.awaitGone();

    assertThat(aws.database()).isEmpty();
    assertThat(aws.subnetGroup()).isEmpty();
    assertThat(aws.securityGroups()).isEmpty();
    DBSnapshot snapshot = only(aws.snapshots());
    assertThat(snapshot.dbSnapshotIdentifier()).startsWith(aws.resource() + "-final-");
    assertThat(snapshot.tagList().stream().collect(Collectors.toMap(t -> t.key(), t -> t.value())))
        .containsEntry(OwnershipTags.NAME, "shop")
        .containsEntry(OwnershipTags.NAMESPACE, app.namespace());
    assertThat(aws.bucketTags()).as("a bucket has no snapshot").containsKey(OwnershipTags.RETAINED);
    assertThat(app.events("FinalSnapshot"))
        .anySatisfy(line -> assertThat(line).contains(snapshot.dbSnapshotIdentifier()));
    assertThat(app.find(Secret.class, "shop-database-master")).isEmpty();
  }

  @Test
  void recreatedAppAsksWhetherToBeginWithItsFinalSnapshot(Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();
    AppInAws aws = app.aws();
    app.patch("spec: {deletionProtection: false}");
    app.awaitReady();
    app.delete();
    app.awaitGone();
    String snapshot = only(aws.snapshots()).dbSnapshotIdentifier();

    AppRig again = stage.quickstart();
    again.eventually(
        () -> {
          assertThat(again.message("database")).contains("snapshots of an earlier database");
          assertThat(again.component("database").nextStep())
              .contains("{snapshotId: " + snapshot + "}", "{empty: true}");
        });
    assertThat(aws.database()).isEmpty();

    again.patch("spec: {database: {rds: {restoreFrom: {snapshotId: %s}}}}".formatted(snapshot));
    again.awaitReady();
    assertThat(aws.database()).isPresent();
  }

  private static DBSnapshot only(List<DBSnapshot> snapshots) {
    assertThat(snapshots).hasSize(1);
    return snapshots.getFirst();
  }

  @Test
  void policyDeleteLeavesNothing(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();
    AppInAws aws = app.aws();
    rig.aws().s3().putObject(r -> r.bucket(aws.bucket()).key("one"), RequestBody.fromString("one"));
    rig.aws().s3().deleteObject(r -> r.bucket(aws.bucket()).key("one"));
    app.patch("spec: {deletionProtection: false, deletionPolicy: Delete}");
    app.awaitReady();

    app.delete();
    app.awaitGone();

    assertThat(aws.database()).isEmpty();
    assertThat(aws.snapshots()).isEmpty();
    assertThat(aws.bucketExists()).isFalse();
    assertThat(aws.subnetGroup()).isEmpty();
    assertThat(aws.securityGroups()).isEmpty();
    assertThat(aws.role()).isEmpty();
    assertThat(aws.alarms()).isEmpty();
    assertThat(aws.dashboard()).isEmpty();
    assertThat(app.find(Secret.class, "shop-database-master")).isEmpty();
    assertThat(app.find(Secret.class, "shop-database-user-a")).isEmpty();
    assertThat(app.find(Ingress.class)).isEmpty();
  }

  @Test
  void policyRetainKeepsWhatABlockSaysEvenWithoutProtection(Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();
    AppInAws aws = app.aws();
    app.patch(
        """
        spec:
          deletionProtection: false
          deletionPolicy: Delete
          database: {rds: {deletionPolicy: Retain}}
        """);
    app.awaitReady();

    app.delete();
    app.awaitGone();

    assertThat(AppInAws.tags(aws.database().orElseThrow()))
        .containsEntry(OwnershipTags.RETAINED, "RETAIN");
    assertThat(aws.securityGroups()).hasSize(1);
    assertThat(aws.subnetGroup()).isPresent();
    assertThat(aws.snapshots()).isEmpty();
    assertThat(aws.bucketExists()).isFalse();
    assertThat(app.secret("database-master")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"database", "storage"})
  void removingABlockUnderProtectionKeepsItsData(String block, Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();
    AppInAws aws = app.aws();

    app.patch("spec: {%s: null}".formatted(block));
    app.eventually(
        () ->
            assertThat(app.status().deletion().retained())
                .anySatisfy(line -> assertThat(line).startsWith(block + ": ")));
    app.awaitReady();

    Map<String, String> tags =
        block.equals("database") ? AppInAws.tags(aws.database().orElseThrow()) : aws.bucketTags();
    assertThat(tags).containsKey(OwnershipTags.RETAINED);
    app.eventually(
        () -> assertThat(app.find(Secret.class, "shop-" + block)).as("binding").isEmpty());

    app.patch(
        block.equals("database")
            ? "spec: {database: {rds: {engine: postgres}}}"
            : "spec: {storage: {s3: {}}}");
    app.awaitReady();
    app.eventually(() -> assertThat(app.secret(block)).isNotEmpty());
    assertThat(app.component(block).id()).isNotBlank();
  }

  @Test
  void pausedAppIsNotDeletedUntilItIsResumed(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();
    app.pause();
    long mark = rig.emulator().calls().mark();

    app.delete();
    app.eventually(() -> assertThat(app.status().phase()).isEqualTo(Phase.DELETING));
    Await.polls(rig, 4);

    assertThat(app.exists()).isTrue();
    assertThat(app.find(Deployment.class)).isPresent();
    assertThat(app.mutations(mark)).isEmpty();

    app.resume();
    app.awaitGone();
  }

  @Test
  void theWorkloadGoesBeforeTheDataAndTheDatabaseBeforeItsSecurityGroup(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();
    app.patch("spec: {deletionProtection: false, deletionPolicy: Delete}");
    app.awaitReady();
    String group = app.aws().securityGroups().getFirst().groupId();
    long mark = rig.emulator().calls().mark();
    // Nobody finishes its deletion before the test lets it go.
    app.object(Ingress.class)
        .edit(
            ingress -> {
              ingress.getMetadata().getFinalizers().add("e2e.highlyavailable.io/hold");
              return ingress;
            });

    app.delete();
    app.eventually(
        () ->
            assertThat(app.status().deletion().blockedBy())
                .anySatisfy(line -> assertThat(line).startsWith("workload: ")));
    Await.polls(rig, 2);
    assertThat(app.mutations(mark)).isEmpty();

    app.object(Ingress.class)
        .edit(
            ingress -> {
              ingress.getMetadata().getFinalizers().remove("e2e.highlyavailable.io/hold");
              return ingress;
            });
    app.awaitGone();
    List<String> deletes =
        rig.emulator().calls().by(Rig.OPERATOR).mutations(mark).stream()
            .filter(call -> List.of(app.aws().resource(), group).contains(call.resource()))
            .filter(call -> call.status() == 200)
            .map(call -> call.operation())
            .filter(operation -> operation.startsWith("Delete"))
            .toList();
    assertThat(deletes)
        .containsSubsequence("DeleteDBInstance", "DeleteSecurityGroup")
        .containsSubsequence("DeleteDBInstance", "DeleteDBSubnetGroup");
  }

  @Test
  void deletingTheNamespaceKeepsTheDataToo(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();
    AppInAws aws = app.aws();

    rig.client().namespaces().withName(app.namespace()).delete();

    app.eventually(
        () ->
            assertThat(rig.client().namespaces().withName(app.namespace()).get())
                .as("namespace")
                .isNull());
    assertThat(AppInAws.tags(aws.database().orElseThrow())).containsKey(OwnershipTags.RETAINED);
    assertThat(aws.bucketTags()).containsKey(OwnershipTags.RETAINED);
    assertThat(aws.role()).isEmpty();
    assertThat(aws.alarms()).isEmpty();
    assertThat(aws.dashboard()).isEmpty();
  }
}
