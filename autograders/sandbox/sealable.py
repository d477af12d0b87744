"""Which test cells can be judged outside the learner's process, and what has to change in those that cannot.

What is sealed from what: nothing here; it reads a test's source and says whether `verdict` can run it as its
author means it. A name that the cell neither makes nor imports counts as the learner's: plain data, or a function
that is called by copies. It is for honest authors: a lint, not a guard against the author of a test.
"""

from __future__ import annotations

import ast
import builtins
import symtable
from collections.abc import Collection, Iterator
from importlib.util import find_spec

from .sealable_names import replaced
from .sealable_truth import truths
from .sealable_words import (
    CLOSED_CALLS,
    CLOSED_MODULES,
    CLOSED_SYS,
    CONVENTIONAL_MODULES,
    DATA_ATTRIBUTES,
    FILE_CALLS,
    HISTORY,
    ITERATORS,
    METHODS,
)

Found = Iterator[tuple[int, str]]
_OBJECT = "operators and methods of learners' classes run in the learner's process; test a function that returns values"


def unsealable(source: str, *, own: Collection[str] = (), used: Collection[str] = ()) -> list[str]:
    """What cannot be sealed in a test cell: line, what it is, the mend. Empty: the cell can be sealed.

    `own` are names that tests have from elsewhere (given values, earlier test cells: `made_by`), `used` the global
    names that the learner's functions read (`read_by`), which a test must not replace.
    """
    try:
        tree = ast.parse(source)
        compile(source, "<test>", "exec")
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        return [f"line {line}: not plain Python ({error}); leave magics, shell lines and top-level await out of tests"]
    cell = _Cell(tree, {*own, *made_by(source)})
    found = [*cell.names(), *cell.imports(), *cell.attributes(), *cell.calls(), *cell.identities()]
    found += replaced(tree, bound=own, used=used)
    found += (
        truths(tree, cell.origin) if not source.rstrip().endswith(";") else truths(_without_last(tree), cell.origin)
    )
    return [f"line {line}: {text}" for line, text in sorted(dict.fromkeys(found))]


def made_by(source: str) -> set[str]:
    """The names that a cell's own statements bind at its top level. Raises SyntaxError."""
    table = symtable.symtable(source, "<cell>", "exec")
    return {symbol.get_name() for symbol in table.get_symbols() if symbol.is_assigned() or symbol.is_imported()}


def read_by(source: str) -> set[str]:
    """The global names that the functions of a plain Python cell read. Raises SyntaxError."""
    tables = list(symtable.symtable(source, "<cell>", "exec").get_children())
    found: set[str] = set()
    while tables:
        table = tables.pop()
        tables += table.get_children()
        found |= {symbol.get_name() for symbol in table.get_symbols() if symbol.is_global() and symbol.is_referenced()}
    return found


def _without_last(tree: ast.Module) -> ast.Module:
    """A last line that ends with ; shows no value: its expression is a statement like the others."""
    return ast.Module([*tree.body, ast.Pass()], [])


class _Cell:
    """A test cell's tree with what its names stand for."""

    def __init__(self, tree: ast.Module, own: set[str]) -> None:
        self.nodes = list(ast.walk(tree))
        self.own = own
        self.parents = {child: node for node in self.nodes for child in ast.iter_child_nodes(node)}
        self.modules = dict(CONVENTIONAL_MODULES)
        self.functions: set[str] = set()
        self.values: dict[str, ast.expr] = {}
        for node in self.nodes:
            self._read(node)

    def _read(self, node: ast.AST) -> None:
        if isinstance(node, ast.Import):
            self.modules |= {(a.asname or a.name).partition(".")[0]: a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom):
            self.modules |= {a.asname or a.name: f"{node.module}.{a.name}" for a in node.names}
        elif isinstance(node, ast.arg):
            self.own.add(node.arg)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            self.own.add(node.name)
            self.functions.add(node.name)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            self.own.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            self.own.add(node.id)
        elif isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            self.values.setdefault(name, node.value)
            if isinstance(node.value, ast.Lambda):
                self.functions.add(name)

    def is_learners(self, name: str) -> bool:
        """Whether a name is neither the test's own nor Python's nor a module."""
        return not (name in self.own or name in self.modules or name in HISTORY or hasattr(builtins, name))

    def origin(self, node: ast.expr, depth: int = 5) -> ast.expr | None:
        """The learner's name or call that an expression stands for, None for what the test computed itself."""
        if isinstance(node, ast.Name):
            if self.is_learners(node.id):
                return node
            value = self.values.get(node.id)
            return None if value is None or depth == 0 else self.origin(value, depth - 1)
        if isinstance(node, ast.Call):
            return node if isinstance(self.origin(node.func, depth), ast.Name) else None
        return node if isinstance(node, ast.Subscript) and self.origin(node.value, depth) is not None else None

    def module(self, node: ast.expr) -> str | None:
        """The module that a name or a chain of attributes starts with."""
        while isinstance(node, ast.Attribute):
            node = node.value
        if not isinstance(node, ast.Name) or node.id in self.values:
            return None
        return self.modules.get(node.id)

    def _is_object(self, node: ast.expr) -> bool:
        """Whether it is an instance of a learner's class, by the habit of class names."""
        made = self.origin(node)
        return isinstance(made, ast.Call) and _is_class_name(ast.unparse(made.func))

    def _handed_over(self, node: ast.AST) -> bool:
        parent = self.parents[node]
        if isinstance(parent, (ast.Starred, ast.keyword)):
            node, parent = parent, self.parents[parent]
        return isinstance(parent, ast.Call) and node is not parent.func and self.origin(parent) is not None

    def names(self) -> Found:
        """Names that only the learner's process has, and learners' classes."""
        for node in self.nodes:
            if not isinstance(node, (ast.Name, ast.Call)) or (isinstance(node, ast.Name) and _is_stored(node)):
                continue
            parent = self.parents[node]
            if isinstance(node, ast.Name) and node.id in HISTORY - self.own:
                yield node.lineno, f"{node.id} is IPython's and lives in the learner's process; test values instead"
            elif isinstance(node, ast.Name) and self.is_learners(node.id) and _is_class_name(node.id):
                if not (isinstance(parent, ast.Call) and node is parent.func):
                    yield node.lineno, f"{node.id} is the learner's class, unknown here; test by builtin types"
            elif (
                self._is_object(node) and not self._handed_over(node) and not isinstance(parent, (ast.Assign, ast.Expr))
            ):
                yield node.lineno, f"{ast.unparse(node)} is the learner's object; {_OBJECT}"

    def imports(self) -> Found:
        """Modules that are of use in the learner's process only, or that the graders do not have."""
        for node in self.nodes:
            found: list[str] = []
            if isinstance(node, ast.Import):
                found = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                found = [f"{node.module}.{alias.name}" for alias in node.names]
            elif isinstance(node, ast.Name) and not _is_stored(node) and node.id not in self.own:
                found = [CONVENTIONAL_MODULES[node.id]] if node.id in CONVENTIONAL_MODULES else []
            for name in found:
                for closed, mend in CLOSED_MODULES.items():
                    if name == closed or name.startswith(f"{closed}."):
                        yield node.lineno, f"module {closed}: {mend}"  # type: ignore[attr-defined]
                if not isinstance(node, ast.Name) and find_spec(name.partition(".")[0]) is None:
                    yield node.lineno, f"module {name} is not installed where tests run"  # type: ignore[attr-defined]

    def attributes(self) -> Found:
        """Attributes of learners' objects, and of modules those that need the learner's process."""
        for node in self.nodes:
            if isinstance(node, ast.Subscript) and _is_stored(node) and isinstance(self.origin(node.value), ast.Name):
                yield node.lineno, f"{ast.unparse(node)} changes a copy; have a function take and change it"
            if not isinstance(node, ast.Attribute):
                continue
            module, parent, text = self.module(node), self.parents[node], ast.unparse(node)
            if _is_stored(node):
                if (module or self.origin(node.value)) and text != "sys.stdout":
                    yield node.lineno, f"{text} is replaced here only; hand over as an argument what shall differ"
            elif module is not None:
                if node.attr == "seed":
                    yield node.lineno, f"{text} does not reach the learner's process; make own data with default_rng"
                elif node.attr in FILE_CALLS or text in CLOSED_SYS:
                    yield node.lineno, f"{text} needs the learner's process; have a function return the value"
            elif isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == "type":
                yield node.lineno, f"{text} does not know learners' classes; use isinstance and builtin types"
            elif self.origin(node.value) is not None and not self._is_object(node.value):
                known = METHODS if isinstance(parent, ast.Call) and node is parent.func else DATA_ATTRIBUTES
                if node.attr not in known:
                    yield node.lineno, f"{text} is no attribute of plain data; {_OBJECT}"

    def calls(self) -> Found:
        """Builtins that need the learner's process, and arguments that cannot be handed over."""
        for node in self.nodes:
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) and node.func.id not in self.own else ""
            if name in CLOSED_CALLS:
                yield node.lineno, f"{name}(): {CLOSED_CALLS[name]}"
            elif name in ("globals", "locals") and not self._looks_up(node):
                yield node.lineno, f"{name}() holds the test's names; write `'name' in globals()` or the name itself"
            if self.origin(node) is not None:
                for argument in [*node.args, *(keyword.value for keyword in node.keywords)]:
                    if self._is_callback(argument):
                        text = ast.unparse(argument)
                        yield (
                            node.lineno,
                            f"{text} cannot be handed to the learner's {ast.unparse(node.func)}; hand over values",
                        )

    def _looks_up(self, node: ast.Call) -> bool:
        parent = self.parents[node]
        return isinstance(parent, ast.Compare) or (isinstance(parent, ast.Subscript) and not _is_stored(parent))

    def _is_callback(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            return name in ITERATORS or (name in self.functions and name[:1].isupper())
        return isinstance(node, (ast.Lambda, ast.GeneratorExp)) or (
            isinstance(node, ast.Name) and node.id in self.functions
        )

    def identities(self) -> Found:
        """`is` between values: here they are copies."""
        for node in self.nodes:
            if isinstance(node, ast.Compare) and any(isinstance(op, (ast.Is, ast.IsNot)) for op in node.ops):
                sides = [node.left, *node.comparators]
                constant = any(isinstance(side, ast.Constant) for side in sides)
                if not constant and any(self.origin(side) is not None for side in sides):
                    yield node.lineno, f"{ast.unparse(node)} compares copies; compare values with =="


def _is_stored(node: ast.Name | ast.Attribute | ast.Subscript) -> bool:
    return not isinstance(node.ctx, ast.Load)


def _is_class_name(name: str) -> bool:
    return name[:1].isupper() and not name.isupper() and name.isidentifier() and "_" not in name
