package io.highlyavailable.operator.component;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * One of an app's two database users. While the pods use one, the other can be given a new password
 * without anybody noticing.
 */
public enum UserSlot {
  A("app_a", "database-user-a"),
  B("app_b", "database-user-b");

  private final String username;
  private final String suffix;

  UserSlot(String username, String suffix) {
    this.username = username;
    this.suffix = suffix;
  }

  /** The user's name in the database. */
  public String username() {
    return username;
  }

  /** Suffix of the Secret that holds its password. */
  public String suffix() {
    return suffix;
  }

  /** The other one. */
  public UserSlot other() {
    return this == A ? B : A;
  }

  /** The slot whose password a Secret of this suffix holds. */
  public static Optional<UserSlot> of(String suffix) {
    return Stream.of(values()).filter(slot -> slot.suffix.equals(suffix)).findFirst();
  }

  /** The slot of a user's name. */
  public static Optional<UserSlot> ofUsername(String username) {
    return Stream.of(values()).filter(slot -> slot.username.equals(username)).findFirst();
  }
}
