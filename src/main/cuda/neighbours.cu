// Nearest rows from products of cuBLAS.
#include "common.cuh"

// a^2 + b^2 - 2 a b, at least 0, NaN of NaN
static __device__ __forceinline__ float squaredDistance(float product, float a, float b) {
    float d = a + b - 2.0f * product;
    return d < 0 ? 0.0f : d;
}

// A number and its index as one key: the lesser number first, then the lesser index; NaN after all numbers. So a list of the
// least keys does not depend on the order in which they are met.
typedef unsigned long long Key;
static const Key NONE = ~0ULL;

static __device__ __forceinline__ Key keyOf(float x, int index) {
    unsigned bits = __float_as_uint(x + 0.0f); // -0 becomes 0
    unsigned rising = notANumber(x) ? 0xfffffffeu : (bits >> 31) ? ~bits : bits | 0x80000000u;
    return ((Key) rising << 32) | (unsigned) index;
}

static __device__ __forceinline__ float numberOf(Key key) {
    unsigned rising = (unsigned) (key >> 32);
    if (rising == 0xfffffffeu) {
        return NAN;
    }
    return __uint_as_float((rising >> 31) ? rising & 0x7fffffffu : ~rising);
}

// Sorts 512 keys by 256 threads.
static __device__ void sortKeys(Key* keys) {
    for (int size = 2; size <= 512; size *= 2) {
        for (int gap = size / 2; gap > 0; gap /= 2) {
            int i = (int) threadIdx.x / gap * 2 * gap + (int) threadIdx.x % gap;
            Key a = keys[i];
            Key b = keys[i + gap];
            if ((a > b) == ((i & size) == 0)) {
                keys[i] = b;
                keys[i + gap] = a;
            }
            __syncthreads();
        }
    }
}

// The k least numbers of each row: keys 0 .. 127 hold the least so far, the rest waits until it is nearly full.
template <class Numbers>
static __device__ void least(
        Numbers number, float* values, int* indices, long long rows, long long columns, long long start, long long k) {
    __shared__ Key keys[512];
    __shared__ int filled;
    for (long long row = blockIdx.x; row < rows; row += gridDim.x) {
        for (int t = (int) threadIdx.x; t < 512; t += 256) {
            bool old = start > 0 && t < k && indices[row * k + t] >= 0;
            keys[t] = old ? keyOf(values[row * k + t], indices[row * k + t]) : NONE;
        }
        if (threadIdx.x == 0) {
            filled = 128;
        }
        __syncthreads();
        Key limit = keys[k - 1];
        for (long long from = 0; from < columns; from += 256) {
            long long j = from + threadIdx.x;
            if (j < columns) {
                Key key = keyOf(number.at(row, j), (int) (start + j));
                if (key < limit) {
                    keys[atomicAdd(&filled, 1)] = key;
                }
            }
            __syncthreads();
            bool full = filled > 256;
            __syncthreads();
            if (full) {
                sortKeys(keys);
                limit = keys[k - 1];
                for (int t = (int) threadIdx.x; t < 512; t += 256) {
                    keys[t] = t < k ? keys[t] : NONE;
                }
                if (threadIdx.x == 0) {
                    filled = 128;
                }
                __syncthreads();
            }
        }
        sortKeys(keys);
        for (int t = (int) threadIdx.x; t < k; t += 256) {
            bool empty = keys[t] == NONE;
            values[row * k + t] = empty ? INFINITY : numberOf(keys[t]);
            indices[row * k + t] = empty ? -1 : (int) (unsigned) keys[t];
        }
        __syncthreads();
    }
}

struct Distances {
    const float* products;
    const float* a;
    const float* b;
    long long stride;
    __device__ __forceinline__ float at(long long i, long long j) const {
        return squaredDistance(products[i * stride + j], a[i], b[j]);
    }
};

struct Halves {
    const float* products;
    const float* b;
    long long stride;
    __device__ __forceinline__ float at(long long i, long long j) const {
        return 0.5f * b[j] - products[i * stride + j];
    }
};

// values, indices [rows, k] = the k least squared distances of each row, rising, k in 1 .. 128, from products [rows, columns] and
// squared lengths a [rows], b [columns]; of equal ones the first. With start 0 the lists are new; otherwise they hold those of
// columns before start, and these columns are numbered from start on. Lists that are not full end in infinity, -1.
// launch: block per row, 256 threads
extern "C" __global__ void ts_nearest(
        const float* products,
        const float* a,
        const float* b,
        float* values,
        int* indices,
        long long rows,
        long long columns,
        long long stride,
        long long start,
        long long k) {
    least(Distances{products, a, b, stride}, values, indices, rows, columns, start, k);
}

// The same for half the squared distances less half the squared length of the row: b[j] / 2 - products[i, j], which may be negative
// launch: block per row, 256 threads
extern "C" __global__ void ts_nearest_halves(
        const float* products,
        const float* b,
        float* values,
        int* indices,
        long long rows,
        long long columns,
        long long stride,
        long long start,
        long long k) {
    least(Halves{products, b, stride}, values, indices, rows, columns, start, k);
}
