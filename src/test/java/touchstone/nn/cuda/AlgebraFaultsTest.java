package touchstone.nn.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import touchstone.nn.Algebra;
import touchstone.nn.Tensor;
import touchstone.nn.cuda.CudaOptions.Precision;

/** What fails in the middle of the algebra: one sentence, nothing kept, and the card goes on. */
class AlgebraFaultsTest {
    private static final Stub.Calls STUB = Stub.calls();

    private CudaBackend card;

    @BeforeEach
    void open() {
        card = Stub.backend(CudaOptions.defaults().withCap(1 << 20));
    }

    @AfterEach
    void close() {
        STUB.stub_reset();
        card.close();
    }

    private static double[][] ones(int n, int d) {
        var x = new double[n][d];
        for (double[] row : x) {
            Arrays.fill(row, 1);
        }
        return x;
    }

    /** CUBLAS_STATUS_EXECUTION_FAILED is 13, ALLOC_FAILED 3. */
    @Test
    void aFailedProductIsNamedAndNothingIsKept() {
        var algebra = new CudaAlgebra(card);
        double[][] x = ones(5, 4);
        Algebra.Product product = algebra.times(x);
        Algebra.Rows rows = (i, into, at) -> System.arraycopy(x[i], 0, into, at, 4);
        long used = card.context.memory().used();
        STUB.stub_set("dgemm", 13);
        STUB.stub_set("syrk", 3);
        var failed = assertThrows(CudaException.class, () -> product.of(x));
        assertEquals("cublasDgemm_v2 failed with CUBLAS_STATUS_EXECUTION_FAILED (13)", failed.getMessage());
        var full = assertThrows(CudaException.class, () -> algebra.gram(5, 4, rows));
        assertEquals(
                "cublasDsyrk_v2 failed with CUBLAS_STATUS_ALLOC_FAILED (3); free of the card's memory: "
                        + DeviceMemory.megabytes(card.context.freeAndTotal()[0]),
                full.getMessage());
        STUB.stub_set("sgemm", 14);
        var search =
                assertThrows(CudaException.class, () -> algebra.neighbours(x, 1).kth(x));
        assertEquals("cublasSgemm_v2 failed with CUBLAS_STATUS_INTERNAL_ERROR (14)", search.getMessage());
        STUB.stub_reset();
        assertArrayEquals(new double[] {4, 4, 4, 4, 4}, product.of(x)[0]);
        assertEquals(5, algebra.gram(5, 4, rows)[3][2]);
        assertTrue(card.context.memory().used() - used <= 512, "one bank, which the collector has still to find");
    }

    @ParameterizedTest
    @ValueSource(strings = {"strsm", "sgemm", "syrk", "gemm_ex"})
    void aFailureOfResidentMatricesKeepsNothing(String call) {
        CudaMatrices matrices = CudaMatrices.on(card);
        Tensor x = card.zeros(6, 3);
        Tensor l = card.zeros(3, 3);
        Tensor row = card.zeros(1, 3);
        Tensor out = card.zeros(6, 1);
        matrices.uniform(x, 1);
        for (Tensor t : new Tensor[] {l, row, out}) {
            card.fill(t, 1);
        }
        Map<String, Runnable> works = Map.of(
                "strsm",
                () -> matrices.mahalanobis(x, row, l, out),
                "sgemm",
                () -> matrices.residual(x, row, l, out),
                "syrk",
                () -> matrices.covariance(x, row, l),
                "gemm_ex",
                () -> matrices.nearest(Precision.BF16, x, x, 2).close());
        Runnable work = works.get(call);
        long used = card.context.memory().used();
        STUB.stub_set(call, 13);
        var e = assertThrows(CudaException.class, work::run);
        assertTrue(e.getMessage().endsWith("failed with CUBLAS_STATUS_EXECUTION_FAILED (13)"), e.getMessage());
        assertEquals(used, card.context.memory().used());
        STUB.stub_reset();
        work.run();
        assertEquals(used, card.context.memory().used());
    }

    /** 1 MB may be held; the sums of a Gram matrix of 600 columns take 2.7 MB. */
    @Test
    void aMatrixThatCannotBeCutSaysHowLargeItIs() {
        var algebra = new CudaAlgebra(card);
        var e = assertThrows(CudaException.class, () -> algebra.gram(3, 600, (i, into, at) -> into[at] = 1));
        assertTrue(
                e.getMessage().startsWith("the card's memory is full: asked for 2.7 MB, ")
                        && e.getMessage().contains("1.0 MB allowed by TOUCHSTONE_CUDA_MEMORY"),
                e.getMessage());
        assertEquals(2, algebra.gram(2, 1, (i, into, at) -> into[at] = 1)[0][0]);
    }

    /** The driver has less than the cap allows: nothing of the product is kept, and it works when there is room. */
    @Test
    void aCardThatFillsUpInTheMiddleOfAProductGoesOn() {
        double[][] b = ones(3000, 8); // 192 KB
        Algebra.Product product = new CudaAlgebra(card).times(b);
        long used = card.context.memory().used();
        STUB.stub_set("memory", STUB.stub_count("live") + (100 << 10));
        var e = assertThrows(CudaException.class, () -> product.of(ones(2, 8)));
        assertEquals(Driver.OUT_OF_MEMORY, e.code());
        assertEquals(used, card.context.memory().used());
        STUB.stub_reset();
        assertEquals(8, product.of(ones(2, 8))[1][2999]);
    }

    /** Six of 240 KB each under a cap of 1 MB: two lie on the card, the others go there slab by slab. */
    @Test
    void banksLeaveRoomForOneAnother() {
        var algebra = new CudaAlgebra(card);
        var products = new ArrayList<Algebra.Product>();
        for (int i = 0; i < 6; i++) {
            products.add(algebra.times(ones(30, 1000)));
        }
        for (Algebra.Product product : products) {
            assertEquals(1000, product.of(ones(2, 1000))[1][29]);
        }
    }

    @Test
    void aFailedKernelOfTheSearchIsNamed() {
        var algebra = new CudaAlgebra(card);
        Algebra.Neighbours search = algebra.neighbours(ones(5, 4), 2);
        assertArrayEquals(new double[] {0}, search.kth(ones(1, 4)));
        STUB.stub_set("launch_fails_after", STUB.stub_count("launches"));
        var e = assertThrows(CudaException.class, () -> search.kth(ones(1, 4)));
        assertTrue(e.getMessage()
                .startsWith("cuLaunchKernel of ts_row_squares failed with CUDA_ERROR_LAUNCH_FAILED (719)"));
    }
}
