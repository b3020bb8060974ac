package io.highlyavailable.operator.component.publicaddress;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.aws.Ec2Adapter;
import io.highlyavailable.operator.aws.Ec2Tags;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.DomainType;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/** Elastic IP addresses, which EC2 lists in one page. */
public final class PublicAddressAdapter implements Ec2Adapter<PublicAddressDesired, PublicAddress> {
  private final AwsClients clients;

  PublicAddressAdapter(AwsClients clients) {
    this.clients = clients;
  }

  @Override
  public AwsClients clients() {
    return clients;
  }

  @Override
  public List<PublicAddress> everything() {
    return ec2().describeAddresses().addresses().stream()
        .filter(address -> address.allocationId() != null)
        .map(PublicAddressAdapter::row)
        .toList();
  }

  private static PublicAddress row(Address address) {
    Map<String, String> tags = Ec2Tags.of(address.tags());
    String state = address.associationId() == null ? "free" : "associated";
    return new PublicAddress(
        Ec2Adapter.name(tags), address.allocationId(), address.publicIp(), state, tags);
  }

  @Override
  public PublicAddress create(PublicAddressDesired desired, Map<String, String> tags) {
    var specification = Ec2Tags.specification(ResourceType.ELASTIC_IP, tags);
    var made =
        ec2().allocateAddress(it -> it.domain(DomainType.VPC).tagSpecifications(specification));
    Map<String, String> all = Ec2Tags.of(specification.tags());
    return new PublicAddress(
        Ec2Adapter.name(all), made.allocationId(), made.publicIp(), "free", all);
  }

  /** Nothing of it can differ. */
  @Override
  public PublicAddress update(
      PublicAddress actual, PublicAddressDesired desired, List<Difference> changes) {
    return actual;
  }

  @Override
  public Optional<PublicAddress> delete(PublicAddress actual, Disposal disposal) {
    Ec2Adapter.unlessGone(() -> ec2().releaseAddress(it -> it.allocationId(actual.resourceId())));
    return Optional.empty();
  }
}
