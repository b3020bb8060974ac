package io.highlyavailable.testbed.alb;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBackend;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import io.highlyavailable.testbed.alb.LoadBalancerModel.DefaultAction;
import io.highlyavailable.testbed.alb.LoadBalancerModel.Listener;
import io.highlyavailable.testbed.alb.LoadBalancerModel.Rule;
import io.highlyavailable.testbed.alb.LoadBalancerModel.TargetGroup;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Derives from an Ingress what AWS is to hold for it. */
final class ModelBuilder {

  private final ResourceNames names;
  private final CertificateLookup certificates;
  private final ServiceLookup services;

  ModelBuilder(ResourceNames names, CertificateLookup certificates, ServiceLookup services) {
    this.names = names;
    this.certificates = certificates;
    this.services = services;
  }

  /**
   * Builds the model.
   *
   * @throws BuildModelException saying what the author has to change
   */
  LoadBalancerModel build(Ingress ingress) {
    var metadata = ingress.getMetadata();
    StackId stack = new StackId(metadata.getNamespace(), metadata.getName());
    Annotations annotations =
        new Annotations(Optional.ofNullable(metadata.getAnnotations()).orElse(Map.of()));
    String scheme = annotations.oneOf("scheme", "internal", "internal", "internet-facing");
    List<String> cidrs = annotations.list("inbound-cidrs");
    return new LoadBalancerModel(
        stack,
        annotations.text("load-balancer-name").orElseGet(() -> names.loadBalancer(stack, scheme)),
        scheme,
        annotations.oneOf("ip-address-type", "ipv4", "ipv4", "dualstack"),
        annotations.list("subnets"),
        annotations.list("security-groups"),
        cidrs.isEmpty() ? List.of("0.0.0.0/0") : cidrs,
        annotations.map("load-balancer-attributes"),
        listeners(ingress, annotations),
        targetGroups(stack, ingress, annotations),
        annotations.map("tags"));
  }

  private List<Listener> listeners(Ingress ingress, Annotations annotations) {
    List<Annotations.ListenPort> ports = annotations.listenPorts();
    Optional<Integer> redirect =
        annotations.text("ssl-redirect").map(port -> annotations.number("ssl-redirect", 0));
    if (redirect.isPresent() && !ports.contains(new Annotations.ListenPort(redirect.get(), true))) {
      throw new BuildModelException(
          "listener does not exist for SSLRedirect port: " + redirect.get());
    }
    DefaultAction otherwise =
        defaultBackend(ingress)
            .<DefaultAction>map(DefaultAction.Forward::new)
            .orElseGet(DefaultAction.NotFound::new);
    List<Rule> rules = rules(ingress);
    List<Listener> listeners = new ArrayList<>();
    for (Annotations.ListenPort port : ports) {
      boolean redirected = redirect.isPresent() && !port.https();
      listeners.add(
          new Listener(
              port.port(),
              port.https() ? certificates(ingress, annotations) : List.of(),
              port.https() ? annotations.text("ssl-policy") : Optional.empty(),
              redirected ? new DefaultAction.Redirect(redirect.get()) : otherwise,
              redirected ? List.of() : rules));
    }
    return listeners;
  }

  private List<String> certificates(Ingress ingress, Annotations annotations) {
    List<String> named = annotations.list("certificate-arn");
    if (!named.isEmpty()) {
      return named;
    }
    Set<String> arns = new LinkedHashSet<>();
    for (String host : hosts(ingress)) {
      arns.add(
          certificates
              .forHost(host)
              .orElseThrow(
                  () -> new BuildModelException("no certificate found for host: " + host)));
    }
    if (arns.isEmpty()) {
      throw new BuildModelException("no certificate found: the Ingress names no host");
    }
    return List.copyOf(arns);
  }

  private static Set<String> hosts(Ingress ingress) {
    Set<String> hosts = new LinkedHashSet<>();
    ingressRules(ingress).map(IngressRule::getHost).filter(h -> h != null).forEach(hosts::add);
    Optional.ofNullable(ingress.getSpec().getTls()).orElse(List.of()).stream()
        .flatMap(tls -> Optional.ofNullable(tls.getHosts()).orElse(List.of()).stream())
        .forEach(hosts::add);
    return hosts;
  }

  private static Stream<IngressRule> ingressRules(Ingress ingress) {
    return Optional.ofNullable(ingress.getSpec().getRules()).orElse(List.of()).stream();
  }

  private static Optional<Backend> defaultBackend(Ingress ingress) {
    return Optional.ofNullable(ingress.getSpec().getDefaultBackend()).map(ModelBuilder::backend);
  }

  private static List<Rule> rules(Ingress ingress) {
    List<Rule> rules = new ArrayList<>();
    ingressRules(ingress)
        .filter(rule -> rule.getHttp() != null)
        .forEach(
            rule ->
                rule.getHttp()
                    .getPaths()
                    .forEach(
                        path ->
                            rules.add(
                                new Rule(
                                    rules.size() + 1,
                                    rule.getHost(),
                                    patterns(path),
                                    backend(path.getBackend())))));
    return rules;
  }

  private static List<String> patterns(HTTPIngressPath path) {
    String given = Optional.ofNullable(path.getPath()).orElse("/");
    if (!"Prefix".equals(path.getPathType())) {
      return List.of(path.getPath() == null ? "/*" : given);
    }
    String prefix = given.endsWith("/") ? given.substring(0, given.length() - 1) : given;
    return prefix.isEmpty() ? List.of("/*") : List.of(prefix, prefix + "/*");
  }

  private static Backend backend(IngressBackend backend) {
    if (backend.getService() == null) {
      throw new BuildModelException("missing required \"service\" field of a backend");
    }
    var port = backend.getService().getPort();
    return new Backend(
        backend.getService().getName(),
        port.getName() != null ? port.getName() : String.valueOf(port.getNumber()));
  }

  /** The backends of an Ingress, each once. */
  static Set<Backend> backends(Ingress ingress) {
    Set<Backend> backends = new LinkedHashSet<>();
    rules(ingress).forEach(rule -> backends.add(rule.backend()));
    defaultBackend(ingress).ifPresent(backends::add);
    return backends;
  }

  private List<TargetGroup> targetGroups(StackId stack, Ingress ingress, Annotations annotations) {
    String targetType = annotations.oneOf("target-type", "instance", "instance", "ip");
    String protocol = annotations.oneOf("backend-protocol", "HTTP", "HTTP", "HTTPS");
    HealthCheck check = HealthCheck.of(annotations);
    List<TargetGroup> groups = new ArrayList<>();
    for (Backend backend : backends(ingress)) {
      ServicePort port = servicePort(stack, backend, targetType);
      groups.add(
          new TargetGroup(
              backend,
              names.targetGroup(stack, backend, targetType, protocol),
              "%s-%s:%s".formatted(stack, backend.service(), backend.port()),
              targetType,
              protocol,
              annotations.oneOf("backend-protocol-version", "HTTP1", "HTTP1", "HTTP2", "GRPC"),
              targetType.equals("instance") ? port.getNodePort() : portNumber(port),
              check,
              annotations.map("target-group-attributes")));
    }
    return groups;
  }

  /** Pods of one Service may listen on different ports; where the number is not fixed it says 1. */
  private static int portNumber(ServicePort port) {
    var target = port.getTargetPort();
    return target != null && target.getIntVal() != null ? target.getIntVal() : 1;
  }

  private ServicePort servicePort(StackId stack, Backend backend, String targetType) {
    Service service =
        services
            .find(stack.namespace(), backend.service())
            .orElseThrow(
                () ->
                    new BuildModelException(
                        "services \"%s\" not found".formatted(backend.service())));
    String type = service.getSpec().getType();
    if (targetType.equals("instance") && !List.of("NodePort", "LoadBalancer").contains(type)) {
      throw new BuildModelException(
          "service type must be either 'NodePort' or 'LoadBalancer': %s/%s"
              .formatted(stack.namespace(), backend.service()));
    }
    return service.getSpec().getPorts().stream()
        .filter(
            port ->
                backend.port().equals(port.getName())
                    || backend.port().equals(String.valueOf(port.getPort())))
        .findFirst()
        .orElseThrow(
            () ->
                new BuildModelException(
                    "unable to find port %s on service %s/%s"
                        .formatted(backend.port(), stack.namespace(), backend.service())));
  }
}
