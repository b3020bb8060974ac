package io.highlyavailable.testbed.operator;

import java.net.URI;
import java.util.Map;

/** The environment that makes AWS's tools and SDKs talk to an emulator and to nothing else. */
public final class EmulatorEnvironment {
  private EmulatorEnvironment() {}

  /**
   * The variables; empty ones are to be removed. Credentials, profiles and metadata services that
   * the machine may have stay out of it.
   *
   * @param caller access key id, by which the emulator's call log tells callers apart
   */
  public static Map<String, String> of(URI endpoint, String region, String caller) {
    return Map.of(
        "AWS_ENDPOINT_URL", endpoint.toString(),
        "AWS_REGION", region,
        "AWS_DEFAULT_REGION", region,
        "AWS_ACCESS_KEY_ID", caller,
        "AWS_SECRET_ACCESS_KEY", "testing",
        "AWS_SESSION_TOKEN", "",
        "AWS_PROFILE", "",
        "AWS_CONFIG_FILE", "/dev/null",
        "AWS_SHARED_CREDENTIALS_FILE", "/dev/null",
        "AWS_EC2_METADATA_DISABLED", "true");
  }
}
