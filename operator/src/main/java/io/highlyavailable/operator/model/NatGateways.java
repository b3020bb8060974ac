package io.highlyavailable.operator.model;

/** How private subnets of a managed network reach the internet. */
public enum NatGateways {
  /** Each through a NAT gateway in its own zone: no zone's loss cuts off another. */
  PER_ZONE,
  /** All through one, in the first zone. */
  SINGLE,
  /** Not at all. */
  NONE;

  /**
   * How many there are.
   *
   * @param zones over how many zones the network is spread
   */
  public int count(int zones) {
    return switch (this) {
      case PER_ZONE -> zones;
      case SINGLE -> Math.min(1, zones);
      case NONE -> 0;
    };
  }
}
