package io.highlyavailable.operator.component.database;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Listing;
import io.highlyavailable.operator.component.SetTags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesRequest;

/** Read replicas at RDS, found by their names among all instances. */
public final class ReadReplicasAdapter implements Adapter<ReadReplicasDesired, ReadReplicas> {
  /** RDS's largest page. */
  private static final int PAGE = 100;

  /** An app's resource name ends with 13 base32 characters. */
  private static final Pattern NAME =
      Pattern.compile("(ha-(?:[a-z0-9-]+-)?[a-z2-7]{13})-r[1-9][0-9]*");

  private final AwsClients clients;
  private final DatabaseAdapter instances;

  ReadReplicasAdapter(AwsClients clients) {
    this.clients = clients;
    this.instances = new DatabaseAdapter(clients);
  }

  @Override
  public String service() {
    return "rds";
  }

  @Override
  public Listing<ReadReplicas> list() {
    return Listing.of(List.copyOf(all().values()));
  }

  /** RDS can be asked for one instance or for all, and not for what copies one. */
  @Override
  public Optional<ReadReplicas> find(String name) {
    return Optional.ofNullable(all().get(name));
  }

  private Map<String, ReadReplicas> all() {
    var request = DescribeDbInstancesRequest.builder().maxRecords(PAGE).build();
    Map<String, ReadReplicas> byApp = new TreeMap<>();
    for (DBInstance instance : clients.rds().describeDBInstancesPaginator(request).dbInstances()) {
      Matcher name = NAME.matcher(instance.dbInstanceIdentifier());
      if (name.matches()) {
        byApp.merge(name.group(1), alone(name.group(1), instance), ReadReplicasAdapter::together);
      }
    }
    return byApp;
  }

  private static ReadReplicas alone(String app, DBInstance instance) {
    String name = instance.dbInstanceIdentifier();
    return isReplica(instance)
        ? new ReadReplicas(
            app, new TreeMap<>(Map.of(name, DatabaseMapping.replica(instance))), new TreeSet<>())
        : new ReadReplicas(app, new TreeMap<>(), new TreeSet<>(List.of(name)));
  }

  private static ReadReplicas together(ReadReplicas one, ReadReplicas other) {
    SortedMap<String, ReadReplica> members = new TreeMap<>(one.members());
    members.putAll(other.members());
    SortedSet<String> promoted = new TreeSet<>(one.promoted());
    promoted.addAll(other.promoted());
    return new ReadReplicas(one.name(), members, promoted);
  }

  private static boolean isReplica(DBInstance instance) {
    return instance.readReplicaSourceDBInstanceIdentifier() != null;
  }

  @Override
  public ReadReplicas create(ReadReplicasDesired desired, Map<String, String> tags) {
    SortedMap<String, ReadReplica> made = new TreeMap<>();
    for (int number = 1; number <= desired.count(); number++) {
      String name = ReadReplicas.member(desired.name(), number);
      made.put(name, make(name, desired, tags));
    }
    return new ReadReplicas(desired.name(), made, new TreeSet<>());
  }

  /** Without a zone: RDS spreads them over the subnets of its source's group. */
  private ReadReplica make(String name, ReadReplicasDesired desired, Map<String, String> tags) {
    Database.Settings want = desired.each().settings();
    return DatabaseMapping.replica(
        clients
            .rds()
            .createDBInstanceReadReplica(
                request ->
                    request
                        .dbInstanceIdentifier(name)
                        .sourceDBInstanceIdentifier(desired.name())
                        .dbInstanceClass(want.instanceClass())
                        .dbParameterGroupName(
                            desired.each().parameterGroup(desired.each().newVersion()).orElse(null))
                        .multiAZ(false)
                        .maxAllocatedStorage(want.maxStorageGiB())
                        .publiclyAccessible(want.publiclyAccessible())
                        .deletionProtection(want.deletionProtection())
                        .autoMinorVersionUpgrade(want.autoMinorVersionUpgrade())
                        .vpcSecurityGroupIds(want.securityGroupIds())
                        .copyTagsToSnapshot(want.copyTagsToSnapshot())
                        .tags(DatabaseMapping.tags(tags)))
            .dbInstance());
  }

  /**
   * What comes, goes and changes in place is done for all at once. What interrupts is done for one,
   * and for the next when that one serves again: the others go on answering meanwhile.
   */
  @Override
  public ReadReplicas update(
      ReadReplicas actual, ReadReplicasDesired desired, List<Difference> changes) {
    Map<String, List<Difference>> byMember = byMember(changes);
    boolean inPlace = changes.stream().anyMatch(change -> change.impact() == Impact.IN_PLACE);
    SortedMap<String, ReadReplica> changed = new TreeMap<>(actual.members());
    for (Map.Entry<String, List<Difference>> member : byMember.entrySet()) {
      List<Difference> found = member.getValue();
      boolean turn = !inPlace || found.stream().anyMatch(it -> it.impact() == Impact.IN_PLACE);
      if (turn) {
        change(member.getKey(), found, actual, desired)
            .ifPresentOrElse(
                row -> changed.put(member.getKey(), row), () -> changed.remove(member.getKey()));
      }
      if (!inPlace) {
        break;
      }
    }
    return new ReadReplicas(actual.name(), changed, actual.promoted());
  }

  private static Map<String, List<Difference>> byMember(List<Difference> changes) {
    Map<String, List<Difference>> byMember = new LinkedHashMap<>();
    for (Difference change : changes) {
      String[] parts = change.field().split(" ", 2);
      Difference own =
          parts.length == 1
              ? change
              : new Difference(parts[1], change.desired(), change.actual(), change.impact());
      byMember.computeIfAbsent(parts[0], member -> new ArrayList<>()).add(own);
    }
    return byMember;
  }

  private Optional<ReadReplica> change(
      String name, List<Difference> found, ReadReplicas actual, ReadReplicasDesired desired) {
    ReadReplica member = actual.members().get(name);
    if (member == null) {
      return Optional.of(make(name, desired, actual.tags()));
    }
    return found.stream().anyMatch(change -> change.desired().equals(ReadReplicasRules.ABSENT))
        ? remove(name)
        : Optional.of(member.with(instances.update(member.instance(), desired.each(), found)));
  }

  @Override
  public ReadReplicas tag(ReadReplicas actual, Map<String, String> tags) {
    return retagged(actual, row -> instances.tag(row, tags));
  }

  @Override
  public ReadReplicas untag(ReadReplicas actual, List<String> keys) {
    return retagged(actual, row -> instances.untag(row, keys));
  }

  /** In order of name, see {@link SetTags}. */
  private static ReadReplicas retagged(ReadReplicas actual, Function<Database, Database> retag) {
    SortedMap<String, ReadReplica> changed = new TreeMap<>(actual.members());
    changed.replaceAll((name, member) -> member.with(retag.apply(member.instance())));
    return new ReadReplicas(actual.name(), changed, actual.promoted());
  }

  @Override
  public Optional<ReadReplicas> delete(ReadReplicas actual, Disposal disposal) {
    actual
        .members()
        .forEach(
            (name, member) -> {
              if (!member.instance().deleting()) {
                remove(name);
              }
            });
    return find(actual.name());
  }

  /**
   * A replica has no final snapshot. One that was promoted after it was listed has data of its own:
   * so each is looked at again before it goes.
   */
  private Optional<ReadReplica> remove(String name) {
    Optional<DBInstance> now = now(name);
    if (now.isEmpty() || !isReplica(now.get())) {
      return Optional.empty();
    }
    if (Boolean.TRUE.equals(now.get().deletionProtection())) {
      clients
          .rds()
          .modifyDBInstance(
              request -> request.dbInstanceIdentifier(name).deletionProtection(false));
    }
    return Optional.of(
        DatabaseMapping.replica(
            clients
                .rds()
                .deleteDBInstance(
                    request -> request.dbInstanceIdentifier(name).skipFinalSnapshot(true))
                .dbInstance()));
  }

  private Optional<DBInstance> now(String name) {
    try {
      return clients
          .rds()
          .describeDBInstances(request -> request.dbInstanceIdentifier(name))
          .dbInstances()
          .stream()
          .findFirst();
    } catch (DbInstanceNotFoundException e) {
      return Optional.empty();
    }
  }
}
