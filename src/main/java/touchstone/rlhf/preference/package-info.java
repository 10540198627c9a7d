/** Preference pairs: reading, splitting and describing them, and their texts as sparse vectors. */
@NullMarked
package touchstone.rlhf.preference;

import org.jspecify.annotations.NullMarked;
