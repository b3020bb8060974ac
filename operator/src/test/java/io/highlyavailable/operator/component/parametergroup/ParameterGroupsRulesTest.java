package io.highlyavailable.operator.component.parametergroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.RunningEngine;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.engineversion.DefaultVersion;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterGroupsRulesTest {
  private static final ComponentName DATABASE = new ComponentName("database");

  private final ParameterGroupsRules rules = new ParameterGroupsRules();

  private record Running(String engine, String version, Set<String> parameterGroups)
      implements RunningEngine {
    @Override
    public String name() {
      return "shop";
    }

    @Override
    public String id() {
      return "arn";
    }

    @Override
    public Map<String, String> tags() {
      return Map.of();
    }

    @Override
    public String state() {
      return "available";
    }
  }

  private static App app(String engine, String version) {
    return SampleApp.named("shop").engine(engine, version).build();
  }

  private ParameterGroupsDesired known(App app, KnownUpstream upstream) {
    return ((Desired.Known<ParameterGroupsDesired>) rules.desired(app, upstream)).state();
  }

  private static KnownUpstream running(String engine, String version, String... groups) {
    return new KnownUpstream()
        .observed(
            DATABASE, new Observation.Present<>(new Running(engine, version, Set.of(groups))));
  }

  @ParameterizedTest
  @CsvSource({
    "postgres, 17, postgres17, postgres17, rds.force_ssl=1",
    "postgres, 17.2, postgres17, postgres17, rds.force_ssl=1",
    "mysql, 8.4, mysql8.4, mysql8-4, require_secure_transport=ON",
    "mariadb, 10.11.6, mariadb10.11, mariadb10-11, require_secure_transport=ON",
  })
  void aNewDatabaseGetsTheGroupOfItsFamily(
      String engine, String version, String family, String suffix, String parameter) {
    App app = app(engine, version);
    ParameterGroupsDesired want = known(app, new KnownUpstream());
    assertThat(want.families()).isEqualTo(Map.of(app.resourceName() + "-" + suffix, family));
    assertThat(want.tls().text(want.tls().value())).isEqualTo(parameter);
  }

  @Test
  void withoutAVersionItIsRdssDefault() {
    App app = app("postgres", null);
    assertThat(rules.desired(app, new KnownUpstream())).isInstanceOf(Desired.Waiting.class);
    KnownUpstream upstream = new KnownUpstream().ready(new DefaultVersion("postgres", "17.6"));
    assertThat(known(app, upstream).families()).containsValue("postgres17");
  }

  @Test
  void withoutAVersionADatabaseThatIsThereKeepsItsFamilyWhateverTheDefaultIsNow() {
    KnownUpstream upstream =
        running("postgres", "16.4").ready(new DefaultVersion("postgres", "18.1"));
    assertThat(known(app("postgres", null), upstream).families()).containsValue("postgres16");
  }

  @Test
  void aMajorUpgradeNeedsBothAndAMinorOneDoesNot() {
    assertThat(known(app("postgres", "17"), running("postgres", "16.4")).families())
        .containsValues("postgres16", "postgres17");
    assertThat(known(app("postgres", "17.6"), running("postgres", "17.2")).families())
        .containsOnlyKeys(app("postgres", "17").resourceName() + "-postgres17");
  }

  @Test
  void waitsUntilItIsKnownWhatTheDatabaseIs() {
    KnownUpstream upstream =
        new KnownUpstream().observed(DATABASE, new Observation.Unknown<>("waiting for a listing"));
    assertThat(rules.desired(app("postgres", "17"), upstream))
        .isEqualTo(new Desired.Waiting<>("waiting for a listing"));
  }

  @Test
  void theGroupOfTheVersionBeforeLeavesWhenNothingUsesIt() {
    App app = app("postgres", "17");
    String old = app.resourceName() + "-postgres16";
    ParameterGroups both = groups(app, "postgres16", "postgres17");
    assertThat(rules.differences(known(app, running("postgres", "17.2", old)), both)).isEmpty();
    assertThat(rules.differences(known(app, running("postgres", "17.2", "other")), both))
        .containsExactly(new Difference(old, "absent", "rds.force_ssl=1", Impact.IN_PLACE));
  }

  @Test
  void isReadyWithEveryGroupItNeeds() {
    App app = app("postgres", "17");
    ParameterGroupsDesired want = known(app, running("postgres", "16.4"));
    assertThat(rules.readiness(want, groups(app, "postgres16", "postgres17")))
        .isEqualTo(new Readiness.Ready());
    assertThat(rules.readiness(want, groups(app, "postgres16")))
        .isInstanceOf(Readiness.Progressing.class);
  }

  @Test
  void aValueWrittenAsANumberIsTheSame() {
    assertThat(ForcedTls.of("mysql").isIn("1")).isTrue();
    assertThat(ForcedTls.of("mysql").isIn("OFF")).isFalse();
    assertThat(ForcedTls.of("postgres").isIn("")).isFalse();
  }

  private static ParameterGroups groups(App app, String... families) {
    var all = new TreeMap<String, ParameterGroups.Existing>();
    for (String family : families) {
      all.put(
          ParameterGroupsRules.groupName(app.resourceName(), family),
          new ParameterGroups.Existing("arn", family, "1", Map.of()));
    }
    return new ParameterGroups(app.resourceName(), all, Map.of());
  }

  @Test
  void everyFamilyIsListedByItself() {
    assertThat(List.copyOf(groups(app("mysql", "8.4"), "mysql8.4").byFamily().keySet()))
        .containsExactly("mysql8.4");
  }
}
