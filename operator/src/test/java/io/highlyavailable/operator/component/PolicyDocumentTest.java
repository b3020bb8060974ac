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
  void aStatementComesLastOrInThePlaceOfItsLike() {
    String theirs =
        PolicyDocument.canonical(
            """
            {"Version": "2008-10-17", "Id": "acme", "Statement": [
              {"Sid": "One", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "old"},
              {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "x"}]}""");
    String merged = PolicyDocument.merged(theirs, document("arn").json());
    assertThat(merged).contains("acme", "2008-10-17", "\"x\"", "\"arn\"").doesNotContain("old");
    assertThat(merged.indexOf("\"arn\"")).isLessThan(merged.indexOf("\"x\""));
    assertThat(PolicyDocument.merged(merged, document("arn").json())).isEqualTo(merged);
    assertThat(PolicyDocument.canonical(merged)).isEqualTo(merged);
    String more = PolicyDocument.merged(merged.replace("One", "Other"), document("arn").json());
    assertThat(more.indexOf("\"One\"")).isGreaterThan(more.indexOf("\"x\""));
  }

  @Test
  void withoutAPolicyTheStatementsAreAll() {
    assertThat(PolicyDocument.merged("", document("arn").json())).isEqualTo(document("arn").json());
  }

  @Test
  void whatIsNotJsonStaysAsItIs() {
    assertThat(PolicyDocument.canonical("nonsense")).isEqualTo("nonsense");
    assertThat(PolicyDocument.canonical("{}")).isEqualTo("{}");
  }
}
