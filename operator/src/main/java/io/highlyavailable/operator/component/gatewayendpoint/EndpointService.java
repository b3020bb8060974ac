package io.highlyavailable.operator.component.gatewayendpoint;

import io.highlyavailable.operator.component.ComponentName;

/** Services that gateway endpoints lead to; these endpoints cost nothing. */
public enum EndpointService {
  /** Object storage. */
  S3("s3"),
  /** Tables. */
  DYNAMODB("dynamodb");

  private final String id;

  EndpointService(String id) {
    this.id = id;
  }

  ComponentName component() {
    return new ComponentName(id + "-endpoint");
  }

  /** The service's name, such as {@code com.amazonaws.eu-west-1.s3}. */
  String in(String region) {
    return "com.amazonaws." + region + "." + id;
  }
}
