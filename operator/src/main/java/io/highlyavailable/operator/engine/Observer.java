package io.highlyavailable.operator.engine;

import io.highlyavailable.api.v1alpha1.HighlyAvailableAppStatus;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.component.ManagedNetwork;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.vpc.Vpc;
import io.highlyavailable.operator.config.OperatorConfig;
import io.highlyavailable.operator.kubernetes.VerificationStep;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.plan.AppView;
import io.highlyavailable.operator.plan.ChangeGate;
import io.highlyavailable.operator.plan.Creations;
import io.highlyavailable.operator.plan.Planner;
import io.highlyavailable.operator.plan.Recorded;
import io.highlyavailable.operator.plan.RecoveryMove;
import io.highlyavailable.operator.status.StatusReader;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Gathers from caches what the planner needs to see; makes no call. */
public final class Observer {
  /** Tells this process from those before it and beside it. */
  private static final String PROCESS = UUID.randomUUID().toString();

  private final OperatorConfig config;
  private final Account account;
  private final Clouds clouds;
  private final Secrets secrets;
  private final Planner planner;
  private final DatabaseUserJobs users;
  private final Verifications verifications;
  private final InstantSource clock;

  /**
   * @param config what the administrator configured
   * @param account whose account it is
   * @param clouds what clouds hold
   * @param secrets generated secrets and bindings
   * @param planner for its catalogue
   * @param users the apps' database users
   * @param verifications of the apps' backups
   * @param clock decides whether maintenance windows are open
   */
  public Observer(
      OperatorConfig config,
      Account account,
      Clouds clouds,
      Secrets secrets,
      Planner planner,
      DatabaseUserJobs users,
      Verifications verifications,
      InstantSource clock) {
    this.config = config;
    this.account = account;
    this.clouds = clouds;
    this.secrets = secrets;
    this.planner = planner;
    this.users = users;
    this.verifications = verifications;
    this.clock = clock;
  }

  /**
   * What is known now.
   *
   * @param status what was reported before, or null
   * @param workloadGone whether nothing of the app runs any more
   */
  public AppView view(App app, @Nullable HighlyAvailableAppStatus status, boolean workloadGone) {
    Recorded recorded = StatusReader.recorded(status).with(clouds.begun(app.key()));
    App now = RecoveryMove.next(app, recorded, planner.catalogue());
    String before = recorded.id(ManagedNetwork.VPC).map(Vpc::idIn).orElse("");
    Upstream.Settings first = settings(RecoveryMove.region(now, recorded)).withManagedVpc(before);
    Clouds.Sight glance = look(now, first, recorded);
    String vpc = vpc(glance).orElse(before);
    Upstream.Settings settings = first.withManagedVpc(vpc);
    Clouds.Sight sight = vpc.equals(before) ? glance : look(now, settings, recorded);
    VerificationStep verification =
        verifications.step(now, status, sight.observations(), sight.attempts());
    Map<String, Binding> bound = secrets.bound(app, planner.catalogue());
    return new AppView(
        now.verifying(verification.run()),
        settings,
        sight.observations(),
        sight.attempts(),
        recorded,
        secrets.generated(app, planner.catalogue()),
        bound,
        config.approvedFormerOwners(),
        account.failure().orElse(null),
        workloadGone,
        ChangeGate.at(clock.instant(), app.changes(), recorded.held()),
        users.step(app, sight.observations(), bound.values()).toBind().orElse(null),
        new Creations(
            StatusReader.creations(status, clock.instant()),
            PROCESS,
            clock.instant(),
            config.polling().settle().plus(Adapter.LONGEST_CALL)));
  }

  private Clouds.Sight look(App app, Upstream.Settings settings, Recorded recorded) {
    return clouds.see(
        app, settings, component -> Planner.nameOf(component, app, settings, recorded));
  }

  /** What lives in the app's own VPC is found by the VPC's id, which is known when it is seen. */
  private static Optional<String> vpc(Clouds.Sight sight) {
    return sight.observations().get(ManagedNetwork.VPC) instanceof Observation.Present<?>(Vpc vpc)
        ? Optional.of(vpc.resourceId())
        : Optional.empty();
  }

  private Upstream.Settings settings(String recoveryRegion) {
    Optional<Account.Identity> identity = account.identity();
    ClusterNetwork cluster = identity.map(Account.Identity::cluster).orElse(ClusterNetwork.NONE);
    Upstream.Settings settings =
        new Upstream.Settings(
            identity.map(Account.Identity::id).orElse(""),
            identity.map(Account.Identity::partition).orElse("aws"),
            config.vpcId().isEmpty() ? cluster.vpcId() : config.vpcId(),
            config.clientSecurityGroupIds().isEmpty()
                ? cluster.securityGroupIds()
                : config.clientSecurityGroupIds(),
            config.oidcProviderArn(),
            config.iamPath(),
            config.permissionsBoundaryArn(),
            recoveryRegion,
            config.recoveryKmsKeyArns());
    return settings.withCluster(config.eksCluster(), cluster.failure());
  }
}
