package io.highlyavailable.operator.aws;

import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Whom the operator's credentials belong to.
 *
 * @param accountId the account's twelve digits
 * @param partition {@code aws}, {@code aws-cn} or {@code aws-us-gov}
 * @param arn the caller itself
 */
public record CallerIdentity(String accountId, String partition, String arn) {
  /**
   * Asks STS; needs no permission.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException when STS cannot be reached or the
   *     credentials are not valid
   */
  public static CallerIdentity ask(StsClient sts) {
    var answer = sts.getCallerIdentity();
    return new CallerIdentity(
        answer.account(), Arn.fromString(answer.arn()).partition(), answer.arn());
  }
}
