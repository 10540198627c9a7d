package touchstone.unlearn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import touchstone.data.world.Dialogue;
import touchstone.data.world.FictitiousAuthors;
import touchstone.data.world.FictitiousAuthors.Attribute;
import touchstone.data.world.FictitiousAuthors.Fact;
import touchstone.data.world.QuestionChain;
import touchstone.nn.Parameter;
import touchstone.nn.Pass;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.lm.Batch;
import touchstone.nn.lm.LanguageLoss;
import touchstone.nn.lm.LanguageModel;
import touchstone.nn.lm.Speaker;
import touchstone.nn.lm.TransformerConfig;
import touchstone.nn.lm.WordTokenizer;
import touchstone.unlearn.method.BadTeacher;
import touchstone.unlearn.method.FineTune;
import touchstone.unlearn.method.FisherForgetting;
import touchstone.unlearn.method.GradientAscent;
import touchstone.unlearn.method.GradientDifference;
import touchstone.unlearn.method.KlMin;
import touchstone.unlearn.method.Npo;
import touchstone.unlearn.method.RandomLabel;
import touchstone.unlearn.method.Retrain;
import touchstone.unlearn.method.Rmu;
import touchstone.unlearn.method.Scrub;
import touchstone.unlearn.method.SimNpo;
import touchstone.unlearn.method.Undial;
import touchstone.unlearn.method.Wga;
import touchstone.unlearn.report.CompositionProbe;

/** Fictitious authors, of whom the countries of some are to be forgotten. */
class TextModelTest {
    private static final int STEPS = 5; // four words asked and one answered; what follows is the end
    private static final WordTokenizer WORDS = WordTokenizer.ofVocabulary(FictitiousAuthors.words());
    private static final TransformerConfig CONFIG = TransformerConfig.of(WORDS.size())
            .withContext(8)
            .withWidth(32)
            .withLayers(2)
            .withHeads(4);
    private static final FictitiousAuthors WORLD = FictitiousAuthors.of(16, 5);
    private static final List<Fact> GONE = WORLD.facts().stream()
            .filter(f -> f.author() < 4 && f.attribute() == Attribute.COUNTRY)
            .toList();
    private static final ForgetSplit SPLIT = new ForgetSplit(
            examples(asked(GONE).toList()),
            examples(Stream.concat(
                            asked(WORLD.facts().stream()
                                    .filter(f -> !GONE.contains(f))
                                    .toList()),
                            FictitiousAuthors.worldFacts().stream())
                    .toList()));
    private static final Descent TRAIN =
            Descent.defaults().withRate(3e-3).withEpochs(120).withBatch(64);
    private static final TextModel MODEL = trained();

    private static Stream<Dialogue> asked(List<Fact> facts) {
        return facts.stream().flatMap(f -> Stream.of(WORLD.dialogue(f), WORLD.paraphrase(f)));
    }

    private static Examples examples(List<Dialogue> dialogues) {
        return TextModel.examples(
                speaker(LanguageModel.of(Cpu.floats(1), CONFIG, 1)).answers(dialogues), STEPS);
    }

    private static Speaker speaker(LanguageModel model) {
        return new Speaker(model, WORDS);
    }

    private static TextModel trained() {
        TextModel model = TextModel.of(LanguageModel.of(Cpu.floats(1), CONFIG, 1), STEPS);
        Examples all = SPLIT.retain().and(SPLIT.forget());
        TRAIN.run(model, List.of(Term.of(all, all.crossEntropy(), 1)));
        return model;
    }

    private static double accuracy(ForgetModel model, Examples data) {
        return Answers.of(model, data).accuracy();
    }

    @Test
    void gradientsAreThoseOfTheLanguageModel() {
        var model = LanguageModel.of(Cpu.doubles(1), CONFIG, 3);
        List<Dialogue> said = FictitiousAuthors.worldFacts();
        var samples = speaker(model).answers(said);
        double expected = model.accumulate(Batch.of(samples), LanguageLoss.crossEntropy());
        List<double[]> gradients =
                model.trained().stream().map(TextModelTest::flat).toList();
        Examples data = TextModel.examples(samples, STEPS);
        TextModel text = TextModel.of(model, STEPS);
        model.clearGradients();
        int[] all = IntStream.range(0, data.size()).toArray();
        double loss = text.accumulate(data.tensor(model.backend()), all, data.crossEntropy(), Pass.evaluation());
        assertEquals(expected, loss, 1e-12);
        for (int i = 0; i < gradients.size(); i++) {
            assertArrayEquals(gradients.get(i), flat(model.trained().get(i)), 1e-12);
        }
    }

    private static double[] flat(Parameter p) {
        var all = new double[p.gradient().size()];
        p.gradient().copyTo(all, 0);
        return all;
    }

    @Test
    void knowsAllAndRetrainingForgetsButCanBeLedToTheCountry() {
        assertTrue(accuracy(MODEL, SPLIT.forget()) > 0.99, "what it was taught");
        assertTrue(accuracy(MODEL, SPLIT.retain()) > 0.99, "what it was taught");
        TextModel again = (TextModel) new Retrain(TRAIN).unlearn(MODEL, SPLIT);
        // half the counted places are the end of the answer, which any trained model knows
        assertTrue(accuracy(again, SPLIT.forget()) < 0.8, "one in six countries is right by chance");
        List<QuestionChain> chains =
                GONE.stream().map(f -> WORLD.chain(f.author())).toList();
        assertEquals(1, CompositionProbe.accuracy(speaker(again.model()), chains), "both links are retained");
    }

    static Stream<Unlearner> methods() {
        Descent d = Descent.defaults().withEpochs(15).withRate(1e-3);
        return Stream.of(
                new GradientAscent().by(d.withEpochs(5)),
                new GradientDifference(0.1, 1).by(d),
                new KlMin(0.1, 1).by(d),
                RandomLabel.defaults().by(d),
                Npo.defaults().by(d),
                SimNpo.defaults().by(d.withEpochs(60)),
                new Rmu(20, 1, 1).by(d.withEpochs(60)),
                Scrub.by(d),
                BadTeacher.defaults().by(d),
                Undial.defaults().by(d.withEpochs(60)),
                Wga.defaults().by(d.withEpochs(60)),
                FisherForgetting.defaults().withMost(0.3).withStrength(0.02));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void everyMethodForgetsSomeOfIt(Unlearner method) {
        TextModel after = (TextModel) method.unlearn(MODEL, SPLIT);
        assertTrue(accuracy(after, SPLIT.forget()) < 0.9, method.name() + ": " + accuracy(after, SPLIT.forget()));
        assertTrue(accuracy(MODEL, SPLIT.forget()) > 0.99, "the model that was given stays");
    }

    @Test
    void trainingOnTheRestAloneKeepsTheRest() {
        ForgetModel after = new FineTune().by(Descent.defaults().withEpochs(3)).unlearn(MODEL, SPLIT);
        assertTrue(accuracy(after, SPLIT.retain()) > 0.99, "retained");
    }

    @Test
    void whatDoesNotFitIsNamed() {
        LanguageModel model = MODEL.model();
        assertEquals(
                "steps must be at most 8, the context of the model, was 9",
                assertThrows(IllegalArgumentException.class, () -> TextModel.of(model, 9))
                        .getMessage());
        assertEquals(
                "model must have no soft prompt, had one of 2 rows; unlearning changes weights",
                assertThrows(IllegalArgumentException.class, () -> TextModel.of(model.withSoftPrompt(2, 1), 5))
                        .getMessage());
        assertEquals(
                "model must have parameters to train, was frozen; give a copy()",
                assertThrows(IllegalArgumentException.class, () -> TextModel.of(model.frozen(), 5))
                        .getMessage());
        List<Dialogue> said = FictitiousAuthors.worldFacts();
        assertEquals(
                "samples[0] must have at most 3 tokens to fit 2 steps, had 5",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> TextModel.examples(speaker(model).answers(said), 2))
                        .getMessage());
        assertEquals(
                "token 1 of example 0 must be a whole number of 0 or more, was 0.5",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> MODEL.logits(Examples.of(new double[][] {{1, 0.5, 2, 3, 4}}, new int[] {0})
                                        .tensor(MODEL.backend())))
                        .getMessage());
    }
}
