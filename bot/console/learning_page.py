"""Pemahaman: what was not understood, masked and grouped; it is labelled, trained from, compared and put to use."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from babel.numbers import format_percent
from fastapi import Request
from nicegui import background_tasks, ui

from bot.console.access import Right
from bot.console.fields import choice
from bot.console.frame import title
from bot.console.learning import Group, Learned, Learning, LearningResult, can_train, is_no_worse, judge
from bot.console.learning_file import LINES
from bot.console.live import learning_version
from bot.console.open_page import OpenPage
from bot.console.parts import asked, box, button, empty, fetch_file, notice, words
from bot.console.tables import Column, table
from bot.console.words import number, wib
from bot.store.repositories.models import TrainedModel
from handlers.dialogue.register import conversations
from handlers.intents import INTENTS
from locales import _, _n, current_language, plainly
from programme.model.learning import ModelState

_GROUPS = 20
_LINES = 6


async def draw_learning(page: OpenPage, _request: Request) -> None:
    """Draw the page."""
    parts = page.console.parts
    await LearningPage(page, Learning(parts.store, parts.utterances)).draw()


def intent_name(intent: str) -> str:
    """Name an intent as people read it."""
    known = conversations().get(intent)
    return _(known.about) if known is not None and known.about else intent


@dataclass(slots=True, eq=False)
class LearningPage:
    """The page as it is shown."""

    page: OpenPage
    learning: Learning
    _apart: set[int] = field(default_factory=set)
    _chosen: dict[int, str] = field(default_factory=dict)
    _seen: tuple[TrainedModel | None, TrainedModel | None] = (None, None)
    _groups: ui.element = field(init=False)
    _model: ui.element = field(init=False)

    async def draw(self) -> None:
        """Put groups on one side, training on the other."""
        told = _("Yang belum dipahami Sobat, tanpa nama dan nomor, dikelompokkan menurut miripnya.")
        title(_("Pemahaman"), told)
        with box("learning"):
            self._groups = box("stack")
            self._model = box("stack")
        await self.refresh()
        self.page.stay_current(self._hear, version=learning_version)

    async def _hear(self) -> None:
        """Draw anew only where a model changed: groups stand still under somebody's press, and cost what they cost."""
        async with self.page.looking() as acting:
            seen = (await acting.tx.models.latest(), await acting.tx.models.in_use())
        if seen != self._seen:
            await self.refresh()

    async def refresh(self) -> None:
        """Draw how things stand."""
        async with self.page.looking() as acting:
            learned = await self.learning.learned(acting.tx, frozenset(self._apart))
        self._seen = (learned.latest, learned.in_use)
        for holder, draw in ((self._groups, self._draw_groups), (self._model, self._draw_side)):
            holder.clear()
            with holder:
                draw(learned)

    async def _act(self, right: Right, act: Callable[..., Awaitable[LearningResult]], *given: object) -> LearningResult:
        async with self.page.acting(right) as acting:
            came = await act(acting.tx, acting.member, *given)
        _tell(came)
        await self.refresh()
        return came

    def _draw_groups(self, learned: Learned) -> None:
        if not learned.groups:
            with box("card"):
                empty(
                    _("Semua sudah dilabeli"),
                    _("Kalimat yang belum dipahami Sobat muncul di sini sendiri, yang paling sering di atas."),
                )
        for group in learned.groups[:_GROUPS]:
            with box("card miss", "section"):
                self._draw_group(group)
        if len(learned.groups) > _GROUPS:
            more = len(learned.groups) - _GROUPS
            words(plainly(_("dan {count} kelompok lagi, sesudah ini dilabeli"), count=number(more)), "quiet", "p")

    def _draw_group(self, group: Group) -> None:
        first = group.misses[0]
        with box("miss-head"):
            words(group.shown[0], "name", "h2")
            words(plainly(_n("{count} kali", "{count} kali", group.times), count=number(group.times)), "pill")
        if len(group.misses) > 1:
            with box("miss-lines", "ul"):
                for one, shown in list(zip(group.misses, group.shown, strict=True))[1:_LINES]:
                    self._draw_line(one.id, shown)
            if len(group.misses) > _LINES:
                words(plainly(_("dan {count} lagi yang mirip"), count=len(group.misses) - _LINES), "quiet", "p")
        if first.guess in INTENTS:  # shown, never chosen for anybody: what was understood by it would not be here
            words(plainly(_("Tebakan Sobat: {intent}"), intent=intent_name(first.guess)), "quiet", "p")
        self._draw_labelling(group, self._chosen.get(first.id, ""))

    def _draw_line(self, miss: int, shown: str) -> None:
        async def part() -> None:
            self._apart.add(miss)
            await self.refresh()

        with box("", "li"):
            words(shown, "said-line")
            button(_("Pisahkan"), part, css="secondary slim", named=plainly(_("Pisahkan: {line}"), line=shown))

    def _draw_labelling(self, group: Group, chosen: str) -> None:
        first = group.misses[0].id

        def choose(intent: str = "") -> None:
            self._chosen[first] = intent

        async def label() -> None:
            ids = [one.id for one in group.misses]
            await self._act(Right.LABEL, self.learning.label, ids, self._chosen.get(first, ""))

        named = plainly(_("Maksud dari: {line}"), line=group.shown[0])
        with box("miss-label"):
            choice(named, _intents(), chosen, choose)
            button(_("Simpan label"), label, css="primary", sign="done").mark(f"label {first}")

    def _draw_side(self, learned: Learned) -> None:
        with box("card", "section"):
            words(_("Yang sudah dilabeli"), "heading", "h2")
            self._draw_labelled(learned)
        with box("card", "section"):
            words(_("Latih"), "heading", "h2")
            self._draw_training(learned)
        if learned.latest is not None and learned.latest.figures:
            with box("card", "section"):
                words(_("Sebelum dan sesudah"), "heading", "h2")
                self._draw_model(learned.latest, learned)

    def _draw_labelled(self, learned: Learned) -> None:
        if not learned.labelled:
            empty(_("Belum ada"), _("Pilih maksud satu kelompok, lalu Simpan label."))
        with box("labels", "ul"):
            for intent, count in sorted(learned.labelled.items(), key=lambda one: -one[1]):
                self._draw_label(intent, count)

    def _draw_label(self, intent: str, count: int) -> None:
        async def back() -> None:
            await self._act(Right.LABEL, self.learning.unlabel, intent)

        with box("", "li"):
            words(intent_name(intent), "what")
            words(number(count), "badge")
            named = plainly(_("Lepas label: {intent}"), intent=intent_name(intent))
            button("", back, css="round", sign="close", named=named)

    def _draw_training(self, learned: Learned) -> None:
        latest = learned.latest
        if latest is not None and latest.state is ModelState.TRAINING:
            words(plainly(_("Sedang dilatih sejak {time}, beberapa menit."), time=wib(latest.asked_at)), "quiet", "p")
        elif not can_train():
            told = _(
                "Pelatih (scikit-learn) tidak terpasang di sini. Unduh kalimatnya, tambahkan ke berkas latihan, "
                "lalu pasang versi berikutnya."
            )
            words(told, "quiet", "p")
        else:
            told = _("Dilatih dengan kalimat bawaan dan yang dilabeli, di proses sendiri; Sobat tetap menjawab.")
            words(told, "quiet", "p")
            button(_("Latih sekarang"), self._train, css="primary", sign="play")
        if latest is not None and latest.state is ModelState.FAILED:
            words(_("Latihan terakhir gagal; tidak ada yang berubah. Coba lagi, atau unduh kalimatnya."), "quiet", "p")
        if learned.labelled:
            button(_("Unduh kalimatnya"), lambda: fetch_file(LINES), sign="save")
        if learned.in_use is not None:
            self._draw_in_use(learned.in_use, learned)

    def _draw_in_use(self, model: TrainedModel, learned: Learned) -> None:
        who = learned.names.get(model.decided_by or "", model.decided_by or "")
        at = wib(model.decided_at) if model.decided_at else ""
        words(
            plainly(_("Dipakai sekarang: model {number}, oleh {name}, {time}."), number=model.id, name=who, time=at),
            tag="p",
        )

        async def back() -> None:
            await self._act(Right.USE_MODEL, self.learning.use_shipped)

        asked(_("Kembali ke bawaan"), _("Pakai lagi model bawaan?"), _("Ya, kembali"), back, sign="again")

    async def _train(self) -> None:
        async with self.page.acting(Right.TRAIN) as acting:
            came = await self.learning.begin(acting.tx, acting.member)
        if isinstance(came, LearningResult):
            _tell(came)
            return
        background_tasks.create(self.learning.train(*came), name="console: training")
        await self.refresh()

    def _draw_model(self, model: TrainedModel, learned: Learned) -> None:
        figures = model.figures or {}
        _draw_figures(figures, model.lines)
        words(
            _(
                "Diukur pada kalimat yang tidak ikut dilatih; hanya ambang yakinnya disetel padanya. "
                "Kalimat berlabel ikut dilatih, jadi wajar dipahami."
            ),
            "quiet",
            "p",
        )
        if model.state is not ModelState.TRAINED:
            return
        who = learned.names.get(model.asked_by, model.asked_by)
        came = judge(model, self.page.session.member.who)
        if not is_no_worse(figures):
            words(_("Lebih buruk dari bawaan, jadi tidak bisa dipakai. Periksa labelnya."), "quiet", "p")
        elif came is LearningResult.ONESELF:
            words(_("Kamu yang melatihnya: orang kedua yang memakainya."), "quiet", "p")
        else:
            question = plainly(
                _("Pakai model ini? {name} yang melatihnya. Semua proses mengambilnya dalam hitungan detik."), name=who
            )

            async def use() -> None:
                await self._act(Right.USE_MODEL, self.learning.put_to_use, model.id)

            asked(_("Pakai model ini"), question, _("Ya, pakai"), use, css="primary", sign="done")


def _draw_figures(figures: Mapping[str, Any], lines: int) -> None:
    before, after = figures["before"], figures["after"]
    rows = [
        [_("Tebakan pertama benar"), _percent(before["top1"]), _percent(after["top1"])],
        [_("Dijawab tanpa bertanya"), _percent(before["answered"]), _percent(after["answered"])],
        [_("Benar, dari yang dijawab"), _percent(before["right"]), _percent(after["right"])],
        [_("Kalimat berlabel dipahami"), f"{before['lines']}/{lines}", f"{after['lines']}/{lines}"],
    ]
    columns = [Column(_("Ukuran")), Column(_("Sebelum"), figure=True), Column(_("Sesudah"), figure=True)]
    table(_("Sebelum dan sesudah"), columns, rows)
    new = [intent_name(one) for one in after["understood"] if one not in before["understood"]]
    if new:
        words(plainly(_("Sekarang dipahami: {intents}."), intents=", ".join(new)), tag="p")


def _percent(share: object) -> str:
    if not isinstance(share, float | int):
        return "–"
    return str(format_percent(share, "0.0%", locale=current_language().locale))


def _intents() -> list[tuple[str, str]]:
    named = sorted(((intent, intent_name(intent)) for intent in INTENTS), key=lambda one: one[1].casefold())
    return [("", _("pilih maksudnya")), *named]


def _tell(came: LearningResult) -> None:
    told = {
        LearningResult.DONE: _("Beres."),
        LearningResult.OVERTAKEN: _("Keadaannya sudah berubah sejak halaman ini dibuka. Lihat dulu yang baru."),
        LearningResult.ONESELF: _("Kamu yang melatihnya: orang kedua yang memakainya."),
        LearningResult.WORSE: _("Lebih buruk dari bawaan, jadi tidak bisa dipakai. Periksa labelnya."),
        LearningResult.OUTDATED: _("Dilatih untuk versi sebelumnya: latih lagi."),
        LearningResult.NOTHING: _("Belum ada yang dilabeli."),
        LearningResult.UNDER_WAY: _("Masih ada yang sedang dilatih."),
        LearningResult.NOT_HERE: _("Pelatih tidak terpasang di sini: unduh kalimatnya."),
        LearningResult.NO_INTENT: _("Pilih dulu maksudnya."),
    }[came]
    notice(told, bad=came is not LearningResult.DONE)
