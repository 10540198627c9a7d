// Losses of rows of logits, with their gradients.
#include "common.cuh"

// losses[i] = shares[i] (log(sum_j exp(z[i, j])) - z[i, labels[i]]); gradient[i] += shares[i] (softmax(z[i]) - onehot); rows
// whose share is 0 are left out, their loss is 0
// launch: team per row
extern "C" __global__ void ts_cross_entropy(
        const float* z,
        const int* labels,
        const double* shares,
        float* gradient,
        double* losses,
        long long rows,
        long long columns,
        long long zStride,
        long long gradientStride) {
    for (long long row = firstRow(); row < rows; row += rowStep()) {
        double share = shares[row];
        if (share == 0) {
            if (threadIdx.x == 0) {
                losses[row] = 0;
            }
            continue;
        }
        const float* in = z + row * zStride;
        float* out = gradient + row * gradientStride;
        Exponentials e = teamExponentials(in, columns);
        double inverse = 1 / e.sum;
        for (long long j = threadIdx.x; j < columns; j += blockDim.x) {
            double slope = exponential(in[j] - e.most) * inverse - (j == labels[row] ? 1 : 0);
            out[j] = (float) (out[j] + share * slope);
        }
        if (threadIdx.x == 0) {
            losses[row] = share * (log(e.sum) + e.most - in[labels[row]]);
        }
    }
}
