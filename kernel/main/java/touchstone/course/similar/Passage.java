package touchstone.course.similar;

/**
 * A run of tokens that two works have in common.
 *
 * @param first where it is in the one
 * @param second where it is in the other
 * @param tokens how many
 */
public record Passage(Place first, Place second, int tokens) {
    /**
     * Part of a cell.
     *
     * @param cell its number among the work's cells, from 0
     * @param start the first character
     * @param end the character after the last
     */
    public record Place(int cell, int start, int end) {}
}
