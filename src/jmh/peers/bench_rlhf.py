#!/usr/bin/python3
"""scikit-learn reference on hh-rlhf: r(text) = w . tfidf(text), P(chosen > rejected) = sigmoid(w . (x_c - x_r)), no intercept, L2, 80/20
split by numpy's RandomState(0). Writes the split, the times of each round and who was right on each held-out pair.
usage: bench_rlhf.py PAIRS.jsonl.gz OUT.json ROUNDS"""
import gzip
import json
import sys
import time

import numpy as np
import scipy
import sklearn
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

TURN = "\n\nAssistant:"
rows = [json.loads(line) for line in gzip.open(sys.argv[1], "rt", encoding="utf8")]
n = len(rows)
perm = np.random.RandomState(0).permutation(n)
tr, te = perm[:int(0.8 * n)], perm[int(0.8 * n):]


def last_turn(t):
    return t.rsplit(TURN, 1)[-1].strip()


def whole(t):
    return t


def ece(p, bins=10):
    conf, hit = np.maximum(p, 1 - p), (p >= 0.5).astype(float)
    edges, e = np.linspace(0.5, 1, bins + 1), 0.0
    for i in range(bins):
        m = (conf >= edges[i]) & ((conf < edges[i + 1]) if i < bins - 1 else (conf <= edges[i + 1]))
        if m.any():
            e += m.mean() * abs(hit[m].mean() - conf[m].mean())
    return float(e)


SPECS = [
    ("full_dialogue_word", whole, dict(ngram_range=(1, 1), min_df=2)),
    ("last_turn_word", last_turn, dict(ngram_range=(1, 1), min_df=2)),
    ("last_turn_word12", last_turn, dict(ngram_range=(1, 2), min_df=2)),
    ("last_turn_char35", last_turn, dict(analyzer="char_wb", ngram_range=(3, 5), min_df=3)),
]
times = {name: [] for name, _, _ in SPECS}
for _ in range(int(sys.argv[3])):
    results = []
    for name, part, options in SPECS:
        t = time.perf_counter()
        c, d = [part(r["chosen"]) for r in rows], [part(r["rejected"]) for r in rows]
        v = TfidfVectorizer(lowercase=True, sublinear_tf=True, **options).fit([c[i] for i in tr] + [d[i] for i in tr])
        D = (v.transform(c) - v.transform(d)).tocsr()
        vectorise, fit, evaluate = time.perf_counter() - t, 0.0, 0.0
        for C in (0.1, 1.0, 10.0):
            t = time.perf_counter()
            A = sparse.vstack([D[tr], -D[tr]]).tocsr()
            y = np.r_[np.ones(len(tr)), np.zeros(len(tr))]
            m = LogisticRegression(C=C, fit_intercept=False, solver="lbfgs", max_iter=2000, tol=1e-8).fit(A, y)
            fit += time.perf_counter() - t
            t = time.perf_counter()
            s = D[te] @ m.coef_[0]
            train = float((D[tr] @ m.coef_[0] > 0).mean())
            accuracy = float(((s > 0) + 0.5 * (s == 0)).mean())
            nll, e = float(np.mean(np.logaddexp(0, -s))), ece(1 / (1 + np.exp(-s)))
            evaluate += time.perf_counter() - t
            results.append(dict(features=name, c=C, accuracy=accuracy, nll=nll, ece=e, train=train, hits=(s > 0).tolist()))
        times[name].append(dict(vectorise=vectorise, fit=fit, evaluate=evaluate))
versions = dict(sklearn=sklearn.__version__, numpy=np.__version__, scipy=scipy.__version__)
json.dump(dict(train=tr.tolist(), test=te.tolist(), times=times, results=results, versions=versions), open(sys.argv[2], "w"))
