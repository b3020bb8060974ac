package io.highlyavailable.testbed.operator;

import com.fasterxml.jackson.core.type.TypeReference;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.testbed.build.Checkout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What the chart puts into a cluster for the operator, but for its Deployment: the CRD, a service
 * account, and exactly the rights of the chart's own rule files. May be applied again and again.
 */
public final class OperatorInstallation {

  private static final String CRD_FILE = "crds/highlyavailableapps.highlyavailable.io.yaml";
  private static final String RULES_FILE = "helm/highlyavailableapp/files/rules.yaml";
  private static final String LEADER_RULES_FILE = "helm/highlyavailableapp/files/leader-rules.yaml";

  /** Force: what an earlier version of the testbed applied is ours as well. */
  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("testbed")
          .withForce(true)
          .build();

  private final KubernetesClient client;
  private final Checkout checkout;

  /** Installs from this checkout as the administrator of this client. */
  public OperatorInstallation(KubernetesClient client, Checkout checkout) {
    this.client = client;
    this.checkout = checkout;
  }

  /**
   * Applies CRD, identity and rights, and returns when the API server serves the CRD.
   *
   * @throws UncheckedIOException when the checkout lacks one of the files
   */
  public void apply(OperatorSettings settings) {
    applyCustomResourceDefinition();
    apply(namespace(settings.namespace()));
    apply(serviceAccount(settings));
    List<PolicyRule> rules = rules(RULES_FILE);
    if (settings.watchNamespaces().isEmpty()) {
      bindInCluster(settings, rules);
    } else {
      settings
          .watchNamespaces()
          .forEach(watched -> bind(settings, watched, settings.serviceAccount(), rules));
      bind(
          settings,
          "kube-system",
          settings.serviceAccount() + "-cluster-uid",
          List.of(readKubeSystem()));
    }
    bind(
        settings,
        settings.namespace(),
        settings.serviceAccount() + "-leader",
        rules(LEADER_RULES_FILE));
  }

  /** Applies the CRD alone, and returns when the API server serves it. */
  public void applyCustomResourceDefinition() {
    CustomResourceDefinition definition =
        Serialization.unmarshal(text(CRD_FILE), CustomResourceDefinition.class);
    apply(definition);
    client
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName(definition.getMetadata().getName())
        .waitUntilCondition(OperatorInstallation::isEstablished, 30, TimeUnit.SECONDS);
  }

  private static boolean isEstablished(CustomResourceDefinition definition) {
    return definition != null
        && definition.getStatus() != null
        && definition.getStatus().getConditions() != null
        && definition.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True"));
  }

  private void bindInCluster(OperatorSettings settings, List<PolicyRule> rules) {
    // Names of two namespaces' service accounts may be alike; of cluster roles they may not.
    String name =
        settings.namespace().equals("highlyavailableapp-system")
            ? settings.serviceAccount()
            : settings.namespace() + "-" + settings.serviceAccount();
    apply(
        new ClusterRoleBuilder()
            .withNewMetadata()
            .withName(name)
            .endMetadata()
            .withRules(rules)
            .build());
    apply(
        new ClusterRoleBindingBuilder()
            .withNewMetadata()
            .withName(name)
            .endMetadata()
            .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", name)
            .withSubjects(subject(settings))
            .build());
  }

  private void bind(
      OperatorSettings settings, String namespace, String name, List<PolicyRule> rules) {
    apply(
        new RoleBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(namespace)
            .endMetadata()
            .withRules(rules)
            .build());
    apply(
        new RoleBindingBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(namespace)
            .endMetadata()
            .withNewRoleRef("rbac.authorization.k8s.io", "Role", name)
            .withSubjects(subject(settings))
            .build());
  }

  /** As the chart's rbac.yaml has it beside the rule files when namespaces are named. */
  private static PolicyRule readKubeSystem() {
    return new PolicyRuleBuilder()
        .withApiGroups("")
        .withResources("namespaces")
        .withResourceNames("kube-system")
        .withVerbs("get")
        .build();
  }

  private static Subject subject(OperatorSettings settings) {
    return new Subject(null, "ServiceAccount", settings.serviceAccount(), settings.namespace());
  }

  private static HasMetadata namespace(String name) {
    return new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build();
  }

  private static HasMetadata serviceAccount(OperatorSettings settings) {
    return new ServiceAccountBuilder()
        .withNewMetadata()
        .withName(settings.serviceAccount())
        .withNamespace(settings.namespace())
        .endMetadata()
        .build();
  }

  private void apply(HasMetadata object) {
    client.resource(object).patch(APPLY);
  }

  private List<PolicyRule> rules(String file) {
    return client
        .getKubernetesSerialization()
        .unmarshal(
            new ByteArrayInputStream(text(file).getBytes(StandardCharsets.UTF_8)),
            new TypeReference<List<PolicyRule>>() {});
  }

  private String text(String file) {
    Path path = checkout.file(file);
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }
}
