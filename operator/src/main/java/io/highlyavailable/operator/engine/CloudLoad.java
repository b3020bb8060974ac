package io.highlyavailable.operator.engine;

import java.time.Instant;
import java.util.List;

/**
 * How much there is to do at a moment.
 *
 * @param waiting changes that wait for their service's budget
 * @param running changes that are being made
 * @param inventories those that some app is interested in
 */
public record CloudLoad(int waiting, int running, List<Inventory> inventories) {
  /**
   * What is known of one kind of resource in a region.
   *
   * @param region the region
   * @param name which inventory, by the catalogue
   * @param asOf when it was last listed well; before the first time, when it was opened
   */
  public record Inventory(String region, String name, Instant asOf) {}
}
