/** Fine-tuning policies that write word by word: on responses, on parts of responses, and on pairs of them. */
@NullMarked
package touchstone.rlhf.shaping;

import org.jspecify.annotations.NullMarked;
