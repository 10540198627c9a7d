/** Models that think before they answer: how long they think, by force, and what is in the thought and in the answer. */
@NullMarked
package touchstone.guard.reasoning;

import org.jspecify.annotations.NullMarked;
