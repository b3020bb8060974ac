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
 * Nodes of Memcached across zones, each with its share of the sessions; TLS always, no password and
 * no copies.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record MemcachedSpec(
    @JsonPropertyDescription("Type of every node. Default cache.t4g.small. Immutable.")
        @Default(Defaults.CACHE_NODE_TYPE)
        @Size(min = 1, max = 32)
        @ValidationRule(
            value = "self.matches('^cache[.][a-z0-9-]+[.][a-z0-9-]+$')",
            message =
                "nodeType is a node type of ElastiCache with its cache. prefix, such as "
                    + "cache.t4g.small")
        @ValidationRule(
            value = "self == oldSelf",
            message =
                "nodeType of memcached cannot change (cache.t4g.small when it is left out), as "
                    + "ElastiCache cannot; change nodes instead, or remove sessionStore, wait until "
                    + "status shows it no more, and add it again: all sessions are lost")
        @Nullable String nodeType,
    @JsonPropertyDescription(
            "Number of nodes, spread over the zones, 1 to 40. Default 3. Changed while it serves; "
                + "sessions on removed nodes are lost.")
        @Default("" + Defaults.MEMCACHED_NODES)
        @Min(1)
        @Max(40)
        @Nullable Integer nodes,
    @JsonPropertyDescription(
            "Version, at least 1.6.12, the first with TLS, such as \"1.6.22\". Default: the "
                + "default of ElastiCache at creation. An upgrade empties the nodes, as "
                + "changePolicy says.")
        @Size(min = 1, max = 12)
        @ValidationRule(
            value = "self.matches('^1[.](6[.](1[2-9]|[2-9][0-9])|([7-9]|[1-9][0-9])[.][0-9]+)$')",
            message =
                "version is a version of Memcached in ElastiCache with TLS: 1.6.12 or later, such as "
                    + "1.6.22")
        @Nullable String version) {}
