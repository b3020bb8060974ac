package io.highlyavailable.operator.model;

/**
 * Where an app lives in its cluster.
 *
 * @param namespace the namespace's name
 * @param name the custom resource's name
 */
public record AppKey(String namespace, String name) {
  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
