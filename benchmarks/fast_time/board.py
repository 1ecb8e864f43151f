"""Draws the board of a night that was kept: `python -m benchmarks.fast_time.board FOLDER PICTURES`.

Needs Debian's package `prometheus`. Prometheus answers the very queries of `deploy/grafana/sobat.json` over what
`/metrics` told; only the drawing is ours, for Debian has no Grafana.
"""

from __future__ import annotations

import argparse
import gzip
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import isfinite
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import orjson

from benchmarks.fast_time.board_picture import DARK, LIGHT, Line, Panel, picture
from benchmarks.fast_time.model import CUTOFF, wib
from tests.processes.sobat_run import free_port

BOARD: Final = Path(__file__).parents[2] / "deploy" / "grafana" / "sobat.json"
SHOWN: Final = (
    *("Unreminded", "Due", "Deliveries a second"),
    *("Late reminders", "Oldest delivery", "Pauses asked for"),
    *("Replies, 95th percentile", "Waiting for an answer", "What they want"),
    *("A channel's time", "A transaction, 95th percentile", "Open tickets"),
)
BEGINS, ENDS, STEP = wib(21, 17, 30), wib(22, 0, 30), timedelta(minutes=2)


@dataclass
class Prometheus:
    """A server with one night in it."""

    address: str

    def asks(self, query: str) -> list[dict[str, Any]]:
        """Ask for what a panel shows of the whole evening."""
        span = {"start": BEGINS.timestamp(), "end": ENDS.timestamp(), "step": STEP.total_seconds()}
        url = f"{self.address}/api/v1/query_range?{urlencode({'query': query, **span})}"
        with urllib.request.urlopen(url) as answer:  # noqa: S310 - loopback
            result: list[dict[str, Any]] = orjson.loads(answer.read())["data"]["result"]
        return result


@contextmanager
def prometheus(kept: Path) -> Iterator[Prometheus]:
    """Run one over a night that was kept."""
    with tempfile.TemporaryDirectory(prefix="sobat-board-") as place:
        metrics, blocks, config = Path(place) / "metrics.txt", Path(place) / "blocks", Path(place) / "prometheus.yml"
        with gzip.open(kept / "metrics.txt.gz") as packed, metrics.open("wb") as unpacked:
            shutil.copyfileobj(packed, unpacked)
        config.write_text("{}")
        told = ("promtool", "tsdb", "create-blocks-from", "openmetrics", str(metrics), str(blocks))
        subprocess.run(told, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own words
        where = f"127.0.0.1:{free_port()}"
        options = (f"--web.listen-address={where}", f"--storage.tsdb.path={blocks}", f"--config.file={config}")
        words = ("prometheus", *options, "--storage.tsdb.retention.time=100y", "--log.level=error")
        server = subprocess.Popen(words)  # noqa: S603
        try:
            _wait_for(f"http://{where}/-/ready")
            yield Prometheus(f"http://{where}")
        finally:
            server.terminate()
            server.wait()


def _wait_for(url: str) -> None:
    for _try in range(300):
        try:
            with urllib.request.urlopen(url):  # noqa: S310 - loopback
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError(url)


def panels(server: Prometheus) -> Iterator[Panel]:
    """Ask for every panel that is shown, in its order."""
    known = {each["title"]: each for each in orjson.loads(BOARD.read_bytes())["panels"]}
    for title in SHOWN:
        panel = known[title]
        found = [line for target in panel["targets"] for line in _lines(server, target)]
        lines = [line for line in found if any(line.values)] or found[:1]
        unit = panel["fieldConfig"]["defaults"].get("unit", "short")
        yield Panel(title, unit, sorted(lines, key=lambda each: -max(each.values, default=0.0)))


def _lines(server: Prometheus, target: dict[str, Any]) -> Iterator[Line]:
    for series in server.asks(target["expr"]):
        points = [(datetime.fromtimestamp(at, BEGINS.tzinfo), float(value)) for at, value in series["values"]]
        points = [(at, value) for at, value in points if isfinite(value)]  # a quantile of nothing is no number
        if points:
            yield Line(_named(target["legendFormat"], series["metric"]), points)


def _named(legend: str, labels: dict[str, str]) -> str:
    for name, value in labels.items():
        legend = legend.replace("{{" + name + "}}", value)
    return legend


def draw(kept: Path, into: Path) -> Sequence[Path]:
    """Draw the evening, light and dark; return the files."""
    with prometheus(kept) as server:
        asked = list(panels(server))
    files = []
    for look, name in ((LIGHT, "night-board.svg"), (DARK, "night-board-dark.svg")):
        files.append(into / name)
        files[-1].write_text(picture(asked, BEGINS, ENDS, CUTOFF, look), encoding="utf-8")
    return files


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fast_time.board", description=__doc__)
    parser.add_argument("folder", type=Path, help="what `python -m benchmarks night --keep FOLDER` left")
    parser.add_argument("pictures", type=Path, help="where the two pictures go")
    given = parser.parse_args()
    print(*draw(given.folder, given.pictures), sep="\n")
