package io.highlyavailable.operator.component.sessionstore;

import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.DataTier;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.securitygroup.SecurityGroup;
import io.highlyavailable.operator.component.subnetgroup.SubnetGroup;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.BindingNames;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.Names;
import io.highlyavailable.operator.model.Sensitive;
import io.highlyavailable.operator.model.SessionStoreSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A private store over several zones that speaks TLS only; of Redis and Valkey with a password. */
public final class SessionStoreRules implements Component<SessionStoreDesired, SessionStore> {
  /** The generated password's Secret is called {@code <app>-session-store-auth}. */
  public static final String AUTH_SECRET = "session-store-auth";

  private static final DataTier TIER = DataTier.SESSION_STORE;

  /** Within ElastiCache's 16 to 128 characters, and far beyond guessing. */
  private static final int PASSWORD_LENGTH = 32;

  /** ElastiCache takes no shorter one. */
  private static final Duration SHORTEST_WINDOW = Duration.ofHours(1);

  /** Against an operator's mistake of yesterday; sessions older than that are over. */
  private static final int SNAPSHOT_DAYS = 1;

  @Override
  public ComponentName name() {
    return TIER.component();
  }

  @Override
  public String kind() {
    return "elasticache";
  }

  @Override
  public String condition() {
    return TIER.condition();
  }

  @Override
  public Class<SessionStore> resourceType() {
    return SessionStore.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of(TIER.subnetGroup(), TIER.securityGroup());
  }

  @Override
  public boolean wanted(App app) {
    return TIER.wanted(app);
  }

  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    return Optional.of(app.resourceName());
  }

  @Override
  public Desired<SessionStoreDesired> desired(App app, Upstream upstream) {
    Optional<SubnetGroup> subnets = upstream.ready(TIER.subnetGroup(), SubnetGroup.class);
    if (subnets.isEmpty()) {
      return new Desired.Waiting<>("waiting for its subnet group");
    }
    Optional<SecurityGroup> security = upstream.ready(TIER.securityGroup(), SecurityGroup.class);
    if (security.isEmpty()) {
      return new Desired.Waiting<>("waiting for its security group");
    }
    SessionStoreSettings wanted = app.sessionStoreSettings().orElseThrow();
    Sensitive password = wanted.replicated() ? upstream.secret(AUTH_SECRET).orElse(null) : null;
    if (wanted.replicated() && password == null) {
      return new Desired.Waiting<>("waiting for its password to be written down");
    }
    return new Desired.Known<>(known(app, wanted, subnets.get(), security.get(), password));
  }

  private static SessionStoreDesired known(
      App app,
      SessionStoreSettings wanted,
      SubnetGroup subnets,
      SecurityGroup security,
      @Nullable Sensitive password) {
    boolean replicated = wanted.replicated();
    return new SessionStoreDesired(
        app.resourceName(),
        wanted.engine(),
        wanted.version(),
        app.changes().window().atLeast(SHORTEST_WINDOW).text(),
        new SessionStore.Settings(
            wanted.nodeType(),
            wanted.nodes(),
            replicated,
            replicated,
            replicated ? SNAPSHOT_DAYS : 0,
            true),
        subnets.name(),
        new TreeSet<>(Set.of(security.groupId())),
        password,
        password == null ? "" : fingerprint(app, password));
  }

  private static String fingerprint(App app, Sensitive password) {
    return Names.hash(13, "session store password", app.resourceName(), password.value());
  }

  @Override
  public List<Difference> differences(SessionStoreDesired desired, SessionStore actual) {
    return SessionStoreDifferences.between(desired, actual);
  }

  @Override
  public Readiness readiness(SessionStoreDesired desired, SessionStore actual) {
    return SessionStoreReadiness.of(actual);
  }

  @Override
  public String remark(SessionStore actual) {
    return actual.changesQueued()
        ? "changes that interrupt service wait for its maintenance window"
        : "";
  }

  @Override
  public boolean holdsData() {
    return true;
  }

  /** Whoever was logged in logs in again; an app without a store would not run at all. */
  @Override
  public boolean startsOver() {
    return true;
  }

  @Override
  public DeletionPolicy deletionPolicy(App app) {
    return app.sessionStoreSettings()
        .map(SessionStoreSettings::deletionPolicy)
        .orElse(app.deletionPolicy());
  }

  /** Memcached has no snapshots, and nothing that would outlive a restart of its nodes. */
  @Override
  public Disposal disposal(DeletionPolicy policy, App app, SessionStore actual) {
    return switch (policy) {
      case DELETE -> new Disposal.Delete();
      case RETAIN -> new Disposal.Retain(policy.name(), "deletionPolicy is Retain");
      case SNAPSHOT ->
          SessionStoreSettings.MEMCACHED.equals(actual.engine())
              ? new Disposal.Delete()
              : new Disposal.SnapshotThenDelete(finalSnapshot(app, actual));
    };
  }

  /** The same for the same store, and another one for its successor of the same name. */
  private static String finalSnapshot(App app, SessionStore actual) {
    return actual.name() + "-final-" + Names.hash(8, app.identity().uid(), actual.incarnation());
  }

  /** Also when the block is gone: what was generated for it has to be found, to be deleted. */
  @Override
  public Upstream.GeneratedSecrets generatedSecrets(App app) {
    boolean memcached = app.sessionStoreSettings().filter(store -> !store.replicated()).isPresent();
    return memcached
        ? Upstream.GeneratedSecrets.NONE
        : new Upstream.GeneratedSecrets(Map.of(AUTH_SECRET, PASSWORD_LENGTH));
  }

  @Override
  public Optional<String> bindingSuffix() {
    return Optional.of(BindingNames.SESSION_STORE);
  }

  @Override
  public Optional<Binding> binding(App app, SessionStore actual, Upstream upstream) {
    SessionStore.Endpoints endpoints = actual.endpoints();
    if (endpoints == null) {
      return Optional.empty();
    }
    Map<String, Sensitive> data = new TreeMap<>();
    data.put("host", new Sensitive(endpoints.host()));
    data.put("port", new Sensitive(String.valueOf(endpoints.port())));
    data.put("tls", new Sensitive(String.valueOf(actual.security().inTransit())));
    if (!SessionStoreSettings.MEMCACHED.equals(actual.engine())) {
      Optional<Sensitive> password = upstream.secret(AUTH_SECRET);
      if (password.isEmpty()) {
        return Optional.empty();
      }
      data.put("password", password.get());
      data.put("uri", new Sensitive(uri(endpoints, password.get())));
      if (endpoints.readerHost() != null) {
        data.put("reader-host", new Sensitive(endpoints.readerHost()));
      }
    }
    return Optional.of(new Binding(BindingNames.SESSION_STORE, actual.engine(), data));
  }

  /** The generated password consists of letters and digits, which a URI takes as they are. */
  private static String uri(SessionStore.Endpoints endpoints, Sensitive password) {
    return "rediss://:%s@%s:%d/0".formatted(password.value(), endpoints.host(), endpoints.port());
  }

  @Override
  public Set<String> iamActions() {
    return Set.of(
        "elasticache:DescribeReplicationGroups",
        "elasticache:DescribeCacheClusters",
        "elasticache:DescribeSnapshots",
        "elasticache:ListTagsForResource",
        "elasticache:CreateReplicationGroup",
        "elasticache:CreateCacheCluster",
        "elasticache:ModifyReplicationGroup",
        "elasticache:ModifyCacheCluster",
        "elasticache:IncreaseReplicaCount",
        "elasticache:DecreaseReplicaCount",
        "elasticache:DeleteReplicationGroup",
        "elasticache:DeleteCacheCluster",
        "elasticache:CreateSnapshot",
        "elasticache:AddTagsToResource",
        "elasticache:RemoveTagsFromResource",
        "tag:GetResources");
  }
}
