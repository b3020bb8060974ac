package io.highlyavailable.operator.component.parametergroup;

import java.util.Map;

/**
 * The parameter by which an engine refuses connections without TLS. The defaults are in the RDS
 * user guide: "Requiring an SSL connection to a PostgreSQL DB instance" ({@code rds.force_ssl} is 0
 * before PostgreSQL 15 and 1 from then on) and "Requiring SSL/TLS for all connections" to a MySQL
 * or MariaDB DB instance ({@code require_secure_transport} is OFF, from MariaDB 11.8 on it is ON).
 *
 * @param parameter its name
 * @param value what it has to be
 * @param applyMethod when RDS gives it to instances that use the group already: {@code immediate}
 *     where the user guide says that no reboot is needed, else {@code pending-reboot}, which
 *     ModifyDBParameterGroup takes for static and dynamic parameters alike
 */
public record ForcedTls(String parameter, String value, String applyMethod) {
  private static final ForcedTls SECURE_TRANSPORT =
      new ForcedTls("require_secure_transport", "ON", "immediate");

  private static final Map<String, ForcedTls> BY_ENGINE =
      Map.of(
          "postgres", new ForcedTls("rds.force_ssl", "1", "pending-reboot"),
          "mysql", SECURE_TRANSPORT,
          "mariadb", SECURE_TRANSPORT);

  /** The parameter of an engine, such as {@code postgres}. */
  static ForcedTls of(String engine) {
    ForcedTls found = BY_ENGINE.get(engine);
    if (found == null) {
      throw new IllegalArgumentException("not an engine: " + engine);
    }
    return found;
  }

  /**
   * Whether a parameter's value has the effect; RDS shows {@code ON} as it was written, or as 1.
   */
  boolean isIn(String found) {
    return value.equals(found) || value.equals("ON") && found.equals("1");
  }

  /** The parameter with a value, for people. */
  String text(String found) {
    return parameter + "=" + (found.isEmpty() ? "default" : found);
  }
}
