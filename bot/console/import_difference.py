"""What a list would change, or changed: figures, what looks wrong, what else it does, and the refused rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.console.import_sentences import in_words
from bot.console.import_words import doubts, effects
from bot.console.parts import box, words
from bot.console.still import still
from bot.console.tables import Column, table
from bot.console.words import number
from locales import _, plainly
from programme.model.imports import UNKEPT, ImportState, ListImport


def draw_difference(one: ListImport, found: Mapping[str, Any]) -> None:
    """Draw it."""
    before = one.state in UNKEPT | {ImportState.FAILED, ImportState.DROPPED}
    with box("card", "section"), still():
        words(_("Yang akan berubah") if before else _("Yang berubah"), "heading", "h2")
        with box("figures"):
            for count, what in (
                (found["new"], _("baru")),
                (found["changed"], _("berubah")),
                (found["unchanged"], _("tetap")),
                (found["bad"], _("baris ditolak")),
            ):
                with box("figure-box"):
                    words(number(count), "count")
                    words(what, "what")
        for each in doubts(found):
            words(plainly(_("Tampak keliru: {what}."), what=each), "doubt", "p")
        told = [*effects(found), *map(in_words, found["notes"])]
        if found["repeated"]:
            told.append(
                plainly(_("{count} baris mengulang baris lain, dan diambil sekali."), count=number(found["repeated"]))
            )
        if told:
            with box("effects", "ul"):
                for each in told:
                    words(each, "", "li")


def draw_refused(found: Mapping[str, Any]) -> None:
    """Draw the first rows that are refused, with their reasons."""
    if not found["bad"]:
        return
    with box("card", "section"):
        words(_("Baris yang ditolak"), "heading", "h2")
        rows = [[str(row), in_words(reason)] for row, reason in found["rows"]]
        table(_("Baris yang ditolak"), [Column(_("Baris")), Column(_("Alasan"))], rows)
        if found["bad"] > len(rows):
            words(plainly(_("dan {count} lagi"), count=number(found["bad"] - len(rows))), "quiet", "p")
