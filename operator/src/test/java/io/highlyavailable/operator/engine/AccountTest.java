package io.highlyavailable.operator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.highlyavailable.operator.component.CloudFailure.Kind;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AccountTest {
  private static final Account.Identity IDENTITY = new Account.Identity("111122223333", "aws");

  @Test
  void asksAgainUntilItIsKnown() {
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger told = new AtomicInteger();
    try (Account account =
        new Account(
            () -> {
              if (asked.incrementAndGet() < 3) {
                throw FakeThing.thrown(Kind.DENIED);
              }
              return IDENTITY;
            },
            FakeThing::classify,
            told::incrementAndGet)) {
      assertThat(account.identity()).isEmpty();
      account.start();
      await().until(() -> account.failure().isPresent());
      await().untilAsserted(() -> assertThat(account.identity()).contains(IDENTITY));
      assertThat(account.failure()).isEmpty();
      await().untilAsserted(() -> assertThat(told).hasValue(2));
    }
  }

  @Test
  void goesOnWhenNobodyCanBeTold() {
    AtomicInteger asked = new AtomicInteger();
    try (Account account =
        new Account(
            () -> {
              if (asked.incrementAndGet() == 1) {
                throw FakeThing.thrown(Kind.UNAVAILABLE);
              }
              return IDENTITY;
            },
            FakeThing::classify,
            () -> {
              throw new IllegalStateException("not started");
            })) {
      account.start();
      await().untilAsserted(() -> assertThat(account.identity()).contains(IDENTITY));
    }
  }
}
