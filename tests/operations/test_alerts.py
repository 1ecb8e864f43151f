"""Alerts and board ask for figures that exist, every alert fires as meant, and the runbook says what to do."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import CollectorRegistry
from prometheus_client.metrics import MetricWrapperBase

from bot.app.metrics.cutoff_figures import CutoffFigures
from bot.app.metrics.meters import Meters
from bot.app.metrics.service_figures import ServiceFigures, Standing, WhatsAppFigures
from bot.store.repositories.channel_accounts import Charge, TemplateRow
from bot.store.repositories.queue_stats import Queue, QueueStats
from programme.model.messages import Kind
from tests.store.samples import MONDAY

ROOT = Path(__file__).parents[2]
PROMETHEUS = ROOT / "deploy" / "prometheus"
RUNBOOK = (ROOT / "docs" / "OPERATIONS.md").read_text()
_SUFFIX = re.compile(r"_(bucket|sum|count|total|created)$")
_METRIC = re.compile(r"\bsobat_[a-z_]+")


def _names() -> set[str]:
    """The figures that there are, without what Prometheus adds to them."""
    return {family.name for family in _shown().collect() if family.name.startswith("sobat_")}


def _labels() -> dict[str, set[str]]:
    """The labels of each; of a counter that counted nothing yet, those with which it was made."""
    found: dict[str, set[str]] = {}
    for family in _shown().collect():
        found[family.name] = {label for sample in family.samples for label in sample.labels} - {"le"}
    made = [each for each in vars(Meters()).values() if isinstance(each, MetricWrapperBase)]
    return {**found, **{each._name: set(each._labelnames) for each in made}}


def _shown() -> CollectorRegistry:
    meters, figures = Meters(), ServiceFigures()
    charge = Charge(date(2021, 10, 18), Kind.REMINDER, "utility", True, 3)
    text = TemplateRow("sobat_deadline", "id", "APPROVED", None, None, None)
    figures.show(QueueStats(at=MONDAY), {("any", Kind.REMINDER): Queue(1, MONDAY)})
    figures.disk_free = 1
    figures.standing = Standing(
        {"hour": 1}, 0, [CutoffFigures(21, MONDAY, finish=MONDAY, unreminded=1)], WhatsAppFigures([text], 250, [charge])
    )
    meters.registry.register(figures)
    return meters.registry


def _rules() -> list[dict[str, Any]]:
    groups = yaml.safe_load((PROMETHEUS / "alerts.yaml").read_text())["groups"]
    return [rule for group in groups for rule in group["rules"]]


def _unknown(queries: str) -> set[str]:
    known = _names()
    return {name for name in _METRIC.findall(queries) if name not in known and _SUFFIX.sub("", name) not in known}


def test_every_alert_asks_for_figures_that_exist_and_has_its_page_in_the_runbook() -> None:
    rules = _rules()
    assert rules[0]["alert"] == "CutoffAtRisk"
    assert not _unknown(" ".join(rule["expr"] for rule in rules))
    for rule in rules:
        assert f"\n### {rule['alert']}\n" in RUNBOOK
        assert rule["annotations"]["runbook"] == f"docs/OPERATIONS.md#{rule['alert'].lower()}"


def test_the_board_asks_for_figures_that_exist() -> None:
    board = json.loads((ROOT / "deploy" / "grafana" / "sobat.json").read_text())
    queries = [target["expr"] for panel in board["panels"] for target in panel.get("targets", ())]
    assert len(queries) > 20
    assert not _unknown(" ".join(queries))
    places = [tuple(panel["gridPos"][each] for each in "xy") for panel in board["panels"]]
    assert len(set(places)) == len(places), "panels lie on top of each other"


def test_every_figure_is_explained_and_every_explained_one_exists() -> None:
    section = RUNBOOK.partition("\n## Health and figures\n")[2].partition("\n## ")[0]
    explained = {_SUFFIX.sub("", name) for name in re.findall(r"`(sobat_[a-z_]+)[`{]", section)}
    assert explained == {_SUFFIX.sub("", name) for name in _names()}


def test_every_figure_has_the_labels_that_are_explained() -> None:
    section = RUNBOOK.partition("\n## Health and figures\n")[2].partition("\n## ")[0]
    labels = _labels()
    for name, told in re.findall(r"`(sobat_[a-z_]+)(?:\{([a-z,]+)\})?`", section):
        assert labels[_SUFFIX.sub("", name) if name not in labels else name] == set(filter(None, told.split(","))), name


def test_every_alert_is_tried_both_ways() -> None:
    tried = yaml.safe_load((PROMETHEUS / "alerts_test.yaml").read_text())["tests"]
    fires = {case["alertname"] for test in tried for case in test["alert_rule_test"] if case["exp_alerts"]}
    assert fires == {rule["alert"] for rule in _rules()}


@pytest.mark.parametrize(
    "words",
    [("check", "rules", "alerts.yaml"), ("test", "rules", "alerts_test.yaml"), ("check", "config", "prometheus.yml")],
)
def test_prometheus_takes_them(words: tuple[str, ...]) -> None:
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("promtool is not installed: it comes with Debian's package prometheus")
    done = subprocess.run([promtool, *words], cwd=PROMETHEUS, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stdout + done.stderr
