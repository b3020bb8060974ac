package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.operator.model.OwnershipTags;
import io.highlyavailable.testbed.aws.Call;
import io.highlyavailable.testbed.aws.Fault;
import io.highlyavailable.testbed.operator.OperatorProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.rds.model.DBInstance;

/**
 * An app with a database moves between pods and instances: both sides reach the one database, and
 * the old side serves until a person has approved that it goes.
 */
@WithRig
class MoveIT {
  /**
   * Mutating calls by which the instances' side is made: role, profile and policy 4, secret 1,
   * security groups and their rules 7, target group, load balancer and listeners 6, launch template
   * 1, Auto Scaling group, its tracking and settings 4, the database's rule 1; an index beyond the
   * last just lets the app move.
   */
  private static final int CALLS = 24;

  private static final String PODS =
      """
      apiVersion: highlyavailable.io/v1alpha1
      kind: HighlyAvailableApp
      metadata: {name: shop}
      spec:
        image: ghcr.io/acme/shop:1
        replicas: 2
        ingress: {host: shop.example.com}
        database: {rds: {engine: postgres}}
      """;

  private static final String TO_INSTANCES = "spec: {compute: {instances: {}, containers: null}}";
  private static final String TO_PODS = "spec: {compute: {instances: null, containers: {}}}";

  private final Rig rig;

  MoveIT(Rig rig) {
    this.rig = rig;
  }

  static Stream<Integer> indexes() {
    return Sweep.indexes(CALLS, 1);
  }

  @Test
  void theOldSideServesUntilItsEndIsApprovedAndTheDatabaseStaysTheSame(Stage stage) {
    stage.operator();
    AppRig app = stage.apply(PODS).awaitReady();
    DBInstance database = app.aws().database().orElseThrow();
    Map<String, String> credentials = app.secret("database");
    String balancer = app.status().loadBalancer().hostname();
    long mark = rig.emulator().calls().mark();

    app.patch(TO_INSTANCES);
    awaitAskedForApproval(app);
    assertThat(app.status().loadBalancer().hostname())
        .isNotEqualTo(balancer)
        .endsWith(".elb.amazonaws.com");
    assertBothSidesServe(app);
    assertThat(admittedToDatabase(app)).contains(groupId(app, "-app")).hasSize(2);
    assertThat(app.message("pods")).contains("approved");
    approve(app);
    app.eventually(() -> assertThat(app.find(Deployment.class)).isEmpty());
    awaitMoved(app);

    String own = app.status().loadBalancer().hostname();
    app.patch(TO_PODS);
    awaitAskedForApproval(app);
    assertThat(app.status().loadBalancer().hostname()).isNotEqualTo(own);
    assertBothSidesServe(app);
    approve(app);
    app.eventually(() -> assertThat(instancesSide(app)).isEmpty());
    awaitMoved(app);

    assertUntouched(app, database, credentials, mark);
    assertThat(admittedToDatabase(app)).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("indexes")
  void operatorKilledAtACallOfTheMoveLeavesOneOfEach(int index, Stage stage) {
    OperatorProcess operator = stage.operator();
    AppRig app = stage.apply(PODS).awaitReady();
    DBInstance database = app.aws().database().orElseThrow();
    Map<String, String> credentials = app.secret("database");
    long mark = rig.emulator().calls().mark();
    Fault lost =
        rig.emulator().faults().onAny().caller(Rig.OPERATOR).mutating().skip(index).dropAfter();

    app.patch(TO_INSTANCES);
    app.eventually(() -> assertHitOrMade(app, lost));
    assertThat(app.the(Deployment.class).getStatus().getReadyReplicas()).isEqualTo(2);
    operator.kill();
    await().atMost(Duration.ofSeconds(10)).until(() -> !operator.isAlive());
    rig.emulator().faults().clear();
    operator.start();
    operator.awaitReady(Duration.ofSeconds(60));

    awaitAskedForApproval(app);
    assertBothSidesServe(app);
    assertThat(instancesSide(app))
        .containsExactlyInAnyOrder("group", "balancer", "-app", "-load-balancer");
    approve(app);
    app.eventually(() -> assertThat(app.find(Deployment.class)).isEmpty());
    awaitMoved(app);
    assertUntouched(app, database, credentials, mark);
    assertNothingIsLeft(app);
  }

  private static void assertHitOrMade(AppRig app, Fault lost) {
    if (lost.hits() == 0) {
      assertThat(app.status().plan()).isNotNull();
    }
  }

  private static void awaitAskedForApproval(AppRig app) {
    app.eventually(() -> assertThat(app.status().plan()).isNotNull());
    app.awaitReady();
  }

  private static void awaitMoved(AppRig app) {
    app.eventually(() -> assertThat(app.status().plan()).isNull());
    app.awaitReady();
  }

  private static void approve(AppRig app) {
    app.annotate(HighlyAvailableApp.APPROVED_PLAN_ANNOTATION, app.status().plan().hash());
  }

  private void assertBothSidesServe(AppRig app) {
    assertThat(app.the(Deployment.class).getStatus().getReadyReplicas()).isEqualTo(2);
    assertThat(app.find(Ingress.class)).isPresent();
    assertThat(groups(app))
        .singleElement()
        .satisfies(
            group ->
                assertThat(group.instances())
                    .hasSize(2)
                    .extracting(Instance::lifecycleStateAsString)
                    .containsOnly("InService"));
  }

  /** The database is the very same, and was given nothing but another member of its group. */
  private void assertUntouched(
      AppRig app, DBInstance database, Map<String, String> credentials, long mark) {
    DBInstance now = app.aws().database().orElseThrow();
    assertThat(now.dbiResourceId()).isEqualTo(database.dbiResourceId());
    assertThat(now.instanceCreateTime()).isEqualTo(database.instanceCreateTime());
    assertThat(app.secret("database")).isEqualTo(credentials);
    assertThat(rig.emulator().calls().by(Rig.OPERATOR).mutations(mark))
        .extracting(Call::operation)
        .doesNotContain("ModifyDBInstance", "DeleteDBInstance", "RebootDBInstance");
  }

  private void assertNothingIsLeft(AppRig app) {
    app.patch("spec: {deletionProtection: false, deletionPolicy: Delete}");
    app.delete();
    app.awaitGone();
    assertThat(instancesSide(app)).isEmpty();
    assertThat(app.aws().database()).isEmpty();
    assertThat(app.aws().securityGroups()).isEmpty();
  }

  private List<AutoScalingGroup> groups(AppRig app) {
    return rig.aws().autoScaling().describeAutoScalingGroups().autoScalingGroups().stream()
        .filter(group -> group.tags().stream().anyMatch(tag -> isOf(app, tag.key(), tag.value())))
        .toList();
  }

  private static boolean isOf(AppRig app, String key, String value) {
    return key.equals(OwnershipTags.NAMESPACE) && value.equals(app.namespace());
  }

  /** What there is of the instances' side, each as often as it is there. */
  private List<String> instancesSide(AppRig app) {
    Stream<String> groups = groups(app).stream().map(group -> "group");
    Stream<String> balancers =
        rig.aws().elb().describeLoadBalancers().loadBalancers().stream()
            .map(LoadBalancer::loadBalancerName)
            .filter(name -> name.equals(app.aws().resource()))
            .map(name -> "balancer");
    Stream<String> securityGroups =
        securityGroups(app, "-*").stream()
            .map(group -> group.groupName().substring(app.aws().resource().length()));
    return Stream.of(groups, balancers, securityGroups).flatMap(all -> all).toList();
  }

  private List<SecurityGroup> securityGroups(AppRig app, String suffix) {
    Filter byName =
        Filter.builder().name("group-name").values(app.aws().resource() + suffix).build();
    return rig.aws().ec2().describeSecurityGroups(it -> it.filters(byName)).securityGroups();
  }

  private String groupId(AppRig app, String suffix) {
    return securityGroups(app, suffix).getFirst().groupId();
  }

  /** Security groups that may open connections to the database. */
  private static List<String> admittedToDatabase(AppRig app) {
    return app.aws().securityGroups().getFirst().ipPermissions().stream()
        .map(IpPermission::userIdGroupPairs)
        .flatMap(List::stream)
        .map(UserIdGroupPair::groupId)
        .toList();
  }
}
