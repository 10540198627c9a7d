/**
 * Small worlds whose truth is known exactly: what is said in them is drawn from a seed, and what should be answered is computed, so
 * that a model trained in seconds is judged without a judge. Words only; no tensors.
 */
@NullMarked
package touchstone.data.world;

import org.jspecify.annotations.NullMarked;
