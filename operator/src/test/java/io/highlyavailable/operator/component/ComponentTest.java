package io.highlyavailable.operator.component;

/** A test of one component. */
interface ComponentTest {
  /** Which one. */
  ComponentName row();
}
