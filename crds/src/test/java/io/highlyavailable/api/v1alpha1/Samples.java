package io.highlyavailable.api.v1alpha1;

import java.util.List;

/** Objects with every field set. */
final class Samples {

  private Samples() {}

  static HighlyAvailableAppStatus status() {
    return new HighlyAvailableAppStatus(
        7L,
        Phase.READY,
        "https://shop.example.com",
        new LoadBalancerStatus("shop-1.eu-west-1.elb.amazonaws.com"),
        3,
        "app.kubernetes.io/instance=shop",
        List.of(
            new Condition(
                "Ready",
                ConditionStatus.TRUE,
                "AllComponentsReady",
                "All is well",
                7L,
                "2026-11-23T10:00:00Z")),
        List.of(
            new ComponentStatus(
                "database",
                "rds",
                "arn:aws:rds:eu-west-1:111122223333:db:ha-shop",
                Ownership.CREATED,
                "available",
                true,
                "",
                "",
                "snapshot ha-shop-final",
                new CreationStatus("a", "2026-11-23T10:00:00Z"),
                List.of(new Drift("backupRetentionDays", "14", "7", DriftAction.CORRECTED)))),
        List.of(new BindingStatus("shop-database", "postgresql")),
        new DeletionStatus(List.of("a"), List.of("b"), List.of("c")),
        "2026-11-23T10:00:00Z",
        "2026-11-23T11:00:00Z",
        new BackupStatus(
            "2026-11-23T09:55:00Z",
            "eu-central-1",
            "2026-11-23T09:45:00Z",
            new VerificationStatus(
                "2026-11-23T08:00:00Z",
                VerificationResult.SUCCEEDED,
                "2026-11-23T07:15:00Z",
                "it opens and has 12 tables")),
        new AwsStatus("111122223333", "eu-west-1", "eu-central-1"),
        new RolloutStatus(
            "example.com/shop:2",
            "example.com/shop:1",
            "2026-11-23T10:00:00Z",
            "2026-11-23T10:02:00Z",
            "ha-shop-target-5xx"),
        new PlanStatus(
            "sha256:ab12",
            List.of(
                new PlannedAction(
                    "database",
                    PlannedActionKind.UPDATE,
                    true,
                    "instanceClass db.t4g.medium -> db.r7g.large"))),
        new ScalingStatus(4, ScalingLimit.REQUESTS_PER_SECOND, "held"),
        List.of(new ZoneStatus("eu-west-1a", 1)));
  }
}
