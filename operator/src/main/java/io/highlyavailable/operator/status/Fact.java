package io.highlyavailable.operator.status;

import io.highlyavailable.api.v1alpha1.ConditionStatus;

/**
 * A condition before it is known since when it holds.
 *
 * @param type what is observed
 * @param status whether it holds
 * @param reason one CamelCase word
 * @param message one stable line; may be empty
 */
record Fact(String type, ConditionStatus status, String reason, String message) {
  static Fact yes(String type, String reason, String message) {
    return new Fact(type, ConditionStatus.TRUE, reason, message);
  }

  static Fact no(String type, String reason, String message) {
    return new Fact(type, ConditionStatus.FALSE, reason, message);
  }
}
