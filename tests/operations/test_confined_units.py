"""What systemd permits the units is enough for what they do: a call that is refused may kill a process at its start."""

from __future__ import annotations

import asyncio
import ctypes.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.bot_api import FakeBotApi
from tests.operations import confined
from tests.operations.deployed import ROOT, UNITS
from tests.processes.sobat_run import SOBAT, free_port, settings_for

pytestmark = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None or ctypes.util.find_library("seccomp") is None,
    reason="systemd-analyze or libseccomp is not installed",
)

UNIT = ROOT / "deploy" / "systemd" / "sobat.service"
IMPORT = "import os, resource; resource.setrlimit(resource.RLIMIT_AS, (1 << 33, 1 << 33)); os.nice(10)"
"""What a list's own process does before anything else: see `bot.app.import_process`."""


def _under(unit: Path, *words: str) -> list[str]:
    return [sys.executable, confined.__file__, str(unit), *words]


def _run(unit: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    here = os.environ | settings
    return subprocess.run(_under(unit, *words), cwd=ROOT, env=here, capture_output=True, text=True, check=False)  # noqa: S603


@pytest.mark.xdist_group("processes")
async def test_the_bot_starts_answers_and_stops_within_what_systemd_permits(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/sobat.db"
    async with FakeBotApi() as api:
        settings = settings_for(api, database, free_port(), webhook=False)
        bot = await asyncio.create_subprocess_exec(*_under(UNIT, *SOBAT, "run"), cwd=ROOT, env=os.environ | settings)
        try:
            ani = api.user(77, language="id")
            await ani.says("/start g21")
            await ani.hears("Gelombang 21", within=60)
            bot.terminate()
            async with asyncio.timeout(60):  # that ten seconds are enough is shown in test_deployment
                assert await bot.wait() == 0
        finally:
            if bot.returncode is None:
                bot.kill()
                await bot.wait()
    kept = _run(UNIT, *SOBAT, "backup", str(tmp_path / "a.backup"), **settings)
    assert kept.returncode == 0, kept.stderr


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_lists_process_may_bound_itself(unit: Path) -> None:
    done = _run(unit, "-c", IMPORT)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_what_needs_more_rights_is_refused_and_kills_nobody(unit: Path) -> None:
    done = _run(unit, "-c", "import os; os.chown('README.md', 0, 0)")
    assert "PermissionError" in done.stderr
