"""Learners' names that a test binds anew: in the learner's process they would stay what they were.

What is sealed from what: nothing here, see `sealable`.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Collection, Iterator

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def replaced(tree: ast.Module, *, bound: Collection[str], used: Collection[str]) -> Iterator[tuple[int, str]]:
    """(line, what and mend) for each name bound that was the learner's before, or that their functions read (`used`).

    A name that was deleted first may be given back: `verdict` does the same in the learner's process.
    """
    bound, seen = set(bound), set()
    for kind, name, line in _events(tree):
        if kind is ast.Load:
            seen.add(name)
        elif kind is ast.Del:
            bound.add(name)
        elif name not in bound:
            bound.add(name)
            if name in seen or name in used or hasattr(builtins, name):
                yield (
                    line,
                    f"{name} is replaced here only; hand over as an argument what shall differ, or use another name",
                )


def _events(node: ast.AST) -> Iterator[tuple[type[ast.expr_context], str, int]]:
    """What happens to names at the top level, in the order in which it happens."""
    if isinstance(node, ast.Name):
        yield type(node.ctx), node.id, node.lineno
    elif isinstance(node, _SCOPES):
        yield ast.Store, node.name, node.lineno
    elif isinstance(node, _COMPREHENSIONS):
        events = [event for child in ast.iter_child_nodes(node) for event in _events(child)]
        inner = {name for kind, name, _ in events if kind is ast.Store}
        yield from (event for event in events if event[1] not in inner)
    elif not isinstance(node, ast.Lambda):
        for child in _in_order(node):
            yield from _events(child)


def _in_order(node: ast.AST) -> list[ast.AST]:
    """The parts of a statement, what it reads before what it binds."""
    if isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.NamedExpr, ast.For, ast.AsyncFor)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        first = node.iter if isinstance(node, (ast.For, ast.AsyncFor)) else node.value
        body = [*node.body, *node.orelse] if isinstance(node, (ast.For, ast.AsyncFor)) else []
        read = [
            ast.Name(t.id, ast.Load(), lineno=t.lineno)
            for t in targets
            if isinstance(node, ast.AugAssign) and isinstance(t, ast.Name)
        ]
        return [*([] if first is None else [first]), *read, *targets, *body]
    return list(ast.iter_child_nodes(node))
