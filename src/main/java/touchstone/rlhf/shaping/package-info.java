/** Fine-tuning that follows some tokens of a response and holds back on others. */
@NullMarked
package touchstone.rlhf.shaping;

import org.jspecify.annotations.NullMarked;
