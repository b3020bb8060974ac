package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import org.jspecify.annotations.Nullable;

/** Monitoring in Amazon CloudWatch. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CloudWatchSpec(
    @JsonPropertyDescription(
            "Whether alarms exist for what the app has: unhealthy targets, 5xx rate and "
                + "latency of the load balancer; CPU, storage and connections of the database. "
                + "Default true.")
        @Default("true")
        @Nullable Boolean alarms,
    @JsonPropertyDescription(
            "Whether there is a dashboard of what the app has: alarms, traffic, latency, errors, "
                + "targets per zone, database, sessions, bucket and the account's charges. "
                + "Three dashboards an account are free, each further one costs about 3 USD a "
                + "month. Default true.")
        @Default("true")
        @Nullable Boolean dashboard) {}
