package io.highlyavailable.operator.component.cluster;

/** What is asked of the cluster. */
public record ClusterDesired() {}
