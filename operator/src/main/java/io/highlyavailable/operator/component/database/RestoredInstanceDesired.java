package io.highlyavailable.operator.component.database;

import io.highlyavailable.operator.model.Sensitive;
import java.util.Map;

/**
 * A temporary instance as it should be: of the latest backup, in one zone, private, with no backups
 * of its own.
 *
 * @param name its identifier
 * @param source the instance whose backup it is of
 * @param instanceClass such as {@code db.t4g.small}
 * @param subnetGroup the source's DB subnet group
 * @param securityGroupId the source's security group: who reaches one reaches the other
 * @param password the master user's, set once it is there
 * @param marks tags that say what it is for, since when, and what it reaches
 */
public record RestoredInstanceDesired(
    String name,
    String source,
    String instanceClass,
    String subnetGroup,
    String securityGroupId,
    Sensitive password,
    Map<String, String> marks) {
  public RestoredInstanceDesired {
    marks = Map.copyOf(marks);
  }
}
