package io.highlyavailable.operator.component.instancegroup;

/**
 * An instance of a group.
 *
 * @param id its id
 * @param zone its availability zone
 * @param lifecycle such as {@code Pending} or {@code InService}
 * @param healthy whether the group takes it for healthy
 * @param version the version of the launch template that it was made of; empty when unknown
 */
public record Member(String id, String zone, String lifecycle, boolean healthy, String version) {
  /** Whether it is used. */
  public boolean inService() {
    return healthy && lifecycle.equals("InService");
  }
}
