package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.api.v1alpha1.ConditionStatus;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.api.v1alpha1.ZoneStatus;
import io.highlyavailable.operator.model.OwnershipTags;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.ScalingPolicy;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** An app on EC2 instances, from its creation to its end. */
@WithRig
class InstancesIT {
  private static final String WITHOUT_DATA =
      """
      apiVersion: highlyavailable.io/v1alpha1
      kind: HighlyAvailableApp
      metadata: {name: shop}
      spec:
        image: ghcr.io/acme/shop:1
        replicas: 2
        compute: {instances: {}}
        ingress: {host: shop.example.com}
        migration: {command: [./migrate]}
      """;

  private final Rig rig;
  private final AutoScalingClient scaling;
  private final SecretsManagerClient secrets;

  InstancesIT(Rig rig) {
    this.rig = rig;
    this.scaling = rig.aws().autoScaling();
    this.secrets = rig.aws().secretsManager();
  }

  private AutoScalingGroup group(AppRig app) {
    return scaling
        .describeAutoScalingGroups(it -> it.autoScalingGroupNames(app.aws().resource()))
        .autoScalingGroups()
        .getFirst();
  }

  private List<ScalingPolicy> policies(AppRig app) {
    return scaling
        .describePolicies(it -> it.autoScalingGroupName(app.aws().resource()))
        .scalingPolicies();
  }

  private JsonNode environment(AppRig app) throws JsonProcessingException {
    String name = app.aws().resource() + "-environment";
    return new ObjectMapper()
        .readTree(secrets.getSecretValue(it -> it.secretId(name)).secretString());
  }

  private ResponseLaunchTemplateData template(AppRig app) {
    return rig.aws()
        .ec2()
        .describeLaunchTemplateVersions(
            it -> it.launchTemplateName(app.aws().resource()).versions("$Default"))
        .launchTemplateVersions()
        .getFirst()
        .launchTemplateData();
  }

  private static String userData(ResponseLaunchTemplateData template) {
    return new String(Base64.getDecoder().decode(template.userData()), StandardCharsets.UTF_8);
  }

  private Set<String> groups(AppRig app) {
    Filter byName = Filter.builder().name("group-name").values(app.aws().resource() + "*").build();
    return rig
        .aws()
        .ec2()
        .describeSecurityGroups(it -> it.filters(byName))
        .securityGroups()
        .stream()
        .map(SecurityGroup::groupName)
        .map(name -> name.substring(app.aws().resource().length()))
        .collect(Collectors.toSet());
  }

  @Test
  void anAppRunsOnInstancesWithWhatAPodWouldHave(Stage stage) throws JsonProcessingException {
    stage.operator();
    AppRig app = stage.example("instances").awaitReady();

    assertServing(app);
    assertNoPods(app);
    String password = app.secret("database").get("password");
    assertThat(environment(app).path("DATABASE_PASSWORD").asText()).isEqualTo(password);
    assertThat(environment(app).path("DATABASE_HOST").asText())
        .isEqualTo(app.secret("database").get("host"));
    ResponseLaunchTemplateData template = template(app);
    assertThat(template.metadataOptions().httpTokensAsString()).isEqualTo("required");
    assertThat(template.blockDeviceMappings().getFirst().ebs().encrypted()).isTrue();
    assertThat(userData(template)).contains("ghcr.io/acme/shop:1.4.2").doesNotContain(password);
    assertThat(Serialization.asYaml(app.get())).doesNotContain(password);
    assertThat(rig.running().logTail()).doesNotContain(password);
    assertThat(groups(app)).containsExactlyInAnyOrder("", "-app", "-load-balancer");

    assertChangesReplaceInstances(app);
    assertDriftIsPutBack(app);
    assertNothingIsLeft(app);
  }

  private void assertServing(AppRig app) {
    AutoScalingGroup group = group(app);
    assertThat(group.instances())
        .hasSize(3)
        .extracting(instance -> instance.availabilityZone())
        .doesNotHaveDuplicates();
    assertThat(group.healthCheckType()).isEqualTo("ELB");
    assertThat(group.tags())
        .filteredOn(tag -> tag.key().equals(OwnershipTags.NAME))
        .extracting(TagDescription::value, TagDescription::propagateAtLaunch)
        .containsExactly(tuple("shop", true));
    assertThat(policies(app))
        .singleElement()
        .satisfies(
            policy -> assertThat(policy.targetTrackingConfiguration().targetValue()).isEqualTo(60));
    assertThat(app.status().url()).isEqualTo("https://shop.example.com");
    assertThat(app.status().loadBalancer().hostname()).endsWith(".elb.amazonaws.com");
    assertThat(app.status().replicas()).isEqualTo(3);
    assertThat(app.condition("WorkloadReady").status()).isEqualTo(ConditionStatus.TRUE);
    assertThat(app.condition("IngressReady").status()).isEqualTo(ConditionStatus.TRUE);
    assertThat(app.condition("HighlyAvailable").status()).isEqualTo(ConditionStatus.TRUE);
    assertThat(app.message("auto-scaling-group")).startsWith("in service: us-east-1a 1");
    assertThat(app.status().zones())
        .containsExactly(
            new ZoneStatus("us-east-1a", 1),
            new ZoneStatus("us-east-1b", 1),
            new ZoneStatus("us-east-1c", 1));
  }

  private static void assertNoPods(AppRig app) {
    assertThat(app.find(Deployment.class)).isEmpty();
    assertThat(app.find(Service.class)).isEmpty();
    assertThat(app.find(Ingress.class)).isEmpty();
    assertThat(app.find(HorizontalPodAutoscaler.class)).isEmpty();
    assertThat(app.find(PodDisruptionBudget.class)).isEmpty();
    assertThat(app.find(ServiceAccount.class)).isEmpty();
  }

  /** Another image, and other credentials. */
  private void assertChangesReplaceInstances(AppRig app) throws JsonProcessingException {
    List<String> before = instances(app);
    app.patch("spec: {image: \"ghcr.io/acme/shop:1.4.3\"}");
    app.awaitReady();
    assertThat(userData(template(app))).contains("ghcr.io/acme/shop:1.4.3");
    assertThat(instances(app)).hasSize(3).doesNotContainAnyElementsOf(before);

    List<String> old = instances(app);
    app.annotate(HighlyAvailableApp.ROTATE_CREDENTIALS_AT_ANNOTATION, "2026-11-23T10:00:00Z");
    app.eventually(
        () ->
            assertThat(app.status().lastHandledCredentialRotation())
                .isEqualTo("2026-11-23T10:00:00Z"));
    app.eventually(() -> assertThat(instances(app)).doesNotContainAnyElementsOf(old));
    app.awaitReady();
    assertThat(environment(app).path("DATABASE_USERNAME").asText()).isEqualTo("app_b");
    assertThat(environment(app).path("DATABASE_PASSWORD").asText())
        .isEqualTo(app.secret("database").get("password"));
  }

  private List<String> instances(AppRig app) {
    return group(app).instances().stream().map(instance -> instance.instanceId()).toList();
  }

  private void assertDriftIsPutBack(AppRig app) {
    String name = app.aws().resource();
    scaling.updateAutoScalingGroup(it -> it.autoScalingGroupName(name).maxSize(4));
    scaling.deletePolicy(it -> it.autoScalingGroupName(name).policyName(name + "-cpu"));
    app.eventually(() -> assertThat(group(app).maxSize()).isEqualTo(12));
    app.eventually(() -> assertThat(policies(app)).hasSize(1));
    app.awaitReady();
  }

  private void assertNothingIsLeft(AppRig app) {
    app.patch("spec: {deletionProtection: false, deletionPolicy: Delete}");
    app.delete();
    app.awaitGone();
    String name = app.aws().resource();
    assertThat(
            scaling
                .describeAutoScalingGroups(it -> it.autoScalingGroupNames(name))
                .autoScalingGroups())
        .isEmpty();
    assertThat(secrets.listSecrets().secretList())
        .noneMatch(secret -> secret.name().startsWith(name));
    assertThat(groups(app)).isEmpty();
    assertThat(rig.aws().ec2().describeLaunchTemplates().launchTemplates())
        .noneMatch(template -> template.launchTemplateName().equals(name));
    assertThat(rig.aws().iam().listInstanceProfiles().instanceProfiles())
        .noneMatch(profile -> profile.instanceProfileName().startsWith(name));
    assertThat(rig.aws().elb().describeLoadBalancers().loadBalancers())
        .noneMatch(balancer -> balancer.loadBalancerName().equals(name));
  }

  @Test
  void newInstancesThatDoNotWorkLeaveThoseOfBeforeInService(Stage stage) {
    stage.operator();
    AppRig app = stage.apply(WITHOUT_DATA).awaitReady();
    assertThat(app.component("migration").state()).isEqualTo("succeeded");
    assertThat(migrated(app)).isPresent();
    List<String> before = instances(app);

    rig.emulator().breakNewInstances(app.aws().resource(), "2 instances failed health checks");
    app.patch("spec: {image: \"ghcr.io/acme/shop:2\"}");
    app.eventually(
        () ->
            assertThat(app.message("auto-scaling-group"))
                .contains("do not work", "2 instances failed health checks"));
    assertThat(app.condition("Stalled").status()).isEqualTo(ConditionStatus.TRUE);
    assertThat(instances(app)).isEqualTo(before);

    rig.emulator().repairNewInstances(app.aws().resource());
    app.patch("spec: {image: \"ghcr.io/acme/shop:3\"}");
    app.awaitReady();
    assertThat(instances(app)).hasSize(2).doesNotContainAnyElementsOf(before);
    assertThat(migrated(app).orElseThrow().split(",")).as("each image").hasSize(3);
  }

  private static Optional<String> migrated(AppRig app) {
    return Optional.ofNullable(
        app.the(ServiceAccount.class)
            .getMetadata()
            .getAnnotations()
            .get("highlyavailable.io/migrated"));
  }
}
