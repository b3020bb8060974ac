package io.highlyavailable.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The chart's README is generated from its values and what their comments say. */
class ChartReadmeTest {
  private static final Path PAGE = Helm.chart().resolve("README.md");
  private static final Pattern KEY = Pattern.compile("^( *)([A-Za-z]+):(?: (.*))?$");

  private static final String HEADER =
      """
      # highlyavailableapp

      The operator that manages `HighlyAvailableApp`: a highly available web stack on AWS as one custom resource.

      <!-- Generated from values.yaml: mvn -pl operator -am test -Dtest=ChartReadmeTest -Dsurefire.failIfNoSpecifiedTests=false
           -Dupdate.generated=true -->

          helm upgrade --install highlyavailableapp . --namespace highlyavailableapp-system --create-namespace \\
            --set clusterId=prod-eu1 --set aws.region=eu-west-1
          helm test highlyavailableapp --namespace highlyavailableapp-system

      Kubernetes 1.33 or later. The policies that the operator's IAM role needs are in [files/iam](files/iam), the rights that it has in the cluster in
      [files/rules.yaml](files/rules.yaml). The CRD is part of the release: upgraded with it, and kept when it is uninstalled.

      | Value | Default | Meaning |
      |---|---|---|
      """;

  /**
   * A value of the chart.
   *
   * @param path with dots
   * @param fallback as written
   * @param meaning of its comment; of its parent's for one without
   */
  private record Value(String path, String fallback, String meaning) {
    String row() {
      return "| `%s` | `%s` | %s |\n".formatted(path, fallback, meaning.replace("|", "\\|"));
    }
  }

  /** A key whose members follow. */
  private record Parent(int indent, String path, String meaning) {}

  @Test
  void isGeneratedFromTheValues() throws IOException {
    StringBuilder page = new StringBuilder(HEADER);
    values().forEach(value -> page.append(value.row()));
    if (Boolean.getBoolean("update.generated")) {
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE).content().isEqualTo(page.toString());
  }

  @Test
  void saysWhatEveryNestedValueOfOursMeans() throws IOException {
    assertThat(values())
        .filteredOn(value -> value.path().matches("(aws|polling|networkPolicy|image)\\..*"))
        .filteredOn(value -> !value.path().matches("image\\.pullPolicy"))
        .allSatisfy(value -> assertThat(value.meaning()).isNotEmpty());
  }

  private static List<Value> values() throws IOException {
    List<Value> values = new ArrayList<>();
    Deque<Parent> parents = new ArrayDeque<>();
    StringBuilder comment = new StringBuilder();
    for (String line : Files.readAllLines(Helm.chart().resolve("values.yaml"))) {
      Matcher key = KEY.matcher(line);
      if (line.strip().startsWith("#")) {
        comment.append(line.strip().substring(1));
      } else if (key.matches()) {
        add(key, comment.toString().strip(), parents, values);
        comment.setLength(0);
      } else {
        comment.setLength(0);
      }
    }
    return values;
  }

  private static void add(Matcher key, String comment, Deque<Parent> parents, List<Value> values) {
    int indent = key.group(1).length();
    while (!parents.isEmpty() && parents.peek().indent() >= indent) {
      parents.pop();
    }
    String path = parents.isEmpty() ? key.group(2) : parents.peek().path() + "." + key.group(2);
    String meaning = comment.isEmpty() && !parents.isEmpty() ? parents.peek().meaning() : comment;
    if (key.group(3) == null) {
      parents.push(new Parent(indent, path, meaning));
    } else {
      values.add(new Value(path, key.group(3), meaning));
    }
  }
}
