package touchstone.course.similar;

import java.util.List;

/**
 * What a student wrote.
 *
 * @param student as the folder is called
 * @param cells sources of the cells that the student may change
 */
public record Work(String student, List<String> cells) {
    public Work {
        cells = List.copyOf(cells);
    }
}
