/** Java evaluation on JShell: cells, completion, inspection, interruption and tracebacks. */
@NullMarked
package touchstone.kernel.engine;

import org.jspecify.annotations.NullMarked;
