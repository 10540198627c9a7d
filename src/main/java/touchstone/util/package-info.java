/** Checks of arguments, seeds of random numbers, and the mark that ties a class to its paper. */
@NullMarked
package touchstone.util;

import org.jspecify.annotations.NullMarked;
