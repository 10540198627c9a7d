/** Driving a robot whose dynamics change on the way: what to do while the model is wrong. */
@NullMarked
package touchstone.continual.control;

import org.jspecify.annotations.NullMarked;
