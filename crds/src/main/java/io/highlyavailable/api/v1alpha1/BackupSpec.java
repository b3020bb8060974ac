package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** What is done about backups beside making them. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BackupSpec(
    @JsonPropertyDescription(
            "Restores the latest backup of the database on RDS into a temporary private instance, "
                + "again and again, checks that it opens, and deletes it. Default: never.")
        @Nullable VerifySpec verify) {}
