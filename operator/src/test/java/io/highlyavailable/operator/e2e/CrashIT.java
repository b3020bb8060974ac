package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.highlyavailable.testbed.aws.Call;
import io.highlyavailable.testbed.aws.Fault;
import io.highlyavailable.testbed.operator.OperatorProcess;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The operator dies, or its connection does, at one of the calls by which the quickstart is made:
 * when the call took effect and nobody heard of it. Afterwards there is one of each.
 *
 * <p>{@link Sweep} says at which of the {@value #CALLS} calls; by default at {@value
 * #DEFAULT_SIZE}.
 */
@WithRig
class CrashIT {
  /**
   * Mutating calls of a quickstart: security group and its rule 2, subnet group 1, parameter group
   * with its settings 2, database 1, role and its policy 2, bucket with its settings 7, alarms 6,
   * and some to spare; an index beyond the last call just lets the app become ready.
   */
  private static final int CALLS = 24;

  private static final int DEFAULT_SIZE = 3;

  static Stream<Integer> indexes() {
    return Sweep.indexes(CALLS, DEFAULT_SIZE);
  }

  @ParameterizedTest
  @MethodSource("indexes")
  void operatorKilledAtACallLeavesOneOfEach(int index, Rig rig, Stage stage) {
    OperatorProcess operator = stage.operator();
    long mark = rig.emulator().calls().mark();
    Fault lost =
        rig.emulator().faults().onAny().caller(Rig.OPERATOR).mutating().skip(index).dropAfter();
    AppRig app = stage.quickstart();
    awaitHitOrReady(lost, app);
    operator.kill();
    await().atMost(Duration.ofSeconds(10)).until(() -> !operator.isAlive());
    rig.emulator().faults().clear();

    operator.start();
    operator.awaitReady(Duration.ofSeconds(60));
    app.awaitReady();
    assertOneOfEach(rig, app, mark);
    removeAll(app);
  }

  private static void awaitHitOrReady(Fault fault, AppRig app) {
    app.eventually(
        () -> {
          if (fault.hits() == 0) {
            app.assertReady();
          }
        });
  }

  @ParameterizedTest
  @MethodSource("indexes")
  void answerLostAtACallLeavesOneOfEach(int index, Rig rig, Stage stage) {
    stage.operator();
    long mark = rig.emulator().calls().mark();
    rig.emulator().faults().onAny().caller(Rig.OPERATOR).mutating().skip(index).dropAfter();

    AppRig app = stage.quickstart().awaitReady();

    assertOneOfEach(rig, app, mark);
    removeAll(app);
  }

  /** Calls that remove it would be counted among those of the next. */
  private static void removeAll(AppRig app) {
    app.patch("spec: {deletionProtection: false, deletionPolicy: Delete}");
    app.delete();
    app.awaitGone();
    assertThat(app.aws().database()).isEmpty();
    assertThat(app.aws().bucketExists()).isFalse();
  }

  private static void assertOneOfEach(Rig rig, AppRig app, long mark) {
    AppInAws aws = app.aws();
    assertThat(aws.securityGroups()).hasSize(1);
    assertThat(aws.database()).isPresent();
    assertThat(aws.subnetGroup()).isPresent();
    assertThat(aws.bucketExists()).isTrue();
    assertThat(aws.role()).isPresent();
    assertThat(aws.alarms()).hasSize(9);
    assertThat(app.secret("database").get("password"))
        .as("the password that the user was made with")
        .isEqualTo(app.secret("database-user-a").get("password"));
    List<Call> created =
        rig.emulator().calls().by(Rig.OPERATOR).mutations(mark).stream()
            .filter(call -> call.operation().matches("CreateDBInstance|CreateSecurityGroup"))
            .filter(call -> call.error().isEmpty())
            .filter(call -> !call.fault().contains("before"))
            .toList();
    assertThat(created)
        .extracting(Call::operation)
        .as("took effect")
        .containsExactlyInAnyOrder("CreateDBInstance", "CreateSecurityGroup");
  }
}
