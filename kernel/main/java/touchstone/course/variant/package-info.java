/** Numbers that differ from student to student: how they are written in a source, and how they are drawn. */
@NullMarked
package touchstone.course.variant;

import org.jspecify.annotations.NullMarked;
