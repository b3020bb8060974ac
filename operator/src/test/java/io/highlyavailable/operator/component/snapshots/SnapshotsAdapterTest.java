package io.highlyavailable.operator.component.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.aws.CallListener;
import io.highlyavailable.operator.component.AwsWorld;
import io.highlyavailable.operator.component.ReadOnlyContract;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.database.DatabaseRules;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.Tag;

class SnapshotsAdapterTest extends ReadOnlyContract<SnapshotsDesired, Snapshots> {
  private final SnapshotsRules rules = new SnapshotsRules();

  SnapshotsAdapterTest() {
    super(new SnapshotsModule());
  }

  private RdsClient somebody() {
    return world.clients("somebody", CallListener.NONE).rds();
  }

  private String database(App app, Map<String, String> tags) {
    somebody()
        .createDBInstance(
            request ->
                request
                    .dbInstanceIdentifier(app.resourceName())
                    .engine("postgres")
                    .dbInstanceClass("db.t4g.medium")
                    .allocatedStorage(50)
                    .masterUsername("haadmin")
                    .masterUserPassword("a-long-password")
                    .copyTagsToSnapshot(true)
                    .tags(
                        tags.entrySet().stream()
                            .map(
                                tag ->
                                    Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                            .toList()));
    return app.resourceName();
  }

  private void snapshot(String database, String name) {
    somebody()
        .createDBSnapshot(
            request -> request.dbInstanceIdentifier(database).dbSnapshotIdentifier(name));
  }

  private List<String> found(App app) {
    String name = rules.resourceName(app, world.settings()).orElseThrow();
    return adapter.list().rows().stream()
        .filter(row -> row.name().equals(name))
        .flatMap(row -> row.list().stream())
        .map(Snapshot::id)
        .toList();
  }

  @Test
  void findsWhatBearsTheAppsTagsNewestFirst() {
    App app = SampleApp.unique().build();
    String database = database(app, AwsWorld.tags(app, DatabaseRules.NAME));
    snapshot(database, database + "-1");
    snapshot(database, database + "-2");

    assertThat(found(app)).containsExactly(database + "-2", database + "-1");
    assertThat(adapter.find(rules.resourceName(app, world.settings()).orElseThrow()))
        .hasValueSatisfying(row -> assertThat(row.list()).hasSize(2));
  }

  /** However much their names look alike. */
  @Test
  void leavesOutWhatOthersTook() {
    App app = SampleApp.unique().build();
    String database = database(app, Map.of("team", "other"));
    snapshot(database, database + "-final-1");

    assertThat(found(app)).isEmpty();
    assertThat(adapter.find(rules.resourceName(app, world.settings()).orElseThrow())).isEmpty();
  }

  @Test
  void noneAtAllIsAnAnswerToo() {
    assertThat(rules.none("a/b/c")).contains(new Snapshots("a/b/c", List.of()));
  }
}
