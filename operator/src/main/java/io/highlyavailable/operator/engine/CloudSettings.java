package io.highlyavailable.operator.engine;

import java.time.Duration;

/**
 * How often clouds are looked at, and how hard they are worked.
 *
 * @param pollFast between listings while something is in transition
 * @param pollSlow between listings otherwise
 * @param auditInterval between readings of one resource in full, where listings show names only
 * @param settleWindow how long after a write a listing may contradict it
 * @param callsPerSecond calls to one service, when it is content
 */
public record CloudSettings(
    Duration pollFast,
    Duration pollSlow,
    Duration auditInterval,
    Duration settleWindow,
    double callsPerSecond) {}
