// A CUDA driver and a cuBLAS for machines without a card: the card's memory is malloc'd, filled with NaN and watched at both ends,
// kernels run in the emulator, products in double. Faults are set by stub_set or by STUBCUDA_<NAME> in the environment:
//   devices, version, capability, memory (bytes), launch_fails_after (launches), blas_version, copy_fails, init; sgemm, sgemm_batch,
//   dgemm, gemm_ex, syrk, strsm (the status that the call returns); product_off (millionths by which products and solutions are off).
// STUBCUDA_EMULATOR names the emulator's library where no test does.
#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OK = 0, INVALID_VALUE = 1, NO_MEMORY = 2, NOT_STARTED = 3, NO_DEVICE = 100, INVALID_DEVICE = 101, BAD_IMAGE = 200, NO_CONTEXT = 201,
       BAD_PTX = 218, NOT_FOUND = 500, LAUNCH_FAILED = 719 };
enum { GUARD = 64, FACTS = 32, ENTRIES = 512, NAME = 96 };

typedef int (*emulate_t)(const char*, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, void**);

typedef struct Block {
    char* start;
    size_t bytes;
    struct Block* next;
} Block;

typedef struct {
    char name[NAME];
} Entry;

typedef struct {
    int count;
    Entry entries[ENTRIES];
} Module;

static struct {
    char name[NAME];
    long long value;
} facts[FACTS];
static int factCount;
static Block* blocks;
static long long live, pinned, handles, launches, torn, contexts, fetched;
static int lost, started;
static emulate_t emulate;
static __thread int current;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static long long fact(const char* name, long long otherwise) {
    for (int i = 0; i < factCount; i++) {
        if (strcmp(facts[i].name, name) == 0) {
            return facts[i].value;
        }
    }
    char variable[NAME + 16] = "STUBCUDA_";
    size_t at = strlen(variable);
    for (const char* c = name; *c; c++) {
        variable[at++] = *c >= 'a' && *c <= 'z' ? *c - 32 : *c;
    }
    const char* said = getenv(variable);
    return said ? atoll(said) : otherwise;
}

void stub_set(const char* name, long long value) {
    for (int i = 0; i < factCount; i++) {
        if (strcmp(facts[i].name, name) == 0) {
            facts[i].value = value;
            return;
        }
    }
    if (factCount < FACTS) {
        snprintf(facts[factCount].name, NAME, "%s", name);
        facts[factCount++].value = value;
    }
}

// Forgets all faults; blocks stay.
void stub_reset(void) {
    factCount = 0;
    lost = 0;
    launches = 0;
}

int stub_emulator(const char* path) {
    void* library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    emulate = library ? (emulate_t) dlsym(library, "ts_emulate") : NULL;
    return emulate != NULL;
}

// Bytes of the card's memory lent; pinned bytes; streams, events, modules and handles open; launches; bytes fetched from the card; blocks written past an end.
long long stub_count(const char* what) {
    return !strcmp(what, "live") ? live
        : !strcmp(what, "pinned") ? pinned
        : !strcmp(what, "handles") ? handles
        : !strcmp(what, "launches") ? launches
        : !strcmp(what, "contexts") ? contexts
        : !strcmp(what, "fetched") ? fetched
        : torn;
}

// ---- errors, devices, contexts

static const struct {
    int code;
    const char* name;
    const char* sentence;
} errors[] = {{OK, "CUDA_SUCCESS", "no error"},
        {INVALID_VALUE, "CUDA_ERROR_INVALID_VALUE", "invalid argument"},
        {NO_MEMORY, "CUDA_ERROR_OUT_OF_MEMORY", "out of memory"},
        {NOT_STARTED, "CUDA_ERROR_NOT_INITIALIZED", "initialization error"},
        {NO_DEVICE, "CUDA_ERROR_NO_DEVICE", "no CUDA-capable device is detected"},
        {INVALID_DEVICE, "CUDA_ERROR_INVALID_DEVICE", "invalid device ordinal"},
        {BAD_IMAGE, "CUDA_ERROR_INVALID_IMAGE", "device kernel image is invalid"},
        {NO_CONTEXT, "CUDA_ERROR_INVALID_CONTEXT", "invalid device context"},
        {BAD_PTX, "CUDA_ERROR_INVALID_PTX", "a PTX JIT compilation failed"},
        {NOT_FOUND, "CUDA_ERROR_NOT_FOUND", "named symbol not found"},
        {LAUNCH_FAILED, "CUDA_ERROR_LAUNCH_FAILED", "unspecified launch failure"}};

static int describe(int code, const char** out, int sentence) {
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        if (errors[i].code == code) {
            *out = sentence ? errors[i].sentence : errors[i].name;
            return OK;
        }
    }
    *out = NULL;
    return INVALID_VALUE;
}

int cuGetErrorName(int code, const char** out) {
    return describe(code, out, 0);
}

int cuGetErrorString(int code, const char** out) {
    return describe(code, out, 1);
}

int cuInit(unsigned flags) {
    started = 1;
    if (!emulate && getenv("STUBCUDA_EMULATOR")) {
        stub_emulator(getenv("STUBCUDA_EMULATOR"));
    }
    int code = (int) fact("init", OK);
    return code != OK ? code : fact("devices", 1) == 0 ? NO_DEVICE : flags == 0 ? OK : INVALID_VALUE;
}

int cuDriverGetVersion(int* version) {
    *version = (int) fact("version", 13000);
    return OK;
}

int cuDeviceGetCount(int* count) {
    *count = (int) fact("devices", 1);
    return started ? OK : NOT_STARTED;
}

int cuDeviceGet(int* device, int ordinal) {
    *device = ordinal;
    return ordinal >= 0 && ordinal < fact("devices", 1) ? OK : INVALID_DEVICE;
}

int cuDeviceGetName(char* name, int length, int device) {
    snprintf(name, length, "Stub card %d", device);
    return OK;
}

int cuDeviceGetAttribute(int* value, int attribute, int device) {
    (void) device;
    long long capability = fact("capability", 90);
    *value = attribute == 75 ? (int) capability / 10 : attribute == 76 ? (int) capability % 10 : attribute == 16 ? 4 : 0;
    return OK;
}

int cuDeviceTotalMem_v2(size_t* bytes, int device) {
    (void) device;
    *bytes = (size_t) fact("memory", 1LL << 30);
    return OK;
}

int cuDevicePrimaryCtxRetain(void** context, int device) {
    (void) device;
    contexts++;
    *context = &contexts;
    return OK;
}

int cuDevicePrimaryCtxRelease_v2(int device) {
    (void) device;
    contexts--;
    return OK;
}

int cuCtxSetCurrent(void* context) {
    current = context == &contexts;
    return OK;
}

static int ready(void) {
    return !current ? NO_CONTEXT : lost ? LAUNCH_FAILED : OK;
}

// ---- memory

int cuMemGetInfo_v2(size_t* free, size_t* total) {
    *total = (size_t) fact("memory", 1LL << 30);
    *free = *total - (size_t) live;
    return current ? OK : NO_CONTEXT;
}

int cuMemAlloc_v2(unsigned long long* address, size_t bytes) {
    if (ready() != OK) {
        return ready();
    }
    if (bytes == 0) {
        return INVALID_VALUE;
    }
    pthread_mutex_lock(&lock);
    int fits = live + (long long) bytes <= fact("memory", 1LL << 30);
    Block* block = fits ? malloc(sizeof *block) : NULL;
    if (block) {
        block->start = malloc(bytes + 2 * GUARD);
        memset(block->start, 0xFF, bytes + 2 * GUARD);
        block->bytes = bytes;
        block->next = blocks;
        blocks = block;
        live += (long long) bytes;
        *address = (unsigned long long) (block->start + GUARD);
    }
    pthread_mutex_unlock(&lock);
    return block ? OK : NO_MEMORY;
}

static int whole(const Block* b) {
    for (size_t i = 0; i < GUARD; i++) {
        if ((unsigned char) b->start[i] != 0xFF || (unsigned char) b->start[GUARD + b->bytes + i] != 0xFF) {
            return 0;
        }
    }
    return 1;
}

int cuMemFree_v2(unsigned long long address) {
    if (ready() != OK) {
        return ready();
    }
    int code = INVALID_VALUE;
    pthread_mutex_lock(&lock);
    for (Block** at = &blocks; *at; at = &(*at)->next) {
        Block* block = *at;
        if ((unsigned long long) (block->start + GUARD) == address) {
            torn += !whole(block);
            *at = block->next;
            live -= (long long) block->bytes;
            free(block->start);
            free(block);
            code = OK;
            break;
        }
    }
    pthread_mutex_unlock(&lock);
    return code;
}

// Looks at the ends of all blocks; the number of those written past.
long long stub_torn(void) {
    long long found = torn;
    for (Block* b = blocks; b; b = b->next) {
        found += !whole(b);
    }
    return found;
}

static int inside(unsigned long long address, size_t bytes) {
    int found = 0;
    pthread_mutex_lock(&lock);
    for (Block* b = blocks; b && !found; b = b->next) {
        unsigned long long start = (unsigned long long) (b->start + GUARD);
        found = address >= start && address + bytes <= start + b->bytes;
    }
    pthread_mutex_unlock(&lock);
    return found;
}

static int copy(void* to, const void* from, unsigned long long card, size_t bytes) {
    int code = ready();
    if (code == OK) {
        code = (int) fact("copy_fails", inside(card, bytes) ? OK : INVALID_VALUE);
    }
    if (code == OK) {
        memcpy(to, from, bytes);
    }
    return code;
}

int cuMemcpyHtoDAsync_v2(unsigned long long to, const void* from, size_t bytes, void* stream) {
    (void) stream;
    return copy((void*) to, from, to, bytes);
}

int cuMemcpyDtoHAsync_v2(void* to, unsigned long long from, size_t bytes, void* stream) {
    (void) stream;
    fetched += (long long) bytes;
    return copy(to, (const void*) from, from, bytes);
}

int cuMemcpyDtoDAsync_v2(unsigned long long to, unsigned long long from, size_t bytes, void* stream) {
    (void) stream;
    return inside(from, bytes) ? copy((void*) to, (const void*) from, to, bytes) : INVALID_VALUE;
}

int cuMemsetD32Async(unsigned long long to, unsigned value, size_t n, void* stream) {
    (void) stream;
    if (ready() != OK || !inside(to, 4 * n)) {
        return ready() != OK ? ready() : INVALID_VALUE;
    }
    for (size_t i = 0; i < n; i++) {
        ((unsigned*) to)[i] = value;
    }
    return OK;
}

int cuMemHostAlloc(void** out, size_t bytes, unsigned flags) {
    (void) flags;
    size_t* block = malloc(bytes + 64);
    block[0] = bytes;
    pinned += (long long) bytes;
    *out = (char*) block + 64;
    return ready();
}

int cuMemFreeHost(void* address) {
    size_t* block = (size_t*) ((char*) address - 64);
    pinned -= (long long) block[0];
    free(block);
    return OK;
}

// ---- streams and events: everything is done by the time a call returns

static int handle(void** out) {
    handles++;
    *out = malloc(8);
    return ready();
}

static int drop(void* it) {
    handles--;
    free(it);
    return OK;
}

int cuStreamCreate(void** out, unsigned flags) {
    (void) flags;
    return handle(out);
}

int cuStreamDestroy_v2(void* it) {
    return drop(it);
}

int cuStreamSynchronize(void* it) {
    (void) it;
    return ready();
}

int cuEventCreate(void** out, unsigned flags) {
    (void) flags;
    return handle(out);
}

int cuEventDestroy_v2(void* it) {
    return drop(it);
}

int cuEventRecord(void* it, void* stream) {
    (void) it;
    (void) stream;
    return ready();
}

int cuEventSynchronize(void* it) {
    (void) it;
    return ready();
}

// ---- modules: names of entries alone

int cuModuleLoadDataEx(void** out, const char* image, unsigned count, const int* options, void** values) {
    if (ready() != OK) {
        return ready();
    }
    if (!strstr(image, ".version") || fact("bad_ptx", 0)) {
        for (unsigned i = 0; i < count; i++) {
            if (options[i] == 5) {
                snprintf(values[i], 64, "ptxas application ptx input, line 1; fatal: stub");
            }
        }
        return BAD_PTX;
    }
    Module* module = calloc(1, sizeof *module);
    for (const char* at = strstr(image, ".entry "); at && module->count < ENTRIES; at = strstr(at, ".entry ")) {
        at += strlen(".entry ");
        size_t length = strcspn(at, "( \n");
        snprintf(module->entries[module->count++].name, NAME, "%.*s", (int) length, at);
    }
    handles++;
    *out = module;
    return OK;
}

int cuModuleUnload(void* module) {
    return drop(module);
}

int cuModuleGetFunction(void** out, Module* module, const char* name) {
    for (int i = 0; i < module->count; i++) {
        if (strcmp(module->entries[i].name, name) == 0) {
            *out = &module->entries[i];
            return OK;
        }
    }
    return NOT_FOUND;
}

int cuLaunchKernel(Entry* kernel, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz, unsigned bytes,
        void* stream, void** arguments, void** extra) {
    (void) stream;
    (void) extra;
    if (ready() != OK) {
        return ready();
    }
    launches++;
    long long last = fact("launch_fails_after", -1);
    if (last >= 0 && launches > last) {
        lost = 1;
        return LAUNCH_FAILED;
    }
    if (!emulate) {
        return NOT_FOUND;
    }
    int code = emulate(kernel->name, gx, gy, gz, bx, by, bz, bytes, arguments);
    return code == 0 ? OK : code == 1 ? NOT_FOUND : code == 2 ? INVALID_VALUE : LAUNCH_FAILED;
}

// ---- cuBLAS, column by column

static long long mathMode;

long long stub_math(void) {
    return mathMode;
}

int cublasGetProperty(int which, int* value) {
    int version = (int) fact("blas_version", 130100);
    *value = which == 0 ? version / 10000 : which == 1 ? version / 100 % 100 : version % 100;
    return 0;
}

int cublasGetVersion_v2(void* handle, int* version) {
    (void) handle;
    *version = (int) fact("blas_version", 130100);
    return 0;
}

int cublasCreate_v2(void** out) {
    int code = (int) fact("blas_create", 0);
    if (code == 0) {
        handles++;
        *out = calloc(1, 8); // the mode of its mathematics
    }
    return code;
}

int cublasDestroy_v2(void* it) {
    return drop(it);
}

int cublasSetStream_v2(void* handle, void* stream) {
    return handle && stream ? 0 : 7;
}

int cublasSetMathMode(void* handle, int mode) {
    *(long long*) handle = mode;
    mathMode = mode;
    return 0;
}

// Kinds of numbers, as cudaDataType counts them.
enum { FLOAT = 0, DOUBLE = 1, BF16 = 14 };

static size_t width(int kind) {
    return kind == DOUBLE ? 8 : kind == FLOAT ? 4 : 2;
}

// A number as its kind holds it; cut: as TF32, which keeps 10 bits after the point and here loses the rest, the worst that a card does.
static double number(const void* x, size_t at, int kind, int cut) {
    if (kind == DOUBLE) {
        return ((const double*) x)[at];
    }
    unsigned bits = kind == FLOAT ? ((const unsigned*) x)[at] : (unsigned) ((const unsigned short*) x)[at] << 16;
    float value;
    bits = cut ? bits & ~0x1fffu : bits;
    memcpy(&value, &bits, 4);
    return value;
}

static void put(void* x, size_t at, int kind, double value) {
    if (kind == DOUBLE) {
        ((double*) x)[at] = value;
    } else {
        ((float*) x)[at] = (float) value;
    }
}

typedef struct {
    const void* at;
    int turned, apart, kind;
    long long step;
} Matrix;

static int within(Matrix x, int rows, int columns, int count) {
    size_t span = ((size_t) (x.turned ? rows : columns) - 1) * x.apart + (x.turned ? columns : rows);
    return inside((unsigned long long) x.at, width(x.kind) * (span + (size_t) x.step * (count - 1)));
}

// C [m, n] = alpha A B + beta C, sums in double; a failure that was set for the call by its name
static int product(const char* call, void* handle, int m, int n, int k, double alpha, Matrix a, Matrix b, double beta, Matrix c, int count) {
    int failure = (int) fact(call, 0);
    if (failure) {
        return failure;
    }
    if (!handle || m < 0 || n < 0 || k < 0 || a.apart < (a.turned ? k : m) || b.apart < (b.turned ? n : k) || c.apart < m || a.apart < 1
            || b.apart < 1 || c.apart < 1) {
        return 7;
    }
    if (lost || !within(a, m, k, count) || !within(b, k, n, count) || !within(c, m, n, count)) {
        return 13;
    }
    int cut = *(long long*) handle == 3 && a.kind == FLOAT;
    alpha *= 1 + 1e-6 * (double) fact("product_off", 0);
    for (int item = 0; item < count; item++) {
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < m; i++) {
                double sum = 0;
                for (int l = 0; l < k; l++) {
                    size_t left = a.step * item + (a.turned ? l + (size_t) i * a.apart : i + (size_t) l * a.apart);
                    size_t right = b.step * item + (b.turned ? j + (size_t) l * b.apart : l + (size_t) j * b.apart);
                    sum += number(a.at, left, a.kind, cut) * number(b.at, right, b.kind, cut);
                }
                size_t to = c.step * item + i + (size_t) j * c.apart;
                put((void*) c.at, to, c.kind, beta == 0 ? alpha * sum : alpha * sum + beta * number(c.at, to, c.kind, 0));
            }
        }
    }
    return 0;
}

int cublasSgemmStridedBatched(void* handle, int ta, int tb, int m, int n, int k, const float* alpha, const float* a, int lda,
        long long stepA, const float* b, int ldb, long long stepB, const float* beta, float* c, int ldc, long long stepC, int count) {
    return product("sgemm_batch", handle, m, n, k, *alpha, (Matrix) {a, ta, lda, FLOAT, stepA}, (Matrix) {b, tb, ldb, FLOAT, stepB},
            *beta, (Matrix) {c, 0, ldc, FLOAT, stepC}, count);
}

int cublasSgemm_v2(void* handle, int ta, int tb, int m, int n, int k, const float* alpha, const float* a, int lda, const float* b,
        int ldb, const float* beta, float* c, int ldc) {
    return product("sgemm", handle, m, n, k, *alpha, (Matrix) {a, ta, lda, FLOAT, 0}, (Matrix) {b, tb, ldb, FLOAT, 0}, *beta,
            (Matrix) {c, 0, ldc, FLOAT, 0}, 1);
}

int cublasDgemm_v2(void* handle, int ta, int tb, int m, int n, int k, const double* alpha, const double* a, int lda, const double* b,
        int ldb, const double* beta, double* c, int ldc) {
    return product("dgemm", handle, m, n, k, *alpha, (Matrix) {a, ta, lda, DOUBLE, 0}, (Matrix) {b, tb, ldb, DOUBLE, 0}, *beta,
            (Matrix) {c, 0, ldc, DOUBLE, 0}, 1);
}

int cublasGemmStridedBatchedEx(void* handle, int ta, int tb, int m, int n, int k, const float* alpha, const void* a, int kindA, int lda,
        long long stepA, const void* b, int kindB, int ldb, long long stepB, const float* beta, void* c, int kindC, int ldc,
        long long stepC, int count, int compute, int how) {
    if (compute != 68 || how != -1 || kindA != BF16 || kindB != BF16 || kindC != FLOAT) {
        return 15;
    }
    return fact("capability", 90) < 80 ? 8
        : product("gemm_ex", handle, m, n, k, *alpha, (Matrix) {a, ta, lda, kindA, stepA}, (Matrix) {b, tb, ldb, kindB, stepB}, *beta,
            (Matrix) {c, 0, ldc, kindC, stepC}, count);
}

// One triangle of C [n, n] = alpha A A^T + beta C; the other is left alone
static int squares(void* handle, int upper, int turned, int n, int k, double alpha, Matrix a, double beta, Matrix c) {
    int failure = (int) fact("syrk", 0);
    if (failure) {
        return failure;
    }
    if (!handle || n < 0 || k < 0 || a.apart < (turned ? k : n) || c.apart < n || a.apart < 1) {
        return 7;
    }
    a.turned = turned;
    int cut = mathMode == 3 && c.kind == FLOAT;
    if (lost || !within(a, n, k, 1) || !within(c, n, n, 1)) {
        return 13;
    }
    for (int j = 0; j < n; j++) {
        for (int i = upper ? 0 : j; i < (upper ? j + 1 : n); i++) {
            double sum = 0;
            for (int l = 0; l < k; l++) {
                size_t left = turned ? l + (size_t) i * a.apart : i + (size_t) l * a.apart;
                size_t right = turned ? l + (size_t) j * a.apart : j + (size_t) l * a.apart;
                sum += number(a.at, left, a.kind, cut) * number(a.at, right, a.kind, cut);
            }
            size_t to = i + (size_t) j * c.apart;
            put((void*) c.at, to, c.kind, beta == 0 ? alpha * sum : alpha * sum + beta * number(c.at, to, c.kind, 0));
        }
    }
    return 0;
}

int cublasDsyrk_v2(void* handle, int upper, int turned, int n, int k, const double* alpha, const double* a, int lda, const double* beta,
        double* c, int ldc) {
    return squares(handle, upper, turned, n, k, *alpha, (Matrix) {a, 0, lda, DOUBLE, 0}, *beta, (Matrix) {c, 0, ldc, DOUBLE, 0});
}

int cublasSsyrk_v2(void* handle, int upper, int turned, int n, int k, const float* alpha, const float* a, int lda, const float* beta,
        float* c, int ldc) {
    return squares(handle, upper, turned, n, k, *alpha, (Matrix) {a, 0, lda, FLOAT, 0}, *beta, (Matrix) {c, 0, ldc, FLOAT, 0});
}

// X [m, n] = alpha op(A)^-1 X for a triangle on the left, in double; no other form is asked for
int cublasStrsm_v2(void* handle, int side, int upper, int turned, int unit, int m, int n, const float* alpha, const float* a, int lda,
        float* x, int ldx) {
    int failure = (int) fact("strsm", 0);
    if (failure) {
        return failure;
    }
    if (!handle || side != 0 || unit != 0 || m < 0 || n < 0 || lda < m || ldx < m || lda < 1) {
        return 7;
    }
    if (lost || !within((Matrix) {a, 0, lda, FLOAT, 0}, m, m, 1) || !within((Matrix) {x, 0, ldx, FLOAT, 0}, m, n, 1)) {
        return 13;
    }
    int forward = upper == turned; // op(A) is a lower triangle
    double first = *alpha * (1 + 1e-6 * (double) fact("product_off", 0));
    double* column = malloc(8 * (size_t) m);
    for (int j = 0; j < n; j++) {
        for (int step = 0; step < m; step++) {
            int i = forward ? step : m - 1 - step;
            double sum = first * x[i + (size_t) j * ldx];
            for (int l = forward ? 0 : i + 1; l < (forward ? i : m); l++) {
                sum -= (double) (turned ? a[l + (size_t) i * lda] : a[i + (size_t) l * lda]) * column[l];
            }
            column[i] = sum / a[i + (size_t) i * lda];
        }
        for (int i = 0; i < m; i++) {
            x[i + (size_t) j * ldx] = (float) column[i];
        }
    }
    free(column);
    return 0;
}
