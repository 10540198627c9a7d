"""Makes tests.json with scipy; what scipy does not do exactly (ties) is counted out over all patterns.
Run: python3 make_tests.py > tests.json"""
import itertools
import json
import sys

import numpy as np
import scipy
from scipy import stats
from scipy.stats import _ksstats

rng = np.random.default_rng(23)
out = {"program": "make_tests.py, scipy %s, numpy %s" % (scipy.__version__, np.__version__)}

out["ks_ties"] = []
for n, m in [(4, 6), (7, 5), (6, 6)]:
    x, y = rng.integers(0, 5, n), rng.integers(1, 6, m)
    pool = np.concatenate([x, y])
    at = np.unique(pool)

    def scaled(a, b):
        below = lambda s: np.array([(s <= t).sum() for t in at])
        return np.abs(below(a) * len(b) - below(b) * len(a)).max()

    seen, hits, count = scaled(x, y), 0, 0
    for c in itertools.combinations(range(n + m), n):
        mask = np.zeros(n + m, bool)
        mask[list(c)] = True
        hits += scaled(pool[mask], pool[~mask]) >= seen
        count += 1
    out["ks_ties"].append(dict(x=x.tolist(), y=y.tolist(), statistic=seen / (n * m), p=hits / count))

out["ks_far"] = []
for n, m in [(30, 40), (100, 90)]:
    x, y = np.round(rng.normal(0, 1, n), 6), np.round(rng.normal(2, 1, m), 6)
    r = stats.ks_2samp(x, y, method="exact")
    out["ks_far"].append(dict(x=x.tolist(), y=y.tolist(), statistic=r.statistic, p=r.pvalue))

out["ks_normal"] = []
for n, shift in [(1, 0.3), (5, 0.0), (12, 1.0), (40, 0.3), (150, 0.1), (150, 0.5), (1000, 0.05)]:
    x = np.round(rng.normal(shift, 1, n), 4)
    r = stats.ks_1samp(x, stats.norm.cdf, method="exact")
    p = r.pvalue
    if n > 140 and n * r.statistic**2 < 6:  # where scipy takes an expansion of six digits: the exact recursion instead
        p = float(_ksstats._kolmogn_Pomeranz(n, r.statistic, cdf=False))
    limit = stats.kstwobign.sf(r.statistic * np.sqrt(n))
    out["ks_normal"].append(dict(x=x.tolist(), statistic=r.statistic, p=p, limit=limit))

out["wilcoxon"] = []
for n in (1, 6, 15, 40):
    x, y = np.round(rng.normal(0.4, 1, n), 5), np.round(rng.normal(0, 1, n), 5)
    d = x - y
    above = float(stats.rankdata(np.abs(d))[d > 0].sum())
    p = stats.wilcoxon(x, y, mode="exact").pvalue
    out["wilcoxon"].append(dict(x=x.tolist(), y=y.tolist(), above=above, p=p))
for n in (5, 9, 12):
    x, y = rng.integers(0, 6, n), rng.integers(0, 5, n)
    d = (x - y)[x != y]
    r = stats.rankdata(np.abs(d))
    above = r[d > 0].sum()
    sums = np.array([r[np.array(s, bool)].sum() for s in itertools.product((0, 1), repeat=len(r))])
    p = min(1, 2 * min((sums <= above).mean(), (sums >= above).mean()))
    out["wilcoxon"].append(dict(x=x.tolist(), y=y.tolist(), above=float(above), p=p))
x, y = rng.integers(0, 30, 300), rng.integers(0, 33, 300)
d = (x - y)[x != y]
r = stats.wilcoxon(x, y, mode="approx", correction=False)
above = float(stats.rankdata(np.abs(d))[d > 0].sum())
out["wilcoxon"].append(dict(x=x.tolist(), y=y.tolist(), above=above, p=r.pvalue))

out["friedman"] = []
for n, k, ties in [(6, 3, False), (12, 5, False), (8, 4, True), (20, 10, False)]:
    v = np.round(rng.normal(0, 1, (n, k)) + 0.4 * np.arange(k), 0 if ties else 5)
    s, p = stats.friedmanchisquare(*v.T)
    ranks = np.array([stats.rankdata(-row) for row in v]).mean(0)
    f = (n - 1) * s / (n * (k - 1) - s)
    q = (ranks.max() - ranks.min()) / np.sqrt(k * (k + 1) / (6 * n)) * np.sqrt(2)
    out["friedman"].append(
        dict(
            values=v.tolist(), ranks=ranks.tolist(), statistic=s, p=p,
            f=f, f_p=stats.f.sf(f, k - 1, (k - 1) * (n - 1)),
            best=int(ranks.argmin()), worst=int(ranks.argmax()), nemenyi_p=stats.studentized_range.sf(q, k, np.inf),
        )
    )

out["interquartile_mean"] = []
for n in (1, 3, 4, 5, 8, 27):
    x = np.round(rng.normal(0, 1, n), 4)
    out["interquartile_mean"].append(dict(x=x.tolist(), mean=stats.trim_mean(x, 0.25)))
json.dump(out, sys.stdout, indent=1)
