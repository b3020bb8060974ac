package io.highlyavailable.operator.component.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.highlyavailable.operator.component.Compute;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.balancer.AppLoadBalancer.Address;
import io.highlyavailable.operator.component.balancer.AppLoadBalancer.Listener;
import io.highlyavailable.operator.component.balancer.AppLoadBalancer.Place;
import io.highlyavailable.operator.component.balancer.AppLoadBalancer.Status;
import io.highlyavailable.operator.component.bucket.Bucket;
import io.highlyavailable.operator.component.bucket.BucketDesired;
import io.highlyavailable.operator.component.bucket.BucketModule;
import io.highlyavailable.operator.component.certificate.Certificate;
import io.highlyavailable.operator.component.certificate.Certificates;
import io.highlyavailable.operator.component.network.Network;
import io.highlyavailable.operator.component.network.Subnet;
import io.highlyavailable.operator.component.securitygroup.SecurityGroup;
import io.highlyavailable.operator.component.targetgroup.TargetGroup;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.App.Exposure;
import io.highlyavailable.operator.model.NatGateways;
import io.highlyavailable.operator.model.NetworkChoice;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AppLoadBalancerRulesTest {
  private static final Subnet PUBLIC_A = new Subnet("subnet-1", "us-east-1a", false, true);
  private static final Subnet SECOND_A = new Subnet("subnet-2", "us-east-1a", false, true);
  private static final Subnet PUBLIC_B = new Subnet("subnet-3", "us-east-1b", false, true);
  private static final Subnet PRIVATE_A = new Subnet("subnet-4", "us-east-1a", true, false);
  private static final Subnet PRIVATE_B = new Subnet("subnet-5", "us-east-1b", true, false);
  private static final List<Subnet> ALL =
      List.of(PUBLIC_A, SECOND_A, PUBLIC_B, PRIVATE_A, PRIVATE_B);
  private static final String TARGETS = "arn:targets";
  private static final String TLS = "ELBSecurityPolicy-TLS13-1-2-2021-06";
  private static final ListenerAction FORWARD = new ListenerAction.Forward(TARGETS);

  private final AppLoadBalancerRules rules = new AppLoadBalancerRules();

  private static Exposure exposure(boolean internal, boolean plaintext) {
    return new Exposure("shop.example.com", "alb", internal, "/", null, plaintext, null, Map.of());
  }

  private static App app(Exposure exposure) {
    return SampleApp.named("shop").instances().exposure(exposure).build();
  }

  private static KnownUpstream upstream(List<Subnet> subnets) {
    return new KnownUpstream()
        .ready(new Network("vpc-1", "arn:vpc", subnets))
        .ready(
            Compute.BALANCER_SECURITY_GROUP,
            new SecurityGroup("vpc-1/x", "arn:sg", "sg-1", new TreeSet<>(), Map.of()))
        .ready(
            new TargetGroup(
                "ha-shop",
                TARGETS,
                new TargetGroup.Place("vpc-1", "instance", "HTTP", 8080),
                new TargetGroup.HealthCheck("HTTP", "traffic-port", "/", 10, 5, 2, 2, "200-399"),
                30,
                new TreeMap<>(),
                Map.of()));
  }

  private static Certificates certificates() {
    return new Certificates(
        "us-east-1",
        List.of(new Certificate("arn:wildcard", new TreeSet<>(Set.of("*.example.com")), "")));
  }

  private AppLoadBalancerDesired desired(App app, KnownUpstream upstream) {
    return switch (rules.desired(app, upstream)) {
      case Desired.Known<AppLoadBalancerDesired>(AppLoadBalancerDesired known) -> known;
      case Desired<AppLoadBalancerDesired> other -> throw new AssertionError(other);
    };
  }

  @Test
  void servesTlsAndRedirectsTheRest() {
    AppLoadBalancerDesired wanted =
        desired(app(exposure(false, false)), upstream(ALL).ready(certificates()));
    assertThat(wanted.listeners())
        .containsOnly(
            Map.entry(80, ListenerTerms.http(new ListenerAction.RedirectToTls())),
            Map.entry(443, new ListenerTerms("HTTPS", "arn:wildcard", TLS, FORWARD)));
    assertThat(wanted.attributes())
        .containsOnly(
            Map.entry("deletion_protection.enabled", "true"),
            Map.entry("routing.http.drop_invalid_header_fields.enabled", "true"));
  }

  @Test
  void showsTheCertificateThatTheSpecNames() {
    Exposure named =
        new Exposure("a.example.org", "alb", false, "/", "arn:named", false, null, Map.of());
    assertThat(desired(app(named), upstream(ALL)).listeners().get(443).certificateArn())
        .isEqualTo("arn:named");
  }

  @Test
  void servesPlaintextOnlyWhereTheSpecSaysSo() {
    assertThat(desired(app(exposure(false, true)), upstream(ALL)).listeners())
        .containsOnly(Map.entry(80, ListenerTerms.http(FORWARD)));
    assertThat(rules.desired(app(exposure(false, false)), upstream(ALL)))
        .isEqualTo(new Desired.Waiting<>("waiting for the certificate"));
  }

  @Test
  void isInOneSubnetOfEachZone() {
    assertThat(desired(app(exposure(false, true)), upstream(ALL)).place())
        .isEqualTo(place("internet-facing", Set.of(PUBLIC_A.id(), PUBLIC_B.id()), Set.of("sg-1")));
    assertThat(desired(app(exposure(true, true)), upstream(ALL)).place())
        .isEqualTo(place("internal", Set.of(PRIVATE_A.id(), PRIVATE_B.id()), Set.of("sg-1")));
  }

  private static Place place(String scheme, Set<String> subnets, Set<String> groups) {
    return new Place(scheme, "vpc-1", new TreeSet<>(subnets), new TreeSet<>(groups));
  }

  @Test
  void isInThePublicSubnetsThatTheSpecNames() {
    var existing =
        new NetworkChoice.Existing(
            "vpc-1", List.of(), List.of(PRIVATE_A.id(), PUBLIC_B.id()), List.of());
    App app =
        SampleApp.named("shop")
            .instances()
            .network(existing)
            .exposure(exposure(false, true))
            .build();
    assertThat(desired(app, upstream(ALL)).place().subnetIds())
        .containsExactly(PUBLIC_B.id(), PRIVATE_A.id());
  }

  @Test
  void saysThatTwoZonesAreNeeded() {
    List<Subnet> oneZone = List.of(PUBLIC_A, SECOND_A, PRIVATE_A, PRIVATE_B);
    assertThat(rules.desired(app(exposure(false, true)), upstream(oneZone)))
        .isInstanceOfSatisfying(
            Desired.Impossible.class,
            why -> {
              assertThat(why.reason())
                  .isEqualTo(
                      "spec.network: vpc-1 has public subnets in 1 of the 2 zones that a load"
                          + " balancer needs");
              assertThat(why.nextStep()).contains("kubernetes.io/role/elb=1");
            });
  }

  @Test
  void waitsForTheSubnetsOfANetworkOfItsOwn() {
    App app =
        SampleApp.named("shop")
            .managed(2, NatGateways.PER_ZONE, false)
            .instances()
            .exposure(exposure(false, true))
            .build();
    assertThat(rules.desired(app, upstream(List.of(PUBLIC_A))))
        .isEqualTo(new Desired.Waiting<>("waiting for its public subnets"));
  }

  @Test
  void waitsForWhatItIsMadeOf() {
    assertThat(rules.desired(app(exposure(false, true)), new KnownUpstream()))
        .isInstanceOf(Desired.Waiting.class);
  }

  private static AppLoadBalancer row(AppLoadBalancerDesired wanted, String state) {
    SortedMap<Integer, Listener> listeners = new TreeMap<>();
    wanted.listeners().forEach((port, terms) -> listeners.put(port, new Listener("l", terms)));
    return new AppLoadBalancer(
        wanted.name(),
        "arn:lb",
        new Status(state, "why"),
        new Address("x.elb.amazonaws.com", "Z1"),
        wanted.place(),
        new TreeMap<>(wanted.attributes()),
        listeners,
        wanted.webAclArn(),
        Map.of());
  }

  @Test
  void whatIsFixedIsRefusedAndTheRestChangedInPlace() {
    AppLoadBalancerDesired wanted =
        desired(app(exposure(false, false)), upstream(ALL).ready(certificates()));
    AppLoadBalancer other =
        row(wanted, "active")
            .withPlace(new Place("internal", "vpc-2", new TreeSet<>(Set.of("x")), new TreeSet<>()))
            .withAttributes(Map.of("deletion_protection.enabled", "false"))
            .withListeners(
                new TreeMap<>(Map.of(443, new Listener("l", ListenerTerms.http(FORWARD)))));
    assertThat(rules.differences(wanted, other))
        .extracting(Difference::field, Difference::impact)
        .containsExactly(
            tuple("scheme", Impact.REPLACING),
            tuple("vpcId", Impact.REPLACING),
            tuple("subnetIds", Impact.IN_PLACE),
            tuple("securityGroupIds", Impact.IN_PLACE),
            tuple("deletion_protection.enabled", Impact.IN_PLACE),
            tuple("listener 80", Impact.IN_PLACE),
            tuple("listener 443", Impact.IN_PLACE));
    assertThat(rules.differences(wanted, row(wanted, "active"))).isEmpty();
  }

  /** Whoever guards what the spec leaves open, and listens on other ports, is left alone. */
  @Test
  void whatIsNotAskedForIsSomebodyElses() {
    AppLoadBalancerDesired wanted = desired(app(exposure(false, true)), upstream(ALL));
    SortedMap<Integer, Listener> more = new TreeMap<>(row(wanted, "active").listeners());
    more.put(9000, new Listener("l", ListenerTerms.http(FORWARD)));
    AppLoadBalancer other =
        row(wanted, "active")
            .withWebAcl("arn:firewall-manager")
            .withListeners(more)
            .withAttributes(Map.of("idle_timeout.timeout_seconds", "120"));
    assertThat(rules.differences(wanted, other)).isEmpty();
  }

  @Test
  void isReadyWhenItIsActiveAndAsItShouldBe() {
    AppLoadBalancerDesired wanted = desired(app(exposure(false, true)), upstream(ALL));
    assertThat(rules.readiness(wanted, row(wanted, "active"))).isEqualTo(new Readiness.Ready());
    assertThat(rules.readiness(wanted, row(wanted, "provisioning")))
        .isInstanceOf(Readiness.Progressing.class);
    assertThat(row(wanted, "provisioning").inTransition()).isTrue();
    assertThat(rules.readiness(wanted, row(wanted, "failed"))).isInstanceOf(Readiness.Failed.class);
    assertThat(rules.readiness(wanted, row(wanted, "active").withListeners(new TreeMap<>())))
        .isInstanceOf(Readiness.Progressing.class);
    AppLoadBalancer impaired = row(wanted, "active_impaired");
    assertThat(rules.readiness(wanted, impaired)).isEqualTo(new Readiness.Ready());
    assertThat(rules.remark(impaired)).contains("free addresses");
    assertThat(rules.remark(row(wanted, "active"))).isEmpty();
  }

  private static App logging(@Nullable Integer days) {
    Exposure exposure =
        new Exposure("a.example.com", "alb", false, "/", null, true, null, Map.of(), days);
    return app(exposure);
  }

  private static Bucket bucket(App app) {
    var rules = new BucketModule().component();
    var wanted = (Desired.Known<BucketDesired>) rules.desired(app, new KnownUpstream());
    return new Bucket(
        wanted.state().name(), wanted.state().id(), wanted.state().settings(), Map.of());
  }

  @Test
  void writesLogsWhenTheBucketTakesThem() {
    App app = logging(30);
    String name = app.bucketName(KnownUpstream.SETTINGS.accountId());
    assertThat(desired(app, upstream(ALL)).logs()).isEqualTo(new LogTarget.Undecided());
    assertThat(desired(app, upstream(ALL).ready(bucket(logging(null)))).logs())
        .isEqualTo(new LogTarget.Undecided());
    AppLoadBalancerDesired wanted = desired(app, upstream(ALL).ready(bucket(app)));
    assertThat(wanted.logs()).isEqualTo(new LogTarget.Into(name));
    assertThat(rules.differences(wanted, row(wanted, "active")))
        .extracting(Difference::field)
        .containsExactly(
            "access_logs.s3.bucket", "access_logs.s3.enabled", "access_logs.s3.prefix");
  }

  /** An administrator's logs, in another bucket, are not ours to end. */
  @Test
  void endsOnlyLogsInTheAppsOwnBucket() {
    AppLoadBalancerDesired wanted = desired(logging(null), upstream(ALL));
    String own = logging(null).bucketName(KnownUpstream.SETTINGS.accountId());
    var on = Map.of("access_logs.s3.enabled", "true", "access_logs.s3.bucket", own);
    assertThat(rules.differences(wanted, row(wanted, "active").withAttributes(on)))
        .extracting(Difference::toString)
        .containsExactly("access_logs.s3.enabled true -> false");
    var others = Map.of("access_logs.s3.enabled", "true", "access_logs.s3.bucket", "central");
    assertThat(rules.differences(wanted, row(wanted, "active").withAttributes(others))).isEmpty();
    AppLoadBalancerDesired later = desired(logging(30), upstream(ALL));
    assertThat(rules.differences(later, row(later, "active").withAttributes(on))).isEmpty();
  }
}
