package io.highlyavailable.operator.config;

import java.util.List;

/** The administrator's configuration cannot be used. The message names every fault, one a line. */
public final class InvalidConfigException extends RuntimeException {
  /**
   * @param faults one line each
   */
  public InvalidConfigException(List<String> faults) {
    super("The configuration is not valid:\n  " + String.join("\n  ", faults));
  }
}
