/** Removing what a model learnt from some examples, and finding out whether it is gone. */
@NullMarked
package touchstone.unlearn;

import org.jspecify.annotations.NullMarked;
