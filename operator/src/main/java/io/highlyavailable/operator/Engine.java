package io.highlyavailable.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.highlyavailable.operator.aws.AwsCatalogue;
import io.highlyavailable.operator.aws.AwsClientFactory;
import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.aws.CallListener;
import io.highlyavailable.operator.aws.CallerIdentity;
import io.highlyavailable.operator.aws.CloudErrors;
import io.highlyavailable.operator.aws.EksCluster;
import io.highlyavailable.operator.aws.RecoveryPointMetric;
import io.highlyavailable.operator.aws.TrafficMetric;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;
import io.highlyavailable.operator.component.alarms.RecoveryPointAge;
import io.highlyavailable.operator.config.OperatorConfig;
import io.highlyavailable.operator.engine.Account;
import io.highlyavailable.operator.engine.CloudEvents;
import io.highlyavailable.operator.engine.CloudSettings;
import io.highlyavailable.operator.engine.Clouds;
import io.highlyavailable.operator.engine.ClusterNetwork;
import io.highlyavailable.operator.engine.DatabaseUserJobs;
import io.highlyavailable.operator.engine.EventRecorder;
import io.highlyavailable.operator.engine.ImageRollouts;
import io.highlyavailable.operator.engine.KubernetesStore;
import io.highlyavailable.operator.engine.NamespaceProtection;
import io.highlyavailable.operator.engine.NamespaceUids;
import io.highlyavailable.operator.engine.NodeWatch;
import io.highlyavailable.operator.engine.Observer;
import io.highlyavailable.operator.engine.Rebalancer;
import io.highlyavailable.operator.engine.RecoveryPoints;
import io.highlyavailable.operator.engine.Secrets;
import io.highlyavailable.operator.engine.Spreading;
import io.highlyavailable.operator.engine.StatusWrites;
import io.highlyavailable.operator.engine.Traffic;
import io.highlyavailable.operator.engine.Transitions;
import io.highlyavailable.operator.engine.Verifications;
import io.highlyavailable.operator.engine.Workload;
import io.highlyavailable.operator.metrics.Metrics;
import io.highlyavailable.operator.model.AppFactory;
import io.highlyavailable.operator.plan.Planner;
import io.highlyavailable.operator.status.StatusBuilder;
import io.highlyavailable.operator.tracing.Tracing;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * Everything that reconciles, wired together once.
 *
 * @param apps makes apps of custom resources
 * @param namespaces knows their namespaces
 * @param protection labels those that hold protected data
 * @param planner decides
 * @param observer sees
 * @param account whose account it is
 * @param clouds reads and changes clouds
 * @param recoveryPoints publishes how old copies are
 * @param traffic knows what the apps' traffic needs
 * @param store reads and changes Kubernetes objects
 * @param workload keeps the apps' Kubernetes objects
 * @param nodes knows the cluster's nodes
 * @param spreading sees how pods are spread over zones
 * @param secrets keeps the apps' generated secrets
 * @param users has the apps' database users made
 * @param verifications has the apps' backups verified
 * @param rollouts watches new images
 * @param statuses makes statuses
 * @param statusWrites decides when they are written
 * @param transitions tells of turns
 * @param cloudEvents wakes apps when clouds change
 * @param tracing told of what is done
 */
record Engine(
    AppFactory apps,
    NamespaceUids namespaces,
    NamespaceProtection protection,
    Planner planner,
    Observer observer,
    Account account,
    Clouds clouds,
    RecoveryPoints recoveryPoints,
    Traffic traffic,
    KubernetesStore store,
    Workload workload,
    NodeWatch nodes,
    Spreading spreading,
    Secrets secrets,
    DatabaseUserJobs users,
    Verifications verifications,
    ImageRollouts rollouts,
    StatusBuilder statuses,
    StatusWrites statusWrites,
    Transitions transitions,
    CloudEvents cloudEvents,
    Tracing tracing)
    implements AutoCloseable {

  /**
   * Wires it; makes a single call, for the cluster's UID.
   *
   * @param client with the operator's own identity
   * @param aws the AWS clients
   * @param wakeAll wakes every app
   * @param metrics told what there is to count
   * @param tracing told of what is done
   */
  static Engine create(
      OperatorConfig config,
      KubernetesClient client,
      AwsClientFactory aws,
      Runnable wakeAll,
      Metrics metrics,
      Tracing tracing) {
    InstantSource clock = InstantSource.system();
    CloudEvents cloudEvents = new CloudEvents();
    List<Module<?, ?, AwsClients>> modules = AwsCatalogue.modules();
    Planner planner =
        new Planner(modules.stream().<Component<?, ?>>map(Module::component).toList());
    Clouds clouds =
        new Clouds(
            modules,
            aws::create,
            CloudErrors::classify,
            settings(config),
            clock,
            cloudEvents,
            tracing);
    Account account = new Account(identity(config, aws), CloudErrors::classify, wakeAll);
    KubernetesStore store = new KubernetesStore(client, tracing);
    Workload workload = new Workload(store);
    Secrets secrets = new Secrets(store);
    DatabaseUserJobs users = new DatabaseUserJobs(store, secrets, config.image());
    Verifications verifications = new Verifications(store, clouds, config.image(), clock);
    NamespaceUids namespaces = new NamespaceUids(client);
    NodeWatch nodes = new NodeWatch(client, wakeAll);
    EventRecorder events = new EventRecorder(client, clock);
    return new Engine(
        new AppFactory(
            config.clusterId(),
            namespaces.of("kube-system"),
            config.region(),
            config.recoveryRegion()),
        namespaces,
        new NamespaceProtection(client, clock),
        planner,
        new Observer(config, account, clouds, secrets, planner, users, verifications, clock),
        account,
        clouds,
        recoveryPoints(clouds, aws, config, clock),
        new Traffic(
            new TrafficMetric(region -> aws.create(region).cloudWatch())::read,
            workload::autoscaler,
            config.polling().traffic(),
            clock,
            cloudEvents),
        store,
        workload,
        nodes,
        new Spreading(store, nodes::places, new Rebalancer(config.rebalanceAfter(), clock), events),
        secrets,
        users,
        verifications,
        new ImageRollouts(clock),
        new StatusBuilder(clock),
        new StatusWrites(clock, planner.holdingData()),
        new Transitions(events, metrics::verified),
        cloudEvents,
        tracing);
  }

  private static RecoveryPoints recoveryPoints(
      Clouds clouds, AwsClientFactory aws, OperatorConfig config, InstantSource clock) {
    var metric = new RecoveryPointMetric(region -> aws.create(region).cloudWatch());
    return new RecoveryPoints(
        clouds::recoveryPoints,
        metric::publish,
        RecoveryPointAge.INTERVAL,
        config.polling().slow(),
        clock);
  }

  private static Supplier<Account.Identity> identity(OperatorConfig config, AwsClientFactory aws) {
    AwsClients home = aws.create(config.region());
    Supplier<ClusterNetwork> cluster =
        config.asksEks()
            ? ClusterNetwork.remembered(() -> cluster(config, aws), CloudErrors::classify)
            : () -> ClusterNetwork.NONE;
    return () -> {
      CallerIdentity caller = CallerIdentity.ask(home.sts());
      return new Account.Identity(caller.accountId(), caller.partition(), cluster.get());
    };
  }

  private static ClusterNetwork cluster(OperatorConfig config, AwsClientFactory aws) {
    EksCluster found = aws.eksCluster(config.region());
    return new ClusterNetwork(found.vpcId(), found.securityGroupIds(), null);
  }

  /** Clients as the configuration has them. */
  static AwsClientFactory aws(OperatorConfig config, CallListener listener) {
    return new AwsClientFactory(
        new AwsClientFactory.Options(
            config.endpoint(), config.iamPath(), Version.CURRENT, listener, config.eksCluster()));
  }

  private static CloudSettings settings(OperatorConfig config) {
    OperatorConfig.Polling polling = config.polling();
    return new CloudSettings(
        polling.fast(),
        polling.slow(),
        polling.audit(),
        polling.settle(),
        polling.callsPerSecond());
  }

  @Override
  public void close() {
    nodes.close();
    account.close();
    recoveryPoints.close();
    traffic.close();
    clouds.close();
  }
}
