/** Small neural networks: explicit layers over a backend, trained by seed, with every gradient checked in double. */
@NullMarked
package touchstone.nn;

import org.jspecify.annotations.NullMarked;
