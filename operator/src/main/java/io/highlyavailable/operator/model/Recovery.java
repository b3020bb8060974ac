package io.highlyavailable.operator.model;

/**
 * Where copies of an app's data are kept.
 *
 * @param region another region than the app's own
 * @param databaseBackups whether the database's automated backups are copied
 * @param storageReplication whether the bucket's objects are
 * @param tableReplica whether the table has a replica
 */
public record Recovery(
    String region, boolean databaseBackups, boolean storageReplication, boolean tableReplica) {}
