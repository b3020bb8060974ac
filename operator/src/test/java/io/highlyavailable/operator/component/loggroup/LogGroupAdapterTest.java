package io.highlyavailable.operator.component.loggroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class LogGroupAdapterTest extends AdapterContract<LogGroupDesired, LogGroup> {
  LogGroupAdapterTest() {
    super(new LogGroupModule(), List.of());
  }

  @Override
  protected App sample() {
    return SampleApp.unique().recorded(30).build();
  }

  @Override
  protected Map<String, UnaryOperator<App>> changes() {
    return Map.of("retentionDays", setting("network", "flowLogRetentionDays", 90));
  }

  @Override
  protected Map<String, Consumer<LogGroup>> drifts() {
    return Map.of(
        "retentionDays",
        group ->
            clients
                .logs()
                .putRetentionPolicy(it -> it.logGroupName(group.name()).retentionInDays(1)));
  }

  @Test
  void isWantedWhereTrafficIsRecordedOnly() {
    assertThat(component.wanted(app)).isTrue();
    assertThat(component.wanted(SampleApp.unique().build())).isFalse();
    assertThat(desired.name())
        .isEqualTo("/highlyavailableapp/" + app.resourceName() + "/flow-logs")
        .matches("[._/#A-Za-z0-9-]{1,512}");
  }

  @Test
  void saysOfAGroupWithoutRetentionThatItKeepsRecordsForGood() {
    LogGroup forGood = new LogGroup(desired.name(), "arn", 0, Map.of());
    assertThat(component.differences(desired, forGood))
        .singleElement()
        .hasToString("retentionDays for good -> 30");
  }
}
