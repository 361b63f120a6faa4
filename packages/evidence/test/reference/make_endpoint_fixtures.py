"""Writes the values that src/endpoint/recorded-values.test.ts compares with, on the data of fixtures/roc.json, which
make_fixtures.py has written before:

    python packages/evidence/test/reference/make_endpoint_fixtures.py

scikit-learn: average precision, partial AUROC (max_fpr, standardised as McClish does), Brier score, and at thresholds taken from its
ROC curve of the second scoring the sensitivity and specificity of the first. numpy: the variance of the average precision
by leaving out one record after the other, by class (the jackknife with fixed numbers of both classes).
"""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn import metrics

OUT = Path(__file__).resolve().parent.parent / "fixtures"
CASES = json.loads((OUT / "roc.json").read_text())["cases"]


def jackknife(labels, scores, statistic):
    total = 0.0
    for value in (0, 1):
        rows = np.where(labels == value)[0]
        left = np.array([statistic(np.delete(labels, i), np.delete(scores, i)) for i in rows])
        total += (len(rows) - 1) / len(rows) * np.sum((left - left.mean()) ** 2)
    return float(total)


def at_specificity(labels, scores, target):
    """The lowest of the scores, as a threshold, whose specificity is at least the target."""
    fpr, _, thresholds = metrics.roc_curve(labels, scores, drop_intermediate=False)
    return float(thresholds[np.where(1 - fpr >= target - 1e-12)[0][-1]])


def at_sensitivity(labels, scores, target):
    """The highest whose sensitivity is at least the target."""
    _, tpr, thresholds = metrics.roc_curve(labels, scores, drop_intermediate=False)
    return float(thresholds[np.where(tpr >= target - 1e-12)[0][0]])


def youden(labels, scores):
    """The lowest of the scores, as a threshold, with the largest sum of sensitivity and specificity."""
    fpr, tpr, thresholds = metrics.roc_curve(labels, scores, drop_intermediate=False)
    best = np.where(tpr - fpr >= (tpr - fpr).max() - 1e-12)[0][-1]
    return float(thresholds[best])


def half_way(scores, threshold):
    """To the next lower score, as the program does, so that another machine's rounding moves no record."""
    lower = scores[scores < threshold]
    return threshold if len(lower) == 0 else (threshold + lower.max()) / 2


def measure(labels, scores):
    low, high = scores.min(), scores.max()
    probabilities = (scores - low) / (high - low)
    return {
        "averagePrecision": float(metrics.average_precision_score(labels, scores)),
        "averagePrecisionJackknife": jackknife(labels, scores, metrics.average_precision_score),
        "partial": [float(metrics.roc_auc_score(labels, scores, max_fpr=m)) for m in (0.2, 0.05)],
        "probabilities": probabilities.tolist(),
        "brier": float(metrics.brier_score_loss(labels, probabilities)),
    }


def on_others(labels, first, second):
    """Thresholds of the second scoring, as of a validation part, on the first, as of a test part."""
    spec = half_way(second, at_specificity(labels, second, 0.9))
    sens = half_way(second, at_sensitivity(labels, second, 0.9))
    return {
        "sensitivity": float(metrics.recall_score(labels, first >= spec)),
        "specificity": float(metrics.recall_score(labels, first >= sens, pos_label=0)),
        "balancedAccuracy": float(metrics.balanced_accuracy_score(labels, first >= half_way(second, youden(labels, second)))),
    }


def case(one):
    labels = np.array(one["labels"])
    scorings = [np.array(s) for s in one["scorings"]]
    return {
        "name": one["name"],
        "scorings": [measure(labels, s) for s in scorings],
        "transferred": on_others(labels, scorings[0], scorings[1]),
    }


(OUT / "endpoints.json").write_text(
    json.dumps({"versions": {"sklearn": sklearn.__version__, "numpy": np.__version__}, "cases": [case(c) for c in CASES]}, indent=1)
    + "\n"
)
