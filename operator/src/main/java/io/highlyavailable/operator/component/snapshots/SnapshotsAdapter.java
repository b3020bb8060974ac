package io.highlyavailable.operator.component.snapshots;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Listing;
import io.highlyavailable.operator.component.ReadOnlyAdapter;
import io.highlyavailable.operator.model.OwnershipTags;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DescribeDbSnapshotsRequest;
import software.amazon.awssdk.services.rds.model.Tag;

/** Lists the manual snapshots, final ones among them, that bear an app's tags. */
public final class SnapshotsAdapter implements ReadOnlyAdapter<SnapshotsDesired, Snapshots> {
  /** RDS's largest page. */
  private static final int PAGE = 100;

  private static final Comparator<Snapshot> NEWEST_FIRST =
      Comparator.comparing(Snapshot::taken).reversed().thenComparing(Snapshot::id);

  private final AwsClients clients;

  SnapshotsAdapter(AwsClients clients) {
    this.clients = clients;
  }

  @Override
  public String service() {
    return "rds";
  }

  @Override
  public Listing<Snapshots> list() {
    return Listing.of(all());
  }

  @Override
  public Optional<Snapshots> find(String name) {
    return all().stream().filter(row -> row.name().equals(name)).findFirst();
  }

  /** RDS cannot filter by tag. */
  private List<Snapshots> all() {
    var request =
        DescribeDbSnapshotsRequest.builder().snapshotType("manual").maxRecords(PAGE).build();
    Map<String, List<Snapshot>> byApp =
        clients.rds().describeDBSnapshotsPaginator(request).dbSnapshots().stream()
            .filter(snapshot -> "available".equals(snapshot.status()))
            .filter(snapshot -> !owner(snapshot).isEmpty())
            .collect(
                Collectors.groupingBy(
                    SnapshotsAdapter::owner,
                    TreeMap::new,
                    Collectors.mapping(SnapshotsAdapter::row, Collectors.toList())));
    return byApp.entrySet().stream()
        .map(
            app ->
                new Snapshots(app.getKey(), app.getValue().stream().sorted(NEWEST_FIRST).toList()))
        .toList();
  }

  private static Snapshot row(DBSnapshot snapshot) {
    return new Snapshot(snapshot.dbSnapshotIdentifier(), snapshot.snapshotCreateTime());
  }

  private static String owner(DBSnapshot snapshot) {
    Map<String, String> tags =
        snapshot.tagList().stream().collect(Collectors.toMap(Tag::key, Tag::value));
    return "database".equals(tags.get(OwnershipTags.COMPONENT))
            && tags.containsKey(OwnershipTags.CLUSTER_ID)
        ? SnapshotsRules.nameOf(
            tags.get(OwnershipTags.CLUSTER_ID),
            tags.getOrDefault(OwnershipTags.NAMESPACE, ""),
            tags.getOrDefault(OwnershipTags.NAME, ""))
        : "";
  }
}
