/** How fast the backends are, and first whether they are right: what {@code touchstone bench gpu} measures. */
@NullMarked
package touchstone.nn.bench;

import org.jspecify.annotations.NullMarked;
