"""So few utterances that a model is trained from them in a second."""

from __future__ import annotations

from pathlib import Path

SAID = {"deadline": "kapan batas waktu beli", "certificate": "sertifikat belum muncul", "thanks": "makasih banyak"}
HELD_OUT = (*((intent, text) for intent, text in SAID.items()), ("deadline", "makasih ya"))
"""The last one is labelled wrongly: nothing learns that, and a threshold needs something that is wrong."""


def write_toy_utterances(folder: Path) -> Path:
    """Write what is learned from, and what is held out, into a folder; return it."""
    (folder / "intents").mkdir()
    for intent, text in SAID.items():
        rows = "".join(f"suara{voice}\t{text} {voice}{extra}\n" for voice in "abcd" for extra in ("", " ya", " kak"))
        (folder / "intents" / f"{intent}.tsv").write_text(rows, "utf-8")
    (folder / "dev.tsv").write_text("".join(f"{text}\t{intent}\n" for intent, text in HELD_OUT), "utf-8")
    return folder
