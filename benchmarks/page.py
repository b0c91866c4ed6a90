"""Milliseconds until the page of many events shows its list, and until a filter has been put into effect, in Chromium.

    python benchmarks/page.py [EVENTS]        10000 without an argument

The events are those of benchmarks/export.py; the page is opened from a file, as a reader who downloaded the folder would.
Each figure is the median of several runs; a filter counts until the browser has drawn its result.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from playwright.sync_api import sync_playwright

from benchmarks.export import NOW, made_up
from calendar_export.publish import export

EVENTS = 10_000
RUNS = 5
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
CLOCK = "Date = new Proxy(Date, {construct: (date, known) => known.length ? new date(...known) : new date(then)});"
"""The reader's clock is that of the events: all of them are to come."""
FIRST = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
READY = "performance.timing.domContentLoadedEventEnd - performance.timing.navigationStart"
FILTER = """async ([name, value]) => {
    const input = document.querySelector(value ? `input[name=${name}][value='${value}']` : `input[name=${name}]`);
    const began = performance.now();
    if (value) input.click();
    else { input.value = "lesson"; input.dispatchEvent(new Event("input", {bubbles: true})); }
    await new Promise(drawn => requestAnimationFrame(() => setTimeout(drawn)));
    return performance.now() - began;
}"""
FILTERS = (("topic", "literacy"), ("mode", "online"), ("free", "1"), ("kind", "workshop"), ("q", ""))


def times_of(page: Any, address: str) -> dict[str, float]:
    """What one visit takes."""
    found = {}
    for name, value in FILTERS:
        page.goto(address)
        page.wait_for_selector("[data-part=list] article, [data-part=list] li")
        found["first paint"], found["list"] = page.evaluate(FIRST), page.evaluate(READY)
        found[f"filter {name}"] = page.evaluate(FILTER, [name, value])
    return found


def main() -> None:
    """Print each median."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        export(made_up(number), Path(folder), now=NOW)
        chromium = os.environ.get("SYMPOSIA_CHROMIUM") or shutil.which("chromium")
        browser = play.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page()
        page.add_init_script(f"const then = {NOW.timestamp() * 1000:.0f}; {CLOCK}")
        runs = [times_of(page, f"{Path(folder).as_uri()}/index.html") for _ in range(RUNS)]
        browser.close()
    for name in runs[0]:
        print(f"{name:16} {median(run[name] for run in runs):8.0f} ms at {number:,} events")


if __name__ == "__main__":
    main()
