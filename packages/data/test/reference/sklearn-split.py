"""Records splits of scikit-learn's train_test_split for src/split/sklearn.test.ts.

Run from packages/study: python3 test/reference/sklearn-split.py
Writes test/fixtures/sklearn-split.json with the versions that produced it.
"""
import hashlib
import json
import pathlib

import numpy
import sklearn
from sklearn.model_selection import train_test_split


def digest(indices):
    return hashlib.sha256(",".join(str(i) for i in indices).encode()).hexdigest()


splits = []
for n, seed, sizes in [
    (10, 0, {"test_size": 0.25}),
    (10, 42, {"train_size": 0.78}),
    (11, 1, {"test_size": 0.1, "train_size": 0.9}),
    (7, 4294967295, {"test_size": 0.3, "train_size": 0.4}),
    (64, 2**31, {"train_size": 0.5}),
    (1000, 7, {"test_size": 0.333}),
    (5856, 123456, {"train_size": 0.29, "test_size": 0.57}),
    (13678, 42, {"train_size": 0.78}),
]:
    train, test = train_test_split(list(range(n)), random_state=seed, **sizes)
    splits.append({
        "n": n, "seed": seed, "sizes": sizes, "train": len(train), "test": len(test),
        "trainFirst": train[:20], "testFirst": test[:20], "trainHash": digest(train), "testHash": digest(test),
    })

# The two calls of the study that Chromaray grew from.
records = list(range(15198))
rest, held_out = train_test_split(records, train_size=0.9, test_size=0.1, random_state=42)
train, test = train_test_split(rest, train_size=0.78, random_state=42)
study = {
    "n": len(records), "seed": 42,
    **{name: {"count": len(part), "first": part[:20], "hash": digest(part)}
       for name, part in [("train", train), ("validation", held_out), ("test", test)]},
}
words = {str(seed): [int(w) for w in numpy.random.RandomState(seed).randint(0, 2**32, 5, dtype=numpy.uint32)]
         for seed in [0, 1, 42, 4294967295]}
target = pathlib.Path(__file__).parent.parent / "fixtures" / "sklearn-split.json"
target.write_text(json.dumps({
    "origin": f"scikit-learn {sklearn.__version__}, numpy {numpy.__version__}; test/reference/sklearn-split.py",
    "words": words, "splits": splits, "study": study,
}, indent=1) + "\n")
