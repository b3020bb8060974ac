package io.highlyavailable.operator.model;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.highlyavailable.api.v1alpha1.AwsSpec;
import io.highlyavailable.api.v1alpha1.BindingsSpec;
import io.highlyavailable.api.v1alpha1.DisasterRecoverySpec;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.api.v1alpha1.HighlyAvailableAppSpec;
import io.highlyavailable.operator.model.App.BindingSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes an {@link App} of a custom resource: checks what the API server could not check and fills
 * in every default, once. Total: whatever the resource holds, the answer is an app or a list of
 * violations, never an exception.
 */
public final class AppFactory {
  /** What the status can echo. */
  private static final int LONGEST_REQUEST = 256;

  private final String clusterId;
  private final String clusterUid;
  private final String defaultRegion;
  private final String recoveryRegion;

  /**
   * A factory for one cluster.
   *
   * @param clusterId the administrator's stable name of the cluster
   * @param clusterUid UID of the namespace {@code kube-system}
   * @param defaultRegion the AWS region of apps that name none
   */
  public AppFactory(String clusterId, String clusterUid, String defaultRegion) {
    this(clusterId, clusterUid, defaultRegion, "");
  }

  /**
   * A factory for one cluster whose apps keep copies in another region.
   *
   * @param clusterId the administrator's stable name of the cluster
   * @param clusterUid UID of the namespace {@code kube-system}
   * @param defaultRegion the AWS region of apps that name none
   * @param recoveryRegion the region of the copies of apps that name none; empty for no copies
   */
  public AppFactory(
      String clusterId, String clusterUid, String defaultRegion, String recoveryRegion) {
    this.clusterId = clusterId;
    this.clusterUid = clusterUid;
    this.defaultRegion = defaultRegion;
    this.recoveryRegion = recoveryRegion;
  }

  /**
   * Checks a resource and fills in its defaults. A resource that Kubernetes is deleting is always
   * valid: its data must be disposed of whatever is wrong with its workload.
   *
   * @param namespaceUid UID of the namespace it lives in
   */
  public AppOutcome create(HighlyAvailableApp resource, String namespaceUid) {
    ObjectMeta metadata =
        resource.getMetadata() == null ? new ObjectMeta() : resource.getMetadata();
    HighlyAvailableAppSpec spec = resource.getSpec() == null ? Blocks.EMPTY : resource.getSpec();
    AppIdentity identity = identity(metadata, namespaceUid);
    boolean deleting = metadata.getDeletionTimestamp() != null;
    List<Violation> violations = new ArrayList<>(SpecRules.violations(identity.name(), spec));
    violations.addAll(recovery(spec));
    if (!deleting && !violations.isEmpty()) {
      return new AppOutcome.InvalidSpec(identity, violations);
    }
    return new AppOutcome.Valid(app(identity, metadata, spec, deleting));
  }

  private AppIdentity identity(ObjectMeta metadata, String namespaceUid) {
    return new AppIdentity(
        clusterId,
        clusterUid,
        text(metadata.getNamespace()),
        namespaceUid,
        text(metadata.getName()),
        text(metadata.getUid()));
  }

  private App app(
      AppIdentity identity, ObjectMeta metadata, HighlyAvailableAppSpec spec, boolean deleting) {
    App.Workload workload = WorkloadDefaults.workload(spec);
    return new App(
        identity,
        metadata.getGeneration() == null ? 0 : metadata.getGeneration(),
        deleting,
        paused(metadata),
        region(spec.aws()),
        spec.aws() == null ? Map.of() : present(spec.aws().tags()),
        workload,
        ComputeDefaults.instances(spec),
        ComputeDefaults.nodes(spec.nodeGroup()),
        ExposureDefaults.exposure(spec.ingress()),
        DataDefaults.network(spec.network(), workload.availability().zones()),
        DataDefaults.database(spec),
        DataDefaults.table(spec),
        SessionStoreDefaults.sessionStore(spec),
        DataDefaults.bucket(spec),
        DataDefaults.alarms(spec.monitoring()),
        DataDefaults.dashboard(spec.monitoring()),
        DataDefaults.recipients(spec.monitoring()),
        DataDefaults.recovery(spec, region(spec.aws()), recoveryRegion),
        DataDefaults.verify(spec.backup()),
        bindings(spec.bindings(), rotation(metadata)),
        DataDefaults.policy(null, spec),
        Blocks.orElse(spec.deletionProtection(), true),
        ChangeDefaults.rules(spec.changePolicy(), metadata));
  }

  /** What the API server cannot know of: both regions may be the operator's. */
  private List<Violation> recovery(HighlyAvailableAppSpec spec) {
    DisasterRecoverySpec given = spec.disasterRecovery();
    String region = region(spec.aws());
    if (given == null || DataDefaults.recovery(spec, region, recoveryRegion) != null) {
      return List.of();
    }
    String message =
        given.region() == null || given.region().isEmpty()
            ? "name a region: the operator has no recovery region for apps in " + region
            : "name another region than the app's own, " + region;
    return List.of(new Violation("spec.disasterRecovery.region", message));
  }

  private static boolean paused(ObjectMeta metadata) {
    Map<String, String> annotations = metadata.getAnnotations();
    return annotations != null
        && "true".equals(annotations.get(HighlyAvailableApp.PAUSED_ANNOTATION));
  }

  private String region(@Nullable AwsSpec aws) {
    boolean given = aws != null && aws.region() != null && !aws.region().isBlank();
    return given ? aws.region() : defaultRegion;
  }

  private static String rotation(ObjectMeta metadata) {
    Map<String, String> annotations = metadata.getAnnotations();
    String requested =
        annotations == null
            ? ""
            : text(annotations.get(HighlyAvailableApp.ROTATE_CREDENTIALS_AT_ANNOTATION));
    return requested.substring(0, Math.min(requested.length(), LONGEST_REQUEST));
  }

  private static BindingSettings bindings(@Nullable BindingsSpec bindings, String rotation) {
    return bindings == null
        ? new BindingSettings(true, "", rotation)
        : new BindingSettings(
            Blocks.orElse(bindings.env(), true), text(bindings.prefix()), rotation);
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static Map<String, String> present(Map<String, String> map) {
    Map<String, String> result = new TreeMap<>(map);
    result.values().removeIf(value -> value == null);
    return Collections.unmodifiableMap(result);
  }
}
