package touchstone.guard.finetune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import touchstone.data.world.Dialogue;
import touchstone.nn.Backend;
import touchstone.nn.Parameter;
import touchstone.nn.Tensor;
import touchstone.nn.lm.Head;
import touchstone.nn.lm.Hooks;
import touchstone.nn.lm.LanguageModel;
import touchstone.nn.lm.Speaker;
import touchstone.nn.lm.TransformerConfig;
import touchstone.nn.optim.Optimizer;
import touchstone.util.Archive;
import touchstone.util.Check;

/**
 * Leaves some attention heads as they are: their gradients (columns of queries, keys and values, rows of the join) are set to zero
 * before each step. With an optimiser that decays weights they would still shrink; {@link FineTune} uses none.
 *
 * @param heads that are frozen
 */
public record FrozenHeads(Set<Head> heads) implements Restraint {
    public FrozenHeads {
        heads = Set.copyOf(heads);
    }

    /**
     * The heads on which refusals hang most: each is set to zero by itself, and the log-probability of the refusals that is lost is
     * its importance; the most important first.
     *
     * @param refusals dialogues whose answers are refusals
     */
    public static List<Head> ranked(Speaker speaker, List<Dialogue> refusals) {
        Check.nonEmpty(refusals.size(), "refusals");
        TransformerConfig config = speaker.model().config();
        record Scored(Head head, double left) {}
        var all = new ArrayList<Scored>();
        for (int b = 0; b < config.layers(); b++) {
            for (int h = 0; h < config.heads(); h++) {
                LanguageModel without = speaker.model().withHooks(Hooks.none().ablate(b, h));
                double left = Arrays.stream(speaker.with(without).logProbabilities(refusals))
                        .sum();
                all.add(new Scored(new Head(b, h), left));
            }
        }
        all.sort(Comparator.comparingDouble(Scored::left));
        return all.stream().map(Scored::head).toList();
    }

    @Override
    public Optimizer steps(Optimizer user, LanguageModel start) {
        TransformerConfig config = start.config();
        heads.forEach(h -> {
            Check.index(h.block(), config.layers(), "block of a head");
            Check.index(h.head(), config.heads(), "number of a head");
        });
        return (backend, parameters) -> {
            Optimizer.Stepper inner = user.start(backend, parameters);
            return new Optimizer.Stepper() {
                @Override
                public void step(double rate) {
                    parameters.forEach(p -> clear(p, config, backend));
                    inner.step(rate);
                }

                @Override
                public void persist(Archive archive) {
                    inner.persist(archive);
                }
            };
        };
    }

    private void clear(Parameter p, TransformerConfig config, Backend backend) {
        Tensor g = p.gradient();
        int w = config.headWidth();
        for (Head h : heads) {
            String attention = "block" + h.block() + ".attention.";
            if (p.name().startsWith(attention + "project.")) {
                for (int part = 0; part < 3; part++) {
                    backend.fill(g.block(0, g.rows(), part * config.width() + h.head() * w, w), 0);
                }
            } else if (p.name().equals(attention + "join.weight")) {
                backend.fill(g.block(h.head() * w, w, 0, g.columns()), 0);
            }
        }
    }
}
