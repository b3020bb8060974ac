package io.highlyavailable.operator.component.launchtemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.highlyavailable.operator.component.Compute;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Instances;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.Records;
import io.highlyavailable.operator.component.appsecret.AppSecret;
import io.highlyavailable.operator.component.role.InstanceRole;
import io.highlyavailable.operator.component.role.Role;
import io.highlyavailable.operator.component.securitygroup.SecurityGroup;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.InstanceSettings;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaunchTemplateRulesTest {
  private final LaunchTemplateRules rules = new LaunchTemplateRules();
  private final App app = Instances.withoutData().build();

  private static KnownUpstream upstream() {
    return new KnownUpstream()
        .ready(new InstanceRole(new Role("role", "arn:role", "{}", "{}", "", Map.of()), true))
        .ready(new AppSecret("secret", "arn:secret", "version", Map.of()))
        .ready(
            Compute.APP_SECURITY_GROUP,
            new SecurityGroup("vpc-1/app", "arn:sg", "sg-app", new TreeSet<>(), Map.of()));
  }

  private static Blueprint known(Desired<LaunchTemplateDesired> desired) {
    return desired instanceof Desired.Known<LaunchTemplateDesired>(LaunchTemplateDesired state)
        ? state.blueprint()
        : fail("not known: " + desired);
  }

  @ParameterizedTest
  @CsvSource({
    "t4g.medium, arm64",
    "m7gd.large, arm64",
    "c7gn.16xlarge, arm64",
    "im4gn.large, arm64",
    "x2gd.metal, arm64",
    "a1.medium, arm64",
    "m7i.large, x86_64",
    "m7i-flex.large, x86_64",
    "m6a.large, x86_64",
    "g4dn.xlarge, x86_64",
    "g5g.xlarge, arm64",
    "trn1.2xlarge, x86_64",
    "u-6tb1.112xlarge, x86_64"
  })
  void theImageIsOfTheTypesArchitecture(String type, String architecture) {
    InstanceSettings settings = new InstanceSettings(type, 20, 100, Duration.ZERO);
    assertThat(known(rules.desired(Records.with(app, "compute", settings), upstream())).image())
        .endsWith("-" + architecture);
  }

  @Test
  void whatTheVolumesBearStaysTheSameForAnotherIncarnationOfTheApp() {
    assertThat(known(rules.desired(app, upstream())).volumeTags())
        .containsEntry("highlyavailable.io/component", "auto-scaling-group")
        .doesNotContainKey("highlyavailable.io/uid");
  }

  @Test
  void anotherEnvironmentIsAnotherTemplate() {
    KnownUpstream changed =
        upstream().ready(new AppSecret("secret", "arn:secret", "another version", Map.of()));
    assertThat(known(rules.desired(app, changed)).userData())
        .isNotEqualTo(known(rules.desired(app, upstream())).userData());
  }

  @Test
  void waitsForTheMigrationOfAnApp() {
    assertThat(rules.desired(app, upstream().holdingRollout()))
        .isEqualTo(new Desired.Waiting<>("waiting for the migration"));
  }

  @Test
  void staysAsItIsUntilTheMigrationHasRun() {
    Blueprint before = Records.with(known(rules.desired(app, upstream())), "userData", "before");
    LaunchTemplate row =
        new LaunchTemplate(app.resourceName(), "arn:lt", "lt-1", 1, before, 1, before, Map.of());
    KnownUpstream held =
        upstream()
            .holdingRollout()
            .observed(Compute.LAUNCH_TEMPLATE, new Observation.Present<>(row));
    assertThat(known(rules.desired(app, held))).isEqualTo(before);
  }
}
