package io.highlyavailable.operator.component.accessentry;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Listing;
import io.highlyavailable.operator.component.Tags;
import io.highlyavailable.operator.model.Names;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.eks.model.ListAccessEntriesRequest;
import software.amazon.awssdk.services.eks.model.ResourceNotFoundException;

/** Access entries of the operator's own cluster; a listing shows their roles only. */
public final class AccessEntryAdapter implements Adapter<AccessEntryDesired, AccessEntry> {
  /** EKS's largest page. */
  private static final int PAGE = 100;

  private final AwsClients clients;

  AccessEntryAdapter(AwsClients clients) {
    this.clients = clients;
  }

  @Override
  public String service() {
    return "eks";
  }

  /** Without the cluster's name, or where there is no such cluster, there are none. */
  @Override
  public Listing<AccessEntry> list() {
    if (clients.eksCluster().isEmpty()) {
      return Listing.of(List.of());
    }
    var request =
        ListAccessEntriesRequest.builder()
            .clusterName(clients.eksCluster())
            .maxResults(PAGE)
            .build();
    try {
      return Listing.ofNames(
          clients.eks().listAccessEntriesPaginator(request).accessEntries().stream()
              .filter(role -> role.contains("/" + Names.PREFIX))
              .collect(Collectors.toSet()));
    } catch (ResourceNotFoundException e) {
      return Listing.of(List.of());
    }
  }

  @Override
  public Optional<AccessEntry> find(String name) {
    if (clients.eksCluster().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          row(
              clients
                  .eks()
                  .describeAccessEntry(
                      it -> it.clusterName(clients.eksCluster()).principalArn(name))
                  .accessEntry()));
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  private static AccessEntry row(software.amazon.awssdk.services.eks.model.AccessEntry entry) {
    return new AccessEntry(
        entry.principalArn(),
        entry.accessEntryArn(),
        Objects.requireNonNullElse(entry.type(), ""),
        entry.tags());
  }

  @Override
  public AccessEntry create(AccessEntryDesired desired, Map<String, String> tags) {
    return row(
        clients
            .eks()
            .createAccessEntry(
                it ->
                    it.clusterName(clients.eksCluster())
                        .principalArn(desired.roleArn())
                        .type(desired.type())
                        .tags(tags))
            .accessEntry());
  }

  @Override
  public AccessEntry update(
      AccessEntry actual, AccessEntryDesired desired, List<Difference> changes) {
    throw new IllegalArgumentException("cannot be changed: " + changes);
  }

  @Override
  public AccessEntry tag(AccessEntry actual, Map<String, String> tags) {
    clients.eks().tagResource(it -> it.resourceArn(actual.id()).tags(tags));
    return actual.withTags(Tags.with(actual.tags(), tags));
  }

  @Override
  public AccessEntry untag(AccessEntry actual, List<String> keys) {
    clients.eks().untagResource(it -> it.resourceArn(actual.id()).tagKeys(keys));
    return actual.withTags(Tags.without(actual.tags(), keys));
  }

  @Override
  public Optional<AccessEntry> delete(AccessEntry actual, Disposal disposal) {
    try {
      clients
          .eks()
          .deleteAccessEntry(
              it -> it.clusterName(clients.eksCluster()).principalArn(actual.name()));
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }
}
