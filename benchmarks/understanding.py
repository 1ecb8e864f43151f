"""How well messages are understood, beside what one would pick instead: `python -m benchmarks understanding`.

The blind lines were written apart from the training, and nothing was tuned on them. The rivals train on the same
utterances: the nearest training utterance by rapidfuzz, and word TF-IDF with logistic regression. xSID is read in
place from `../shared/xsid` (van der Goot et al. 2021, CC-BY-SA-4.0) and left out if it is not there.
"""

from __future__ import annotations

import json as encoding
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from benchmarks.understanding_questions import questions
from handlers.understanding import find_entities, understand
from handlers.understanding.entities import spell_spans
from handlers.understanding.entities.span import Asked
from handlers.understanding.evaluate import Judged, Line, figures, judge, read
from handlers.understanding.fitting import Sample, Words, fit
from handlers.understanding.packing import PATH
from handlers.understanding.spelling import spell
from handlers.understanding.tokens import cut
from handlers.understanding.utterances import utterances

ROOT = Path(__file__).parents[1]
TESTS = ROOT / "tests" / "understanding"
XSID = ROOT.parent / "shared" / "xsid"
TODAY = date(2021, 10, 18)
XSID_STRENGTH = 300.0
"""Of 300 training lines the fitting has to believe more than of thousands with noise."""
_START = """
import time
from pathlib import Path
before = time.perf_counter()
from datetime import date
from handlers.understanding import understand
understand("halo", today=date(2021, 10, 18))
seconds = time.perf_counter() - before
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(seconds, int(status["VmHWM"].split()[0]) / 1024)
"""

Guesser = Callable[[str], Sequence[str]]
"""From a text to intents, best first."""


def measures() -> dict[str, Any]:
    """Return every measure of the issue, ours and the rivals'."""
    blind, negatives = list(read(TESTS / "blind.tsv")), list(read(TESTS / "negatives.tsv"))
    judged = judge(blind)
    return {
        "blind": figures(judged),
        "negatives": {key: value for key, value in figures(judge(negatives)).items() if key != "wrong"},
        "deadline_questions": deadline_questions(),
        "entities_f1": entities_f1(),
        "confusions": confusions(judged),
        "calibration": calibration([(one.meaning.confidence, one.right) for one in judged]),
        "start": start(),
        "artefact_mb": round(PATH.stat().st_size / 1e6, 2),
        "xsid": xsid(),
        "rivals": {name: ranked(blind, guesser) for name, guesser in rivals().items()},
    }


def deadline_questions(count: int = 1000) -> dict[str, int]:
    """Return how many waves were read right, not at all, and wrong in generated deadline questions."""
    told = {"right": 0, "asked_back": 0, "wrong": 0}
    for question in questions(count):
        waves = [e.value for e in understand(question.text, today=TODAY).entities if e.kind == "wave"]
        wanted = [] if question.wave is None else [str(question.wave)]
        told["right" if waves == wanted else "wrong" if waves else "asked_back"] += 1
    return told


def entities_f1() -> float:
    """Return the F1 over the marked lines."""
    hits = found = wanted = 0
    for row in (TESTS / "entities.tsv").read_text("utf-8").splitlines():
        if row.startswith("#"):
            continue
        text, _, names = row.partition("\t")
        marked = [name.strip() for name in names.split(";") if name.strip()]
        got = [f"{entity.kind}={entity.value}" for entity in find_entities(text, today=TODAY)]
        found, wanted = found + len(got), wanted + len(marked)
        hits += sum(min(got.count(name), marked.count(name)) for name in set(marked))
    return round(2 * hits / (found + wanted), 4)


def confusions(judged: list[Judged]) -> list[tuple[str, str, int]]:
    """Return (expected, got, how often), most frequent first."""
    counts = Counter(("/".join(sorted(one.line.expected)), one.meaning.intent) for one in judged if not one.right)
    return [(expected, got, count) for (expected, got), count in counts.most_common()]


def calibration(sure: list[tuple[float, bool]], steps: int = 10) -> list[dict[str, float]]:
    """Return, by tenths of confidence, how many messages there are, the mean confidence, and how many were right."""
    rows = []
    for step in range(steps):
        inside = [one for one in sure if step <= one[0] * steps < step + 1 or (step == steps - 1 and one[0] == 1)]
        if inside:
            mean = sum(confidence for confidence, _ in inside) / len(inside)
            right = sum(was_right for _, was_right in inside) / len(inside)
            rows.append({"n": len(inside), "confidence": round(mean, 3), "right": round(right, 3)})
    return rows


def start() -> dict[str, float]:
    """Return seconds until a new process understands its first message, and the memory that it takes, in MB (Linux)."""
    command = [sys.executable, "-c", _START]
    runs = [subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT) for _ in range(5)]  # noqa: S603
    seconds, memory = zip(*(map(float, run.stdout.split()) for run in runs), strict=True)
    return {"load_s": round(min(seconds), 3), "memory_mb": round(max(memory), 1)}


def xsid() -> float | None:
    """Return the same method's accuracy on xSID: its valid part trains, its test part tests.

    Words, neighbours, letter runs, dates and hours as their kind, the same fitting; but not the word lists and
    concepts of the programme, which have no business there.
    """
    if not XSID.is_dir():
        return None
    train, test = _rows(XSID / "valid.tsv"), _rows(XSID / "test.tsv")
    samples = [Sample(_plain(text), intent, 1.0, at) for at, (text, intent) in enumerate(train)]
    model = fit(samples, strength=XSID_STRENGTH, shares=(1.0, 1.0, 0.0))
    return round(sum(model.best(_plain(text)) == intent for text, intent in test) / len(test), 4)


def _rows(path: Path) -> list[list[str]]:
    return [row.split("\t") for row in path.read_text("utf-8").splitlines()]


def _plain(text: str) -> Words:
    tokens = spell(cut(text))
    spans = [span for span, _ in spell_spans(tokens, Asked(TODAY)) if span.kind in {"date", "hour"}]
    kinds = {place: span for span in spans for place in range(span.first, span.last)}
    words: list[str] = []
    for place, token in enumerate(tokens):
        span = kinds.get(place)
        if span is not None and place == span.first:
            words.append(f"<{span.kind}>")
        if token.raw[0].isalnum() and not (span is not None and token.is_number):
            words.extend(token.raw.split())
    return tuple(words)


def rivals() -> dict[str, Guesser]:
    """Return what one would pick instead, trained on the same utterances."""
    lines = utterances()
    texts = [line.text.lower() for line in lines]
    words = make_pipeline(TfidfVectorizer(sublinear_tf=True), LogisticRegression(C=10, max_iter=300))
    words.fit(texts, [line.intent for line in lines])

    def nearest(text: str) -> list[str]:
        found = process.extract(text.lower(), texts, scorer=fuzz.token_sort_ratio, limit=30)
        return list(dict.fromkeys(lines[at].intent for _, _, at in found))[:3]

    def by_words(text: str) -> list[str]:
        odds = words.predict_proba([text.lower()])[0]
        return [str(words.classes_[at]) for at in odds.argsort()[:-4:-1]]

    return {"rapidfuzz nearest neighbour": nearest, "word TF-IDF": by_words}


def ranked(lines: list[Line], guesser: Guesser) -> dict[str, float]:
    """Return the top-1, top-3 and milliseconds a message of a rival."""
    before = time.thread_time()
    guesses = [guesser(line.text) for line in lines]
    ms = (time.thread_time() - before) * 1000 / len(lines)
    top1 = sum(guess[0] in line.expected for guess, line in zip(guesses, lines, strict=True)) / len(lines)
    top3 = sum(not line.expected.isdisjoint(guess[:3]) for guess, line in zip(guesses, lines, strict=True)) / len(lines)
    return {"top1": round(top1, 4), "top3": round(top3, 4), "ms": round(ms, 3)}


def main(json: bool = False) -> None:
    """Print the measures, as JSON or as lines to read."""
    found = measures()
    if json:
        print(encoding.dumps(found, ensure_ascii=False))
        return
    for name, value in found.items():
        shown = {key: each for key, each in value.items() if key != "wrong"} if isinstance(value, dict) else value
        print(f"{name}: {shown}")


if __name__ == "__main__":
    main(json="--json" in sys.argv)
