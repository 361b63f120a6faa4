"""What a cross-validation's probabilities come to with all folds put together, by scikit-learn and scipy.

Writes packages/results/test/fixtures/fold-behaviour.json, read by src/behaviour/folds.test.ts: for one network a fold its
probabilities on validation and test part, drawn at random with scales that differ by fold, and its threshold; and what
scikit-learn makes of the test parts together: ROC curve and area, Brier score, log loss, ten bins of equal size
(`calibration_curve(strategy='quantile')`) and confusion at each fold's threshold; of each fold AUROC and Brier score. The
temperature of a fold minimises the log loss on its validation part (scipy's bounded search), and is used for its test part.

Recorded with scikit-learn 1.9.1.
"""

import json
import pathlib

import numpy as np
import scipy.optimize
import sklearn
from sklearn.calibration import calibration_curve
from sklearn.metrics import brier_score_loss, confusion_matrix, log_loss, roc_auc_score, roc_curve

rng = np.random.default_rng(16)
SIZES = [40, 30, 50]
SCALES = [1.0, 2.5, 0.6]
THRESHOLDS = [0.5, 0.3, 0.55]


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def part(count, scale):
    labels = (np.arange(count) % 5 < 2).astype(int)
    return labels, np.round(sigmoid(scale * (rng.normal(size=count) + 1.6 * labels - 0.8)), 6)


def temper(p, t):
    return sigmoid(np.log(p / (1 - p)) / t)


folds = []
for size, scale, threshold in zip(SIZES, SCALES, THRESHOLDS):
    (vy, vp), (ty, tp) = part(60, scale), part(size, scale)
    best = scipy.optimize.minimize_scalar(
        lambda t: log_loss(vy, temper(vp, t)), bounds=(0.05, 20), method="bounded", options={"xatol": 1e-10}
    )
    folds.append({"vy": vy, "vp": vp, "ty": ty, "tp": tp, "threshold": threshold, "temperature": float(best.x)})

y = np.concatenate([f["ty"] for f in folds])
p = np.concatenate([f["tp"] for f in folds])
called = np.concatenate([(f["tp"] >= f["threshold"]).astype(int) for f in folds])
tempered = np.concatenate([temper(f["tp"], f["temperature"]) for f in folds])
fpr, tpr, _ = roc_curve(y, p, drop_intermediate=False)
observed, predicted = calibration_curve(y, p, n_bins=10, strategy="quantile")
(tn, fp), (fn, tp) = confusion_matrix(y, called).tolist()
record = {
    "sklearn": sklearn.__version__,
    "folds": [
        {
            "validation": {"labels": f["vy"].tolist(), "probabilities": f["vp"].tolist()},
            "test": {"labels": f["ty"].tolist(), "probabilities": f["tp"].tolist()},
            "threshold": f["threshold"],
            "auroc": roc_auc_score(f["ty"], f["tp"]),
            "brier": brier_score_loss(f["ty"], f["tp"]),
        }
        for f in folds
    ],
    "pooled": {
        "roc": [fpr.tolist(), tpr.tolist()],
        "brier": brier_score_loss(y, p),
        "logLoss": log_loss(y, p),
        "reliability": [predicted.tolist(), observed.tolist()],
        "confusion": {"truePositives": tp, "falsePositives": fp, "falseNegatives": fn, "trueNegatives": tn},
        "temperature": float(np.mean([f["temperature"] for f in folds])),
        "logLossAtTemperature": log_loss(y, tempered),
    },
}
out = pathlib.Path(__file__).parents[1] / "fixtures" / "fold-behaviour.json"
out.parent.mkdir(exist_ok=True)
out.write_text(json.dumps(record, indent=1) + "\n")
