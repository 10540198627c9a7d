package touchstone.rlhf.preference;

import java.util.Arrays;

/** Terms and their numbers, in the order of first occurrence: a hash table over characters, so that a known term makes no object. */
final class TermTable {
    private char[] pool = new char[1 << 14];
    private int[] start = new int[1 << 10]; // of each term in the pool; one more for the end
    private int[] hashes = new int[1 << 10];
    private int[] slots = new int[1 << 12]; // number of a term plus 1; 0 is free
    private int size;

    int size() {
        return size;
    }

    String term(int id) {
        return new String(pool, start[id], start[id + 1] - start[id]);
    }

    /** The number of a term, a new one if it is new. */
    int add(char[] b, int from, int to) {
        int hash = hash(b, from, to);
        int slot = slot(b, from, to, hash);
        if (slots[slot] == 0) {
            insert(b, from, to, hash);
            slots[slot] = size;
            if (2 * size > slots.length) {
                rehash();
            }
            return size - 1;
        }
        return slots[slot] - 1;
    }

    /** The number of another table's term here, a new one if it is new. */
    int add(TermTable other, int id) {
        return add(other.pool, other.start[id], other.start[id + 1]);
    }

    /** The number of another table's term here, or -1. */
    int find(TermTable other, int id) {
        int from = other.start[id];
        int to = other.start[id + 1];
        return slots[slot(other.pool, from, to, other.hashes[id])] - 1;
    }

    /** Compares two terms character by character. */
    int compare(int a, int b) {
        return Arrays.compare(pool, start[a], start[a + 1], pool, start[b], start[b + 1]);
    }

    private int slot(char[] b, int from, int to, int hash) {
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0 && !same(slots[slot] - 1, b, from, to, hash)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private boolean same(int id, char[] b, int from, int to, int hash) {
        int at = start[id];
        if (hashes[id] != hash || start[id + 1] - at != to - from) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (pool[at++] != b[i]) {
                return false;
            }
        }
        return true;
    }

    private void insert(char[] b, int from, int to, int hash) {
        int used = start[size];
        if (used + to - from > pool.length) {
            pool = Arrays.copyOf(pool, Math.max(2 * pool.length, used + to - from));
        }
        System.arraycopy(b, from, pool, used, to - from);
        hashes = TextAnalyzer.grown(hashes, size + 1);
        hashes[size++] = hash;
        start = TextAnalyzer.grown(start, size + 1);
        start[size] = used + to - from;
    }

    private void rehash() {
        slots = new int[4 * slots.length];
        int mask = slots.length - 1;
        for (int id = 0; id < size; id++) {
            int slot = hashes[id] & mask;
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = id + 1;
        }
    }

    private static int hash(char[] b, int from, int to) {
        int h = 0;
        for (int i = from; i < to; i++) {
            h = 31 * h + b[i];
        }
        h *= 0x9E3779B1;
        return h ^ (h >>> 15);
    }
}
