"""Writes the reference values for several classes: AUROCs, Hand and Till's M, confusion matrix and kappa by scikit-learn and
statsmodels; the variance over patients of the means of AUROCs as sums over all pairs of records in numpy, patient by patient.

    python packages/evidence/test/reference/make_class_fixtures.py
"""

import json
from pathlib import Path

import numpy as np
import sklearn
import statsmodels
from sklearn import metrics
from statsmodels.stats.inter_rater import cohens_kappa

OUT = Path(__file__).resolve().parent.parent / "fixtures" / "classes.json"


def parts(labels, scores, of, rest, patients):
    """AUROC of one class against others, and each patient's pull on it, from every pair."""
    wins = {}
    for i in of:
        for j in rest:
            wins[i, j] = 1.0 if scores[i] > scores[j] else 0.5 if scores[i] == scores[j] else 0.0
    auroc = sum(wins.values()) / len(wins)
    pull = {p: 0.0 for p in patients}
    for mine, others, pair in ((of, rest, lambda i, j: (i, j)), (rest, of, lambda i, j: (j, i))):
        owners = len({patients[i] for i in mine})
        for i in mine:
            placement = np.mean([wins[pair(i, j)] for j in others])
            pull[patients[i]] += np.sqrt(owners / (owners - 1)) * (placement - auroc) / len(mine)
    return auroc, pull


def measured(labels, probabilities, contrasts, patients):
    found = []
    for of, against in contrasts:
        mine = [i for i in range(len(labels)) if labels[i] == of]
        rest = [i for i in range(len(labels)) if labels[i] == against or (against is None and labels[i] != of)]
        found.append(parts(labels, probabilities[:, of], mine, rest, patients))
    value = float(np.mean([auroc for auroc, _ in found]))
    total = {p: np.mean([pull[p] for _, pull in found]) for p in dict.fromkeys(patients)}
    return value, float(sum(v * v for v in total.values()))


def case(seed, classes, records, per_patient, rounded):
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.arange(records) % classes)
    logits = rng.normal(size=(records, classes)) + 1.2 * np.eye(classes)[labels]
    probabilities = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    if rounded:
        probabilities = np.round(probabilities, 1) + 1e-3
        probabilities /= probabilities.sum(1, keepdims=True)
    # Patients of one class each, so that clusters are as Kermany's.
    patients = [f"{label}-{i // (classes * per_patient)}" for i, label in enumerate(labels)]
    calls = probabilities.argmax(1)
    against_rest = [(c, None) for c in range(classes)]
    pairs = [(i, j) for i in range(classes) for j in range(classes) if i != j]
    kappa = cohens_kappa(metrics.confusion_matrix(labels, calls))
    macro, macro_variance = measured(labels, probabilities, against_rest, patients)
    till, till_variance = measured(labels, probabilities, pairs, patients)
    ovr = metrics.roc_auc_score(labels, probabilities, multi_class="ovr", average="macro")
    ovo = metrics.roc_auc_score(labels, probabilities, multi_class="ovo", average="macro")
    assert abs(macro - ovr) < 1e-12 and abs(till - ovo) < 1e-12
    return {
        "classes": classes,
        "labels": labels.tolist(),
        "patients": patients,
        "probabilities": probabilities.T.tolist(),
        "macroAuroc": ovr,
        "handTill": ovo,
        "againstRest": [metrics.roc_auc_score(labels == c, probabilities[:, c]) for c in range(classes)],
        "macroVariance": macro_variance,
        "handTillVariance": till_variance,
        "confusion": metrics.confusion_matrix(labels, calls).tolist(),
        "recalls": metrics.recall_score(labels, calls, average=None).tolist(),
        "accuracy": metrics.accuracy_score(labels, calls),
        "kappa": metrics.cohen_kappa_score(labels, calls),
        "kappaError": float(np.sqrt(kappa.var_kappa)),
    }


cases = [case(1, 3, 90, 1, False), case(2, 3, 120, 2, True), case(3, 5, 150, 1, True)]
versions = {m.__name__: m.__version__ for m in (np, sklearn, statsmodels)}
OUT.write_text(json.dumps({"versions": versions, "cases": cases}) + "\n")
