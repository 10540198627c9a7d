/** Out-of-distribution detectors: higher scores lie further out. */
@NullMarked
package touchstone.ood;

import org.jspecify.annotations.NullMarked;
