"""A real hub for tests: started by the command `hocai run`, used over HTTP, ended by `hocai stop`."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from jupyterhub import orm
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from hub_config import processes

SECRET = "sk-test-the-key-that-only-the-gateway-knows"
ACCOUNT_LINE = re.compile(r"^  (?:teacher|learner) +(\S+) +(\S+-\S+-\S+-\S+) ", re.MULTILINE)
HOCAI = Path(sys.prefix) / "bin" / "hocai"


def free_ports() -> int:
    """First port of seven free ones in a row, from HOCAI_TEST_PORT (24000) on."""
    first = int(os.environ.get("HOCAI_TEST_PORT", "24000"))
    for start in range(first, first + 90, 10):
        try:
            for port in range(start, start + 7):
                with socket.socket() as probe:
                    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                    probe.bind(("127.0.0.1", port))
        except OSError:
            continue
        return start
    raise RuntimeError(f"no seven free ports in a row between {first} and {first + 90}")


def until(true: Callable[[], Any], within_s: float = 60, every_s: float = 0.2) -> Any:
    """Ask again until the answer is true; fails when the time is over."""
    deadline = time.monotonic() + within_s
    while not (answer := true()):
        assert time.monotonic() < deadline, f"still not true after {within_s} s"
        time.sleep(every_s)
    return answer


class Visitor(httpx.Client):
    """Somebody at the sign-in page; `landing` is what the sign-in answered."""

    landing: httpx.Response


@dataclass
class RunningHub:
    """`data` and `output` outlive the hub; `passwords` are those that the first start printed."""

    data: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="hocai-")))
    port: int = field(default_factory=free_ports)
    passwords: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    extra: dict[str, str] = field(default_factory=dict)  # more of the environment

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def output(self) -> str:
        return (self.data / "run.out").read_text(encoding="utf-8")

    def environment(self) -> dict[str, str]:
        given = {"HOCAI_DATA": str(self.data), "HOCAI_PORT": str(self.port), "HOCAI_AI_KEY": SECRET}
        given["HOCAI_DAILY_AT"] = "00:00"  # passed at every hour: the daily run is made at the start
        return os.environ | given | self.extra

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run `hocai WORDS` to its end."""
        return subprocess.run(
            [HOCAI, *words], env=self.environment(), capture_output=True, text=True, timeout=120, check=False
        )

    def start(self, within_s: float = 120) -> "RunningHub":
        with (self.data / "run.out").open("wb") as output:
            self.process = subprocess.Popen(
                [HOCAI, "run"], env=self.environment(), stdout=output, stderr=output, start_new_session=True
            )

        def ready() -> bool:
            assert self.process is not None
            assert self.process.poll() is None, self.output
            return "Ready:" in self.output

        until(ready, within_s)
        self.passwords |= dict(ACCOUNT_LINE.findall(self.output))
        return self

    def stop(self) -> subprocess.CompletedProcess[str]:
        said = self.command("stop")
        assert self.process is not None
        self.process.wait(60)
        return said

    @contextmanager
    def running(self) -> Iterator["RunningHub"]:
        """Started; ended and removed at the end, also of a failing test."""
        try:
            yield self.start()
        finally:
            if self.process is not None and self.process.poll() is None:
                self.stop()
            shutil.rmtree(self.data)

    def kill_service(self, name: str) -> None:
        """SIGKILL a service of the hub, as its own process only; the hub starts it anew when it looks next."""
        processes.kill([self.service_pid(name)])

    def service_pid(self, name: str) -> int:
        """The process of a service of the hub."""
        assert self.process is not None
        module = f"hub_config.services.{name}".encode()
        found = [
            pid
            for pid in processes.descendants(self.process.pid)
            if module in (Path("/proc") / str(pid) / "cmdline").read_bytes().split(b"\0")
        ]
        assert len(found) == 1, f"{len(found)} processes of {name}"
        return found[0]

    def serves(self, path: str) -> bool:
        """Whether a service itself answers, be it to ask who we are."""
        return httpx.get(self.url + path).status_code < httpx.codes.INTERNAL_SERVER_ERROR

    def processes(self) -> list[str]:
        """Command lines of all living processes that know the data folder.

        Services are concealed: of them only root sees it.
        """
        mark = os.fsencode(str(self.data))
        found = []
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit() or int(entry.name) == os.getpid():
                continue
            try:
                line = (entry / "cmdline").read_bytes()
                if mark in line or mark in (entry / "environ").read_bytes():
                    found.append(line.replace(b"\0", b" ").decode())
            except (FileNotFoundError, ProcessLookupError, PermissionError):
                continue
        return found

    def service_token(self, name: str) -> str:
        """A token with which one is a service, written into the hub's database: the hub's API issues none.

        The service's own token is out of reach for an ordinary user: its process is concealed.
        """
        database = orm.new_session_factory(f"sqlite:///{self.data / 'hub' / 'jupyterhub.sqlite'}")()
        try:
            service = orm.Service.find(database, name)
            assert service is not None, f"the hub knows no service {name}"
            return str(service.new_api_token(note="test"))
        finally:
            database.close()

    # --- people
    @contextmanager
    def sign_in(self, name: str, password: str | None = None) -> Iterator["Visitor"]:
        """A client with the cookies of somebody who has used the sign-in page; follows redirects."""
        with Visitor(base_url=self.url, follow_redirects=True, timeout=60) as visitor:
            page = visitor.get("/hub/login")
            assert "_xsrf" in visitor.cookies, f"{page.status_code} {page.url}: {page.text[:500]}"
            xsrf = visitor.cookies["_xsrf"]
            form = {"username": name, "password": password or self.passwords[name], "_xsrf": xsrf}
            visitor.landing = visitor.post("/hub/login", data=form)
            yield visitor

    def token(self, name: str, *scopes: str) -> str:
        """A hub token that somebody issues for themselves; without scopes it may do all they may."""
        with self.sign_in(name):
            pass  # the hub knows only those who have signed in
        body: dict[str, Any] = {"auth": {"username": name, "password": self.passwords[name]}}
        if scopes:
            body["scopes"] = list(scopes)
        answer = httpx.post(f"{self.url}/hub/api/users/{name}/tokens", json=body)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["token"])

    def api(self, token: str) -> httpx.Client:
        """A client that shows the token on every request."""
        return httpx.Client(base_url=self.url, headers={"Authorization": f"Bearer {token}"}, timeout=60)

    def start_server(self, name: str, token: str) -> None:
        """Start the server of hub user `name` and wait until it answers."""
        with self.api(token) as client:
            asked = client.post(f"/hub/api/users/{name}/server")
            assert asked.status_code in (201, 202, 400), asked.text

            def ready() -> bool:
                model = client.get(f"/hub/api/users/{name}").json()
                return bool(model["servers"].get("", {}).get("ready"))

            until(ready)

    async def execute(self, name: str, token: str, code: str) -> str:
        """What `code` prints in a new kernel of the server of `name`."""
        base = f"{self.url}/user/{name}/api/kernels"
        headers = {"Authorization": f"Bearer {token}"}
        kernel = httpx.post(base, headers=headers, timeout=60).json()["id"]
        address = f"{base.replace('http:', 'ws:')}/{kernel}/channels"
        socket_ = await websocket_connect(HTTPRequest(address, headers=headers))
        header = {"msg_id": "probe", "msg_type": "execute_request", "username": "", "session": "s", "version": "5.3"}
        content = {"code": code, "silent": False, "allow_stdin": False}
        request = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
        await socket_.write_message(json.dumps(request))
        printed = ""
        while True:
            raw = await socket_.read_message()
            assert raw is not None, "the kernel's socket was closed"
            message = json.loads(raw)
            if message["parent_header"].get("msg_id") != "probe":
                continue
            if message["msg_type"] == "stream":
                printed += message["content"]["text"]
            if message["msg_type"] == "execute_reply":
                assert message["content"]["status"] == "ok", message["content"]
                socket_.close()
                return printed

    async def type_in_terminal(self, name: str, token: str, line: str) -> None:
        """Type one line into a new terminal of the server of `name`."""
        headers = {"Authorization": f"Bearer {token}"}
        base = f"{self.url}/user/{name}"
        terminal = httpx.post(f"{base}/api/terminals", headers=headers, timeout=60).json()["name"]
        address = f"{base.replace('http:', 'ws:')}/terminals/websocket/{terminal}"
        socket_ = await websocket_connect(HTTPRequest(address, headers=headers))
        await socket_.read_message()  # the terminal says that it is set up
        await socket_.write_message(json.dumps(["stdin", line + "\r"]))
        await socket_.read_message()  # its echo: the line has arrived
        socket_.close()
