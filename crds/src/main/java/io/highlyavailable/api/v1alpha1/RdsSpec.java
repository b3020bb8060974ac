package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A relational database in Amazon RDS: encrypted, private, backed up. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RdsSpec(
    @JsonPropertyDescription("postgres, mysql or mariadb. Immutable.") @Required Engine engine,
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
        @Nullable String instanceClass,
    @JsonPropertyDescription(
            "Allocated storage in GiB, 20 to 65536. Default 50. It may grow and never "
                + "shrinks.")
        @Default("" + Defaults.STORAGE_GIB)
        @Min(20)
        @Max(65536)
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
    @JsonPropertyDescription("Days for which automatic backups are kept, 1 to 35. Default 14.")
        @Default("" + Defaults.BACKUP_RETENTION_DAYS)
        @Min(1)
        @Max(35)
        @Nullable Integer backupRetentionDays,
    @JsonPropertyDescription(
            "Daily window for backups in UTC, as hh:mm-hh:mm, at least 30 minutes, such as "
                + "01:00-02:00. Default: chosen by RDS.")
        @Size(min = 11, max = 11)
        @Nullable String backupWindow,
    @JsonPropertyDescription(
            "What happens to the database when it is removed: Snapshot, Retain or Delete. "
                + "Default: spec.deletionPolicy.")
        @Nullable DeletionPolicy deletionPolicy) {}
