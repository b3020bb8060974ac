package io.highlyavailable.operator.component.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.aws.CallListener;
import io.highlyavailable.operator.aws.CloudErrors;
import io.highlyavailable.operator.component.AwsWorld;
import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.CloudFailureException;
import io.highlyavailable.operator.component.DataTier;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.engineversion.DefaultVersionModule;
import io.highlyavailable.operator.component.network.NetworkModule;
import io.highlyavailable.operator.component.parametergroup.ParameterGroupsModule;
import io.highlyavailable.operator.component.securitygroup.SecurityGroupModule;
import io.highlyavailable.operator.component.subnetgroup.SubnetGroupModule;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.RestoreTest;
import io.highlyavailable.testbed.aws.AwsEmulator;
import io.highlyavailable.testbed.aws.Fault;
import io.highlyavailable.testbed.junit.WithTestbed;
import io.highlyavailable.testbed.network.Network;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.DBInstance;

/** It is made of another instance and changed in one way only, so it has tests of its own. */
@WithTestbed
class RestoredInstanceAdapterTest {
  private static final Instant STARTED = Instant.parse("2026-11-23T10:00:00Z");

  private final Set<String> called = new ConcurrentSkipListSet<>();
  private final RestoredInstanceRules rules = new RestoredInstanceRules();
  private final App app =
      SampleApp.unique()
          .restoreTest(
              new RestoreTest(
                  Duration.ofDays(7),
                  "db.t4g.small",
                  Duration.ofHours(4),
                  new RestoreTest.Run(STARTED, "2026-11-23T09:45:00Z")))
          .build();
  private AwsWorld world;
  private AwsClients somebody;
  private RestoredInstanceAdapter adapter;
  private RestoredInstanceDesired desired;
  private DBInstance original;

  @BeforeEach
  void makeDatabase(AwsEmulator emulator, Network network) {
    world = new AwsWorld(emulator, network);
    somebody = world.clients("somebody", CallListener.NONE);
    CallListener count =
        call -> called.add(CloudErrors.iamAction(call.service() + ":" + call.operation()));
    adapter = new RestoredInstanceAdapter(world.clients("adapter", count));
    KnownUpstream upstream =
        world.upstream(
            app,
            List.of(
                new NetworkModule(),
                new SecurityGroupModule(DataTier.DATABASE),
                new SubnetGroupModule(DataTier.DATABASE),
                new DefaultVersionModule(),
                new ParameterGroupsModule(),
                new DatabaseModule()));
    desired = ((Desired.Known<RestoredInstanceDesired>) rules.desired(app, upstream)).state();
    original = instance(app.resourceName());
  }

  @AfterEach
  void neverTouchesTheOriginalAndDeclaresEveryCall() {
    world.emulator().faults().clear();
    assertThat(rules.iamActions()).containsAll(called);
    DBInstance now = instance(app.resourceName());
    assertThat(now.dbiResourceId()).isEqualTo(original.dbiResourceId());
    assertThat(now.backupRetentionPeriod()).isEqualTo(original.backupRetentionPeriod());
    assertThat(now.tagList()).isEqualTo(original.tagList());
  }

  private DBInstance instance(String name) {
    return somebody
        .rds()
        .describeDBInstances(request -> request.dbInstanceIdentifier(name))
        .dbInstances()
        .getFirst();
  }

  private Map<String, String> tags() {
    return AwsWorld.tags(app, rules.name());
  }

  private Database observed() {
    return adapter.list().rows().stream()
        .filter(row -> row.name().equals(app.resourceName() + "-verify"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void isPrivateInOneZoneAmongTheDatabasesSubnetsAndMarked() {
    adapter.create(desired, tags());
    DBInstance made = instance(app.resourceName() + "-verify");
    assertThat(made.dbInstanceClass()).isEqualTo("db.t4g.small");
    assertThat(made.multiAZ()).isFalse();
    assertThat(made.publiclyAccessible()).isFalse();
    assertThat(made.deletionProtection()).isFalse();
    assertThat(made.storageEncrypted()).isTrue();
    assertThat(made.dbSubnetGroup().dbSubnetGroupName())
        .isEqualTo(original.dbSubnetGroup().dbSubnetGroupName());
    assertThat(made.vpcSecurityGroups()).isEqualTo(original.vpcSecurityGroups());
    assertThat(observed().tags())
        .containsAllEntriesOf(tags())
        .containsEntry("highlyavailable.io/purpose", "restore-verification")
        .containsEntry("highlyavailable.io/component", "database-verification");
    assertThat(RestoredInstanceRules.started(observed())).isEqualTo(STARTED);
    assertThat(RestoredInstanceRules.restoredTo(observed())).isEqualTo("2026-11-23T09:45:00Z");
  }

  @Test
  void servesOnceItHasNoBackupsAndThePasswordOfNow() {
    adapter.create(desired, tags());
    assertThat(RestoredInstanceRules.serving(observed()))
        .isEqualTo(new Readiness.Progressing("its password is being set"));
    List<Difference> found = rules.differences(desired, observed());
    assertThat(found).extracting(Difference::field).containsExactly("backupRetentionDays");
    adapter.update(observed(), desired, found);
    observed();
    assertThat(rules.differences(desired, observed())).isEmpty();
    assertThat(RestoredInstanceRules.serving(observed())).isInstanceOf(Readiness.Ready.class);
    assertThat(RestoredInstanceRules.target(app, observed()).masterUsername()).isEqualTo("haadmin");
  }

  @Test
  void goesWithoutASnapshotAndTwiceIsNoError() {
    adapter.create(desired, tags());
    Database row = observed();
    adapter.delete(row, new Disposal.Delete());
    assertThat(adapter.find(row.name())).isEmpty();
    assertThat(adapter.delete(row, new Disposal.Delete())).isEmpty();
    assertThat(
            somebody
                .rds()
                .describeDBSnapshots(request -> request.dbInstanceIdentifier(row.name()))
                .dbSnapshots())
        .isEmpty();
  }

  @Test
  void whatDoesNotSayThatItIsTemporaryIsNeitherChangedNorDeleted() {
    adapter.create(desired, tags());
    Database database = adapter.find(app.resourceName()).orElseThrow();
    Map<String, String> unmarked = new TreeMap<>(observed().tags());
    unmarked.remove("highlyavailable.io/purpose");
    for (Database row : List.of(database, observed().withTags(unmarked))) {
      assertThatThrownBy(() -> adapter.delete(row, new Disposal.Delete()))
          .isInstanceOf(CloudFailureException.class)
          .hasMessageContaining("does not say");
      assertThatThrownBy(() -> adapter.update(row, desired, List.of()))
          .isInstanceOf(CloudFailureException.class);
      assertThat(rules.differences(desired, row)).isEmpty();
    }
    assertThat(adapter.find(app.resourceName() + "-verify")).isPresent();
  }

  @Test
  void aSecondOneIsRefusedAsExisting() {
    adapter.create(desired, tags());
    Throwable refused = catchThrowable(() -> adapter.create(desired, tags()));
    assertThat(CloudErrors.classify(refused).kind()).isEqualTo(CloudFailure.Kind.EXISTS);
  }

  @Test
  void aCreateWhoseAnswerIsLostIsFoundAgainWithAllItsTags() {
    try (Fault lost = world.emulator().faults().onAny().mutating().caller("adapter").dropAfter()) {
      assertThat(CloudErrors.classify(catchThrowable(() -> adapter.create(desired, tags()))))
          .matches(CloudFailure::ambiguous);
      assertThat(lost.hits()).isPositive();
    }
    assertThat(RestoredInstanceRules.temporary(observed())).isTrue();
    assertThat(observed().tags()).containsAllEntriesOf(tags());
  }

  @Test
  void whereThePastCannotBeHadTheNewestSnapshotIsRestored() {
    somebody
        .rds()
        .createDBSnapshot(
            request ->
                request
                    .dbInstanceIdentifier(app.resourceName())
                    .dbSnapshotIdentifier(app.resourceName() + "-by-hand"));
    instance(app.resourceName());
    try (Fault refused =
        world
            .emulator()
            .faults()
            .on("rds", "RestoreDBInstanceToPointInTime")
            .error("InvalidRestoreFault", 400, "no")) {
      adapter.create(desired, tags());
      assertThat(refused.hits()).isPositive();
    }
    assertThat(RestoredInstanceRules.temporary(observed())).isTrue();
    assertThat(RestoredInstanceRules.restoredTo(observed()))
        .isNotEqualTo("2026-11-23T09:45:00Z")
        .isNotEmpty();
  }
}
