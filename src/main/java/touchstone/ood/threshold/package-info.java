/** Decisions from scores: thresholds with a guaranteed rate of false alarms, p-values, abstention, and watching a stream. */
@NullMarked
package touchstone.ood.threshold;

import org.jspecify.annotations.NullMarked;
