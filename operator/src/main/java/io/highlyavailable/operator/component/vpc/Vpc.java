package io.highlyavailable.operator.component.vpc;

import io.highlyavailable.operator.component.Piece;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A VPC.
 *
 * @param name app and component, as its tags say
 * @param id its ARN
 * @param resourceId its id, such as {@code vpc-1}
 * @param cidr its addresses
 * @param state {@code pending} or {@code available}
 * @param dnsSupport whether AWS's resolver answers in it
 * @param dnsHostnames whether its instances have DNS names
 * @param tags its tags
 */
public record Vpc(
    String name,
    String id,
    String resourceId,
    String cidr,
    String state,
    boolean dnsSupport,
    boolean dnsHostnames,
    Map<String, String> tags)
    implements Piece<Vpc> {
  static final String AVAILABLE = "available";

  public Vpc {
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  @Override
  public boolean inTransition() {
    return !AVAILABLE.equals(state);
  }

  @Override
  public Vpc withTags(Map<String, String> changed) {
    return new Vpc(name, id, resourceId, cidr, state, dnsSupport, dnsHostnames, changed);
  }

  Vpc withDns() {
    return new Vpc(name, id, resourceId, cidr, state, true, true, tags);
  }

  /** The id of the VPC with this ARN; empty for what is none. */
  public static String idIn(String arn) {
    int id = arn.indexOf(":vpc/");
    return id < 0 ? "" : arn.substring(id + ":vpc/".length());
  }
}
