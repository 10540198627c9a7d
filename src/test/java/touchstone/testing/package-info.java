/** What several tests share. */
@NullMarked
package touchstone.testing;

import org.jspecify.annotations.NullMarked;
