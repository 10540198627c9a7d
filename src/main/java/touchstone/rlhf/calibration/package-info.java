/** Learning to ask so that a model's stated confidence can be trusted. */
@NullMarked
package touchstone.rlhf.calibration;

import org.jspecify.annotations.NullMarked;
