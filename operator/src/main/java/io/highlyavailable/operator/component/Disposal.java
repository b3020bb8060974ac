package io.highlyavailable.operator.component;

/** How a resource leaves the app. */
public sealed interface Disposal {
  /** It is deleted; what it holds, if anything, is not wanted any more. */
  record Delete() implements Disposal {}

  /**
   * It is deleted after its data was saved.
   *
   * @param snapshotName name of the final snapshot, deterministic
   */
  record SnapshotThenDelete(String snapshotName) implements Disposal {}

  /**
   * It stays, tagged as retained.
   *
   * @param policy the deletion policy that was in force, for the tag
   * @param reason why, for the status
   */
  record Retain(String policy, String reason) implements Disposal {}
}
