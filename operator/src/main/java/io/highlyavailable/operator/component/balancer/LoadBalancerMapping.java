package io.highlyavailable.operator.component.balancer;

import io.highlyavailable.operator.component.balancer.AppLoadBalancer.Address;
import io.highlyavailable.operator.component.balancer.AppLoadBalancer.Listener;
import io.highlyavailable.operator.component.balancer.AppLoadBalancer.Place;
import io.highlyavailable.operator.component.balancer.AppLoadBalancer.Status;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AvailabilityZone;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RedirectActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/** Between the SDK's words and ours. */
final class LoadBalancerMapping {
  /** The same request, with TLS. */
  private static final RedirectActionConfig TO_TLS =
      RedirectActionConfig.builder()
          .protocol("HTTPS")
          .port("443")
          .host("#{host}")
          .path("/#{path}")
          .query("#{query}")
          .statusCode("HTTP_301")
          .build();

  private LoadBalancerMapping() {}

  /** What a description shows, and tags. */
  static AppLoadBalancer row(LoadBalancer balancer, Map<String, String> tags) {
    return new AppLoadBalancer(
        balancer.loadBalancerName(),
        balancer.loadBalancerArn(),
        balancer.state() == null
            ? new Status(AppLoadBalancer.PROVISIONING, "")
            : new Status(balancer.state().codeAsString(), text(balancer.state().reason())),
        new Address(text(balancer.dnsName()), text(balancer.canonicalHostedZoneId())),
        new Place(
            balancer.schemeAsString(),
            balancer.vpcId(),
            balancer.availabilityZones().stream()
                .map(AvailabilityZone::subnetId)
                .collect(Collectors.toCollection(TreeSet::new)),
            new TreeSet<>(balancer.securityGroups())),
        new TreeMap<>(),
        new TreeMap<>(),
        "",
        tags);
  }

  static Listener listener(
      software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener listener) {
    boolean tls = listener.protocol() == ProtocolEnum.HTTPS;
    return new Listener(
        listener.listenerArn(),
        new ListenerTerms(
            text(listener.protocolAsString()),
            tls ? certificate(listener.certificates()) : "",
            tls ? text(listener.sslPolicy()) : "",
            action(listener.defaultActions())));
  }

  private static String certificate(List<Certificate> certificates) {
    return certificates.stream().map(Certificate::certificateArn).findFirst().orElse("");
  }

  private static ListenerAction action(List<Action> actions) {
    if (actions.size() != 1) {
      return new ListenerAction.Other(actions.size() + " actions");
    }
    Action only = actions.getFirst();
    return switch (only.type()) {
      case FORWARD -> forward(only);
      case REDIRECT ->
          redirect(only.redirectConfig()).equals(TO_TLS)
              ? new ListenerAction.RedirectToTls()
              : new ListenerAction.Other("redirects to " + only.redirectConfig());
      default -> new ListenerAction.Other(only.typeAsString());
    };
  }

  /** A group may be named in either of two places, or in both. */
  private static ListenerAction forward(Action action) {
    List<TargetGroupTuple> groups =
        action.forwardConfig() == null ? List.of() : action.forwardConfig().targetGroups();
    if (groups.size() > 1) {
      return new ListenerAction.Other("forwards to " + groups);
    }
    return new ListenerAction.Forward(
        groups.isEmpty() ? text(action.targetGroupArn()) : groups.getFirst().targetGroupArn());
  }

  /** What is left out is as in the request. */
  private static RedirectActionConfig redirect(RedirectActionConfig given) {
    return RedirectActionConfig.builder()
        .protocol(Objects.requireNonNullElse(given.protocol(), "#{protocol}"))
        .port(Objects.requireNonNullElse(given.port(), "#{port}"))
        .host(Objects.requireNonNullElse(given.host(), "#{host}"))
        .path(Objects.requireNonNullElse(given.path(), "/#{path}"))
        .query(Objects.requireNonNullElse(given.query(), "#{query}"))
        .statusCode(given.statusCode())
        .build();
  }

  static CreateListenerRequest creation(String balancerArn, int port, ListenerTerms terms) {
    var request =
        CreateListenerRequest.builder()
            .loadBalancerArn(balancerArn)
            .port(port)
            .protocol(terms.protocol())
            .defaultActions(action(terms.action()));
    return terms.certificateArn().isEmpty()
        ? request.build()
        : request.certificates(shown(terms)).sslPolicy(terms.sslPolicy()).build();
  }

  static ModifyListenerRequest change(String listenerArn, ListenerTerms terms) {
    var request =
        ModifyListenerRequest.builder()
            .listenerArn(listenerArn)
            .protocol(terms.protocol())
            .defaultActions(action(terms.action()));
    return terms.certificateArn().isEmpty()
        ? request.build()
        : request.certificates(shown(terms)).sslPolicy(terms.sslPolicy()).build();
  }

  private static Certificate shown(ListenerTerms terms) {
    return Certificate.builder().certificateArn(terms.certificateArn()).build();
  }

  private static Action action(ListenerAction action) {
    return switch (action) {
      case ListenerAction.Forward(String group) ->
          Action.builder().type(ActionTypeEnum.FORWARD).targetGroupArn(group).build();
      case ListenerAction.RedirectToTls() ->
          Action.builder().type(ActionTypeEnum.REDIRECT).redirectConfig(TO_TLS).build();
      case ListenerAction.Other(String text) ->
          throw new IllegalArgumentException("nobody asks for a listener that " + text);
    };
  }

  static LoadBalancerAttribute attribute(String key, String value) {
    return LoadBalancerAttribute.builder().key(key).value(value).build();
  }

  private static String text(@Nullable String word) {
    return Objects.requireNonNullElse(word, "");
  }
}
