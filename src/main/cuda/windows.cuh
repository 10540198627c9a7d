// Windows over images: sizes, and which places cover a pixel.
#pragma once
#include "common.cuh"

struct Grid {
    int height;
    int width;
    int channels;
    int kernel;
    int step;
    int padding;
    int down;
    int across;
};

static __device__ __forceinline__ Grid gridOf(
        long long height, long long width, long long channels, long long kernel, long long step, long long padding) {
    Grid g;
    g.height = (int) height;
    g.width = (int) width;
    g.channels = (int) channels;
    g.kernel = (int) kernel;
    g.step = (int) step;
    g.padding = (int) padding;
    g.down = (int) ((height + 2 * padding - kernel) / step + 1);
    g.across = (int) ((width + 2 * padding - kernel) / step + 1);
    return g;
}

// First place of the window, along one side, that covers a pixel, and the place after the last.
static __device__ __forceinline__ int firstPlace(int pixel, Grid g) {
    int least = pixel + g.padding - g.kernel + 1;
    return least <= 0 ? 0 : (least + g.step - 1) / g.step;
}

static __device__ __forceinline__ int placesEnd(int pixel, Grid g, int places) {
    int end = (pixel + g.padding) / g.step + 1;
    return end < places ? end : places;
}
