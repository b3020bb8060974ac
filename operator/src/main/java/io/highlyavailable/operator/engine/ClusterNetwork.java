package io.highlyavailable.operator.engine;

import io.highlyavailable.operator.component.CloudFailure;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The network of the cluster that the operator runs in, as its provider knows it.
 *
 * @param vpcId the VPC; empty when not known
 * @param securityGroupIds the groups of its nodes and pods; empty when not known
 * @param failure why it is not known, or null
 */
public record ClusterNetwork(
    String vpcId, List<String> securityGroupIds, @Nullable CloudFailure failure) {
  /** Nobody is asked. */
  public static final ClusterNetwork NONE = new ClusterNetwork("", List.of(), null);

  public ClusterNetwork {
    securityGroupIds = List.copyOf(securityGroupIds);
  }

  /**
   * Asks each time until there is an answer, which then holds for good: a cluster keeps its VPC and
   * its group for life. Never throws what the asker throws. For one thread.
   *
   * @param asker asks the provider
   * @param classifier knows what its errors mean
   */
  public static Supplier<ClusterNetwork> remembered(
      Supplier<ClusterNetwork> asker, Function<Throwable, CloudFailure> classifier) {
    return new Supplier<>() {
      private @Nullable ClusterNetwork known;

      @Override
      public ClusterNetwork get() {
        ClusterNetwork before = known;
        if (before != null) {
          return before;
        }
        try {
          ClusterNetwork answer = asker.get();
          known = answer;
          return answer;
        } catch (RuntimeException e) {
          return new ClusterNetwork("", List.of(), classifier.apply(e));
        }
      }
    };
  }
}
