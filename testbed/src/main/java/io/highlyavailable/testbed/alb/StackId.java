package io.highlyavailable.testbed.alb;

/** The Ingress that a load balancer and all that belongs to it are for. */
record StackId(String namespace, String name) {

  /** As in the tag {@code ingress.k8s.aws/stack}. */
  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
