/** Figures of merit over plain arrays; out-of-distribution is the positive class and scores higher. Loads no native code. */
@NullMarked
package touchstone.metrics;

import org.jspecify.annotations.NullMarked;
