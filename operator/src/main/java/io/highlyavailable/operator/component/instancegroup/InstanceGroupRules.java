package io.highlyavailable.operator.component.instancegroup;

import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Compute;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.ManagedNetwork;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.balancer.AppLoadBalancer;
import io.highlyavailable.operator.component.launchtemplate.LaunchTemplate;
import io.highlyavailable.operator.component.network.Network;
import io.highlyavailable.operator.component.network.Subnet;
import io.highlyavailable.operator.component.targetgroup.TargetGroup;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.App.Scale;
import io.highlyavailable.operator.model.InstanceSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** An app's instances: as many as spec.scaling or spec.replicas says, over the private subnets. */
public final class InstanceGroupRules implements GroupRules {
  /** Long enough to boot, install the container runtime and fetch an image. */
  private static final Duration SHORTEST_GRACE = Duration.ofSeconds(300);

  /** {@link Tracking#REQUESTS} counts those of a minute. */
  private static final int SECONDS_OF_THE_METRIC = 60;

  private static final Duration COOLDOWN = Duration.ofSeconds(300);

  @Override
  public ComponentName name() {
    return Compute.GROUP;
  }

  @Override
  public String condition() {
    return Compute.CONDITION;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    Set<ComponentName> names = new TreeSet<>(ManagedNetwork.homeOfData());
    names.addAll(
        Set.of(
            new ComponentName("network"),
            Compute.LAUNCH_TEMPLATE,
            Compute.TARGET_GROUP,
            Compute.BALANCER));
    return names;
  }

  @Override
  public boolean wanted(App app) {
    return Compute.wanted(app);
  }

  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    return Optional.of(app.resourceName());
  }

  @Override
  public Desired<InstanceGroupDesired> desired(App app, Upstream upstream) {
    Optional<Network> network = upstream.ready(Network.class);
    Optional<LaunchTemplate> template =
        upstream.ready(Compute.LAUNCH_TEMPLATE, LaunchTemplate.class);
    Optional<TargetGroup> targets = upstream.ready(Compute.TARGET_GROUP, TargetGroup.class);
    if (network.isEmpty()) {
      return new Desired.Waiting<>("waiting for the network");
    }
    if (template.isEmpty()) {
      return new Desired.Waiting<>("waiting for the launch template");
    }
    if (targets.isEmpty()) {
      return new Desired.Waiting<>("waiting for the target group");
    }
    // Else the policy that follows its requests would be taken for one too many.
    if (upstream.observed(Compute.BALANCER) instanceof Observation.Unknown<?>) {
      return new Desired.Waiting<>("waiting for the load balancer");
    }
    return new Desired.Known<>(
        new InstanceGroupDesired(
            app.resourceName(),
            settings(app, network.get()),
            template.get().templateId(),
            String.valueOf(template.get().version()),
            new TreeSet<>(Set.of(targets.get().id())),
            policies(app, targets.get(), balancer(upstream)),
            targets.get().healthyTargets(),
            new TreeMap<>()));
  }

  private static GroupSettings settings(App app, Network network) {
    InstanceSettings instances = app.instances().orElseThrow();
    Duration warmup = instances.warmup();
    return new GroupSettings(
        app.workload().scale().minimum(),
        most(app.workload().scale()),
        List.of(),
        network.privateSubnets(app).stream()
            .map(Subnet::id)
            .collect(Collectors.toCollection(TreeSet::new)),
        "ELB",
        (int) (warmup.compareTo(SHORTEST_GRACE) > 0 ? warmup : SHORTEST_GRACE).toSeconds(),
        (int) warmup.toSeconds(),
        (int) cooldown(app.workload().scale()).toSeconds(),
        instances.minHealthyPercentage(),
        instances.maxHealthyPercentage(),
        app.workload().availability().spreadRequired() ? "balanced-only" : "balanced-best-effort");
  }

  private static int most(Scale scale) {
    return switch (scale) {
      case Scale.Fixed fixed -> fixed.replicas();
      case Scale.Automatic automatic -> automatic.maxReplicas();
    };
  }

  private static Duration cooldown(Scale scale) {
    return switch (scale) {
      case Scale.Fixed fixed -> COOLDOWN;
      case Scale.Automatic automatic -> automatic.scaleDownStabilization();
    };
  }

  private static SortedSet<Tracking> policies(
      App app, TargetGroup targets, Optional<AppLoadBalancer> balancer) {
    SortedSet<Tracking> policies = new TreeSet<>();
    if (app.workload().scale() instanceof Scale.Automatic scale) {
      String name = app.resourceName();
      Optional.ofNullable(scale.cpuUtilizationPercentage())
          .ifPresent(cpu -> policies.add(new Tracking(name + "-cpu", Tracking.CPU, "", cpu)));
      Optional<String> label = balancer.map(it -> targets.requestCountLabel(it.id()));
      if (label.isPresent() && scale.requestsPerSecond() != null) {
        int aMinute = scale.requestsPerSecond() * SECONDS_OF_THE_METRIC;
        policies.add(new Tracking(name + "-requests", Tracking.REQUESTS, label.get(), aMinute));
      }
    }
    return policies;
  }

  /** One that is there and set up, ready or not: its requests are counted. */
  private static Optional<AppLoadBalancer> balancer(Upstream upstream) {
    return upstream.observed(Compute.BALANCER) instanceof Observation.Present<?>(AppLoadBalancer it)
            && !it.inTransition()
        ? Optional.of(it)
        : Optional.empty();
  }
}
