/** Javadoc from source jars, offline: finds the comment of a class or member, reads it, writes it in three formats. */
@NullMarked
package touchstone.kernel.javadoc;

import org.jspecify.annotations.NullMarked;
