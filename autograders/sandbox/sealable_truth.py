"""Tests that would take the learner's word: verdicts that are truth values computed in the learner's process.

What is sealed from what: nothing here, see `sealable`. A called predicate is fair when the cell has a case that must
be true and one that must be false; everything else is compared with an expected value.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

Origin = Callable[[ast.expr], ast.expr | None]
"""Gives the learner's name or call that an expression stands for, None for what the test computed itself."""

Found = Iterator[tuple[int, str]]
_MEND = "compare it with an expected value by =="


def truths(tree: ast.Module, origin: Origin) -> Found:
    """(line, what and mend) of each verdict that the learner's process would give."""
    predicates: dict[str, dict[bool, int]] = {}
    for node in ast.walk(tree):
        for condition, wanted in _conditions(node):
            for asked, truth in _parts(condition, wanted):
                source = origin(asked)
                if isinstance(source, ast.Call) and asked is not source and isinstance(asked, ast.Subscript):
                    source = asked
                if isinstance(source, ast.Call):
                    predicates.setdefault(ast.unparse(source.func), {}).setdefault(truth, asked.lineno)
                elif source is not None:
                    yield asked.lineno, f"the truth of {ast.unparse(asked)} is the learner's word; {_MEND}"
    for name, cases in predicates.items():
        if len(cases) == 1:
            [(truth, line)] = cases.items()
            other = f"assert not {name}(…)" if truth else f"assert {name}(…)"
            yield line, f"the truth of {name}(…) is the learner's word; add a case `{other}`, or {_MEND}"
    yield from _points(tree, origin)


def _conditions(node: ast.AST) -> Iterator[tuple[ast.expr, bool]]:
    """(expression, the truth that it must have for the test to go well)."""
    if isinstance(node, ast.Assert):
        yield node.test, True
    elif isinstance(node, ast.If):
        yield node.test, not any(isinstance(inner, ast.Raise) for part in node.body for inner in ast.walk(part))
    elif isinstance(node, ast.IfExp):
        yield node.test, True
    elif isinstance(node, ast.Call) and node.args:
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name in ("assertTrue", "assert_true", "ok_", "assert_"):
            yield node.args[0], True
        elif name in ("assertFalse", "assert_false"):
            yield node.args[0], False


def _parts(node: ast.expr, wanted: bool) -> Iterator[tuple[ast.expr, bool]]:
    """The single expressions of which a condition asks the truth."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield from _parts(node.operand, not wanted)
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            yield from _parts(value, wanted)
    elif isinstance(node, ast.Compare):
        yield from _compared(node, wanted)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and len(node.args) == 1:
        inner = node.args[0]
        if node.func.id in ("all", "any") and isinstance(inner, (ast.GeneratorExp, ast.ListComp)):
            yield from _parts(inner.elt, wanted)
        elif node.func.id in ("all", "any") and isinstance(inner, (ast.List, ast.Tuple, ast.Set)):
            for element in inner.elts:
                yield from _parts(element, wanted)
        elif node.func.id in ("all", "any", "bool"):
            yield from _parts(inner, wanted)
        else:
            yield node, wanted
    else:
        yield node, wanted


def _compared(node: ast.Compare, wanted: bool) -> Iterator[tuple[ast.expr, bool]]:
    """A comparison with True or False asks a call's truth; any other comparison is made here."""
    [*_, right] = node.comparators
    if len(node.ops) != 1 or not isinstance(right, ast.Constant) or not isinstance(right.value, bool):
        return
    same = isinstance(node.ops[0], (ast.Eq, ast.Is))
    if same or isinstance(node.ops[0], (ast.NotEq, ast.IsNot)):
        for part, truth in _parts(node.left, wanted if same == right.value else not wanted):
            if not isinstance(part, ast.Name):  # a plain answer, True or False, is a value like another
                yield part, truth


def _points(tree: ast.Module, origin: Origin) -> Found:
    """The last expression's number becomes the points."""
    last = tree.body[-1] if tree.body else None
    if isinstance(last, ast.Expr) and origin(last.value) is not None:
        yield last.lineno, f"{ast.unparse(last.value)} would set the points; end the line with ;, or compute them here"
