package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** What is done about a new image that harms. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RolloutSpec(
    @JsonPropertyDescription(
            "Whether the image of before runs again when, after a new one began to roll out, an "
                + "alarm goes off that means that users suffer. Default true, where there are "
                + "alarms.")
        @Default("true")
        @Nullable Boolean rollbackOnAlarm,
    @JsonPropertyDescription(
            "For how many seconds alarms are watched after a new image serves, 60 to 86400. "
                + "Default 600.")
        @Default("" + Defaults.BAKE_SECONDS)
        @Min(60)
        @Max(86400)
        @Nullable Integer bakeSeconds) {}
