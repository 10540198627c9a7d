/** Which attention heads carry a behaviour. */
@NullMarked
package touchstone.interpret.head;

import org.jspecify.annotations.NullMarked;
