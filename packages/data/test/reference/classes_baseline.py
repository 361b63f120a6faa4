"""The linear classifier on 16 by 16 pixels for three classes, by scikit-learn.

Writes packages/data/test/fixtures/classes-baseline.json, read by src/audit/several-classes.test.ts: thumbnails of
48x48 drawn at random with marks by class, which records are learned from, and what scikit-learn makes of them: means of 3x3
pixels, standardised on the training part (StandardScaler), one ridge regression for each class against the rest
(Ridge(alpha=0.01 times the training records), on labels 1 and 0), and roc_auc_score of the test part, each class against the
rest and their mean (average='macro', multi_class='ovr' on scores as they are).

Recorded with scikit-learn 1.9.1.
"""

import base64
import json
import pathlib

import numpy as np
import sklearn
from sklearn.linear_model import Ridge
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

rng = np.random.default_rng(3)
SIDE, COUNT, RIDGE = 48, 90, 0.01
labels = np.arange(COUNT) % 3
test = np.arange(COUNT) % 5 == 0
small = rng.integers(0, 200, size=(COUNT, 12, 12))
pictures = np.kron(small, np.ones((4, 4), dtype=int))
# Weak marks, so that no class is told without errors: a brighter patch in two of the classes.
pictures[labels == 1, 8:28, 8:28] += 25
pictures[labels == 2, 20:44, 4:24] += 20
pictures = np.clip(pictures, 0, 255)
means = pictures.reshape(COUNT, 16, 3, 16, 3).mean(axis=(2, 4)).reshape(COUNT, 256)
scaler = StandardScaler().fit(means[~test])
features = scaler.transform(means)
scores = np.stack(
    [
        Ridge(alpha=RIDGE * (~test).sum(), solver="cholesky").fit(features[~test], (labels[~test] == k).astype(float)).predict(features[test])
        for k in range(3)
    ],
    axis=1,
)
each = [roc_auc_score(labels[test] == k, scores[:, k]) for k in range(3)]
record = {
    "sklearn": sklearn.__version__,
    "side": SIDE,
    "labels": labels.tolist(),
    "test": test.astype(int).tolist(),
    # 12x12 gray levels of each record, every one 4x4 pixels of the thumbnail; and the marks.
    "pictures": base64.b64encode(pictures[:, ::4, ::4].astype(np.uint8).tobytes()).decode(),
    "auroc": each,
    "macro": float(np.mean(each)),
}
out = pathlib.Path(__file__).parents[1] / "fixtures" / "classes-baseline.json"
out.parent.mkdir(exist_ok=True)
out.write_text(json.dumps(record, indent=1) + "\n")
