/** Directions of the representations, and soft prompts that move along them. */
@NullMarked
package touchstone.interpret.direction;

import org.jspecify.annotations.NullMarked;
