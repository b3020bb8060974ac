package io.highlyavailable.testbed.cli;

/**
 * The command cannot reach its goal; the message says why and what to do, and needs no stack trace.
 */
final class LocalFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LocalFailure(String message) {
    super(message);
  }
}
