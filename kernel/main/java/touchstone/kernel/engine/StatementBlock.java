package touchstone.kernel.engine;

import java.util.List;
import touchstone.kernel.engine.Splitter.Kind;
import touchstone.kernel.engine.Splitter.Piece;

/**
 * Statements that JShell takes as one: in the initialiser of a variable, which it compiles with half the work that it puts
 * into a statement, and a third of what an expression costs.
 *
 * @param lastExpression the expression at the end, whose value is the cell's; an empty text for none
 * @param initialiser what computes it all
 */
record StatementBlock(String lastExpression, String initialiser) {
    private static final String VALUE = CellValue.class.getName();

    /** @param pieces neighbours in {@code code}, none of them a declaration */
    static StatementBlock of(List<Piece> pieces, String code) {
        Piece last = pieces.get(pieces.size() - 1);
        String expression = last.kind() == Kind.EXPRESSION ? last.source() : "";
        if (expression.endsWith(";")) {
            expression = expression.substring(0, expression.length() - 1);
        }
        // a line break before the bracket: the expression may end in a comment
        String value = expression.isEmpty() ? last.source() : VALUE + ".of(() -> " + expression + "\n)";
        if (pieces.size() == 1 && !expression.isEmpty()) {
            return new StatementBlock(expression, value);
        }
        String before = code.substring(pieces.get(0).start(), last.start());
        return new StatementBlock(expression, VALUE + ".run(() -> {" + before + value + ";})");
    }

    /** The declaration that runs it. */
    String declaration(String variable) {
        return "java.lang.Object " + variable + "=" + initialiser + ";";
    }
}
