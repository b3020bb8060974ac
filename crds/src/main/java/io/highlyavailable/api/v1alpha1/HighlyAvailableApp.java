package io.highlyavailable.api.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import io.highlyavailable.api.v1alpha1.schema.RootSchema;

/** A highly available web stack as one custom resource: pods, ingress, database, bucket, alarms. */
@SchemaCustomizer(RootSchema.class)
@Group(HighlyAvailableApp.GROUP)
@Version(HighlyAvailableApp.VERSION)
@Singular("highlyavailableapp")
@Plural("highlyavailableapps")
@ShortNames("haa")
@Categories("all")
@ValidationRule(
    value =
        "self.metadata.name.size() <= 52 && "
            + "self.metadata.name.matches('^[a-z]([a-z0-9-]*[a-z0-9])?$')",
    message =
        "metadata.name must be 1 to 52 lower-case letters, digits and -, begin with a letter "
            + "and end with a letter or digit, such as shop; the names of Services and AWS "
            + "resources are made from it")
@ValidationRule(
    value =
        "!(has(oldSelf.spec.database) || has(oldSelf.spec.sessionStore) || has(oldSelf.spec.storage)) || (has(self.spec.aws) &&"
            + " has(self.spec.aws.region) ? self.spec.aws.region : has(oldSelf.status) && "
            + "has(oldSelf.status.aws) && has(oldSelf.status.aws.region) ? "
            + "oldSelf.status.aws.region : '') == (has(oldSelf.spec.aws) && "
            + "has(oldSelf.spec.aws.region) ? oldSelf.spec.aws.region : has(oldSelf.status) && "
            + "has(oldSelf.status.aws) && has(oldSelf.status.aws.region) ? "
            + "oldSelf.status.aws.region : '')",
    message =
        "aws.region cannot change once there is a database, session store or storage; the data lives in that"
            + " region. Create another app in the new region and move the data")
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
    type = Type.STRING)
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase", type = Type.STRING)
@AdditionalPrinterColumn(name = "Replicas", jsonPath = ".status.replicas", type = Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Database",
    jsonPath = ".status.components[?(@.name==\"database\")].state",
    type = Type.STRING)
@AdditionalPrinterColumn(name = "URL", jsonPath = ".status.url", type = Type.STRING)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@AdditionalPrinterColumn(
    name = "Message",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
    type = Type.STRING,
    priority = 1)
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

  /**
   * Annotation that approves the changes of {@code status.plan} whose hash it has: they are made at
   * once.
   */
  public static final String APPROVED_PLAN_ANNOTATION = GROUP + "/approved-plan";

  /**
   * Annotation whose new value gives the app new database credentials; echoed in {@code
   * status.lastHandledCredentialRotation}.
   */
  public static final String ROTATE_CREDENTIALS_AT_ANNOTATION = GROUP + "/rotate-credentials-at";

  private static final long serialVersionUID = 1L;
}
