/** Tests of the assembled distribution; they run after packaging. */
@NullMarked
package touchstone.dist;

import org.jspecify.annotations.NullMarked;
