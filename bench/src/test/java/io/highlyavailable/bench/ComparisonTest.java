package io.highlyavailable.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static Measurement run(String client, double seconds) {
    return new Measurement(
        client,
        2,
        seconds,
        Map.of("patch services", 2L, "create events", 2L),
        Map.of("s3:CreateBucket", 4L),
        Map.of("s3:ListBuckets", 1L));
  }

  @Test
  void comparesTheRunsOfMedianDuration() {
    Comparison comparison =
        Comparison.of(
            List.of(run("operator", 9), run("operator", 12), run("operator", 90)),
            List.of(run("raw", 10), run("raw", 1), run("raw", 30)));

    assertThat(comparison.ratio()).isEqualTo(1.2, within(1e-9));
    assertThat(comparison.rounds()).isEqualTo(3);
  }

  @Test
  void countsForEachAppAndForEachNeededWrite() {
    Comparison comparison = Comparison.of(List.of(run("operator", 2)), List.of(run("raw", 1)));

    assertThat(comparison.operatorKubernetesWrites()).isEqualTo(2);
    assertThat(comparison.operatorAwsReads()).isEqualTo(0.5);
    assertThat(comparison.callsForEachNeededWrite()).isEqualTo(1.25, within(1e-9));
  }

  @Test
  void aMeasurementSurvivesItsFile() {
    Measurement run = run("operator", 9.5);

    assertThat(Serialization.unmarshal(Serialization.asJson(run), Measurement.class))
        .isEqualTo(run);
  }

  @Test
  void theTableHasAsManyColumnsAsItsHead() {
    Comparison comparison = Comparison.of(List.of(run("operator", 2)), List.of(run("raw", 1)));

    long columns =
        Comparison.head()
            .lines()
            .skip(1)
            .findFirst()
            .orElseThrow()
            .chars()
            .filter(c -> c == '|')
            .count();
    assertThat(comparison.row().chars().filter(c -> c == '|').count()).isEqualTo(columns);
  }
}
