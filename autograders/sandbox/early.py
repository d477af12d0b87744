"""An executor whose warm parent starts while its user does something else first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType

from .cell import Cell, CellOutcome
from .executor import Executor


class EarlyExecutor(Executor):
    """Starts in a thread of its own, which lives as long: the parent ends with the thread that started it."""

    def __enter__(self) -> EarlyExecutor:
        """Begin to start; what keeps it from starting is raised by the first run."""
        self._thread = ThreadPoolExecutor(1)
        self._started = self._thread.submit(super().__enter__)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._started.exception()  # waits; a run has raised it, or none was wanted
        super().__exit__(kind, error, trace)
        self._thread.shutdown()

    def run(
        self,
        cells: Sequence[Cell],
        *,
        values: Mapping[str, object],
        files: Mapping[str, bytes] | None = None,
        seconds: float = 20,
    ) -> list[CellOutcome]:
        """As `Executor.run`, after the start."""
        self._started.result()
        return super().run(cells, values=values, files=files, seconds=seconds)
