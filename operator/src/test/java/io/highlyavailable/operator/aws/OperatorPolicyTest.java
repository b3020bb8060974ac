package io.highlyavailable.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.PolicyDocument;
import io.highlyavailable.operator.component.PolicyDocument.Statement;
import io.highlyavailable.testbed.build.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OperatorPolicyTest {
  /** IAM's limit on a managed policy, white space not counted. */
  private static final int LIMIT = 6144;

  /** What is kept free in each, so that the next component's actions have a place. */
  private static final int ROOM = 1024;

  /** IAM's limit on the managed policies of a role, when nobody asked for more. */
  private static final int POLICIES_OF_A_ROLE = 10;

  private final SortedMap<String, PolicyDocument> policies =
      OperatorPolicy.of(AwsCatalogue.modules());

  /** Regenerate with {@code -Dupdate.generated=true}. */
  @Test
  void theCommittedPoliciesAreTheGeneratedOnes() throws IOException {
    Path folder = Checkout.find().file("helm/highlyavailableapp/files/iam");
    if (Boolean.getBoolean("update.generated")) {
      Files.createDirectories(folder);
      for (Path old : files(folder)) {
        Files.delete(old);
      }
      for (Map.Entry<String, PolicyDocument> policy : policies.entrySet()) {
        Files.writeString(folder.resolve(policy.getKey()), policy.getValue().prettyJson());
      }
    }
    assertThat(files(folder))
        .extracting(file -> file.getFileName().toString())
        .containsExactlyElementsOf(policies.keySet());
    policies.forEach(
        (name, policy) ->
            assertThat(folder.resolve(name))
                .as("run again with -Dupdate.generated=true and commit the result")
                .hasContent(policy.prettyJson()));
  }

  @Test
  void everyDeclaredActionIsAllowedInOnePolicy() {
    List<String> allowed =
        policies.values().stream().flatMap(policy -> actions(policy).distinct()).toList();
    AwsCatalogue.modules().stream()
        .flatMap(module -> module.component().iamActions().stream())
        .distinct()
        .forEach(action -> assertThat(allowed).containsOnlyOnce(action));
  }

  @Test
  void nothingElseIsAllowed() {
    assertThat(policies.values().stream().flatMap(OperatorPolicyTest::actions))
        .isSubsetOf(
            Stream.concat(
                    AwsCatalogue.modules().stream()
                        .flatMap(module -> module.component().iamActions().stream()),
                    Stream.of("iam:CreateServiceLinkedRole"))
                .collect(Collectors.toSet()));
  }

  /**
   * Metrics have no ARN: a condition keeps ours apart. Subscriptions have none that IAM knows, and
   * composite alarms are taken only from whoever may put any, with our tags.
   */
  @Test
  void onlyReadingIsAllowedOnEverythingAndPublishingUnderOurOwnNamespace() {
    assertThat(policies.values())
        .flatExtracting(PolicyDocument::statements)
        .filteredOn(statement -> statement.resources().contains("*"))
        .filteredOn(
            statement ->
                !statement
                    .conditions()
                    .equals(
                        Map.of(
                            "StringEquals", Map.of("cloudwatch:namespace", "HighlyAvailableApp"))))
        .filteredOn(
            statement -> !statement.actions().equals(List.of("cloudwatch:PutCompositeAlarm")))
        .flatExtracting(Statement::actions)
        .allMatch(action -> action.matches("\\w+:(Describe|List|Get)\\w+|sns:Unsubscribe"));
  }

  @Test
  void eachFitsIntoAManagedPolicyWithRoomForMore() {
    assertThat(policies)
        .hasSizeLessThan(POLICIES_OF_A_ROLE)
        .allSatisfy(
            (name, policy) ->
                assertThat(policy.json().replaceAll("\\s", "").length())
                    .as(name)
                    .isLessThan(LIMIT - ROOM));
  }

  private static Stream<String> actions(PolicyDocument policy) {
    return policy.statements().stream().map(Statement::actions).flatMap(Collection::stream);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
