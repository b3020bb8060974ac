package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * A primary and its replicas, of Redis OSS or Valkey: a replica in another zone takes over on
 * failure; TLS, a password and encryption at rest always.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "!has(self.version) || !has(oldSelf.version) || "
            + "!self.version.matches('^[0-9]+[.][0-9]$') || "
            + "!oldSelf.version.matches('^[0-9]+[.][0-9]$') || "
            + "int(self.version.split('.')[0]) * 10 + int(self.version.split('.')[1]) >= "
            + "int(oldSelf.version.split('.')[0]) * 10 + int(oldSelf.version.split('.')[1])",
    message =
        "the version never goes down, as ElastiCache cannot; keep the old one, or create another "
            + "app with the older version")
public record RedisSpec(
    @JsonPropertyDescription(
            "Type of every node. Default cache.t4g.small. A change fails over to nodes of the new "
                + "type, as changePolicy says.")
        @Default(Defaults.CACHE_NODE_TYPE)
        @Size(min = 1, max = 32)
        @ValidationRule(
            value = "self.matches('^cache[.][a-z0-9-]+[.][a-z0-9-]+$')",
            message =
                "nodeType is a node type of ElastiCache with its cache. prefix, such as "
                    + "cache.t4g.small")
        @Nullable String nodeType,
    @JsonPropertyDescription(
            "Replicas of the primary, in other zones as far as there are any, 1 to 5. Default 2. "
                + "Changed while it serves.")
        @Default("" + Defaults.CACHE_REPLICAS)
        @Min(1)
        @Max(5)
        @ValidationRule(
            value = "self >= 1",
            message =
                "replicas is 1 to 5; without one nothing would take over when the primary fails")
        @Nullable Integer replicas,
    @JsonPropertyDescription(
            "Version as major and minor, such as \"7.1\" of redis or \"8.0\" of valkey. Default: "
                + "the default of ElastiCache at creation. It never goes down. An upgrade fails "
                + "over, as changePolicy says.")
        @Size(min = 1, max = 8)
        @Nullable String version,
    @JsonPropertyDescription(
            "What happens to the store when it is removed: Snapshot (a final snapshot, then "
                + "deleted), Retain or Delete. Default: spec.deletionPolicy.")
        @Nullable DeletionPolicy deletionPolicy) {}
