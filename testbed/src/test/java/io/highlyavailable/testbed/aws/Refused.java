package io.highlyavailable.testbed.aws;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Asserts the error code of a refused call. */
final class Refused {
  private Refused() {}

  static void refused(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            e ->
                org.assertj.core.api.Assertions.assertThat(e.awsErrorDetails().errorCode())
                    .as(e.getMessage())
                    .isEqualTo(code));
  }
}
