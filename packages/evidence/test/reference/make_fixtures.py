"""Writes the reference values the tests of @chromaray/evidence compare with.

Origin of each value: scipy (distributions), scikit-learn (metrics), statsmodels (intervals, tests,
regression), and, for DeLong's and Obuchowski's variances, the published formulas written out as sums over
all pairs in numpy (no ranks, no shortcuts). Run from anywhere:

    python packages/evidence/test/reference/make_fixtures.py

Made with numpy, scipy, scikit-learn and statsmodels in the versions recorded in the output.
"""

import json
from pathlib import Path

import numpy as np
import scipy
import sklearn
import statsmodels
import statsmodels.api as sm
from scipy import integrate, special, stats
from sklearn import metrics
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import ttost_paired

OUT = Path(__file__).resolve().parent.parent / "fixtures"
VERSIONS = {m.__name__: m.__version__ for m in (np, scipy, sklearn, statsmodels)}


def write(name, content):
    OUT.mkdir(exist_ok=True)
    (OUT / name).write_text(json.dumps({"versions": VERSIONS, **content}, indent=1) + "\n")


def noncentral_t_tails(critical, df, shift):
    """By quadrature: scipy's own nct.cdf gives NaN in the far tail."""
    tails = lambda s: stats.norm.cdf(shift - critical * s) + stats.norm.cdf(-shift - critical * s)
    density = lambda s: stats.chi.pdf(s * np.sqrt(df), df) * np.sqrt(df)
    return float(integrate.quad(lambda s: tails(s) * density(s), 0, 1 + 12 / np.sqrt(2 * df), epsabs=1e-13, limit=500, points=[1])[0])


def distributions():
    z = [-30, -12, -6, -3.5, -2.9, -1.96, -0.5, -1e-5, 0, 0.3, 1, 2.5, 2.83, 4, 7]
    p = [1e-300, 1e-20, 1e-6, 0.001, 0.025, 0.2, 0.5, 0.7, 0.975, 0.9999]
    t = [(x, df) for df in (0.7, 1, 2, 3.3, 7, 29, 1000, 1e6) for x in (-40, -4, -0.6, 0, 0.001, 1.3, 2.2, 12)]
    tq = [(q, df) for df in (1, 2, 3.3, 7, 29, 1000, 1e6) for q in (1e-8, 0.01, 0.3, 0.5, 0.9, 0.975, 0.999)]
    beta = [(a, b, x) for a, b in ((0.5, 0.5), (2, 3), (30, 0.5), (0.5, 200), (1e4, 2e4), (5e5, 5e5 + 1)) for x in (1e-4, 0.1, 0.33, 0.5, 0.501, 0.9)]
    binom = [(k, n, q) for n, ks in ((1, (0, 1)), (12, (0, 3, 6, 12)), (500, (3, 240, 251)), (1_000_000, (499_000, 500_000, 500_900))) for k in ks for q in (0.5, 0.03)]
    nct = [(c, df, d) for df in (1, 2, 4.5, 30, 400) for c, d in ((12.7, 3), (2.5, 0), (2.0, 2.8), (2.2, 5))]
    write("distributions.json", {
        "normalCdf": [[x, float(stats.norm.cdf(x))] for x in z],
        "normalQuantile": [[q, float(stats.norm.ppf(q))] for q in p],
        "studentCdf": [[x, df, float(stats.t.cdf(x, df))] for x, df in t],
        "studentQuantile": [[q, df, float(stats.t.ppf(q, df))] for q, df in tq],
        "incompleteBeta": [[a, b, x, float(special.betainc(a, b, x))] for a, b, x in beta],
        "binomial": [[k, n, q, float(stats.binom.pmf(k, n, q)), float(stats.binom.cdf(k, n, q))] for k, n, q in binom],
        "noncentralTTails": [[c, df, d, noncentral_t_tails(c, df, d)] for c, df, d in nct],
    })


def pair_kernel(positive, negative):
    return (positive[:, None] > negative[None, :]) + 0.5 * (positive[:, None] == negative[None, :])


def covariance(labels, scorings, patients):
    """Obuchowski 1997, by all pairs; with one record a patient DeLong 1988."""
    pos, neg = np.where(labels == 1)[0], np.where(labels == 0)[0]
    m, n = len(pos), len(neg)
    kernels = [pair_kernel(s[pos], s[neg]) for s in scorings]
    theta = [k.mean() for k in kernels]
    clusters = np.unique(patients)
    i10 = sum(np.any(labels[patients == c] == 1) for c in clusters)
    i01 = sum(np.any(labels[patients == c] == 0) for c in clusters)
    size = len(clusters)
    out = np.zeros((len(scorings), len(scorings)))
    for a in range(len(scorings)):
        for b in range(len(scorings)):
            s10 = s01 = s11 = s11b = 0.0
            for c in clusters:
                inpos, inneg = patients[pos] == c, patients[neg] == c
                va = kernels[a].mean(axis=1)[inpos].sum() - inpos.sum() * theta[a]
                vb = kernels[b].mean(axis=1)[inpos].sum() - inpos.sum() * theta[b]
                wa = kernels[a].mean(axis=0)[inneg].sum() - inneg.sum() * theta[a]
                wb = kernels[b].mean(axis=0)[inneg].sum() - inneg.sum() * theta[b]
                s10, s01, s11, s11b = s10 + va * vb, s01 + wa * wb, s11 + va * wb, s11b + wa * vb
            out[a, b] = (
                i10 / ((i10 - 1) * m) * s10 / m
                + i01 / ((i01 - 1) * n) * s01 / n
                + size / (size - 1) * (s11 + s11b) / (m * n)
            )
    return out


def metrics_at(labels, scores, threshold):
    called = (scores >= threshold).astype(int)
    tn, fp, fn, tp = metrics.confusion_matrix(labels, called).ravel()
    wilson = lambda k, size: [float(v) for v in proportion_confint(k, size, 0.05, "wilson")]
    return {
        "threshold": threshold,
        "matrix": {"truePositives": int(tp), "falsePositives": int(fp), "trueNegatives": int(tn), "falseNegatives": int(fn)},
        "sensitivity": float(metrics.recall_score(labels, called)),
        "sensitivityInterval": wilson(tp, tp + fn),
        "specificityInterval": wilson(tn, tn + fp),
        "positivePredictiveValue": float(metrics.precision_score(labels, called)),
        "accuracy": float(metrics.accuracy_score(labels, called)),
        "accuracyInterval": wilson(tp + tn, len(labels)),
        "balancedAccuracy": float(metrics.balanced_accuracy_score(labels, called)),
        "f1": float(metrics.f1_score(labels, called)),
        "matthews": float(metrics.matthews_corrcoef(labels, called)),
    }


def curves(name, labels, scorings, patients):
    labels, patients = np.array(labels), np.array(patients)
    first = scorings[0]
    fpr, tpr, thresholds = metrics.roc_curve(labels, first, drop_intermediate=False)
    precision, recall, pr_thresholds = metrics.precision_recall_curve(labels, first)
    matrix, single = covariance(labels, scorings, patients), covariance(labels, scorings, np.arange(len(labels)))
    difference = metrics.roc_auc_score(labels, first) - metrics.roc_auc_score(labels, scorings[1])
    z = difference / np.sqrt(single[0, 0] + single[1, 1] - 2 * single[0, 1])
    logit = np.log(metrics.roc_auc_score(labels, first) / (1 - metrics.roc_auc_score(labels, first)))
    a = metrics.roc_auc_score(labels, first)
    half = stats.norm.ppf(0.975) * np.sqrt(single[0, 0]) / (a * (1 - a))
    return {
        "name": name,
        "labels": labels.tolist(),
        "patients": patients.tolist(),
        "scorings": [s.tolist() for s in scorings],
        "auroc": [float(metrics.roc_auc_score(labels, s)) for s in scorings],
        "auprc": [float(metrics.average_precision_score(labels, s)) for s in scorings],
        "roc": {"fpr": fpr.tolist(), "tpr": tpr.tolist(), "thresholds": thresholds[1:].tolist()},
        "precisionRecall": {"precision": precision[:-1][::-1].tolist(), "recall": recall[:-1][::-1].tolist(), "thresholds": pr_thresholds[::-1].tolist()},
        "youden": float(np.max(tpr - fpr)),
        "delongCovariance": single.tolist(),
        "clusteredCovariance": matrix.tolist(),
        "logitInterval": [float(special.expit(logit - half)), float(special.expit(logit + half))],
        "paired": {"difference": float(difference), "z": float(z), "p": float(2 * stats.norm.sf(abs(z)))},
        "at": [metrics_at(labels, first, t) for t in np.quantile(first, [0.3, 0.5, 0.8])],
    }


def roc():
    rng = np.random.default_rng(20240517)
    cases = []
    for name, size, decimals in (("continuous", 80, 9), ("heavy ties", 90, 1), ("integers", 60, 0)):
        patients = rng.integers(0, size // 3, size)
        labels = (rng.random(size) < 0.45).astype(int)
        shared = rng.normal(size=size) + 0.8 * rng.normal(size=size)[patients]
        scorings = [np.round(1.4 * labels + shared + rng.normal(size=size) * s, decimals) for s in (0.5, 0.8, 1.5)]
        cases.append(curves(name, labels, scorings, patients))
    write("roc.json", {"cases": cases})


def tests():
    p_values = [0.011, 0.02, 0.04, 0.0005, 0.7, 0.04, 0.013]
    rng = np.random.default_rng(7)
    differences = rng.normal(0.003, 0.006, 8)
    equivalence = ttost_paired(differences, np.zeros(8), -0.01, 0.01)
    interval = stats.t.interval(0.95, 7, differences.mean(), differences.std(ddof=1) / np.sqrt(8))
    counts = [(0, 0), (3, 9), (10, 10), (1, 0), (40, 71), (250, 330)]
    write("tests.json", {
        "pValues": p_values,
        "holm": multipletests(p_values, method="holm")[1].tolist(),
        "benjaminiHochberg": multipletests(p_values, method="fdr_bh")[1].tolist(),
        "bonferroni": multipletests(p_values, method="bonferroni")[1].tolist(),
        "mcNemar": [[b, c, float(mcnemar([[5, b], [c, 5]], exact=True).pvalue)] for b, c in counts],
        "wilson": [[k, n, l, *map(float, proportion_confint(k, n, 1 - l, "wilson"))] for k, n, l in ((0, 10, 0.95), (10, 10, 0.95), (3, 17, 0.9), (561, 624, 0.95), (999_999, 1_000_000, 0.99))],
        "differences": differences.tolist(),
        "equivalence": {"p": float(equivalence[0]), "pLower": float(equivalence[1][1]), "pUpper": float(equivalence[2][1])},
        "summary": {"mean": float(differences.mean()), "sd": float(differences.std(ddof=1)), "median": float(np.median(differences)), "interval": [float(v) for v in interval]},
    })


def kappa_interval(first, second):
    result = cohens_kappa(np.array([[np.sum((first == i) & (second == j)) for j in (0, 1)] for i in (0, 1)]))
    return [float(result.kappa_low), float(result.kappa_upp)]


def calibration():
    rng = np.random.default_rng(11)
    size = 150
    logit = rng.normal(0.3, 1.6, size)
    labels = (rng.random(size) < special.expit(0.6 * logit - 0.2)).astype(int)
    probabilities = special.expit(logit)
    fit = sm.Logit(labels, sm.add_constant(logit)).fit(disp=0, tol=1e-14)
    offset = sm.GLM(labels, np.ones(size), family=sm.families.Binomial(), offset=logit).fit(tol=1e-14)
    negative_log_likelihood = lambda t: metrics.log_loss(labels, special.expit(logit / t))
    best = scipy.optimize.minimize_scalar(negative_log_likelihood, bounds=(0.05, 20), method="bounded", options={"xatol": 1e-12})
    order = np.argsort(probabilities, kind="stable")
    bins = np.array_split(order, 10)
    ece = sum(len(b) * abs(labels[b].mean() - probabilities[b].mean()) for b in bins) / size
    other = (rng.random(size) < 0.3).astype(int)
    benefit = []
    for t in (0.1, 0.35, 0.7):
        called = probabilities >= t
        tp, fp = np.sum(called & (labels == 1)), np.sum(called & (labels == 0))
        benefit.append([t, float(tp / size - fp / size * t / (1 - t))])
    write("calibration.json", {
        "labels": labels.tolist(),
        "probabilities": probabilities.tolist(),
        "brier": float(metrics.brier_score_loss(labels, probabilities)),
        "logLoss": float(metrics.log_loss(labels, probabilities)),
        "slope": float(fit.params[1]),
        "slopeInterval": fit.conf_int()[1].tolist(),
        "intercept": float(offset.params[0]),
        "interceptInterval": offset.conf_int()[0].tolist(),
        "expectedCalibrationError": float(ece),
        "temperature": float(best.x),
        "netBenefit": benefit,
        "otherCalls": other.tolist(),
        "kappa": float(metrics.cohen_kappa_score(labels, other)),
        "kappaInterval": kappa_interval(labels, other),
    })


def clusters():
    """Records of patients: the sandwich by statsmodels; kappa's by numerical derivatives of the weights of patients."""
    rng = np.random.default_rng(29)
    patients = np.repeat(np.arange(60), rng.integers(1, 6, 60))
    size = len(patients)
    shared = rng.normal(size=60)[patients]
    logit = 0.8 * shared + rng.normal(0.2, 1, size)
    labels = (rng.random(60) < special.expit(1.3 * rng.normal(size=60)))[patients].astype(int)
    labels = np.where(rng.random(size) < 0.15, 1 - labels, labels)
    labels = np.where(rng.random(size) < special.expit(logit), 1, labels * (rng.random(size) < 0.4))
    group = {"cov_type": "cluster", "cov_kwds": {"groups": patients}, "use_t": True}
    fit = sm.Logit(labels, sm.add_constant(logit)).fit(disp=0, tol=1e-14, **group)
    offset = sm.GLM(labels, np.ones(size), family=sm.families.Binomial(), offset=logit).fit(tol=1e-14, **group)
    critical = stats.t.ppf(0.975, 59)
    calls = [((logit + rng.normal(0, 0.6, size)) > 0.3).astype(int) for _ in range(2)]

    def kappa(weights):
        w = weights[patients] / weights[patients].sum()
        p = [np.sum(w * c) for c in calls]
        observed, expected = np.sum(w * (calls[0] == calls[1])), p[0] * p[1] + (1 - p[0]) * (1 - p[1])
        return (observed - expected) / (1 - expected)

    step, ones = 1e-5, np.ones(60)
    pulls = [(kappa(ones + step * np.eye(60)[c]) - kappa(ones - step * np.eye(60)[c])) / (2 * step) for c in range(60)]
    write("clusters.json", {
        "patients": patients.tolist(),
        "labels": labels.tolist(),
        "probabilities": special.expit(logit).tolist(),
        "slope": [float(fit.params[1]), float(fit.bse[1]), float(fit.params[1] - critical * fit.bse[1]), float(fit.params[1] + critical * fit.bse[1])],
        "intercept": [float(offset.params[0]), float(offset.bse[0]), float(offset.params[0] - critical * offset.bse[0]), float(offset.params[0] + critical * offset.bse[0])],
        "calls": [c.tolist() for c in calls],
        "kappa": float(metrics.cohen_kappa_score(*calls)),
        "kappaStandardError": float(np.sqrt(60 / 59 * np.sum(np.square(pulls)))),
        "f1": [float(metrics.f1_score(labels, c)) for c in calls],
    })


def agreement():
    rng = np.random.default_rng(5)
    pairs = []
    for size, decimals, slope in ((3, 3, 1), (64, 6, 0.7), (64, 0, -0.4), (500, 1, 0.05)):
        first = np.round(rng.normal(size=size), decimals)
        second = np.round(slope * first + rng.normal(size=size), decimals)
        correlation = float(stats.spearmanr(first, second).statistic)
        pairs.append({"first": first.tolist(), "second": second.tolist(), "correlation": correlation})
    write("agreement.json", {"spearman": pairs})


if __name__ == "__main__":
    distributions()
    roc()
    tests()
    calibration()
    agreement()
    clusters()
