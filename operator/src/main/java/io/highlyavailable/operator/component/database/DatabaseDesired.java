package io.highlyavailable.operator.component.database;

import io.highlyavailable.operator.model.RestoreFrom;
import io.highlyavailable.operator.model.Sensitive;
import org.jspecify.annotations.Nullable;

/**
 * An RDS instance as it should be. It is always encrypted.
 *
 * @param name its identifier
 * @param engine such as {@code postgres}
 * @param version the engine version or its beginning, or null for RDS's default
 * @param settings what can be changed
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
    Database.Settings settings,
    boolean backupWindowChosen,
    String databaseName,
    String username,
    Sensitive password,
    @Nullable RestoreFrom origin,
    String credential) {}
