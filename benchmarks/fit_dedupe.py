"""Fit the weights of pipelines/dedupe.toml on half of the labelled postings, and measure on both halves.

    python benchmarks/fit_dedupe.py DIRECTORY [--fit]

DIRECTORY holds dedupe.records.jsonl, .clusters.jsonl, .pairs.jsonl and .ignore.jsonl. Without --fit, the weights as they
stand are measured. With it, a logistic regression is fitted and its weights are printed, as they stand in dedupe.toml, and
measured; that needs numpy and scikit-learn, in an environment of its own: Symposia does not depend on them. An event, all
events that are held against it in a labelled pair, and all that have the same name but for years and numbers are in one half.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

import pipelines.compare
from pipelines.compare import NEAR, apart, features, sketch
from pipelines.dedupe import clusters
from pipelines.titles import read_title
from symposia.event import AttendanceMode, Event, Location, SourceRef

TUNE, HELD_OUT = 0, 1
HARD = 3
"""How much a pair counts that was read by hand, beside one of the others."""
BY_HAND = ("minutes off", "other venue", "same venue", "same organizer")
"""The facts that the records do not tell: their weights are not fitted."""

Pair = tuple[str, str]


class Labelled(NamedTuple):
    """The postings by id, which pairs are one event, which nobody could tell, and the labels of those read by hand."""

    records: dict[str, dict[str, Any]]
    groups: list[list[str]]
    same: set[Pair]
    unsure: set[Pair]
    read: dict[Pair, bool]


def main() -> None:
    """Measure, or fit and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--fit", action="store_true")
    args = parser.parse_args()
    labelled = load(args.directory)
    half = halves(labelled)
    if args.fit:
        by_hand = {name: weight for name, weight in pipelines.compare._weights().items() if name in BY_HAND}
        weights = fit(labelled, half) | by_hand
        print("\n".join(f"{json.dumps(name)} = {weight:.2f}" for name, weight in sorted(weights.items())))
        pipelines.compare._weights = lambda: weights  # type: ignore[assignment]
    for with_url in (False, True):
        for name, which in (("tuned on", {TUNE}), ("held out", {HELD_OUT}), ("all", {TUNE, HELD_OUT})):
            print("with url" if with_url else "url-blind", name, measure(labelled, half, which, with_url))


def load(directory: Path) -> Labelled:
    """The labelled postings in a directory."""
    records, groups, pairs, unsure = (
        [json.loads(line) for line in (directory / f"dedupe.{name}.jsonl").read_text(encoding="utf-8").splitlines()]
        for name in ("records", "clusters", "pairs", "ignore")
    )
    ignored = {_pair(*two) for two in unsure}
    return Labelled(
        records={record["rid"]: record for record in records},
        groups=groups,
        same=set(_pairs_of(groups)) - ignored,
        unsure=ignored,
        read={_pair(row["a"], row["b"]): bool(row["label"]) for row in pairs if row["how"] == "read"},
    )


def event_of(record: Mapping[str, Any], *, with_url: bool) -> Event:
    """A labelled posting as an event."""
    return Event(
        uid=record["rid"],
        name=record["title"],
        start=date.fromisoformat(record["start"]),
        end=date.fromisoformat(record["end"]) if record.get("end") else None,
        attendance_mode=AttendanceMode.ONLINE if record.get("online") else None,
        location=Location(city=record.get("city"), country=record.get("country")),
        url=record.get("url") if with_url else None,
        description=record.get("description"),
        sources=(SourceRef(id=record["source"], key=record["rid"], url=""),),
    )


def halves(labelled: Labelled) -> dict[str, int]:
    """TUNE or HELD_OUT for each posting."""
    parent = {rid: rid for rid in labelled.records}

    def root(rid: str) -> str:
        while parent[rid] != rid:
            parent[rid] = rid = parent[parent[rid]]
        return rid

    names: dict[str, str] = {}
    alike = [_pair(rid, names.setdefault(read_title(one["title"]).plain, rid)) for rid, one in labelled.records.items()]
    for one, other in [*sorted(labelled.same), *sorted(labelled.read), *alike]:
        first, second = sorted((root(one), root(other)))
        parent[second] = first
    return {rid: sha256(root(rid).encode()).digest()[-1] % 2 for rid in parent}


def fit(labelled: Labelled, half: Mapping[str, int]) -> dict[str, float]:
    """The weights that tell the pairs of near days of the half for tuning apart, with their addresses and without."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    rows, labels, counts = [], [], []
    for with_url in (False, True):
        for pair, facts in _compared(labelled, half, with_url=with_url):
            rows.append(facts)
            labels.append(pair in labelled.same)
            counts.append(HARD if pair in labelled.read else 1)
    names = sorted({name for facts in rows for name in facts} - set(BY_HAND))
    matrix = np.array([[facts.get(name, 0.0) for name in names] for facts in rows])
    model = LogisticRegression(max_iter=5_000).fit(matrix, labels, sample_weight=counts)
    fitted = [model.intercept_[0], *model.coef_[0]]
    return {name: round(float(weight), 2) for name, weight in zip(["bias", *names], fitted, strict=True)}


def measure(labelled: Labelled, half: Mapping[str, int], which: set[int], with_url: bool) -> str:
    """Precision, recall and their mean of the postings of some halves, of all pairs and of those read by hand."""
    events = [event_of(one, with_url=with_url) for rid, one in labelled.records.items() if half[rid] in which]
    began = perf_counter()
    groups = clusters(events)
    seconds = perf_counter() - began
    got = set(_pairs_of([[events[index].uid for index in group] for group in groups])) - labelled.unsure
    same = {pair for pair in labelled.same if half[pair[0]] in which}
    hard = {pair: label for pair, label in labelled.read.items() if half[pair[0]] in which}
    ruled = Counter((pair in got, label) for pair, label in hard.items())
    hits, wrong, missed = ruled[True, True], ruled[True, False], ruled[False, True]
    overall = _scores(len(got & same), len(got), len(same))
    return f"{overall}; hard {_scores(hits, hits + wrong, hits + missed)}; {seconds:.1f} s for {len(events)}"


def _compared(
    labelled: Labelled, half: Mapping[str, int], *, with_url: bool
) -> Iterator[tuple[Pair, dict[str, float]]]:
    """The facts of each pair of near days that no guard keeps apart, of the half for tuning."""
    by_day = defaultdict(list)
    for rid, record in labelled.records.items():
        if half[rid] == TUNE:
            event = event_of(record, with_url=with_url)
            by_day[event.start.toordinal()].append((rid, sketch(event)))
    for day, ones in by_day.items():
        others = [(step, other) for step in range(NEAR + 1) for other in by_day.get(day + step, ())]
        for rid, one in ones:
            for step, (other_rid, other) in others:
                pair = _pair(rid, other_rid)
                if (step or rid < other_rid) and pair not in labelled.unsure and not apart(one, other):
                    yield pair, features(one, other)


def _scores(hits: int, got: int, wanted: int) -> str:
    precision, recall = hits / (got or 1), hits / (wanted or 1)
    return f"F1 {200 * precision * recall / ((precision + recall) or 1):.1f} (P {100 * precision:.1f}, R {100 * recall:.1f})"


def _pairs_of(groups: Sequence[Sequence[str]]) -> Iterator[Pair]:
    for group in groups:
        yield from (_pair(one, other) for at, one in enumerate(group) for other in group[at + 1 :])


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


if __name__ == "__main__":
    main()
