package io.highlyavailable.operator.component.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.highlyavailable.operator.aws.CallListener;
import io.highlyavailable.operator.aws.CloudErrors;
import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.Records;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.alarms.AlarmSetModule;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

class DashboardAdapterTest extends AdapterContract<DashboardDesired, Dashboard> {
  DashboardAdapterTest() {
    super(new DashboardModule(), List.of());
  }

  @Override
  protected App sample() {
    return SampleApp.unique()
        .exposure(null)
        .sessionStore(null)
        .alarms(false)
        .dashboard(true)
        .build();
  }

  private CloudWatchClient somebody() {
    return world.clients("somebody", CallListener.NONE).cloudWatch();
  }

  @Override
  protected Map<String, UnaryOperator<App>> changes() {
    return Map.of(
        "instanceClass",
        setting("database", "instanceClass", "db.r6g.large"),
        "storage",
        it -> Records.with(it, "bucket", null));
  }

  @Override
  protected Map<String, Consumer<Dashboard>> drifts() {
    return Map.of(
        "widget Database CPU",
        dashboard ->
            put(dashboard.body().replace("Database CPU\"", "Database CPU\",\"start\":\"-PT1H\"")),
        "widget Objects",
        dashboard -> put(dashboard.body().replace("NumberOfObjects", "BucketSizeBytes")),
        "start",
        dashboard -> put(dashboard.body().replace("-PT3H", "-P1D")),
        "periodOverride",
        dashboard -> put(dashboard.body().replace("inherit", "auto")),
        "widget mine",
        dashboard ->
            put(
                dashboard
                    .body()
                    .replace(
                        "\"widgets\":[",
                        "\"widgets\":[{\"type\":\"text\",\"properties\":{\"markdown\":\"#"
                            + " mine\"}},")));
  }

  private void put(String body) {
    somebody().putDashboard(request -> request.dashboardName(name()).dashboardBody(body));
  }

  @Test
  void doesNotOverwriteADashboardOfTheName() {
    String mine = "{\"widgets\":[]}";
    put(mine);

    assertThatThrownBy(this::create)
        .satisfies(
            thrown ->
                assertThat(CloudErrors.classify(thrown).kind())
                    .isEqualTo(CloudFailure.Kind.EXISTS));
    assertThat(observed().orElseThrow().body()).isEqualTo(mine);
  }

  @Test
  void saysWhatCloudWatchComplainsOf() {
    DashboardDesired wrong =
        new DashboardDesired(
            desired.name(), desired.arn(), "{\"widgets\":[{\"type\":\"text\",\"x\":30}]}");

    assertThatThrownBy(() -> adapter.create(wrong, tags()))
        .extracting(CloudErrors::classify, InstanceOfAssertFactories.type(CloudFailure.class))
        .satisfies(
            failure -> {
              assertThat(failure.kind()).isEqualTo(CloudFailure.Kind.INVALID);
              assertThat(failure.line())
                  .startsWith("cloudwatch:PutDashboard: ")
                  .contains("/widgets/0/x", "integer from 0 to 23");
            });
    assertThat(observed()).isEmpty();
  }

  @Test
  void aChangeKeepsTheTags() {
    Dashboard made = create();
    put("{\"widgets\":[]}");
    Dashboard changed = observed().orElseThrow();
    adapter.update(changed, desired, component.differences(desired, changed));

    assertThat(observed()).contains(made);
  }

  @Test
  void readsABodyThatIsNoneOfOursAsOneThatDiffersInEverything() {
    Dashboard broken = new Dashboard(desired.name(), desired.arn(), "not JSON", Map.of());
    assertThat(component.differences(desired, broken))
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it.actual()).isEqualTo("absent"));
    assertThat(broken.state()).isEqualTo("0 widgets");
  }

  @Test
  void waitsForTheAlarmsItShows() {
    App alarmed = Records.with(app, "alarms", true);
    assertThat(component.desired(alarmed, world.upstream(alarmed, List.of())))
        .hasToString("Waiting[reason=waiting for the alarms]");
    assertThat(component.dependsOn()).contains(new AlarmSetModule().component().name());
  }
}
