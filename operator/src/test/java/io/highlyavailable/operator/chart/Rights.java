package io.highlyavailable.operator.chart;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks the API server what a service account may do to every resource that it serves. */
final class Rights {
  private static final List<String> VERBS =
      List.of("get", "list", "watch", "create", "update", "patch", "delete", "deletecollection");

  private final KubernetesClient client;
  private final String namespace;
  private final String serviceAccount;

  Rights(KubernetesClient client, String namespace, String serviceAccount) {
    this.client = client;
    this.namespace = namespace;
    this.serviceAccount = serviceAccount;
  }

  /**
   * Everything it may do in a namespace, but for what every authenticated user may, as {@code verb
   * group/resource}.
   *
   * @param in the namespace; empty for the whole cluster
   */
  Set<String> granted(String in) {
    List<String> asked = new ArrayList<>();
    for (String resource : served()) {
      VERBS.forEach(verb -> asked.add(verb + " " + resource));
    }
    return asked.parallelStream()
        .filter(right -> allowed(right, in, serviceAccount) && !allowed(right, in, "nobody"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether it may do something to one object by name. */
  boolean may(String verb, String resource, String in, String name) {
    return review(verb, "", resource, in, name, serviceAccount);
  }

  /** What a file of PolicyRules grants, in the same form. */
  static Set<String> of(String file) {
    return RenderedChart.file("files/" + file)
        .valueStream()
        .flatMap(Rights::granted)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> granted(JsonNode rule) {
    return texts(rule, "apiGroups")
        .flatMap(group -> texts(rule, "resources").map(resource -> group + "/" + resource))
        .flatMap(resource -> texts(rule, "verbs").map(verb -> verb + " " + resource));
  }

  private static Stream<String> texts(JsonNode rule, String field) {
    return rule.path(field).valueStream().map(JsonNode::asText);
  }

  private Set<String> served() {
    Set<String> resources = new TreeSet<>();
    // Not served, but asked for by the admission of owner references.
    resources.add("highlyavailable.io/highlyavailableapps/finalizers");
    add(resources, "", client.getApiResources("v1"));
    client
        .getApiGroups()
        .getGroups()
        .forEach(
            group ->
                group
                    .getVersions()
                    .forEach(
                        version ->
                            add(
                                resources,
                                group.getName(),
                                client.getApiResources(version.getGroupVersion()))));
    return resources;
  }

  private static void add(Set<String> resources, String group, APIResourceList list) {
    list.getResources().stream()
        .map(APIResource::getName)
        .forEach(name -> resources.add(group + "/" + name));
  }

  private boolean allowed(String right, String in, String account) {
    String verb = right.substring(0, right.indexOf(' '));
    String group = right.substring(verb.length() + 1, right.indexOf('/'));
    return review(verb, group, right.substring(right.indexOf('/') + 1), in, "", account);
  }

  private boolean review(
      String verb, String group, String path, String in, String name, String account) {
    String[] resource = path.split("/", 2);
    var review =
        new SubjectAccessReviewBuilder()
            .withNewSpec()
            .withUser("system:serviceaccount:" + namespace + ":" + account)
            .withGroups("system:serviceaccounts", "system:authenticated")
            .withNewResourceAttributes()
            .withVerb(verb)
            .withGroup(group)
            .withResource(resource[0])
            .withSubresource(resource.length > 1 ? resource[1] : "")
            .withNamespace(in)
            .withName(name)
            .endResourceAttributes()
            .endSpec()
            .build();
    return client
        .authorization()
        .v1()
        .subjectAccessReview()
        .create(review)
        .getStatus()
        .getAllowed();
  }
}
