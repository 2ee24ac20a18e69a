"""Work elsewhere: none, processes, a Dask cluster."""

from __future__ import annotations

import os

import distributed
import pytest

from intendance.api import executor
from intendance.terms import IntendanceError


def test_one_job_needs_no_executor():
    with executor(1) as there:
        assert there is None


def test_several_jobs_are_processes_of_their_own():
    with executor(2) as there:
        assert there is not None
        assert there.submit(os.getpid).result() != os.getpid()


@pytest.mark.filterwarnings("ignore::Warning")
def test_a_cluster_does_the_work(monkeypatch: pytest.MonkeyPatch):
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None
    ) as cluster:
        with executor(1, cluster.scheduler_address) as there:
            assert there is not None
            assert there.submit(pow, 2, 5).result() == 32
        monkeypatch.setattr("intendance.api._executor.program_version", lambda: "0.0.0")
        answers = iter(["9.9.9"])
        monkeypatch.setattr(
            "distributed.Client.run", lambda *_, **__: {"tcp://there": next(answers)}
        )
        wrong = pytest.raises(IntendanceError, match=r"Expected intendance 0\.0\.0")
        with wrong as caught, executor(1, cluster.scheduler_address):
            pass
        assert caught.value.code == "cluster.mismatch"


def test_a_scheduler_that_does_not_answer_is_an_error(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("intendance.api._cluster._ANSWER", 0.2)
    with pytest.raises(IntendanceError) as caught, executor(1, "tcp://127.0.0.1:9"):
        pass
    assert caught.value.code == "cluster.unreachable"
