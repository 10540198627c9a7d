/** What computes arrays and networks: what was asked for, what can run here, and ND4J's CUDA jars on demand. */
@NullMarked
package touchstone.kernel.backend;

import org.jspecify.annotations.NullMarked;
