package io.highlyavailable.api.v1alpha1;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A highly available web stack as one custom resource: pods, ingress, database, bucket, alarms. */
@Group(HighlyAvailableApp.GROUP)
@Version(HighlyAvailableApp.VERSION)
@Singular("highlyavailableapp")
@Plural("highlyavailableapps")
@ShortNames("haa")
public class HighlyAvailableApp
    extends CustomResource<HighlyAvailableAppSpec, HighlyAvailableAppStatus> implements Namespaced {

  /** API group of the resource. */
  public static final String GROUP = "highlyavailable.io";

  /** API version of the resource. */
  public static final String VERSION = "v1alpha1";

  /** Annotation that stops all writes while its value is {@code "true"}. */
  public static final String PAUSED_ANNOTATION = GROUP + "/paused";

  /**
   * Annotation whose new value forces one full synchronisation; echoed in {@code
   * status.lastHandledReconcileAt}.
   */
  public static final String RECONCILE_REQUESTED_AT_ANNOTATION = GROUP + "/reconcile-requested-at";

  private static final long serialVersionUID = 1L;
}
