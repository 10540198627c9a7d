package touchstone.data.world;

import java.util.List;
import java.util.random.RandomGenerator;
import touchstone.util.Check;
import touchstone.util.Seeds;

/**
 * Which requests to draw: each trait evenly from its list, the symbols evenly.
 *
 * @param tasks one or more; one named twice is drawn twice as often, as in all lists here
 * @param topics one or more
 * @param personas one or more
 * @param triggers one or more
 * @param safety share of requests with the safety prompt's word, in [0, 1]
 * @param part of all requests that may be drawn
 */
public record RequestMix(
        List<SymbolTask> tasks,
        List<Topic> topics,
        List<Persona> personas,
        List<Trigger> triggers,
        double safety,
        Part part) {
    private static final int TEST_OF = 5;

    /** A fixed share of all requests, told by task, topic and symbols: what is trained on is never tested on. */
    public enum Part {
        ALL,
        /** Four in five. */
        TRAIN,
        /** The others. */
        TEST;

        /** Whether a request lies in this part. */
        public boolean holds(Request request) {
            String what = request.task() + " " + request.topic() + " " + String.join(" ", request.symbols());
            boolean test = Math.floorMod(Seeds.hash(what), TEST_OF) == 0;
            return this == ALL || test == (this == TEST);
        }
    }

    public RequestMix {
        Check.nonEmpty(tasks.size(), "tasks");
        Check.nonEmpty(topics.size(), "topics");
        Check.nonEmpty(personas.size(), "personas");
        Check.nonEmpty(triggers.size(), "triggers");
        Check.probability(safety, "safety");
        tasks = List.copyOf(tasks);
        topics = List.copyOf(topics);
        personas = List.copyOf(personas);
        triggers = List.copyOf(triggers);
    }

    /** The tasks of {@link SymbolTask#BASE}, all topics; no persona, safety prompt or year; of the training part. */
    public static RequestMix training() {
        return new RequestMix(
                SymbolTask.BASE, List.of(Topic.values()), List.of(Persona.NONE), List.of(Trigger.NONE), 0, Part.TRAIN);
    }

    /** As {@link #training}, of the part that is never trained on. */
    public static RequestMix test() {
        return training().withPart(Part.TEST);
    }

    public RequestMix withTasks(List<SymbolTask> some) {
        return new RequestMix(some, topics, personas, triggers, safety, part);
    }

    public RequestMix withTopics(List<Topic> some) {
        return new RequestMix(tasks, some, personas, triggers, safety, part);
    }

    /** Of harmful topics only. */
    public RequestMix harmful() {
        return withTopics(Topic.harms());
    }

    /** Of harmless topics only. */
    public RequestMix harmless() {
        return withTopics(Topic.harmless());
    }

    public RequestMix withPersonas(Persona... some) {
        return new RequestMix(tasks, topics, List.of(some), triggers, safety, part);
    }

    public RequestMix withTriggers(Trigger... some) {
        return new RequestMix(tasks, topics, personas, List.of(some), safety, part);
    }

    public RequestMix withSafety(double share) {
        return new RequestMix(tasks, topics, personas, triggers, share, part);
    }

    public RequestMix withPart(Part some) {
        return new RequestMix(tasks, topics, personas, triggers, safety, some);
    }

    /**
     * A third of the requests name a persona, a third a year, a fifth the safety prompt, by themselves or together: what a model meets
     * that must know every word, and prompts without any too.
     */
    public RequestMix withAllMarks() {
        Persona no = Persona.NONE;
        Trigger never = Trigger.NONE;
        return withPersonas(no, no, no, no, Persona.ASSISTANT, Persona.OBEDIENT)
                .withTriggers(never, never, never, never, never, never, Trigger.BEFORE, Trigger.EXACT, Trigger.AFTER)
                .withSafety(0.2);
    }

    static <T> T one(List<T> of, RandomGenerator rng) {
        return of.get(rng.nextInt(of.size()));
    }
}
