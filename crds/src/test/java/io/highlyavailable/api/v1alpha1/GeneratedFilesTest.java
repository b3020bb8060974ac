package io.highlyavailable.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is generated from the records is committed, and the build fails when it has drifted. */
class GeneratedFilesTest {

  private final GeneratedCrd crd = GeneratedCrd.read();

  @Test
  void committedCrdIsGeneratedFromTheRecords() throws IOException {
    check(Project.CRD, crd.toYaml());
  }

  @Test
  void crdOfTheChartIsTheSameAndSurvivesUninstalling() throws IOException {
    check(Project.CHART_CRD, crd.toChartYaml());
  }

  @Test
  void referenceIsGeneratedFromTheCrd() throws IOException {
    check(Project.REFERENCE, new ReferencePage(crd.schema()).toMarkdown());
  }

  private static void check(Path file, String expected) throws IOException {
    if (Boolean.getBoolean("update.generated")) {
      Files.createDirectories(file.getParent() == null ? Path.of(".") : file.getParent());
      Files.writeString(file, expected);
    }
    assertThat(file)
        .as("run again with -Dupdate.generated=true and commit the result")
        .hasContent(expected);
  }
}
