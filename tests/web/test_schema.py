"""Generated requests to every route of the API: no failure, no undocumented answer."""

from __future__ import annotations

import shutil
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from intendance.web import Settings, build_app
from intendance.web._routes import routes

OPERATIONS = sorted(each.name.removeprefix("api-") for each in routes() if each.kind == "api")
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance,
    response_schema_conformance,
]  # fmt: skip
LEAST_CASES = 5_000


@pytest.fixture(scope="module")
def schema(demo_address: str, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The description of a server of its own, over which requests are sent."""
    database = tmp_path_factory.mktemp("schema") / "own.db"
    shutil.copyfile(demo_address, database)
    app = build_app(Settings(database=str(database)))
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)


def _check(schema: Any, name: str, count: int) -> int:
    """Sends ``count`` generated requests, good and bad ones; gives how many were sent."""
    operation = schema.find_operation_by_id(name)
    both = st.one_of(
        operation.as_strategy(generation_mode=GenerationMode.POSITIVE),
        operation.as_strategy(generation_mode=GenerationMode.NEGATIVE),
    )
    sent = 0

    @settings(
        max_examples=count, deadline=None, database=None, derandomize=True,
        phases=(Phase.generate,), suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=both)
    def run(case: schemathesis.Case) -> None:
        nonlocal sent
        sent += 1
        case.validate_response(case.call(), checks=CHECKS)

    run()
    return sent


@pytest.mark.parametrize("name", OPERATIONS)
def test_generated_requests_are_answered_as_documented(schema: Any, name: str) -> None:
    assert _check(schema, name, 8) > 0


@pytest.mark.long
def test_five_thousand_generated_requests_are_answered_as_documented(schema: Any) -> None:
    each = LEAST_CASES // len(OPERATIONS) + 30
    assert sum(_check(schema, name, each) for name in OPERATIONS) >= LEAST_CASES
