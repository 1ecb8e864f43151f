"""The files for Docker, systemd, Caddy and nginx run what is there, and the whole composition serves people."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from signal import SIGTERM

import aiohttp
import pytest
import yaml
from click.testing import CliRunner

from bot.app.settings import secret_settings
from bot.cli.ready import ready
from tests import forked
from tests.command_line import SOBAT
from tests.fakes.bot_api import FakeBotApi
from tests.operations.deployed import ROOT, UNITS, compose, dockerfile, ours, started_by
from tests.operations.watched import read_figures
from tests.processes.crew import until
from tests.processes.sobat_run import free_port

SOBAT_OF_THE_IMAGE = ["/opt/sobat/bin/sobat", "sobat"]


def _command_lines() -> dict[str, list[str]]:
    """Every command line of Sobat's own in all files, without its first word."""
    found = {"Dockerfile": dockerfile("ENTRYPOINT") + dockerfile("CMD")}
    found |= {f"compose: {name}": ["sobat", *each["command"]] for name, each in ours().items()}
    for unit in UNITS:
        for place, line in enumerate(started_by(unit)):
            words = line[2].removeprefix("exec ").split() if line[0] == "/bin/sh" else line
            if words[0] in SOBAT_OF_THE_IMAGE:
                found[f"{unit.name}: {place}"] = words
    assert all(words[0] in SOBAT_OF_THE_IMAGE for words in found.values())
    return {where: words[1:] for where, words in found.items()}


@pytest.mark.parametrize(("where", "words"), _command_lines().items(), ids=_command_lines())
def test_every_command_line_is_one_that_sobat_knows(where: str, words: list[str]) -> None:
    """The words before the first that is an argument lead to a command, and its help tells of the rest."""
    at = next((place for place, word in enumerate(words) if word.startswith(("-", "/"))), len(words))
    told = CliRunner().invoke(SOBAT, [*words[:at], "--help"])
    assert told.exit_code == 0, told.output
    assert all(word in told.output for word in words[at:] if word.startswith("--"))


def test_the_image_and_its_composition_are_closed() -> None:
    """Another account than root, nothing written outside of what is given, no secret in the environment."""
    lines = (ROOT / "Dockerfile").read_text()
    assert "USER 10001" in lines
    assert "--require-hashes" in lines
    for name, service in ours().items():
        assert service["read_only"], name
        assert service["user"] == "10001"
        assert service["cap_drop"] == ["ALL"]
        assert not set(service["environment"]) & set(secret_settings()), name
    secrets = compose()["secrets"]
    assert all(name in secrets for service in ours().values() for name in service["secrets"])


def test_each_begins_when_what_it_needs_is_well() -> None:
    """The database, then its upgrade, then the roles; web last, so that nobody writes before answers can go out."""
    services = compose()["services"]
    assert next(iter(ours())) == "upgrade"
    assert list(ours()).index("web") > list(ours()).index("worker")
    for each in ours().values():
        for needed, how in each["depends_on"].items():
            if how["condition"] == "service_healthy":
                assert services[needed]["healthcheck"]["test"][0] == "CMD"


@pytest.mark.postgres
@pytest.mark.xdist_group("processes")
async def test_the_composition_serves_people_as_processes(postgres_url: str, tmp_path: Path) -> None:
    """Each with the words, the environment and the health check of compose.yaml; figures from all, personal in none."""
    async with FakeBotApi() as api:
        composition = _Composition(api, postgres_url, tmp_path)
        try:
            for name in ours():
                await composition.start(name)
            api.state.behind.append(f"http://127.0.0.1:{composition.ports['web']}")
            ani = api.user(77, language="id")
            await until(_true_when(lambda: bool(api.state.webhook)))
            await ani.says("/start g21")
            await ani.hears("Gelombang 21", within=60)
            await until(lambda: composition.shows("web", 'sobat_reply_seconds_count{channel="telegram"}'))
            await until(lambda: composition.shows("scheduler", "sobat_inbox_waiting"))
            web, scheduler = await composition.figures("web"), await composition.figures("scheduler")
        finally:
            codes = composition.stop()
    assert codes.pop("console") in {0, -SIGTERM}  # uvicorn ends by the signal that it was given
    assert codes == dict.fromkeys(("scheduler", "worker", "web"), 0)
    assert "sobat_inbox_waiting" not in web
    assert 'sobat_job_last_success_timestamp_seconds{job="sweep"}' in scheduler
    told = composition.said
    assert api.token not in told
    records = [json.loads(line) for line in told.splitlines() if line.startswith("{")]
    assert any(each["message"].startswith("Sobat serves") for each in records)
    assert "Traceback" not in told


class _Composition:
    """compose.yaml without Docker: the database is there, and secrets lie where a test may write."""

    def __init__(self, api: FakeBotApi, database: str, place: Path) -> None:
        self.api, self.place, self.ports, self.health = api, place, dict[str, int](), dict[str, int]()
        self.running: dict[str, forked.ForkServerProcess] = {}
        held = {"database_url": database, "telegram_token": api.token}
        for secret in compose()["secrets"]:
            (place / secret).write_text(held.get(secret, "0123456789abcdefghij") + "\n")

    async def start(self, name: str) -> None:
        service, image = ours()[name], _environment_of_the_image()
        self.ports[name], self.health[name] = free_port(), free_port()
        given = {key: path.replace("/run/secrets", str(self.place)) for key, path in service["environment"].items()}
        own = {"TELEGRAM_BASE_URL": self.api.base_url, "TELEGRAM_WEBHOOK_URL": "https://sobat.example"}
        own |= {"PORT": str(self.ports[name]), "METRICS_PORT": str(self.health[name])}
        own |= {"CONSOLE_PORT": str(free_port()), "NICEGUI_STORAGE_PATH": str(self.place / "nicegui")}
        bare = {key: value for key, value in os.environ.items() if key != "SOBAT_SECRET"}
        log = self.place / f"{name}.log"
        process = forked.start(forked.sobat, *service["command"], environment=bare | image | given | own, log=log)
        if service["restart"] == "no":
            await asyncio.to_thread(process.join, 60)
            assert process.exitcode == 0, log.read_text()
            return
        self.running[name] = process
        await until(_true_when(lambda: self._healthy(name)), 60)

    def _healthy(self, name: str) -> bool:
        process = self.running[name]
        assert process.exitcode is None, (self.place / f"{name}.log").read_text()
        return ready({"METRICS_PORT": str(self.health[name])})

    async def figures(self, name: str) -> dict[str, float]:
        address = f"http://127.0.0.1:{self.health[name]}/metrics"
        async with aiohttp.ClientSession() as http, http.get(address) as answer:
            return read_figures(await answer.text())

    async def shows(self, name: str, figure: str) -> bool:
        return figure in await self.figures(name)

    @property
    def said(self) -> str:
        """All that all processes logged."""
        return "\n".join(path.read_text() for path in sorted(self.place.glob("*.log")))

    def stop(self) -> dict[str, int | None]:
        """End all of them within ten seconds, as OPERATIONS.md promises; one that takes longer has no exit code."""
        for process in self.running.values():
            process.terminate()
        end = time.monotonic() + 10
        for process in self.running.values():
            process.join(max(0, end - time.monotonic()))
        return {name: process.exitcode for name, process in self.running.items()}


def _environment_of_the_image() -> dict[str, str]:
    text = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
    [found] = re.findall(r"^ENV (.*)$", text, flags=re.MULTILINE)
    pairs = dict(pair.split("=", 1) for pair in found.split())
    return {name: value for name, value in pairs.items() if name != "PATH"}


def _true_when(what: Callable[[], bool]) -> Callable[[], Awaitable[bool]]:
    async def true() -> bool:
        return await asyncio.to_thread(what)

    return true


def test_the_health_check_is_the_one_that_is_tried_here() -> None:
    """In image and composition alike; a process that does not answer is not well."""
    words = ["python", "-m", "bot.cli.ready"]
    assert f'CMD ["{words[0]}", "{words[1]}", "{words[2]}"]' in (ROOT / "Dockerfile").read_text()
    assert all(each["healthcheck"].get("test", ["CMD", *words]) == ["CMD", *words] for each in ours().values())
    environment = os.environ | {"METRICS_PORT": str(free_port())}
    done = subprocess.run(  # noqa: S603
        [sys.executable, *words[1:]], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "does not answer" in done.stderr) == (1, True)


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd-analyze is not installed")
    for unit in UNITS[0].parent.iterdir():
        text = unit.read_text().replace("/opt/sobat/bin/sobat", shutil.which("true") or "true")
        (tmp_path / unit.name).write_text(text)
    names = [str(path) for path in tmp_path.iterdir()]
    done = subprocess.run([analyze, "verify", *names], capture_output=True, text=True, check=False)  # noqa: S603
    assert (done.returncode, done.stderr) == (0, "")


def test_the_units_are_closed() -> None:
    """No unit may become anybody else, write outside of its own folder, or see other processes."""
    for unit in UNITS:
        text = unit.read_text()
        for line in ("User=sobat", "NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet=\n"):
            assert line in text, f"{unit.name}: {line}"
        assert not re.search(r"Environment=.*(TOKEN|SECRET|DATABASE_URL)=", text), unit.name


@pytest.mark.parametrize(
    ("tool", "words"),
    [
        ("hadolint", ("Dockerfile",)),
        ("caddy", ("adapt", "--config", "deploy/caddy/Caddyfile", "--adapter", "caddyfile", "--validate")),
    ],
)
def test_other_tools_take_their_files(tool: str, words: tuple[str, ...], tmp_path: Path) -> None:
    found = shutil.which(tool)
    if found is None:
        pytest.skip(f"{tool} is not installed")
    home = os.environ | {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    done = subprocess.run([found, *words], cwd=ROOT, env=home, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stdout + done.stderr


def test_compose_file_is_plain_yaml_without_a_secret() -> None:
    text = (ROOT / "compose.yaml").read_text()
    assert yaml.safe_load(text)["name"] == "sobat"
    assert not re.search(r"(TOKEN|SECRET|PASSWORD|DATABASE_URL): ", text)
