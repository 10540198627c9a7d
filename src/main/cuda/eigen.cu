// Jacobi's method for a symmetric matrix in double: rounds of plane rotations, each of which takes every index once, so that
// the rotations of a round do not touch one another. A sweep is (d rounded up to even) - 1 rounds and takes every pair once.
//
// The caller sets vectors to the identity, sweeps until ts_off_diagonal's sum is small beside the matrix's, and finds the
// eigenvalues on the diagonal of a, their vectors in the rows of vectors, unsorted. A round: ts_jacobi_angles, ts_jacobi_rows on
// a and on vectors, ts_jacobi_columns on a.
#include "common.cuh"

// The pair of a round: the last index stays, the others walk around the table. p < q, but q may be d where d is odd.
static __device__ __forceinline__ void pairOf(long long pair, long long round, long long d, long long* p, long long* q) {
    long long ring = (d + 1) / 2 * 2 - 1;
    long long a = pair == 0 ? ring : (round + pair) % ring;
    long long b = pair == 0 ? round : (round - pair + ring) % ring;
    *p = a < b ? a : b;
    *q = a < b ? b : a;
}

// turns [pairs, 2] = cosine and sine of each pair's rotation, which makes a[p, q] zero; pairs = (d + 1) / 2
// launch: grid-stride 1d
extern "C" __global__ void ts_jacobi_angles(const double* a, double* turns, long long d, long long round) {
    for (long long i = firstIndex(); i < (d + 1) / 2; i += indexStep()) {
        long long p;
        long long q;
        pairOf(i, round, d, &p, &q);
        double off = q < d ? a[p * d + q] : 0;
        double c = 1;
        double s = 0;
        if (off != 0) {
            double theta = (a[q * d + q] - a[p * d + p]) / (2 * off);
            double t = (theta < 0 ? -1 : 1) / (fabs(theta) + sqrt(theta * theta + 1));
            c = 1 / sqrt(t * t + 1);
            s = t * c;
        }
        turns[2 * i] = c;
        turns[2 * i + 1] = s;
    }
}

// Rotates the rows of x [d, d]
// launch: grid-stride 1d
extern "C" __global__ void ts_jacobi_rows(const double* turns, double* x, long long d, long long round) {
    for (long long i = firstIndex(); i < (d + 1) / 2 * d; i += indexStep()) {
        long long pair = quotient(i, d);
        long long j = i - pair * d;
        long long p;
        long long q;
        pairOf(pair, round, d, &p, &q);
        if (q < d) {
            double c = turns[2 * pair];
            double s = turns[2 * pair + 1];
            double v = x[p * d + j];
            double w = x[q * d + j];
            x[p * d + j] = c * v - s * w;
            x[q * d + j] = s * v + c * w;
        }
    }
}

// Rotates the columns of x [d, d]
// launch: grid-stride 1d
extern "C" __global__ void ts_jacobi_columns(const double* turns, double* x, long long d, long long round) {
    for (long long i = firstIndex(); i < (d + 1) / 2 * d; i += indexStep()) {
        long long row = quotient(i, (d + 1) / 2);
        long long pair = i - row * ((d + 1) / 2);
        long long p;
        long long q;
        pairOf(pair, round, d, &p, &q);
        if (q < d) {
            double c = turns[2 * pair];
            double s = turns[2 * pair + 1];
            double v = x[row * d + p];
            double w = x[row * d + q];
            x[row * d + p] = c * v - s * w;
            x[row * d + q] = s * v + c * w;
        }
    }
}

// parts[i] = sum of the squares of row i of a [d, d] less the diagonal; ts_total ends it
// launch: block per row, 256 threads
extern "C" __global__ void ts_off_diagonal(const double* a, double* parts, long long d) {
    for (long long row = blockIdx.x; row < d; row += gridDim.x) {
        double sum = 0;
        for (long long j = threadIdx.x; j < d; j += 256) {
            double v = j == row ? 0 : a[row * d + j];
            sum += v * v;
        }
        sum = teamSum(sum);
        if (threadIdx.x == 0) {
            parts[row] = sum;
        }
    }
}
