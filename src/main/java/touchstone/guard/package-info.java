/** Guarding models, and how guards break. */
@NullMarked
package touchstone.guard;

import org.jspecify.annotations.NullMarked;
