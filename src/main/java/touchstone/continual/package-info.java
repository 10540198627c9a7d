/**
 * Continual and lifelong learning: metrics over accuracy matrices, evaluation curves and learning logs. Every mean skips what
 * was not evaluated (NaN); a mean without a term is NaN, never 0, and nothing is clipped, so that returns work as accuracies do.
 */
@NullMarked
package touchstone.continual;

import org.jspecify.annotations.NullMarked;
