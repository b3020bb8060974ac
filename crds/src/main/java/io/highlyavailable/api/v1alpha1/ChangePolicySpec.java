package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** When changes that interrupt service are made. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ChangePolicySpec(
    @JsonPropertyDescription(
            "When a change that interrupts service is made: MaintenanceWindow (default), Immediate "
                + "or RequireApproval. What waits is in status.plan; the annotation "
                + "highlyavailable.io/approved-plan with its hash makes it at once.")
        @Default("MaintenanceWindow")
        @Nullable DisruptiveChanges disruptive,
    @JsonPropertyDescription(
            "Weekly window in UTC, as ddd:hh:mm-ddd:hh:mm, 30 minutes to a day long. Default "
                + "sun:03:00-sun:04:00. It is the window of the database too, in which RDS makes "
                + "upgrades of its own.")
        @Default(Defaults.MAINTENANCE_WINDOW)
        @Size(min = 19, max = 19)
        @ValidationRule(
            value =
                "self.matches('^(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]-"
                    + "(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]$')",
            message =
                "maintenanceWindow has the form ddd:hh:mm-ddd:hh:mm in UTC, such as "
                    + "sun:03:00-sun:04:00")
        @ValidationRule(
            value =
                "!self.matches('^[a-z]{3}:[0-9]{2}:[0-9]{2}-[a-z]{3}:[0-9]{2}:[0-9]{2}$') || "
                    + "(('montuewedthufrisatsun'.indexOf(self.substring(10, 13)) - "
                    + "'montuewedthufrisatsun'.indexOf(self.substring(0, 3))) * 480 + "
                    + "(int(self.substring(14, 16)) - int(self.substring(4, 6))) * 60 + "
                    + "int(self.substring(17, 19)) - int(self.substring(7, 9)) + 10080) % 10080 >= 30"
                    + " && (('montuewedthufrisatsun'.indexOf(self.substring(10, 13)) - "
                    + "'montuewedthufrisatsun'.indexOf(self.substring(0, 3))) * 480 + "
                    + "(int(self.substring(14, 16)) - int(self.substring(4, 6))) * 60 + "
                    + "int(self.substring(17, 19)) - int(self.substring(7, 9)) + 10080) % 10080 <= "
                    + "1440",
            message =
                "maintenanceWindow must be 30 minutes to 24 hours long, such as "
                    + "sun:03:00-sun:04:00")
        @Nullable String maintenanceWindow) {}
