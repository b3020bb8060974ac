package io.highlyavailable.operator.component.database;

import io.highlyavailable.operator.component.EngineVersion;
import io.highlyavailable.operator.model.RestoreFrom;
import io.highlyavailable.operator.model.Sensitive;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An RDS instance as it should be. It is always encrypted.
 *
 * @param name its identifier
 * @param engine such as {@code postgres}
 * @param version the engine version or its beginning that it has at least, or null for any
 * @param newVersion the engine version that a new one is created with
 * @param settings what can be changed
 * @param parameterGroups names of the DB parameter groups there are for it, by family; empty while
 *     they are not known
 * @param backupWindowChosen whether a person chose the backup window; if not, each that RDS allows
 *     beside the maintenance window is as good
 * @param databaseName the database made with it
 * @param username its master user
 * @param password the master user's password
 * @param origin what it begins with, or null for nothing
 * @param credential fingerprint of the password, kept in a tag so that a lost one is noticed
 */
public record DatabaseDesired(
    String name,
    String engine,
    @Nullable String version,
    String newVersion,
    Database.Settings settings,
    SortedMap<String, String> parameterGroups,
    boolean backupWindowChosen,
    String databaseName,
    String username,
    Sensitive password,
    @Nullable RestoreFrom origin,
    String credential) {
  public DatabaseDesired {
    parameterGroups = Collections.unmodifiableSortedMap(new TreeMap<>(parameterGroups));
  }

  /** The group for an instance of a version, if there is one. */
  Optional<String> parameterGroup(String version) {
    return Optional.ofNullable(parameterGroups.get(EngineVersion.family(engine, version)));
  }
}
