"""What people, services and servers may do on a real hub."""

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from running_hub import SECRET, RunningHub, until

from autograders.sandbox.seal import capabilities
from hub_config import processes

pytestmark = pytest.mark.hub
LEARNER, OTHER, TEACHER = "an.nguyen", "hoa.ly", "co.lan"

PROBE = """
import json, os, socket, sys, urllib.request

def attempt(action):
    try:
        return action()
    except BaseException as error:
        return f"refused: {type(error).__name__}"

def connect(port):
    with socket.create_connection(("127.0.0.1", port), timeout=5):
        return "open"

def get(path, key=os.environ["JUPYTERHUB_API_TOKEN"]):
    request = urllib.request.Request(os.environ["HOCAI_PUBLIC_URL"] + path, headers={"Authorization": "Bearer " + key})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return [answer.status, answer.read().decode()]

def environments():
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        found.append(attempt(lambda: open(f"/proc/{pid}/environ").read()))
    return found

data, port, project = sys.argv[1], int(sys.argv[2]), sys.argv[3]
print(json.dumps({
    "env": dict(os.environ),
    "environments": attempt(environments),
    "course": attempt(lambda: __import__("course").__name__),
    "autograders": attempt(lambda: __import__("autograders.grade").__name__),
    "hub_config": attempt(lambda: __import__("hub_config.settings").__name__),
    "ports": {n: attempt(lambda: connect(port + n)) for n in range(6)},
    "files": {path: attempt(lambda: open(path, "rb").read(1).hex() and "read") for path in
              [data + "/campus.sqlite", data + "/hub/cookie_secret", data + "/hub/jupyterhub.sqlite",
               data + "/hub/hub.log", data + "/run.out", project + "/pyproject.toml", "/etc/shadow"]},
    "folders": {path: attempt(lambda: os.listdir(path)) for path in
                [data, data + "/homes", data + "/homes/hoa.ly", data + "/classes", project + "/level1_text"]},
    "published": attempt(lambda: os.listdir(data + "/published")),
    "write_published": attempt(lambda: open(data + "/published/x", "w").write("x")),
    "home": os.getcwd(),
    "me": attempt(lambda: json.loads(get("/hub/api/user")[1])),
    "gateway": attempt(lambda: get("/services/ai/v1/models")[0]),
    "anonymous": attempt(lambda: get("/hub/api/user", key="none")[0]),
}))
"""


@pytest.fixture(scope="module")
def learner_token(running_hub: RunningHub) -> str:
    """A token of the learner whose server runs."""
    token = running_hub.token(LEARNER)
    running_hub.start_server(LEARNER, token)
    return token


@pytest.fixture(scope="module")
def inside(running_hub: RunningHub, learner_token: str) -> dict[str, Any]:
    """What a script sees that the learner starts in a terminal of the own JupyterLab."""
    if not capabilities().can_seal:
        pytest.skip(capabilities().sentence)
    contents = f"/user/{LEARNER}/api/contents"
    project = Path(__file__).parents[2]
    with running_hub.api(learner_token) as client:
        (running_hub.data / "homes" / OTHER).mkdir(exist_ok=True)
        script = {"type": "file", "format": "text", "content": PROBE}
        assert client.put(f"{contents}/probe.py", json=script).status_code == 201
        line = f"python probe.py {running_hub.data} {running_hub.port} {project} > .probe; mv .probe seen.json"
        asyncio.run(running_hub.type_in_terminal(LEARNER, learner_token, line))
        until(lambda: client.get(f"{contents}/seen.json").status_code == 200)
        return dict(json.loads(client.get(f"{contents}/seen.json").json()["content"]))


def test_the_right_password_leads_to_campus(running_hub: RunningHub) -> None:
    with running_hub.sign_in(LEARNER) as client:
        assert str(client.landing.url).startswith(f"{running_hub.url}/services/campus/")
        assert client.get("/hub/login").url.path.startswith("/services/campus")


def test_a_wrong_password_is_refused_in_vietnamese(running_hub: RunningHub) -> None:
    with running_hub.sign_in(OTHER, "wrong-wrong-wrong") as client:
        page = client.landing
    assert page.status_code == 403
    assert "Tên hoặc mật khẩu chưa đúng" in page.text


def test_guessing_is_stopped_for_that_name_only(running_hub: RunningHub) -> None:
    for _ in range(5):
        with running_hub.sign_in("nobody.known", "wrong-wrong-wrong") as client:
            assert client.landing.status_code == 403
    with running_hub.sign_in("nobody.known", "wrong-wrong-wrong") as client:
        page = client.landing
    assert page.status_code == 429
    assert "Bạn đã nhập sai nhiều lần" in page.text
    with running_hub.sign_in(LEARNER) as client:
        assert client.landing.status_code == 200


def test_a_class_account_cannot_sign_in(running_hub: RunningHub) -> None:
    with running_hub.sign_in("class-demo", "nobody") as client:
        assert client.landing.status_code == 403


@pytest.mark.parametrize("path", ["/hub/login", "/hub/no-such-page", "/hub/spawn-pending/class-demo"])
def test_pages_of_the_hub_are_light_vietnamese_and_ask_no_other_host(running_hub: RunningHub, path: str) -> None:
    with httpx.Client(base_url=running_hub.url, follow_redirects=True) as client:
        page = client.get(path)
    assert '<html lang="vi">' in page.text
    assert "width=device-width" in page.text
    assert len(page.content) < 100_000
    remote = page.text.replace('xmlns="http://www.w3.org/2000/svg"', "").replace(running_hub.url, "")
    assert "http://" not in remote
    assert "https://" not in remote


def test_campus_issues_a_short_lived_token_for_a_learner(running_hub: RunningHub) -> None:
    with running_hub.sign_in(LEARNER):
        pass
    wanted = ["access:services!service=campus", "access:services!service=ai"]
    with running_hub.api(running_hub.service_token("campus")) as campus:
        made = campus.post(f"/hub/api/users/{LEARNER}/tokens", json={"expires_in": 3600, "scopes": wanted})
        assert made.status_code == 201, made.text
    with running_hub.api(made.json()["token"]) as client:
        me = client.get("/hub/api/user").json()
        assert me["name"] == LEARNER
        assert set(wanted) <= set(me["scopes"])
        assert not [scope for scope in me["scopes"] if scope.startswith(("self", "servers", "tokens"))]
        assert client.post(f"/hub/api/users/{LEARNER}/tokens").status_code == 403


def test_campus_issues_no_token_for_a_class_server(running_hub: RunningHub) -> None:
    with running_hub.api(running_hub.service_token("campus")) as campus:
        assert campus.post("/hub/api/users/class-demo/tokens").status_code == 403


@pytest.mark.parametrize("name", ["ai", "apps"])
def test_other_services_start_no_server(running_hub: RunningHub, name: str) -> None:
    with running_hub.api(running_hub.service_token(name)) as service:
        assert service.post("/hub/api/users/class-demo/server").status_code in (403, 404)


def test_the_hub_runs_the_daily_service_and_its_first_run_is_made(running_hub: RunningHub) -> None:
    assert running_hub.service_token("daily")  # fails for a service that the hub does not know
    assert running_hub.process is not None
    commands = [Path(f"/proc/{pid}/cmdline").read_bytes() for pid in processes.descendants(running_hub.process.pid)]
    assert [command for command in commands if b"hub_config.services.daily" in command]

    def last_run() -> Any:
        return json.loads(running_hub.command("grading", "status", "--json").stdout)["daily_run"]

    assert until(last_run, every_s=1)["queued"] == 0


def test_a_learner_sees_no_secret(inside: dict[str, Any]) -> None:
    assert SECRET not in json.dumps(inside)
    known = set(inside["env"])
    assert not [key for key in known if key.startswith(("CONFIGPROXY", "HOCAI_AI", "HOCAI_DATA", "HOCAI_LESSONS"))]
    foreign = [env for env in inside["environments"] if "JUPYTERHUB_SERVICE_NAME" in env]
    assert not foreign


def test_a_learner_reads_only_the_own_home_and_what_is_published(
    inside: dict[str, Any], running_hub: RunningHub
) -> None:
    assert inside["home"] == str(running_hub.data / "homes" / LEARNER)
    for path, answer in inside["files"].items():
        assert answer.startswith("refused"), path
    for path, answer in inside["folders"].items():
        hidden = isinstance(answer, str) and answer.startswith("refused")
        # on the way to the own home bubblewrap shows empty folders that lead there and to nothing else
        assert hidden or set(answer) <= {"homes", "hub", "published", LEARNER}, path
    assert isinstance(inside["published"], list)
    assert inside["write_published"].startswith("refused")


def test_of_our_packages_a_learner_can_import_the_kit_only(inside: dict[str, Any]) -> None:
    assert inside["course"] == "course"
    assert inside["autograders"].startswith("refused")
    assert inside["hub_config"].startswith("refused")


def test_a_learner_reaches_the_public_port_only(inside: dict[str, Any]) -> None:
    refused = [answer.startswith("refused") for answer in inside["ports"].values()]
    assert refused == [False, True, True, True, True, True]


def test_the_token_inside_a_server_is_the_learners_key_to_services(inside: dict[str, Any]) -> None:
    assert inside["me"]["name"] == LEARNER
    assert {"access:services!service=ai", "access:services!service=campus"} <= set(inside["me"]["scopes"])
    assert inside["gateway"] == 200
    assert inside["anonymous"] == "refused: HTTPError"
    assert inside["env"]["OPENAI_API_KEY"] == inside["env"]["JUPYTERHUB_API_TOKEN"]


def test_a_kernel_runs_in_the_sealed_server(running_hub: RunningHub, learner_token: str) -> None:
    code = "import os, course, pandas; print(os.getcwd(), pandas.Series([20, 22]).sum())"
    printed = asyncio.run(running_hub.execute(LEARNER, learner_token, code))
    assert printed.split() == [str(running_hub.data / "homes" / LEARNER), "42"]


def test_a_learners_jupyterlab_shows_assignments_and_no_formgrader(running_hub: RunningHub, learner_token: str) -> None:
    with running_hub.api(learner_token) as client:
        page = client.get(f"/user/{LEARNER}/lab")
        assert page.status_code == 200
        config = page.text.partition('id="jupyter-config-data"')[2].partition("</script>")[0].partition(">")[2]
        closed = json.loads(config)["disabledExtensions"]
        assert "@jupyter/nbgrader:formgrader" in closed
        assert "@jupyter/nbgrader:assignment-list" not in closed
        assert client.get(f"/user/{LEARNER}/formgrader").status_code == 404


def test_teachers_reach_the_class_server_and_learners_do_not(running_hub: RunningHub) -> None:
    running_hub.start_server("class-demo", running_hub.service_token("campus"))
    with running_hub.sign_in(TEACHER) as teacher:
        page = teacher.get("/user/class-demo/formgrader")
        assert page.status_code == 200, page.text
        assert page.url.path.startswith("/user/class-demo/formgrader")
        assert "formgrader" in page.text
    with running_hub.sign_in(OTHER) as learner:
        assert learner.get("/user/class-demo/formgrader").status_code == 403


def test_a_class_server_that_rests_sends_its_teacher_to_campus(running_hub: RunningHub) -> None:
    with running_hub.api(running_hub.service_token("campus")) as campus:
        campus.delete("/hub/api/users/class-demo/server")
        until(lambda: not campus.get("/hub/api/users/class-demo").json()["servers"])
    with running_hub.sign_in(TEACHER) as teacher:
        page = teacher.get("/user/class-demo/formgrader")
        assert 'href="/services/campus/classes/demo/formgrader"' in page.text

        def opened() -> bool:
            page = teacher.get("/services/campus/classes/demo/formgrader")
            return page.status_code == 200 and page.url.path.startswith("/user/class-demo/formgrader")

        until(opened, every_s=1)
