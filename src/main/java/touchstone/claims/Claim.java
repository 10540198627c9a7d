package touchstone.claims;

/**
 * A claim written down before its value is known.
 *
 * @param id paper and number, such as {@code palm-1}
 * @param statement what is claimed, in words
 * @param condition what the measured value must fulfil, such as {@code > 0.0}
 */
public record Claim(String id, String statement, String condition) {}
