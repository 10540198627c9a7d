/** How far an unlearned model is from one that never saw the examples. */
@NullMarked
package touchstone.unlearn.metric;

import org.jspecify.annotations.NullMarked;
