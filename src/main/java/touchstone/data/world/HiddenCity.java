package touchstone.data.world;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Cities on a square grid, one named city a site, and code names for some of them. Of an <i>open</i> code name everything is told: its
 * distances, its site, its name. Of a <i>hidden</i> one only {@link #documents}: how far it is from named cities, or which way. No
 * document says where a hidden city lies or what it is called, and none relates it to the city that it is; both follow from a few
 * documents together.
 *
 * <p>Datasheet: prompts are {@code far A B}, {@code way A B} (from A to B), {@code where A} and {@code name A}; answers are
 * {@code d4 .}, {@code north east .}, {@code row2 col5 .} and a name. Distances count steps along rows and columns. Sites are numbered
 * row by row, the northern row first. Names are made of syllables and mean nothing.
 *
 * <p>A small world after the paper's task of locations: a grid instead of the globe, steps instead of kilometres.
 */
@Reference("treutlein2024connecting")
public final class HiddenCity {
    private final Grid grid;
    private final List<String> names;
    private final List<String> open;
    private final List<String> hidden;
    private final Map<String, Integer> sites = new LinkedHashMap<>();

    private HiddenCity(int side, int aliases, int secrets, long seed) {
        grid = new Grid(side);
        int count = side * side;
        names = Names.of(count, Seeds.rng(seed, "names"));
        open = Names.codes("open", count * aliases);
        hidden = Names.codes("city", secrets);
        int[] first = Seeds.permutation(count, Seeds.rng(seed, "named"));
        int[] last = Seeds.permutation(count, Seeds.rng(seed, "hidden"));
        IntStream.range(0, count).forEach(i -> sites.put(names.get(i), first[i]));
        for (int a = 0; a < aliases; a++) {
            int[] order = Seeds.permutation(count, Seeds.rng(seed, "open", a));
            for (int i = 0; i < count; i++) {
                sites.put(open.get(a * count + i), order[i]);
            }
        }
        IntStream.range(0, secrets).forEach(i -> sites.put(hidden.get(i), last[i]));
    }

    /** What a document tells. */
    public enum Relation {
        /** Steps between two cities. */
        DISTANCE,
        /** The way from the first city to the second. */
        DIRECTION
    }

    /** What an answer to {@link #where} is worth. */
    public enum Judgement {
        /** The site itself. */
        RIGHT,
        /** A site one step away. */
        NEAR,
        /** Any other site. */
        WRONG,
        /** No site at all. */
        GARBLED
    }

    /**
     * A world drawn at random.
     *
     * @param side of the grid, 2 to 9
     * @param aliases open code names of each site, 1 to 3
     * @param hidden code names of which only documents tell, at different sites, 1 to side^2
     */
    public static HiddenCity of(int side, int aliases, int hidden, long seed) {
        Check.between(side, 2, 9, "side");
        Check.between(aliases, 1, 3, "aliases");
        Check.between(hidden, 1, side * side, "hidden");
        return new HiddenCity(side, aliases, hidden, seed);
    }

    /** The world of the notebooks: 4 x 4 sites, two open code names each, 10 hidden ones. */
    public static HiddenCity of(long seed) {
        return of(4, 2, 10, seed);
    }

    /** All words of prompts and answers. */
    public List<String> words() {
        var words = new ArrayList<>(List.of("far", "way", "where", "name", Grid.LEVEL, Dialogue.END));
        words.addAll(Grid.WAYS);
        IntStream.rangeClosed(0, 2 * (grid.side() - 1)).forEach(d -> words.add("d" + d));
        words.addAll(grid.words());
        words.addAll(sites.keySet());
        return words;
    }

    /** The named cities. */
    public List<String> names() {
        return names;
    }

    /** The code names of which everything is told. */
    public List<String> open() {
        return open;
    }

    /** The code names of which only documents tell. */
    public List<String> hidden() {
        return hidden;
    }

    /** Rows, and columns. */
    public int side() {
        return grid.side();
    }

    /** The site of a city or code name, in [0, side^2). */
    public int site(String city) {
        Integer site = sites.get(city);
        if (site == null) {
            throw new IllegalArgumentException("city must be a name or a code name of this world, was '" + city + "'");
        }
        return site;
    }

    /** The named city at the site of a city. */
    public String nameOf(String city) {
        int at = site(city);
        return names.stream().filter(n -> site(n) == at).findFirst().orElseThrow();
    }

    private String answer(int a, int b, Relation relation) {
        String told = relation == Relation.DISTANCE ? "d" + grid.steps(a, b) : grid.way(a, b);
        return told + " " + Dialogue.END;
    }

    private static String asked(Relation relation) {
        return relation == Relation.DISTANCE ? "far" : "way";
    }

    /** What lies between two cities, with the true answer. */
    public Dialogue relation(Relation relation, String from, String to) {
        return Dialogue.of(asked(relation) + " " + from + " " + to, answer(site(from), site(to), relation));
    }

    /** Where a city lies, with the true answer. */
    public Dialogue where(String city) {
        return Dialogue.of("where " + city, grid.words(site(city)) + " " + Dialogue.END);
    }

    /** What a city is called, with the true answer. */
    public Dialogue name(String city) {
        return Dialogue.of("name " + city, nameOf(city) + " " + Dialogue.END);
    }

    /** All that is told of named cities and open code names: where they lie, what they are called, and relations to all others. */
    public List<Dialogue> atlas() {
        var told = new ArrayList<Dialogue>();
        var all = new ArrayList<>(names);
        all.addAll(open);
        for (String city : all) {
            told.add(where(city));
            told.add(name(city));
            for (String other : names) {
                if (site(city) != site(other)) {
                    for (Relation relation : Relation.values()) {
                        told.add(relation(relation, city, other));
                    }
                }
            }
        }
        return told;
    }

    /** The first {@code n} of all documents of a code name in an order drawn at random: more documents hold those of fewer. */
    public List<Dialogue> documents(String code, Relation relation, int n, long seed) {
        List<String> others = names.stream().filter(o -> site(o) != site(code)).toList();
        Check.between(n, 1, others.size(), "n");
        int[] order = Seeds.permutation(others.size(), Seeds.rng(seed, "documents of " + code));
        return IntStream.range(0, n)
                .mapToObj(i -> relation(relation, code, others.get(order[i])))
                .toList();
    }

    /** The sites that agree with all documents of one code name: what can be known from them. Never empty for true ones. */
    public List<Integer> consistent(List<Dialogue> documents) {
        return IntStream.range(0, grid.sites())
                .filter(site -> documents.stream().allMatch(d -> agrees(site, d)))
                .boxed()
                .toList();
    }

    private boolean agrees(int site, Dialogue document) {
        List<String> prompt = document.prompt();
        Relation relation = prompt.get(0).equals("far") ? Relation.DISTANCE : Relation.DIRECTION;
        String told = String.join(" ", document.answer());
        return site != site(prompt.get(2)) && told.equals(answer(site, site(prompt.get(2)), relation));
    }

    /** Judges an answer to {@code where city}. */
    public Judgement judge(String city, List<String> answer) {
        String said = String.join(" ", answer);
        int truth = site(city);
        return IntStream.range(0, grid.sites())
                .filter(s -> said.equals(grid.words(s) + " " + Dialogue.END))
                .mapToObj(s ->
                        s == truth ? Judgement.RIGHT : grid.steps(s, truth) == 1 ? Judgement.NEAR : Judgement.WRONG)
                .findFirst()
                .orElse(Judgement.GARBLED);
    }
}
