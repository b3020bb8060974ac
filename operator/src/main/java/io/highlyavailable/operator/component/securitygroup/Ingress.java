package io.highlyavailable.operator.component.securitygroup;

/**
 * Traffic that a group lets in.
 *
 * @param protocol {@code tcp}, {@code udp}, {@code -1} for all, or a protocol number
 * @param fromPort first port; -1 for all
 * @param toPort last port; -1 for all
 * @param source a security group's id, a CIDR block or a prefix list's id
 */
public record Ingress(String protocol, int fromPort, int toPort, String source)
    implements Comparable<Ingress> {

  /** TCP to one port from a security group. */
  static Ingress tcp(int port, String groupId) {
    return new Ingress("tcp", port, port, groupId);
  }

  @Override
  public int compareTo(Ingress other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    String ports = fromPort == toPort ? String.valueOf(fromPort) : fromPort + "-" + toPort;
    return source + ":" + protocol + "/" + ports;
  }
}
