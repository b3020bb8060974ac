package io.highlyavailable.operator.component.instancegroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Instances;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Records;
import io.highlyavailable.operator.component.appsecret.AppSecretModule;
import io.highlyavailable.operator.component.balancer.AppLoadBalancerModule;
import io.highlyavailable.operator.component.certificate.CertificateModule;
import io.highlyavailable.operator.component.launchtemplate.LaunchTemplateModule;
import io.highlyavailable.operator.component.network.NetworkModule;
import io.highlyavailable.operator.component.role.InstanceRoleModule;
import io.highlyavailable.operator.component.securitygroup.SecurityGroupModule;
import io.highlyavailable.operator.component.targetgroup.TargetGroupModule;
import io.highlyavailable.operator.model.App;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InstanceGroupAdapterTest extends AdapterContract<InstanceGroupDesired, InstanceGroup> {
  InstanceGroupAdapterTest() {
    super(
        InstanceGroupModule.ofInstances(),
        List.of(
            new NetworkModule(),
            SecurityGroupModule.ofLoadBalancer(),
            SecurityGroupModule.ofInstances(),
            InstanceRoleModule.ofInstances(),
            new AppSecretModule(),
            LaunchTemplateModule.ofInstances(),
            new CertificateModule(),
            new TargetGroupModule(),
            new AppLoadBalancerModule()));
  }

  @AfterEach
  void nothingTakesTimeAnyMore() {
    world.emulator().transitions().autoScaling(Duration.ZERO, Duration.ZERO);
  }

  @Override
  protected App sample() {
    return scaled(3, 6).apply(Instances.withoutData().build());
  }

  private static UnaryOperator<App> scaled(int min, int max) {
    return setting(
        "workload", "scale", new App.Scale.Automatic(min, max, 70, null, Duration.ofSeconds(300)));
  }

  @Override
  protected Map<String, UnaryOperator<App>> changes() {
    Map<String, UnaryOperator<App>> changes = new LinkedHashMap<>();
    changes.put("scaling", scaled(4, 8));
    changes.put(
        "requestsPerSecondPerReplica",
        setting(
            "workload",
            "scale",
            new App.Scale.Automatic(4, 8, 70, null, Duration.ofSeconds(300), 50)));
    changes.put("warmup", setting("compute", "warmup", Duration.ofSeconds(600)));
    changes.put("minHealthyPercentage", setting("compute", "minHealthyPercentage", 90));
    changes.put("image", setting("workload", "image", "example.com/shop:2"));
    changes.put("replicas", setting("workload", "scale", new App.Scale.Fixed(2)));
    return changes;
  }

  @Override
  protected Map<String, Consumer<InstanceGroup>> drifts() {
    Map<String, Consumer<InstanceGroup>> drifts = new LinkedHashMap<>();
    drifts.put(
        "maxReplicas",
        row ->
            clients
                .autoScaling()
                .updateAutoScalingGroup(it -> it.autoScalingGroupName(row.name()).maxSize(5)));
    drifts.put(
        "healthCheck",
        row ->
            clients
                .autoScaling()
                .updateAutoScalingGroup(
                    it -> it.autoScalingGroupName(row.name()).healthCheckType("EC2")));
    drifts.put(
        "subnets",
        row ->
            clients
                .autoScaling()
                .updateAutoScalingGroup(
                    it ->
                        it.autoScalingGroupName(row.name())
                            .vpcZoneIdentifier(row.settings().subnetIds().first())));
    drifts.put(
        "scalingPolicies",
        row ->
            clients
                .autoScaling()
                .deletePolicy(
                    it ->
                        it.autoScalingGroupName(row.name())
                            .policyName(row.policies().first().name())));
    drifts.put(
        "targetGroups",
        row ->
            clients
                .autoScaling()
                .detachLoadBalancerTargetGroups(
                    it -> it.autoScalingGroupName(row.name()).targetGroupARNs(row.targetGroups())));
    return drifts;
  }

  private InstanceGroupDesired ofVersion(String version) {
    return Records.with(desired, "version", version);
  }

  /** The group's launch template has versions 1 to 3. */
  private InstanceGroup withVersions() {
    InstanceGroup row = create();
    for (int version = 2; version <= 3; version++) {
      admin()
          .ec2()
          .createLaunchTemplateVersion(
              it -> it.launchTemplateId(row.template()).launchTemplateData(data -> {}));
    }
    return row;
  }

  private InstanceGroup refresh(InstanceGroup row, String version) {
    InstanceGroupDesired wanted = ofVersion(version);
    return adapter.update(row, wanted, component.differences(wanted, row));
  }

  private InstanceGroupDesired withHealthyTargets() {
    return Records.with(
        desired,
        "healthy",
        seen().members().stream().map(Member::id).collect(Collectors.toCollection(TreeSet::new)));
  }

  private InstanceGroup seen() {
    return observed().orElseThrow();
  }

  @Test
  void instancesAreSpreadOverTheZones() {
    create();
    assertThat(seen().zones()).hasSize(3).allSatisfy((zone, count) -> assertThat(count).isOne());
    assertThat(component.readiness(desired, seen()))
        .isEqualTo(
            new Readiness.Progressing("0/3 instances answer the load balancer's health checks"));
    assertThat(component.readiness(withHealthyTargets(), seen())).isEqualTo(new Readiness.Ready());
    assertThat(component.remark(seen()))
        .isEqualTo("in service: us-east-1a 1, us-east-1b 1, us-east-1c 1");
  }

  @Test
  void anotherVersionReplacesTheInstances() {
    world.emulator().transitions().autoScaling(Duration.ZERO, Duration.ofHours(1));
    InstanceGroup begun = refresh(withVersions(), "2");
    assertThat(begun.replacement().orElseThrow()).matches(Refresh::active);
    assertThat(seen().replacement().orElseThrow().version()).isEqualTo("2");
    assertThat(component.differences(ofVersion("2"), seen())).isEmpty();
    assertThat(component.readiness(ofVersion("2"), seen()))
        .isEqualTo(new Readiness.Progressing("instances are being replaced: 0 % done"));
    assertThat(seen().unsettled()).isTrue();
    world.emulator().transitions().complete();
    InstanceGroup done = seen();
    assertThat(done.replacement()).isEmpty();
    assertThat(done.version()).isEqualTo("2");
    assertThat(done.members()).hasSize(3).allMatch(member -> member.version().equals("2"));
    assertThat(done.settled()).isTrue();
    assertThat(component.differences(ofVersion("2"), done)).isEmpty();
  }

  @Test
  void instancesThatDoNotWorkAreNotTriedAgainUntilThereIsAnotherVersion() {
    InstanceGroup row = withVersions();
    world.emulator().breakNewInstances(row.name(), "3 instances failed to become healthy");
    refresh(row, "2");
    world.emulator().transitions().complete();
    assertThat(component.differences(ofVersion("2"), seen())).isEmpty();
    assertThat(component.readiness(ofVersion("2"), seen()))
        .isInstanceOfSatisfying(
            Readiness.Failed.class,
            failed ->
                assertThat(failed.reason())
                    .isEqualTo(
                        "instances of version 2 of the launch template do not work, and those of"
                            + " version 1 go on: 3 instances failed to become healthy"));
    world.emulator().repairNewInstances(row.name());
    refresh(seen(), "3");
    world.emulator().transitions().complete();
    assertThat(seen().version()).isEqualTo("3");
    assertThat(component.readiness(Records.with(withHealthyTargets(), "version", "3"), seen()))
        .isEqualTo(new Readiness.Ready());
  }

  @Test
  void aVersionThatIsNotWantedAnyMoreIsNotWaitedFor() {
    world.emulator().transitions().autoScaling(Duration.ZERO, Duration.ofHours(1));
    refresh(withVersions(), "2");
    InstanceGroup cancelled = refresh(seen(), "3");
    assertThat(cancelled.replacement().orElseThrow().status()).isEqualTo(Refresh.CANCELLING);
    assertThat(component.differences(ofVersion("3"), seen()))
        .extracting(Difference::field)
        .containsExactly("launchTemplate");
    world.emulator().transitions().complete();
    refresh(seen(), "3");
    world.emulator().transitions().complete();
    assertThat(seen().version()).isEqualTo("3");
  }

  @Test
  void aGroupThatIsWhatItShouldBeCostsNoCallOfItsOwn() {
    refresh(withVersions(), "2");
    world.emulator().transitions().complete();
    seen();
    long mark = world.emulator().calls().mark();
    seen();
    assertThat(
            world
                .emulator()
                .calls()
                .by("adapter")
                .count(mark, "autoscaling", "DescribeInstanceRefreshes"))
        .isZero();
  }

  @Test
  void aGroupIsEmptiedBeforeItIsDeleted() {
    InstanceGroup emptied = adapter.delete(create(), new Disposal.Delete()).orElseThrow();
    assertThat(emptied.deleting()).isTrue();
    assertThat(seen().members()).isEmpty();
    assertThat(seen().deleting()).isFalse();
    assertThat(adapter.delete(seen(), new Disposal.Delete())).isEmpty();
    assertThat(observed()).isEmpty();
  }

  @Test
  void policiesOfOthersStay() {
    InstanceGroup row = create();
    clients
        .autoScaling()
        .putScalingPolicy(
            it ->
                it.autoScalingGroupName(row.name())
                    .policyName("theirs-" + row.name())
                    .policyType("TargetTrackingScaling")
                    .targetTrackingConfiguration(
                        Groups.tracking(new Tracking("theirs", Tracking.CPU, "", 20))));
    assertThat(differences(seen())).isEmpty();
  }
}
