"""What an operator types works as the runbook says: its files are there, and `sobat` is the service's own."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from tests.operations.deployed import ROOT, UNITS

COMMAND = ROOT / "deploy" / "sobat"
_NAMED = re.compile(r"(?<![\w/])(?:deploy/[\w./*-]+|requirements\.lock)")


def test_what_the_runbook_names_is_there() -> None:
    named = set(_NAMED.findall((ROOT / "docs" / "OPERATIONS.md").read_text()))
    assert "deploy/sobat" in named
    assert [name for name in named if not list(ROOT.glob(name.rstrip("/.")))] == []


def test_the_command_lives_where_the_service_does() -> None:
    """The folder is made by whichever comes first: `sobat check` is to come before the service."""
    unit = (UNITS[0].parent / "sobat.service").read_text()
    settings = "EnvironmentFile=/etc/sobat/settings.env"
    for each in ("StateDirectory=sobat", "StateDirectoryMode=0700", "UMask=0077", settings):
        assert f"--property={each} " in COMMAND.read_text()
        assert f"\n{each}\n" in unit


def test_the_command_has_the_settings_and_secrets_of_the_service(tmp_path: Path) -> None:
    """Within the account of the service: each secret by its file, each word as it was typed."""
    script, sobat, held = tmp_path / "sobat", tmp_path / "found", tmp_path / "credentials"
    held.mkdir()
    (held / "secrets_telegram_token").write_text("1:a")
    sobat.write_text('#!/bin/sh\necho "$TELEGRAM_TOKEN_FILE"\nprintf "%s\\n" "$@"\n')
    script.write_text(COMMAND.read_text().replace("/opt/sobat/bin/sobat", str(sobat)))
    for each in (script, sobat):
        each.chmod(0o755)
    words = ["person", "a  b", "$HOME", "'"]
    here = os.environ | {"CREDENTIALS_DIRECTORY": str(held)}
    done = subprocess.run([script, *words], env=here, capture_output=True, text=True, check=True)  # noqa: S603 - our own
    assert done.stdout.splitlines() == [f"{held}/secrets_telegram_token", *words]
