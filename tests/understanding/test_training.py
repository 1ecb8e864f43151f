"""Training and evaluating: reproducible, and honest about its measures."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from handlers.understanding import evaluate, understand
from handlers.understanding.augment import noisy
from handlers.understanding.evaluate import evaluate_file
from handlers.understanding.lexicon import variants
from handlers.understanding.packing import PATH, load, pack
from handlers.understanding.utterances import TRAINING, dev_lines, utterances


def test_the_same_utterances_give_the_same_bytes():
    """Whoever trains again gets the very file that is shipped."""
    # Here alone, for scikit-learn is slow to load.
    from handlers.understanding.fitting import Sample, fit
    from handlers.understanding.train import saved, words_of

    lines = [line for line in utterances() if line.intent in {"deadline", "thanks", "fraud"}][::4]
    few = [Sample(words_of(line.text), line.intent, 1.0, number) for number, line in enumerate(lines)]
    assert saved(fit(few)) == saved(fit(few))


def test_noise_is_the_same_every_time_and_never_empty():
    """Variants depend on the utterance alone."""
    text = "batas beli pelatihan gelombang 21 kapan"
    assert list(noisy(text, "deadline")) == list(noisy(text, "deadline"))
    assert all(variant.strip() for variant in noisy("ok", "thanks"))


def test_the_shipped_model_is_small_and_survives_a_round_trip():
    """At most 5 MB; packing the loaded model again changes no weight."""
    assert PATH.stat().st_size <= 5_000_000
    packed = pack(load())
    with np.load(PATH) as shipped:
        assert set(shipped) == set(packed)
        assert all(np.abs(shipped["weights0"].astype(int) - packed["weights0"]).max(axis=1) <= 1)


def test_every_intent_has_enough_utterances():
    """60 an intent, 120 for the frequent ones, 400 hard negatives; none of them twice."""
    lines = utterances()
    counts = Counter(line.intent for line in lines)
    frequent = {
        "deadline", "status", "recommend", "incentive_history", "incentive_problem", "incentive_rules", "how_to_buy",
        "purchase_problem", "certificate", "payment_account", "account_access",
    }  # fmt: skip
    assert min(counts.values()) >= 60
    assert min(counts[intent] for intent in frequent) >= 120
    assert counts["out_of_scope"] >= 400


def test_nothing_of_the_blind_set_was_trained_on():
    """No blind line is in training or development, but for what everybody says ("makasih min")."""
    blind = {line.text.strip().lower() for line in evaluate.read(Path(__file__).with_name("blind.tsv"))}
    seen = {line.text.lower() for line in utterances()} | {line.text.lower() for line in dev_lines()}
    assert len([text for text in blind & seen if len(text.split()) > 4]) <= len(blind) * 0.01


def test_the_regional_list_has_four_hundred_words():
    """Javanese, Sundanese, Betawi, Minang, Bugis-Makassar and more."""
    assert len({written for written, _ in variants("regional.tsv")}) >= 400


def test_an_evaluation_names_its_wrong_ones(tmp_path: Path):
    """The measures of a small file, with a line that cannot be right."""
    file = tmp_path / "lines.tsv"
    file.write_text("gel 21 batas beli kapan\tdeadline\nmakasih min\tdeadline\nskor persib\tout_of_scope\n", "utf-8")
    figures = evaluate_file(file)
    assert set(figures) == {
        "n", "top1", "top3", "coverage", "accuracy_answered", "rejected_out_of_scope", "p50_ms", "p99_ms", "wrong",
    }  # fmt: skip
    assert figures["n"] == 3
    assert [one["text"] for one in figures["wrong"]] == ["makasih min"]


def test_a_line_without_an_intent_is_named(tmp_path: Path):
    """A mistake in a test file is told with its line."""
    file = tmp_path / "lines.tsv"
    file.write_text("halo\tgreeting\nhanya teks\n", "utf-8")
    with pytest.raises(ValueError, match=r"lines\.tsv:2"):
        evaluate_file(file)


def test_one_message_is_described():
    """What `sobat understand` shows: the likeliest intent, and what is named."""
    understood = understand("gel 21 batas beli kapan", today=evaluate.TODAY)
    assert understood.intent == "deadline"
    assert [(each.kind, each.value, each.text) for each in understood.entities] == [("wave", "21", "gel 21")]


def test_the_development_lines_stay_above_ninety_five_per_cent():
    """The shipped model on authors whom it did not train on."""
    figures = evaluate_file(TRAINING / "dev.tsv")
    assert figures["top1"] >= 0.95
    assert figures["accuracy_answered"] >= 0.985
