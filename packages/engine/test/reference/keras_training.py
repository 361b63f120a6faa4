"""Reference numbers of Keras for optimizers, constraints, losses and initialisers.

Made with Keras 3.15.1 on TensorFlow (CPU):  python keras_training.py > ../fixtures/keras-training.json
"""

import json
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import keras
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(7)


def numbers(x):
    return [float(v) for v in np.asarray(x, dtype=np.float64).ravel()]


def optimizer_case(name, optimizer, spec, rates):
    start = rng.normal(size=(2, 3)).astype(np.float32)
    gradients = rng.normal(size=(len(rates), 2, 3)).astype(np.float32)
    variable = keras.Variable(start)
    weights = []
    for rate, gradient in zip(rates, gradients):
        optimizer.learning_rate = rate
        optimizer.apply([tf.constant(gradient)], [variable])
        weights.append(numbers(variable))
    return {
        "name": name,
        "optimizer": spec,
        "rates": rates,
        "start": numbers(start),
        "gradients": [numbers(g) for g in gradients],
        "weights": weights,
    }


def optimizers():
    rates = [0.01, 0.01, 0.02, 0.005]
    o = keras.optimizers
    return [
        optimizer_case("sgd", o.SGD(0.01), {"kind": "sgd"}, rates),
        optimizer_case("sgd with momentum", o.SGD(0.01, momentum=0.9), {"kind": "sgd", "momentum": 0.9}, rates),
        optimizer_case(
            "sgd with Nesterov momentum",
            o.SGD(0.01, momentum=0.9, nesterov=True),
            {"kind": "sgd", "momentum": 0.9, "nesterov": True},
            rates,
        ),
        optimizer_case("adam", o.Adam(0.01), {"kind": "adam"}, rates),
        optimizer_case(
            "adam with a large epsilon",
            o.Adam(0.01, beta_1=0.8, beta_2=0.95, epsilon=0.1),
            {"kind": "adam", "beta1": 0.8, "beta2": 0.95, "epsilon": 0.1},
            rates,
        ),
        optimizer_case("adamw", o.AdamW(0.01), {"kind": "adamw"}, rates),
        optimizer_case("adamw with decay 0.1", o.AdamW(0.01, weight_decay=0.1), {"kind": "adamw", "weightDecay": 0.1}, rates),
    ]


def constraint_case(name, constraint, spec):
    kernel = (rng.normal(size=(3, 3, 2, 4)) * 1.5).astype(np.float32)  # HWIO
    projected = np.asarray(constraint(tf.constant(kernel)))
    to_onnx = lambda k: numbers(np.transpose(k, (3, 2, 0, 1)))
    return {"name": name, "spec": spec, "dims": [4, 2, 3, 3], "weight": to_onnx(kernel), "projected": to_onnx(projected)}


def constraints():
    c = keras.constraints
    return [
        constraint_case("UnitNorm()", c.UnitNorm(), {"kind": "unit-norm", "kerasAxes": [0]}),
        constraint_case("UnitNorm(axis=[0, 1, 2])", c.UnitNorm([0, 1, 2]), {"kind": "unit-norm", "kerasAxes": [0, 1, 2]}),
        constraint_case(
            "MinMaxNorm(0.5, 2.0)", c.MinMaxNorm(0.5, 2.0), {"kind": "min-max-norm", "kerasAxes": [0], "min": 0.5, "max": 2, "rate": 1}
        ),
        constraint_case(
            "MinMaxNorm(1, 1.5, rate=0.25, axis=[0, 1, 2])",
            c.MinMaxNorm(1, 1.5, 0.25, [0, 1, 2]),
            {"kind": "min-max-norm", "kerasAxes": [0, 1, 2], "min": 1, "max": 1.5, "rate": 0.25},
        ),
    ]


def loss_case(name, loss, spec, logits, targets, weights):
    z = tf.Variable(logits.astype(np.float32))
    with tf.GradientTape() as tape:
        value = loss(targets.astype(np.float32), z, sample_weight=weights.astype(np.float32))
    return {
        "name": name,
        "spec": spec,
        "examples": int(logits.shape[0]),
        "logits": numbers(logits),
        "targets": numbers(targets),
        "weights": numbers(weights),
        "loss": float(value),
        "gradient": numbers(tape.gradient(value, z)),
    }


def losses():
    weights = np.array([1, 0.5, 2, 0, 1.5])
    binary = np.array([[0.3], [-2.0], [30.0], [-40.0], [1.2]])
    labels = np.array([[1], [0], [0], [1], [1]])
    several = rng.normal(size=(5, 3)) * 3
    one_hot = np.eye(3)[[0, 2, 1, 1, 0]]
    l = keras.losses
    return [
        loss_case("binary", l.BinaryCrossentropy(from_logits=True), {"kind": "binary-cross-entropy"}, binary, labels, weights),
        loss_case(
            "binary, smoothed",
            l.BinaryCrossentropy(from_logits=True, label_smoothing=0.1),
            {"kind": "binary-cross-entropy", "labelSmoothing": 0.1},
            binary,
            labels,
            weights,
        ),
        loss_case("binary, three labels", l.BinaryCrossentropy(from_logits=True), {"kind": "binary-cross-entropy"}, several, one_hot, weights),
        loss_case(
            "categorical", l.CategoricalCrossentropy(from_logits=True), {"kind": "categorical-cross-entropy"}, several, one_hot, weights
        ),
        loss_case(
            "categorical, smoothed",
            l.CategoricalCrossentropy(from_logits=True, label_smoothing=0.2),
            {"kind": "categorical-cross-entropy", "labelSmoothing": 0.2},
            several,
            one_hot,
            weights,
        ),
        loss_case("squared error", l.MeanSquaredError(), {"kind": "mean-squared-error"}, several, one_hot, weights),
    ]


def clipping():
    gradients = [rng.normal(size=(4,)).astype(np.float32) * 3, rng.normal(size=(3,)).astype(np.float32)]
    cases = []
    for limit in (1.0, 100.0):
        clipped, _ = tf.clip_by_global_norm([tf.constant(g) for g in gradients], limit)
        cases.append({"clipNorm": limit, "gradients": [numbers(g) for g in gradients], "clipped": [numbers(g) for g in clipped]})
    return cases


def initializers():
    """Variance and extremes over many draws: the random numbers themselves differ, the distributions must not."""
    shape = (3, 3, 64, 128)
    cases = []
    for name, initializer in (
        ("he-normal", keras.initializers.HeNormal(1)),
        ("he-uniform", keras.initializers.HeUniform(1)),
        ("glorot-normal", keras.initializers.GlorotNormal(1)),
        ("glorot-uniform", keras.initializers.GlorotUniform(1)),
    ):
        values = np.asarray(initializer(shape), dtype=np.float64)
        cases.append({"name": name, "dims": [128, 64, 3, 3], "deviation": float(values.std()), "largest": float(np.abs(values).max())})
    return cases


def parameters():
    """Parameter counts of the study's networks, built as its notebook built them."""
    convolutions = {
        "mod4-1": [(32, 3), (32, 4), (64, 3)],
        "gray-1": [(32, 3), (64, 4), (128, 3), (128, 3)],
        "gray-deeper": [(32, 3), (64, 4), (128, 3), (128, 3), (256, 3)],
        "color-short": [(32, 4), (64, 3)],
        "color-val": [(32, 3), (64, 4), (128, 3)],
    }

    def count(base, size, channels, dense):
        layers = [keras.Input((size, size, channels))]
        for filters, kernel in convolutions[base]:
            layers += [keras.layers.Conv2D(filters, kernel, activation="relu"), keras.layers.MaxPooling2D()]
        layers += [keras.layers.Flatten(), keras.layers.Dense(dense, activation="relu"), keras.layers.Dense(1)]
        return keras.Sequential(layers).count_params()

    found = {f"gray-{i}": count("gray-1", 96, 1, 512) for i in range(1, 7)}
    found |= {"mod4-1": count("mod4-1", 64, 3, 64), "gray-best": count("gray-1", 96, 3, 512)}
    found |= {"gray-deeper": count("gray-deeper", 96, 3, 512)}
    found |= {name: count("gray-deeper", 128, 3, 512) for name in ("gray-128", "gray-final", "color-1")}
    found |= {"color-short": count("color-short", 128, 3, 512)}
    found |= {name: count("color-val", 128, 3, 256) for name in ("color-val", "color-final")}
    return found


print(
    json.dumps(
        {
            "origin": f"Keras {keras.__version__}, TensorFlow {tf.__version__}, test/reference/keras_training.py",
            "optimizers": optimizers(),
            "constraints": constraints(),
            "losses": losses(),
            "clipping": clipping(),
            "initializers": initializers(),
            "parameters": parameters(),
        }
    )
)
