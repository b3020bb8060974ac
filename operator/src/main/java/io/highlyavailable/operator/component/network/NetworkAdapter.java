package io.highlyavailable.operator.component.network;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Listing;
import io.highlyavailable.operator.component.ReadOnlyAdapter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.SubnetState;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Reads every VPC's subnets in one paged listing. */
public final class NetworkAdapter implements ReadOnlyAdapter<NetworkDesired, Network> {
  /** EC2's largest page. */
  private static final int PAGE = 1000;

  /** The values by which the AWS Load Balancer Controller counts a subnet in. */
  private static final Set<String> TAGGED = Set.of("", "1");

  /** What the tag of a cluster's subnet begins with; the cluster's name in EKS follows. */
  private static final String CLUSTER_TAG = "kubernetes.io/cluster/";

  private final AwsClients clients;

  NetworkAdapter(AwsClients clients) {
    this.clients = clients;
  }

  @Override
  public String service() {
    return "ec2";
  }

  @Override
  public Listing<Network> list() {
    return Listing.of(networks(DescribeSubnetsRequest.builder().maxResults(PAGE).build()));
  }

  @Override
  public Optional<Network> find(String name) {
    Filter vpc = Filter.builder().name("vpc-id").values(name).build();
    return networks(DescribeSubnetsRequest.builder().filters(vpc).build()).stream().findFirst();
  }

  private List<Network> networks(DescribeSubnetsRequest request) {
    Map<String, List<software.amazon.awssdk.services.ec2.model.Subnet>> byVpc =
        clients.ec2().describeSubnetsPaginator(request).subnets().stream()
            .filter(subnet -> subnet.state() == SubnetState.AVAILABLE)
            .collect(
                Collectors.groupingBy(
                    software.amazon.awssdk.services.ec2.model.Subnet::vpcId,
                    TreeMap::new,
                    Collectors.toList()));
    return byVpc.entrySet().stream().map(vpc -> network(vpc.getKey(), vpc.getValue())).toList();
  }

  private Network network(
      String vpcId, List<software.amazon.awssdk.services.ec2.model.Subnet> subnets) {
    String arn = clients.arn("ec2", subnets.getFirst().ownerId(), "vpc/" + vpcId);
    return new Network(vpcId, arn, subnets.stream().map(this::subnet).toList());
  }

  private Subnet subnet(software.amazon.awssdk.services.ec2.model.Subnet subnet) {
    Map<String, String> tags =
        subnet.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value));
    return new Subnet(
        subnet.subnetId(),
        subnet.availabilityZone(),
        ours(tags) && tagged(tags, "kubernetes.io/role/internal-elb"),
        ours(tags) && tagged(tags, "kubernetes.io/role/elb"));
  }

  /**
   * Not a subnet of other clusters only, as the AWS Load Balancer Controller sees it. Source: its
   * "Subnet auto discovery", common tag.
   */
  private boolean ours(Map<String, String> tags) {
    return clients.eksCluster().isEmpty()
        || tags.containsKey(CLUSTER_TAG + clients.eksCluster())
        || tags.keySet().stream().noneMatch(key -> key.startsWith(CLUSTER_TAG));
  }

  private static boolean tagged(Map<String, String> tags, String key) {
    String value = tags.get(key);
    return value != null && TAGGED.contains(value);
  }
}
