package io.highlyavailable.operator.aws;

import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.CloudFailureException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;

/**
 * What the resources of Elastic Load Balancing have in common: their tags, and creates that succeed
 * twice.
 *
 * @param elb the client of the region
 */
public record BalancingTags(ElasticLoadBalancingV2Client elb) {
  /** The tags of one resource. */
  public Map<String, String> of(String arn) {
    return elb.describeTags(request -> request.resourceArns(arn)).tagDescriptions().stream()
        .flatMap(described -> described.tags().stream())
        .collect(Collectors.toMap(Tag::key, Tag::value, (a, b) -> b, TreeMap::new));
  }

  /** Sets tags of one resource. */
  public void set(String arn, Map<String, String> tags) {
    elb.addTags(request -> request.resourceArns(arn).tags(sdk(tags)));
  }

  /** Removes tags of one resource. */
  public void remove(String arn, List<String> keys) {
    elb.removeTags(request -> request.resourceArns(arn).tagKeys(keys));
  }

  /** Tags as the SDK has them, in order of their keys. */
  public static List<Tag> sdk(Map<String, String> tags) {
    return new TreeMap<>(tags)
        .entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
  }

  /**
   * Why something is not created that is there. Elastic Load Balancing answers a create of the same
   * name and settings with what it has, so that somebody else's would pass for ours.
   *
   * @param operation such as {@code elasticloadbalancing:CreateTargetGroup}
   * @param name what is to be created
   */
  public static CloudFailureException taken(String operation, String name) {
    return new CloudFailureException(
        new CloudFailure(
            CloudFailure.Kind.EXISTS,
            operation,
            "AlreadyExists",
            name + " is there already",
            "",
            false));
  }
}
