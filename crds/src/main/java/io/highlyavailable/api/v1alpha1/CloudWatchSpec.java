package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.highlyavailable.api.v1alpha1.schema.ListSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Monitoring in Amazon CloudWatch. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = ListSet.class, input = "notify")
@ValidationRule(
    value = "!has(self.notify) || size(self.notify) == 0 || !has(self.alarms) || self.alarms",
    message = "notify tells of alarms, and there are none; set alarms: true, or remove notify")
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
        @Nullable Boolean dashboard,
    @JsonPropertyDescription(
            "Whom alarms notify: e-mail addresses, each of which has to confirm, and ARNs of SNS "
                + "topics of the operator's account in the app's region or that of its copies. At "
                + "most 10, of which 4 topics.")
        @Size(max = 10)
        @ValidationRule(
            value =
                "self.all(to, to.matches('^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:"
                    + "[A-Za-z0-9_-]{1,256}$') || to.matches('^[^@ ]{1,64}@[^@ ]+[.][^@ .]+$'))",
            message =
                "notify takes e-mail addresses, such as ops@example.com, and ARNs of standard SNS "
                    + "topics, such as arn:aws:sns:eu-west-1:123456789012:oncall")
        @ValidationRule(
            value = "self.filter(to, to.startsWith('arn:')).size() <= 4",
            message =
                "an alarm takes five actions, one of which is for all e-mail addresses: name at "
                    + "most 4 topics")
        @JsonProperty("notify")
        List<@Size(min = 3, max = 320) String> recipients) {

  /** Absent lists and maps are read as empty; all are copied. */
  public CloudWatchSpec {
    recipients = recipients == null ? List.of() : List.copyOf(recipients);
  }
}
