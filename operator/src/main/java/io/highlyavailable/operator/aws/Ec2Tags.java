package io.highlyavailable.operator.aws;

import io.highlyavailable.operator.component.Piece;
import io.highlyavailable.operator.model.AppIdentity;
import io.highlyavailable.operator.model.Names;
import io.highlyavailable.operator.model.OwnershipTags;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/**
 * Tags of what EC2 knows by ids only. The ownership tags say which app's which component it is; the
 * tag {@code Name} says it to people, who may change it, and stands in where ours were removed:
 * what bears our name and not our tags is then seen as somebody else's, and not made a second time.
 */
public final class Ec2Tags {
  private static final String NAME = "Name";

  private Ec2Tags() {}

  /** Tags as a map. */
  public static Map<String, String> of(List<Tag> tags) {
    return tags.stream().collect(Collectors.toMap(Tag::key, Tag::value, (a, b) -> b, TreeMap::new));
  }

  /** Tags as EC2 takes them, in a stable order. */
  public static List<Tag> ec2(Map<String, String> tags) {
    return new TreeMap<>(tags)
        .entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
  }

  /** The tags of something that is about to be created, its name among them. */
  public static TagSpecification specification(ResourceType type, Map<String, String> tags) {
    Map<String, String> all = new TreeMap<>(tags);
    name(tags).ifPresent(name -> all.put(NAME, name));
    return TagSpecification.builder().resourceType(type).tags(ec2(all)).build();
  }

  /** The name in its inventory of what bears these tags; empty for what is no app's. */
  public static Optional<String> name(Map<String, String> tags) {
    String component = tags.get(OwnershipTags.COMPONENT);
    String cluster = tags.get(OwnershipTags.CLUSTER_ID);
    String namespace = tags.get(OwnershipTags.NAMESPACE);
    String app = tags.get(OwnershipTags.NAME);
    if (component == null || cluster == null || namespace == null || app == null) {
      return Optional.ofNullable(tags.get(NAME)).filter(name -> name.startsWith(Names.PREFIX));
    }
    var identity = new AppIdentity(cluster, "", namespace, "", app, "");
    return Optional.of(Names.resource(identity) + "-" + component);
  }

  /** The same, for a row; empty when it is no app's. */
  static String nameOrNone(Map<String, String> tags) {
    return name(tags).orElse("");
  }

  /**
   * One row a name, always the same: what is owned before what only has the name, what stays before
   * what is being deleted, then the lowest id.
   */
  static <R extends Piece<R>> List<R> unique(Collection<R> rows) {
    Comparator<R> best =
        Comparator.comparing((R row) -> !row.tags().containsKey(OwnershipTags.UID))
            .thenComparing(row -> row.deleting())
            .thenComparing(row -> row.resourceId());
    Map<String, R> byName = new HashMap<>();
    rows.stream()
        .filter(row -> !row.name().isEmpty())
        .forEach(row -> byName.merge(row.name(), row, (a, b) -> best.compare(a, b) <= 0 ? a : b));
    return byName.values().stream().sorted(Comparator.comparing(R::name)).toList();
  }
}
