package io.highlyavailable.operator.component.database;

/**
 * The read replicas as they should be.
 *
 * @param name the app's resource name, which is the source's identifier
 * @param count how many, at least 1
 * @param each what each of them is like; its name is the source's
 */
public record ReadReplicasDesired(String name, int count, DatabaseDesired each) {}
