"""Speed of reading beside spaCy, with the accuracy of the same run: `python bench/reading.py`.

One core, extracted text (for ours, a document: what decoding or extraction gives; the time with
that work is told, too), models loaded, each side in a process of its own, runs interleaved;
spaCy by `nlp.pipe`, with the fastest of three batch sizes, with its whole French model and with
its names alone. (a) Dense: articles in which nearly every sentence is about military support.
(b) Mixed: a stream with 95 % general news; there also spaCy on the sentences alone that a filter
passes (names of equipment; the filter's time counts). Ratios are of processor seconds, medians of
`--repeat` runs; a ratio is the median of the ratios of neighbouring runs. Peak memory is that of
a fresh process with texts and model (spaCy in batches of 128). Texts: see `_texts.py`; of the
dense articles half are annotated, by somebody who had not read the rules and before the first run.

What favours whom: a stream repeats its articles, which helps both sides' caches; spaCy's names
know no kinds of equipment, figures or acts, so a mention counts as found where any of its names
overlaps it. Where `make fast` has made a compiled reader, it runs beside the plain one, and must
find the same. `--write` puts the section into RESULTS.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from _measure import machine
from _results import replace_section
from _texts import dense, mixed, seeds

HERE = Path(__file__).resolve().parent
SIDES = ("ours", "full", "ner")
OURS = ("ours", "fast")
TARGETS = {("dense", "full"): (15, 100), ("dense", "ner"): (7, 40), ("mixed", "full"): (300, 1000)}
FAST = HERE.parent / ".venv-fast" / "bin" / "python"
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
NAMES = {
    "ours": "Intendance",
    "fast": "Intendance, compiled",
    "full": "spaCy, whole model",
    "ner": "spaCy, names only",
}
VARIANTS = {"filtered": "filtered sentences", "from text": "and making the document"}


class Worker:
    """One side in its process."""

    def __init__(self, name: str, core: int) -> None:
        side, python = ("ours", str(FAST)) if name == "fast" else (name, sys.executable)
        environment = os.environ | dict.fromkeys(THREADS, "1")
        if name == "fast":
            environment.pop("PYTHONPATH", None)
        self.process = subprocess.Popen(
            [python, str(HERE / "_readers.py"), side],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        os.sched_setaffinity(self.process.pid, {core})

    def ask(self, what: str, **options: Any) -> Any:
        """The answer of the process to a command; RuntimeError where it ended."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"do": what, **options}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.process.args}: ended")
        return json.loads(line)

    def end(self) -> None:
        """End the process."""
        self.process.communicate()


class Timed(NamedTuple):
    """Processor seconds of each side on one stream, run by run; the stream's characters."""

    stream: str
    documents: int
    characters: int
    seconds: dict[str, list[float]]

    def ratio(self, side: str, base: str = "ours") -> float:
        """How many times as long as ours a side takes: the median over the runs."""
        pairs = zip(self.seconds[side], self.seconds[base], strict=True)
        return median(other / ours for other, ours in pairs)

    def rate(self, side: str) -> float:
        """Characters a second."""
        return self.characters / median(self.seconds[side])


def timed(
    workers: dict[str, Worker], stream: str, texts: list[str], repeat: int, options: dict[str, Any]
) -> Timed:
    """Interleaved runs of all sides on a stream; on the mixed one spaCy filtered, too."""
    runs: dict[str, list[float]] = {}
    for _ in range(repeat):
        for name, worker in workers.items():
            used, _wall = worker.ask("time", stream=stream, **options)
            runs.setdefault(name, []).append(used)
            variant = "from text" if name in OURS else "filtered"
            if stream == "mixed" or name in OURS:
                used, _wall = worker.ask("time", stream=stream, variant=variant, **options)
                runs.setdefault(f"{name} {variant}", []).append(used)
    return Timed(stream, len(texts), sum(map(len, texts)), runs)


def peaks(core: int, options: dict[str, Any]) -> dict[str, float]:
    """Peak memory (MiB) of a fresh process of each side that reads the mixed stream once."""
    found = {}
    for name in SIDES:
        worker = Worker(name, core)
        worker.ask("time", stream="mixed", batch=128, **options)
        found[name] = worker.ask("peak")
        worker.end()
    return found


def section(chosen: argparse.Namespace) -> Iterator[str]:
    """Run everything; the lines of the section."""
    core = max(os.sched_getaffinity(0))
    sides = ("ours", "fast", "full", "ner") if FAST.exists() else SIDES
    workers = {name: Worker(name, core) for name in sides}
    mix = {"seed": chosen.seed, "count": chosen.count}
    streams = [("dense", dense() * 4, {"times": 4})]
    if seeds():
        streams.append(("seeds", seeds() * 8, {"times": 8}))
    streams.append(("mixed", [text for _, text in mixed(chosen.count, chosen.seed)], mix))
    load = os.getloadavg()[0]
    results = [timed(workers, *each[:2], chosen.repeat, each[2]) for each in streams]
    yield "## Reading: speed beside spaCy"
    yield ""
    yield (
        f"`python bench/reading.py --repeat {chosen.repeat} --count {chosen.count} "
        f"--seed {chosen.seed}`. {machine()}, one core used, load average {load:.1f} at the "
        f"start; spaCy {metadata.version('spacy')}, "
        f"fr_core_news_sm {metadata.version('fr_core_news_sm')}, "
        f"numpy {metadata.version('numpy')}; {platform.machine()}. Medians of {chosen.repeat} "
        "interleaved runs, processor seconds; what is compared stands at the top of the script."
    )
    yield ""
    yield from _speed(results)
    other = workers["ours"].ask("other", **mix)
    yield from _mixed_told(other, workers, mix)
    yield from _accuracy(workers)
    yield from _memory(peaks(core, mix))
    yield from _pages(workers["ours"].ask("pages"))
    for worker in workers.values():
        worker.end()


def _speed(results: list[Timed]) -> Iterator[str]:
    yield "| stream | documents | kchar | reader | Mchar/s | its time : ours | lowest, highest |"
    yield "|--|--:|--:|--|--:|--:|--|"
    told = {"dense": "dense articles", "seeds": "the five seeds", "mixed": "95 % general news"}
    for each in results:
        head = f"| {told[each.stream]} | {each.documents} | {each.characters / 1000:.0f} "
        yield f"{head}| Intendance | {each.rate('ours') / 1e6:.2f} | 1 | |"
        for side in each.seconds:
            if side == "ours":
                continue
            base, _, variant = side.partition(" ")
            name = NAMES[base] + (f", {VARIANTS[variant]}" if variant else "")
            pairs = zip(each.seconds[side], each.seconds["ours"], strict=True)
            ratios = sorted(other / ours for other, ours in pairs)
            yield (
                f"| | | | {name} | {each.rate(side) / 1e6:.4f} | **{each.ratio(side):.1f}** "
                f"| {ratios[0]:.1f}, {ratios[-1]:.1f} |"
            )
    yield ""
    for each in results:
        for base in (name for name in OURS if name in each.seconds):
            for side in NAMES:
                target = TARGETS.get((each.stream, side))
                if target is not None:
                    ratio = each.ratio(side, base)
                    met = "met" if ratio >= target[0] else "missed"
                    aim = "reached" if ratio >= target[1] else "not reached"
                    yield (
                        f"- {told[each.stream]}, {NAMES[side]} to {NAMES[base]}: {ratio:.1f}; "
                        f"target {target[0]} {met}, aim {target[1]} {aim}."
                    )
    mix = results[-1]
    share = _dense_seconds(results[0], mix) / median(mix.seconds["ours"])
    yield ""
    yield (
        f"The dense documents in the mixed stream take {100 * share:.0f} % of our time there: at "
        f"{results[0].rate('ours') / 1e6:.2f} Mchar/s on dense text, were all else free, the ratio "
        f"to the whole model could not pass {_bound(results[0], mix):.0f}."
    )
    yield ""


def _dense_seconds(dense_one: Timed, mix: Timed) -> float:
    """What the dense documents of the mixed stream cost us, by our speed on dense text."""
    characters = mix.documents // 20 * dense_one.characters / dense_one.documents
    return characters / dense_one.rate("ours")


def _bound(dense_one: Timed, mix: Timed) -> float:
    """The ratio on the mixed stream if documents that are not dense cost nothing at all."""
    return median(mix.seconds["full"]) / _dense_seconds(dense_one, mix)


def _mixed_told(
    other: dict[str, Any], workers: dict[str, Worker], mix: dict[str, int]
) -> Iterator[str]:
    sentences, passed = workers["full"].ask("filter", stream="mixed", **mix)
    worth = other["worth"]
    yield (
        f"Of {sum(worth.values())} general documents in the mixed stream {worth['none']} cost one "
        f"pass, of {worth['light']} single sentences are looked at, {worth['full']} are read in "
        f"full; they give {other['statements']} statements, {other['live']} of them live (none is "
        f"right). The filter before spaCy passes {passed} of {sentences} sentences."
    )
    yield ""


def _accuracy(workers: dict[str, Worker]) -> Iterator[str]:
    found = {name: worker.ask("quality") for name, worker in workers.items()}
    if found.get("fast", found["ours"]) != found["ours"]:
        raise RuntimeError("the compiled reader finds something else: make fast")
    yield "Accuracy of the same processes on the annotated half of the dense articles:"
    yield ""
    yield "```text"
    yield from found["ours"]["score"]
    yield "```"
    yield ""
    yield "| mentions found | nations | figures | items |"
    yield "|--|--:|--:|--:|"
    rows = (
        ("ours", "Intendance (inside a statement that fills the field)"),
        ("full", "spaCy, whole model (overlaps any name)"),
        ("ner", "spaCy, names only (overlaps any name)"),
    )
    for name, told in rows:
        cells = " | ".join(
            f"{hits}/{total} = {hits / total:.2f}"
            for hits, total in found[name]["mentions"].values()
        )
        yield f"| {told} | {cells} |"
    yield ""


def _memory(found: dict[str, float]) -> Iterator[str]:
    yield (
        f"Peak memory, a process that reads the mixed stream: Intendance {found['ours']:.0f} MiB, "
        f"spaCy {found['full']:.0f} MiB whole, {found['ner']:.0f} for names only."
    )
    yield ""


def _pages(found: dict[str, Any]) -> Iterator[str]:
    count, seconds = found["pages"], found["seconds"]
    yield (
        f"Extraction, timed apart: {count} HTML pages of {found['bytes'] / count / 1000:.0f} kB "
        f"with menus, scripts and related headlines become documents at {count / seconds:.0f} "
        f"pages/s, {found['bytes'] / seconds / 1e6:.1f} MB/s of HTML, "
        f"{found['characters'] / seconds / 1e6:.2f} Mchar/s of text "
        f"({found['kept']} of {count} keep the article, {found['related']} keep related headlines)."
    )


def main() -> int:
    """Print the section; with ``--write`` put it into RESULTS.md."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repeat", type=int, default=7)
    parser.add_argument("--count", type=int, default=1000, help="documents in the mixed stream")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="write bench/RESULTS.md")
    chosen = parser.parse_args()
    lines = list(section(chosen))
    print("\n".join(lines))
    if chosen.write:
        replace_section(HERE / "RESULTS.md", "reading", ["", *lines, ""])
    return 0


if __name__ == "__main__":
    sys.exit(main())
