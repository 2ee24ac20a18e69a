"""A solution's flows as the rows of a plan."""

from __future__ import annotations

import msgspec
import numpy as np

from intendance.planning._model import Frame
from intendance.planning._plan import (
    Decisions,
    ExpiredRow,
    FrameworkRow,
    MetRow,
    OrderRow,
    ProductionRow,
    RampRow,
    TransferRow,
)
from intendance.planning._solve._flows import Flows
from intendance.planning._solve._payments import payments


def decisions(model: Frame, flows: Flows) -> Decisions:
    """The rows of a plan, in the order of nations, items and months."""
    orders = _orders(model, flows)
    plain = Decisions(
        orders=orders,
        production=_production(model, flows),
        ramps=_ramps(model, flows),
        transfers=_transfers(model, flows),
        met=_met(model, flows),
        expired=_expired(model, flows),
        frameworks=_frameworks(model, orders),
    )
    return msgspec.structs.replace(plain, payments=payments(model, flows, plain))


def _orders(model: Frame, flows: Flows) -> tuple[OrderRow, ...]:
    data, places = model.data, model.places
    frameworks = data.scenario.frameworks
    found = []
    for band, place, month in np.argwhere(flows.order > 0).tolist():
        item = int(places.item[place])
        framework = int(model.cover.at[place, month])
        price = float(data.price[item])
        if framework >= 0:
            price = model.cover.bands[framework, item][band].price
        found.append(
            OrderRow(
                nation=data.nations[places.nation[place]],
                item=data.items[item],
                month=data.months.name(month),
                quantity=float(flows.order[band, place, month]),
                contract=data.months.name(int(data.contract[item, month])),
                price=price * float(data.index[item, month]),
                framework=frameworks[framework].framework if framework >= 0 else "",
                band=band,
            )
        )
    return tuple(sorted(found, key=lambda row: (row.nation, row.item, row.month, row.band)))


def _production(model: Frame, flows: Flows) -> tuple[ProductionRow, ...]:
    data = model.data
    lines = data.lines
    return tuple(
        ProductionRow(
            line=lines.names[lines.line[k]],
            item=data.items[lines.item[k]],
            month=data.months.name(month),
            quantity=float(flows.made[k, month]),
            setup=bool(flows.setup[k, month] > 0),
            arrives=data.months.name(month + int(lines.lead[k])),
        )
        for k, month in np.argwhere(flows.made > 0).tolist()
    )


def _ramps(model: Frame, flows: Flows) -> tuple[RampRow, ...]:
    data = model.data
    new = np.diff(flows.decided, axis=1, prepend=0.0)
    return tuple(
        RampRow(
            ramp=data.scenario.ramps[k].ramp,
            line=data.scenario.ramps[k].line,
            month=data.months.name(month),
            count=round(float(new[k, month])),
            works=data.months.name(month + data.scenario.ramps[k].lead),
        )
        for k, month in np.argwhere(new > 0.5).tolist()
    )


def _transfers(model: Frame, flows: Flows) -> tuple[TransferRow, ...]:
    data, places = model.data, model.places
    rule = {int(item): right.rule for right in places.rights for item in right.items}
    found = []
    for (sender, recipient, month), amount in flows.sent.items():
        item = int(places.item[sender])
        giver, taker = int(places.nation[sender]), int(places.nation[recipient])
        row = data.scenario.transfers[rule[item][giver, taker]]
        found.append(
            TransferRow(
                sender=data.nations[giver],
                recipient=data.nations[taker],
                item=data.items[item],
                month=data.months.name(month),
                quantity=amount,
                arrives=data.months.name(month + row.lead),
                consent=row.consent,
            )
        )
    return tuple(sorted(found, key=lambda row: (row.sender, row.recipient, row.item, row.month)))


def _met(model: Frame, flows: Flows) -> tuple[MetRow, ...]:
    data, queues = model.data, model.data.queues
    return tuple(
        MetRow(
            nation=data.nations[queues.nation[k]],
            item=data.items[queues.item[k]],
            month=data.months.name(month),
            priority=int(queues.priority[k]),
            kind="request" if queues.kind[k] == "request" else "expenditure",
            quantity=float(flows.met[k, month]),
        )
        for k, month in np.argwhere(flows.met > 0).tolist()
    )


def _expired(model: Frame, flows: Flows) -> tuple[ExpiredRow, ...]:
    data, places = model.data, model.places
    return tuple(
        ExpiredRow(
            nation=data.nations[places.nation[place]],
            item=data.items[places.item[place]],
            month=data.months.name(month),
            quantity=float(flows.expired[place, month]),
        )
        for place, month in np.argwhere(flows.expired > 0).tolist()
    )


def _frameworks(model: Frame, orders: tuple[OrderRow, ...]) -> tuple[FrameworkRow, ...]:
    data = model.data
    total: dict[tuple[str, str], float] = {}
    band: dict[tuple[str, str], int] = {}
    ordered: dict[str, float] = {}
    for row in orders:
        key = row.framework, row.item
        total[key] = total.get(key, 0.0) + row.quantity
        band[key] = max(band.get(key, 0), row.band)
        ordered[row.framework] = ordered.get(row.framework, 0.0) + row.quantity
    found = []
    for k, framework in enumerate(data.scenario.frameworks):
        for item in model.cover.items[k]:
            key = framework.framework, data.items[item]
            found.append(
                FrameworkRow(
                    framework=framework.framework,
                    item=data.items[item],
                    used=ordered.get(framework.framework, 0.0) > 0,
                    band=band.get(key, 0),
                    quantity=total.get(key, 0.0),
                )
            )
    return tuple(found)
