// What the algebra of detectors and products in bf16 need beside the rest.
#include "common.cuh"

// y = x rounded to bf16, the nearest, ties to even; a NaN stays one; y is bits, a row each yStride
// launch: grid-stride 1d
extern "C" __global__ void ts_bfloat16(
        const float* x, unsigned short* y, long long rows, long long columns, long long xStride, long long yStride) {
    for (long long i = firstIndex(); i < rows * columns; i += indexStep()) {
        float v = x[placeOf(i, columns, xStride)];
        unsigned bits = __float_as_uint(v);
        unsigned rounded = (bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16;
        y[placeOf(i, columns, yStride)] = (unsigned short) (notANumber(v) ? (bits >> 16) | 0x40u : rounded);
    }
}

// x = numbers in [-1, 1), 24 bits each, of the seed and the element's index alone (SplitMix64)
// launch: grid-stride 1d
extern "C" __global__ void ts_uniform(float* x, long long rows, long long columns, long long xStride, long long seed) {
    for (long long i = firstIndex(); i < rows * columns; i += indexStep()) {
        unsigned long long z = (unsigned long long) seed + 0x9e3779b97f4a7c15ULL * (unsigned long long) (i + 1);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        z = z ^ (z >> 31);
        x[placeOf(i, columns, xStride)] = (float) (int) (z >> 40) * 1.1920928955078125e-7f - 1.0f;
    }
}

// x [d, d] = the upper triangle times factor, and below the diagonal the same
// launch: grid-stride 1d
extern "C" __global__ void ts_mirror(float* x, long long d, long long xStride, float factor) {
    for (long long i = firstIndex(); i < d * d; i += indexStep()) {
        long long row = quotient(i, d);
        long long j = i - row * d;
        if (j >= row) {
            float v = factor * x[row * xStride + j];
            x[row * xStride + j] = v;
            x[j * xStride + row] = v;
        }
    }
}

// out [m, n] = squared distances of queries [m, d] to rows [n, d], each summed in double from the first column to the last: the
// bits of the plain loop
// launch: block per tile, 32 x 8 threads
extern "C" __global__ void ts_squared_distances(
        const double* queries, const double* rows, double* out, long long m, long long n, long long d) {
    __shared__ double left[8][33];
    __shared__ double right[32][33];
    long long across = (n + 31) / 32;
    long long tiles = (m + 7) / 8 * across;
    for (long long t = blockIdx.x; t < tiles; t += gridDim.x) {
        long long q = t / across * 8 + threadIdx.y;
        long long first = t % across * 32;
        double sum = 0;
        for (long long from = 0; from < d; from += 32) {
            long long c = from + threadIdx.x;
            left[threadIdx.y][threadIdx.x] = q < m && c < d ? queries[q * d + c] : 0;
            for (int k = (int) threadIdx.y; k < 32; k += 8) {
                right[k][threadIdx.x] = first + k < n && c < d ? rows[(first + k) * d + c] : 0;
            }
            __syncthreads();
            int end = d - from < 32 ? (int) (d - from) : 32;
            for (int j = 0; j < end; j++) {
                double difference = right[threadIdx.x][j] - left[threadIdx.y][j];
                sum += difference * difference;
            }
            __syncthreads();
        }
        if (q < m && first + threadIdx.x < n) {
            out[q * n + first + threadIdx.x] = sum;
        }
    }
}
