package io.highlyavailable.operator.model;

/** The environment by which the Jobs that reach a database are told what to do. */
public final class UserJobVariables {
  /** {@code postgres}, {@code mysql} or {@code mariadb}. */
  public static final String ENGINE = "HAAPP_DATABASE_ENGINE";

  /** Host of the database. */
  public static final String HOST = "HAAPP_DATABASE_HOST";

  /** TCP port of the database. */
  public static final String PORT = "HAAPP_DATABASE_PORT";

  /** Name of the database. */
  public static final String DATABASE = "HAAPP_DATABASE_NAME";

  /** Who makes the user. */
  public static final String MASTER_USERNAME = "HAAPP_DATABASE_MASTER_USERNAME";

  /** The master's password. */
  public static final String MASTER_PASSWORD = "HAAPP_DATABASE_MASTER_PASSWORD";

  /** The user to make. */
  public static final String USERNAME = "HAAPP_DATABASE_USERNAME";

  /** The user's password. */
  public static final String PASSWORD = "HAAPP_DATABASE_PASSWORD";

  /** The argument that makes the operator's image do this instead of running the operator. */
  public static final String ARGUMENT = "--database-users";

  /** The same for opening a restored database, which needs no user. */
  public static final String CHECK_ARGUMENT = "--check-database";

  private UserJobVariables() {}
}
