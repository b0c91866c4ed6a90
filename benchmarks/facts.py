"""Precision and recall of each fact on its table of examples: `python benchmarks/facts.py [--wrong]`.

The tables are those of the tests (tests/symposia/facts/tables), a third or more of each traps; what the tests know to be misread
counts as it is read: wrongly. They are small, and the readers were mended by them: the figures say what is known to be wrong,
not how often a page of the world is misread. `--wrong` prints the examples that are misread.
"""

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.symposia.facts.examples import READERS, Example, examples, read


def outcome(fact: str, example: Example) -> Counter[str]:
    """How many of an example's facts are told, missed, and said though the text does not say them."""
    said = read(fact, example)
    return Counter(
        told=len(said & example.said), missed=len(example.said - said), wrong=len(said - example.said), examples=1
    ) + Counter(traps=int(example.is_trap), misread=int(said != example.said))


def row(name: str, count: Counter[str]) -> str:
    """A line of the table."""
    precision = count["told"] / (count["told"] + count["wrong"])
    recall = count["told"] / (count["told"] + count["missed"])
    return f"{name:16} {count['examples']:8} {count['traps']:6} {precision:10.1%} {recall:8.1%} {count['misread']:8}"


def main() -> None:
    """Print the table."""
    print(f"{'fact':16} {'examples':>8} {'traps':>6} {'precision':>10} {'recall':>8} {'misread':>8}")
    total: Counter[str] = Counter()
    for fact in READERS:
        count = sum((outcome(fact, example) for example in examples(fact)), Counter[str]())
        print(row(fact, count))
        total += count
    print(row("all", total))
    if "--wrong" in sys.argv:
        print_wrong()


def print_wrong() -> None:
    """Print each example that is misread: what it says, and what is read."""
    for fact in READERS:
        for one in examples(fact):
            said = read(fact, one)
            if said != one.said:
                print(f"{fact}: {one.name} | {one.description}\n    {sorted(one.said)} read as {sorted(said)}")


if __name__ == "__main__":
    main()
