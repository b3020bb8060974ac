package io.highlyavailable.operator.component.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.aws.CallListener;
import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.DataTier;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.engineversion.DefaultVersionModule;
import io.highlyavailable.operator.component.network.NetworkModule;
import io.highlyavailable.operator.component.parametergroup.ParameterGroupsModule;
import io.highlyavailable.operator.component.securitygroup.SecurityGroupModule;
import io.highlyavailable.operator.component.subnetgroup.SubnetGroupModule;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DatabaseSettings;
import io.highlyavailable.operator.model.DeletionPolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;

/** Two replicas of a PostgreSQL database. */
class ReadReplicasAdapterTest extends AdapterContract<ReadReplicasDesired, ReadReplicas> {
  ReadReplicasAdapterTest() {
    super(
        new ReadReplicasModule(),
        List.of(
            new NetworkModule(),
            new SecurityGroupModule(DataTier.DATABASE),
            new SubnetGroupModule(DataTier.DATABASE),
            new DefaultVersionModule(),
            new ParameterGroupsModule(),
            new DatabaseModule()));
  }

  @Override
  protected App sample() {
    return SampleApp.unique()
        .database(
            new DatabaseSettings(
                "postgres",
                "17",
                "db.t4g.medium",
                50,
                100,
                true,
                14,
                "01:00-02:00",
                null,
                null,
                DeletionPolicy.SNAPSHOT,
                2,
                0))
        .build();
  }

  private RdsClient somebody() {
    return world.clients("somebody", CallListener.NONE).rds();
  }

  private String member(int number) {
    return name() + "-r" + number;
  }

  @Override
  protected String field(String key) {
    return member(1) + " " + key;
  }

  @Override
  protected Map<String, Consumer<ReadReplicas>> drifts() {
    Map<String, Consumer<ModifyDbInstanceRequest.Builder>> changes = new LinkedHashMap<>();
    changes.put("instanceClass", request -> request.dbInstanceClass("db.r6g.large"));
    changes.put("publiclyAccessible", request -> request.publiclyAccessible(true));
    changes.put("deletionProtection", request -> request.deletionProtection(false));
    changes.put("autoMinorVersionUpgrade", request -> request.autoMinorVersionUpgrade(false));
    Map<String, Consumer<ReadReplicas>> drifts = new LinkedHashMap<>();
    changes.forEach((field, change) -> drifts.put(field, _ -> modify(change)));
    return drifts;
  }

  private void modify(Consumer<ModifyDbInstanceRequest.Builder> change) {
    somebody()
        .modifyDBInstance(
            request -> {
              request.dbInstanceIdentifier(member(1)).applyImmediately(true);
              change.accept(request);
            });
  }

  private ReadReplicasDesired count(int count) {
    return new ReadReplicasDesired(name(), count, desired.each());
  }

  private ReadReplicas scaled(int count) {
    ReadReplicas row = observed().orElseThrow();
    adapter.update(row, count(count), component.differences(count(count), row));
    observed();
    return observed().orElseThrow();
  }

  @Test
  void serveInSeveralZonesWithTheSourcesParameters() {
    create();
    ReadReplicas seen = observed().orElseThrow();
    assertThat(component.readiness(desired, seen)).isEqualTo(new Readiness.Ready());
    assertThat(seen.members().values())
        .allSatisfy(
            member -> {
              assertThat(member.source()).isEqualTo(name());
              assertThat(member.replication()).isEqualTo("replicating");
              assertThat(member.instance().parameters().group()).isEqualTo(name() + "-postgres17");
            });
  }

  @Test
  void theirNumberChangesInPlaceBothWays() {
    create();
    assertThat(scaled(3).members()).containsOnlyKeys(member(1), member(2), member(3));
    assertThat(scaled(1).members()).containsOnlyKeys(member(1));
    assertThat(observed().orElseThrow().tags()).containsAllEntriesOf(tags());
  }

  @Test
  void onePromotedIsNeverDeleted() {
    create();
    observed();
    ReadReplicas before = observed().orElseThrow();
    somebody().promoteReadReplica(request -> request.dbInstanceIdentifier(member(2)));
    observed();

    adapter.delete(before, new Disposal.Delete());
    observed();
    assertThat(observed())
        .hasValueSatisfying(
            left -> {
              assertThat(left.members()).isEmpty();
              assertThat(left.promoted()).containsExactly(member(2));
              assertThat(left.tags()).isEmpty();
            });
  }

  @Test
  void whatInterruptsIsDoneForOneAtATime() {
    create();
    observed();
    for (String member : List.of(member(1), member(2))) {
      somebody()
          .modifyDBInstance(
              request ->
                  request
                      .dbInstanceIdentifier(member)
                      .dbInstanceClass("db.r6g.large")
                      .applyImmediately(true));
    }
    observed();
    ReadReplicas drifted = observed().orElseThrow();
    List<Difference> found = component.differences(desired, drifted);
    assertThat(found).hasSize(2);
    adapter.update(drifted, desired, found);
    observed();
    assertThat(component.differences(desired, observed().orElseThrow()))
        .extracting(Difference::field)
        .containsExactly(member(2) + " instanceClass");
  }
}
