/** Code that submissions share beyond what they were given: token runs found by winnowing. */
@NullMarked
package touchstone.course.similar;

import org.jspecify.annotations.NullMarked;
