package io.highlyavailable.operator.tracing;

import io.highlyavailable.operator.model.AppKey;

/** Work under way, as a trace tells of it. */
public interface Span {
  /** Nobody is told. */
  Span NONE = new Silence.NoSpan();

  /** Says something of the work. */
  void set(Attribute attribute, String value);

  /** Says something of the work. */
  void set(Attribute attribute, long value);

  /**
   * The work failed, though it ends without an exception.
   *
   * @param code the provider's error code or an exception's name, never a message
   */
  void failed(String code);

  /** Says which app the work is for. */
  default void of(AppKey app) {
    set(Attribute.NAMESPACE, app.namespace());
    set(Attribute.APP, app.name());
  }
}
