package io.highlyavailable.testbed.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;

/**
 * One recorded call.
 *
 * @param index its number, in the order of arrival
 * @param time when it arrived
 * @param service the service, named as in the SDK: {@code rds}, {@code s3}, {@code cloudwatch},
 *     {@code elasticloadbalancing}, {@code resourcegroupstaggingapi}, ...
 * @param operation the operation's name in the API reference, such as {@code CreateDBInstance}
 * @param resource the name, id or ARN that it is about, or empty
 * @param region the region that it was signed for
 * @param caller the access key id that signed it
 * @param mutating whether the operation may change anything
 * @param status HTTP status; 0 while it is under way, and when the connection was dropped
 * @param error the service's error code, or empty
 * @param fault the injected faults' kinds, separated by commas, or empty
 * @param duration how long the emulator took
 */
public record Call(
    long index,
    Instant time,
    String service,
    String operation,
    String resource,
    String region,
    String caller,
    boolean mutating,
    int status,
    String error,
    String fault,
    Duration duration) {

  static Call of(JsonNode json) {
    return new Call(
        json.get("index").asLong(),
        Instant.ofEpochMilli(json.get("time").asLong()),
        json.get("service").asText(),
        json.get("operation").asText(),
        json.get("resource").asText(),
        json.get("region").asText(),
        json.get("caller").asText(),
        json.get("mutating").asBoolean(),
        json.get("status").asInt(),
        json.get("error").asText(),
        json.get("fault").asText(),
        Duration.ofNanos((long) (json.get("millis").asDouble() * 1_000_000)));
  }
}
