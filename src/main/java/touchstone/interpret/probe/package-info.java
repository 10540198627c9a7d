/** Linear probes: what can be read from a representation. */
@NullMarked
package touchstone.interpret.probe;

import org.jspecify.annotations.NullMarked;
