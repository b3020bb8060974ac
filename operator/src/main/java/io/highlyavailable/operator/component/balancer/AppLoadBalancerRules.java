package io.highlyavailable.operator.component.balancer;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Compute;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.ManagedNetwork;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.balancer.AppLoadBalancer.Place;
import io.highlyavailable.operator.component.bucket.AccessLogs;
import io.highlyavailable.operator.component.bucket.Bucket;
import io.highlyavailable.operator.component.certificate.Certificate;
import io.highlyavailable.operator.component.certificate.Certificates;
import io.highlyavailable.operator.component.network.Network;
import io.highlyavailable.operator.component.securitygroup.SecurityGroup;
import io.highlyavailable.operator.component.targetgroup.TargetGroup;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.App.Exposure;
import io.highlyavailable.operator.model.Names;
import io.highlyavailable.operator.model.NetworkChoice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The load balancer of an app that runs on instances: over a subnet of each zone, HTTPS with HTTP
 * redirected to it, and in front of the target group.
 */
public final class AppLoadBalancerRules
    implements Component<AppLoadBalancerDesired, AppLoadBalancer> {
  private static final ComponentName NETWORK = new ComponentName("network");
  private static final ComponentName STORAGE = new ComponentName("storage");
  private static final ComponentName CERTIFICATE = new ComponentName("certificate");

  /** AWS's recommended policy: TLS 1.2 and 1.3. */
  private static final String SSL_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";

  /** Elastic Load Balancing refuses fewer. */
  private static final int LEAST_ZONES = 2;

  @Override
  public ComponentName name() {
    return Compute.BALANCER;
  }

  @Override
  public String kind() {
    return "alb";
  }

  @Override
  public String condition() {
    return "IngressReady";
  }

  @Override
  public Class<AppLoadBalancer> resourceType() {
    return AppLoadBalancer.class;
  }

  /** What a managed network's public subnets need to be public goes after it. */
  @Override
  public Set<ComponentName> dependsOn() {
    Set<ComponentName> before = new TreeSet<>(ManagedNetwork.homeOfData());
    ManagedNetwork.everyZone().mapToObj(ManagedNetwork::publicSubnet).forEach(before::add);
    before.addAll(
        List.of(
            NETWORK,
            STORAGE,
            ManagedNetwork.INTERNET_GATEWAY,
            ManagedNetwork.PUBLIC_ROUTES,
            Compute.TARGET_GROUP,
            CERTIFICATE,
            Compute.BALANCER_SECURITY_GROUP));
    return before;
  }

  @Override
  public boolean wanted(App app) {
    return Compute.wanted(app) && app.ingress().isPresent();
  }

  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    return Optional.of(Names.balancer(app.identity()));
  }

  @Override
  public Desired<AppLoadBalancerDesired> desired(App app, Upstream upstream) {
    Optional<Network> network = upstream.ready(Network.class);
    Optional<SecurityGroup> group =
        upstream.ready(Compute.BALANCER_SECURITY_GROUP, SecurityGroup.class);
    Optional<TargetGroup> targets = upstream.ready(TargetGroup.class);
    if (network.isEmpty() || group.isEmpty() || targets.isEmpty()) {
      return new Desired.Waiting<>("waiting for its network, security group and target group");
    }
    Exposure exposure = app.ingress().orElseThrow();
    Optional<String> certificate = certificate(exposure, upstream);
    if (certificate.isEmpty()) {
      return new Desired.Waiting<>("waiting for the certificate");
    }
    SortedSet<String> subnets = network.get().onePerZone(app, !exposure.internal());
    if (subnets.size() < LEAST_ZONES) {
      return tooFewZones(app, network.get(), subnets.size());
    }
    return new Desired.Known<>(
        new AppLoadBalancerDesired(
            Names.balancer(app.identity()),
            new Place(
                exposure.internal() ? "internal" : "internet-facing",
                network.get().name(),
                subnets,
                new TreeSet<>(Set.of(group.get().groupId()))),
            attributes(app),
            listeners(exposure, targets.get(), certificate.get()),
            logs(app, upstream),
            exposure.webAclArn() == null ? "" : exposure.webAclArn()));
  }

  /** Nobody waits for logs: they begin when the bucket takes them. */
  private static LogTarget logs(App app, Upstream upstream) {
    if (app.accessLogDays().isEmpty()) {
      return new LogTarget.NotInto(app.bucketName(upstream.settings().accountId()));
    }
    return upstream
        .ready(Bucket.class)
        .filter(AccessLogs::taken)
        .<LogTarget>map(bucket -> new LogTarget.Into(bucket.name()))
        .orElseGet(LogTarget.Undecided::new);
  }

  /** The certificate to show; an empty text where none is needed, nothing while none is known. */
  private static Optional<String> certificate(Exposure exposure, Upstream upstream) {
    if (exposure.plaintext()) {
      return Optional.of("");
    }
    return Optional.ofNullable(exposure.certificateArn())
        .or(
            () ->
                upstream
                    .ready(Certificates.class)
                    .flatMap(all -> all.covering(exposure.host()))
                    .map(Certificate::arn));
  }

  private static Desired<AppLoadBalancerDesired> tooFewZones(App app, Network network, int zones) {
    boolean internal = app.ingress().orElseThrow().internal();
    String what = internal ? "private" : "public";
    if (app.network() instanceof NetworkChoice.Managed managed && managed.zones() >= LEAST_ZONES) {
      return new Desired.Waiting<>("waiting for its " + what + " subnets");
    }
    return new Desired.Impossible<>(
        "spec.network: %s has %s subnets in %d of the %d zones that a load balancer needs"
            .formatted(network.name(), what, zones, LEAST_ZONES),
        internal
            ? "tag private subnets in two zones kubernetes.io/role/internal-elb=1, or name them in"
                + " spec.network.existing.privateSubnetIds"
            : "tag public subnets in two zones kubernetes.io/role/elb=1, or name them in"
                + " spec.network.existing.publicSubnetIds, or set spec.ingress.scheme to internal");
  }

  private static SortedMap<String, String> attributes(App app) {
    SortedMap<String, String> attributes = new TreeMap<>();
    // A new load balancer has another address, which the host's DNS record would have to learn.
    attributes.put("deletion_protection.enabled", String.valueOf(app.deletionProtection()));
    // Else a request smuggled past the load balancer reaches the app.
    attributes.put("routing.http.drop_invalid_header_fields.enabled", "true");
    return attributes;
  }

  private static SortedMap<Integer, ListenerTerms> listeners(
      Exposure exposure, TargetGroup targets, String certificate) {
    ListenerAction forward = new ListenerAction.Forward(targets.id());
    return exposure.plaintext()
        ? new TreeMap<>(Map.of(LoadBalancerDifferences.HTTP, ListenerTerms.http(forward)))
        : new TreeMap<>(
            Map.of(
                LoadBalancerDifferences.HTTP,
                ListenerTerms.http(new ListenerAction.RedirectToTls()),
                LoadBalancerDifferences.HTTPS,
                new ListenerTerms("HTTPS", certificate, SSL_POLICY, forward)));
  }

  @Override
  public List<Difference> differences(AppLoadBalancerDesired desired, AppLoadBalancer actual) {
    return LoadBalancerDifferences.between(desired, actual);
  }

  @Override
  public Readiness readiness(AppLoadBalancerDesired desired, AppLoadBalancer actual) {
    return switch (actual.state()) {
      case AppLoadBalancer.PROVISIONING ->
          new Readiness.Progressing("Elastic Load Balancing is setting it up");
      case AppLoadBalancer.FAILED ->
          new Readiness.Failed(
              "Elastic Load Balancing could not set it up: " + actual.status().reason(),
              "mend what it says and delete the load balancer "
                  + actual.name()
                  + ", which is then made anew");
      default ->
          LoadBalancerDifferences.between(desired, actual).isEmpty()
              ? new Readiness.Ready()
              : new Readiness.Progressing("its settings are being put in place");
    };
  }

  /** It serves all the same. */
  @Override
  public String remark(AppLoadBalancer actual) {
    return actual.state().equals(AppLoadBalancer.IMPAIRED)
        ? "it serves but cannot grow, for lack of free addresses in its subnets"
        : "";
  }

  @Override
  public Set<String> iamActions() {
    return Set.of(
        "elasticloadbalancing:DescribeLoadBalancers",
        "elasticloadbalancing:DescribeLoadBalancerAttributes",
        "elasticloadbalancing:DescribeListeners",
        "elasticloadbalancing:DescribeTags",
        "elasticloadbalancing:CreateLoadBalancer",
        "elasticloadbalancing:ModifyLoadBalancerAttributes",
        "elasticloadbalancing:SetSubnets",
        "elasticloadbalancing:SetSecurityGroups",
        "elasticloadbalancing:DeleteLoadBalancer",
        "elasticloadbalancing:CreateListener",
        "elasticloadbalancing:ModifyListener",
        "elasticloadbalancing:DeleteListener",
        "elasticloadbalancing:AddTags",
        "elasticloadbalancing:RemoveTags",
        // Elastic Load Balancing and WAF ask for these on the caller's behalf.
        "elasticloadbalancing:SetWebACL",
        "ec2:DescribeAccountAttributes",
        "ec2:DescribeInternetGateways",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeVpcs",
        "wafv2:AssociateWebACL",
        "wafv2:GetWebACL",
        "wafv2:GetWebACLForResource");
  }
}
