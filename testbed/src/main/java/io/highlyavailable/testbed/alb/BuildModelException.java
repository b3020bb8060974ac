package io.highlyavailable.testbed.alb;

/** An Ingress that no load balancer can be derived from. The message is for its author. */
final class BuildModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BuildModelException(String message) {
    super(message);
  }
}
