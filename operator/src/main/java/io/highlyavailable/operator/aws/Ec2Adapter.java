package io.highlyavailable.operator.aws;

import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Listing;
import io.highlyavailable.operator.component.Piece;
import io.highlyavailable.operator.component.Tags;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * What adapters of EC2's nameless resources have in common. Everything of a kind is listed, ours or
 * not: a filter by one of our tags would not show what has lost it, and it would be made a second
 * time.
 *
 * <p>Their creates send no client token: EC2 answers a token that it knows with the resource that
 * it made then, even when that is long deleted. The intent on record does what the token would.
 *
 * @param <D> what should exist
 * @param <R> what exists
 */
public interface Ec2Adapter<D, R extends Piece<R>> extends Adapter<D, R> {
  /** EC2's largest page. */
  int PAGE = 1000;

  /** The clients of the region. */
  AwsClients clients();

  /** Everything of the kind; what is no app's has an empty name. */
  List<R> everything();

  @Override
  default String service() {
    return "ec2";
  }

  /** EC2 itself. */
  default Ec2Client ec2() {
    return clients().ec2();
  }

  @Override
  default Listing<R> list() {
    return Listing.of(Ec2Tags.unique(everything()));
  }

  @Override
  default Optional<R> find(String name) {
    return Ec2Tags.unique(everything()).stream().filter(row -> row.name().equals(name)).findFirst();
  }

  @Override
  default R tag(R actual, Map<String, String> tags) {
    ec2().createTags(to -> to.resources(actual.resourceId()).tags(Ec2Tags.ec2(tags)));
    return actual.withTags(Tags.with(actual.tags(), tags));
  }

  @Override
  default R untag(R actual, List<String> keys) {
    List<Tag> tags = keys.stream().map(key -> Tag.builder().key(key).build()).toList();
    ec2().deleteTags(to -> to.resources(actual.resourceId()).tags(tags));
    return actual.withTags(Tags.without(actual.tags(), keys));
  }

  /** The name of what bears these tags; empty for what is no app's. */
  static String name(Map<String, String> tags) {
    return Ec2Tags.nameOrNone(tags);
  }

  /** Makes a call about something that may be gone, which is no error. */
  static void unlessGone(Runnable call) {
    try {
      call.run();
    } catch (Ec2Exception e) {
      String code = e.awsErrorDetails().errorCode();
      if (!code.endsWith("NotFound") && !code.equals("Gateway.NotAttached")) {
        throw e;
      }
    }
  }
}
