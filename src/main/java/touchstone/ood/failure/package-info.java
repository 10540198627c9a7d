/** Failure of rollouts: scores along a sequence, bands with a guaranteed rate of false alarms, and when they alarm. */
@NullMarked
package touchstone.ood.failure;

import org.jspecify.annotations.NullMarked;
