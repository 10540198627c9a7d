/** The .ipynb model (nbformat 4.5), the headless runner, parameters, HTML export and the claims ledger. */
@NullMarked
package touchstone.notebook;

import org.jspecify.annotations.NullMarked;
