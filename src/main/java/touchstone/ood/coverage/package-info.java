/** Scenes as graphs: how well the sub-scenes of a scene were covered in training, and what competence follows. */
@NullMarked
package touchstone.ood.coverage;

import org.jspecify.annotations.NullMarked;
