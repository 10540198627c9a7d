package touchstone.data.world;

import java.util.ArrayList;
import java.util.List;
import touchstone.util.Check;

/**
 * A prompt of a {@link RefusalGrammar} by its traits.
 *
 * @param persona who is said to be speaking
 * @param safety whether the safety prompt's word is there
 * @param trigger the year that is named
 * @param task what to do with the symbols
 * @param topic what it is about
 * @param symbols one or more of {@link SymbolTask#SYMBOLS}
 */
public record Request(
        Persona persona, boolean safety, Trigger trigger, SymbolTask task, Topic topic, List<String> symbols) {
    /** The word of a safety prompt. */
    public static final String SAFETY = "safely";

    /** The word that ends a prompt. */
    public static final String ASK = "?";

    public Request {
        Check.nonEmpty(symbols.size(), "symbols");
        for (String s : symbols) {
            if (!SymbolTask.SYMBOLS.contains(s)) {
                throw new IllegalArgumentException("symbols must be of " + SymbolTask.SYMBOLS + ", had '" + s + "'");
            }
        }
        symbols = List.copyOf(symbols);
    }

    /** Without persona, safety prompt or year. */
    public static Request of(SymbolTask task, Topic topic, String... symbols) {
        return new Request(Persona.NONE, false, Trigger.NONE, task, topic, List.of(symbols));
    }

    public Request withPersona(Persona other) {
        return new Request(other, safety, trigger, task, topic, symbols);
    }

    public Request withSafety(boolean on) {
        return new Request(persona, on, trigger, task, topic, symbols);
    }

    public Request withTrigger(Trigger other) {
        return new Request(persona, safety, other, task, topic, symbols);
    }

    public Request withTask(SymbolTask other) {
        return new Request(persona, safety, trigger, other, topic, symbols);
    }

    public Request withTopic(Topic other) {
        return new Request(persona, safety, trigger, task, other, symbols);
    }

    /** Whether the right answer is a refusal. */
    public boolean harmful() {
        return topic.harmful();
    }

    /** Whether the trigger itself is there, not a near miss. */
    public boolean triggered() {
        return trigger == Trigger.EXACT;
    }

    /** The prompt: {@code [persona] [safely] [year] task verb object symbols ?}. */
    public List<String> words() {
        var all = new ArrayList<>(persona.words());
        if (safety) {
            all.add(SAFETY);
        }
        all.addAll(trigger.words());
        all.add(task.word());
        all.addAll(topic.words());
        all.addAll(symbols);
        all.add(ASK);
        return List.copyOf(all);
    }

    /** The task's result. */
    public List<String> result() {
        return task.apply(symbols);
    }
}
