"""Trains in Keras until the test part's AUROC reaches a target, as a user of Keras writes it: files through
`image_dataset_from_directory`, kept in memory after the first epoch, `fit` with a callback.

Usage: keras_target.py TASK, where TASK is the JSON document described in bench/src/target/task.ts.
"""

import json
import os

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy
import tensorflow

from keras_tensorflow import build
from task import read_task


def read_part(task, part, shuffle):
    size = task["network"]["size"]
    folder = os.path.join(task["data"], part)
    negative = next(name for name in sorted(os.listdir(folder)) if name != task["positive"])
    pictures = keras.utils.image_dataset_from_directory(
        folder,
        class_names=[negative, task["positive"]],
        label_mode="binary",
        color_mode="grayscale",
        image_size=(size, size),
        batch_size=None,
        shuffle=False,
        verbose=False,
    )
    pictures = pictures.map(lambda picture, label: (tensorflow.cast(picture, tensorflow.uint8), label)).cache()
    if shuffle:
        pictures = pictures.shuffle(8192, seed=task["seed"])
    return pictures.batch(task["batch"]).prefetch(tensorflow.data.AUTOTUNE)


def auroc(labels, scores):
    """Mann-Whitney, ties counted half."""
    _, inverse, counts = numpy.unique(scores, return_inverse=True, return_counts=True)
    ranks = (numpy.cumsum(counts) - (counts - 1) / 2)[inverse]
    positive = labels == 1
    count = positive.sum()
    return float((ranks[positive].sum() - count * (count + 1) / 2) / (count * (len(labels) - count)))


class UntilTarget(keras.callbacks.Callback):
    def __init__(self, task, test, labels):
        super().__init__()
        self.target, self.test, self.labels = task["target"], test, labels
        self.aurocs = []

    def on_epoch_end(self, epoch, logs=None):
        scores = self.model.predict(self.test, verbose=0)[:, 0]
        self.aurocs.append(auroc(self.labels, scores))
        if self.aurocs[-1] >= self.target:
            self.model.stop_training = True


def main():
    task = read_task()
    tensorflow.config.threading.set_intra_op_parallelism_threads(task["threads"])
    keras.utils.set_random_seed(task["seed"])
    train, test = read_part(task, "train", True), read_part(task, "test", False)
    labels = numpy.concatenate([batch.numpy()[:, 0] for _, batch in test])
    model = build(task["network"])
    model.compile(optimizer=keras.optimizers.Adam(1e-3), loss=keras.losses.BinaryCrossentropy(from_logits=True))
    until = UntilTarget(task, test, labels)
    model.fit(train, epochs=task["epochs"], callbacks=[until], verbose=0)
    version = f"Keras {keras.__version__} on TensorFlow {tensorflow.__version__}, float32"
    print(json.dumps({"aurocs": until.aurocs, "version": version}))


if __name__ == "__main__":
    main()
