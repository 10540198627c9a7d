/**
 * A small decoder-only transformer as a language model: tokenizers, training, log-probabilities, cached sampling, hooks by layer
 * and head, low-rank adapters, soft prompts and task vectors.
 */
@NullMarked
package touchstone.nn.lm;

import org.jspecify.annotations.NullMarked;
