package io.highlyavailable.operator.tracing;

import io.highlyavailable.operator.config.InvalidConfigException;
import io.highlyavailable.operator.config.OperatorConfig;
import io.highlyavailable.operator.config.Option;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.resources.Resource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends spans in the background to a collector, by OTLP over HTTP, as OpenTelemetry's standard
 * environment variables say. What a collector does not take in time is dropped.
 */
public final class Export {
  /** OpenTelemetry's own default is gRPC, for which there is no sender. */
  private static final Map<String, String> DEFAULTS =
      Map.of("otel.exporter.otlp.protocol", "http/protobuf");

  private Export() {}

  /**
   * Begins to send.
   *
   * @param version the operator's version
   * @param clusterId the cluster's name
   * @param traces what is configured; goes before OpenTelemetry's variables
   * @throws InvalidConfigException when OpenTelemetry refuses one of its variables
   */
  public static Tracing start(String version, String clusterId, OperatorConfig.Traces traces) {
    return start(version, clusterId, properties(traces));
  }

  static Map<String, String> properties(OperatorConfig.Traces traces) {
    Map<String, String> properties = new HashMap<>();
    if (!traces.endpoint().isEmpty()) {
      properties.put("otel.exporter.otlp.endpoint", traces.endpoint());
    }
    properties.put("otel.traces.sampler", traces.sampler());
    properties.put("otel.traces.sampler.arg", traces.samplerArgument());
    properties.put("otel.service.name", traces.serviceName());
    properties.put("otel.metrics.exporter", "none");
    properties.put("otel.logs.exporter", "none");
    return properties;
  }

  static Tracing start(String version, String clusterId, Map<String, String> properties) {
    Resource operator =
        Resource.create(
            Attributes.of(
                AttributeKey.stringKey("service.version"), version,
                AttributeKey.stringKey("k8s.cluster.name"), clusterId));
    try {
      var sdk =
          AutoConfiguredOpenTelemetrySdk.builder()
              .addPropertiesSupplier(() -> DEFAULTS)
              .addPropertiesCustomizer(environment -> properties)
              .addResourceCustomizer((resource, environment) -> operator.merge(resource))
              .disableShutdownHook()
              .build()
              .getOpenTelemetrySdk();
      return new OpenTelemetryTracing(sdk.getSdkTracerProvider(), version);
    } catch (ConfigurationException | IllegalArgumentException | IllegalStateException e) {
      throw new InvalidConfigException(
          List.of(Option.TRACING.variable() + ": OpenTelemetry cannot start: " + e.getMessage()));
    }
  }
}
