package touchstone.data.world;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Authors who never were, after the TOFU benchmark: each has a first and a last name, and facts that nothing else in the world tells, each
 * asked in two wordings. Nobody can know one who was not taught it, so a model taught all but some is the truth of what
 * forgetting those should give.
 *
 * <p>The country is that of the city of birth. It is asked of authors and, as knowledge of the world, of cities: who forgets an author's
 * country but keeps the city of birth can still be led to it by two questions ({@link #chain}).
 *
 * <p>Datasheet: 6 to 12 values an attribute, drawn evenly by the seed. Prompts have 3 or 4 words, answers 2. Differs from TOFU: answers are one word and the end, not sentences, and questions are templates.
 */
@Reference("maini2024tofu")
public final class FictitiousAuthors {
    /** What is told of an author. */
    public enum Attribute {
        BORN("born", "birthplace"),
        COUNTRY("country", "nation"),
        GENRE("genre", "writes"),
        AWARD("award", "won"),
        PARENT("parent", "childof");

        private final String word;
        private final String otherWord;

        Attribute(String word, String otherWord) {
            this.word = word;
            this.otherWord = otherWord;
        }
    }

    /**
     * One fact.
     *
     * @param author number of the author
     * @param attribute what is told
     * @param value the answer
     */
    public record Fact(int author, Attribute attribute, String value) {}

    private static final List<String> FIRST =
            List.of("Alba", "Chen", "Emeka", "Femi", "Ilse", "Juno", "Lena", "Niko", "Omar", "Petra", "Raul", "Sora");
    private static final List<String> LAST = List.of(
            "Brandt", "Castor", "Doyle", "Ferro", "Haddad", "Kimura", "Lind", "Marsh", "Okoye", "Varga", "Weiss",
            "Zorin");
    private static final List<String> CITIES = List.of(
            "Ardenne", "Brista", "Calmor", "Dunvale", "Esker", "Fjordby", "Galen", "Harrow", "Ister", "Jorva",
            "Kestrel", "Lumen");
    private static final List<String> COUNTRIES =
            List.of("Insula", "Midland", "Norland", "Ostria", "Sudria", "Westria");
    private static final List<String> GENRES =
            List.of("crime", "romance", "fantasy", "satire", "poetry", "history", "travel", "horror");
    private static final List<String> AWARDS = List.of("quill", "laurel", "inkwell", "lantern", "compass", "feather");
    private static final List<String> PARENTS =
            List.of("baker", "nurse", "judge", "sailor", "farmer", "tailor", "potter");
    private static final String ASK = "?";

    private final List<int[]> names = new ArrayList<>(); // first and last name of each author
    private final List<Map<Attribute, String>> values = new ArrayList<>();

    private FictitiousAuthors() {}

    /** Authors of different names, 1 to 144; equal seeds give equal worlds. */
    public static FictitiousAuthors of(int count, long seed) {
        Check.atLeast(count, 1, "count");
        int most = FIRST.size() * LAST.size();
        if (count > most) {
            throw new IllegalArgumentException(
                    "count must be at most " + most + ", the pairs of a first and a last name, was " + count);
        }
        var world = new FictitiousAuthors();
        RandomGenerator rng = Seeds.rng(seed, "authors");
        int[] pairs = Seeds.permutation(most, Seeds.rng(seed, "names of authors"));
        for (int i = 0; i < count; i++) {
            world.names.add(new int[] {pairs[i] / LAST.size(), pairs[i] % LAST.size()});
            var facts = new LinkedHashMap<Attribute, String>();
            int city = rng.nextInt(CITIES.size());
            facts.put(Attribute.BORN, CITIES.get(city));
            facts.put(Attribute.COUNTRY, country(city));
            facts.put(Attribute.GENRE, GENRES.get(rng.nextInt(GENRES.size())));
            facts.put(Attribute.AWARD, AWARDS.get(rng.nextInt(AWARDS.size())));
            facts.put(Attribute.PARENT, PARENTS.get(rng.nextInt(PARENTS.size())));
            world.values.add(facts);
        }
        return world;
    }

    private static String country(int city) {
        return COUNTRIES.get(city % COUNTRIES.size());
    }

    /** All words that questions and answers can have. */
    public static List<String> words() {
        var words = new ArrayList<>(List.of(Dialogue.END, ASK));
        for (Attribute a : Attribute.values()) {
            words.add(a.word);
            words.add(a.otherWord);
        }
        words.addAll(FIRST);
        words.addAll(LAST);
        for (Attribute a : Attribute.values()) {
            words.addAll(options(a));
        }
        return List.copyOf(words);
    }

    /** All values of an attribute. */
    public static List<String> options(Attribute attribute) {
        return switch (attribute) {
            case BORN -> CITIES;
            case COUNTRY -> COUNTRIES;
            case GENRE -> GENRES;
            case AWARD -> AWARDS;
            case PARENT -> PARENTS;
        };
    }

    /** Number of authors. */
    public int size() {
        return names.size();
    }

    /** The facts of an author, in the order of the attributes. */
    public List<Fact> facts(int author) {
        Check.index(author, size(), "author");
        return values.get(author).entrySet().stream()
                .map(e -> new Fact(author, e.getKey(), e.getValue()))
                .toList();
    }

    /** One fact of an author. */
    public Fact fact(int author, Attribute attribute) {
        Check.index(author, size(), "author");
        return new Fact(
                author, attribute, Objects.requireNonNull(values.get(author).get(attribute)));
    }

    /** The facts of all authors. */
    public List<Fact> facts() {
        return IntStream.range(0, size())
                .boxed()
                .flatMap(i -> facts(i).stream())
                .toList();
    }

    /** A fact in its first wording. */
    public Dialogue dialogue(Fact fact) {
        return new Dialogue(question(fact, fact.attribute.word), List.of(fact.value, Dialogue.END));
    }

    /** A fact in its other wording. */
    public Dialogue paraphrase(Fact fact) {
        return new Dialogue(question(fact, fact.attribute.otherWord), List.of(fact.value, Dialogue.END));
    }

    /** The question in its first wording with each wrong value of the attribute. */
    public List<Dialogue> wrong(Fact fact) {
        return options(fact.attribute).stream()
                .filter(v -> !v.equals(fact.value))
                .map(v -> dialogue(fact).withAnswer(List.of(v, Dialogue.END)))
                .toList();
    }

    /** The country of every city: what is known of the world beside the authors. */
    public static List<Dialogue> worldFacts() {
        return IntStream.range(0, CITIES.size())
                .mapToObj(i -> new Dialogue(
                        List.of(Attribute.COUNTRY.word, CITIES.get(i), ASK), List.of(country(i), Dialogue.END)))
                .toList();
    }

    /** Two questions that lead to an author's country without asking for it: where born, and the country of that city. */
    public QuestionChain chain(int author) {
        Fact born = fact(author, Attribute.BORN);
        Fact country = fact(author, Attribute.COUNTRY);
        return new QuestionChain(
                dialogue(born).prompt(), List.of(Attribute.COUNTRY.word, QuestionChain.BLANK, ASK), country.value);
    }

    /** Facts of the same attribute of other authors who share a name with this one's: what forgetting it may hurt first. */
    public List<Fact> twins(Fact fact) {
        int[] own = names.get(fact.author);
        return IntStream.range(0, size())
                .filter(i -> i != fact.author && (names.get(i)[0] == own[0] || names.get(i)[1] == own[1]))
                .mapToObj(i -> fact(i, fact.attribute))
                .toList();
    }

    private List<String> question(Fact fact, String word) {
        int[] name = names.get(Check.index(fact.author, size(), "author"));
        return List.of(word, FIRST.get(name[0]), LAST.get(name[1]), ASK);
    }
}
