"""What the first message needs is ready before it comes, and nothing is left of getting it ready."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from sqlalchemy import event, text

from bot.app.wiring import App, build_app
from bot.channels.terminal.channel import TerminalChannel
from bot.inbound.rehearsal import rehearse
from bot.store.schema.conventions import metadata
from programme.model.clock import SystemClock
from programme.model.messages import Incoming, Sort

KEY = b"a key of sixteen letters"


async def _rows(app: App) -> dict[str, int]:
    async with app.store.reading() as tx:
        return {
            name: (await tx.connection.execute(text(f"SELECT count(*) FROM {name}"))).scalar_one()  # noqa: S608
            for name in metadata.tables
        }


async def test_nothing_is_left_of_it(url: str) -> None:
    """Not a person, not a message, on both databases."""
    async with build_app(database=url, clock=SystemClock(), channels={"terminal": TerminalChannel()}, key=KEY) as app:
        before = await _rows(app)
        await rehearse(app.inbox_processor)
        assert await _rows(app) == before


async def test_the_first_text_finds_its_statements_ready(sqlite_url: str) -> None:
    """None is built for the database while somebody waits."""
    channels = {"terminal": TerminalChannel()}
    async with build_app(database=sqlite_url, clock=SystemClock(), channels=channels, key=KEY) as app:
        await rehearse(app.inbox_processor)
        built: list[str] = []

        def note(
            _connection: object, _cursor: object, statement: str, _parameters: object, context: object, _m: object
        ):
            hit = getattr(context, "cache_hit", None)
            if hit is not None and hit.name == "CACHE_MISS":
                built.append(statement)

        event.listen(app.store._writer.sync_engine, "before_cursor_execute", note)
        said = Incoming(
            channel="terminal",
            address="sri",
            id="1",
            at=app.clock.now(),
            sort=Sort.TEXT,
            text="gelombang 21 kapan batas belinya?",
        )
        assert await app.inbox_processor.decide(said) is not None
        assert built == []


def test_the_model_and_the_catalogs_are_loaded_by_it(tmp_path: Path) -> None:
    """In a process of its own, where nobody understood anything before."""
    program = f"""
import asyncio, sys
from bot.inbound.rehearsal import rehearse
from bot.app.wiring import build_app
from programme.model.clock import SystemClock
async def main():
    assert "numpy" not in sys.modules
    url = "sqlite:///{tmp_path}/sobat.db"
    async with build_app(database=url, clock=SystemClock(), channels={{}}, key=b"k" * 16) as app:
        await rehearse(app.inbox_processor)
    assert "numpy" in sys.modules
    from handlers.understanding import _ready
    assert _ready.cache_info().currsize == 1
    from locales.catalogue import _translations, languages
    assert _translations.cache_info().currsize == len(languages())
asyncio.run(main())
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr
