package io.highlyavailable.operator.install;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Steps build on one another: after one that failed the others would only fail for its sake. */
final class StopAtFailure implements ExecutionCondition, TestExecutionExceptionHandler {
  private static final Namespace NAMESPACE = Namespace.create(StopAtFailure.class);
  private static final String FAILED = "failed";

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    String failed = context.getStore(NAMESPACE).get(FAILED, String.class);
    return failed == null
        ? ConditionEvaluationResult.enabled("no step failed")
        : ConditionEvaluationResult.disabled("the step " + failed + " failed");
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    context
        .getParent()
        .orElseThrow()
        .getStore(NAMESPACE)
        .put(FAILED, context.getRequiredTestMethod().getName());
    throw failure;
  }
}
