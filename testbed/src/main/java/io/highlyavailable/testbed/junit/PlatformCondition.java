package io.highlyavailable.testbed.junit;

import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips a suite where its platform is not to be had. By a condition, since a suite whose set-up
 * fails an assumption is reported as one without tests, and without the reason.
 */
public interface PlatformCondition extends ExecutionCondition {

  /** What is missing, for people to read; empty when nothing is. */
  Optional<String> obstacle();

  @Override
  default ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (context.getTestMethod().isPresent()) {
      return ConditionEvaluationResult.enabled("asked for the whole suite");
    }
    return obstacle()
        .map(ConditionEvaluationResult::disabled)
        .orElseGet(() -> ConditionEvaluationResult.enabled("nothing is missing"));
  }
}
