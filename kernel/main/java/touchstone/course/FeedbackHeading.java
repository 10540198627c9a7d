package touchstone.course;

/**
 * What stands at the top of a student's page.
 *
 * @param course its name
 * @param assignment its name
 * @param notebook the file's name
 * @param student as a reader knows the student
 */
record FeedbackHeading(String course, String assignment, String notebook, String student) {}
