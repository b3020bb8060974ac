package io.highlyavailable.operator.component.database;

import java.util.Map;
import java.util.Set;

/**
 * One read replica at RDS.
 *
 * @param instance what there is to say of it as an instance
 * @param source identifier of the instance that it copies
 * @param replication RDS's word for how it copies, such as {@code replicating}; empty when unknown
 * @param error what stopped it; empty for nothing
 */
public record ReadReplica(Database instance, String source, String replication, String error) {
  /** It does not go on copying by itself, as documented of {@code DBInstanceStatusInfo}. */
  private static final Set<String> BROKEN = Set.of("error", "stopped", "terminated");

  boolean broken() {
    return BROKEN.contains(replication);
  }

  ReadReplica with(Database changed) {
    return new ReadReplica(changed, source, replication, error);
  }

  Map<String, String> tags() {
    return instance.tags();
  }
}
