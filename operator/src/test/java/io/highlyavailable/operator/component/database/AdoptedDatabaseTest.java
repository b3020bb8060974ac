package io.highlyavailable.operator.component.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.aws.CallListener;
import io.highlyavailable.operator.component.AwsWorld;
import io.highlyavailable.operator.component.DataTier;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.network.NetworkModule;
import io.highlyavailable.operator.component.securitygroup.SecurityGroupModule;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DatabaseSettings;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.testbed.aws.AwsEmulator;
import io.highlyavailable.testbed.junit.WithTestbed;
import io.highlyavailable.testbed.network.Network;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An instance that somebody else made, against the emulator. */
@WithTestbed
class AdoptedDatabaseTest {
  private final String id = "orders-" + UUID.randomUUID().toString().substring(0, 8);
  private final App app =
      SampleApp.unique()
          .database(
              new DatabaseSettings(
                  "postgres",
                  null,
                  "db.r6g.large",
                  50,
                  null,
                  false,
                  14,
                  null,
                  null,
                  id,
                  DeletionPolicy.RETAIN,
                  0,
                  0))
          .build();

  @Test
  void isListedByItsNameAndGivenWhatDiffersOnly(AwsEmulator emulator, Network network) {
    AwsWorld world = new AwsWorld(emulator, network);
    AwsClients somebody = world.clients("somebody", CallListener.NONE);
    somebody
        .rds()
        .createDBInstance(
            request ->
                request
                    .dbInstanceIdentifier(id)
                    .engine("postgres")
                    .dbInstanceClass("db.r6g.large")
                    .allocatedStorage(100)
                    .maxAllocatedStorage(400)
                    .storageEncrypted(true)
                    .publiclyAccessible(true)
                    .backupRetentionPeriod(1)
                    .vpcSecurityGroupIds(network.clusterSecurityGroupId())
                    .masterUsername("root")
                    .masterUserPassword("somebody-else"));
    DatabaseAdapter adapter = new DatabaseAdapter(world.clients("adapter", CallListener.NONE));
    Database found =
        adapter.list().rows().stream()
            .filter(row -> row.name().equals(id))
            .findFirst()
            .orElseThrow();
    DatabaseDesired want = desired(world);

    DatabaseRules rules = new DatabaseRules();
    List<Difference> differences = rules.differences(want, found);
    assertThat(differences)
        .extracting(Difference::field)
        .contains("publiclyAccessible", "backupRetentionDays", "securityGroupIds", "masterPassword")
        .doesNotContain("storageGiB", "maxStorageGiB", "subnetGroup", "deletionProtection");
    adapter.update(found, want, differences);

    Database changed = adapter.find(id).orElseThrow();
    assertThat(rules.differences(want, changed)).isEmpty();
    assertThat(changed.username()).isEqualTo("root");
    assertThat(changed.settings().securityGroupIds())
        .hasSize(2)
        .contains(network.clusterSecurityGroupId());
    assertThat(changed.settings().storageGiB()).isEqualTo(100);
    assertThat(changed.settings().deletionProtection()).isFalse();
  }

  private DatabaseDesired desired(AwsWorld world) {
    var upstream =
        world.upstream(
            app, List.of(new NetworkModule(), new SecurityGroupModule(DataTier.DATABASE)));
    return ((Desired.Known<DatabaseDesired>) new DatabaseRules().desired(app, upstream)).state();
  }
}
