"""How well messages are understood, beside what one would pick instead: `python -m benchmarks understanding`.

The blind lines were written apart from the training, and nothing was tuned on them. The rivals train on the same
utterances: the nearest training utterance by rapidfuzz, and word TF-IDF with logistic regression.
"""

from __future__ import annotations

import json as encoding
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
from benchmarks.understanding_times import times
from benchmarks.xsid import xsid
from handlers.understanding import find_entities, understand
from handlers.understanding.evaluate import Judged, Line, figures, judge, read
from handlers.understanding.packing import PATH
from handlers.understanding.utterances import utterances

ROOT = Path(__file__).parents[1]
TESTS = ROOT / "tests" / "understanding"
TODAY = date(2021, 10, 18)

Guesser = Callable[[str], Sequence[str]]
"""From a text to intents, best first."""


def measures() -> dict[str, Any]:
    """Return every measure of the issue, ours and the rivals'."""
    blind, negatives = list(read(TESTS / "blind.tsv")), list(read(TESTS / "negatives.tsv"))
    judged = judge(blind)
    return {
        "blind": figures(judged),
        "strangers": figures(judge(read(TESTS / "strangers.tsv"))),
        "testers": figures(judge(read(TESTS / "testers.tsv"))),
        "mixed": mixed(),
        "negatives": {key: value for key, value in figures(judge(negatives)).items() if key != "wrong"},
        "deadline_questions": deadline_questions(),
        "entities_f1": {name: entities_f1(TESTS / name) for name in ("entities.tsv", "entities_fresh.tsv")},
        "confusions": confusions(judged),
        "calibration": calibration([(one.meaning.confidence, one.right) for one in judged]),
        "times": times(),
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


def entities_f1(path: Path) -> float:
    """Return the F1 over a file of marked lines."""
    hits = found = wanted = 0
    for row in path.read_text("utf-8").splitlines():
        if row.startswith("#"):
            continue
        text, _, names = row.partition("\t")
        marked = [name.strip() for name in names.split(";") if name.strip()]
        got = [f"{entity.kind}={entity.value}" for entity in find_entities(text, today=TODAY)]
        found, wanted = found + len(got), wanted + len(marked)
        hits += sum(min(got.count(name), marked.count(name)) for name in set(marked))
    return round(2 * hits / (found + wanted), 4)


def mixed() -> dict[str, int]:
    """Return of how many messages that say several things all are heard, some, none (asked back), or a wrong one."""
    told = {"all": 0, "some": 0, "asked_back": 0, "wrong": 0}
    for line in read(TESTS / "mixed.tsv"):
        meaning = understand(line.text, today=TODAY)
        heard = {*meaning.also} | ({meaning.intent} if meaning.certain else set())
        right = "all" if heard >= line.expected else "some" if heard else "asked_back"
        told[right if heard <= line.expected else "wrong"] += 1
    return told


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


def main(*options: str) -> None:
    """Print the measures, or with `--times` the timings alone; as JSON or as lines to read."""
    found = {"times": times()} if "--times" in options else measures()
    if "--json" in options:
        print(encoding.dumps(found, ensure_ascii=False))
        return
    for name, value in found.items():
        shown = {key: each for key, each in value.items() if key != "wrong"} if isinstance(value, dict) else value
        print(f"{name}: {shown}")
