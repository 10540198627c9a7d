// Rows found by number.
#include "common.cuh"

// out[i] = x[numbers[i]], whole rows; a row of NaN for a number outside [0, size)
// launch: grid-stride 1d
extern "C" __global__ void ts_select_rows(
        const float* x,
        const int* numbers,
        float* out,
        long long rows,
        long long columns,
        long long size,
        long long xStride,
        long long outStride) {
    for (long long i = firstIndex(); i < rows * columns; i += indexStep()) {
        long long row = quotient(i, columns);
        long long j = i - row * columns;
        long long from = numbers[row];
        out[row * outStride + j] = from >= 0 && from < size ? x[from * xStride + j] : NAN;
    }
}

// The whole number in [0, size) that a float holds, else -1.
static __device__ __forceinline__ int number(float id, long long size) {
    return id >= 0 && id < (float) size && id == (float) (int) id && (int) id < size ? (int) id : -1;
}

// out[i steps + t] = table[ids[i, t]], count = examples x steps rows; a row of NaN for an id outside [0, size)
// launch: grid-stride 1d
extern "C" __global__ void ts_look_up(
        const float* table,
        const float* ids,
        float* out,
        long long count,
        long long columns,
        long long size,
        long long steps,
        long long tableStride,
        long long idsStride,
        long long outStride) {
    for (long long i = firstIndex(); i < count * columns; i += indexStep()) {
        long long row = quotient(i, columns);
        long long j = i - row * columns;
        int from = number(ids[placeOf(row, steps, idsStride)], size);
        out[row * outStride + j] = from >= 0 ? table[from * tableStride + j] : NAN;
    }
}

// table[ids[i, t]] += dy[i steps + t] in rising order: the bits of the loop on the processor, without atomics. Each row of the
// table reads all ids: size x count / 256 steps of a block, and one more for each of its own rows of dy, one after the other;
// so a batch that holds one id alone takes the time of one block.
// launch: block per row, 256 threads
extern "C" __global__ void ts_add_look_up_gradient(
        const float* ids,
        const float* dy,
        float* table,
        long long count,
        long long columns,
        long long size,
        long long steps,
        long long idsStride,
        long long dyStride,
        long long tableStride) {
    __shared__ int mine[256];
    for (long long row = blockIdx.x; row < size; row += gridDim.x) {
        for (long long from = 0; from < count; from += 256) {
            long long i = from + threadIdx.x;
            int match = i < count && number(ids[placeOf(i, steps, idsStride)], size) == row;
            mine[threadIdx.x] = match;
            if (!__syncthreads_or(match)) {
                continue; // nobody reads mine before the next barrier
            }
            for (long long j = threadIdx.x; j < columns; j += 256) {
                float sum = table[row * tableStride + j];
                for (int k = 0; k < 256; k++) {
                    if (mine[k]) {
                        sum += dy[(from + k) * dyStride + j];
                    }
                }
                table[row * tableStride + j] = sum;
            }
            __syncthreads();
        }
    }
}
