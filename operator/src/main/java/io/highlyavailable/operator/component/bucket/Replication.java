package io.highlyavailable.operator.component.bucket;

/** Where a bucket's objects should be copied to. */
public sealed interface Replication {
  /** Nowhere. */
  record None() implements Replication {}

  /** Not known while the other bucket or the role is not ready: what is there stays as it is. */
  record Undecided() implements Replication {}

  /**
   * To a bucket in another region: everything, with deletions, and with metrics of how far it is
   * behind.
   *
   * @param bucketArn the other bucket
   * @param roleArn the role that S3 takes on for it
   */
  record To(String bucketArn, String roleArn) implements Replication {
    /** The id of our one rule, and so the dimension {@code RuleId} of its metrics. */
    public static final String RULE = "recovery";

    /** The same on one line. */
    public String line() {
      return "everything, deletions too, with metrics, to " + bucketArn + " as " + roleArn;
    }
  }

  /** A configuration that is not ours, on one line. */
  static String other(String rules) {
    return OTHER + rules;
  }

  /** Whether a line is of our rule, as it should be or changed by somebody, and of no other. */
  static boolean ours(String line) {
    boolean changed = line.equals(other("[" + To.RULE + "]"));
    return changed || !line.isEmpty() && !line.startsWith(OTHER);
  }

  /** How a line of what is not ours begins. */
  String OTHER = "other rules ";
}
