package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import io.highlyavailable.api.v1alpha1.schema.SchemaFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a user asks for. Everything but image has a safe default or is absent by default. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "!(has(self.replicas) && has(self.scaling))",
    message =
        "write either scaling (automatic) or replicas (a fixed number), not both; remove one "
            + "of them")
@ValidationRule(
    value =
        "!has(self.availability) || (has(self.replicas) ? self.replicas < 2 || "
            + "self.availability.maxUnavailable < self.replicas : self.availability.maxUnavailable "
            + "< (has(self.scaling) ? self.scaling.minReplicas : 3))",
    message =
        "availability.maxUnavailable must be below the number of replicas "
            + "(scaling.minReplicas, 3 unless given), or a drain could stop all of them")
@ValidationRule(
    value =
        "!has(self.availability) || self.availability.topologySpread != 'Required' || "
            + "(has(self.replicas) ? self.replicas == 0 || self.replicas >= self.availability.zones"
            + " : self.availability.zones <= (has(self.scaling) ? self.scaling.minReplicas : 3))",
    message =
        "a Required spread needs a replica for each zone; raise scaling.minReplicas (3 unless"
            + " given) or replicas, or lower availability.zones (3 unless given)")
@ValidationRule(value = BindingVariables.DATABASE_RULE, message = BindingVariables.DATABASE_MESSAGE)
@ValidationRule(value = BindingVariables.TABLE_RULE, message = BindingVariables.TABLE_MESSAGE)
@ValidationRule(value = BindingVariables.STORAGE_RULE, message = BindingVariables.STORAGE_MESSAGE)
@ValidationRule(
    value = BindingVariables.SESSION_STORE_RULE,
    message = BindingVariables.SESSION_STORE_MESSAGE)
@ValidationRule(
    value =
        "!(has(oldSelf.database) || has(oldSelf.sessionStore) || has(oldSelf.storage)) ||"
            + " ((has(self.network) && has(self.network.existing)) == (has(oldSelf.network) &&"
            + " has(oldSelf.network.existing)) && (has(self.network) && has(self.network.managed))"
            + " == (has(oldSelf.network) && has(oldSelf.network.managed)))",
    message =
        "network cannot change between discover, existing and managed once there is a database,"
            + " session store or storage; the data lives in that network. Create another app and"
            + " move the data")
@ValidationRule(
    value =
        "!has(self.network) || !has(self.network.managed) || !has(self.availability) || "
            + "self.availability.zones <= 3",
    message = "network.managed has up to 3 zones; lower availability.zones")
@ValidationRule(
    value =
        "!has(self.network) || !has(self.network.managed) || !has(self.availability) || "
            + "self.availability.zones >= 2 || !(has(self.sessionStore) || (has(self.database) && "
            + "has(self.database.rds)))",
    message =
        "a database or a session store in network.managed needs two zones; raise "
            + "availability.zones")
@ValidationRule(
    value =
        "!has(self.network) || !has(self.network.managed) || !has(oldSelf.network) ||"
            + " !has(oldSelf.network.managed) || !(has(oldSelf.sessionStore) ||"
            + " has(oldSelf.database)) || (has(self.availability) ? self.availability.zones : 3) >="
            + " (has(oldSelf.availability) ? oldSelf.availability.zones : 3)",
    message =
        "availability.zones cannot shrink while a database or a session store lives in "
            + "network.managed: it may be in the zone that would go")
@ValidationRule(
    value =
        "!(has(oldSelf.database) || has(oldSelf.sessionStore) || has(oldSelf.storage)) ||"
            + " !has(self.network) || !has(self.network.existing) || !has(oldSelf.network) ||"
            + " !has(oldSelf.network.existing) || self.network.existing.vpcId == "
            + "oldSelf.network.existing.vpcId",
    message =
        "network.existing.vpcId cannot change once there is a database, session store or "
            + "storage; the data lives in that VPC. Create another app and move the data")
@ValidationRule(
    value =
        "!has(self.disasterRecovery) || !has(self.disasterRecovery.region) || !has(self.aws) || "
            + "!has(self.aws.region) || self.disasterRecovery.region != self.aws.region",
    message =
        "disasterRecovery.region must be another region than aws.region; copies beside the "
            + "original would be lost with it")
@ValidationRule(
    value =
        "!has(self.backup) || !has(self.backup.verify) || (has(self.database) && "
            + "has(self.database.rds))",
    message =
        "backup.verify restores a database on RDS, and there is none; add database.rds or remove "
            + "backup.verify")
@ValidationRule(
    value =
        "!has(self.disasterRecovery) || !self.disasterRecovery.storageReplication || "
            + "!has(self.storage) || !has(self.storage.s3) || self.storage.s3.versioning",
    message =
        "S3 replicates versioned buckets only; set storage.s3.versioning to true or "
            + "disasterRecovery.storageReplication to false")
@ValidationRule(
    value =
        "!has(self.rollout) || !self.rollout.rollbackOnAlarm || (has(self.monitoring) && "
            + "has(self.monitoring.cloudWatch) && self.monitoring.cloudWatch.alarms)",
    message =
        "rollout watches alarms, and there are none; add monitoring.cloudWatch or set "
            + "rollout.rollbackOnAlarm to false")
@ValidationRule(value = InstancesRules.INGRESS_RULE, message = InstancesRules.INGRESS_MESSAGE)
@ValidationRule(value = InstancesRules.PODS_RULE, message = InstancesRules.PODS_MESSAGE)
@ValidationRule(value = InstancesRules.VARIABLES_RULE, message = InstancesRules.VARIABLES_MESSAGE)
@ValidationRule(value = InstancesRules.MEMORY_RULE, message = InstancesRules.MEMORY_MESSAGE)
@ValidationRule(value = InstancesRules.BINDINGS_RULE, message = InstancesRules.BINDINGS_MESSAGE)
@ValidationRule(value = InstancesRules.NAT_RULE, message = InstancesRules.NAT_MESSAGE)
@ValidationRule(value = InstancesRules.REQUESTS_RULE, message = InstancesRules.REQUESTS_MESSAGE)
@ValidationRule(value = InstancesRules.LOGS_RULE, message = InstancesRules.LOGS_MESSAGE)
@ValidationRule(value = InstancesRules.SCHEME_RULE, message = InstancesRules.SCHEME_MESSAGE)
@SchemaCustomizer(value = SchemaFile.class, input = "imagePullSecrets image-pull-secrets")
@SchemaCustomizer(value = SchemaFile.class, input = "env env")
@SchemaCustomizer(value = SchemaFile.class, input = "envFrom env-from")
@SchemaCustomizer(value = SchemaFile.class, input = "resources resources")
public record HighlyAvailableAppSpec(
    @JsonPropertyDescription("Container image of the app, such as ghcr.io/acme/shop:1.4.2.")
        @Required
        @Size(min = 1, max = 512)
        @ValidationRule(
            value = "self.matches('^[A-Za-z0-9]([A-Za-z0-9._:/@-]*[A-Za-z0-9])$')",
            message = "image is a reference to a container image, such as ghcr.io/acme/shop:1.4.2")
        String image,
    @JsonPropertyDescription("Up to 10 Secrets with credentials for the registries. Default none.")
        List<LocalObjectReference> imagePullSecrets,
    @JsonPropertyDescription(
            "TCP port that the app listens on, 1 to 65535. Default 8080. Probes know it as "
                + "\"http\".")
        @Default("" + Defaults.PORT)
        @Min(1)
        @Max(65535)
        @Nullable Integer port,
    @JsonPropertyDescription(
            "What the app runs on: containers, the pods of the cluster, or instances of EC2. "
                + "Default containers.")
        @Nullable ComputeSpec compute,
    @JsonPropertyDescription(
            "Worker nodes for the cluster, over the zones of its VPC: an EC2 Auto Scaling group "
                + "that joins the EKS cluster that the operator runs in. Default none.")
        @Nullable NodeGroupSpec nodeGroup,
    @JsonPropertyDescription(
            "Merged over the generated pod: command, args, volumes, tolerations, annotations "
                + "and the like. Default none.")
        @Nullable PodTemplateOverlay podTemplate,
    @JsonPropertyDescription(
            "Runs once an image, to success, before it is rolled out: in a Job with the app's "
                + "image, environment, bindings and service account. A failed one stops the "
                + "rollout, and the old version goes on. Default none.")
        @Nullable MigrationSpec migration,
    @JsonPropertyDescription(
            "Up to 100 environment variables of the app, as core/v1 EnvVar. Default none.")
        List<EnvVar> env,
    @JsonPropertyDescription(
            "Up to 20 ConfigMaps and Secrets whose keys become environment variables, as "
                + "core/v1 EnvFromSource. Default none.")
        List<EnvFromSource> envFrom,
    @JsonPropertyDescription(
            "CPU and memory of the app container, as core/v1 ResourceRequirements. Default, for"
                + " what has neither request nor limit: requests of 250m CPU and 256Mi memory."
                + " Without requests, scaling by CPU cannot work.")
        @Nullable ResourceRequirements resources,
    @JsonPropertyDescription(
            "Health checks of the app container. Default: readiness is a TCP check of port.")
        @Nullable ProbesSpec probes,
    @JsonPropertyDescription(
            "Name of an existing ServiceAccount for the pods. Default: one of its own, named "
                + "after the app.")
        @Size(max = 253)
        @ValidationRule(
            value = "self == '' || self.matches('^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$')",
            message =
                "serviceAccountName is the name of a ServiceAccount, such as shop; leave it out for"
                    + " one of the app's own")
        @Nullable String serviceAccountName,
    @JsonPropertyDescription(
            "Horizontal autoscaling. Default, when replicas is not given: 3 to 10 replicas at"
                + " 70 % CPU. Not together with replicas.")
        @Nullable ScalingSpec scaling,
    @JsonPropertyDescription(
            "A fixed number of replicas, 0 to 1000, instead of scaling. Once set, the scale"
                + " subresource (kubectl scale) reads and writes it. Unset by default.")
        @Min(0)
        @Max(1000)
        @SpecReplicas
        @Nullable Integer replicas,
    @JsonPropertyDescription(
            "Spread over zones and nodes, disruption budget, draining. Default: 3 zones, "
                + "Preferred, 1 unavailable, 30 seconds.")
        @Nullable AvailabilitySpec availability,
    @JsonPropertyDescription(
            "What is done about a new image that harms. Default: where there are alarms, the image "
                + "of before runs again when one goes off within 10 minutes.")
        @Nullable RolloutSpec rollout,
    @JsonPropertyDescription(
            "How the app is reached from outside. Default: only from inside the cluster, by "
                + "its Service.")
        @Nullable IngressSpec ingress,
    @JsonPropertyDescription("Which traffic may reach the pods. Default: only that to port.")
        @Nullable NetworkPolicySpec networkPolicy,
    @JsonPropertyDescription("The network that the data lives in. Default: discover.")
        @Nullable NetworkSpec network,
    @JsonPropertyDescription("A database: relational, or a table of items. Default none.")
        @Nullable DatabaseSpec database,
    @JsonPropertyDescription("A store for HTTP sessions and the like. Default none.")
        @Nullable SessionStoreSpec sessionStore,
    @JsonPropertyDescription("Object storage. Default none.") @Nullable StorageSpec storage,
    @JsonPropertyDescription(
            "Copies of the data in another region. Default: in the operator's recovery region, if "
                + "its administrator has set one, else none.")
        @Nullable DisasterRecoverySpec disasterRecovery,
    @JsonPropertyDescription("What is done about backups beside making them. Default: nothing.")
        @Nullable BackupSpec backup,
    @JsonPropertyDescription("Alarms. Default none.") @Nullable MonitoringSpec monitoring,
    @JsonPropertyDescription(
            "How connection data reaches the pods. Default: as environment variables.")
        @Nullable BindingsSpec bindings,
    @JsonPropertyDescription(
            "When changes that interrupt service are made. Default: in the window "
                + "sun:03:00-sun:04:00 UTC.")
        @Nullable ChangePolicySpec changePolicy,
    @JsonPropertyDescription(
            "Region and tags of the AWS resources. Default: the operator's region.")
        @Nullable AwsSpec aws,
    @JsonPropertyDescription(
            "What happens to data on deletion. Snapshot (default): a final snapshot of the database"
                + " and of a session store of redis or valkey, the bucket retained. Retain: all"
                + " kept as they are. Delete: all deleted. A data block may override it.")
        @Default("Snapshot")
        @Nullable DeletionPolicy deletionPolicy,
    @JsonPropertyDescription(
            "While true (default) no data is deleted, whatever deletes this object or removes"
                + " a data block: it is kept and reported in status.deletion.")
        @Default("true")
        @Nullable Boolean deletionProtection) {

  /** Absent lists and maps are read as empty; all are copied. */
  public HighlyAvailableAppSpec {
    imagePullSecrets = imagePullSecrets == null ? List.of() : List.copyOf(imagePullSecrets);
    env = env == null ? List.of() : List.copyOf(env);
    envFrom = envFrom == null ? List.of() : List.copyOf(envFrom);
  }
}
