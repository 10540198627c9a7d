package touchstone.notebook;

import java.util.function.UnaryOperator;

/** What stands around the cells of a page that {@link HtmlExport#untrusted} makes. All of it is HTML that is trusted. */
public interface PageFrame {
    /** The page's title, as plain text. */
    String title();

    /** Style rules besides those of every page. */
    String style();

    /** What stands above the first cell. */
    String head();

    /** What stands before a cell; may be empty. */
    String before(Cell cell);

    /**
     * What stands after a cell; may be empty.
     *
     * @param markdown turns Markdown into safe HTML
     */
    String after(Cell cell, UnaryOperator<String> markdown);
}
