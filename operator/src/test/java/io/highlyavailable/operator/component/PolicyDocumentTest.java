package io.highlyavailable.operator.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.PolicyDocument.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyDocumentTest {
  private static PolicyDocument document(String resource) {
    return new PolicyDocument(
        List.of(Statement.allow("One", List.of("s3:GetObject"), List.of(resource))));
  }

  @Test
  void aValueCannotLeaveItsString() {
    assertThat(document("x\"],\"Effect\":\"Allow").json()).contains("x\\\"],\\\"Effect\\\"");
  }

  @Test
  void textOfTheSameMeaningIsTheSameText() {
    String spaced =
        """
        { "Version": "2012-10-17",
          "Statement": {"Sid": "One", "Resource": "arn", "Effect": "Allow",
                        "Action": "s3:GetObject"} }""";
    assertThat(PolicyDocument.canonical(spaced)).isEqualTo(document("arn").json());
  }

  @Test
  void canonicalTextStaysAsItIs() {
    String json = document("arn").json();
    assertThat(PolicyDocument.canonical(json)).isEqualTo(json);
  }

  @Test
  void whatIsNotJsonStaysAsItIs() {
    assertThat(PolicyDocument.canonical("nonsense")).isEqualTo("nonsense");
    assertThat(PolicyDocument.canonical("{}")).isEqualTo("{}");
  }
}
