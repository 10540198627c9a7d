/** Methods of unlearning, one a class. */
@NullMarked
package touchstone.unlearn.method;

import org.jspecify.annotations.NullMarked;
