package io.highlyavailable.operator.tracing;

/** What a span is part of, and can be handed to another thread that goes on with the work. */
public interface Origin {
  /** Nothing: the span begins a trace of its own. */
  Origin NONE = new Silence.NoOrigin();
}
