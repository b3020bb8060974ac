package io.highlyavailable.operator.component.role;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.Names;
import io.highlyavailable.operator.model.Recovery;
import org.junit.jupiter.api.Test;

class ReplicationPoliciesTest {
  private static final App APP =
      SampleApp.named("shop")
          .recovery(new Recovery(KnownUpstream.RECOVERY_REGION, true, true, true))
          .build();
  private static final String SOURCE =
      "arn:aws:s3:::" + Names.bucket(APP.identity(), "123456789012");
  private static final String COPY =
      "arn:aws:s3:::" + Names.replica(APP.identity(), "123456789012", "us-west-2");

  @Test
  void s3AloneMayTakeItOnAndForThisBucketOnly() {
    assertThat(ReplicationPolicies.trust(APP, KnownUpstream.SETTINGS))
        .contains("\"Principal\":{\"Service\":\"s3.amazonaws.com\"}")
        .contains(
            "\"Condition\":{\"StringEquals\":{\"aws:SourceAccount\":\"123456789012\","
                + "\"aws:SourceArn\":\""
                + SOURCE
                + "\"}}");
  }

  @Test
  void readsTheOneBucketAndWritesToTheOther() {
    String policy = ReplicationPolicies.replication(APP, KnownUpstream.SETTINGS);
    assertThat(policy)
        .contains("\"Resource\":[\"" + SOURCE + "\"]")
        .contains("\"Resource\":[\"" + SOURCE + "/*\"]")
        .contains(
            "[\"s3:ReplicateObject\",\"s3:ReplicateDelete\",\"s3:ReplicateTags\"],"
                + "\"Effect\":\"Allow\",\"Resource\":[\""
                + COPY
                + "/*\"]")
        .doesNotContain("s3:*", "GetObject\"", "\"*\"");
  }

  @Test
  void copiesInTwoRegionsAreTwoBuckets() {
    assertThat(Names.replica(APP.identity(), "1", "us-west-2"))
        .isNotEqualTo(Names.replica(APP.identity(), "1", "eu-west-1"))
        .isNotEqualTo(Names.bucket(APP.identity(), "1"))
        .hasSizeLessThanOrEqualTo(63);
  }
}
