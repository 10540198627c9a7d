/** Probes of an unlearned model, always beside one that was retrained. */
@NullMarked
package touchstone.unlearn.report;

import org.jspecify.annotations.NullMarked;
