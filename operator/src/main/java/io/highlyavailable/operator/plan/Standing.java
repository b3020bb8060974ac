package io.highlyavailable.operator.plan;

/** Where a component stands, for conditions and phase. */
public enum Standing {
  /** Observed doing its job. */
  READY,
  /** On its way; nothing is asked of anyone. */
  PROGRESSING,
  /** Stuck until a person or the provider changes something. */
  FAILED,
  /** Being taken away. */
  REMOVING
}
