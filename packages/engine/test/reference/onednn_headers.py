"""Parameters and numbers of oneDNN's C interface as its public headers declare them.

Writes packages/engine/test/fixtures/onednn/headers.json, read by src/backends/onednn/native/headers.test.ts.
Usage: onednn_headers.py FOLDER..., each folder holding oneapi/dnnl/dnnl.h of one version; needs a C compiler.
Recorded from the headers 2.6.3 of Debian 12's package libdnnl-dev, 3.7.3 in the wheel of tensorflow-cpu 2.21.0
(tensorflow/include/external/onednn/include), and 3.12.0 in the wheel of torch 2.13.0+cpu (torch/include).
Parameters are recorded as the class of their C type and their role in Chromaray's words; numbers by our names.
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

package = pathlib.Path(__file__).resolve().parents[2]
native = package / "src/backends/onednn/native"

# What the headers call a parameter, and what native/*.ts call it. A name in neither stops the recording.
roles = {
    "primitive_desc": "description", "reorder_primitive_desc": "description", "op_desc": "operation",
    "conv_desc": "operation", "ip_desc": "operation", "pool_desc": "operation", "eltwise_desc": "operation",
    "bnrm_desc": "operation", "binary_desc": "operation", "memory_desc": "descriptor", "parent_memory_desc": "whole",
    "lhs": "first", "rhs": "second", "src0_desc": "first", "src1_desc": "second", "nargs": "count",
    "args": "arguments", "attr": "attributes", "ndims": "rank", "data_type": "type", "alg_kind": "algorithm",
    "prop_kind": "propagation", "src_desc": "source", "src_engine": "source_engine", "dst_desc": "destination",
    "dst_engine": "destination_engine", "weights_desc": "weights", "bias_desc": "bias", "data_desc": "data",
    "diff_src_desc": "source_gradient", "diff_dst_desc": "destination_gradient", "diff_data_desc": "data_gradient",
    "diff_weights_desc": "weights_gradient", "diff_bias_desc": "bias_gradient", "dilates": "dilations",
    "dilation": "dilations", "padding_l": "begin", "padding_r": "end", "hint_fwd_pd": "forward",
    "hint_forward_primitive_desc": "forward",
    **{same: same for same in (
        "engine", "kind", "index", "stream", "flags", "memory", "handle", "what", "primitive", "post_ops", "dims",
        "strides", "tag", "offsets", "scale", "zero_point", "alpha", "beta", "kernel", "epsilon",
    )},
}

# Our names of the numbers (native/constants.ts), and the headers'.
numbers = {
    "engineKindCpu": "dnnl_cpu",
    "streamInOrder": "dnnl_stream_in_order",
    "typeOfDestination": "dnnl_data_type_undef",
    "formatAny": "dnnl_format_tag_any",
    "convolutionDirect": "dnnl_convolution_direct",
    "unimplemented": "dnnl_unimplemented",
    "mostDimensions": "DNNL_MAX_NDIMS",
    "bytesOfDimension": "sizeof(dnnl_dim_t)",
    "dataTypes": {"bfloat16": "dnnl_bf16", "float32": "dnnl_f32", "uint8": "dnnl_u8"},
    "propagation": {
        "forwardTraining": "dnnl_forward_training", "forwardInference": "dnnl_forward_inference",
        "backward": "dnnl_backward", "backwardData": "dnnl_backward_data", "backwardWeights": "dnnl_backward_weights",
    },
    "poolings": {
        "max": "dnnl_pooling_max", "average-with-padding": "dnnl_pooling_avg_include_padding",
        "average": "dnnl_pooling_avg_exclude_padding",
    },
    "binaries": {"add": "dnnl_binary_add", "multiply": "dnnl_binary_mul", "divide": "dnnl_binary_div"},
    "queries": {
        "source": "dnnl_query_src_md", "sourceGradient": "dnnl_query_diff_src_md", "weights": "dnnl_query_weights_md",
        "weightsGradient": "dnnl_query_diff_weights_md", "destination": "dnnl_query_dst_md",
        "destinationGradient": "dnnl_query_diff_dst_md", "workspace": "dnnl_query_workspace_md",
    },
    "argument": {
        "source": "DNNL_ARG_SRC", "secondSource": "DNNL_ARG_SRC_1", "destination": "DNNL_ARG_DST",
        "weights": "DNNL_ARG_WEIGHTS", "bias": "DNNL_ARG_BIAS", "mean": "DNNL_ARG_MEAN",
        "variance": "DNNL_ARG_VARIANCE", "scale": "DNNL_ARG_SCALE", "shift": "DNNL_ARG_SHIFT",
        "workspace": "DNNL_ARG_WORKSPACE", "sourceGradient": "DNNL_ARG_DIFF_SRC",
        "destinationGradient": "DNNL_ARG_DIFF_DST", "weightsGradient": "DNNL_ARG_DIFF_WEIGHTS",
        "biasGradient": "DNNL_ARG_DIFF_BIAS", "scaleGradient": "DNNL_ARG_DIFF_SCALE",
        "shiftGradient": "DNNL_ARG_DIFF_SHIFT",
    },
    "argumentLayout": {
        "bytes": "sizeof(dnnl_exec_arg_t)", "role": "offsetof(dnnl_exec_arg_t, arg)",
        "memory": "offsetof(dnnl_exec_arg_t, memory)",
    },
    "eltwise": {
        "relu": "dnnl_eltwise_relu", "tanh": "dnnl_eltwise_tanh", "linear": "dnnl_eltwise_linear",
        "square-root": "dnnl_eltwise_sqrt",
        "logistic": "dnnl_eltwise_logistic", "clip": "dnnl_eltwise_clip_v2",
        "relu-by-output": "dnnl_eltwise_relu_use_dst_for_bwd", "tanh-by-output": "dnnl_eltwise_tanh_use_dst_for_bwd",
        "logistic-by-output": "dnnl_eltwise_logistic_use_dst_for_bwd",
        "clip-by-output": "dnnl_eltwise_clip_v2_use_dst_for_bwd",
    },
    "normalization": {
        "globalStatistics": "dnnl_use_global_stats", "scale": "dnnl_use_scale", "shift": "dnnl_use_shift",
        "relu": "dnnl_fuse_norm_relu",
    },
    "bfloat16Isa": "dnnl_cpu_isa_avx512_core_bf16",
    "amxIsa": "dnnl_cpu_isa_avx512_core_amx",
    "statuses": {
        "success": "dnnl_success", "out of memory": "dnnl_out_of_memory",
        "invalid arguments": "dnnl_invalid_arguments", "unimplemented": "dnnl_unimplemented",
        "iterator ends": "LAST_IMPLEMENTATION",
        "runtime error": "dnnl_runtime_error", "not required": "dnnl_not_required",
    },
}

# One number has another name in either version.
preamble = """
#include <stddef.h>
#include <stdio.h>
#include "oneapi/dnnl/dnnl.h"
#if DNNL_VERSION_MAJOR < 3
#define LAST_IMPLEMENTATION dnnl_iterator_ends
#else
#define LAST_IMPLEMENTATION dnnl_last_impl_reached
#endif
"""


def compiled(folder, text, *options):
    command = ["cc", "-I", folder, "-x", "c", "-", *options]
    return subprocess.run(command, input=text, text=True, check=True, capture_output=True).stdout


def evaluate(folder, expressions):
    """Values of C expressions, by compiling and running a program that prints them."""
    prints = "".join(f'printf("%lld\\n", (long long)({one}));' for one in expressions)
    text = f"{preamble}int main(void) {{ {prints} }}"
    with tempfile.TemporaryDirectory() as place:
        program = f"{place}/numbers"
        compiled(folder, text, "-o", program)
        return [int(line) for line in subprocess.run([program], text=True, check=True, capture_output=True).stdout.split()]


def leaves(tree):
    return [leaf for value in tree.values() for leaf in (leaves(value) if isinstance(value, dict) else [value])]


def filled(tree, values):
    return {key: filled(value, values) if isinstance(value, dict) else next(values) for key, value in tree.items()}


class Header:
    """Declarations of a header, comments and macros gone."""

    def __init__(self, folder):
        text = compiled(folder, '#include "oneapi/dnnl/dnnl.h"\n', "-E", "-P")
        self.text = re.sub(r"__attribute__\s*\(\(\w+(\(\"\w+\"\))?\)\)", "", text)

    def kind(self, declared):
        """Class of a C type, as far as a calling convention tells types apart."""
        words = re.sub(r"\bconst\b", "", declared).replace("*", " * ").split()
        if "*" in words:
            return "pointer"
        name = words[0]
        plain = {"int": "int", "float": "float", "size_t": "size_t", "unsigned": "uint32", "void": "void",
                 "int32_t": "int32"}
        if name in plain:
            return plain[name]
        if re.search(rf"typedef enum \{{[^}}]*\}} {name};", self.text):
            return "int"
        if re.search(rf"typedef [\w ]+\*\s*{name};|typedef \w+ {name}\[", self.text):
            return "pointer"
        raise SystemExit(f"Unknown type {name}")

    def function(self, name):
        found = re.search(rf"([\w ]+[\s*]+){name}\(([^)]*)\);", self.text)
        if not found:
            raise SystemExit(f"No function {name}")
        result, listed = found.groups()
        parameters = [one.strip() for one in listed.split(",") if one.strip() != "void"]
        named = [f"{self.kind(one)} {roles[re.findall(r'[a-z_0-9]+', one)[-1]]}" for one in parameters]
        return f"{self.kind(result)}({', '.join(named)})"


def called(major):
    sources = [native / "symbols.ts", native / f"version{major}.ts"]
    return sorted(name for file in sources for name in re.findall(r"'[\w *]+?(dnnl_\w+)\(", file.read_text()))


def record(folder):
    version = evaluate(folder, [f"DNNL_VERSION_{part}" for part in ("MAJOR", "MINOR", "PATCH")])
    header = Header(folder)
    return {
        "version": ".".join(map(str, version)),
        "functions": {name: header.function(name) for name in called(version[0])},
        "numbers": filled(numbers, iter(evaluate(folder, leaves(numbers)))),
    }


target = package / "test/fixtures/onednn/headers.json"
target.write_text(json.dumps([record(folder) for folder in sys.argv[1:]], indent=1) + "\n")
