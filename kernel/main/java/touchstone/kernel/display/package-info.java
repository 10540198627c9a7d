/** How values become MIME bundles, and how output streams and display ids reach the front end. */
@NullMarked
package touchstone.kernel.display;

import org.jspecify.annotations.NullMarked;
