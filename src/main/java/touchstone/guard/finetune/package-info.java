/** Fine-tuning of a model that refuses: attacks on its refusals, what they cost, and what holds against them. */
@NullMarked
package touchstone.guard.finetune;

import org.jspecify.annotations.NullMarked;
