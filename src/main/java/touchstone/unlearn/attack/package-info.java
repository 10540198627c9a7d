/** Membership inference: was this example trained on? */
@NullMarked
package touchstone.unlearn.attack;

import org.jspecify.annotations.NullMarked;
