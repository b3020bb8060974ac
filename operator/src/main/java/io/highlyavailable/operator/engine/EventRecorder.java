package io.highlyavailable.operator.engine;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.operator.kubernetes.AppMetadata;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what happened to an app as Kubernetes Events, for {@code kubectl describe}. What is told
 * twice of the same version of an app is one Event, so that a restarted operator may tell again.
 */
public final class EventRecorder {
  private static final Logger log = LoggerFactory.getLogger(EventRecorder.class);

  /** The API server refuses longer messages. */
  private static final int LONGEST = 1024;

  private final KubernetesClient client;
  private final InstantSource clock;

  /**
   * @param client with the operator's own identity
   * @param clock the time of events
   */
  public EventRecorder(KubernetesClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  /** Something a person may want to know. */
  public void normal(HighlyAvailableApp app, String reason, String message) {
    record(app, "Normal", reason, message);
  }

  /** Something a person may have to do something about. */
  public void warning(HighlyAvailableApp app, String reason, String message) {
    record(app, "Warning", reason, message);
  }

  private void record(HighlyAvailableApp app, String type, String reason, String message) {
    String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    String namespace = app.getMetadata().getNamespace();
    var event =
        new EventBuilder()
            .withNewMetadata()
            .withName(name(app, reason, message))
            .withNamespace(namespace)
            .endMetadata()
            .withInvolvedObject(
                new ObjectReferenceBuilder()
                    .withApiVersion(app.getApiVersion())
                    .withKind(app.getKind())
                    .withNamespace(namespace)
                    .withName(app.getMetadata().getName())
                    .withUid(app.getMetadata().getUid())
                    .build())
            .withType(type)
            .withReason(reason)
            .withMessage(message.length() > LONGEST ? message.substring(0, LONGEST) : message)
            .withFirstTimestamp(now)
            .withLastTimestamp(now)
            .withCount(1)
            .withNewSource(AppMetadata.MANAGER, null)
            .withReportingComponent(AppMetadata.MANAGER)
            .build();
    try {
      client.v1().events().inNamespace(namespace).resource(event).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return;
      }
      // An event is a courtesy: the status says the same, and must not wait for it.
      log.debug("Cannot write an event for {}/{}", namespace, app.getMetadata().getName(), e);
    }
  }

  private static String name(HighlyAvailableApp app, String reason, String message) {
    String told = String.join("\n", app.getMetadata().getResourceVersion(), reason, message);
    return app.getMetadata().getName()
        + "."
        + UUID.nameUUIDFromBytes(told.getBytes(StandardCharsets.UTF_8));
  }
}
