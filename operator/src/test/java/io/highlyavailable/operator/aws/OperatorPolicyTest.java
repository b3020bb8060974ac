package io.highlyavailable.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.PolicyDocument;
import io.highlyavailable.operator.component.PolicyDocument.Statement;
import io.highlyavailable.testbed.build.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OperatorPolicyTest {
  /** IAM's limit on a managed policy, white space not counted. */
  private static final int LIMIT = 6144;

  private final PolicyDocument policy = OperatorPolicy.of(AwsCatalogue.modules());

  /** Regenerate with {@code -Dupdate.generated=true}. */
  @Test
  void theCommittedPolicyIsTheGeneratedOne() throws IOException {
    Path file = Checkout.find().file("helm/highlyavailableapp/files/iam-policy.json");
    if (Boolean.getBoolean("update.generated")) {
      Files.writeString(file, policy.prettyJson());
    }
    assertThat(file)
        .as("run again with -Dupdate.generated=true and commit the result")
        .hasContent(policy.prettyJson());
  }

  @Test
  void everyDeclaredActionIsAllowed() {
    Set<String> allowed = new TreeSet<>();
    policy.statements().forEach(statement -> allowed.addAll(statement.actions()));
    AwsCatalogue.modules()
        .forEach(module -> assertThat(allowed).containsAll(module.component().iamActions()));
  }

  @Test
  void onlyReadingIsAllowedOnEverything() {
    assertThat(policy.statements())
        .filteredOn(statement -> statement.resources().contains("*"))
        .flatExtracting(Statement::actions)
        .allMatch(action -> action.matches("\\w+:(Describe|List|Get)\\w+"));
  }

  @Test
  void fitsIntoOneManagedPolicy() {
    assertThat(policy.json().length()).isLessThan(LIMIT);
  }
}
