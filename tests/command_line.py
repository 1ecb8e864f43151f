"""`sobat` as one command of Click's, built once: building it takes longer than most of what it is asked for."""

from __future__ import annotations

from typing import Final

from typer.main import get_command

from bot.cli.main import app

SOBAT: Final = get_command(app)
