"""What a view is given."""

from __future__ import annotations

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from intendance.web import _handle
from intendance.web._static import static_address, static_files
from intendance.web._types import Page, TableColumn, TableData, ViewContext


def test_a_view_is_given_its_reader_and_the_books_that_one_may_see(
    client: TestClient[Litestar], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[ViewContext] = []

    def view(context: ViewContext, **asked: object) -> Page:
        seen.append(context)
        table = TableData("Counts", [TableColumn("n", "n")], [{"n": "=1+1"}])
        return Page("base.html", "<script>", tables={"commitments": table})

    monkeypatch.setattr(_handle, "view_of", lambda route: view)
    page = client.get("/ledger?donor=DEU", headers={"Accept-Language": "de, fr;q=0.9, en;q=0.8"})
    assert "&lt;script&gt;" in page.text
    assert client.get("/ledger/commitments.csv").text == "n\r\n'=1+1\r\n"
    assert client.get("/ledger/commitments.json").text == '{"n":"=1+1"}\n'
    context, whole, _ = seen
    assert (context.language, context.address) == ("fr", "/ledger?donor=DEU")
    assert (context.whole, whole.whole) == (False, True)
    assert (context.user.role, context.note, context.last_visit) == ("administrator", None, None)
    assert context.books.counts()["reports"] == 14
    assert len(context.projection.columns) == context.books.counts()["commitments"]
    assert context.desk is not None
    assert len(context.csrf) > 20


def test_a_static_file_is_kept_by_browsers_under_the_address_of_its_content(
    client: TestClient[Litestar],
) -> None:
    for name in static_files():
        answer = client.get(static_address(name))
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
    assert client.get("/static/none.css").status_code == 404
