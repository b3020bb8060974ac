package io.highlyavailable.testbed.alb;

import io.highlyavailable.testbed.alb.LoadBalancerModel.DefaultAction;
import io.highlyavailable.testbed.alb.LoadBalancerModel.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RedirectActionStatusCodeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

/** Listeners and their rules in AWS. */
final class Listeners {
  private final ElasticLoadBalancingV2Client elb;
  private final ResourceTags tags;

  Listeners(ElasticLoadBalancingV2Client elb, ResourceTags tags) {
    this.elb = elb;
    this.tags = tags;
  }

  /**
   * Gives a load balancer the listeners and rules of a model, and no others.
   *
   * @param isNew whether the load balancer can have none yet
   */
  void ensure(
      String loadBalancerArn, LoadBalancerModel model, Map<Backend, String> groups, boolean isNew) {
    Map<Integer, Listener> existing = new HashMap<>();
    if (!isNew) {
      elb.describeListenersPaginator(b -> b.loadBalancerArn(loadBalancerArn))
          .listeners()
          .forEach(listener -> existing.put(listener.port(), listener));
    }
    for (LoadBalancerModel.Listener wanted : model.listeners()) {
      Listener found = existing.remove(wanted.port());
      if (found == null) {
        createRules(create(loadBalancerArn, model, wanted, groups), model, wanted, groups);
      } else {
        modify(found.listenerArn(), wanted, groups);
        replaceRules(found.listenerArn(), model, wanted, groups);
      }
    }
    existing.values().forEach(l -> elb.deleteListener(b -> b.listenerArn(l.listenerArn())));
  }

  private String create(
      String loadBalancerArn,
      LoadBalancerModel model,
      LoadBalancerModel.Listener wanted,
      Map<Backend, String> groups) {
    Map<String, String> all = tags.of(model.stack(), Integer.toString(wanted.port()), model.tags());
    return elb.createListener(
            b ->
                b.loadBalancerArn(loadBalancerArn)
                    .port(wanted.port())
                    .protocol(wanted.protocol())
                    .certificates(certificates(wanted))
                    .sslPolicy(wanted.sslPolicy().orElse(null))
                    .defaultActions(action(wanted.otherwise(), groups))
                    .tags(TargetGroups.awsTags(all)))
        .listeners()
        .getFirst()
        .listenerArn();
  }

  private void modify(String arn, LoadBalancerModel.Listener wanted, Map<Backend, String> groups) {
    elb.modifyListener(
        b ->
            b.listenerArn(arn)
                .port(wanted.port())
                .protocol(wanted.protocol())
                .certificates(certificates(wanted))
                .sslPolicy(wanted.sslPolicy().orElse(null))
                .defaultActions(action(wanted.otherwise(), groups)));
  }

  /** The first is the listener's default; AWS takes the others by a call of their own. */
  private static List<Certificate> certificates(LoadBalancerModel.Listener wanted) {
    return wanted.certificateArns().stream()
        .limit(1)
        .map(arn -> Certificate.builder().certificateArn(arn).build())
        .toList();
  }

  private static Action action(DefaultAction otherwise, Map<Backend, String> groups) {
    return switch (otherwise) {
      case DefaultAction.Forward(Backend backend) -> forward(backend, groups);
      case DefaultAction.NotFound() ->
          Action.builder()
              .type(ActionTypeEnum.FIXED_RESPONSE)
              .fixedResponseConfig(f -> f.statusCode("404").contentType("text/plain"))
              .build();
      case DefaultAction.Redirect(int port) ->
          Action.builder()
              .type(ActionTypeEnum.REDIRECT)
              .redirectConfig(
                  r ->
                      r.port(Integer.toString(port))
                          .protocol("HTTPS")
                          .statusCode(RedirectActionStatusCodeEnum.HTTP_301))
              .build();
    };
  }

  private static Action forward(Backend backend, Map<Backend, String> groups) {
    return Action.builder()
        .type(ActionTypeEnum.FORWARD)
        .targetGroupArn(groups.get(backend))
        .build();
  }

  /**
   * The model has changed, or it would not have come here; which rule of it is not worth telling.
   */
  private void replaceRules(
      String listenerArn,
      LoadBalancerModel model,
      LoadBalancerModel.Listener wanted,
      Map<Backend, String> groups) {
    elb.describeRules(b -> b.listenerArn(listenerArn)).rules().stream()
        .filter(rule -> !rule.isDefault())
        .forEach(rule -> elb.deleteRule(b -> b.ruleArn(rule.ruleArn())));
    createRules(listenerArn, model, wanted, groups);
  }

  private void createRules(
      String listenerArn,
      LoadBalancerModel model,
      LoadBalancerModel.Listener listener,
      Map<Backend, String> groups) {
    for (Rule rule : listener.rules()) {
      String resource = listener.port() + ":" + rule.priority();
      Map<String, String> all = tags.of(model.stack(), resource, model.tags());
      elb.createRule(
          b ->
              b.listenerArn(listenerArn)
                  .priority(rule.priority())
                  .conditions(conditions(rule))
                  .actions(forward(rule.backend(), groups))
                  .tags(TargetGroups.awsTags(all)));
    }
  }

  private static List<RuleCondition> conditions(Rule rule) {
    List<RuleCondition> conditions = new ArrayList<>();
    String host = rule.host();
    if (host != null) {
      conditions.add(
          RuleCondition.builder()
              .field("host-header")
              .hostHeaderConfig(h -> h.values(host))
              .build());
    }
    conditions.add(
        RuleCondition.builder()
            .field("path-pattern")
            .pathPatternConfig(p -> p.values(rule.paths()))
            .build());
    return conditions;
  }
}
