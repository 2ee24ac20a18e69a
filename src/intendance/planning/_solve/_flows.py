"""A solution's flows made to agree to the last digit before they become rows.

What is made and given comes first; what is ordered, taken and met follows from it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from intendance.planning._model import Frame, Model
from intendance.planning._model._blocks import Floats

Sent = dict[tuple[int, int, int], float]
"""Units by sending place, receiving place and month sent."""


@dataclass(frozen=True)
class Flows:
    """Amounts by the axes of the model's blocks; ``sent`` tells pairs of places apart."""

    made: Floats
    setup: Floats
    decided: Floats
    order: Floats
    met: Floats
    expired: Floats
    sent: Sent
    lead: dict[tuple[int, int], int]
    used: Floats
    shares: dict[tuple[int, ...], Floats]


def flows_of(model: Model, x: Floats) -> Flows:
    """The flows of a solution. Amounts below a millionth of a hundredth of scale become 0."""
    unit = model.problem.col_scale
    x = np.where(np.abs(x) < 1e-7 * unit, 0.0, x)
    # One more for what has no column: position -1.
    x = np.append(np.where(model.problem.integer, np.round(x), x), 0.0)

    def take(name: str) -> Floats:
        return np.asarray(x[model.columns[name]], dtype=np.float64)

    made = take("made")
    order = taken(model, made, take("order"))
    sent, lead = _sent(model, take("give"), take("take"), take("arc"))
    expired = take("expired")
    met = served(model, order, sent, lead, take("met"), expired)
    setup = np.where(made > 0, take("setup"), 0.0)
    return Flows(
        made=made,
        setup=setup,
        decided=np.maximum.accumulate(take("decided"), axis=1),
        order=order,
        met=met,
        expired=expired,
        sent=sent,
        lead=lead,
        used=take("used") if "used" in model.columns else np.zeros(0),
        shares={
            _payers(model, name): take(name) for name in model.columns if name.startswith("share ")
        },
    )


def _payers(model: Model, name: str) -> tuple[int, ...]:
    """The nations that share a cost."""
    names = model.problem.columns[name].labels[0]
    return tuple(model.data.nation_at[nation] for (nation,) in names)


def taken(model: Frame, made: Floats, order: Floats) -> Floats:
    """Orders scaled so that what arrives is taken, neither more nor less (P5).

    ``made`` is cut in place where no nation orders all of it.
    """
    data, places = model.data, model.places
    total = np.zeros((len(data.items), data.size))
    np.add.at(total, places.item, order.sum(axis=0))
    arrives = _arrivals(model, made)
    spare = ~(places.exact | data.component)[:, None] & (arrives > total)
    keep = np.divide(total, arrives, out=np.ones(total.shape), where=spare)
    for k, (item, lead) in enumerate(
        zip(data.lines.item.tolist(), data.lines.lead.tolist(), strict=True)
    ):
        if lead < data.size:
            made[k, : data.size - lead] *= keep[item, lead:]
    arrives = _arrivals(model, made)
    factor = np.divide(arrives, total, out=np.zeros(total.shape), where=total > 0)
    return np.asarray(order * factor[places.item][None, :, :], dtype=np.float64)


def _arrivals(model: Frame, made: Floats) -> Floats:
    """What arrives of each item in each month."""
    data = model.data
    arrives = np.zeros((len(data.items), data.size))
    for k, (item, lead) in enumerate(
        zip(data.lines.item.tolist(), data.lines.lead.tolist(), strict=True)
    ):
        if lead < data.size:
            arrives[item, lead:] += made[k, : data.size - lead]
    return arrives


def _sent(
    model: Model, give: Floats, take: Floats, arc: Floats
) -> tuple[Sent, dict[tuple[int, int], int]]:
    pools = model.places.pools
    months = model.data.size
    sent: Sent = {}
    lead: dict[tuple[int, int], int] = {}

    def add(sender: int, recipient: int, month: int, days: int, amount: float) -> None:
        key = sender, recipient, month
        sent[key] = sent.get(key, 0.0) + amount
        lead[sender, recipient] = days

    for k, month in np.argwhere(arc > 0).tolist():
        add(int(pools.arc_from[k]), int(pools.arc_to[k]), month, int(pools.arc_lead[k]),
            float(arc[k, month]))  # fmt: skip
    supply: dict[tuple[int, int], dict[int, float]] = {}
    for k, month in np.argwhere(give > 0).tolist():
        row = supply.setdefault((int(pools.give_hub[k]), month), {})
        row[int(pools.give_place[k])] = float(give[k, month])
    wanted: dict[tuple[int, int], dict[int, float]] = {}
    for k, month in np.argwhere(take > 0).tolist():
        row = wanted.setdefault((int(pools.take_hub[k]), month), {})
        row[int(pools.take_place[k])] = float(take[k, month])
    takers: dict[int, list[int]] = {}
    for hub, place in zip(pools.take_hub.tolist(), pools.take_place.tolist(), strict=True):
        takers.setdefault(hub, []).append(place)
    for (hub, month), givers in supply.items():
        arrival = month + int(pools.hub_lead[hub])
        if arrival >= months:
            for sender, amount in givers.items():
                other = next(place for place in takers[hub] if place != sender)
                add(sender, other, month, arrival - month, amount)
            continue
        for (sender, recipient), amount in paired(givers, wanted.get((hub, arrival), {})).items():
            add(sender, recipient, month, arrival - month, amount)
    return sent, lead


def paired(givers: dict[int, float], takers: dict[int, float]) -> dict[tuple[int, int], float]:
    """Splits what is given and taken together into pairs; nobody gives to itself.

    Totals are those of the givers. What one place both gives and takes beyond all else is neither
    given nor taken.
    """
    total, wanted = sum(givers.values()), sum(takers.values())
    if total <= 0 or wanted <= 0:
        return {}
    give = dict(givers)
    take = {place: amount * total / wanted for place, amount in takers.items()}
    pairs: dict[tuple[int, int], float] = {}
    while total > 1e-12 * sum(givers.values()):
        loads = {p: give.get(p, 0.0) + take.get(p, 0.0) for p in {*give, *take}}
        most = max(loads, key=lambda p: (loads[p], -p))
        own = loads[most] - total
        if own >= -1e-12 * total:
            _last(pairs, give, take, most)
            break
        # Whoever gives most next to the fullest place; no other place may become too full.
        if give.get(most, 0.0) > 0:
            sender = most
            recipient = max((p for p in take if p != most), key=lambda p: (take[p] > 0, loads[p]))
        else:
            recipient = most
            sender = max((p for p in give if p != most), key=lambda p: (give[p] > 0, loads[p]))
        rest = max((loads[p] for p in loads if p not in (sender, recipient)), default=0.0)
        amount = min(give[sender], take[recipient], total - rest)
        if amount <= 0:
            break
        pairs[sender, recipient] = pairs.get((sender, recipient), 0.0) + amount
        give[sender] -= amount
        take[recipient] -= amount
        total -= amount
    return pairs


def _last(
    pairs: dict[tuple[int, int], float], give: dict[int, float], take: dict[int, float], most: int
) -> None:
    """One place gives or takes in every pair that is left; its own excess cancels out."""
    for recipient, amount in take.items():
        if most in give and recipient != most and amount > 0:
            pairs[most, recipient] = pairs.get((most, recipient), 0.0) + amount
    for sender, amount in give.items():
        if most in take and sender != most and amount > 0:
            pairs[sender, most] = pairs.get((sender, most), 0.0) + amount


def served(
    model: Frame,
    order: Floats,
    sent: Sent,
    lead: dict[tuple[int, int], int],
    met: Floats,
    expired: Floats,
) -> Floats:
    """What is met, cut where stock or what was asked is short of it by a rounding."""
    data, places = model.data, model.places
    queues = data.queues
    flow = order.sum(axis=0) + data.owed[places.nation, places.item] - expired
    flow[:, 0] += data.opening[places.nation, places.item]
    for (sender, recipient, month), amount in sent.items():
        flow[sender, month] -= amount
        arrival = month + lead[sender, recipient]
        if arrival < data.size:
            flow[recipient, arrival] += amount
    place = places.at[queues.nation, queues.item]
    here = place >= 0
    met = np.where(here[:, None], met, 0.0)
    stock = np.zeros(len(places.nation))
    so_far = np.zeros(len(place))
    asked = np.cumsum(queues.asked, axis=1)
    for month in range(data.size):
        limit = np.where(queues.waits, asked[:, month] - so_far, queues.asked[:, month])
        met[:, month] = np.clip(met[:, month], 0.0, np.maximum(limit, 0.0))
        stock += flow[:, month]
        out = np.zeros(len(stock))
        np.add.at(out, place[here], met[here, month])
        factor = np.where(out > stock, np.maximum(stock, 0.0) / np.where(out > 0, out, 1.0), 1.0)
        met[here, month] *= factor[place[here]]
        stock -= out * factor
        so_far += met[:, month]
    return met
