package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A relational database in Amazon RDS: encrypted, private, backed up. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "!has(self.maxStorageGiB) || self.maxStorageGiB * 10 >= self.storageGiB * 11",
    message =
        "maxStorageGiB must be at least 10 % above storageGiB (50 unless given), as RDS "
            + "demands; raise it, or leave it out for a fixed size")
@ValidationRule(
    value =
        "!has(self.version) || (self.engine == 'postgres' ? "
            + "self.version.matches('^[1-9][0-9]([.][0-9]+)?$') : "
            + "self.version.matches('^[1-9][0-9]*[.][0-9]+([.][0-9]+)?$'))",
    message =
        "version is a version of the engine: for example 17 or 17.2 for postgres, 8.4 for "
            + "mysql, 11.4 for mariadb")
@ValidationRule(
    value =
        "!has(self.version) || !has(oldSelf.version) || self.engine != oldSelf.engine || "
            + "int(self.version.split('.')[0]) >= int(oldSelf.version.split('.')[0])",
    message =
        "the major version never goes down, as RDS cannot; create another app with the older "
            + "version and move the data")
@ValidationRule(
    value = "!has(self.existing) || !has(self.restoreFrom)",
    message =
        "existing and restoreFrom exclude each other; existing takes over an instance as it is, "
            + "restoreFrom makes another one of its data")
@ValidationRule(
    value = "!has(self.existing) || !has(self.deletionPolicy) || self.deletionPolicy == 'Retain'",
    message =
        "an adopted instance is always retained; write deletionPolicy: Retain or leave it out")
@ValidationRule(
    value = "!has(self.existing) || !has(self.readReplicas) || self.readReplicas == 0",
    message = "no read replicas are made of an adopted instance; leave readReplicas out")
@ValidationRule(
    value = "has(self.existing) == has(oldSelf.existing)",
    message =
        "existing cannot be added to a database that is there, nor removed from it; remove the rds "
            + "block and apply (see deletionPolicy for what becomes of an instance that was not "
            + "adopted), then add it again with or without existing")
public record RdsSpec(
    @JsonPropertyDescription("postgres, mysql or mariadb. Immutable.")
        @Required
        @ValidationRule(
            value = "self == oldSelf",
            message =
                "engine cannot change, as RDS converts no data; create another app with the new "
                    + "engine and move the data")
        Engine engine,
    @JsonPropertyDescription(
            "Version of the engine, as major or major and minor: \"17\" or \"17.2\" for "
                + "postgres, \"8.4\" for mysql, \"11.4\" for mariadb. Default: the default of RDS "
                + "at creation. The major version never goes down.")
        @Size(min = 1, max = 16)
        @Nullable String version,
    @JsonPropertyDescription(
            "Class of the instance. Default db.t4g.medium. A change restarts the database.")
        @Default(Defaults.INSTANCE_CLASS)
        @Size(min = 1, max = 32)
        @ValidationRule(
            value = "self.matches('^db[.][a-z0-9-]+[.][a-z0-9-]+$')",
            message = "instanceClass is a class of RDS with its db. prefix, such as db.t4g.medium")
        @Nullable String instanceClass,
    @JsonPropertyDescription(
            "Allocated storage in GiB, 20 to 65536. Default 50. It may grow and never "
                + "shrinks.")
        @Default("" + Defaults.STORAGE_GIB)
        @Min(20)
        @Max(65536)
        @ValidationRule(
            value = "self >= oldSelf",
            message =
                "storageGiB never shrinks, as RDS cannot; keep the old size or more (50 when it is "
                    + "left out)")
        @Nullable Integer storageGiB,
    @JsonPropertyDescription(
            "Size in GiB up to which RDS grows the storage by itself, 22 to 65536, at least "
                + "10 % above storageGiB. Unset by default: storage grows only by storageGiB.")
        @Min(22)
        @Max(65536)
        @Nullable Integer maxStorageGiB,
    @JsonPropertyDescription(
            "Whether a standby in another zone takes over on failure. Default true.")
        @Default("true")
        @Nullable Boolean multiAz,
    @JsonPropertyDescription(
            "Number of instances that copy the database for reading, 0 to 15. Default 0. The "
                + "binding's reader-host and reader-uri name them, or the database while there are "
                + "none.")
        @Default("0")
        @Min(0)
        @Max(15)
        @Nullable Integer readReplicas,
    @JsonPropertyDescription(
            "Seconds between two points of RDS's Enhanced Monitoring, the operating system's "
                + "metrics in CloudWatch Logs: 1, 5, 10, 15, 30 or 60; 0 for none. Default 0. "
                + "CloudWatch Logs charges for them.")
        @Default("0")
        @Min(0)
        @Max(60)
        @ValidationRule(
            value = "self in [0, 1, 5, 10, 15, 30, 60]",
            message = "monitoringIntervalSeconds is 0, 1, 5, 10, 15, 30 or 60, as RDS has it")
        @Nullable Integer monitoringIntervalSeconds,
    @JsonPropertyDescription("Days for which automatic backups are kept, 1 to 35. Default 14.")
        @Default("" + Defaults.BACKUP_RETENTION_DAYS)
        @Min(1)
        @Max(35)
        @ValidationRule(
            value = "self >= 1",
            message =
                "backupRetentionDays is 1 to 35; 0 would turn backups off and delete those there are")
        @Nullable Integer backupRetentionDays,
    @JsonPropertyDescription(
            "Daily window for backups in UTC, as hh:mm-hh:mm, at least 30 minutes, such as "
                + "01:00-02:00. Default: one of sixteen half hours before the maintenance window.")
        @Size(min = 11, max = 11)
        @ValidationRule(
            value = "self.matches('^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$')",
            message = "backupWindow has the form hh:mm-hh:mm in UTC, such as 01:00-02:00")
        @ValidationRule(
            value =
                "!self.matches('^[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}$') || (int(self.substring(6, 8))"
                    + " * 60 + int(self.substring(9, 11)) - int(self.substring(0, 2)) * 60 - "
                    + "int(self.substring(3, 5)) + 1440) % 1440 >= 30",
            message = "backupWindow must be at least 30 minutes long, such as 01:00-01:30")
        @Nullable String backupWindow,
    @JsonPropertyDescription(
            "What the database begins with: a snapshot, another instance at a time, or nothing. It "
                + "counts when the database is created; it is asked for when there are snapshots of "
                + "an earlier database of this app, or when the database was lost. Default: nothing.")
        @Nullable RestoreFromSpec restoreFrom,
    @JsonPropertyDescription(
            "An instance that exists already, to be taken over instead of making one. What that "
                + "changes is shown in status.plan first and waits for the annotation "
                + "highlyavailable.io/approved-plan. It is never deleted. Default: none.")
        @Nullable ExistingDatabaseSpec existing,
    @JsonPropertyDescription(
            "What happens to the database when it is removed: Snapshot, Retain or Delete. "
                + "Default: spec.deletionPolicy.")
        @Nullable DeletionPolicy deletionPolicy) {}
