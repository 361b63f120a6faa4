"""One training step in Keras on TensorFlow, float32, compiled into a graph as `fit` does.

Usage: keras_tensorflow.py TASK, where TASK is the JSON document described in bench/src/measurement.ts.
"""

import json
import os
import resource
import statistics
import sys
import time

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy
import tensorflow
from keras import layers


def normalised_convolution(value, filters, kernel, stride):
    padded = layers.ZeroPadding2D(kernel // 2)(value)
    convolved = layers.Conv2D(filters, kernel, stride, use_bias=False, kernel_initializer="he_normal")(padded)
    return layers.BatchNormalization(momentum=0.9)(convolved)


def build(network):
    pixels = keras.Input((network["size"], network["size"], network["channels"]), dtype="uint8")
    value = layers.Rescaling(1 / 255)(pixels)
    for layer in network["layers"]:
        kind = layer["kind"]
        if kind == "convolution":
            filters, kernel, stride = layer["filters"], layer["kernel"], layer.get("stride", 1)
            if layer.get("normalised", False):
                value = normalised_convolution(value, filters, kernel, stride)
            else:
                constraint = keras.constraints.UnitNorm() if layer.get("unitNorm", False) else None
                value = layers.Conv2D(filters, kernel, stride, kernel_constraint=constraint)(value)
            value = layers.ReLU()(value)
            if layer.get("pool", False):
                value = layers.MaxPooling2D(2)(value)
        elif kind == "residual":
            value = layers.ReLU()(layers.Add()([value, normalised_convolution(value, layer["filters"], 3, 1)]))
        elif kind == "dropout":
            value = layers.Dropout(layer["share"])(value)
        elif kind == "flatten":
            value = layers.Flatten()(value)
        elif kind == "global-average-pool":
            value = layers.GlobalAveragePooling2D()(value)
        elif kind == "dense":
            value = layers.Dense(layer["units"], activation="relu" if layer.get("relu", False) else None)(value)
    return keras.Model(pixels, value)


def peak_bytes():
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def main():
    task = json.loads(sys.argv[1])
    network, batch = task["network"], task["batch"]
    tensorflow.config.threading.set_intra_op_parallelism_threads(task["threads"])
    tensorflow.config.threading.set_inter_op_parallelism_threads(1)
    keras.utils.set_random_seed(1)

    model = build(network)
    model.compile(optimizer=keras.optimizers.Adam(), loss=keras.losses.BinaryCrossentropy(from_logits=True))
    shape = (batch, network["size"], network["size"], network["channels"])
    pixels = numpy.random.default_rng(1).integers(0, 256, shape, dtype="uint8")
    targets = (numpy.arange(batch) % 2).astype("float32")[:, None]

    seconds = []
    for step in range(task["warmUp"] + task["steps"]):
        started = time.perf_counter()
        model.train_on_batch(pixels, targets)
        if step == 0:
            print("first step done", flush=True)
        if step >= task["warmUp"]:
            seconds.append(time.perf_counter() - started)

    print(
        json.dumps(
            {
                "parameters": int(sum(numpy.prod(weight.shape) for weight in model.trainable_weights)),
                "secondsPerStep": statistics.median(seconds),
                "peakBytes": peak_bytes(),
                "version": f"Keras {keras.__version__} on TensorFlow {tensorflow.__version__}, float32",
            }
        )
    )


if __name__ == "__main__":
    main()
