"""Reading on a Dask cluster gives the ledger that one machine gives, whatever befalls a worker."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from tests.reading.input.archives import packed, record

import intendance
from intendance.api import _cluster as cluster
from intendance.terms import IntendanceError

distributed = pytest.importorskip("distributed")

ITEMS = ("canons Caesar", "chars Leopard 2A4", "systèmes IRIS-T SLM", "obusiers M109")


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Thirty files and two archives; one record is damaged, one file is empty."""
    folder = tmp_path / "reports"
    folder.mkdir()
    pages = []
    for number in range(60):
        item = ITEMS[number % len(ITEMS)]
        words = f"La France a livré {number + 2} {item} à l'Ukraine en mars 2023."
        pages.append(record(number, f"<html lang=fr><p>{words}</p></html>".encode()))
        if number % 2:
            text = f"date 2023-04-{number // 2 + 1:02}\n{words.replace('France', 'Pologne')}\n"
            (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    pages[7] = pages[7].replace(b"\r\n\r\nHTTP", b"\r\n\r\n", 1)
    (folder / "pages.warc.gz").write_bytes(packed(*pages[:40]))
    (folder / "pages.warc").write_bytes(b"".join(pages[40:]))
    (folder / "empty.txt").write_bytes(b"")
    return folder


@pytest.fixture
def local() -> Iterator[str]:
    """The address of a scheduler in this process, with two workers."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=False, dashboard_address=":0"
        ) as made:
            yield made.scheduler_address


def digest(path: Path, reports: Path, **options) -> tuple[str, int, int]:
    with intendance.open_ledger(path) as ledger:
        outcome = ledger.read(reports, **options)
        return ledger.verify().digest, outcome.read, len(outcome.skipped)


def test_a_cluster_gives_the_digest_of_one_machine(tmp_path, reports, local):
    alone = digest(tmp_path / "one.db", reports)
    assert alone[1:] == (89, 2)
    assert digest(tmp_path / "two.db", reports, scheduler=local) == alone


def test_a_catalogue_of_ones_own_goes_to_the_workers(tmp_path, reports, local):
    own = tmp_path / "own.toml"
    own.write_text(
        '[[kind]]\nid = "essai-9"\nclass = "towed-howitzer"\nfr = ["Essai-9"]\n', encoding="utf-8"
    )
    (reports / "own.txt").write_text("La France a livré 3 Essai-9 à l'Ukraine.\n", encoding="utf-8")
    with intendance.open_ledger(tmp_path / "one.db", catalogue=[own]) as ledger:
        ledger.read(reports, scheduler=local)
        assert "essai-9" in {each.item for each in ledger.commitments()}
        kit = cluster.kit_of(ledger.catalogue)
    own.unlink()
    assert cluster.check_worker(kit) is None
    assert cluster.check_worker(cluster.kit_of(intendance.load_catalogue())) is None


def test_a_worker_that_would_read_otherwise_is_refused(tmp_path, reports, local, monkeypatch):
    kit = cluster.kit_of(intendance.load_catalogue())
    other = msgspec.structs.replace(kit, reader="0")
    monkeypatch.setattr(cluster, "kit_of", lambda _: other)
    with intendance.open_ledger(tmp_path / "one.db") as ledger:
        with pytest.raises(IntendanceError) as caught:
            ledger.read(reports, scheduler=local)
        assert ledger.reports() == []
    assert caught.value.code == "cluster.mismatch"
    assert caught.value.expected == other.told()
    assert caught.value.got == kit.told()
    with pytest.raises(IntendanceError, match=r"got intendance .* - at a worker"):
        cluster.read_on_worker(other, None)  # type: ignore[arg-type]


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense", "tcp://127.0.0.1:x"])
def test_a_scheduler_that_does_not_answer_is_one_error(tmp_path, address, monkeypatch):
    monkeypatch.setattr(cluster, "_ANSWER", 0.5)
    with (
        intendance.open_ledger(tmp_path / "one.db") as ledger,
        pytest.raises(IntendanceError) as caught,
    ):
        ledger.read(tmp_path, scheduler=address)
    assert caught.value.code == "cluster.unreachable"
    assert caught.value.where == address
    assert str(caught.value).startswith(
        "Expected a scheduler with a worker that answers within 0.5 seconds, got '"
    )


def test_a_cluster_needs_its_extra(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        intendance.open_ledger(tmp_path / "one.db") as ledger,
        pytest.raises(IntendanceError) as caught,
    ):
        ledger.read(tmp_path, scheduler="tcp://127.0.0.1:9")
    assert caught.value.code == "cluster.extra-missing"
    assert str(caught.value) == (
        "Expected the package distributed, got none - at tcp://127.0.0.1:9"
    )


def start(module: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.{module}", "--no-dashboard", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers as processes of their own, no one to start them again."""
    place = tmp_path / "scheduler.json"
    options = ["--nthreads", "1", "--no-nanny", "--local-directory", str(tmp_path)]
    begun = [start("dask_scheduler", "--port", "0", "--scheduler-file", str(place))]
    try:
        begun += [start("dask_worker", "--scheduler-file", str(place), *options) for _ in "12"]
        until(place.exists)
        address = json.loads(place.read_text(encoding="utf-8"))["address"]
        with distributed.Client(address, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
        yield address, begun[1:]
    finally:
        for each in reversed(begun):
            each.kill()
            each.wait()


def until(true) -> None:
    for _ in range(600):
        if true():
            return
        time.sleep(0.1)
    raise TimeoutError


@pytest.mark.long
def test_a_worker_that_is_killed_costs_only_its_own_work(tmp_path, reports, processes):
    address, workers = processes
    alone = digest(tmp_path / "one.db", reports)

    def kill_one(done: int, _total: int) -> None:
        if done >= 20 and workers[0].poll() is None:
            os.kill(workers[0].pid, signal.SIGKILL)

    assert digest(tmp_path / "two.db", reports, scheduler=address, progress=kill_one) == alone
    assert workers[0].wait(timeout=10) == -signal.SIGKILL
    assert workers[1].poll() is None


@pytest.mark.long
def test_a_cluster_that_loses_all_its_workers_is_one_error(
    tmp_path, reports, processes, monkeypatch
):
    address, workers = processes
    monkeypatch.setattr(cluster, "_ALONE", 1.0)

    def kill_all(done: int, _total: int) -> None:
        for each in workers if done >= 20 else []:
            each.kill()

    with (
        intendance.open_ledger(tmp_path / "two.db") as ledger,
        pytest.raises(IntendanceError) as caught,
    ):
        ledger.read(reports, scheduler=address, progress=kill_all)
    assert caught.value.code == "cluster.failed"
    assert str(caught.value).startswith("Expected a cluster that does the work, got ")
