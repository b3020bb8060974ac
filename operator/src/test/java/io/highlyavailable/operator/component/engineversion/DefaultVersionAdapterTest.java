package io.highlyavailable.operator.component.engineversion;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.ReadOnlyContract;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DefaultVersionAdapterTest extends ReadOnlyContract<DefaultVersionDesired, DefaultVersion> {
  DefaultVersionAdapterTest() {
    super(new DefaultVersionModule());
  }

  @Test
  void findsTheVersionThatAnInstanceWouldGet() {
    assertThat(adapter.find("postgres"))
        .hasValueSatisfying(version -> assertThat(version.state()).startsWith("17."));
    assertThat(adapter.find("mysql"))
        .hasValueSatisfying(version -> assertThat(version.state()).startsWith("8.4."));
  }

  /** For all apps together: the names need no call at all. */
  @Test
  void asksOnceAnHour() {
    List<String> calls = new ArrayList<>();
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    var counted =
        new DefaultVersionAdapter(
            world.clients("counted", call -> calls.add(call.operation())), now::get);
    counted.list();
    counted.find("postgres");
    now.set(Instant.EPOCH.plusSeconds(3599));
    counted.find("postgres");
    assertThat(calls).hasSize(1);
    now.set(Instant.EPOCH.plusSeconds(3600));
    counted.find("postgres");
    assertThat(calls).hasSize(2);
  }
}
