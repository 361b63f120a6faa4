"""Training steps and predictions in Keras on TensorFlow, compiled into graphs as `fit` and `predict` do.

Usage: keras_tensorflow.py TASK, where TASK is the JSON document described in bench/src/measurement.ts.
`precision` bfloat16 sets Keras's policy mixed_bfloat16.
"""

import os

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy
import tensorflow
from keras import layers

from task import answer, measure, read_task


def normalised_convolution(value, filters, kernel, stride):
    padded = layers.ZeroPadding2D(kernel // 2)(value)
    convolved = layers.Conv2D(filters, kernel, stride, use_bias=False, kernel_initializer="he_normal")(padded)
    return layers.BatchNormalization(momentum=0.9)(convolved)


def mobile_convolution(value, layer):
    kernel, stride = layer["kernel"], layer["stride"]
    if layer["depthwise"]:
        value = layers.DepthwiseConv2D(kernel, stride, padding="same", use_bias=False)(value)
    else:
        value = layers.Conv2D(layer["filters"], kernel, stride, padding="same", use_bias=False)(value)
    return layers.ReLU(max_value=6)(layers.BatchNormalization(momentum=0.9)(value))


def build(network):
    pixels = keras.Input((network["size"], network["size"], network["channels"]), dtype="uint8")
    value = layers.Rescaling(1 / 255)(pixels)
    if network.get("pretrained", False):
        value = layers.Concatenate()([value, value, value])
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
        elif kind == "mobile-convolution":
            value = mobile_convolution(value, layer)
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
    return keras.Model(pixels, layers.Activation("linear", dtype="float32")(value))


def main():
    task = read_task()
    network, batch = task["network"], task["batch"]
    precision = task.get("precision", "float32")
    tensorflow.config.threading.set_intra_op_parallelism_threads(task["threads"])
    tensorflow.config.threading.set_inter_op_parallelism_threads(1)
    keras.utils.set_random_seed(1)
    if precision == "bfloat16":
        keras.mixed_precision.set_global_policy("mixed_bfloat16")

    model = build(network)
    model.compile(optimizer=keras.optimizers.Adam(), loss=keras.losses.BinaryCrossentropy(from_logits=True))
    shape = (batch, network["size"], network["size"], network["channels"])
    pixels = numpy.random.default_rng(1).integers(0, 256, shape, dtype="uint8")
    targets = (numpy.arange(batch) % 2).astype("float32")[:, None]

    if task["mode"] == "training":
        seconds = measure(task, lambda: model.train_on_batch(pixels, targets))
    else:
        seconds = measure(task, lambda: model.predict_on_batch(pixels))
    parameters = sum(numpy.prod(weight.shape) for weight in model.trainable_weights)
    answer(parameters, seconds, f"Keras {keras.__version__} on TensorFlow {tensorflow.__version__}, {precision}")


if __name__ == "__main__":
    main()
