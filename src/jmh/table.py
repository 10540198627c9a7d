#!/usr/bin/python3
"""Puts what ood.sh measured into one table. usage: table.py FOLDER"""
import json
import re
import statistics
import sys

folder = sys.argv[1]
peers = {r["name"]: r["median_s"] for r in json.load(open(folder + "/peers.json"))["results"]}
ours = {}
for r in json.load(open(folder + "/ours.json")):
    key = r["benchmark"].rsplit(".", 1)[1] + " " + r.get("params", {}).get("detector", "")
    ours[key.strip()] = statistics.median([v for fork in r["primaryMetric"]["rawData"] for v in fork])

PAIRS = [  # here, there (the fastest counts), the least ratio aimed at
    ("score msp", ["msp"], None),
    ("score maxLogit", ["maxlogit"], None),
    ("score energy", ["energy"], None),
    ("score entropy", ["entropy"], None),
    ("score gen", ["gen_M=C"], None),
    ("fit mahalanobis", ["mahalanobis_fit_torch(pytorch-ood)", "mahalanobis_fit_sklearn(OpenOOD)"], 1),
    ("score mahalanobis", ["mahalanobis_score_10k_expanded(best numpy/torch form)"], 1),
    ("fit vim", ["vim_fit_eigh"], None),
    ("score vim", ["vim_score_10k"], 1),
    ("score knn", ["knn_k50_10kx50k_torch_matmul_topk", "knn_k50_10kx50k_sklearn_brute(pytorch-ood)"], 1.3),
    ("fit react", ["react_percentile_over_25.6M_values"], None),
    ("score react", ["react_score_10k"], None),
    ("score scale", ["scale_score_10k"], None),
    ("score ashS", ["ash_s_score_10k"], None),
    ("score dice", ["dice_score_10k_matmul"], 1),
    ("score gradNorm", ["gradnorm_10k_closed_form"], 1),
    ("score fdbd", ["fdbd_score_10k"], None),
    ("score klMatching", ["kl_matching_10k_vectorised"], 1),
    ("auroc", ["auroc_1M_sklearn_roc_auc_score", "auroc_1M_sklearn_float64"], 4),
    ("all", ["all_ood_metrics_1M(OpenOOD auc_and_fpr_recall)"], None),
]
print("| | here | fastest peer | ratio | aim |\n|---|---|---|---|---|")
for here, there, aim in PAIRS:
    if here not in ours or not any(t in peers for t in there):
        continue
    best = min((peers[t], t) for t in there if t in peers)
    ratio = best[0] / ours[here]
    verdict = "" if aim is None else "%g, %s" % (aim, "met" if ratio >= aim else "missed")
    print("| %s | %.4f s | %.4f s (%s) | %.2f | %s |" % (here, ours[here], best[0], best[1], ratio, verdict))


def speeds(name, pattern):
    return [float(m) for m in re.findall(pattern, open(folder + "/" + name).read())]


for batch, aim in ((32, 1), (256, 0.5)):
    here = max(statistics.median(speeds("nn-here-%d.txt" % t, r"batch %d: (\d+)" % batch)) for t in (1, 2))
    torch = max(statistics.median(speeds("nn-torch-%d.txt" % t, r"bs=%d (\d+)" % batch)) for t in (1, 2))
    ratio = here / torch
    print("| train a perceptron, batch %d | %.0f samples/s | %.0f samples/s (torch) | %.2f | %g, %s |"
          % (batch, here, torch, ratio, aim, "met" if ratio >= aim else "missed"))
here = max(statistics.median(speeds("nn-here-%d.txt" % t, r"(\d+) tokens/s")) for t in (1, 2))
torch = max(statistics.median(speeds("nn-torch-%d.txt" % t, r"(\d+) tok/s")) for t in (1, 2))
print("| train a small transformer | %.0f tokens/s | %.0f tokens/s (torch) | %.2f | |" % (here, torch, here / torch))
print("\n```\n" + open(folder + "/suite.txt").read() + "```")
