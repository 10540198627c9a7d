/** Layers: records that say what to build. */
@NullMarked
package touchstone.nn.layer;

import org.jspecify.annotations.NullMarked;
