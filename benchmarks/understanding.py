"""How well messages are understood, beside what one would pick instead: `python -m benchmarks understanding`.

The blind lines were written apart from the training, and nothing was tuned on them. The rivals train on the same
utterances: the nearest training utterance by rapidfuzz, and word TF-IDF with logistic regression.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from benchmarks.calibration import Watch, calibrated
from benchmarks.result import Result
from benchmarks.understanding_times import times
from benchmarks.xsid import xsid
from handlers.understanding import find_entities, understand
from handlers.understanding.evaluate import Judged, Line, figures, judge, read
from handlers.understanding.utterances import utterances
from tests.understanding.deadline_questions import questions

TESTS = Path(__file__).parents[1] / "tests" / "understanding"
TODAY = date(2021, 10, 18)
LEAST = (0.95, 0.99, 0.985, 0.85)

Guesser = Callable[[str], Sequence[str]]
"""From a text to intents, best first."""


def main(count: int = 1000) -> list[Result]:
    blind = list(read(TESTS / "blind.tsv"))
    judged = judge(blind)
    return [
        _accuracy("blind lines", judged),
        *(_accuracy(f"lines of {name}", judge(read(TESTS / f"{name}.tsv"))) for name in ("strangers", "testers")),
        _turned_away(),
        _mixed(),
        _deadline_questions(count),
        *(_entities(TESTS / name) for name in ("entities.tsv", "entities_fresh.tsv")),
        _calibration([(one.meaning.confidence, one.right) for one in judged]),
        *times(),
        _xsid(),
        *(_ranked(name, blind, guesser) for name, guesser in _rivals().items()),
    ]


def _accuracy(name: str, judged: list[Judged]) -> Result:
    """Say how often the best guess, and one of the best three, is right; and how it is with those answered unasked."""
    told = figures(judged)
    asked = ("top1", "top3", "accuracy_answered", "coverage")
    values = dict(zip(("top-1", "top-3", "right unasked", "answered unasked"), map(told.get, asked), strict=True))
    met = all(told[measure] >= least for measure, least in zip(asked, LEAST, strict=True))
    return Result(f"{name}, {told['n']}", values, " / ".join(map(str, LEAST)), met)


def _turned_away() -> Result:
    told = figures(judge(read(TESTS / "negatives.tsv")))
    share = told["rejected_out_of_scope"]
    return Result(f"out of scope, {told['n']}", {"turned away": share}, ">= 0.95", share >= 0.95)


def _deadline_questions(count: int) -> Result:
    """Count how many waves were read right, not at all, and wrong in generated deadline questions."""
    told = {"right": 0, "asked back": 0, "wrong": 0}
    for question in questions(count):
        waves = [e.value for e in understand(question.text, today=TODAY).entities if e.kind == "wave"]
        wanted = [] if question.wave is None else [str(question.wave)]
        told["right" if waves == wanted else "wrong" if waves else "asked back"] += 1
    return Result(f"waves in {count:,} deadline questions", told, "none wrong", not told["wrong"])


def _entities(path: Path) -> Result:
    """Take the F1 over a file of marked lines."""
    hits = found = wanted = 0
    for row in path.read_text("utf-8").splitlines():
        if row.startswith("#"):
            continue
        text, _, names = row.partition("\t")
        marked = [name.strip() for name in names.split(";") if name.strip()]
        got = [f"{entity.kind}={entity.value}" for entity in find_entities(text, today=TODAY)]
        found, wanted = found + len(got), wanted + len(marked)
        hits += sum(min(got.count(name), marked.count(name)) for name in set(marked))
    f1 = 2 * hits / (found + wanted)
    return Result(f"entities of {path.stem}", {"F1": f1}, ">= 0.95", f1 >= 0.95)


def _mixed() -> Result:
    """Count of how many messages that say several things all are heard, some, none (asked back), or a wrong one."""
    told = {"all": 0, "some": 0, "asked back": 0, "wrong": 0}
    for line in read(TESTS / "mixed.tsv"):
        meaning = understand(line.text, today=TODAY)
        heard = {*meaning.also} | ({meaning.intent} if meaning.certain else set())
        right = "all" if heard >= line.expected else "some" if heard else "asked back"
        told[right if heard <= line.expected else "wrong"] += 1
    return Result("messages that say several things", told)


def _calibration(sure: list[tuple[float, bool]]) -> Result:
    """Compare, by tenths of confidence, the mean confidence with the share that was right."""
    rows: dict[str, tuple[int, float, float]] = {}
    for tenth in range(10):
        inside = [one for one in sure if min(int(one[0] * 10), 9) == tenth]
        if inside:
            means = (sum(column) / len(inside) for column in zip(*inside, strict=True))
            rows[f"from {tenth / 10:g}"] = (len(inside), *means)
    return Result("calibration: lines / confidence / right", rows)


def _xsid() -> Result:
    found = xsid()
    if found is None:
        return Result("xSID: not there (../shared/xsid)")
    values = {"test": found["test"], "without concepts": found["without concepts"]["test"]}
    return Result("the same method on xSID", values, ">= 0.93", found["test"] >= 0.93)


def _rivals() -> dict[str, Guesser]:
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


def _ranked(name: str, lines: list[Line], guesser: Guesser) -> Result:
    """Say how often a rival is right; what it has to import and to train is done before."""
    with calibrated() as lap:
        watch = Watch()
        guesses = [guesser(line.text) for line in lines]
        _, cpu = watch.read()
    top1 = sum(guess[0] in line.expected for guess, line in zip(guesses, lines, strict=True)) / len(lines)
    top3 = sum(not line.expected.isdisjoint(guess[:3]) for guess, line in zip(guesses, lines, strict=True)) / len(lines)
    return Result(f"{name}, blind lines", {"top-1": top1, "top-3": top3, "CPU laps each": cpu / len(lines) / lap.cpu})
