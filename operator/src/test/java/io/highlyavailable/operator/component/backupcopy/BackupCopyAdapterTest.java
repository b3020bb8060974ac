package io.highlyavailable.operator.component.backupcopy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.aws.CallListener;
import io.highlyavailable.operator.aws.CloudErrors;
import io.highlyavailable.operator.component.AwsWorld;
import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.DataTier;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.database.Database;
import io.highlyavailable.operator.component.database.DatabaseModule;
import io.highlyavailable.operator.component.engineversion.DefaultVersionModule;
import io.highlyavailable.operator.component.network.NetworkModule;
import io.highlyavailable.operator.component.parametergroup.ParameterGroupsModule;
import io.highlyavailable.operator.component.securitygroup.SecurityGroupModule;
import io.highlyavailable.operator.component.subnetgroup.SubnetGroupModule;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.Recovery;
import io.highlyavailable.testbed.aws.AwsEmulator;
import io.highlyavailable.testbed.aws.Fault;
import io.highlyavailable.testbed.junit.WithTestbed;
import io.highlyavailable.testbed.network.Network;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Copies have no tags and cannot be changed, so they do not share the contract of the others. */
@WithTestbed
class BackupCopyAdapterTest {
  private final Set<String> called = new ConcurrentSkipListSet<>();
  private final BackupCopyRules rules = new BackupCopyRules();
  private final App app =
      SampleApp.unique()
          .deletionProtection(false)
          .recovery(new Recovery(KnownUpstream.RECOVERY_REGION, true, true, true))
          .build();
  private AwsWorld world;
  private BackupCopyAdapter adapter;
  private AwsClients home;
  private BackupCopyDesired desired;

  @BeforeEach
  void makeDatabase(AwsEmulator emulator, Network network) {
    world = new AwsWorld(emulator, network);
    home = world.clients("somebody", CallListener.NONE);
    CallListener count =
        call -> called.add(CloudErrors.iamAction(call.service() + ":" + call.operation()));
    adapter = new BackupCopyAdapter(world.clients("adapter", count, KnownUpstream.RECOVERY_REGION));
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
    Database row = new DatabaseModule().adapter(home).find(app.resourceName()).orElseThrow();
    desired = ((Desired.Known<BackupCopyDesired>) rules.desired(app, upstream.ready(row))).state();
  }

  @AfterEach
  void everyCallIsAmongTheDeclaredIamActions() {
    world.emulator().faults().clear();
    assertThat(rules.iamActions()).containsAll(called);
  }

  private BackupCopy observed() {
    return adapter.list().rows().stream()
        .filter(row -> row.name().equals(app.resourceName()))
        .findFirst()
        .orElseThrow();
  }

  private List<String> fields(BackupCopy actual) {
    return rules.differences(desired, actual).stream().map(Difference::field).toList();
  }

  @Test
  void whatWasBegunIsListedAsDesiredAndInItsOwnRegionOnly() {
    BackupCopy created = adapter.create(desired, Map.of());
    assertThat(created.state()).isEqualTo("creating");
    assertThat(fields(created)).isEmpty();
    assertThat(fields(observed())).isEmpty();
    assertThat(adapter.find(app.resourceName())).contains(observed());
    assertThat(observed().id()).startsWith("arn:aws:rds:us-west-2:").isEqualTo(created.id());
    assertThat(observed().restorableTo()).isNotNull();
    assertThat(new BackupCopyAdapter(home).list().rows())
        .extracting(BackupCopy::name)
        .doesNotContain(app.resourceName());
  }

  @Test
  void whatIsNotThereIsNeitherListedNorFound() {
    assertThat(adapter.find(app.resourceName())).isEmpty();
    assertThat(adapter.list().rows())
        .extracting(BackupCopy::name)
        .doesNotContain(app.resourceName());
  }

  @Test
  void aSecondStartIsRefusedAsExisting() {
    adapter.create(desired, Map.of());
    Throwable refused = catchThrowable(() -> adapter.create(desired, Map.of()));
    assertThat(CloudErrors.classify(refused).kind()).isEqualTo(CloudFailure.Kind.EXISTS);
  }

  @Test
  void aStartWhoseAnswerIsLostIsFound() {
    var rule = world.emulator().faults().onAny().mutating().caller("adapter");
    try (Fault fault = rule.dropAfter()) {
      Throwable lost = catchThrowable(() -> adapter.create(desired, Map.of()));
      assertThat(CloudErrors.classify(lost).ambiguous()).isTrue();
      assertThat(fault.hits()).isPositive();
    }
    assertThat(fields(observed())).isEmpty();
  }

  @Test
  void anotherRetentionStopsCopyingSoThatItBeginsAgain() {
    adapter.create(desired, Map.of());
    BackupCopyDesired longer =
        new BackupCopyDesired(
            desired.name(), desired.sourceArn(), desired.sourceRegion(), 30, desired.kmsKeyArn());
    List<Difference> changes = rules.differences(longer, observed());
    assertThat(changes).extracting(Difference::field).containsExactly("backupRetentionDays");
    BackupCopy stopping = adapter.update(observed(), longer, changes);
    assertThat(stopping.deleting()).isTrue();
    assertThat(adapter.find(app.resourceName())).isEmpty();
    adapter.create(longer, Map.of());
    assertThat(rules.differences(longer, observed())).isEmpty();
  }

  @Test
  void stoppingTwiceIsNoErrorAndNeitherIsStoppingWhatLostItsSource() {
    adapter.create(desired, Map.of());
    BackupCopy row = observed();
    assertThat(adapter.delete(row, new Disposal.Delete())).isEmpty();
    assertThat(adapter.delete(row, new Disposal.Delete())).isEmpty();
    adapter.create(desired, Map.of());
    home.rds()
        .deleteDBInstance(r -> r.dbInstanceIdentifier(app.resourceName()).skipFinalSnapshot(true));
    home.rds().describeDBInstances();
    assertThat(adapter.find(app.resourceName())).isEmpty();
    assertThat(adapter.delete(row, new Disposal.Delete())).isEmpty();
  }

  @Test
  void theKeyOfAnotherRegionIsRefused() {
    BackupCopyDesired wrong =
        new BackupCopyDesired(
            desired.name(),
            desired.sourceArn(),
            desired.sourceRegion(),
            14,
            desired.kmsKeyArn().replace("us-west-2", "eu-west-1"));
    Throwable refused = catchThrowable(() -> adapter.create(wrong, Map.of()));
    assertThat(CloudErrors.classify(refused).kind()).isEqualTo(CloudFailure.Kind.INVALID);
  }
}
