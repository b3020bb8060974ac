package io.highlyavailable.operator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("AWS_REGION", "eu-west-1", "HAAPP_POLL_FAST", "5s");

  @Test
  void takesThePlaceOfTheEnvironment() {
    assertThat(Arguments.over(ENVIRONMENT, "--poll-fast=2s", "--cluster-id=prod", "--vpc-id="))
        .isEqualTo(
            Map.of(
                "AWS_REGION",
                "eu-west-1",
                "HAAPP_POLL_FAST",
                "2s",
                "HAAPP_CLUSTER_ID",
                "prod",
                "HAAPP_VPC_ID",
                ""));
    assertThat(Arguments.over(ENVIRONMENT, "--aws-region=eu-north-1"))
        .containsEntry("AWS_REGION", "eu-north-1");
  }

  @Test
  void leavesTheEnvironmentAloneWithoutAny() {
    assertThat(Arguments.over(ENVIRONMENT)).isEqualTo(ENVIRONMENT);
  }

  @Test
  void countsTheLastOfSeveral() {
    assertThat(Arguments.over(ENVIRONMENT, "--poll-fast=2s", "--poll-fast=3s"))
        .containsEntry("HAAPP_POLL_FAST", "3s");
  }

  @Test
  void namesEveryOneThatIsNone() {
    assertThatThrownBy(
            () ->
                Arguments.over(ENVIRONMENT, "--poll-fsat=2s", "--poll-slow", "HAAPP_POLL_SLOW=1m"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContainingAll("--poll-fsat=2s", "--poll-slow is", "HAAPP_POLL_SLOW=1m");
  }
}
