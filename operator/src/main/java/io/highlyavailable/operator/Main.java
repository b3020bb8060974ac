package io.highlyavailable.operator;

/** Starts the operator. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {}
}
