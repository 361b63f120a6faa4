"""Makes the small .onnx files that the reader is tested with, by the reference implementation (onnx 1.23).

    pip install onnx numpy
    python make_onnx_models.py

Writes fixtures/onnx/*.onnx. Each holds one thing a reader may trip over.
"""

import pathlib
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OUT = pathlib.Path(__file__).parent.parent / "fixtures" / "onnx"
OUT.mkdir(parents=True, exist_ok=True)


def value(name, kind=TensorProto.FLOAT, shape=(2,)):
    return helper.make_tensor_value_info(name, kind, shape)


def model(nodes, inputs, outputs, initializers=(), opset=17, **more):
    graph = helper.make_graph(nodes, "fixture", inputs, outputs, list(initializers))
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8, **more)


def save(name, made):
    (OUT / f"{name}.onnx").write_bytes(made.SerializeToString(deterministic=True))


def every_type():
    """Each element type twice: as raw bytes and in the typed field. Values 0, 1, 2, 3 (bool: 0, 1, 1, 1)."""
    kinds = {
        "float32": TensorProto.FLOAT, "float64": TensorProto.DOUBLE, "float16": TensorProto.FLOAT16,
        "bfloat16": TensorProto.BFLOAT16, "int8": TensorProto.INT8, "uint8": TensorProto.UINT8,
        "int16": TensorProto.INT16, "uint16": TensorProto.UINT16, "int32": TensorProto.INT32,
        "uint32": TensorProto.UINT32, "int64": TensorProto.INT64, "uint64": TensorProto.UINT64,
        "bool": TensorProto.BOOL,
    }
    tensors = []
    for name, kind in kinds.items():
        typed = helper.make_tensor(f"{name}_typed", kind, [2, 2], [0, 1, 2, 3] if name != "bool" else [0, 1, 1, 1])
        raw = numpy_helper.from_array(numpy_helper.to_array(typed), f"{name}_raw")
        assert raw.HasField("raw_data") and raw.data_type == kind
        tensors += [typed, raw]
    save("every-type", model([helper.make_node("Identity", ["x"], ["y"], "n")], [value("x")], [value("y")], tensors))


def documented():
    """Documentation, node metadata, value types and training information: things the engine does not know."""
    node = helper.make_node("Elu", ["x"], ["h"], "elu", doc_string="a node", alpha=1.5)
    node.metadata_props.add(key="from", value="layer 1")
    made = model([node, helper.make_node("Relu", ["h"], ["y"], "relu")], [value("x", shape=("batch", None))], [value("y", shape=("batch", None))])
    made.doc_string = "a model"
    made.producer_name, made.producer_version, made.model_version = "maker", "1.2", 7
    made.graph.doc_string = "a graph"
    made.graph.value_info.append(value("h"))
    made.graph.quantization_annotation.add(tensor_name="h")
    made.metadata_props.add(key="classes", value="a,b")
    made.training_info.add().initialization.name = "start"
    save("documented", made)


def attributes():
    """Every kind of attribute the engine holds, on an operator that nobody defines."""
    node = helper.make_node(
        "Anything", ["x"], ["y"], "n", domain="test", an_int=3, big=2**62 + 1, a_float=1.0, text="t", ints=[1, 2],
        floats=[1.0, 2.5], texts=["a", "b"], tensor=numpy_helper.from_array(np.float32([[1, 2]]), "t"),
    )
    made = model([node], [value("x")], [value("y")])
    made.opset_import.append(helper.make_opsetid("test", 1))
    save("attributes", made)


def unsorted():
    nodes = [helper.make_node("Relu", ["h"], ["y"], "second"), helper.make_node("Neg", ["x"], ["h"], "first")]
    save("unsorted", model(nodes, [value("x")], [value("y")]))


def refused():
    """What the reader must refuse, by the name of the reason."""
    branch = helper.make_graph([helper.make_node("Neg", ["x"], ["b"])], "branch", [], [value("b")])
    choose = helper.make_node("If", ["c"], ["y"], "choose", then_branch=branch, else_branch=branch)
    save("control-flow", model([choose], [value("x"), value("c", TensorProto.BOOL, ())], [value("y")]))

    function = helper.make_function("test", "Twice", ["a"], ["b"], [helper.make_node("Add", ["a", "a"], ["b"])], [helper.make_opsetid("", 17)])
    made = model([helper.make_node("Twice", ["x"], ["y"], domain="test")], [value("x")], [value("y")], functions=[function])
    made.opset_import.append(helper.make_opsetid("test", 1))
    save("functions", made)

    identity = [helper.make_node("Identity", ["x"], ["y"], "n")]
    made = model(identity, [value("x")], [value("y")])
    sparse = made.graph.sparse_initializer.add()
    sparse.values.CopyFrom(helper.make_tensor("s", TensorProto.FLOAT, [1], [1.0]))
    sparse.indices.CopyFrom(helper.make_tensor("i", TensorProto.INT64, [1], [1]))
    sparse.dims.append(3)
    save("sparse", made)

    sequence = helper.make_tensor_sequence_value_info("x", TensorProto.FLOAT, None)
    save("sequence", model(identity, [sequence], [value("y")]))
    save("strings", model(identity, [value("x", TensorProto.STRING)], [value("y", TensorProto.STRING)]))
    save("unranked", model(identity, [value("x", shape=None)], [value("y")]))
    save("old", model(identity, [value("x")], [value("y")], opset=6))

    save("missing-value", model([helper.make_node("Add", ["x", "gone"], ["y"], "n")], [value("x")], [value("y")]))
    loop = [helper.make_node("Add", ["x", "y"], ["z"], "a"), helper.make_node("Neg", ["z"], ["y"], "b")]
    save("cycle", model(loop, [value("x")], [value("y")]))

    short = helper.make_tensor("w", TensorProto.FLOAT, [2], [1.0, 2.0])
    short.dims[0] = 3
    save("short-tensor", model(identity, [value("x")], [value("y")], [short]))


def external():
    """A tensor of four floats from byte 8 of external.bin."""
    weights = numpy_helper.from_array(np.float32([1, 2, 3, 4]), "w")
    data = weights.raw_data
    for name, location in {"external": "external.bin", "external-missing": "gone.bin", "external-outside": "../outside.bin"}.items():
        tensor = TensorProto(name="w", data_type=TensorProto.FLOAT, dims=[4], data_location=TensorProto.EXTERNAL)
        for key, text in {"location": location, "offset": "8", "length": "16"}.items():
            tensor.external_data.add(key=key, value=text)
        save(name, model([helper.make_node("Add", ["x", "w"], ["y"], "n")], [value("x", shape=(4,))], [value("y", shape=(4,))], [tensor]))
    (OUT / "external.bin").write_bytes(bytes(8) + data)


for make in (every_type, documented, attributes, unsorted, refused, external):
    make()
