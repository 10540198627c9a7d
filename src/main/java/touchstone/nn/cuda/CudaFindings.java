package touchstone.nn.cuda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a machine has for the CUDA backend.
 *
 * @param driver soname of the driver's library, empty where none was found
 * @param driverCuda the newest CUDA that the driver knows, such as {@code 13.0}; empty where unknown
 * @param release of the driver, such as {@code 580.65.06}; empty where unknown
 * @param cards visible cards, in the driver's order
 * @param libraries each cuBLAS found, with its version, such as {@code libcublas.so.13 13.1.0}, in the order they are tried
 * @param problems for each missing or unfit piece one sentence, with what to do; none where the backend can run
 */
public record CudaFindings(
        String driver,
        String driverCuda,
        String release,
        List<Card> cards,
        List<String> libraries,
        List<String> problems) {
    /** Where Linux shows the release of a loaded driver. */
    static final List<Path> KERNEL_MODULE =
            List.of(Path.of("/sys/module/nvidia/version"), Path.of("/proc/driver/nvidia/version"));

    private static final Pattern NUMBER = Pattern.compile("\\b\\d{2,4}\\.\\d{1,4}(\\.\\d{1,4})?\\b");

    public CudaFindings {
        cards = List.copyOf(cards);
        libraries = List.copyOf(libraries);
        problems = List.copyOf(problems);
    }

    /** Whether the backend can run here. */
    public boolean fit() {
        return problems.isEmpty();
    }

    /** With the card that {@code TOUCHSTONE_CUDA_DEVICE} names, else the first. */
    static CudaFindings of(Libraries libraries, Map<String, String> environment) {
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
            int known = number;
            addIfUnfit(() -> demandVersion(known), problems); // an old driver tells of its cards all the same
            driver.call("cuInit", 0);
            cards = cards(driver);
            addCards(cards, environment, problems);
        } catch (CudaException e) {
            problems.add(said(e));
        }
        addIfUnfit(() -> Gemm.demandUnforced(environment), problems);
        Optional<BlasLibrary> blas = BlasLibrary.find(libraries.blas(), number);
        if (blas.isEmpty()) {
            problems.add(BlasLibrary.absent(libraries.blas(), number));
        }
        return new CudaFindings(
                soname,
                cuda,
                soname.isEmpty() ? "" : release(KERNEL_MODULE),
                cards,
                BlasLibrary.titles(libraries.blas()),
                problems);
    }

    private static void addIfUnfit(Runnable demand, List<String> problems) {
        try {
            demand.run();
        } catch (CudaException e) {
            problems.add(said(e));
        }
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

    private static void addCards(List<Card> cards, Map<String, String> environment, List<String> problems) {
        try {
            int device = CudaOptions.of(environment).device();
            if (cards.isEmpty()) {
                problems.add(
                        "the driver sees no card: see whether nvidia-smi lists one, and whether CUDA_VISIBLE_DEVICES hides it");
            } else if (device >= cards.size()) {
                problems.add("TOUCHSTONE_CUDA_DEVICE must lie in [0, " + cards.size() + "), was " + device
                        + ": name one of the cards that the driver sees, or unset it");
            } else if (!cards.get(device).fit()) {
                problems.add(tooOld(cards.get(device)));
            }
        } catch (IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
    }

    /** The release that the first of these files names; empty where none does. */
    static String release(List<Path> files) {
        return files.stream()
                .map(file -> NUMBER.matcher(text(file)))
                .filter(Matcher::find)
                .map(Matcher::group)
                .findFirst()
                .orElse("");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return ""; // another system, or no driver
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
