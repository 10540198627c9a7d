/** Charts and pictures in one theme, each with a description in words. */
@NullMarked
package touchstone.viz;

import org.jspecify.annotations.NullMarked;
