/** Checks of arguments and seeds of random numbers. */
@NullMarked
package touchstone.util;

import org.jspecify.annotations.NullMarked;
