/** What a model's inner activations tell, and what changes when they are changed. */
@NullMarked
package touchstone.interpret;

import org.jspecify.annotations.NullMarked;
