package io.highlyavailable.operator.component.appsecret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Instances;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.OwnershipTags;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;

class AppSecretAdapterTest extends AdapterContract<AppSecretDesired, AppSecret> {
  private static final UnaryOperator<App> ANOTHER =
      setting("workload", "env", List.of(new EnvVar("MODE", "b", null)));

  AppSecretAdapterTest() {
    super(new AppSecretModule(), List.of());
  }

  @Override
  protected App sample() {
    return Instances.withoutData().build();
  }

  @Override
  protected Map<String, UnaryOperator<App>> changes() {
    return Map.of("env", ANOTHER);
  }

  @Override
  protected Map<String, Consumer<AppSecret>> drifts() {
    return Map.of(
        "version",
        secret ->
            clients
                .secretsManager()
                .putSecretValue(it -> it.secretId(secret.id()).secretString("{}")));
  }

  @Test
  void holdsTheEnvironment() {
    create();
    assertThat(admin().secretsManager().getSecretValue(it -> it.secretId(name())).secretString())
        .isEqualTo("{\"AWS_REGION\":\"us-east-1\"}");
  }

  @Test
  void aValueOfBeforeIsMadeCurrentAgain() {
    AppSecret row = create();
    AppSecretDesired before = desired;
    desired = desiredOf(ANOTHER.apply(app));
    row = adapter.update(row, desired, component.differences(desired, row));
    desired = before;
    adapter.update(row, before, component.differences(before, row));
    assertThat(differences(observed().orElseThrow())).isEmpty();
    assertThat(admin().secretsManager().getSecretValue(it -> it.secretId(name())).secretString())
        .isEqualTo(before.value().value());
  }

  @Test
  void whatIsScheduledForDeletionIsTakenBack() {
    AppSecret first = create();
    adapter.delete(first, new Disposal.Delete());
    assertThat(observed()).isEmpty();
    Map<String, String> tags = new TreeMap<>(tags());
    tags.put(OwnershipTags.UID, "uid-of-its-successor");
    AppSecret again = adapter.create(desired, tags);
    assertThat(again.id()).isEqualTo(first.id());
    assertThat(observed().orElseThrow().tags()).isEqualTo(tags);
  }

  @Test
  void whatSomebodyElseHasScheduledForDeletionIsLeftAlone() {
    AppSecret first = create();
    adapter.untag(first, List.of(OwnershipTags.CLUSTER_ID));
    adapter.delete(first, new Disposal.Delete());
    assertThatThrownBy(() -> adapter.create(desired, tags()))
        .isInstanceOf(InvalidRequestException.class);
  }
}
