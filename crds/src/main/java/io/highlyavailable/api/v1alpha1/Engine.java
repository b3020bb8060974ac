package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A relational database engine of Amazon RDS, by its name there. */
public enum Engine {
  /** PostgreSQL. */
  @JsonProperty("postgres")
  POSTGRES,

  /** MySQL. */
  @JsonProperty("mysql")
  MYSQL,

  /** MariaDB. */
  @JsonProperty("mariadb")
  MARIADB;

  /** Returns the engine's name in the RDS API, which is also the name in a manifest. */
  public String rdsName() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
