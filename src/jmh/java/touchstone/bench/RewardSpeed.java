package touchstone.bench;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import touchstone.data.JsonLines;
import touchstone.rlhf.Agreement;
import touchstone.rlhf.LinearRewardModel;
import touchstone.rlhf.MarginCalibration;
import touchstone.rlhf.preference.SparseRows;
import touchstone.rlhf.preference.TermCounts;
import touchstone.rlhf.preference.TextAnalyzer;
import touchstone.rlhf.preference.Tfidf;

/**
 * Vectorising, fitting and evaluating Bradley-Terry reward models on hh-rlhf, for a comparison with scikit-learn on the same split.
 * Arguments: the file of pairs, the peer's JSON with the split, the file to write, rounds. The first round is cold.
 */
public final class RewardSpeed {
    private static final String TURN = "\n\nAssistant:";

    private RewardSpeed() {}

    private record Spec(String name, UnaryOperator<String> part, Tfidf features) {}

    private record Round(double vectorise, double fit, double evaluate) {}

    private record Result(String features, double c, double accuracy, double nll, double ece, boolean[] hits) {}

    private static final List<Spec> SPECS = List.of(
            new Spec("full_dialogue_word", s -> s, Tfidf.defaults()),
            new Spec("last_turn_word", RewardSpeed::lastTurn, Tfidf.defaults()),
            new Spec(
                    "last_turn_word12", RewardSpeed::lastTurn, Tfidf.defaults().withAnalyzer(TextAnalyzer.words(1, 2))),
            new Spec(
                    "last_turn_char35",
                    RewardSpeed::lastTurn,
                    Tfidf.defaults().withAnalyzer(TextAnalyzer.characters(3, 5)).withMinDocuments(3)));

    private static String lastTurn(String dialogue) {
        return dialogue.substring(dialogue.lastIndexOf(TURN) + TURN.length()).strip();
    }

    /** Runs all. */
    public static void main(String[] args) throws IOException {
        List<JsonObject> rows = JsonLines.read(Path.of(args[0])).lines().stream()
                .map(JsonLines.Line::object)
                .toList();
        List<String> chosen =
                rows.stream().map(r -> r.get("chosen").getAsString()).toList();
        List<String> rejected =
                rows.stream().map(r -> r.get("rejected").getAsString()).toList();
        JsonObject peer = new Gson().fromJson(Files.readString(Path.of(args[1])), JsonObject.class);
        int[] train = new Gson().fromJson(peer.get("train"), int[].class);
        int[] test = new Gson().fromJson(peer.get("test"), int[].class);
        Map<String, List<Round>> times = new LinkedHashMap<>();
        List<Result> results = new ArrayList<>();
        for (int round = 0; round < Integer.parseInt(args[3]); round++) {
            results.clear();
            for (Spec spec : SPECS) {
                times.computeIfAbsent(spec.name, unused -> new ArrayList<>())
                        .add(run(spec, chosen, rejected, train, test, results));
            }
        }
        Files.writeString(Path.of(args[2]), new Gson().toJson(Map.of("times", times, "results", results)));
    }

    private static Round run(
            Spec spec, List<String> chosen, List<String> rejected, int[] train, int[] test, List<Result> results) {
        long start = System.nanoTime();
        int n = chosen.size();
        List<String> texts =
                Stream.concat(chosen.stream(), rejected.stream()).map(spec.part).toList();
        TermCounts counts = TermCounts.of(spec.features.analyzer(), texts);
        int[] seen = IntStream.concat(Arrays.stream(train), Arrays.stream(train).map(i -> n + i))
                .toArray();
        SparseRows all = spec.features.fit(counts.select(seen)).of(counts);
        SparseRows differences = all.select(IntStream.range(0, n).toArray())
                .minus(all.select(IntStream.range(n, 2 * n).toArray()));
        SparseRows fitted = differences.select(train);
        SparseRows held = differences.select(test);
        double vectorise = since(start);
        double fit = 0;
        double evaluate = 0;
        for (double c : new double[] {0.1, 1, 10}) {
            start = System.nanoTime();
            double[] w = LinearRewardModel.weights(fitted, 1 / (2 * c * train.length));
            fit += since(start);
            start = System.nanoTime();
            double[] margins = held.times(w);
            Agreement agreement = Agreement.of(margins);
            Agreement inTraining = Agreement.of(fitted.times(w));
            MarginCalibration calibration = MarginCalibration.of(margins);
            evaluate += since(start);
            var hits = new boolean[margins.length];
            for (int i = 0; i < hits.length; i++) {
                hits[i] = margins[i] > 0;
            }
            results.add(new Result(
                    spec.name,
                    c,
                    agreement.halfTies(),
                    calibration.negativeLogLikelihood(),
                    calibration.expected(),
                    hits));
            if (inTraining.halfTies() < 0.5) {
                throw new IllegalStateException("a fit is worse than a coin on its own pairs");
            }
        }
        return new Round(vectorise, fit, evaluate);
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
