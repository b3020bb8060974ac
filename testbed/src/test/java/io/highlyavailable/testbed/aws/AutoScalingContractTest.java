package io.highlyavailable.testbed.aws;

import static io.highlyavailable.testbed.aws.Refused.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.testbed.network.Network;
import io.highlyavailable.testbed.network.NetworkSeed;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefresh;
import software.amazon.awssdk.services.autoscaling.model.RefreshPreferences;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * Source: the Amazon EC2 Auto Scaling API reference, and "Use an instance refresh to update
 * instances in an Auto Scaling group" and "Undo changes with a rollback" in its user guide.
 */
class AutoScalingContractTest extends EmulatorTest {
  private static final String GROUP = "shop";

  private final AutoScalingClient scaling = client(AutoScalingClient.builder());
  private final Ec2Client ec2 = client(Ec2Client.builder());
  private Network network;
  private String template;

  @BeforeEach
  void makeTemplate() {
    network = NetworkSeed.ensure(emulator().endpoint(), "us-east-1", "test");
    template =
        ec2.createLaunchTemplate(
                it ->
                    it.launchTemplateName(GROUP).launchTemplateData(data -> data.imageId("ami-1")))
            .launchTemplate()
            .launchTemplateId();
    ec2.createLaunchTemplateVersion(
        it -> it.launchTemplateId(template).launchTemplateData(data -> data.imageId("ami-2")));
  }

  private void create(int smallest, int largest) {
    scaling.createAutoScalingGroup(
        it ->
            it.autoScalingGroupName(GROUP)
                .minSize(smallest)
                .maxSize(largest)
                .launchTemplate(of -> of.launchTemplateId(template).version("1"))
                .defaultInstanceWarmup(60)
                .defaultCooldown(10)
                .instanceMaintenancePolicy(
                    policy -> policy.minHealthyPercentage(100).maxHealthyPercentage(110))
                .vpcZoneIdentifier(String.join(",", network.privateSubnetIds())));
  }

  private AutoScalingGroup group() {
    return scaling.describeAutoScalingGroups().autoScalingGroups().getFirst();
  }

  private String refresh(boolean rollback) {
    return scaling
        .startInstanceRefresh(
            it ->
                it.autoScalingGroupName(GROUP)
                    .desiredConfiguration(
                        wanted ->
                            wanted.launchTemplate(of -> of.launchTemplateId(template).version("2")))
                    .preferences(
                        RefreshPreferences.builder()
                            .minHealthyPercentage(100)
                            .maxHealthyPercentage(110)
                            .autoRollback(rollback)
                            .build()))
        .instanceRefreshId();
  }

  private InstanceRefresh last() {
    return scaling
        .describeInstanceRefreshes(it -> it.autoScalingGroupName(GROUP))
        .instanceRefreshes()
        .getFirst();
  }

  private List<String> versions() {
    return group().instances().stream()
        .map(it -> it.launchTemplate().version())
        .distinct()
        .toList();
  }

  @Test
  void aNameIsTakenOnce() {
    create(1, 2);
    refused("AlreadyExists", () -> create(1, 2));
    assertThat(group().instances()).hasSize(1);
  }

  @Test
  void boundsAreInOrder() {
    refused("ValidationError", () -> create(3, 2));
    create(1, 2);
    refused(
        "ValidationError",
        () ->
            scaling.updateAutoScalingGroup(
                it -> it.autoScalingGroupName(GROUP).desiredCapacity(3)));
  }

  @Test
  void instancesAreSpreadOverTheZones() {
    create(3, 6);
    assertThat(group().instances()).extracting(Instance::availabilityZone).doesNotHaveDuplicates();
  }

  @Test
  void settingsAreKeptAndHowManyAreWantedFollowsTheBounds() {
    create(3, 6);
    scaling.updateAutoScalingGroup(
        it -> it.autoScalingGroupName(GROUP).defaultCooldown(20).minSize(1).maxSize(2));
    assertThat(group().defaultCooldown()).isEqualTo(20);
    assertThat(group().defaultInstanceWarmup()).isEqualTo(60);
    assertThat(group().instanceMaintenancePolicy().maxHealthyPercentage()).isEqualTo(110);
    assertThat(group().desiredCapacity()).isEqualTo(2);
  }

  @Test
  void aGroupWithInstancesIsDeletedByForceOnly() {
    create(1, 2);
    refused(
        "ResourceInUse",
        () -> scaling.deleteAutoScalingGroup(it -> it.autoScalingGroupName(GROUP)));
    scaling.deleteAutoScalingGroup(it -> it.autoScalingGroupName(GROUP).forceDelete(true));
    assertThat(scaling.describeAutoScalingGroups().autoScalingGroups()).isEmpty();
  }

  @Test
  void aRefreshReplacesInstancesAndThenTheGroupIsOfTheNewVersion() {
    create(2, 4);
    emulator().transitions().autoScaling(Duration.ZERO, Duration.ofHours(1));
    String id = refresh(true);
    assertThat(last().statusAsString()).isEqualTo("Pending");
    assertThat(group().launchTemplate().version()).isEqualTo("1");
    refused("InstanceRefreshInProgress", () -> refresh(true));
    emulator().transitions().complete();
    assertThat(last().instanceRefreshId()).isEqualTo(id);
    assertThat(last().statusAsString()).isEqualTo("Successful");
    assertThat(last().percentageComplete()).isEqualTo(100);
    assertThat(group().launchTemplate().version()).isEqualTo("2");
    assertThat(versions()).containsExactly("2");
    assertThat(group().instances()).hasSize(2);
  }

  @Test
  void instancesThatDoNotWorkAreRolledBackAndTheGroupStaysAsItWas() {
    create(2, 4);
    emulator().breakNewInstances(GROUP, "instances failed to become healthy");
    refresh(true);
    emulator().transitions().complete();
    assertThat(last().statusAsString()).isEqualTo("RollbackSuccessful");
    assertThat(last().statusReason()).isEqualTo("instances failed to become healthy");
    assertThat(group().launchTemplate().version()).isEqualTo("1");
    assertThat(versions()).containsExactly("1");
  }

  @Test
  void rollingBackTakesANumberedVersion() {
    create(1, 2);
    refused(
        "ValidationError",
        () ->
            scaling.startInstanceRefresh(
                it -> it.autoScalingGroupName(GROUP).preferences(how -> how.autoRollback(true))));
  }

  @Test
  void aRefreshIsCancelledOnlyWhileItGoesOn() {
    create(1, 2);
    refused(
        "ActiveInstanceRefreshNotFound",
        () -> scaling.cancelInstanceRefresh(it -> it.autoScalingGroupName(GROUP)));
    emulator().transitions().autoScaling(Duration.ZERO, Duration.ofHours(1));
    refresh(false);
    scaling.cancelInstanceRefresh(it -> it.autoScalingGroupName(GROUP));
    assertThat(last().statusAsString()).isEqualTo("Cancelling");
    emulator().transitions().complete();
    assertThat(last().statusAsString()).isEqualTo("Cancelled");
    assertThat(group().launchTemplate().version()).isEqualTo("1");
  }

  @Test
  void theRequestsOfEachTargetAreThoseOfATargetGroup() {
    create(1, 2);
    refused(
        "ValidationError",
        () ->
            scaling.putScalingPolicy(
                it ->
                    it.autoScalingGroupName(GROUP)
                        .policyName("requests")
                        .policyType("TargetTrackingScaling")
                        .targetTrackingConfiguration(
                            aim ->
                                aim.targetValue(100.0)
                                    .predefinedMetricSpecification(
                                        metric ->
                                            metric.predefinedMetricType(
                                                "ALBRequestCountPerTarget")))));
  }
}
