package io.highlyavailable.operator.component.cluster;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Listing;
import io.highlyavailable.operator.component.ReadOnlyAdapter;
import io.highlyavailable.operator.component.network.Network;
import io.highlyavailable.operator.component.network.Subnet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.eks.model.ResourceNotFoundException;

/** The one cluster that the operator runs in: all others are nobody's business. */
public final class ClusterAdapter implements ReadOnlyAdapter<ClusterDesired, Cluster> {
  private final AwsClients clients;
  private final Adapter<?, Network> networks;

  ClusterAdapter(AwsClients clients, Adapter<?, Network> networks) {
    this.clients = clients;
    this.networks = networks;
  }

  @Override
  public String service() {
    return "eks";
  }

  @Override
  public Listing<Cluster> list() {
    return Listing.of(find(clients.eksCluster()).stream().toList());
  }

  @Override
  public Optional<Cluster> find(String name) {
    if (name.isEmpty() || !name.equals(clients.eksCluster())) {
      return Optional.empty();
    }
    try {
      return Optional.of(row(clients.eks().describeCluster(it -> it.name(name)).cluster()));
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  /** What EKS has not made yet is left empty: the cluster is not active then. */
  private Cluster row(software.amazon.awssdk.services.eks.model.Cluster cluster) {
    var vpc = Optional.ofNullable(cluster.resourcesVpcConfig());
    List<Subnet> subnets =
        vpc.map(it -> it.vpcId()).flatMap(networks::find).map(Network::subnets).orElse(List.of());
    var authority = cluster.certificateAuthority();
    var network = cluster.kubernetesNetworkConfig();
    return new Cluster(
        cluster.name(),
        cluster.arn(),
        cluster.statusAsString(),
        Objects.requireNonNullElse(cluster.version(), ""),
        Objects.requireNonNullElse(cluster.endpoint(), ""),
        authority == null ? "" : Objects.requireNonNullElse(authority.data(), ""),
        network == null ? "" : Objects.requireNonNullElse(network.serviceIpv4Cidr(), ""),
        vpc.map(it -> it.clusterSecurityGroupId()).orElse(""),
        subnets);
  }
}
