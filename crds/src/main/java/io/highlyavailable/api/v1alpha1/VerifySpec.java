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

/** How often backups are verified by restoring them, and what that may cost. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record VerifySpec(
    @JsonPropertyDescription(
            "Days from one verification to the next, 1 to 90. Default 7. One that failed is "
                + "repeated after a day.")
        @Default("" + Defaults.VERIFY_INTERVAL_DAYS)
        @Min(1)
        @Max(90)
        @Nullable Integer intervalDays,
    @JsonPropertyDescription(
            "Class of the temporary instance, which has one zone and no backups. Default "
                + "db.t4g.small. Its storage is as large as the database's.")
        @Default(Defaults.VERIFY_INSTANCE_CLASS)
        @Size(min = 1, max = 32)
        @ValidationRule(
            value = "self.matches('^db[.][a-z0-9-]+[.][a-z0-9-]+$')",
            message = "instanceClass is a class of RDS with its db. prefix, such as db.t4g.small")
        @Nullable String instanceClass,
    @JsonPropertyDescription(
            "Hours after which the temporary instance is deleted, finished or not, 1 to 24. "
                + "Default 4.")
        @Default("" + Defaults.VERIFY_TIME_LIMIT_HOURS)
        @Min(1)
        @Max(24)
        @Nullable Integer timeLimitHours) {}
