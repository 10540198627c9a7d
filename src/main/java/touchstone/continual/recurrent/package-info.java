/** Forecasting a series that changes under the forecaster: a liquid network that keeps its weights, and ridge regressions that do not. */
@NullMarked
package touchstone.continual.recurrent;

import org.jspecify.annotations.NullMarked;
