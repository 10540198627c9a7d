// Sums down the columns and over everything, in double, in two passes without atomics. The first pass cuts the rows (or the
// elements) into so many parts, a number that the caller derives from the sizes alone; the second adds the parts in order.
#include "common.cuh"

// parts[part, j] = sum of number(i, j) over the part's rows; block (32, 8), a tile of 32 columns of a part each
template <class Numbers>
static __device__ void columnParts(Numbers number, double* parts, long long rows, long long columns, long long count) {
    __shared__ double lanes[8][32];
    long long across = (columns + 31) / 32;
    for (long long tile = blockIdx.x; tile < across * count; tile += gridDim.x) {
        long long part = tile / across;
        long long j = tile % across * 32 + threadIdx.x;
        long long to = rows * (part + 1) / count;
        double sum = 0;
        if (j < columns) {
            for (long long i = rows * part / count + threadIdx.y; i < to; i += 8) {
                sum += number.at(i, j);
            }
        }
        lanes[threadIdx.y][threadIdx.x] = sum;
        __syncthreads();
        if (threadIdx.y == 0 && j < columns) {
            double total = 0;
            for (int k = 0; k < 8; k++) {
                total += lanes[k][threadIdx.x];
            }
            parts[part * columns + j] = total;
        }
        __syncthreads();
    }
}

struct Plain {
    const float* x;
    long long stride;
    __device__ __forceinline__ double at(long long i, long long j) const {
        return x[i * stride + j];
    }
};

struct Products {
    const float* x;
    const float* y;
    long long xStride;
    long long yStride;
    __device__ __forceinline__ double at(long long i, long long j) const {
        return (double) x[i * xStride + j] * y[i * yStride + j];
    }
};

struct Offs {
    const float* x;
    const double* mean;
    long long stride;
    __device__ __forceinline__ double at(long long i, long long j) const {
        double off = x[i * stride + j] - mean[j];
        return off * off;
    }
};

// parts [count, columns]: sums of x
// launch: block per tile, 32 x 8 threads
extern "C" __global__ void ts_column_sums(
        const float* x, double* parts, long long rows, long long columns, long long count, long long xStride) {
    columnParts(Plain{x, xStride}, parts, rows, columns, count);
}

// parts [count, columns]: sums of x y
// launch: block per tile, 32 x 8 threads
extern "C" __global__ void ts_column_dots(
        const float* x,
        const float* y,
        double* parts,
        long long rows,
        long long columns,
        long long count,
        long long xStride,
        long long yStride) {
    columnParts(Products{x, y, xStride, yStride}, parts, rows, columns, count);
}

// parts [count, columns]: sums of (x - mean)^2
// launch: block per tile, 32 x 8 threads
extern "C" __global__ void ts_column_squares(
        const float* x,
        const double* mean,
        double* parts,
        long long rows,
        long long columns,
        long long count,
        long long xStride) {
    columnParts(Offs{x, mean, xStride}, parts, rows, columns, count);
}

static __device__ __forceinline__ double partsTotal(const double* parts, long long j, long long columns, long long count) {
    double total = 0;
    for (long long part = 0; part < count; part++) {
        total += parts[part * columns + j];
    }
    return total;
}

// out += the parts' sums: ends addColumnSums and addColumnDots; out lies without gaps
// launch: grid-stride 1d
extern "C" __global__ void ts_add_parts(const double* parts, float* out, long long columns, long long count) {
    for (long long j = firstIndex(); j < columns; j += indexStep()) {
        out[j] = (float) (out[j] + partsTotal(parts, j, columns, count));
    }
}

// mean = the parts' sums over rows
// launch: grid-stride 1d
extern "C" __global__ void ts_mean_parts(
        const double* parts, double* mean, long long columns, long long count, long long rows) {
    for (long long j = firstIndex(); j < columns; j += indexStep()) {
        mean[j] = partsTotal(parts, j, columns, count) / rows;
    }
}

// ends columnMoments from the means and the parts of ts_column_squares
// launch: grid-stride 1d
extern "C" __global__ void ts_moments(
        const double* from,
        const double* parts,
        float* mean,
        float* variance,
        long long columns,
        long long count,
        long long rows) {
    for (long long j = firstIndex(); j < columns; j += indexStep()) {
        mean[j] = (float) from[j];
        variance[j] = (float) (partsTotal(parts, j, columns, count) / rows);
    }
}

// dx = inverse (dy - mean - y along), in double: mean is that of dy, along that of y dy; dx may be dy
// launch: grid-stride 1d
extern "C" __global__ void ts_standardise_gradient(
        const float* y,
        const float* inverse,
        const float* dy,
        const double* mean,
        const double* along,
        float* dx,
        long long rows,
        long long columns,
        long long yStride,
        long long dyStride,
        long long dxStride) {
    for (long long i = firstIndex(); i < rows * columns; i += indexStep()) {
        long long j = columnOf(i, columns);
        double rest = dy[placeOf(i, columns, dyStride)] - mean[j] - y[placeOf(i, columns, yStride)] * along[j];
        dx[placeOf(i, columns, dxStride)] = (float) (inverse[j] * rest);
    }
}

// y = x - mean, column by column; y may be x
// launch: grid-stride 1d
extern "C" __global__ void ts_centre(
        const float* x,
        const double* mean,
        float* y,
        long long rows,
        long long columns,
        long long xStride,
        long long yStride) {
    for (long long i = firstIndex(); i < rows * columns; i += indexStep()) {
        y[placeOf(i, columns, yStride)] = (float) (x[placeOf(i, columns, xStride)] - mean[columnOf(i, columns)]);
    }
}

// parts[p] = sum of squares of the elements of part p of count
// launch: block per part, 256 threads
extern "C" __global__ void ts_squares_parts(
        const float* x, double* parts, long long rows, long long columns, long long count, long long xStride) {
    long long n = rows * columns;
    long long length = (n + count - 1) / count;
    for (long long part = blockIdx.x; part < count; part += gridDim.x) {
        long long from = part * length;
        long long to = from + length < n ? from + length : n;
        double sum = 0;
        for (long long i = from + threadIdx.x; i < to; i += 256) {
            double v = x[placeOf(i, columns, xStride)];
            sum += v * v;
        }
        sum = teamSum(sum);
        if (threadIdx.x == 0) {
            parts[part] = sum;
        }
    }
}

// out[0] = sum of the parts: ends sumOfSquares
// launch: one block, 256 threads
extern "C" __global__ void ts_total(const double* parts, double* out, long long count) {
    double sum = 0;
    for (long long i = threadIdx.x; i < count; i += 256) {
        sum += parts[i];
    }
    sum = teamSum(sum);
    if (threadIdx.x == 0) {
        out[0] = sum;
    }
}
