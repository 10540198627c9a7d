/** The published evaluation logs of TOFU. */
@NullMarked
package touchstone.unlearn.tofu;

import org.jspecify.annotations.NullMarked;
