/** Decisions from scores: thresholds with a guaranteed rate of false alarms, p-values, and abstention. */
@NullMarked
package touchstone.ood.threshold;

import org.jspecify.annotations.NullMarked;
