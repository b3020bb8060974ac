package io.highlyavailable.operator.component.snapshots;

/** Nothing is asked of snapshots: they are there or not. */
public record SnapshotsDesired() {}
