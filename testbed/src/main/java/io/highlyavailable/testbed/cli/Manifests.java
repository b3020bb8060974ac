package io.highlyavailable.testbed.cli;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The user's manifests, read in full before anything is started and applied in their order. */
final class Manifests {
  /** As {@code kubectl apply --server-side --force-conflicts}: what the file says holds. */
  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("deploy.sh")
          .withForce(true)
          .build();

  private final List<Path> files;

  /**
   * @throws LocalFailure when a file cannot be read
   */
  Manifests(List<Path> files) {
    for (Path file : files) {
      if (!Files.isReadable(file) || Files.isDirectory(file)) {
        throw new LocalFailure(file + " cannot be read: name a YAML file with manifests");
      }
    }
    this.files = List.copyOf(files);
  }

  /**
   * One applied app.
   *
   * @param namespace where it is
   * @param name its name
   */
  record AppKey(String namespace, String name) {}

  /**
   * Applies all.
   *
   * @return the apps among them
   * @throws LocalFailure when a file is no YAML, or the API server refuses an object; the message
   *     is the API server's
   */
  List<AppKey> apply(KubernetesClient client) {
    List<AppKey> apps = new ArrayList<>();
    for (Path file : files) {
      for (HasMetadata object : read(client, file)) {
        HasMetadata applied = apply(client, file, object);
        if (applied.getKind().equals("HighlyAvailableApp")) {
          apps.add(
              new AppKey(applied.getMetadata().getNamespace(), applied.getMetadata().getName()));
        }
      }
    }
    return apps;
  }

  private static List<HasMetadata> read(KubernetesClient client, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return client.load(in).items();
    } catch (IOException | RuntimeException e) {
      throw new LocalFailure(file + " is not a Kubernetes manifest: " + e.getMessage());
    }
  }

  private static HasMetadata apply(KubernetesClient client, Path file, HasMetadata object) {
    String what = object.getKind() + " " + object.getMetadata().getName();
    try {
      return client.resource(object).patch(APPLY);
    } catch (KubernetesClientException e) {
      String reason = e.getStatus() == null ? e.getMessage() : e.getStatus().getMessage();
      throw new LocalFailure("%s in %s is refused: %s".formatted(what, file, reason));
    }
  }
}
