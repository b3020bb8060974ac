package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import io.highlyavailable.api.v1alpha1.schema.ListMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the operator observed. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = ListMap.class, input = "conditions type")
@SchemaCustomizer(value = ListMap.class, input = "components name")
@SchemaCustomizer(value = ListMap.class, input = "bindings name")
@SchemaCustomizer(value = ListMap.class, input = "zones name")
public record HighlyAvailableAppStatus(
    @JsonPropertyDescription(
            "Generation of the spec that this status is about; -1 while the operator has not seen"
                + " the app.")
        @Min(-1)
        @Nullable Long observedGeneration,
    @JsonPropertyDescription(
            "One word for the state: Pending, Progressing, Ready, Degraded, Stalled, Paused "
                + "or Deleting.")
        @Nullable Phase phase,
    @JsonPropertyDescription("Where the app is served.") @Size(max = 2048) @Nullable String url,
    @JsonPropertyDescription("The load balancer in front of the app.")
        @Nullable LoadBalancerStatus loadBalancer,
    @JsonPropertyDescription("Pods that exist.") @Min(0) @StatusReplicas @Nullable Integer replicas,
    @JsonPropertyDescription("Label selector of the pods, for the scale subresource.")
        @Size(max = 1024)
        @LabelSelector
        @Nullable String selector,
    @JsonPropertyDescription(
            "Facts about the app, by type: Ready, Reconciling and Stalled, then one for each "
                + "part.")
        @Size(max = 32)
        List<Condition> conditions,
    @JsonPropertyDescription("The parts of the app, by name.") @Size(max = 64)
        List<ComponentStatus> components,
    @JsonPropertyDescription("Secrets with connection data.") @Size(max = 16)
        List<BindingStatus> bindings,
    @JsonPropertyDescription("What stands in the way of deletion and what it leaves behind.")
        @Nullable DeletionStatus deletion,
    @JsonPropertyDescription(
            "Value of the annotation highlyavailable.io/reconcile-requested-at that was last "
                + "acted on.")
        @Size(max = 256)
        @Nullable String lastHandledReconcileAt,
    @JsonPropertyDescription(
            "Value of the annotation highlyavailable.io/rotate-credentials-at with whose "
                + "credentials the pods are bound.")
        @Size(max = 256)
        @Nullable String lastHandledCredentialRotation,
    @JsonPropertyDescription("To when data can be brought back, and where copies are.")
        @Nullable BackupStatus backup,
    @JsonPropertyDescription("The account and region that hold the resources.")
        @Nullable AwsStatus aws,
    @JsonPropertyDescription("The image that was rolled out last, where alarms watch over it.")
        @Nullable RolloutStatus rollout,
    @JsonPropertyDescription("Changes that wait for the maintenance window or for approval.")
        @Nullable PlanStatus plan,
    @JsonPropertyDescription("How many replicas the autoscaler has come to, and why.")
        @Nullable ScalingStatus scaling,
    @JsonPropertyDescription(
            "The availability zones with nodes, or with private subnets for instances, and how many"
                + " replicas are ready in each. A zone that is lost stays listed with none while"
                + " fewer zones are left than asked for.")
        @Size(max = 16)
        List<ZoneStatus> zones) {

  /** Absent lists and maps are read as empty; all are copied. */
  public HighlyAvailableAppStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
    components = components == null ? List.of() : List.copyOf(components);
    bindings = bindings == null ? List.of() : List.copyOf(bindings);
    zones = zones == null ? List.of() : List.copyOf(zones);
  }
}
