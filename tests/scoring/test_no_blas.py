"""No BLAS in the product: its kernels differ by processor, so a record could too, and some raise false warnings."""

from __future__ import annotations

import ast
from pathlib import Path

import articlex

SOURCES = sorted(Path(articlex.__file__).parent.rglob("*.py"))
_NAMES = {"dot", "matmul", "einsum", "inner", "vdot", "tensordot", "linalg"}


def _products(tree: ast.AST) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(tree)
        if (isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult))
        or (isinstance(node, ast.Attribute) and node.attr in _NAMES)
    ]


def test_no_matrix_product_in_the_product() -> None:
    found = {str(source): lines for source in SOURCES if (lines := _products(ast.parse(source.read_text("utf-8"))))}
    assert not found


def test_the_search_finds_one() -> None:
    assert _products(ast.parse("a @ b\nnumpy.dot(a, b)")) == [1, 2]
