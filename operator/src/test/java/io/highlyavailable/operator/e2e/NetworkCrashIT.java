package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.highlyavailable.testbed.aws.Fault;
import io.highlyavailable.testbed.aws.FaultRule;
import io.highlyavailable.testbed.operator.OperatorProcess;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The operator dies at one of the calls by which a network is made, before or after it took effect,
 * and nobody heard of it. EC2 knows neither names nor tokens for most of it; afterwards there is
 * one of each all the same. See {@link Sweep} for which calls.
 */
@WithRig
class NetworkCrashIT {
  /**
   * Mutating calls of a network in two zones: VPC 2, internet gateway 2, subnets 4, addresses 2,
   * NAT gateways 2, peering with its acceptance and route 3, route tables with routes and subnets
   * 12, endpoints 2, and one to spare.
   */
  private static final int CALLS = 30;

  private static final int PIECES = 16;

  /**
   * A second process waits for as long as a call may take before it believes that there is none.
   */
  private static final Duration TAKE_OVER = Duration.ofSeconds(120);

  private static final String MANIFEST =
      """
      apiVersion: highlyavailable.io/v1alpha1
      kind: HighlyAvailableApp
      metadata: {name: shop}
      spec:
        image: ghcr.io/acme/shop:1.4.2
        availability: {zones: 2}
        network: {managed: {cidr: 10.42.0.0/16}}
      """;

  static Stream<Integer> indexes() {
    return Sweep.indexes(CALLS, 2);
  }

  static Stream<Integer> fewIndexes() {
    return Sweep.indexes(CALLS, 1);
  }

  @ParameterizedTest
  @MethodSource("indexes")
  void operatorKilledAfterACallLeavesOneOfEach(int index, Rig rig, Stage stage) {
    killAt(rig, stage, rule(rig, index), FaultRule::dropAfter);
  }

  @ParameterizedTest
  @MethodSource("fewIndexes")
  void operatorKilledBeforeACallLeavesOneOfEach(int index, Rig rig, Stage stage) {
    killAt(rig, stage, rule(rig, index), FaultRule::dropBefore);
  }

  @ParameterizedTest
  @MethodSource("fewIndexes")
  void answerLostAtACallLeavesOneOfEach(int index, Rig rig, Stage stage) {
    stage.operator();
    rule(rig, index).dropAfter();
    AppRig app = stage.apply(MANIFEST).awaitReady();
    assertOneOfEach(rig, app);
    remove(rig, app);
  }

  private static FaultRule rule(Rig rig, int index) {
    return rig.emulator().faults().onAny().caller(Rig.OPERATOR).mutating().skip(index);
  }

  private static void killAt(
      Rig rig, Stage stage, FaultRule rule, Function<FaultRule, Fault> fault) {
    OperatorProcess operator = stage.operator();
    Fault lost = fault.apply(rule);
    AppRig app = stage.apply(MANIFEST);
    app.eventually(
        () -> {
          if (lost.hits() == 0) {
            app.assertReady();
          }
        });
    operator.kill();
    await().atMost(Duration.ofSeconds(10)).until(() -> !operator.isAlive());
    rig.emulator().faults().clear();

    operator.start();
    operator.awaitReady(Duration.ofSeconds(60));
    await().atMost(TAKE_OVER).ignoreExceptions().untilAsserted(app::assertReady);
    assertOneOfEach(rig, app);
    remove(rig, app);
  }

  private static void assertOneOfEach(Rig rig, AppRig app) {
    SortedMap<String, List<String>> pieces = new NetworkInAws(rig, app).pieces();
    assertThat(pieces).hasSize(PIECES);
    assertThat(pieces.values()).allSatisfy(ids -> assertThat(ids).hasSize(1));
  }

  private static void remove(Rig rig, AppRig app) {
    app.delete();
    app.awaitGone();
    assertThat(new NetworkInAws(rig, app).pieces()).isEmpty();
  }
}
