package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * A kind of object that apps may consist of.
 *
 * @param type the model class
 */
public record ObjectKind(Class<? extends HasMetadata> type) {
  /** Group and version, such as {@code apps/v1}. */
  public String apiVersion() {
    return HasMetadata.getApiVersion(type);
  }

  /** The kind's name, such as {@code Deployment}. */
  public String kind() {
    return HasMetadata.getKind(type);
  }

  /** The name in URLs and RBAC rules, such as {@code deployments}. */
  public String plural() {
    return HasMetadata.getPlural(type);
  }
}
