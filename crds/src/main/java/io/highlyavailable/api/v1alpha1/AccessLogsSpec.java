package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** What becomes of the load balancer's log of each request. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AccessLogsSpec(
    @JsonPropertyDescription("Days after which logs are deleted, 1 to 3650. Default 90.")
        @Default("" + Defaults.ACCESS_LOG_DAYS)
        @Min(1)
        @Max(3650)
        @Nullable Integer expireDays) {}
