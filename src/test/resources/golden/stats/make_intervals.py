"""Makes intervals.json with scipy, and DeLong's paired test written out over all pairs with numpy.
Run: python3 make_intervals.py > intervals.json"""
import json
import sys

import numpy as np
import scipy
from scipy import stats

rng = np.random.default_rng(11)
out = {"program": "make_intervals.py, scipy %s, numpy %s" % (scipy.__version__, np.__version__)}
out["proportions"] = []
for k, n in [(0, 10), (10, 10), (1, 1), (3, 7), (50, 100), (1999, 2312), (1, 1000)]:
    for level in (0.9, 0.95, 0.99):
        b = stats.binomtest(k, n)
        w, c = b.proportion_ci(level, "wilson"), b.proportion_ci(level, "exact")
        out["proportions"].append(
            dict(successes=k, n=n, level=level, wilson=[w.low, w.high], clopper_pearson=[c.low, c.high])
        )
out["means"] = []
for n in (2, 3, 10, 57):
    x = np.round(rng.normal(0.1, 1, n), 6)
    lo, hi = stats.t.interval(0.95, n - 1, x.mean(), stats.sem(x))
    out["means"].append(dict(x=x.tolist(), level=0.95, interval=[lo, hi]))
out["paired"] = []
for n in (3, 8, 12):
    x, y = np.round(rng.normal(0.5, 1, n), 3), np.round(rng.normal(0, 1, n), 3)
    if n == 8:
        y[2] = x[2]
    d = x - y
    f = lambda a, axis: np.mean(a, axis=axis)
    perm = stats.permutation_test((d,), f, permutation_type="samples", n_resamples=np.inf, vectorized=True)
    above, below = int((d > 0).sum()), int((d < 0).sum())
    out["paired"].append(
        dict(
            x=x.tolist(),
            y=y.tolist(),
            t=list(stats.ttest_rel(x, y)),
            permutation_p=float(perm.pvalue),
            sign_p=stats.binomtest(above, above + below).pvalue,
        )
    )
out["delong"] = []
for n, m in [(20, 30), (7, 5), (60, 45)]:
    ida, ooda = rng.normal(0, 1, n).round(1), rng.normal(1, 1, m).round(1)
    idb, oodb = (ida + rng.normal(0, 1, n)).round(1), (ooda + rng.normal(0, 1, m)).round(1)
    psi = lambda i, o: (o[:, None] > i[None, :]) + 0.5 * (o[:, None] == i[None, :])
    pa, pb = psi(ida, ooda), psi(idb, oodb)
    s10 = np.cov(np.stack([pa.mean(1), pb.mean(1)]))
    s01 = np.cov(np.stack([pa.mean(0), pb.mean(0)]))
    s = s10 / m + s01 / n
    var = s[0, 0] + s[1, 1] - 2 * s[0, 1]
    diff = pa.mean() - pb.mean()
    z = diff / np.sqrt(var)
    out["delong"].append(
        dict(
            id_a=ida.tolist(), ood_a=ooda.tolist(), id_b=idb.tolist(), ood_b=oodb.tolist(),
            variance_a=s[0, 0], difference=diff, z=z, p=2 * stats.norm.sf(abs(z)),
        )
    )
json.dump(out, sys.stdout, indent=1)
