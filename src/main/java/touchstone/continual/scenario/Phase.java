package touchstone.continual.scenario;

import touchstone.continual.Labelled;

/**
 * One task of a scenario.
 *
 * @param train examples to learn from
 * @param test examples to be judged by; may be empty, and is then not evaluated
 */
public record Phase(Labelled train, Labelled test) {}
