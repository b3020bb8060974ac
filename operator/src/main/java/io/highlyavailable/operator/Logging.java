package io.highlyavailable.operator;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import io.fabric8.kubernetes.client.dsl.internal.VersionUsageUtils;
import io.highlyavailable.operator.config.Option;
import java.util.Map;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Sets up logs: lines of text for people, JSON for collectors. */
final class Logging {
  private Logging() {}

  /**
   * Chooses by {@link Option#LOG_FORMAT}; an unknown value is reported with the other faults. Where
   * reconciliations are traced, JSON has the ids of the trace.
   */
  static void configure(Map<String, String> environment) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    boolean traced = environment.getOrDefault(Option.TRACING.variable(), "").strip().equals("true");
    if (traced) {
      // OpenTelemetry says there when it cannot send.
      SLF4JBridgeHandler.removeHandlersForRootLogger();
      SLF4JBridgeHandler.install();
    }
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setEncoder(json(environment) ? jsonLines(context, traced) : text(context));
    console.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(console);
    context.getLogger("io.highlyavailable").setLevel(Level.INFO);
    // It warns at every start that our own API is v1alpha1.
    context.getLogger(VersionUsageUtils.class).setLevel(Level.ERROR);
  }

  private static boolean json(Map<String, String> environment) {
    String format =
        environment.getOrDefault(Option.LOG_FORMAT.variable(), Option.LOG_FORMAT.fallback());
    return format.equals("json")
        || format.equals("auto") && environment.containsKey("KUBERNETES_SERVICE_HOST");
  }

  private static Encoder<ILoggingEvent> text(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%d{HH:mm:ss.SSS} %-5level %msg%n");
    encoder.start();
    return encoder;
  }

  private static Encoder<ILoggingEvent> jsonLines(LoggerContext context, boolean traced) {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithSequenceNumber(false);
    encoder.setWithContext(false);
    encoder.setWithMDC(traced);
    encoder.setWithMarkers(false);
    encoder.setWithKVPList(false);
    encoder.setWithArguments(false);
    encoder.setWithMessage(false);
    encoder.setWithFormattedMessage(true);
    encoder.start();
    return encoder;
  }
}
