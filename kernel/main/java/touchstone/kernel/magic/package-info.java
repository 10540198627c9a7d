/** Line and cell magics, IJava's and ours. */
@NullMarked
package touchstone.kernel.magic;

import org.jspecify.annotations.NullMarked;
