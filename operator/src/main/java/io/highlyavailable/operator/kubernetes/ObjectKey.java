package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * One Kubernetes object of an app, within the app's namespace.
 *
 * @param kind such as {@code Deployment}
 * @param name the object's name
 */
public record ObjectKey(String kind, String name) implements Comparable<ObjectKey> {
  /** The key of an object. */
  public static ObjectKey of(HasMetadata object) {
    return new ObjectKey(object.getKind(), object.getMetadata().getName());
  }

  @Override
  public int compareTo(ObjectKey other) {
    int byKind = kind.compareTo(other.kind);
    return byKind == 0 ? name.compareTo(other.name) : byKind;
  }

  @Override
  public String toString() {
    return kind + "/" + name;
  }
}
