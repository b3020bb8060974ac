package io.highlyavailable.operator.component.launchtemplate;

import io.highlyavailable.operator.component.Compute;
import io.highlyavailable.operator.component.appsecret.AppSecret;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.EcrImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What an instance runs when it starts first: it installs the container runtime and a unit of
 * systemd that runs the app's image. The environment is fetched from Secrets Manager each time the
 * unit starts and is handed on in memory; nothing secret is in the user data, on the disk or in the
 * arguments of a process.
 */
public final class UserData {
  /** What an app has after the drain to end what it is doing, as a pod has. */
  private static final int SHUTDOWN_SECONDS = 30;

  private static final String TEMPLATE = read("user-data.sh");

  private UserData() {}

  /** The user data of an app's instances, as text. */
  public static String of(App app, AppSecret secret) {
    return TEMPLATE
        .replace("@REGION@", app.region())
        .replace("@SECRET@", secret.id())
        // Another version of the environment is another launch template: instances are replaced.
        .replace("@VERSION@", secret.version())
        .replace("@IMAGE@", app.workload().image())
        .replace(
            "@REGISTRY@",
            EcrImage.of(app.workload().image())
                .map(image -> image.registry() + " " + image.region())
                .orElse(""))
        .replace("@HOST_PORT@", String.valueOf(Compute.INSTANCE_PORT))
        .replace("@PORT@", String.valueOf(app.workload().port()))
        .replace("@STOP_SECONDS@", String.valueOf(SHUTDOWN_SECONDS));
  }

  private static String read(String name) {
    try (InputStream in = UserData.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("not among the operator's resources: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
