package io.highlyavailable.operator.component.database;

import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.EngineVersion;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.engineversion.DefaultVersion;
import io.highlyavailable.operator.component.parametergroup.ParameterGroups;
import io.highlyavailable.operator.component.role.MonitoringRole;
import io.highlyavailable.operator.component.securitygroup.SecurityGroup;
import io.highlyavailable.operator.component.subnetgroup.SubnetGroup;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DatabaseSettings;
import io.highlyavailable.operator.model.MaintenanceWindow;
import io.highlyavailable.operator.model.Names;
import io.highlyavailable.operator.model.Sensitive;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the database should be, made of the spec and of what the database depends on. */
final class DatabaseBlueprint {
  private final App app;
  private final DatabaseSettings wanted;
  private final Upstream upstream;

  DatabaseBlueprint(App app, Upstream upstream) {
    this.app = app;
    this.wanted = app.databaseSettings().orElseThrow();
    this.upstream = upstream;
  }

  Desired<DatabaseDesired> desired() {
    Optional<SubnetGroup> subnets = upstream.ready(DatabaseRules.SUBNET_GROUP, SubnetGroup.class);
    boolean adopted = wanted.existing() != null;
    if (subnets.isEmpty() && !adopted) {
      return new Desired.Waiting<>("waiting for its subnet group");
    }
    Optional<SecurityGroup> security =
        upstream.ready(DatabaseRules.SECURITY_GROUP, SecurityGroup.class);
    if (security.isEmpty()) {
      return new Desired.Waiting<>("waiting for its security group");
    }
    Optional<Sensitive> password = upstream.secret(DatabaseRules.MASTER_SECRET);
    if (password.isEmpty()) {
      return new Desired.Waiting<>("waiting for its master password to be written down");
    }
    return adopted
        ? new Desired.Known<>(adopted(security.get(), password.get()))
        : own(subnets.orElseThrow(), security.get(), password.get());
  }

  /** Its subnets and its parameters are not the app's to choose. */
  private DatabaseDesired adopted(SecurityGroup security, Sensitive password) {
    Parts parts = new Parts("", security, new TreeMap<>(), wanted.version());
    return known(parts, "", password);
  }

  private Desired<DatabaseDesired> own(
      SubnetGroup subnets, SecurityGroup security, Sensitive password) {
    Optional<SortedMap<String, String>> groups =
        upstream
            .ready(DatabaseRules.PARAMETER_GROUP, ParameterGroups.class)
            .map(ParameterGroups::byFamily);
    Optional<String> version =
        Optional.ofNullable(wanted.version())
            .or(() -> upstream.ready(DefaultVersion.class).map(DefaultVersion::state));
    boolean there = upstream.observed(DatabaseRules.NAME) instanceof Observation.Present<?>;
    if (!there && (groups.isEmpty() || version.isEmpty())) {
      return new Desired.Waiting<>("waiting for its parameter group");
    }
    Parts parts = new Parts(subnets.name(), security, groups.orElse(new TreeMap<>()), atLeast());
    return new Desired.Known<>(known(parts, version.orElse(""), password));
  }

  /** What it is made of; without groups what is there keeps the one that it has. */
  private record Parts(
      String subnetGroup,
      SecurityGroup security,
      SortedMap<String, String> groups,
      @Nullable String version) {}

  /** Without its role it stays as it is: a database does not wait for its metrics. */
  static Database.@Nullable Monitoring monitoring(DatabaseSettings wanted, Upstream upstream) {
    int seconds = wanted.monitoringIntervalSeconds();
    return seconds == 0
        ? Database.Monitoring.NONE
        : upstream
            .ready(MonitoringRole.class)
            .map(role -> new Database.Monitoring(seconds, role.id()))
            .orElse(null);
  }

  /** Its upgrade waits for those of its replicas, unless RDS makes them together. */
  private @Nullable String atLeast() {
    String version = wanted.version();
    boolean later =
        version != null
            && upstream.observed(ReadReplicasRules.NAME)
                instanceof Observation.Present<?>(ReadReplicas replicas)
            && !replicas.members().isEmpty()
            && EngineVersion.olderThan(replicas.version(), version)
            && !ReadReplicasRules.withSource(wanted.engine(), replicas.version(), version);
    return later ? null : version;
  }

  private DatabaseDesired known(Parts parts, String newVersion, Sensitive password) {
    return new DatabaseDesired(
        app.databaseId(),
        wanted.engine(),
        parts.version(),
        newVersion,
        wanted.existing() != null,
        settings(parts),
        parts.groups(),
        wanted.backupWindow() != null,
        DatabaseRules.databaseName(app.identity().name()),
        DatabaseRules.USERNAME,
        password,
        wanted.restoreFrom(),
        Names.hash(13, "master password", app.resourceName(), password.value()));
  }

  private Database.Settings settings(Parts parts) {
    String chosen = wanted.backupWindow();
    MaintenanceWindow maintenance = app.changes().window();
    return new Database.Settings(
        wanted.instanceClass(),
        wanted.storageGiB(),
        wanted.maxStorageGiB(),
        "gp3",
        wanted.multiAz(),
        false,
        wanted.backupRetentionDays(),
        chosen == null ? maintenance.halfHourBefore(app.resourceName()) : chosen,
        maintenance.text(),
        true,
        app.deletionProtection(),
        true,
        parts.subnetGroup(),
        new TreeSet<>(Set.of(parts.security().groupId())),
        monitoring(wanted, upstream));
  }
}
