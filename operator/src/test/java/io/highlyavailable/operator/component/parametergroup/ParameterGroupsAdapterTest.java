package io.highlyavailable.operator.component.parametergroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.aws.CallListener;
import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.Difference;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.Parameter;

/** The sample's database is PostgreSQL 17. */
class ParameterGroupsAdapterTest extends AdapterContract<ParameterGroupsDesired, ParameterGroups> {
  ParameterGroupsAdapterTest() {
    super(new ParameterGroupsModule(), List.of());
  }

  private RdsClient somebody() {
    return world.clients("somebody", CallListener.NONE).rds();
  }

  private String group() {
    return name() + "-postgres17";
  }

  @Override
  protected Map<String, Consumer<ParameterGroups>> drifts() {
    return Map.of("rds.force_ssl", _ -> set("rds.force_ssl", "0"));
  }

  @Override
  protected String field(String key) {
    return group();
  }

  private void set(String name, String value) {
    Parameter parameter =
        Parameter.builder()
            .parameterName(name)
            .parameterValue(value)
            .applyMethod("pending-reboot")
            .build();
    somebody()
        .modifyDBParameterGroup(
            request -> request.dbParameterGroupName(group()).parameters(parameter));
  }

  @Test
  void parametersOfOthersInTheGroupStay() {
    create();
    set("work_mem", "65536");
    set("rds.force_ssl", "0");
    ParameterGroups drifted = observed().orElseThrow();
    adapter.update(drifted, desired, component.differences(desired, drifted));
    assertThat(
            somebody()
                .describeDBParameters(
                    request -> request.dbParameterGroupName(group()).source("user"))
                .parameters())
        .extracting(parameter -> parameter.parameterName() + "=" + parameter.parameterValue())
        .containsExactlyInAnyOrder("work_mem=65536", "rds.force_ssl=1");
  }

  @Test
  void aGroupOfAnotherFamilyComesBesideAndTheOldOneLeavesLater() {
    create();
    ParameterGroupsDesired both =
        families(Map.of(group(), "postgres17", name() + "-postgres18", "postgres18"));
    update(both);
    assertThat(observed().orElseThrow().byFamily()).containsOnlyKeys("postgres17", "postgres18");
    assertThat(observed().orElseThrow().tags()).containsAllEntriesOf(tags());

    update(families(Map.of(name() + "-postgres18", "postgres18")));
    assertThat(observed().orElseThrow().byFamily()).containsOnlyKeys("postgres18");
  }

  private ParameterGroupsDesired families(Map<String, String> families) {
    return new ParameterGroupsDesired(name(), new TreeMap<>(families), desired.tls(), Set.of());
  }

  private void update(ParameterGroupsDesired wanted) {
    ParameterGroups row = observed().orElseThrow();
    List<Difference> found = component.differences(wanted, row);
    assertThat(component.differences(wanted, adapter.update(row, wanted, found))).isEmpty();
    assertThat(component.differences(wanted, observed().orElseThrow())).isEmpty();
  }

  @Test
  void listsEveryPage() {
    List<String> names = IntStream.range(0, 101).mapToObj(i -> name() + "-postgres" + i).toList();
    names.forEach(
        name ->
            somebody()
                .createDBParameterGroup(
                    request ->
                        request
                            .dbParameterGroupName(name)
                            .dbParameterGroupFamily("postgres17")
                            .description("page")));
    assertThat(observed().orElseThrow().groups()).containsOnlyKeys(names);
    names.forEach(
        name -> somebody().deleteDBParameterGroup(request -> request.dbParameterGroupName(name)));
  }
}
