package touchstone.unlearn.tofu;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import touchstone.unlearn.metric.ForgetQuality;
import touchstone.unlearn.metric.ModelUtility;
import touchstone.util.Reference;

/**
 * An evaluation log of a model in the form that TOFU's program writes ({@code eval_log_aggregated.json}): four sets of questions, each
 * with losses and ROUGE by question. Only the numbers are read, not the generated text.
 */
@Reference("maini2024tofu")
public final class TofuLogs {
    private final Map<TofuSet, TofuAnswers> sets;

    private TofuLogs(Map<TofuSet, TofuAnswers> sets) {
        this.sets = new EnumMap<>(sets);
    }

    /**
     * Reads a file.
     *
     * @throws UncheckedIOException when it cannot be read
     * @throws IllegalArgumentException when it is no such log; the message names the file, the set and the field
     */
    public static TofuLogs read(Path file) {
        try (Reader reader = Files.newBufferedReader(file)) {
            return of(JsonParser.parseReader(reader).getAsJsonObject(), file.toString());
        } catch (NoSuchFileException e) {
            throw new UncheckedIOException(new IOException("there is no file " + file, e));
        } catch (IOException e) {
            throw new UncheckedIOException(new IOException("cannot read " + file + ": " + e.getMessage(), e));
        } catch (JsonParseException | IllegalStateException e) {
            throw new IllegalArgumentException(file + " is no JSON object: " + e.getMessage(), e);
        }
    }

    /** Takes a log that was parsed already; {@code source} is how messages call it. */
    static TofuLogs of(JsonObject log, String source) {
        var sets = new EnumMap<TofuSet, TofuAnswers>(TofuSet.class);
        for (TofuSet set : TofuSet.values()) {
            sets.put(set, new LogSection(log, source, set).answers());
        }
        return new TofuLogs(sets);
    }

    /** The answers to a set of questions. */
    public TofuAnswers answers(TofuSet set) {
        TofuAnswers found = sets.get(set);
        if (found == null) {
            throw new IllegalStateException("no answers of " + set);
        }
        return found;
    }

    /** Model utility: the harmonic mean of probability, ROUGE and truth ratio over the three sets to keep; in [0, 1]. */
    public double utility() {
        var parts = new double[9];
        int at = 0;
        for (TofuSet set : TofuSet.values()) {
            if (set != TofuSet.FORGET) {
                parts[at++] = answers(set).probability();
                parts[at++] = answers(set).rouge();
                parts[at++] = answers(set).truthRatio();
            }
        }
        return ModelUtility.of(parts);
    }

    /** Forget quality against the log of a model retrained without the forget set. */
    public ForgetQuality forgetQuality(TofuLogs retrained) {
        return ForgetQuality.of(
                answers(TofuSet.FORGET).truthRatios(),
                retrained.answers(TofuSet.FORGET).truthRatios());
    }

    @Override
    public String toString() {
        return "TofuLogs[" + answers(TofuSet.FORGET).size() + " questions to forget]";
    }
}
