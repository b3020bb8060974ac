package io.highlyavailable.operator.status;

import io.highlyavailable.api.v1alpha1.AwsStatus;
import io.highlyavailable.api.v1alpha1.ComponentStatus;
import io.highlyavailable.api.v1alpha1.DeletionStatus;
import io.highlyavailable.api.v1alpha1.HighlyAvailableAppStatus;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.plan.Recorded;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads back from a status what later plans rely on. */
public final class StatusReader {
  private StatusReader() {}

  /** What was recorded; nothing for an app without a status. */
  public static Recorded recorded(@Nullable HighlyAvailableAppStatus status) {
    if (status == null) {
      return Recorded.NOTHING;
    }
    Map<ComponentName, String> ids = new HashMap<>();
    for (ComponentStatus component : status.components()) {
      if (component.id() != null) {
        ids.put(new ComponentName(component.name()), component.id());
      }
    }
    Optional<DeletionStatus> deletion = Optional.ofNullable(status.deletion());
    Optional<AwsStatus> aws = Optional.ofNullable(status.aws()).filter(known -> !ids.isEmpty());
    return new Recorded(
        ids,
        deletion.map(DeletionStatus::retained).orElse(List.of()),
        deletion.map(DeletionStatus::finalSnapshots).orElse(List.of()),
        aws.map(AwsStatus::accountId).orElse(""),
        aws.map(AwsStatus::region).orElse(""));
  }
}
