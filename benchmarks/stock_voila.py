"""The peer: Voila as it comes, stand-alone, on a notebook with three widgets that imports pandas."""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import psutil
from first_load import PHONE, load
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from playwright.sync_api import Browser, Page

VOILA = Path(sys.prefix) / "bin" / "voila"
START_S = 60.0
KG = {2: 120, 3: 150, 4: 165, 5: 198}  # of the notebook: month -> what its button answers
ANSWER = f"answer {KG[2]}"
CODE = """import ipywidgets as widgets
import pandas as pd

table = pd.DataFrame({"month": [2, 3, 4, 5], "kg": [120, 150, 165, 198]})
slider = widgets.IntSlider(value=2, min=2, max=5)
button = widgets.Button(description="Show")
label = widgets.Label("...")
button.on_click(lambda _: setattr(label, "value", f"answer {table.set_index('month').kg[slider.value]}"))
widgets.VBox([slider, button, label])"""


def figures(browser: Browser, folder: Path, visits: int) -> dict[str, float]:
    """stock_first_load_kb, stock_first_load_requests, stock_kernel_answer_s, stock_pss_mb (before a plot)."""
    with _voila(folder) as (url, server):
        first = browser.new_context(**PHONE)
        traffic = load(first, url, _button_ready)
        answers, pages = [], []
        for _ in range(visits):
            page = first.new_page()
            answers.append(_seconds_to_answer(page, url))
            pages.append(page)  # the visitors stay: what their kernels share counts once
        kernels = [child for child in server.children(recursive=True) if "ipykernel_launcher" in child.cmdline()]
        pss = [kernel.memory_full_info().pss / 1e6 for kernel in kernels]
        first.close()
    return {
        "stock_first_load_kb": round(traffic.kb, 1),
        "stock_first_load_requests": traffic.requests,
        "stock_kernel_answer_s": round(statistics.median(answers), 3),
        "stock_pss_mb": round(statistics.mean(pss), 1),
    }


@contextmanager
def _voila(folder: Path) -> Iterator[tuple[str, psutil.Process]]:
    """Address and process of a stock Voila with its own defaults."""
    notebook = folder / "stock.ipynb"
    nbformat.write(new_notebook(cells=[new_markdown_cell("# Tea"), new_code_cell(CODE)]), notebook)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [VOILA, str(notebook), "--no-browser", f"--port={port}", "--Voila.ip=127.0.0.1"]
    with (folder / "voila.log").open("wb") as log:
        environment = {"PATH": f"{VOILA.parent}:{os.environ['PATH']}", "HOME": str(folder), "LANG": "C.UTF-8"}
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        try:
            _wait_for(port, process)
            yield f"http://127.0.0.1:{port}/", psutil.Process(process.pid)
        finally:
            kernels = psutil.Process(process.pid).children(recursive=True)
            process.terminate()
            process.wait()
            for kernel in kernels:
                if kernel.is_running():
                    kernel.kill()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError("stock Voila does not start") from None
            time.sleep(0.1)


def _button_ready(page: Page) -> None:
    page.locator("button.jupyter-button").wait_for()


def _seconds_to_answer(page: Page, url: str) -> float:
    began = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.locator("button.jupyter-button").click()
    page.get_by_text(ANSWER).wait_for()
    return time.perf_counter() - began
