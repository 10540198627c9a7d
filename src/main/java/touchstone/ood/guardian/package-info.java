/** Planning from recorded data with a guardian that keeps the plan where the data are. */
@NullMarked
package touchstone.ood.guardian;

import org.jspecify.annotations.NullMarked;
