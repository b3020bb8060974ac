package io.highlyavailable.operator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.highlyavailable.operator.component.CloudFailure.Kind;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ClusterNetworkTest {
  private static final ClusterNetwork NETWORK = new ClusterNetwork("vpc-1", List.of("sg-1"), null);

  /** Fails so many times before it answers. */
  private static Supplier<ClusterNetwork> after(int failures, AtomicInteger asked) {
    return ClusterNetwork.remembered(
        () -> {
          if (asked.incrementAndGet() <= failures) {
            throw FakeThing.thrown(Kind.DENIED);
          }
          return NETWORK;
        },
        FakeThing::classify);
  }

  @Test
  void isAskedForUntilThereIsAnAnswerAndNeverAgain() {
    AtomicInteger asked = new AtomicInteger();
    Supplier<ClusterNetwork> cluster = after(2, asked);

    ClusterNetwork denied = cluster.get();
    assertThat(denied.vpcId()).isEmpty();
    assertThat(denied.failure()).isNotNull().extracting("kind").isEqualTo(Kind.DENIED);
    assertThat(cluster.get().failure()).isNotNull();
    assertThat(cluster.get()).isEqualTo(NETWORK);
    assertThat(cluster.get()).isEqualTo(NETWORK);
    assertThat(asked).hasValue(3);
  }

  @Test
  void doesNotKeepTheAccountFromBeingKnownAndIsAskedForAgainSoon() {
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger told = new AtomicInteger();
    Supplier<ClusterNetwork> cluster = after(1, asked);
    try (Account account =
        new Account(
            () -> new Account.Identity("111122223333", "aws", cluster.get()),
            FakeThing::classify,
            told::incrementAndGet)) {
      account.start();

      await()
          .untilAsserted(
              () ->
                  assertThat(account.identity()).map(Account.Identity::cluster).contains(NETWORK));
      assertThat(account.failure()).isEmpty();
      assertThat(told).as("of the account, then of its network").hasValue(2);
    }
  }
}
