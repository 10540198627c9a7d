// What is done to each element alone. Sizes: rows, columns, then the stride of each matrix in the order of the pointers;
// a matrix without gaps is best given as one row.
#include "common.cuh"

// x = value
// launch: grid-stride 1d
extern "C" __global__ void ts_fill(float* x, long long rows, long long columns, long long xStride, float value) {
    for (long long i = firstIndex(); i < rows * columns; i += indexStep()) {
        x[placeOf(i, columns, xStride)] = value;
    }
}

// y += factor x
// launch: grid-stride 1d
extern "C" __global__ void ts_add(
        const float* x, float* y, long long rows, long long columns, long long xStride, long long yStride, float factor) {
    for (long long i = firstIndex(); i < rows * columns; i += indexStep()) {
        y[placeOf(i, columns, yStride)] += factor * x[placeOf(i, columns, xStride)];
    }
}

// out = x y; out may be x or y
// launch: grid-stride 1d
extern "C" __global__ void ts_times(
        const float* x,
        const float* y,
        float* out,
        long long rows,
        long long columns,
        long long xStride,
        long long yStride,
        long long outStride) {
    for (long long i = firstIndex(); i < rows * columns; i += indexStep()) {
        out[placeOf(i, columns, outStride)] = x[placeOf(i, columns, xStride)] * y[placeOf(i, columns, yStride)];
    }
}

// x = factor x
// launch: grid-stride 1d
extern "C" __global__ void ts_scale(float* x, long long rows, long long columns, long long xStride, float factor) {
    for (long long i = firstIndex(); i < rows * columns; i += indexStep()) {
        x[placeOf(i, columns, xStride)] *= factor;
    }
}

// x[i, j] += row[j]
// launch: grid-stride 1d
extern "C" __global__ void ts_add_row(
        const float* row, float* x, long long rows, long long columns, long long xStride) {
    for (long long i = firstIndex(); i < rows * columns; i += indexStep()) {
        x[placeOf(i, columns, xStride)] += row[columnOf(i, columns)];
    }
}

// out[i, j] = x[i, j] row[j]; out may be x
// launch: grid-stride 1d
extern "C" __global__ void ts_times_row(
        const float* x,
        const float* row,
        float* out,
        long long rows,
        long long columns,
        long long xStride,
        long long outStride) {
    for (long long i = firstIndex(); i < rows * columns; i += indexStep()) {
        out[placeOf(i, columns, outStride)] = x[placeOf(i, columns, xStride)] * row[columnOf(i, columns)];
    }
}

// out = 1 / sqrt(x + epsilon), in double
// launch: grid-stride 1d
extern "C" __global__ void ts_inverse_root(
        const float* x,
        float* out,
        long long rows,
        long long columns,
        long long xStride,
        long long outStride,
        float epsilon) {
    for (long long i = firstIndex(); i < rows * columns; i += indexStep()) {
        out[placeOf(i, columns, outStride)] = (float) (1 / sqrt((double) x[placeOf(i, columns, xStride)] + epsilon));
    }
}

// y = (x - mean) inverse, column by column, in double
// launch: grid-stride 1d
extern "C" __global__ void ts_standardise(
        const float* x,
        const float* mean,
        const float* inverse,
        float* y,
        long long rows,
        long long columns,
        long long xStride,
        long long yStride) {
    for (long long i = firstIndex(); i < rows * columns; i += indexStep()) {
        long long j = columnOf(i, columns);
        double off = (double) x[placeOf(i, columns, xStride)] - mean[j];
        y[placeOf(i, columns, yStride)] = (float) (off * inverse[j]);
    }
}
