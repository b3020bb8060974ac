package io.highlyavailable.operator.component.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.aws.CallListener;
import io.highlyavailable.operator.aws.CloudErrors;
import io.highlyavailable.operator.component.AwsWorld;
import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.Recovery;
import io.highlyavailable.operator.model.TableSettings;
import io.highlyavailable.testbed.aws.AwsEmulator;
import io.highlyavailable.testbed.aws.Fault;
import io.highlyavailable.testbed.junit.WithTestbed;
import io.highlyavailable.testbed.network.Network;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A replica has no tags of ours and is made elsewhere, so it has tests of its own. */
@WithTestbed
class TableReplicaAdapterTest {
  private static final Duration NONE = Duration.ZERO;
  private static final Duration LONG = Duration.ofHours(1);

  private final Set<String> called = new ConcurrentSkipListSet<>();
  private final TableReplicaRules rules = new TableReplicaRules();
  private final App app =
      SampleApp.unique()
          .table(
              new TableSettings(
                  new TableSettings.Key("id", "S"), null, true, "", DeletionPolicy.DELETE))
          .recovery(new Recovery(KnownUpstream.RECOVERY_REGION, true, true, true))
          .build();
  private AwsWorld world;
  private AwsClients home;
  private TableReplicaAdapter adapter;
  private TableReplicaDesired desired;

  @BeforeEach
  void makeTable(AwsEmulator emulator, Network network) {
    world = new AwsWorld(emulator, network);
    home = world.clients("somebody", CallListener.NONE);
    adapter = adapter("adapter", KnownUpstream.RECOVERY_REGION);
    KnownUpstream upstream = world.upstream(app, List.of(new TableModule()));
    Table table = new TableModule().adapter(home).find(app.resourceName()).orElseThrow();
    desired =
        ((Desired.Known<TableReplicaDesired>) rules.desired(app, upstream.ready(table))).state();
  }

  private TableReplicaAdapter adapter(String caller, String region) {
    CallListener count =
        call -> called.add(CloudErrors.iamAction(call.service() + ":" + call.operation()));
    return new TableReplicaAdapter(world.clients(caller, count, region));
  }

  @AfterEach
  void everyCallIsAmongTheDeclaredIamActions() {
    world.emulator().faults().clear();
    world.emulator().transitions().dynamoDb(NONE, NONE, NONE);
    world.emulator().transitions().complete();
    assertThat(rules.iamActions()).containsAll(called);
  }

  private TableReplica observed() {
    assertThat(adapter.list().namesOnly()).contains(app.resourceName());
    return adapter.find(app.resourceName()).orElseThrow();
  }

  private List<String> fields(TableReplica actual) {
    return rules.differences(desired, actual).stream().map(Difference::field).toList();
  }

  /** The engine's way: what the call does not take is set when the replica is active. */
  private TableReplica create() {
    adapter.create(desired, Map.of());
    TableReplica active = observed();
    return adapter.update(active, desired, rules.differences(desired, active));
  }

  @Test
  void whatWasCreatedIsFoundAsDesired() {
    TableReplica asked = adapter.create(desired, Map.of());
    assertThat(asked.state()).isEqualTo("CREATING");
    assertThat(fields(observed())).containsExactly("deletionProtection", "pointInTimeRecovery");
    TableReplica changed = adapter.update(observed(), desired, rules.differences(desired, asked));
    assertThat(fields(changed)).isEmpty();
    assertThat(fields(observed())).isEmpty();
    assertThat(observed().id()).isEqualTo(asked.id()).startsWith("arn:aws:dynamodb:us-west-2:");
    assertThat(observed().regions()).containsExactly("us-east-1");
  }

  @Test
  void theTableTellsOfItsReplica() {
    create();
    assertThat(new TableModule().adapter(home).find(app.resourceName()).orElseThrow().replicas())
        .containsOnlyKeys(KnownUpstream.RECOVERY_REGION);
  }

  @Test
  void aTableOfOneRegionIsNoReplica() {
    assertThat(adapter("adapter", "us-east-1").find(app.resourceName())).isEmpty();
    assertThat(adapter.find(app.resourceName())).isEmpty();
  }

  @Test
  void whileItIsMadeItIsInTransition() {
    world.emulator().transitions().dynamoDb(LONG, NONE, NONE);
    adapter.create(desired, Map.of());
    assertThat(observed().state()).isEqualTo("CREATING");
    assertThat(observed().inTransition()).isTrue();
    assertThat(observed().pointInTimeRecovery()).isFalse();
  }

  @Test
  void aSecondCreateIsRefused() {
    create();
    Throwable refused = catchThrowable(() -> adapter.create(desired, Map.of()));
    assertThat(refused).isNotNull();
    assertThat(CloudErrors.classify(refused).ambiguous()).isFalse();
  }

  @Test
  void aCreateWhoseAnswerIsLostIsFoundAgain() {
    try (Fault lost = world.emulator().faults().onAny().mutating().caller("adapter").dropAfter()) {
      CloudFailure failure =
          CloudErrors.classify(catchThrowable(() -> adapter.create(desired, Map.of())));
      assertThat(failure.ambiguous()).isTrue();
      assertThat(lost.hits()).isPositive();
    }
    assertThat(observed().regions()).containsExactly("us-east-1");
  }

  @Test
  void driftOfEachFieldIsPutBack() {
    create();
    var away = world.clients("somebody", CallListener.NONE, KnownUpstream.RECOVERY_REGION);
    away.dynamoDb()
        .updateTable(r -> r.tableName(app.resourceName()).deletionProtectionEnabled(false));
    assertThat(fields(observed())).containsExactly("deletionProtection");
    adapter.update(observed(), desired, rules.differences(desired, observed()));
    away.dynamoDb()
        .updateContinuousBackups(
            r ->
                r.tableName(app.resourceName())
                    .pointInTimeRecoverySpecification(it -> it.pointInTimeRecoveryEnabled(false)));
    assertThat(fields(observed())).containsExactly("pointInTimeRecovery");
    adapter.update(observed(), desired, rules.differences(desired, observed()));
    assertThat(fields(observed())).isEmpty();
  }

  @Test
  void protectionIsLiftedThenTheReplicaGoesAndTheTableStays() {
    TableReplica replica = create();
    observed();
    assertThat(adapter.delete(replica, new Disposal.Delete()).orElseThrow().deletionProtection())
        .isFalse();
    observed();
    assertThat(adapter.delete(replica, new Disposal.Delete()).orElseThrow().deleting()).isTrue();
    assertThat(adapter.find(app.resourceName())).isEmpty();
    assertThat(adapter.delete(replica, new Disposal.Delete())).isEmpty();
    assertThat(new TableModule().adapter(home).find(app.resourceName()).orElseThrow().replicas())
        .isEmpty();
  }

  @Test
  void whatIsATableOfItsOwnByNowIsNotDeleted() {
    TableReplica replica = create();
    adapter.delete(observed(), new Disposal.Delete());
    observed();
    adapter.delete(observed(), new Disposal.Delete());
    var away = world.clients("somebody", CallListener.NONE, KnownUpstream.RECOVERY_REGION);
    assertThat(adapter.find(app.resourceName())).isEmpty();
    away.dynamoDb()
        .createTable(
            r ->
                r.tableName(app.resourceName())
                    .billingMode("PAY_PER_REQUEST")
                    .keySchema(key -> key.attributeName("id").keyType("HASH"))
                    .attributeDefinitions(it -> it.attributeName("id").attributeType("S")));
    assertThat(adapter.delete(replica, new Disposal.Delete())).isEmpty();
    assertThat(away.dynamoDb().listTables().tableNames()).contains(app.resourceName());
  }
}
