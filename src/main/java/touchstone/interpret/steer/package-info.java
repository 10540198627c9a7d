/** Steering: maps of activations that make a model behave as on other inputs. */
@NullMarked
package touchstone.interpret.steer;

import org.jspecify.annotations.NullMarked;
