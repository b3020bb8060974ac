package io.highlyavailable.operator.component.targetgroup;

/**
 * A target group as it should be.
 *
 * @param name its name
 * @param place what is fixed when it is made
 * @param healthCheck how targets are checked
 * @param deregistrationDelay for how long a target that was taken out may answer what it was asked
 *     before, in seconds
 */
public record TargetGroupDesired(
    String name,
    TargetGroup.Place place,
    TargetGroup.HealthCheck healthCheck,
    int deregistrationDelay) {}
