package io.highlyavailable.testbed.cluster;

/**
 * The addresses of a real node's network. It is a network namespace of the node's own, so that all
 * runs may have the same.
 */
public final class NodeNetwork {
  /** The node's name. */
  public static final String NODE = "node-real";

  /** The node's own address, at which pods reach what this machine offers them. */
  public static final String ADDRESS = "10.88.0.1";

  /** What pods get their addresses from. */
  public static final String PODS = "10.88.1.0/24";

  /** What Services get their addresses from; the first is the API server's. */
  public static final String SERVICES = "10.96.0.0/16";

  /** Where pods ask for names: in the part of the range that the API server hands out last. */
  public static final String DNS = "10.96.0.10";

  private NodeNetwork() {}

  /** The URL by which the node's programs and its pods reach an API server. */
  static String url(int port) {
    return "https://" + ADDRESS + ":" + port;
  }
}
