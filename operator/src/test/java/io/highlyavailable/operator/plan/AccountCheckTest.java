package io.highlyavailable.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.aws.AwsCatalogue;
import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.CloudFailure.Kind;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.DataTier;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.NetworkChoice;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When EKS does not tell the cluster's VPC. */
class AccountCheckTest {
  private static final CloudFailure DENIED =
      new CloudFailure(Kind.DENIED, "eks:DescribeCluster", "AccessDenied", "no", "allow it", false);
  private static final Upstream.Settings UNPLACED =
      new Upstream.Settings("123456789012", "aws", "", List.of(), "", "/", "")
          .withCluster("prod", DENIED);
  private static final Recorded GROUP =
      new Recorded(
          Map.of(DataTier.DATABASE.securityGroup(), "arn:aws:ec2:us-east-1:1:security-group/sg-1"),
          Set.of(),
          List.of(),
          List.of(),
          "",
          "",
          "",
          HeldChanges.NONE,
          Map.of());

  private final List<Component<?, ?>> catalogue =
      AwsCatalogue.modules().stream().<Component<?, ?>>map(it -> it.component()).toList();
  private final App app = SampleApp.named("shop").build();

  private AccountCheck check(App app, Upstream.Settings settings, Recorded recorded) {
    return new AccountCheck(view(app, settings, recorded), catalogue);
  }

  private static AppView view(App app, Upstream.Settings settings, Recorded recorded) {
    return new AppView(
        app,
        settings,
        Map.of(),
        Map.of(),
        recorded,
        Map.of(),
        Map.of(),
        Set.of(),
        null,
        true,
        ChangeGate.OPEN);
  }

  @Test
  void nothingIsWrittenForAnAppThatHasGroupsInTheUnknownVpc() {
    AccountCheck check = check(app, UNPLACED, GROUP);
    assertThat(check.fails()).isTrue();
    assertThat(check.report(component(DataTier.DATABASE.securityGroup())))
        .satisfies(
            report -> {
              assertThat(report.message()).contains("eks:DescribeCluster: AccessDenied");
              assertThat(report.nextStep()).isEqualTo("allow it");
            });
  }

  private Component<?, ?> component(ComponentName name) {
    return catalogue.stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void anAppThatHasNoneIsToldByItsNetwork() {
    assertThat(check(app, UNPLACED, Recorded.NOTHING).fails()).isFalse();
  }

  @Test
  void aVpcThatIsKnownOtherwiseIsEnough() {
    assertThat(check(app, KnownUpstream.SETTINGS.withCluster("prod", DENIED), GROUP).fails())
        .as("configured, and only the group is asked for")
        .isFalse();
    App existing =
        SampleApp.named("shop")
            .network(
                new NetworkChoice.Existing("vpc-2", List.of("a", "b"), List.of(), List.of("sg-2")))
            .build();
    assertThat(check(existing, UNPLACED, GROUP).fails()).isFalse();
  }
}
