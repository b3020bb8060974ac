package io.highlyavailable.operator.component;

import io.highlyavailable.operator.aws.AwsClientFactory;
import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.aws.CallListener;
import io.highlyavailable.operator.component.database.DatabaseRules;
import io.highlyavailable.operator.component.sessionstore.SessionStoreRules;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.OwnershipTags;
import io.highlyavailable.testbed.aws.AwsEmulator;
import io.highlyavailable.testbed.network.Network;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The operator's clients against the emulator, and what an app's components are made of there. */
public final class AwsWorld {
  /** What stands for every generated secret. */
  static final String SECRET = "0123456789abcdefghijklmnopqrstuv";

  private final AwsEmulator emulator;
  private final String eksCluster;
  private final Upstream.Settings settings;
  private final Map<String, AwsClients> homes = new ConcurrentHashMap<>();

  public AwsWorld(AwsEmulator emulator, Network network) {
    this(emulator, network, "");
  }

  /**
   * @param eksCluster the name of the operator's cluster in EKS; empty for not known
   */
  public AwsWorld(AwsEmulator emulator, Network network, String eksCluster) {
    this.emulator = emulator;
    this.eksCluster = eksCluster;
    this.settings =
        new Upstream.Settings(
                AwsEmulator.ACCOUNT,
                "aws",
                network.vpcId(),
                List.of(network.clusterSecurityGroupId()),
                KnownUpstream.SETTINGS.oidcProviderArn(),
                KnownUpstream.SETTINGS.iamPath(),
                "",
                KnownUpstream.RECOVERY_REGION,
                List.of(KnownUpstream.RECOVERY_KEY))
            .withCluster(eksCluster, null);
  }

  public AwsEmulator emulator() {
    return emulator;
  }

  public Upstream.Settings settings() {
    return settings;
  }

  /** Clients that call as {@code caller}. */
  public AwsClients clients(String caller, CallListener listener) {
    return clients(caller, listener, AwsEmulator.REGION.id());
  }

  /** Clients of a region that call as {@code caller}. */
  public AwsClients clients(String caller, CallListener listener, String region) {
    return factory(caller, listener, eksCluster).create(region);
  }

  /** Makes clients for an operator in this cluster of EKS's, that call as {@code caller}. */
  public AwsClientFactory factory(String caller, CallListener listener, String eksCluster) {
    var options =
        new AwsClientFactory.Options(
            emulator.endpoint(), KnownUpstream.SETTINGS.iamPath(), "test", listener, eksCluster);
    var credentials =
        StaticCredentialsProvider.create(AwsBasicCredentials.create(caller, "secret"));
    return new AwsClientFactory(options, credentials);
  }

  /** The tags that the planner would give a resource. */
  public static Map<String, String> tags(App app, ComponentName component) {
    Map<String, String> tags = new TreeMap<>(app.tags());
    tags.putAll(OwnershipTags.of(app.identity(), component.value()));
    return tags;
  }

  /** Makes what a component's desired state is made of, as the operator would. */
  public KnownUpstream upstream(App app, List<Module<?, ?, AwsClients>> before) {
    KnownUpstream upstream =
        new KnownUpstream(settings)
            .secret(DatabaseRules.MASTER_SECRET, SECRET)
            .secret(SessionStoreRules.AUTH_SECRET, SECRET);
    before.forEach(module -> provide(module, app, home(module.component()), upstream));
    return upstream;
  }

  /** To make clients takes longer than most calls. */
  private AwsClients home(Component<?, ?> component) {
    String region =
        component.inRecoveryRegion() ? KnownUpstream.RECOVERY_REGION : AwsEmulator.REGION.id();
    return homes.computeIfAbsent(region, it -> clients("upstream", CallListener.NONE, it));
  }

  private static <D, R extends CloudResource> void provide(
      Module<D, R, AwsClients> module, App app, AwsClients clients, KnownUpstream upstream) {
    Component<D, R> component = module.component();
    Adapter<D, R> adapter = module.adapter(clients);
    if (!component.managed()) {
      component
          .resourceName(app, upstream.settings())
          .flatMap(adapter::find)
          .ifPresent(upstream::ready);
    } else if (component.desired(app, upstream) instanceof Desired.Known<D>(D desired)) {
      R answered = adapter.create(desired, tags(app, component.name()));
      R created = adapter.find(answered.name()).orElse(answered);
      List<Difference> missing = component.differences(desired, created);
      upstream.ready(
          component.name(),
          missing.isEmpty() ? created : adapter.update(created, desired, missing));
    }
  }
}
