package io.highlyavailable.operator.model;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rules about {@code spec.resources}. */
final class ResourceRules {
  private static final String FIELD = "spec.resources";

  private ResourceRules() {}

  static void check(@Nullable ResourceRequirements resources, Violations violations) {
    if (resources == null) {
      return;
    }
    Map<String, BigDecimal> requests = amounts("requests", resources.getRequests(), violations);
    Map<String, BigDecimal> limits = amounts("limits", resources.getLimits(), violations);
    requests.forEach(
        (name, request) -> {
          BigDecimal limit = limits.get(name);
          violations.addIf(
              limit != null && request.compareTo(limit) > 0,
              FIELD + ".requests." + name,
              "use no more than limits." + name);
        });
  }

  private static Map<String, BigDecimal> amounts(
      String part, @Nullable Map<String, Quantity> quantities, Violations violations) {
    Map<String, BigDecimal> amounts = new TreeMap<>();
    if (quantities != null) {
      quantities.forEach(
          (name, quantity) ->
              amount(quantity)
                  .ifPresentOrElse(
                      amount -> amounts.put(name, amount),
                      () ->
                          violations.add(
                              FIELD + "." + part + "." + name,
                              "write a quantity, such as 250m or 256Mi")));
    }
    return amounts;
  }

  private static Optional<BigDecimal> amount(@Nullable Quantity quantity) {
    if (quantity == null || quantity.getAmount() == null) {
      return Optional.empty();
    }
    try {
      BigDecimal amount = Quantity.getAmountInBytes(quantity);
      return Optional.ofNullable(amount).filter(value -> value.signum() >= 0);
    } catch (IllegalArgumentException | ArithmeticException _) {
      return Optional.empty();
    }
  }
}
