package io.highlyavailable.operator.model;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.highlyavailable.api.v1alpha1.AwsSpec;
import io.highlyavailable.api.v1alpha1.BindingsSpec;
import io.highlyavailable.api.v1alpha1.ChangePolicySpec;
import io.highlyavailable.api.v1alpha1.DatabaseSpec;
import io.highlyavailable.api.v1alpha1.HighlyAvailableAppSpec;
import io.highlyavailable.api.v1alpha1.IngressSpec;
import io.highlyavailable.api.v1alpha1.MigrationSpec;
import io.highlyavailable.api.v1alpha1.NetworkSpec;
import io.highlyavailable.api.v1alpha1.RdsSpec;
import io.highlyavailable.api.v1alpha1.ScalingSpec;
import io.highlyavailable.api.v1alpha1.SessionStoreSpec;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of a spec beyond the CRD's own rules. Those that matter for what is rendered are
 * checked again, because a CRD older than the operator may lack them.
 */
final class SpecRules {
  /** A Service's name is an RFC 1035 label; all objects of the app share it. */
  private static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");

  private static final Pattern VARIABLE = Pattern.compile("[-._a-zA-Z][-._a-zA-Z0-9]*");
  private static final Pattern VARIABLE_PREFIX = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)?");

  private final HighlyAvailableAppSpec spec;
  private final Violations violations = new Violations();

  private SpecRules(HighlyAvailableAppSpec spec) {
    this.spec = spec;
  }

  /** Everything that is wrong, in the order of the spec; empty when nothing is. */
  static List<Violation> violations(String name, HighlyAvailableAppSpec spec) {
    SpecRules rules = new SpecRules(spec);
    rules.name(name);
    rules.image();
    ComputeDefaults.check(spec, rules.violations);
    PodTemplateRules.check(spec, rules.violations);
    rules.environment();
    rules.migration(spec.migration());
    ResourceRules.check(spec.resources(), rules.violations);
    ProbeRules.check(spec.probes(), rules.violations);
    rules.scale();
    rules.ingress(spec.ingress());
    rules.network(spec.network());
    rules.database();
    rules.changes(spec.changePolicy());
    rules.sessionStore(spec.sessionStore());
    rules.windows();
    rules.bindings(spec.bindings());
    rules.tags(spec.aws());
    return rules.violations.found();
  }

  private void name(String name) {
    violations.addIf(
        !NAME.matcher(name).matches(),
        "metadata.name",
        "begin with a lower-case letter and use up to 63 lower-case letters, digits and hyphens:"
            + " the Service has the same name");
  }

  private void image() {
    violations.addIf(
        spec.image() == null || spec.image().isBlank(),
        "spec.image",
        "name a container image, such as ghcr.io/acme/shop:1.4.2");
  }

  private void environment() {
    Set<String> ours = generatedVariables();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < spec.env().size(); i++) {
      variable("spec.env[" + i + "]", spec.env().get(i), ours, seen);
    }
  }

  private void variable(String field, EnvVar variable, Set<String> ours, Set<String> seen) {
    String name = variable.getName() == null ? "" : variable.getName();
    if (!VARIABLE.matcher(name).matches()) {
      violations.add(field + ".name", "use letters, digits, '_', '-' and '.', not a digit first");
    } else if (ours.contains(name)) {
      violations.add(
          field + ".name",
          name + " is set by a binding; rename it, or set spec.bindings.prefix or bindings.env");
    } else if (!seen.add(name)) {
      violations.add(field + ".name", name + " is given twice; remove one");
    }
    boolean both =
        variable.getValueFrom() != null
            && variable.getValue() != null
            && !variable.getValue().isEmpty();
    violations.addIf(both, field, "give either value or valueFrom, not both");
  }

  private void migration(@Nullable MigrationSpec migration) {
    violations.addIf(
        migration != null
            && (migration.command().isEmpty() || migration.command().getFirst().isEmpty()),
        "spec.migration.command",
        "begin with the program to run, such as [./migrate]");
  }

  private Set<String> generatedVariables() {
    Set<String> names = new HashSet<>();
    if (spec.database() != null
        || spec.sessionStore() != null
        || spec.storage() != null && spec.storage().s3() != null) {
      names.add(BindingNames.ROOT_VARIABLE);
    }
    BindingsSpec bindings = spec.bindings();
    if (bindings == null || Blocks.orElse(bindings.env(), true)) {
      String prefix = bindings == null ? "" : Blocks.orElse(bindings.prefix(), "");
      BindingNames.variables(prefix, spec).forEach(names::add);
    }
    return names;
  }

  private void scale() {
    ScalingSpec scaling = spec.scaling();
    violations.addIf(
        scaling != null && spec.replicas() != null,
        "spec.replicas",
        "give either scaling or replicas, not both");
    violations.addIf(
        spec.replicas() != null && spec.replicas() < 0, "spec.replicas", "use 0 or more");
    if (scaling != null && WorkloadDefaults.scale(spec) instanceof App.Scale.Automatic range) {
      violations.addIf(range.minReplicas() < 1, "spec.scaling.minReplicas", "use 2 or more");
      violations.addIf(
          range.minReplicas() > range.maxReplicas(),
          "spec.scaling.maxReplicas",
          "use at least minReplicas (" + range.minReplicas() + ")");
    }
  }

  private void ingress(@Nullable IngressSpec ingress) {
    violations.addIf(
        ingress != null && (ingress.host() == null || ingress.host().isBlank()),
        "spec.ingress.host",
        "name the DNS name it is served under, such as shop.example.com");
  }

  private void network(@Nullable NetworkSpec network) {
    if (network == null) {
      return;
    }
    violations.addIf(
        Stream.of(network.discover(), network.existing(), network.managed())
                .filter(Objects::nonNull)
                .count()
            > 1,
        "spec.network",
        "give one of discover, existing and managed");
    if (network.managed() != null) {
      NetworkSpecRules.check(network.managed(), spec, violations);
    }
  }

  private void database() {
    DatabaseSpec database = spec.database();
    if (database == null) {
      return;
    }
    violations.addIf(
        (database.rds() == null) == (database.dynamoDb() == null),
        "spec.database",
        "give exactly one of rds and dynamoDb");
    violations.addIf(
        database.rds() != null && database.rds().engine() == null,
        "spec.database.rds.engine",
        "choose postgres, mysql or mariadb");
    violations.addIf(
        database.dynamoDb() != null && DataDefaults.table(spec) == null,
        "spec.database.dynamoDb.partitionKey",
        "name an attribute and its type, such as {name: id, type: S}");
    restoreTime();
  }

  private void restoreTime() {
    RdsSpec rds = spec.database() == null ? null : spec.database().rds();
    String time = rds == null || rds.restoreFrom() == null ? null : rds.restoreFrom().time();
    try {
      if (time != null) {
        Instant.parse(time);
      }
    } catch (DateTimeParseException e) {
      violations.addIf(
          true, "spec.database.rds.restoreFrom.time", "write a time in UTC: 2026-11-20T10:00:00Z");
    }
  }

  private void changes(@Nullable ChangePolicySpec policy) {
    String window = policy == null ? null : Blocks.emptyToNull(policy.maintenanceWindow());
    if (window == null) {
      return;
    }
    try {
      MaintenanceWindow.parse(window);
    } catch (IllegalArgumentException e) {
      violations.addIf(true, "spec.changePolicy.maintenanceWindow", String.valueOf(e.getMessage()));
    }
  }

  private void sessionStore(@Nullable SessionStoreSpec store) {
    violations.addIf(
        store != null
            && Stream.of(store.redis(), store.valkey(), store.memcached())
                    .filter(Objects::nonNull)
                    .count()
                != 1,
        "spec.sessionStore",
        "choose exactly one of redis, valkey and memcached");
  }

  /** RDS refuses it only when the instance is made. */
  private void windows() {
    RdsSpec rds = spec.database() == null ? null : spec.database().rds();
    String backups = rds == null ? null : Blocks.emptyToNull(rds.backupWindow());
    if (backups == null) {
      return;
    }
    MaintenanceWindow window = ChangeDefaults.window(spec.changePolicy());
    violations.addIf(
        backups.matches("\\d\\d:\\d\\d-\\d\\d:\\d\\d") && window.overlaps(backups),
        "spec.database.rds.backupWindow",
        "choose another than "
            + backups
            + " or another spec.changePolicy.maintenanceWindow than "
            + window.text()
            + ": RDS does not let them overlap");
  }

  private void bindings(@Nullable BindingsSpec bindings) {
    violations.addIf(
        bindings != null
            && bindings.prefix() != null
            && !VARIABLE_PREFIX.matcher(bindings.prefix()).matches(),
        "spec.bindings.prefix",
        "use letters, digits and '_', not a digit first, such as SHOP_");
  }

  private void tags(@Nullable AwsSpec aws) {
    if (aws == null) {
      return;
    }
    for (Map.Entry<String, String> tag : aws.tags().entrySet()) {
      violations.addIf(
          tag.getKey().startsWith("aws:") || tag.getKey().startsWith("highlyavailable.io/"),
          "spec.aws.tags." + tag.getKey(),
          "keys beginning with aws: or highlyavailable.io/ are reserved; rename it");
    }
  }
}
