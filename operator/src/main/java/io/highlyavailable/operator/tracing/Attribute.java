package io.highlyavailable.operator.tracing;

/**
 * All that is told of a span, beside its name and times. Names are those of OpenTelemetry's
 * semantic conventions where these have one. None has text that AWS or tenants wrote into a request
 * or an answer: such text may be secret.
 */
public enum Attribute {
  /** The app's namespace, or a Kubernetes object's. */
  NAMESPACE("k8s.namespace.name"),
  /** The app's name. */
  APP("highlyavailable.app.name"),
  /** {@code metadata.generation} of the app, as a number. */
  GENERATION("highlyavailable.app.generation"),
  /** The app's phase, as the reconciliation found it. */
  PHASE("highlyavailable.app.phase"),
  /** The component that an action is of. */
  COMPONENT("highlyavailable.component"),
  /** The name of a cloud resource; of an ARN, only what follows the account. */
  RESOURCE("highlyavailable.resource"),
  /** How often in a row the same action was attempted, this time included; a number from 1. */
  ATTEMPT("highlyavailable.attempt"),
  /** The kind of a Kubernetes object. */
  OBJECT_KIND("highlyavailable.object.kind"),
  /** The name of a Kubernetes object. */
  OBJECT_NAME("highlyavailable.object.name"),
  /** Always {@code aws-api}. */
  RPC_SYSTEM("rpc.system"),
  /** The AWS service, as the SDK calls it. */
  RPC_SERVICE("rpc.service"),
  /** The operation of the AWS service. */
  RPC_METHOD("rpc.method"),
  /** Always {@code aws}. */
  CLOUD_PROVIDER("cloud.provider"),
  /** The region that was called. */
  CLOUD_REGION("cloud.region"),
  /** The status of the HTTP answer, as a number; absent when there was none. */
  HTTP_STATUS("http.response.status_code"),
  /** How often the SDK sent a call again: always 0, because the operator retries, not the SDK. */
  RESENDS("http.request.resend_count"),
  /** The id by which AWS knows the call, as CloudTrail has it; absent when there was no answer. */
  REQUEST_ID("aws.request_id"),
  /** AWS's error code, or the name of an exception; absent when nothing failed. */
  ERROR("error.type");

  private final String key;

  Attribute(String key) {
    this.key = key;
  }

  /** Its name in a span. */
  public String key() {
    return key;
  }
}
