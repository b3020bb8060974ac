package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.api.v1alpha1.ComponentStatus;
import io.highlyavailable.api.v1alpha1.Condition;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.api.v1alpha1.HighlyAvailableAppStatus;
import io.highlyavailable.api.v1alpha1.Phase;
import io.highlyavailable.testbed.aws.Call;
import io.highlyavailable.testbed.cluster.ApiServerAudit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.ThrowingRunnable;

/** One app as its user works with it, by kubectl. */
final class AppRig {
  /** Longer than anything takes on a busy machine; nothing waits for it unless something fails. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final PatchContext MERGE =
      new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build();

  private final Rig rig;
  private final String namespace;
  private final String name;
  private final ApiServerAudit.Mark started;

  AppRig(Rig rig, String namespace, String name) {
    this.rig = rig;
    this.namespace = namespace;
    this.name = name;
    this.started = rig.audit().mark();
  }

  String namespace() {
    return namespace;
  }

  String name() {
    return name;
  }

  /** What is its own in AWS. */
  AppInAws aws() {
    return new AppInAws(rig, namespace, name);
  }

  private Resource<HighlyAvailableApp> resource() {
    return rig.client().resources(HighlyAvailableApp.class).inNamespace(namespace).withName(name);
  }

  /** The object as the API server has it. */
  HighlyAvailableApp get() {
    HighlyAvailableApp app = resource().get();
    assertThat(app).as("app %s/%s", namespace, name).isNotNull();
    return app;
  }

  boolean exists() {
    return resource().get() != null;
  }

  /** The status; the assertion fails while there is none. */
  HighlyAvailableAppStatus status() {
    HighlyAvailableAppStatus status = get().getStatus();
    assertThat(status).as("status").isNotNull();
    return status;
  }

  Condition condition(String type) {
    return status().conditions().stream()
        .filter(condition -> condition.type().equals(type))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no condition " + type));
  }

  ComponentStatus component(String component) {
    return status().components().stream()
        .filter(one -> one.name().equals(component))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no component " + component));
  }

  /** What the component says; empty when it says nothing. */
  String message(String component) {
    return Objects.requireNonNullElse(component(component).message(), "");
  }

  /** Changes it as {@code kubectl patch --type merge} does. */
  void patch(String yaml) {
    resource().patch(MERGE, Serialization.asJson(Serialization.unmarshal(yaml, Map.class)));
  }

  void annotate(String annotation, String value) {
    patch("metadata: {annotations: {%s: \"%s\"}}".formatted(annotation, value));
  }

  void pause() {
    annotate(HighlyAvailableApp.PAUSED_ANNOTATION, "true");
    eventually(() -> assertThat(status().phase()).isEqualTo(Phase.PAUSED));
  }

  void resume() {
    patch("metadata: {annotations: {%s: null}}".formatted(HighlyAvailableApp.PAUSED_ANNOTATION));
  }

  /** Writes the scale subresource, as {@code kubectl scale} does. */
  void scale(int replicas) {
    resource().scale(replicas);
  }

  /** Asks for deletion, and returns at once. */
  void delete() {
    resource().delete();
  }

  void awaitGone() {
    eventually(() -> assertThat(exists()).as("the app is still there").isFalse());
  }

  /** Waits until it is ready for the spec it has now. */
  AppRig awaitReady() {
    eventually(this::assertReady);
    return this;
  }

  void assertReady() {
    HighlyAvailableApp app = get();
    HighlyAvailableAppStatus status = status();
    assertThat(status.phase()).as("phase").isEqualTo(Phase.READY);
    assertThat(status.observedGeneration())
        .as("observed generation")
        .isEqualTo(app.getMetadata().getGeneration());
  }

  /** Waits for an assertion to hold; a failure shows the status and the end of the log. */
  void eventually(ThrowingRunnable assertion) {
    try {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(100))
          .ignoreExceptionsMatching(e -> e instanceof RuntimeException)
          .untilAsserted(assertion);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(e.getMessage() + "\n" + evidence(), e);
    }
  }

  private String evidence() {
    HighlyAvailableApp app = resource().get();
    return (app == null ? "no app" : Serialization.asYaml(app.getStatus()))
        + "\n"
        + rig.audit().since(started).stream()
            .filter(write -> write.namespace().equals(namespace))
            .filter(
                write -> write.resource().startsWith("highlyavailableapps") || write.status() > 299)
            .map(write -> write + "\n")
            .collect(Collectors.joining())
        + rig.running().logTail();
  }

  /**
   * The operator's calls since a mark that may have changed something of this app's in AWS; of apps
   * that earlier tests left to be deleted there may be others.
   */
  List<Call> mutations(long mark) {
    AppInAws aws = aws();
    List<String> ids = aws.securityGroups().stream().map(group -> group.groupId()).toList();
    return rig.emulator().calls().by(Rig.OPERATOR).mutations(mark).stream()
        .filter(call -> call.resource().contains(aws.resource()) || ids.contains(call.resource()))
        .toList();
  }

  /** Messages of its Events with this reason. */
  List<String> events(String reason) {
    return rig.client().v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(event -> name.equals(event.getInvolvedObject().getName()))
        .filter(event -> reason.equals(event.getReason()))
        .map(event -> event.getMessage())
        .toList();
  }

  /** One of its Kubernetes objects, by the app's name. */
  <T extends HasMetadata> Optional<T> find(Class<T> type) {
    return find(type, name);
  }

  <T extends HasMetadata> Optional<T> find(Class<T> type, String objectName) {
    return Optional.ofNullable(object(type, objectName).get());
  }

  /** One of its Kubernetes objects, which must be there. */
  <T extends HasMetadata> T the(Class<T> type) {
    return find(type)
        .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " " + name));
  }

  /** A handle on one of its Kubernetes objects, to change it by hand. */
  <T extends HasMetadata> Resource<T> object(Class<T> type, String objectName) {
    return rig.client().resources(type).inNamespace(namespace).withName(objectName);
  }

  <T extends HasMetadata> Resource<T> object(Class<T> type) {
    return object(type, name);
  }

  /** The entries of one of its Secrets, decoded. */
  Map<String, String> secret(String suffix) {
    Secret secret =
        find(Secret.class, name + "-" + suffix)
            .orElseThrow(() -> new AssertionError("no Secret " + name + "-" + suffix));
    return secret.getData().entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry ->
                    new String(
                        Base64.getDecoder().decode(entry.getValue()), StandardCharsets.UTF_8)));
  }
}
