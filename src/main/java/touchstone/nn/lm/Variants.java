package touchstone.nn.lm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import touchstone.nn.Parameter;
import touchstone.nn.Tensor;
import touchstone.util.Check;

/** Copies of a model with other parts. */
final class Variants {
    private Variants() {}

    static LanguageModel copy(LanguageModel model) {
        Decoder copy = twin(model.decoder());
        var names = model.trained().stream().map(Parameter::name).toList();
        List<Parameter> trained =
                copy.parameters().stream().filter(p -> names.contains(p.name())).toList();
        return new LanguageModel(copy, model.hooks(), trained);
    }

    /** A decoder of the same parts and numbers. */
    private static Decoder twin(Decoder from) {
        Decoder to = bare(from.config, from);
        from.lora().ifPresent(to::adapt);
        if (from.embedder.prefixLength() > 0) {
            to.prepend(from.embedder.prefixLength(), 0);
        }
        fill(from.parameters(), to.parameters());
        return to;
    }

    private static Decoder bare(TransformerConfig config, Decoder like) {
        return new Decoder(config, like.backend, 0);
    }

    private static void fill(List<Parameter> from, List<Parameter> to) {
        for (int i = 0; i < from.size(); i++) {
            set(to.get(i).value(), from.get(i).value());
        }
    }

    static void set(Tensor to, Tensor from) {
        var numbers = new double[from.size()];
        from.copyTo(numbers, 0);
        to.copyFrom(numbers, 0);
    }

    static LanguageModel withLora(LanguageModel model, Lora lora) {
        if (model.decoder().lora().isPresent()) {
            throw new IllegalArgumentException("model must have no adapters yet; call merged() first");
        }
        Decoder to = twin(model.decoder());
        to.adapt(lora);
        return new LanguageModel(to, model.hooks(), adapters(to));
    }

    static List<Parameter> adapters(Decoder decoder) {
        var all = new ArrayList<Parameter>();
        decoder.blocks.forEach(b -> b.matrices().values().forEach(m -> all.addAll(m.adapter())));
        return all;
    }

    static LanguageModel withSoftPrompt(LanguageModel model, int length, long seed) {
        Check.atLeast(length, 1, "length");
        if (model.decoder().embedder.prefixLength() > 0) {
            throw new IllegalArgumentException("model must have no soft prompt yet, had one of "
                    + model.decoder().embedder.prefixLength() + " rows");
        }
        Decoder to = twin(model.decoder());
        to.prepend(length, seed);
        return new LanguageModel(to, model.hooks(), to.embedder.prefix());
    }

    static LanguageModel merged(LanguageModel model) {
        Decoder from = model.decoder();
        Decoder to = bare(from.config, from);
        if (from.embedder.prefixLength() > 0) {
            throw new IllegalArgumentException("a soft prompt cannot be merged into matrices");
        }
        List<Parameter> plain = from.parameters().stream()
                .filter(p -> !p.name().contains("lora-"))
                .toList();
        fill(plain, to.parameters());
        for (int i = 0; i < from.blocks.size(); i++) {
            for (Lora.Matrix matrix : Lora.Matrix.values()) {
                Linear source = Optional.ofNullable(
                                from.blocks.get(i).matrices().get(matrix))
                        .orElseThrow();
                Optional.ofNullable(to.blocks.get(i).matrices().get(matrix))
                        .orElseThrow()
                        .takeMerged(source);
            }
        }
        return new LanguageModel(to, model.hooks(), to.parameters());
    }
}
