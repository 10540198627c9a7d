/** Assignments: release, grading and feedback over nbgrader's folders and metadata, without Python. */
@NullMarked
package touchstone.course;

import org.jspecify.annotations.NullMarked;
