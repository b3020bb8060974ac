package io.highlyavailable.operator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.highlyavailable.operator.model.AppKey;
import io.highlyavailable.operator.tracing.SpanProbe;
import io.javaoperatorsdk.operator.api.monitoring.Metrics.ControllerExecution;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class ExecutionsTest {
  private final SpanProbe probe = new SpanProbe();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<AppKey> gone = new ArrayList<>();
  private final Executions executions = new Executions(registry, gone::add, probe.tracing());

  private record Execution(String name, Callable<String> body)
      implements ControllerExecution<String> {
    @Override
    public String controllerName() {
      return "apps";
    }

    @Override
    public String successTypeName(String result) {
      return result;
    }

    @Override
    public ResourceID resourceID() {
      return new ResourceID("shop", "default");
    }

    @Override
    public Map<String, Object> metadata() {
      return Map.of();
    }

    @Override
    public String execute() throws Exception {
      return body.call();
    }
  }

  private long count(String operation, String result) {
    var timer =
        registry
            .find("haapp.reconcile.duration")
            .tags("operation", operation, "result", result)
            .timer();
    return timer == null ? 0 : timer.count();
  }

  @Test
  void timesReconciliationsByTheirResult() throws Exception {
    assertThat(executions.timeControllerExecution(new Execution("reconcile", () -> "done")))
        .isEqualTo("done");
    assertThatThrownBy(
            () ->
                executions.timeControllerExecution(
                    new Execution(
                        "cleanup",
                        () -> {
                          throw new IllegalStateException("refused");
                        })))
        .hasMessage("refused");

    assertThat(count("reconcile", "success")).isOne();
    assertThat(count("cleanup", "failure")).isOne();
    assertThat(count("reconcile", "failure")).isZero();
  }

  @Test
  void tellsWhichAppsAreGone() {
    executions.cleanupDoneFor(new ResourceID("shop", "default"), Map.of());

    assertThat(gone).containsExactly(new AppKey("default", "shop"));
  }

  @Test
  void eachReconciliationIsATraceOfItsAppAndOneThatFailsSaysHow() throws Exception {
    executions.timeControllerExecution(new Execution("reconcile", () -> "done"));
    Execution failing =
        new Execution(
            "cleanup",
            () -> {
              throw new IllegalStateException("password=hunter2");
            });
    assertThatThrownBy(() -> executions.timeControllerExecution(failing))
        .isInstanceOf(IllegalStateException.class);

    assertThat(SpanProbe.attributes(probe.span("reconcile")))
        .isEqualTo(Map.of("k8s.namespace.name", "default", "highlyavailable.app.name", "shop"));
    assertThat(SpanProbe.attributes(probe.span("cleanup")))
        .containsEntry("error.type", "java.lang.IllegalStateException");
    assertThat(probe.spans().toString()).doesNotContain("hunter2");
  }
}
