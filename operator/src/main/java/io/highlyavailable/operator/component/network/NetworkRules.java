package io.highlyavailable.operator.component.network;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Compute;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.ManagedNetwork;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.NetworkChoice;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Checks that the data has a home in two zones. Changes nothing. */
public final class NetworkRules implements Component<NetworkDesired, Network> {
  /** The component's name. */
  public static final ComponentName NAME = new ComponentName("network");

  /** How it begins to say that there are fewer zones than the spec asks for. */
  public static final String FEWER_ZONES = "spec.availability.zones asks for ";

  /** RDS refuses a subnet group that covers fewer. */
  private static final int LEAST_ZONES = 2;

  private static final String PRIVATE_TAG = "kubernetes.io/role/internal-elb";

  @Override
  public ComponentName name() {
    return NAME;
  }

  @Override
  public String kind() {
    return "vpc";
  }

  @Override
  public String condition() {
    return "NetworkReady";
  }

  @Override
  public Class<Network> resourceType() {
    return Network.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return ManagedNetwork.homeOfData();
  }

  /** A database, a session store and instances live in the VPC; a bucket does not. */
  @Override
  public boolean wanted(App app) {
    return app.databaseSettings().isPresent()
        || app.sessionStoreSettings().isPresent()
        || Compute.wanted(app);
  }

  /** A VPC that nobody has named is not found, and {@link #missing} says what to do. */
  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    String vpcId = Network.vpcId(app, settings);
    return Optional.of(vpcId.isEmpty() ? "not-configured" : vpcId);
  }

  @Override
  public Desired<NetworkDesired> desired(App app, Upstream upstream) {
    return new Desired.Known<>(new NetworkDesired(app));
  }

  @Override
  public List<Difference> differences(NetworkDesired desired, Network actual) {
    return List.of();
  }

  @Override
  public Readiness missing(App app, Upstream.Settings settings) {
    return switch (app.network()) {
      case NetworkChoice.Existing existing ->
          new Readiness.Failed(
              "spec.network.existing.vpcId: no VPC " + existing.vpcId() + " with subnets here",
              "name a VPC of the app's region");
      case NetworkChoice.Discover discover when settings.vpcId().isEmpty() ->
          settings.unknownCluster(
              "spec.network.discover: the cluster's VPC is not known", "HAAPP_VPC_ID");
      case NetworkChoice.Discover discover ->
          new Readiness.Failed(
              "spec.network.discover: the cluster's VPC "
                  + settings.vpcId()
                  + " has no subnets in "
                  + app.region(),
              "set spec.aws.region to the cluster's region, or name a VPC of that region in"
                  + " spec.network.existing");
      case NetworkChoice.Managed managed ->
          new Readiness.Progressing("waiting for its private subnets");
    };
  }

  @Override
  public Readiness readiness(NetworkDesired desired, Network actual) {
    Set<String> absent = new TreeSet<>(named(desired.app()));
    actual.subnets().forEach(subnet -> absent.remove(subnet.id()));
    if (!absent.isEmpty()) {
      return new Readiness.Failed(
          "spec.network.existing: " + actual.name() + " has no available subnet " + absent,
          "name subnets of that VPC");
    }
    int zones = Network.zones(actual.privateSubnets(desired.app())).size();
    if (desired.app().network() instanceof NetworkChoice.Managed managed
        && zones < managed.zones()) {
      return new Readiness.Progressing("waiting for its private subnets");
    }
    return zones >= LEAST_ZONES ? new Readiness.Ready() : tooFewZones(actual, zones);
  }

  private static Readiness tooFewZones(Network actual, int zones) {
    return new Readiness.Failed(
        "spec.network: "
            + actual.name()
            + " has private subnets in "
            + zones
            + " of the "
            + LEAST_ZONES
            + " zones that data needs",
        tagMore());
  }

  /**
   * Two zones are enough for data to survive the loss of one, but it is less than was asked for.
   */
  @Override
  public String remark(App app, Network actual) {
    int asked = app.workload().availability().zones();
    int zones = Network.zones(actual.privateSubnets(app)).size();
    return zones < asked
        ? FEWER_ZONES
            + asked
            + " zones, and "
            + actual.name()
            + " has private subnets in "
            + zones
            + ": "
            + tagMore()
        : "";
  }

  private static String tagMore() {
    return "tag a private subnet in each zone "
        + PRIVATE_TAG
        + "=1, or name them in spec.network.existing.privateSubnetIds";
  }

  private static Set<String> named(App app) {
    return switch (app.network()) {
      case NetworkChoice.Existing existing -> Set.copyOf(existing.privateSubnetIds());
      case NetworkChoice.Discover discover -> Set.of();
      case NetworkChoice.Managed managed -> Set.of();
    };
  }

  @Override
  public boolean managed() {
    return false;
  }

  @Override
  public Set<String> iamActions() {
    // The cluster's VPC is asked for once by the operator, not by an adapter.
    return Set.of("ec2:DescribeSubnets", "eks:DescribeCluster");
  }
}
