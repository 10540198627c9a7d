"""Makes seeds.json: an implementation of Seeds.rng that shares no code with it. Run: python3 make_seeds.py > seeds.json"""
import json
import sys

M = (1 << 64) - 1
PHI = 0x9E3779B97F4A7C15


def mix(z):
    z &= M
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & M
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & M
    return z ^ (z >> 31)


def fnv(text):
    h = 0xCBF29CE484222325
    for b in text.encode():
        h = ((h ^ b) * 0x100000001B3) & M
    return mix(h)


def stream(seed, label, index, n):
    a = mix(seed + PHI)
    b = mix(a ^ fnv(label))
    c = mix(b + PHI * (index + 1))
    s = [mix(c + PHI), mix(c + 2 * PHI), mix(c + 3 * PHI), mix(b ^ mix(c + 4 * PHI))]
    rotl = lambda x, k: ((x << k) | (x >> (64 - k))) & M
    out = []
    for _ in range(n):
        r = (rotl((s[0] + s[3]) & M, 23) + s[0]) & M
        t = (s[1] << 17) & M
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotl(s[3], 45)
        out.append(r - (1 << 64) if r >> 63 else r)
    return out


cases = [(0, "", 0), (1, "bootstrap", 0), (1, "bootstrap", 1), (-1, "größe", 41), (2**63 - 1, "split", -5)]
json.dump(
    {
        "program": "make_seeds.py, Python %d.%d" % sys.version_info[:2],
        "cases": [dict(seed=s, label=l, index=i, longs=stream(s, l, i, 5)) for s, l, i in cases],
    },
    sys.stdout,
    indent=1,
)
