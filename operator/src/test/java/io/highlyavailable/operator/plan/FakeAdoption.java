package io.highlyavailable.operator.plan;

import io.highlyavailable.operator.component.Adoption;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DatabaseSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes over the store that a database block names; none that is cursed. */
final class FakeAdoption<R extends FakeRow> implements Adoption<Map<String, String>, R> {
  @Override
  public Optional<String> existing(App app) {
    return app.databaseSettings().map(DatabaseSettings::existing);
  }

  @Override
  public String field() {
    return "spec.existing";
  }

  @Override
  public String tagCommand(String accountId, String id, String key, String value) {
    return "fake tag %s in %s with %s=%s".formatted(id, accountId, key, value);
  }

  @Override
  public Optional<Desired.Impossible<Map<String, String>>> refusal(
      App app, Map<String, String> desired, R actual) {
    return actual.thing().values().containsKey("curse")
        ? Optional.of(new Desired.Impossible<>("is cursed", "name another"))
        : Optional.empty();
  }

  @Override
  public List<String> effects(App app, R actual) {
    return List.of("its key is changed");
  }
}
