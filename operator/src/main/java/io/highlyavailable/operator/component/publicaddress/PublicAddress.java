package io.highlyavailable.operator.component.publicaddress;

import io.highlyavailable.operator.component.Piece;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * An elastic IP address.
 *
 * @param name app and component, as its tags say
 * @param resourceId its allocation's id, such as {@code eipalloc-1}
 * @param address the address itself
 * @param state {@code associated} or {@code free}
 * @param tags its tags
 */
public record PublicAddress(
    String name, String resourceId, String address, String state, Map<String, String> tags)
    implements Piece<PublicAddress> {
  public PublicAddress {
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  /** EC2 does not say whose it is, as an ARN would. */
  @Override
  public String id() {
    return resourceId;
  }

  @Override
  public PublicAddress withTags(Map<String, String> changed) {
    return new PublicAddress(name, resourceId, address, state, changed);
  }
}
