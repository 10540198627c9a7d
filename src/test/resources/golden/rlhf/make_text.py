#!/usr/bin/python3
"""Values of scikit-learn's vectorisers for text.json. Made with Debian's python3-sklearn: /usr/bin/python3 make_text.py > text.json"""
import json
import sys

import sklearn
from sklearn.feature_extraction.text import HashingVectorizer, TfidfVectorizer

TEXTS = [
    "The cat sat on the mat. The CAT!",
    "a b c I am x2 snake_case don't can’t",
    "",
    "naïve café Straße ŞİŞLİ ΟΔΟΣ Ⅳ x² ½cup",
    "one  two\tthree\n\nfour\u00a0five\u2003six \u0085 seven",
    "emoji 😀😀 and \U0001d4d0\U0001d4d1\U0001d4d2 maths, 中文分词 テスト",
    "the mat and the cat and the hat: x2, x2; x2!",
    "e\u0301te\u0301 combining",
    "!!! ... ?",
]
SPECS = [
    ("word", dict(analyzer="word", ngram_range=(1, 1), min_df=1, sublinear_tf=False)),
    ("word_min2_sublinear", dict(analyzer="word", ngram_range=(1, 1), min_df=2, sublinear_tf=True)),
    ("word12_sublinear", dict(analyzer="word", ngram_range=(1, 2), min_df=1, sublinear_tf=True)),
    ("word23_raw", dict(analyzer="word", ngram_range=(2, 3), min_df=1, sublinear_tf=False, norm=None)),
    ("char_wb35", dict(analyzer="char_wb", ngram_range=(3, 5), min_df=1, sublinear_tf=True)),
    ("char_wb_min2", dict(analyzer="char_wb", ngram_range=(2, 9), min_df=2, sublinear_tf=True)),
    ("char14", dict(analyzer="char", ngram_range=(1, 4), min_df=1, sublinear_tf=False)),
    ("word_case", dict(analyzer="word", ngram_range=(1, 1), min_df=1, sublinear_tf=True, lowercase=False)),
]
cases = []
for name, options in SPECS:
    v = TfidfVectorizer(**options).fit(TEXTS[:7])
    x = v.transform(TEXTS)
    rows = [{t: float(x[i, j]) for t, j in v.vocabulary_.items() if x[i, j] != 0} for i in range(x.shape[0])]
    idf = {t: float(v.idf_[j]) for t, j in v.vocabulary_.items()}
    cases.append(dict(name=name, options={k: str(o) for k, o in options.items()}, idf=idf, rows=rows))
hashed = []
for buckets in (16, 1000):
    x = HashingVectorizer(n_features=buckets).transform(TEXTS)
    hashed.append(dict(buckets=buckets, rows=[[float(a) for a in row] for row in x.toarray()]))
json.dump(dict(source="scikit-learn %s" % sklearn.__version__, fitted=7, texts=TEXTS, tfidf=cases, hashed=hashed), sys.stdout, indent=0)
