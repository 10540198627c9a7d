package touchstone.nn.lm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import touchstone.nn.Backend;
import touchstone.nn.Parameter;
import touchstone.nn.Weights;
import touchstone.util.Archive;

/** A model in a file: what is needed to build it, then its numbers in double. */
final class ModelFile {
    private static final String KIND = "language model";

    private ModelFile() {}

    static void save(LanguageModel model, Path file) {
        Archive.save(file, archive -> {
            archive.demand("kind of file", KIND);
            keep(model.config(), archive);
            keep(model.decoder().lora().stream().toList(), archive);
            archive.keep("rows of the soft prompt", model.decoder().embedder.prefixLength());
            List<Parameter> all = model.parameters();
            archive.keep(
                    "trained",
                    all.stream()
                            .mapToInt(p -> model.trained().contains(p) ? 1 : 0)
                            .toArray());
            all.forEach(p -> Weights.persist(p.name(), p.value(), archive));
        });
    }

    static LanguageModel load(Backend backend, Path file) {
        var found = new ArrayList<LanguageModel>();
        Archive.load(file, archive -> {
            archive.demand("kind of file", KIND);
            var decoder = new Decoder(keep(TransformerConfig.of(2), archive), backend, 0);
            keep(List.of(), archive).forEach(decoder::adapt);
            int prefix = archive.keep("rows of the soft prompt", 0);
            if (prefix > 0) {
                decoder.prepend(prefix, 0);
            }
            List<Parameter> all = decoder.parameters();
            int[] trained = archive.keep("trained", new int[all.size()]);
            all.forEach(p -> Weights.persist(p.name(), p.value(), archive));
            List<Parameter> some = java.util.stream.IntStream.range(0, all.size())
                    .filter(i -> trained[i] == 1)
                    .mapToObj(all::get)
                    .toList();
            found.add(new LanguageModel(decoder, Hooks.none(), some));
        });
        return found.get(0);
    }

    private static TransformerConfig keep(TransformerConfig c, Archive archive) {
        return new TransformerConfig(
                archive.keep("vocabulary", c.vocabulary()),
                archive.keep("context", c.context()),
                archive.keep("width", c.width()),
                archive.keep("layers", c.layers()),
                archive.keep("heads", c.heads()),
                archive.keep("tied", c.tied()));
    }

    private static List<Lora> keep(List<Lora> adapters, Archive archive) {
        if (!archive.keep("adapters", !adapters.isEmpty())) {
            return List.of();
        }
        Lora l = adapters.isEmpty() ? Lora.ofRank(1) : adapters.get(0);
        int rank = archive.keep("rank", l.rank());
        double alpha = archive.keep("alpha", l.alpha());
        var set = new HashSet<Lora.Matrix>();
        for (Lora.Matrix matrix : Lora.Matrix.values()) {
            if (archive.keep("adapter of " + matrix, l.matrices().contains(matrix))) {
                set.add(matrix);
            }
        }
        return List.of(new Lora(rank, alpha, set, archive.keep("seed of the adapters", l.seed())));
    }
}
