"""Commitments as FollowTheMoney entities: who gives, who gets, who supplies, and the proof.

A commitment under contract is a Contract with an award to each supplier, any other a Project with
its participants; each report is an Article, tied to what it speaks of with its words.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

from intendance.catalogue import Catalogue
from intendance.exchange._export.words import words_of
from intendance.ledger import Extract, Sourced
from intendance.terms import Commitment, Money, Report, short_hash

Entity = dict[str, Any]


def entities(extract: Extract, catalogue: Catalogue, language: str) -> Iterator[Entity]:
    """The entities of an extract, each once; what they name comes before them."""
    found = _Entities(catalogue, language)
    for report in extract.reports:
        yield _article(report)
    by_commitment: dict[str, list[Sourced]] = {}
    for held in extract.statements:
        if held.commitment is not None:
            by_commitment.setdefault(held.commitment, []).append(held)
    for each in extract.commitments:
        yield from found.commitment(each)
        yield from _proofs(each, by_commitment.get(each.id, []))


class _Entities:
    def __init__(self, catalogue: Catalogue, language: str) -> None:
        self._catalogue = catalogue
        self._language = language
        self._known: set[str] = set()

    def commitment(self, each: Commitment) -> Iterator[Entity]:
        """A commitment with its parties."""
        roles = [(actor, "donor") for actor in each.donors]
        roles += [(actor, "financer") for actor in each.financed_by]
        recipients = each.recipient.split("+") if each.recipient else []
        roles += [(actor, "recipient") for actor in recipients]
        suppliers = tuple(dict.fromkeys((*each.supplied_by, *each.made_by)))
        for actor in dict.fromkeys([actor for actor, _ in roles] + list(suppliers)):
            yield from self._party(actor)
        contracted = each.stages.get("contracted")
        if contracted is None or not suppliers:
            roles += [(actor, "supplier") for actor in suppliers]
            yield self._thing("Project", each, each.stages.get("promised"))
            for actor, role in dict.fromkeys(roles):
                yield _entity(
                    "ProjectParticipant", (each.id, actor, role),
                    project=[each.id], participant=[party_id(actor)], role=[role],
                )  # fmt: skip
            return
        contract = self._thing("Contract", each, contracted)
        contract["properties"] |= {
            "title": contract["properties"]["name"],
            "authority": [party_id(actor) for actor in each.donors],
        }
        if contracted.time.start and contracted.time.start == contracted.time.end:
            contract["properties"]["contractDate"] = [contracted.time.start]
        yield contract
        for actor in suppliers:
            yield _entity(
                "ContractAward", (each.id, actor, "award"),
                contract=[each.id], supplier=[party_id(actor)],
            )  # fmt: skip

    def _thing(self, schema: str, each: Commitment, state: Any) -> Entity:
        donors = ", ".join(self._name(actor) for actor in each.donors)
        item = self._name(each.item) if each.item else "?"
        to = f" → {self._name(each.recipient)}" if each.recipient else ""
        fields: dict[str, list[str]] = {"name": [f"{item}: {donors}{to}"]}
        if each.furthest_stage:
            fields["status"] = [each.furthest_stage]
        # With one amount the entity has a value; several currencies would be read as one.
        money = [] if state is None else [m for m in state.money if exact(m) is not None]
        if len(money) == 1:
            fields |= {"amount": [str(exact(money[0]))], "currency": [money[0].currency]}
        return {"id": each.id, "schema": schema, "properties": fields}

    def _party(self, actor: str) -> Iterator[Entity]:
        if actor in self._known:
            return
        self._known.add(actor)
        schema = "Organization"
        if actor in self._catalogue.nations:
            schema = "PublicBody"
        elif actor in self._catalogue.makers:
            schema = "Company"
        fields = {"name": [self._name(actor)]}
        nation = self._catalogue.nation_of(actor)
        if nation in _codes()["nations"]:
            fields["country"] = [_codes()["nations"][nation]]
        yield {"id": party_id(actor), "schema": schema, "properties": fields}

    def _name(self, id_: str) -> str:
        return " + ".join(self._catalogue.label(one, self._language) for one in id_.split("+"))


@cache
def _codes() -> dict[str, dict[str | None, str]]:
    source = resources.files("intendance.exchange").joinpath("data", "codes.toml")
    found: dict[str, dict[str | None, str]] = tomllib.loads(source.read_text(encoding="utf-8"))
    return found


def party_id(actor: str) -> str:
    """The identifier of an actor as an entity."""
    return f"actor-{actor}"


def exact(money: Money) -> Any:
    """The amount where it is one number."""
    return money.low if money.low == money.high else None


def _article(report: Report) -> Entity:
    fields: dict[str, list[str]] = {"title": [report.title or report.address]}
    if "://" in report.address:
        fields["sourceUrl"] = [report.address]
    else:
        fields["fileName"] = [report.address]
    if report.publisher:
        fields["publisher"] = [report.publisher]
    if report.published.start and report.published.start == report.published.end:
        fields["date"] = [report.published.start]
    if report.language in _codes()["languages"]:
        fields["language"] = [_codes()["languages"][report.language]]
    if report.terms:
        fields["notes"] = [report.terms]
    return {"id": report.id, "schema": "Article", "properties": fields}


def _proofs(each: Commitment, statements: list[Sourced]) -> Iterator[Entity]:
    for held in statements:
        said = held.corrected or held.statement
        yield _entity(
            "Documentation", (each.id, said.id),
            document=[said.report], entity=[each.id], role=[said.act],
            summary=[words_of(said, held.report)], recordId=[said.id],
        )  # fmt: skip


def _entity(schema: str, key: tuple[str, ...], **fields: list[str]) -> Entity:
    return {"id": f"{schema.lower()}-{short_hash(key)}", "schema": schema, "properties": fields}
