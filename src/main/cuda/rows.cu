// What is computed row by row. Sums are taken in double, in an order that the number of columns
// alone sets. A "team per row" is 32 threads for up to 1024 columns, else 256, in blocks of 256: (32, 8) or (256, 1).
#include "common.cuh"

// softmax of each row; y may be x
// launch: team per row
extern "C" __global__ void ts_softmax(
        const float* x, float* y, long long rows, long long columns, long long xStride, long long yStride) {
    for (long long row = firstRow(); row < rows; row += rowStep()) {
        const float* in = x + row * xStride;
        float* out = y + row * yStride;
        float most = -INFINITY;
        for (long long j = threadIdx.x; j < columns; j += blockDim.x) {
            most = larger(most, in[j]);
        }
        most = teamLargest(most);
        double sum = 0;
        for (long long j = threadIdx.x; j < columns; j += blockDim.x) {
            float e = exponential(in[j] - most);
            out[j] = e;
            sum += e;
        }
        float factor = (float) (1 / teamSum(sum));
        for (long long j = threadIdx.x; j < columns; j += blockDim.x) {
            out[j] *= factor;
        }
    }
}

static __device__ double teamDot(const float* x, const float* y, long long n) {
    double sum = 0;
    for (long long j = threadIdx.x; j < n; j += blockDim.x) {
        sum += (double) x[j] * y[j];
    }
    return teamSum(sum);
}

// dx = y (dy - sum(y dy)); dx may be dy
// launch: team per row
extern "C" __global__ void ts_softmax_gradient(
        const float* y,
        const float* dy,
        float* dx,
        long long rows,
        long long columns,
        long long yStride,
        long long dyStride,
        long long dxStride) {
    for (long long row = firstRow(); row < rows; row += rowStep()) {
        const float* out = y + row * yStride;
        const float* by = dy + row * dyStride;
        float dot = (float) teamDot(out, by, columns);
        for (long long j = threadIdx.x; j < columns; j += blockDim.x) {
            dx[row * dxStride + j] = out[j] * (by[j] - dot);
        }
    }
}

// y = (x - mean) inverse, inverse = 1 / sqrt(variance + epsilon), a row each; y may be x; inverse lies without gaps
// launch: team per row
extern "C" __global__ void ts_normalise_rows(
        const float* x,
        float* y,
        float* inverse,
        long long rows,
        long long columns,
        long long xStride,
        long long yStride,
        float epsilon) {
    for (long long row = firstRow(); row < rows; row += rowStep()) {
        const float* in = x + row * xStride;
        double sum = 0;
        for (long long j = threadIdx.x; j < columns; j += blockDim.x) {
            sum += in[j];
        }
        double mean = teamSum(sum) / columns;
        double squares = 0;
        for (long long j = threadIdx.x; j < columns; j += blockDim.x) {
            double off = in[j] - mean;
            squares += off * off;
        }
        double factor = 1 / sqrt(teamSum(squares) / columns + epsilon);
        for (long long j = threadIdx.x; j < columns; j += blockDim.x) {
            y[row * yStride + j] = (float) ((in[j] - mean) * factor);
        }
        if (threadIdx.x == 0) {
            inverse[row] = (float) factor;
        }
    }
}

// dx = inverse (dy - mean(dy) - y mean(y dy)); dx may be dy; inverse lies without gaps
// launch: team per row
extern "C" __global__ void ts_normalise_rows_gradient(
        const float* y,
        const float* inverse,
        const float* dy,
        float* dx,
        long long rows,
        long long columns,
        long long yStride,
        long long dyStride,
        long long dxStride) {
    for (long long row = firstRow(); row < rows; row += rowStep()) {
        const float* out = y + row * yStride;
        const float* by = dy + row * dyStride;
        double sum = 0;
        for (long long j = threadIdx.x; j < columns; j += blockDim.x) {
            sum += by[j];
        }
        float mean = (float) (teamSum(sum) / columns);
        float along = (float) (teamDot(out, by, columns) / columns);
        float factor = inverse[row];
        for (long long j = threadIdx.x; j < columns; j += blockDim.x) {
            dx[row * dxStride + j] = factor * (by[j] - mean - out[j] * along);
        }
    }
}

// out[i] = log(sum_j exp(x[i, j])); -infinity of no columns; out lies without gaps
// launch: team per row
extern "C" __global__ void ts_log_sum_exp(
        const float* x, float* out, long long rows, long long columns, long long xStride) {
    for (long long row = firstRow(); row < rows; row += rowStep()) {
        Exponentials e = teamExponentials(x + row * xStride, columns);
        if (threadIdx.x == 0) {
            bool finite = e.most - e.most == 0;
            out[row] = finite ? (float) (e.most + log(e.sum)) : e.most;
        }
    }
}

// out[i] = sum_j x[i, j]^2; out lies without gaps
// launch: team per row
extern "C" __global__ void ts_row_squares(
        const float* x, float* out, long long rows, long long columns, long long xStride) {
    for (long long row = firstRow(); row < rows; row += rowStep()) {
        double sum = teamDot(x + row * xStride, x + row * xStride, columns);
        if (threadIdx.x == 0) {
            out[row] = (float) sum;
        }
    }
}

// out[i] = root of sum_j x[i, j]^2; out lies without gaps
// launch: team per row
extern "C" __global__ void ts_row_lengths(
        const float* x, float* out, long long rows, long long columns, long long xStride) {
    for (long long row = firstRow(); row < rows; row += rowStep()) {
        double sum = teamDot(x + row * xStride, x + row * xStride, columns);
        if (threadIdx.x == 0) {
            out[row] = (float) sqrt(sum);
        }
    }
}
