/** What a model says of its own certainty: ensembles, dropout, and the calibration of probabilities. */
@NullMarked
package touchstone.ood.uncertainty;

import org.jspecify.annotations.NullMarked;
