package io.highlyavailable.operator.component;

import io.highlyavailable.operator.model.InstanceSettings;
import java.time.Duration;

/** Apps on EC2 instances, for tests. */
public final class Instances {
  /** As by default. */
  public static final InstanceSettings SETTINGS =
      new InstanceSettings("t4g.medium", 20, 100, Duration.ofSeconds(120));

  private Instances() {}

  /** An app that no other test has, without data. */
  public static SampleApp withoutData() {
    return SampleApp.unique()
        .instances(SETTINGS)
        .database(null)
        .sessionStore(null)
        .bucket(null)
        .alarms(false);
  }
}
