package io.highlyavailable.operator.component.instancegroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.CloudResource;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Compute;
import io.highlyavailable.operator.component.Instances;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.appsecret.AppSecret;
import io.highlyavailable.operator.component.appsecret.Environment;
import io.highlyavailable.operator.component.launchtemplate.Blueprint;
import io.highlyavailable.operator.component.launchtemplate.LaunchTemplate;
import io.highlyavailable.operator.component.launchtemplate.UserData;
import io.highlyavailable.operator.model.App;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The idle database user gets another password only when no instance can be using it. */
class RolloutTest {
  private final App app = Instances.withoutData().build();
  private final Map<ComponentName, Observation<?>> seen = new HashMap<>();

  @BeforeEach
  void everythingIsCurrent() {
    AppSecret secret = secret(Environment.of(app, List.of()).version());
    see(Compute.SECRET, secret);
    template(2, secret);
    group("2", null, "2", "2");
  }

  private static AppSecret secret(String version) {
    return new AppSecret("ha-shop-environment", "arn:secret", version, Map.of());
  }

  private void see(ComponentName name, CloudResource row) {
    seen.put(name, new Observation.Present<>(row));
  }

  private void template(long version, AppSecret secret) {
    Blueprint blueprint =
        new Blueprint(
            "image",
            "t4g.medium",
            "role",
            new TreeSet<>(),
            20,
            UserData.of(app, secret),
            Map.of(),
            true);
    see(
        Compute.LAUNCH_TEMPLATE,
        new LaunchTemplate(
            "ha-shop", "arn:lt", "lt-1", version, blueprint, version, blueprint, Map.of()));
  }

  private void group(String version, @Nullable Refresh refresh, String... members) {
    see(
        Compute.GROUP,
        new InstanceGroup(
            "ha-shop",
            "arn:asg",
            new GroupSettings(2, 4, List.of(), new TreeSet<>(), "ELB", 300, 120, 300, 100, 110, ""),
            "lt-1",
            version,
            new TreeSet<>(),
            new TreeSet<>(),
            List.of(
                new Member("i-1", "a", "InService", true, members[0]),
                new Member("i-2", "b", "InService", true, members[1])),
            refresh,
            "",
            Map.of()));
  }

  private boolean complete() {
    return Rollout.complete(app, seen, List.of());
  }

  @Test
  void isCompleteWhenEveryInstanceIsOfTheCurrentVersion() {
    assertThat(complete()).isTrue();
  }

  @Test
  void isNotWhileAnInstanceIsOfAnEarlierVersion() {
    group("2", null, "2", "1");
    assertThat(complete()).isFalse();
  }

  @Test
  void isNotWhileInstancesAreBeingReplaced() {
    group("2", new Refresh("r", "3", "InProgress", 10, ""), "2", "2");
    assertThat(complete()).isFalse();
  }

  @Test
  void isNotBeforeTheGroupHasTheTemplatesVersion() {
    group("1", null, "1", "1");
    assertThat(complete()).isFalse();
  }

  @Test
  void isNotBeforeTheTemplateNamesTheSecretsVersion() {
    template(2, secret("version-of-another-environment"));
    assertThat(complete()).isFalse();
  }

  @Test
  void isNotBeforeTheSecretHasTheBindings() {
    see(Compute.SECRET, secret("version-of-another-environment"));
    assertThat(complete()).isFalse();
  }

  @Test
  void isNotWhileNothingIsKnown() {
    seen.clear();
    assertThat(complete()).isFalse();
  }

  @Test
  void isWhereNoInstanceWasEverStarted() {
    seen.clear();
    seen.put(Compute.GROUP, new Observation.Absent<>());
    assertThat(complete()).isTrue();
  }
}
