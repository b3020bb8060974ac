package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** An instance in Amazon RDS that somebody else made. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ExistingDatabaseSpec(
    @JsonPropertyDescription(
            "Identifier of the instance, in the app's account and region. It must carry the "
                + "administrator's tag highlyavailable.io/allowed-namespace with the app's "
                + "namespace, or be one that an app of this namespace has left behind. Immutable.")
        @Required
        @Size(min = 1, max = 63)
        @ValidationRule(
            value = "self.matches('^[a-z]([a-z0-9-]*[a-z0-9])?$')",
            message = "id is the identifier of an RDS instance, such as orders")
        @ValidationRule(
            value = "self == oldSelf",
            message =
                "existing.id cannot change; remove the rds block and apply (the adopted instance "
                    + "stays as it is), then add it again with the other id")
        String id) {}
