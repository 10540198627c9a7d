package touchstone.interpret.head;

import java.util.List;
import touchstone.nn.Parameter;
import touchstone.nn.lm.Head;
import touchstone.nn.lm.Hooks;
import touchstone.nn.lm.LanguageModel;
import touchstone.util.Check;
import touchstone.util.Reference;

/** How a head is left out. */
@Reference("zhou2025role")
public enum HeadMask {
    /** Its queries are scaled by 1e-5, so that it attends to all tokens alike: "undifferentiated attention". The paper's choice. */
    QUERIES {
        @Override
        LanguageModel without(LanguageModel model, Head head) {
            LanguageModel copy = model.copy();
            int w = copy.config().headWidth();
            for (Parameter p : copy.parameters()) {
                if (p.name().startsWith("block" + head.block() + ".attention.project.")) {
                    if (p.name().contains("lora")) {
                        throw new IllegalArgumentException("model must have no adapters; call merged() first");
                    }
                    copy.backend().scale(SMALL, p.value().block(0, p.value().rows(), head.head() * w, w));
                }
            }
            return copy;
        }
    },
    /** Its output is set to zero: the paper's "scaled contribution". */
    OUTPUT {
        @Override
        LanguageModel without(LanguageModel model, Head head) {
            Hooks hooks = model.hooks().ablate(head.block(), head.head());
            return model.withHooks(hooks);
        }
    };

    private static final double SMALL = 1e-5;

    abstract LanguageModel without(LanguageModel model, Head head);

    /** A model without some of its heads; the model itself stays as it is. */
    public LanguageModel apply(LanguageModel model, List<Head> heads) {
        LanguageModel out = model;
        for (Head h : heads) {
            Check.index(h.block(), model.config().layers(), "block of a head");
            Check.index(h.head(), model.config().heads(), "head");
            out = without(out, h);
        }
        return out;
    }
}
