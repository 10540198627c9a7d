/** Intervals and tests over plain arrays. Loads no native code. */
@NullMarked
package touchstone.stats;

import org.jspecify.annotations.NullMarked;
