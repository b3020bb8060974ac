package io.highlyavailable.operator.component.appsecret;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Instances;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.Records;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.Sensitive;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
  private static final Binding DATABASE =
      new Binding(
          "database",
          "postgresql",
          Map.of("host", new Sensitive("db.example.com"), "password", new Sensitive("pass\nword")));

  private static App app(EnvVar... env) {
    App app = Instances.withoutData().build();
    return Records.with(app, "workload", Records.with(app.workload(), "env", List.of(env)));
  }

  private static String json(App app, Binding... bindings) {
    return Environment.of(app, List.of(bindings)).json().value();
  }

  @Test
  void hasWhatAPodWouldHave() {
    assertThat(json(app(new EnvVar("MODE", "live", null)), DATABASE))
        .isEqualTo(
            "{\"AWS_REGION\":\"us-east-1\",\"DATABASE_HOST\":\"db.example.com\","
                + "\"DATABASE_PASSWORD\":\"pass\\nword\",\"DATABASE_TYPE\":\"postgresql\","
                + "\"MODE\":\"live\"}");
  }

  @Test
  void variablesReferToThoseBeforeThem() {
    assertThat(
            json(
                app(
                    new EnvVar("URL", "http://$(DATABASE_HOST)/$(LATER)", null),
                    new EnvVar("LATER", "$$(URL) costs 5$", null)),
                DATABASE))
        .contains("\"URL\":\"http://db.example.com/$(LATER)\"")
        .contains("\"LATER\":\"$(URL) costs 5$\"");
  }

  @Test
  void theUsersRegionIsTheirs() {
    assertThat(json(app(new EnvVar("AWS_REGION", "eu-west-1", null))))
        .isEqualTo("{\"AWS_REGION\":\"eu-west-1\"}");
  }

  @Test
  void theVersionChangesWithTheVariablesAlone() {
    String version = Environment.of(app(), List.of(DATABASE)).version();
    assertThat(version).hasSize(48).isEqualTo(Environment.of(app(), List.of(DATABASE)).version());
    assertThat(Environment.of(app(), List.of()).version()).isNotEqualTo(version);
  }

  @Test
  void waitsForEveryBinding() {
    App app = SampleApp.unique().instances(Instances.SETTINGS).build();
    AppSecretRules rules = new AppSecretRules();
    KnownUpstream upstream = new KnownUpstream().bound(DATABASE);
    assertThat(rules.desired(app, upstream))
        .isEqualTo(new Desired.Waiting<>("waiting for the binding session-store"));
    upstream.bound(new Binding("session-store", "redis", Map.of()));
    upstream.bound(new Binding("storage", "s3", Map.of()));
    assertThat(rules.desired(app, upstream))
        .isInstanceOfSatisfying(
            Desired.Known.class, known -> assertThat(known.toString()).doesNotContain("pass"));
  }

  @Test
  void refusesWhatASecretCannotHold() {
    App app = app(new EnvVar("LONG", "x".repeat(70_000), null));
    assertThat(new AppSecretRules().desired(app, new KnownUpstream()))
        .isInstanceOf(Desired.Impossible.class);
  }
}
