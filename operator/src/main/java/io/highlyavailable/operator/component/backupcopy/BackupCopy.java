package io.highlyavailable.operator.component.backupcopy;

import io.highlyavailable.operator.component.CloudResource;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The copies of an instance's automated backups, in another region than the instance.
 *
 * @param name the instance's identifier
 * @param id the ARN of the automated backup
 * @param state RDS's word: {@code creating} until the first copy has arrived, then {@code active}
 * @param sourceArn the instance's ARN
 * @param retentionDays how long copies are kept
 * @param kmsKeyArn what they are encrypted with; empty for not at all
 * @param restorableTo the newest time that can be restored, down to a quarter of an hour; null
 *     while there is none
 */
public record BackupCopy(
    String name,
    String id,
    String state,
    String sourceArn,
    int retentionDays,
    String kmsKeyArn,
    @Nullable Instant restorableTo)
    implements CloudResource {
  static final String STOPPING = "stopping";

  /** They have none: the instance's say whose they are. */
  @Override
  public Map<String, String> tags() {
    return Map.of();
  }

  @Override
  public boolean inTransition() {
    return deleting();
  }

  @Override
  public boolean deleting() {
    return STOPPING.equals(state);
  }

  BackupCopy stopping() {
    return new BackupCopy(name, id, STOPPING, sourceArn, retentionDays, kmsKeyArn, restorableTo);
  }
}
