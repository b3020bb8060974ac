package io.highlyavailable.testbed.alb;

/** How a target group checks its targets; the times are in seconds. */
record HealthCheck(
    String port,
    String protocol,
    String path,
    int interval,
    int timeout,
    int healthyThreshold,
    int unhealthyThreshold,
    String successCodes) {

  /** What the annotations say, else the documented defaults. */
  static HealthCheck of(Annotations annotations) {
    return new HealthCheck(
        annotations.text("healthcheck-port").orElse("traffic-port"),
        annotations.oneOf("healthcheck-protocol", "HTTP", "HTTP", "HTTPS"),
        annotations.text("healthcheck-path").orElse("/"),
        annotations.number("healthcheck-interval-seconds", 15),
        annotations.number("healthcheck-timeout-seconds", 5),
        annotations.number("healthy-threshold-count", 2),
        annotations.number("unhealthy-threshold-count", 2),
        annotations.text("success-codes").orElse("200"));
  }
}
