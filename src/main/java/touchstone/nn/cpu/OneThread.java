package touchstone.nn.cpu;

import org.bytedeco.openblas.global.openblas;

/**
 * Keeps OpenBLAS to one of its threads: it rounds differently with each number of them, and ours share the work. The setting is the
 * process's: the first in sets it, the last out restores it, which takes up to ten milliseconds.
 */
final class OneThread {
    private static int inside;
    private static int before;

    private OneThread() {}

    static void run(Runnable products) {
        enter();
        try {
            products.run();
        } finally {
            leave();
        }
    }

    private static synchronized void enter() {
        if (inside++ == 0) {
            before = openblas.blas_get_num_threads();
            openblas.blas_set_num_threads(1);
        }
    }

    private static synchronized void leave() {
        if (--inside == 0) {
            openblas.blas_set_num_threads(before);
        }
    }
}
