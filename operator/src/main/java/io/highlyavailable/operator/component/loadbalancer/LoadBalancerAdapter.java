package io.highlyavailable.operator.component.loadbalancer;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Listing;
import io.highlyavailable.operator.component.ReadOnlyAdapter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesRequest;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.TagFilter;

/** Finds all Ingresses' load balancers and target groups by tag, in one paged listing. */
public final class LoadBalancerAdapter
    implements ReadOnlyAdapter<LoadBalancerDesired, LoadBalancer> {
  /** The tagging API's largest page. */
  private static final int PAGE = 100;

  /** The AWS Load Balancer Controller's tag: namespace and name of an Ingress without a group. */
  private static final String STACK = "ingress.k8s.aws/stack";

  private final AwsClients clients;

  LoadBalancerAdapter(AwsClients clients) {
    this.clients = clients;
  }

  @Override
  public String service() {
    return "tagging";
  }

  @Override
  public Listing<LoadBalancer> list() {
    return Listing.of(stacks(TagFilter.builder().key(STACK).build()));
  }

  @Override
  public Optional<LoadBalancer> find(String name) {
    return stacks(TagFilter.builder().key(STACK).values(name).build()).stream().findFirst();
  }

  private List<LoadBalancer> stacks(TagFilter filter) {
    var request =
        GetResourcesRequest.builder()
            .resourceTypeFilters(
                "elasticloadbalancing:loadbalancer", "elasticloadbalancing:targetgroup")
            .tagFilters(filter)
            .resourcesPerPage(PAGE)
            .build();
    Map<String, List<ResourceTagMapping>> byStack =
        clients.tagging().getResourcesPaginator(request).resourceTagMappingList().stream()
            .collect(
                Collectors.groupingBy(
                    LoadBalancerAdapter::stack, TreeMap::new, Collectors.toList()));
    return byStack.entrySet().stream()
        .map(
            stack ->
                new LoadBalancer(
                    stack.getKey(),
                    arns(stack.getValue(), arn -> arn.contains(":loadbalancer/app/")),
                    arns(stack.getValue(), arn -> arn.contains(":targetgroup/"))))
        .toList();
  }

  private static String stack(ResourceTagMapping resource) {
    return resource.tags().stream()
        .filter(tag -> STACK.equals(tag.key()))
        .map(tag -> tag.value())
        .findFirst()
        .orElse("");
  }

  private static SortedSet<String> arns(
      List<ResourceTagMapping> resources, Predicate<String> type) {
    return resources.stream()
        .map(ResourceTagMapping::resourceARN)
        .filter(type)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
