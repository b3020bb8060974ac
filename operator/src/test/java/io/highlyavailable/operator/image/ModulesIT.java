package io.highlyavailable.operator.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.testbed.build.Checkout;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That the image's JVM has the modules that the packaged operator uses, and no others. */
class ModulesIT {
  private static final Path TARGET = Checkout.find().file("operator/target");
  private static final Pattern ADDED = Pattern.compile("(?m)^--add-modules (\\S+)$");

  /** Modules that libraries name and the operator does without. */
  private static final Map<String, String> LEFT_OUT =
      Map.of(
          "java.desktop",
          "of java.beans, annotations alone, or what is asked for by reflection and may be missing;"
              + " PostgreSQL's type for points",
          "java.compiler",
          "JOSDK's annotation processor, which runs in builds");

  @Test
  void imageHasTheModulesThatTheOperatorUsesAndNoOthers() throws IOException {
    Set<String> used = used();
    assertThat(used).as("what is left out is used").containsAll(LEFT_OUT.keySet());
    used.removeAll(LEFT_OUT.keySet());
    assertThat(added()).containsExactlyInAnyOrderElementsOf(used);
  }

  private static List<String> added() throws IOException {
    Matcher matcher =
        ADDED.matcher(Files.readString(Checkout.find().file("operator/image/jlink.options")));
    assertThat(matcher.find()).isTrue();
    return Arrays.asList(matcher.group(1).split(","));
  }

  /** As jdeps finds them, which reads references in classes, and not what is loaded by name. */
  private static Set<String> used() throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of("--ignore-missing-deps", "--print-module-deps", "--multi-release", "25"));
    line.addAll(List.of("--class-path", TARGET.resolve("lib") + "/*"));
    line.add(TARGET.resolve("operator.jar").toString());
    try (Stream<Path> libraries = Files.list(TARGET.resolve("lib"))) {
      libraries.map(Path::toString).sorted().forEach(line::add);
    }
    StringWriter output = new StringWriter();
    int code =
        ToolProvider.findFirst("jdeps")
            .orElseThrow()
            .run(new PrintWriter(output), new PrintWriter(output), line.toArray(String[]::new));
    String last = output.toString().strip().lines().toList().getLast();
    assertThat(code).as(last).isZero();
    return new TreeSet<>(Arrays.asList(last.split(",")));
  }
}
