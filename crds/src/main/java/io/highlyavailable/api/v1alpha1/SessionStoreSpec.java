package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Where sessions outlive the pods that began them: exactly one member. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "[has(self.redis), has(self.valkey), has(self.memcached)].filter(given, given).size() == 1",
    message =
        "sessionStore needs exactly one member: redis, valkey or memcached; write one, such as "
            + "sessionStore: {redis: {}}, or remove sessionStore")
@ValidationRule(
    value =
        "has(self.redis) == has(oldSelf.redis) && has(self.valkey) == has(oldSelf.valkey) && "
            + "has(self.memcached) == has(oldSelf.memcached)",
    message =
        "sessionStore cannot change between redis, valkey and memcached, as all sessions would be "
            + "lost; remove sessionStore, wait until status shows it no more, and add the other "
            + "one, or create another app")
@ValidationRule(
    value =
        "!has(self.redis) || !has(self.redis.version) || "
            + "self.redis.version.matches('^(6[.]2|7[.][01])$')",
    message = "redis.version is a version of Redis OSS in ElastiCache: 6.2, 7.0 or 7.1")
@ValidationRule(
    value =
        "!has(self.valkey) || !has(self.valkey.version) || "
            + "self.valkey.version.matches('^([789]|[1-9][0-9])[.][0-9]$')",
    message = "valkey.version is a version of Valkey in ElastiCache, such as 7.2 or 8.0")
public record SessionStoreSpec(
    @JsonPropertyDescription("Redis OSS in Amazon ElastiCache.") @Nullable RedisSpec redis,
    @JsonPropertyDescription(
            "Valkey in Amazon ElastiCache; it speaks the protocol of Redis and costs less.")
        @Nullable RedisSpec valkey,
    @JsonPropertyDescription(
            "Memcached in Amazon ElastiCache. A node that fails takes its share of the sessions "
                + "with it.")
        @Nullable MemcachedSpec memcached) {}
