package io.highlyavailable.testbed.alb;

import java.util.Map;
import java.util.TreeMap;

/** The tags by which the controller knows its own. */
record ResourceTags(String clusterName) {

  /**
   * The tags of one resource.
   *
   * @param resource {@code LoadBalancer}, a listener's port, {@code ns/ingress-service:port}, ...
   * @param added the author's, which never replace the controller's
   */
  Map<String, String> of(StackId stack, String resource, Map<String, String> added) {
    Map<String, String> tags = new TreeMap<>(added);
    tags.put("elbv2.k8s.aws/cluster", clusterName);
    tags.put("ingress.k8s.aws/stack", stack.toString());
    tags.put("ingress.k8s.aws/resource", resource);
    return tags;
  }
}
