"""Exact arithmetic is in one module; elsewhere results would depend on the caller's decimal context."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "imgrules"
HOME = PACKAGE / "table" / "exact.py"
INSIDE = {
    "compiler",  # `build` runs all of it in a context of its own
    "testing",  # it draws rules for tests
}
ROUNDING = {"normalize", "quantize", "to_integral_value", "to_integral", "remainder_near", "fma", "sqrt", "scaleb", "copy_abs"}
CONTEXTS = {"getcontext", "setcontext", "localcontext", "Context", "DefaultContext", "BasicContext", "ExtendedContext"}
PATHS = [path for path in sorted(PACKAGE.rglob("*.py")) if path != HOME]


def is_decimal(node: ast.AST) -> bool:
    """Whether an expression is obviously a decimal: `Decimal(...)`, or a sign or a function that gives a decimal again."""
    if isinstance(node, ast.UnaryOp):
        return is_decimal(node.operand)
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        return False
    return node.func.id == "Decimal" or (node.func.id in {"abs", "sum", "round"} and any(map(is_decimal, node.args)))


def uses_of_context(tree: ast.AST) -> Iterator[str]:
    """Yield the expressions and imports whose result depends on the caller's decimal context."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "decimal":
            yield from (alias.name for alias in node.names if alias.name in CONTEXTS)
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name == "decimal")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ROUNDING:
            yield ast.unparse(node)
        if isinstance(node, ast.BinOp) and (is_decimal(node.left) or is_decimal(node.right)):
            yield ast.unparse(node)
        if isinstance(node, ast.UnaryOp) and is_decimal(node.operand):
            yield ast.unparse(node)


def test_no_other_module_calculates_with_decimals() -> None:
    """Other modules do not calculate with decimals."""
    names = {path.relative_to(PACKAGE).as_posix(): path for path in PATHS}
    outside = {name: path for name, path in names.items() if name.partition("/")[0] not in INSIDE and name not in INSIDE}
    assert "engine/pricing.py" in outside
    uses = {name: list(uses_of_context(ast.parse(path.read_text(encoding="utf-8")))) for name, path in outside.items()}
    assert {name: expressions for name, expressions in uses.items() if expressions} == {}


def test_a_slip_is_seen() -> None:
    """The search finds imports of contexts, operators and rounding methods."""
    text = "from decimal import getcontext\na = Decimal(x) + 1\nb = -Decimal(x)\nc = d.normalize()\ne = abs(Decimal(x)) * 2"
    expected = ["-Decimal(x)", "Decimal(x) + 1", "abs(Decimal(x)) * 2", "d.normalize()", "getcontext"]
    assert sorted(uses_of_context(ast.parse(text))) == expected
