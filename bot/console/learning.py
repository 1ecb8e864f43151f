"""Learning: misses are labelled, a process of its own trains from them, and a second person puts that to use."""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum, auto
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import orjson

from bot.console.learning_words import masked
from bot.store import Store, UnitOfWork
from bot.store.repositories.misses import Miss
from bot.store.repositories.models import TrainedModel
from handlers.intents import INTENTS
from handlers.understanding.likeness import alike
from handlers.understanding.packing import shipped
from programme.model.learning import ModelState
from programme.model.staff import StaffMember
from programme.model.zones import Zone

log = logging.getLogger(__name__)

LOOKED_AT: Final = 300
"""How many of the commonest misses are put together by likeness."""

GIVEN_UP: Final = timedelta(minutes=40)
"""After so long a training counts as one whose process died."""

SLACK: Final = 0.002
"""By how much the share of right answers may lie below that of the shipped model: about one held-out line."""


class LearningResult(Enum):
    """What came of an act."""

    DONE = auto()
    OVERTAKEN = auto()
    ONESELF = auto()
    """Who had it trained can't put it to use."""
    WORSE = auto()
    OUTDATED = auto()
    """It was trained beside another version's model."""
    NOTHING = auto()
    UNDER_WAY = auto()
    NOT_HERE = auto()
    """What trains is not installed where the console runs."""
    NO_INTENT = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Misses that mean about the same, the commonest first, with how they may be shown."""

    misses: Sequence[Miss]
    shown: Sequence[str]

    @property
    def times(self) -> int:
        """How often all of them came."""
        return sum(one.times for one in self.misses)


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What the page shows: groups without a label, labelled lines by intent, the latest model, the one in use."""

    groups: Sequence[Group]
    labelled: Mapping[str, int]
    latest: TrainedModel | None
    in_use: TrainedModel | None
    names: Mapping[str, str] = field(default_factory=dict)


def can_train() -> bool:
    """Tell whether what trains is installed here; the service itself does without it."""
    return find_spec("sklearn") is not None


@dataclass(frozen=True, slots=True)
class Learning:
    """Reads, labels, trains and puts to use."""

    store: Store
    folder: Path | None = None

    async def learned(self, tx: UnitOfWork, apart: frozenset[int] = frozenset()) -> Learned:
        """Read how things stand; those `apart` are groups of their own."""
        misses = await tx.misses.grouped(LOOKED_AT)
        names = await tx.misses.names([one.id for one in misses])
        # Beside the loop: three hundred take as long as many acts of others, who share it.
        groups = await asyncio.to_thread(_grouped, misses, names, apart, tx.now.astimezone(Zone.WIB.tz).date())
        labelled: dict[str, int] = {}
        for one in await tx.misses.labelled():
            labelled[one.intent or ""] = labelled.get(one.intent or "", 0) + 1
        latest, in_use = await tx.models.latest(), await tx.models.in_use()
        whos = {who for each in (latest, in_use) if each for who in (each.asked_by, each.decided_by)}
        return Learned(
            groups=groups, labelled=labelled, latest=latest, in_use=in_use, names=await tx.agents.names(whos)
        )

    async def label(self, tx: UnitOfWork, actor: StaffMember, ids: Sequence[int], intent: str) -> LearningResult:
        """Give several misses an intent, those that have none yet."""
        if intent not in INTENTS:
            return LearningResult.NO_INTENT
        done = await tx.misses.label_all(ids, intent, actor.who)
        if not done:
            return LearningResult.OVERTAKEN
        await tx.staff.record(actor.who, "understanding.label", intent, lines=done)
        return LearningResult.DONE

    async def unlabel(self, tx: UnitOfWork, actor: StaffMember, intent: str) -> LearningResult:
        """Take a label back from all lines that have it."""
        done = await tx.misses.unlabel(intent)
        if not done:
            return LearningResult.OVERTAKEN
        await tx.staff.record(actor.who, "understanding.unlabel", intent, lines=done)
        return LearningResult.DONE

    async def lines(self, tx: UnitOfWork) -> list[tuple[str, str]]:
        """Return text and intent of all labelled lines, as far as they may be learned from: without names."""
        labelled = await tx.misses.labelled()
        names = await tx.misses.names([one.id for one in labelled])
        texts = [masked(one.text, names.get(one.id, set()), mask="") for one in labelled]
        pairs = zip(texts, labelled, strict=True)
        return [(text, one.intent or "") for text, one in pairs if text and one.intent in INTENTS]

    async def begin(self, tx: UnitOfWork, actor: StaffMember) -> tuple[int, list[tuple[str, str]]] | LearningResult:
        """Begin a training; return its number and its lines."""
        if not can_train():
            return LearningResult.NOT_HERE
        latest = await tx.models.latest()
        if latest is not None and latest.state is ModelState.TRAINING:
            if tx.now - latest.asked_at < GIVEN_UP:
                return LearningResult.UNDER_WAY
            await tx.models.fail(latest.id, "its process ended")
        lines = await self.lines(tx)
        if not lines:
            return LearningResult.NOTHING
        number = await tx.models.begin(shipped(), len(lines), actor.who)
        await tx.staff.record(actor.who, "understanding.train", f"model/{number}", lines=len(lines))
        return number, lines

    async def train(self, number: int, lines: Sequence[tuple[str, str]]) -> None:
        """Train in a process of its own, and keep what came of it."""
        with tempfile.TemporaryDirectory(prefix="sobat-model-") as place:
            out = Path(place) / "model.npz"
            where = [str(out), *([str(self.folder)] if self.folder else [])]
            module = "handlers.understanding.retrain"
            pipe = asyncio.subprocess.PIPE
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", module, *where, stdin=pipe, stdout=pipe, stderr=pipe
            )
            told, complaint = await process.communicate(orjson.dumps(lines))
            async with self.store.writing() as tx:
                if process.returncode == 0:
                    await tx.models.end(number, out.read_bytes(), orjson.loads(told))
                else:
                    log.error("a training failed: %s", complaint.decode(errors="replace")[-500:])
                    await tx.models.fail(number, f"exit {process.returncode}")

    async def put_to_use(self, tx: UnitOfWork, actor: StaffMember, number: int) -> LearningResult:
        """Put a model to use that somebody else had trained, and that is no worse than the shipped one."""
        latest = await tx.models.latest()
        if latest is None or latest.id != number or latest.state is not ModelState.TRAINED:
            return LearningResult.OVERTAKEN
        judged = judge(latest, actor.who)
        if judged is not LearningResult.DONE:
            return judged
        if not await tx.models.put_to_use(number, actor.who):
            return LearningResult.OVERTAKEN
        await tx.staff.record(actor.who, "understanding.use", f"model/{number}")
        return LearningResult.DONE

    async def use_shipped(self, tx: UnitOfWork, actor: StaffMember) -> LearningResult:
        """Understand by the shipped model again: one person may, for it is what was there before."""
        if not await tx.models.retire(actor.who):
            return LearningResult.OVERTAKEN
        await tx.staff.record(actor.who, "understanding.use", "model/shipped")
        return LearningResult.DONE


def judge(model: TrainedModel, who: str) -> LearningResult:
    """Tell whether somebody may put a trained model to use."""
    if model.asked_by == who:
        return LearningResult.ONESELF
    if model.base != shipped():
        return LearningResult.OUTDATED
    return LearningResult.DONE if is_no_worse(model.figures or {}) else LearningResult.WORSE


def is_no_worse(figures: Mapping[str, Any]) -> bool:
    """Tell whether the held-out lines are understood as well as before."""
    before, after = figures.get("before"), figures.get("after")
    if not before or not after:
        return False
    right = (after["right"] or 0) >= (before["right"] or 0) - SLACK
    return bool(after["top1"] >= before["top1"] - SLACK and right)


def _grouped(misses: Sequence[Miss], names: Mapping[int, set[str]], apart: frozenset[int], today: date) -> list[Group]:
    shown = [masked(one.text, names.get(one.id, set())) for one in misses]
    together = [place for place, one in enumerate(misses) if one.id not in apart]
    alone = [[place] for place, one in enumerate(misses) if one.id in apart]
    like = alike([misses[place].text for place in together], today)
    places = [*([together[each] for each in members] for members in like), *alone]
    groups = [Group(misses=[misses[each] for each in one], shown=[shown[each] for each in one]) for one in places]
    return sorted(groups, key=lambda group: -group.times)
