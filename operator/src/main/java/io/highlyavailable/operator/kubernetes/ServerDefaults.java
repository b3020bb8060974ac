package io.highlyavailable.operator.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.Set;

/** How the API server writes a value differently from how it was applied. */
final class ServerDefaults {
  /** Maps from a resource's name to a quantity. */
  static final Set<String> QUANTITY_MAPS = Set.of("requests", "limits");

  private static final Set<String> QUANTITIES = Set.of("sizeLimit", "divisor", "storage");

  /**
   * What the server adds inside lists and maps that are otherwise replaced as a whole, as text:
   * only fields that podTemplate may bring along; ours are spelled out.
   */
  private static final Map<String, String> FILLED_IN =
      Map.of(
          "protocol", "TCP",
          "apiVersion", "v1",
          "divisor", "0",
          "expirationSeconds", "3600",
          "defaultMode", "420");

  /**
   * Fields whose zero the server drops, because their Go type is not a pointer. It must be a list:
   * to drop {@code allowPrivilegeEscalation: false} is a change.
   */
  private static final Set<String> ZERO_IS_ABSENT =
      Set.of(
          "hostNetwork",
          "hostPID",
          "hostIPC",
          "stdin",
          "stdinOnce",
          "tty",
          "readOnly",
          "initialDelaySeconds");

  private ServerDefaults() {}

  /** Whether a field that the server added to an atomic map is a default. */
  static boolean fillsIn(String field, JsonNode value) {
    return value.isNull() || value.asText().equals(FILLED_IN.get(field));
  }

  /** Whether a value that was applied may be missing from what the server stores. */
  static boolean omits(String field, JsonNode desired) {
    if (desired.isTextual()) {
      return desired.textValue().isEmpty();
    }
    if (desired.isArray()) {
      return desired.isEmpty();
    }
    boolean zero = desired.isNumber() ? desired.asLong() == 0 : !desired.asBoolean();
    return desired.isNull() || desired.isValueNode() && zero && ZERO_IS_ABSENT.contains(field);
  }

  /** Whether two scalars mean the same. */
  static boolean same(String field, JsonNode desired, JsonNode observed) {
    if (desired.equals(observed)) {
      return true;
    }
    if (desired.isNumber() && observed.isNumber()) {
      return desired.decimalValue().compareTo(observed.decimalValue()) == 0;
    }
    return QUANTITIES.contains(field) && sameAmount(desired, observed);
  }

  /** Whether two quantities are the same amount: the server writes {@code 1000m} as {@code 1}. */
  static boolean sameAmount(JsonNode desired, JsonNode observed) {
    if (desired.equals(observed)) {
      return true;
    }
    try {
      return Quantity.getAmountInBytes(new Quantity(desired.asText()))
              .compareTo(Quantity.getAmountInBytes(new Quantity(observed.asText())))
          == 0;
    } catch (IllegalArgumentException | ArithmeticException _) {
      return false;
    }
  }
}
