/** The Helm chart, by the real Helm and on a real API server. */
@NullMarked
package io.highlyavailable.operator.chart;

import org.jspecify.annotations.NullMarked;
