package io.highlyavailable.operator.component;

import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.App.Exposure;
import io.highlyavailable.operator.model.AppIdentity;
import io.highlyavailable.operator.model.BucketSettings;
import io.highlyavailable.operator.model.ChangeRules;
import io.highlyavailable.operator.model.Cidr;
import io.highlyavailable.operator.model.DatabaseSettings;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.Disruptive;
import io.highlyavailable.operator.model.InstanceSettings;
import io.highlyavailable.operator.model.MaintenanceWindow;
import io.highlyavailable.operator.model.NatGateways;
import io.highlyavailable.operator.model.NetworkChoice;
import io.highlyavailable.operator.model.NodeGroupSettings;
import io.highlyavailable.operator.model.Recovery;
import io.highlyavailable.operator.model.RestoreTest;
import io.highlyavailable.operator.model.SessionStoreSettings;
import io.highlyavailable.operator.model.TableSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An app with everything, to be changed by tests field by field. */
public final class SampleApp {
  private static final AtomicInteger BLOCKS = new AtomicInteger();

  private final AppIdentity identity;
  private @Nullable Exposure exposure =
      new Exposure("shop.example.com", "alb", false, "/", null, false, null, Map.of());
  private @Nullable InstanceSettings compute;
  private @Nullable NodeGroupSettings nodes;
  private NetworkChoice network = new NetworkChoice.Discover(List.of());
  private @Nullable DatabaseSettings database =
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
          DeletionPolicy.SNAPSHOT);
  private @Nullable TableSettings table;
  private long generation = 1;
  private @Nullable SessionStoreSettings sessionStore =
      new SessionStoreSettings("redis", "7.1", "cache.t4g.small", 3, DeletionPolicy.SNAPSHOT);
  private @Nullable BucketSettings bucket = new BucketSettings(true, 90, DeletionPolicy.SNAPSHOT);
  private boolean alarms = true;
  private boolean dashboard;
  private List<String> recipients = List.of();
  private @Nullable Recovery recovery;
  private @Nullable RestoreTest restoreTest;
  private boolean deleting;
  private boolean paused;
  private @Nullable Duration bake;
  private DeletionPolicy deletionPolicy = DeletionPolicy.SNAPSHOT;
  private boolean deletionProtection = true;
  private @Nullable String serviceAccountName;
  private App.Scale scale = new App.Scale.Fixed(3);

  private SampleApp(AppIdentity identity) {
    this.identity = identity;
  }

  /** An app that no other test has. */
  public static SampleApp unique() {
    return named("shop-" + UUID.randomUUID().toString().substring(0, 8));
  }

  /** Always the same app. */
  public static SampleApp named(String name) {
    return new SampleApp(
        new AppIdentity("test", "cluster-uid", "prod", "namespace-uid", name, "uid-of-" + name));
  }

  public SampleApp exposure(@Nullable Exposure value) {
    exposure = value;
    return this;
  }

  /** Instances of EC2 in place of pods. */
  public SampleApp instances(@Nullable InstanceSettings value) {
    compute = value;
    return this;
  }

  public SampleApp nodes(@Nullable NodeGroupSettings value) {
    nodes = value;
    return this;
  }

  /** Instances of EC2 of the usual kind. */
  public SampleApp instances() {
    return instances(new InstanceSettings("t4g.medium", 20, 100, Duration.ofSeconds(120)));
  }

  public SampleApp deletionPolicy(DeletionPolicy value) {
    deletionPolicy = value;
    return this;
  }

  public SampleApp className(String value) {
    return exposure(new Exposure("a.example.com", value, false, "/", null, false, null, Map.of()));
  }

  public SampleApp network(NetworkChoice value) {
    network = value;
    return this;
  }

  /**
   * A network of its own, with addresses that no other test's has, and nothing that lives in it.
   */
  public SampleApp managed(int zones, NatGateways natGateways, boolean peered) {
    int block = BLOCKS.getAndIncrement();
    Cidr cidr = Cidr.parse("10.%d.%d.0/22".formatted(1 + block / 64, block % 64 * 4));
    return network(new NetworkChoice.Managed(cidr, zones, natGateways, peered, List.of()))
        .database(null)
        .sessionStore(null)
        .bucket(null)
        .exposure(null)
        .alarms(false);
  }

  /** The smallest network of its own whose traffic is recorded. */
  public SampleApp recorded(int days) {
    managed(1, NatGateways.NONE, false);
    return network(Records.with((NetworkChoice.Managed) network, "flowLogRetentionDays", days));
  }

  public SampleApp database(@Nullable DatabaseSettings value) {
    database = value;
    return this;
  }

  /** A table in place of the database on RDS. */
  public SampleApp table(TableSettings value) {
    table = value;
    return database(null);
  }

  public SampleApp generation(long value) {
    generation = value;
    return this;
  }

  public SampleApp engine(String engine, @Nullable String version) {
    return database(
        new DatabaseSettings(
            engine,
            version,
            "db.t4g.medium",
            50,
            100,
            true,
            14,
            null,
            null,
            DeletionPolicy.SNAPSHOT));
  }

  public SampleApp sessionStore(@Nullable SessionStoreSettings value) {
    sessionStore = value;
    return this;
  }

  public SampleApp bucket(@Nullable BucketSettings value) {
    bucket = value;
    return this;
  }

  /** Whether it has a dashboard; by default none, which would wait for everything else. */
  public SampleApp dashboard(boolean value) {
    dashboard = value;
    return this;
  }

  public SampleApp alarms(boolean value) {
    alarms = value;
    return this;
  }

  public SampleApp notifying(String... value) {
    recipients = List.of(value);
    return this;
  }

  public SampleApp recovery(@Nullable Recovery value) {
    recovery = value;
    return this;
  }

  public SampleApp restoreTest(RestoreTest value) {
    restoreTest = value;
    return this;
  }

  public SampleApp deleting(boolean value) {
    deleting = value;
    return this;
  }

  /** How long alarms are held against a new image. */
  public SampleApp bake(Duration value) {
    bake = value;
    return this;
  }

  public SampleApp paused(boolean value) {
    paused = value;
    return this;
  }

  public SampleApp deletionProtection(boolean value) {
    deletionProtection = value;
    return this;
  }

  public SampleApp serviceAccountName(String value) {
    serviceAccountName = value;
    return this;
  }

  public SampleApp scale(App.Scale value) {
    scale = value;
    return this;
  }

  public App build() {
    return new App(
        identity,
        generation,
        deleting,
        paused,
        "us-east-1",
        Map.of("team", "shop"),
        workload(),
        compute,
        nodes,
        exposure,
        network,
        database,
        table,
        sessionStore,
        bucket,
        alarms,
        dashboard,
        recipients,
        recovery,
        restoreTest,
        new App.BindingSettings(true, "", ""),
        deletionPolicy,
        deletionProtection,
        new ChangeRules(
            Disruptive.MAINTENANCE_WINDOW, MaintenanceWindow.parse("sun:03:00-sun:04:00"), ""));
  }

  private App.Workload workload() {
    return new App.Workload(
        "example.com/shop:1",
        List.of(),
        8080,
        Map.of(),
        List.of(),
        List.of(),
        new ResourceRequirements(),
        new App.Probes(null, null, null),
        serviceAccountName,
        scale,
        new App.Availability(3, false, 1, Duration.ofSeconds(30), true),
        true,
        null,
        bake);
  }
}
