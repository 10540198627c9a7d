/** Exact removal of examples from linear models. */
@NullMarked
package touchstone.unlearn.linear;

import org.jspecify.annotations.NullMarked;
