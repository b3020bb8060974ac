package io.highlyavailable.operator.status;

import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.kubernetes.ScalingState;
import io.highlyavailable.operator.kubernetes.ZoneSpread;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.ImageRollout;
import io.highlyavailable.operator.plan.Backups;
import io.highlyavailable.operator.plan.Creation;
import io.highlyavailable.operator.plan.HeldChanges;
import io.highlyavailable.operator.plan.Plan;
import io.highlyavailable.operator.plan.Report;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one reconciliation came to.
 *
 * @param app the app
 * @param reports one a component, cloud and Kubernetes, in the order shown
 * @param bindings bindings whose Secrets exist
 * @param removal what was kept and what stands in the way
 * @param url where users reach it; empty while it cannot be reached
 * @param hostname the load balancer's DNS name; empty while there is none
 * @param replicas pods that exist
 * @param readyReplicas pods that serve
 * @param home the account and region that hold the resources
 * @param held changes that wait for the maintenance window or for approval
 * @param backups to when data can be brought back
 * @param beginnings what components that hold data began with, by name
 * @param creations intents to create, by component
 * @param rollout the image that was rolled out last, or null when alarms do not watch over it
 * @param handledRequest the value of the reconcile request that was acted on; empty for none
 * @param handledRotation the request for new credentials that the pods' are of; empty for none
 * @param scaling how the replicas are scaled, or null when nothing scales them
 * @param spread how its pods or instances are spread over zones
 */
public record Outcome(
    App app,
    List<Report> reports,
    List<Binding> bindings,
    Plan.Removal removal,
    String url,
    String hostname,
    int replicas,
    int readyReplicas,
    Plan.Home home,
    HeldChanges held,
    Backups backups,
    Map<String, String> beginnings,
    Map<String, Creation> creations,
    @Nullable ImageRollout rollout,
    String handledRequest,
    String handledRotation,
    @Nullable ScalingState scaling,
    ZoneSpread spread) {
  public Outcome {
    reports = List.copyOf(reports);
    bindings = List.copyOf(bindings);
  }

  /** What a reconciliation came to of which nothing can be brought back. */
  public Outcome(
      App app,
      List<Report> reports,
      List<Binding> bindings,
      Plan.Removal removal,
      String url,
      String hostname,
      int replicas,
      int readyReplicas,
      Plan.Home home,
      HeldChanges held,
      String handledRequest,
      String handledRotation) {
    this(
        app,
        reports,
        bindings,
        removal,
        url,
        hostname,
        replicas,
        readyReplicas,
        home,
        held,
        Backups.NONE,
        Map.of(),
        Map.of(),
        null,
        handledRequest,
        handledRotation,
        null,
        ZoneSpread.UNKNOWN);
  }
}
