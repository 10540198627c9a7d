/** The processor's backends: float for work, double for checking gradients; the same bits for any number of threads. */
@NullMarked
package touchstone.nn.cpu;

import org.jspecify.annotations.NullMarked;
