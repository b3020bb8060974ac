package io.highlyavailable.operator.engine;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.api.v1alpha1.HighlyAvailableAppStatus;
import io.highlyavailable.operator.model.AppKey;
import io.highlyavailable.operator.tracing.Tracing;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.net.HttpURLConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes statuses when they are due, and tells of what they turn. */
public final class StatusPatches {
  private static final Logger log = LoggerFactory.getLogger(StatusPatches.class);

  private final StatusWrites writes;
  private final Transitions transitions;
  private final Tracing tracing;

  /**
   * @param writes decides when
   * @param transitions told of each status that is about to be written
   * @param tracing told of each write
   */
  public StatusPatches(StatusWrites writes, Transitions transitions, Tracing tracing) {
    this.writes = writes;
    this.transitions = transitions;
    this.tracing = tracing;
  }

  /** Writes a status that is due; for one that is not yet, asks for another reconciliation. */
  public UpdateControl<HighlyAvailableApp> report(
      HighlyAvailableApp resource,
      AppKey key,
      HighlyAvailableAppStatus now,
      Context<HighlyAvailableApp> context) {
    return switch (writes.decide(key, resource.getStatus(), now)) {
      case SAME -> UpdateControl.noUpdate();
      case LATER ->
          UpdateControl.<HighlyAvailableApp>noUpdate()
              .rescheduleAfter(writes.waiting(key, resource.getStatus(), now));
      case WRITE -> {
        write(resource, now, context);
        yield UpdateControl.noUpdate();
      }
    };
  }

  /**
   * Writes the status of an app that is being deleted.
   *
   * @param last whether nothing is left to wait for, so that news cannot wait either
   * @return whether it was written
   */
  public boolean tell(
      HighlyAvailableApp resource,
      AppKey key,
      HighlyAvailableAppStatus now,
      boolean last,
      Context<HighlyAvailableApp> context) {
    boolean news = !now.equals(resource.getStatus());
    boolean due =
        last && news || writes.decide(key, resource.getStatus(), now) == StatusWrites.Verdict.WRITE;
    if (due) {
      write(resource, now, context);
    }
    return due;
  }

  /**
   * The next reconciliation must see it, or it would tell of the same turn again. An intent to
   * create counts only when nobody else has written since: another operator may be at work.
   */
  private void write(
      HighlyAvailableApp resource,
      HighlyAvailableAppStatus status,
      Context<HighlyAvailableApp> context) {
    HighlyAvailableAppStatus before = resource.getStatus();
    HighlyAvailableApp fresh = fresh(resource, status);
    if (StatusWrites.promises(before, status)) {
      fresh.getMetadata().setResourceVersion(resource.getMetadata().getResourceVersion());
    }
    // Told before: once it is written, a successor of an operator that died would see no turn.
    transitions.tell(resource, before, status);
    try {
      tracing.in(
          "write status",
          span ->
              PrimaryUpdateAndCacheUtils.ssaPatchStatusAndCacheResource(resource, fresh, context));
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      log.info("{}: written by somebody else meanwhile", resource.getMetadata().getName());
    }
  }

  private static HighlyAvailableApp fresh(
      HighlyAvailableApp resource, HighlyAvailableAppStatus status) {
    HighlyAvailableApp fresh = new HighlyAvailableApp();
    fresh.setMetadata(
        new ObjectMetaBuilder()
            .withName(resource.getMetadata().getName())
            .withNamespace(resource.getMetadata().getNamespace())
            .build());
    fresh.setStatus(status);
    return fresh;
  }

  /** The app is gone. */
  public void forget(AppKey app) {
    writes.forget(app);
  }
}
