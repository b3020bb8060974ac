package io.highlyavailable.operator.component.backupcopy;

/**
 * Copies as they should be made.
 *
 * @param name the instance's identifier
 * @param sourceArn the instance's ARN
 * @param sourceRegion the instance's region
 * @param retentionDays how long copies are kept
 * @param kmsKeyArn a key in the region of the copies
 */
public record BackupCopyDesired(
    String name, String sourceArn, String sourceRegion, int retentionDays, String kmsKeyArn) {}
