package io.highlyavailable.api.v1alpha1;

/** CEL rules over a spec whose app runs on EC2 instances, and what to write instead. */
final class InstancesRules {
  private static final String CONTAINERS = "!has(self.compute) || !has(self.compute.instances) || ";

  static final String INGRESS_RULE =
      CONTAINERS
          + "(has(self.ingress) && (!has(self.ingress.annotations) || "
          + "self.ingress.annotations.size() == 0))";

  static final String INGRESS_MESSAGE =
      "compute.instances are reached through a load balancer of their own; add ingress with a "
          + "host, and remove ingress.annotations, which are the Ingress's";

  static final String PODS_RULE =
      CONTAINERS
          + "!(has(self.podTemplate) || has(self.serviceAccountName) || has(self.resources) || "
          + "has(self.probes) || has(self.networkPolicy) || (has(self.imagePullSecrets) && "
          + "self.imagePullSecrets.size() > 0) || (has(self.envFrom) && self.envFrom.size() > 0))";

  static final String PODS_MESSAGE =
      "podTemplate, serviceAccountName, resources, probes, networkPolicy, imagePullSecrets and "
          + "envFrom are about pods and have no meaning for compute.instances; remove them, or use "
          + "compute.containers";

  static final String VARIABLES_RULE =
      CONTAINERS + "!has(self.env) || self.env.all(variable, !has(variable.valueFrom))";

  static final String VARIABLES_MESSAGE =
      "env of compute.instances has values only: instances cannot read what valueFrom names";

  static final String MEMORY_RULE =
      CONTAINERS + "!has(self.scaling) || !has(self.scaling.memoryUtilizationPercentage)";

  static final String MEMORY_MESSAGE =
      "EC2 measures no memory of compute.instances; remove scaling.memoryUtilizationPercentage";

  static final String BINDINGS_RULE =
      CONTAINERS + "!has(self.bindings) || !has(self.bindings.env) || self.bindings.env";

  static final String BINDINGS_MESSAGE =
      "compute.instances get bindings as environment variables only; remove bindings.env: false";

  static final String NAT_RULE =
      CONTAINERS
          + "!has(self.network) || !has(self.network.managed) || "
          + "self.network.managed.natGateways != 'None'";

  static final String NAT_MESSAGE =
      "compute.instances need a NAT gateway to fetch their image; set "
          + "network.managed.natGateways to PerZone or Single";

  static final String REQUESTS_RULE =
      "!has(self.scaling) || !has(self.scaling.requestsPerSecondPerReplica) || "
          + "(has(self.compute) && has(self.compute.instances)) || (has(self.ingress) && "
          + "self.ingress.className == 'alb')";

  static final String REQUESTS_MESSAGE =
      "scaling.requestsPerSecondPerReplica needs a load balancer that counts requests; add an "
          + "ingress of class alb, or remove it";

  static final String LOGS_RULE =
      "!has(self.ingress) || !has(self.ingress.accessLogs) || (has(self.compute) && "
          + "has(self.compute.instances) && has(self.storage) && has(self.storage.s3) && "
          + "!has(self.storage.s3.existing))";

  static final String LOGS_MESSAGE =
      "ingress.accessLogs are written by the load balancer of compute.instances into the app's own "
          + "bucket; add compute.instances and storage.s3 without existing, or, for containers, "
          + "write the annotation alb.ingress.kubernetes.io/load-balancer-attributes";

  static final String SCHEME_RULE =
      "!has(self.compute) || !has(self.compute.instances) || !has(oldSelf.compute) || "
          + "!has(oldSelf.compute.instances) || !has(self.ingress) || !has(oldSelf.ingress) || "
          + "self.ingress.scheme == oldSelf.ingress.scheme";

  static final String SCHEME_MESSAGE =
      "ingress.scheme of compute.instances cannot change: the scheme of a load balancer is fixed. "
          + "Create another app and move its name in DNS";

  private InstancesRules() {}
}
