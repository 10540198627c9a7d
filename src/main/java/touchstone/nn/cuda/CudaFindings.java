package touchstone.nn.cuda;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a machine has for the CUDA backend.
 *
 * @param driver soname of the driver's library, empty where none was found
 * @param driverCuda the newest CUDA that the driver knows, such as {@code 13.0}; empty where unknown
 * @param cards visible cards, in the driver's order
 * @param blas cuBLAS, with its version, such as {@code libcublas.so.13 13.1.0}; empty where none was found
 * @param problems for each missing or unfit piece one sentence, with what to do; none where the backend can run
 */
public record CudaFindings(String driver, String driverCuda, List<Card> cards, String blas, List<String> problems) {
    public CudaFindings {
        cards = List.copyOf(cards);
        problems = List.copyOf(problems);
    }

    /** Whether the backend can run here. */
    public boolean fit() {
        return problems.isEmpty();
    }

    static CudaFindings of(Libraries libraries) {
        var problems = new ArrayList<String>();
        String soname = "";
        String cuda = "";
        int number = Integer.MAX_VALUE; // without a driver any cuBLAS will do
        List<Card> cards = List.of();
        try {
            Driver driver = Driver.open(libraries.driver());
            soname = driver.soname();
            number = driver.version();
            cuda = version(number);
            demandVersion(number);
            driver.call("cuInit", 0);
            cards = cards(driver);
            addCards(cards, problems);
        } catch (CudaException e) {
            problems.add(said(e));
        }
        Optional<BlasLibrary> blas = BlasLibrary.find(libraries.blas(), number);
        if (blas.isEmpty()) {
            problems.add(BlasLibrary.absent(libraries.blas(), number));
        }
        return new CudaFindings(
                soname, cuda, cards, blas.map(BlasLibrary::title).orElse(""), problems);
    }

    private static String said(CudaException e) {
        return Optional.ofNullable(e.getMessage()).orElse("the driver failed with code " + e.code());
    }

    private static List<Card> cards(Driver driver) {
        var cards = new ArrayList<Card>();
        int count = driver.number("cuDeviceGetCount");
        for (int i = 0; i < count; i++) {
            cards.add(Card.of(driver, i));
        }
        return cards;
    }

    private static void addCards(List<Card> cards, List<String> problems) {
        if (cards.isEmpty()) {
            problems.add(
                    "the driver sees no card: see whether nvidia-smi lists one, and whether CUDA_VISIBLE_DEVICES hides it");
        } else if (cards.stream().noneMatch(Card::fit)) {
            problems.add(tooOld(cards.get(0)));
        }
    }

    static String tooOld(Card card) {
        return "the card " + card.name() + " has compute capability " + card.capability()
                + ", our kernels need 7.5 (Turing, 2018) or newer: use TOUCHSTONE_BACKEND=cpu";
    }

    /** Such as {@code 12.4} for 12040. */
    static String version(int number) {
        return number / 1000 + "." + number % 1000 / 10;
    }

    static void demandVersion(int version) {
        int needed = Ptx.neededDriver();
        if (version < needed) {
            throw CudaException.missing("the NVIDIA driver knows CUDA up to " + version(version)
                    + ", our kernels need a driver for CUDA " + version(needed) + " or newer: update the driver");
        }
    }
}
