/** Checks of arguments, seeds of random numbers, values as JSON, and the mark that ties a class to its paper. */
@NullMarked
package touchstone.util;

import org.jspecify.annotations.NullMarked;
