package io.highlyavailable.operator.component;

/**
 * The database that a user is made in.
 *
 * @param engine {@code postgres}, {@code mysql} or {@code mariadb}
 * @param host where it listens
 * @param port TCP port
 * @param database the database's name
 * @param masterUsername who makes users
 * @param incarnation changes when it is made anew under the same name, without our users
 * @param serving whether it takes connections
 */
public record UserTarget(
    String engine,
    String host,
    int port,
    String database,
    String masterUsername,
    String incarnation,
    boolean serving) {}
