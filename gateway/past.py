"""What an operator may ask of a venue's past, out of the store that its follower keeps.

A store is read on a thread beside the event loop, which trading waits for. It answers as far as the follower has come.
"""

from pathlib import Path
from typing import TypeAlias

from gateway import schemas
from pyengine.errors import HistoryError
from pyengine.history.store import ORDER_ID_MASK, StoreReader, reading

Asked: TypeAlias = schemas.AdminGetFills | schemas.AdminGetMovements


class Past:
    """Answers out of the history of a venue. Knows nothing but the file, so any thread may ask."""

    def __init__(self, store: Path) -> None:
        self._store = store

    def answer(self, request: Asked) -> schemas.Fills | schemas.Movements | schemas.Error:
        """A page; `unavailable` if the store cannot be read, or is not there yet."""
        try:
            with reading(self._store) as store:
                if isinstance(request, schemas.AdminGetFills):
                    return _fills(store, request)
                return _movements(store, request)
        except HistoryError as error:
            return schemas.Error(ref=request.ref, code="unavailable", message=str(error))


def _fills(store: StoreReader, request: schemas.AdminGetFills) -> schemas.Fills:
    symbols = [symbol for symbol, *_ in store.instruments()]
    rows, following = store.fills(request.account, request.first, request.limit)
    fills = [
        schemas.FillInfo(
            settlement_id=settlement_id,
            seq=sequence,
            timestamp_ns=timestamp_ns,
            order_id=order_id & ORDER_ID_MASK,
            client_order_id=client_order_id,
            instrument=symbols[instrument],
            side=side,
            liquidity=liquidity,
            price=price,
            quantity=quantity,
            cash=cash,
            fee=fee,
        )
        for (
            settlement_id,
            side,
            sequence,
            timestamp_ns,
            _account,
            order_id,
            client_order_id,
            instrument,
            liquidity,
            price,
            quantity,
            cash,
            fee,
        ) in rows
    ]
    return schemas.Fills(ref=request.ref, seq=store.position.sequence, fills=fills, next=following)


def _movements(store: StoreReader, request: schemas.AdminGetMovements) -> schemas.Movements:
    rows, following = store.movements(request.account, request.first, request.limit)
    movements = [
        schemas.MovementInfo(
            seq=sequence,
            timestamp_ns=timestamp_ns,
            kind=kind,
            asset=store.assets[asset][0],
            amount=amount,
            withdrawal_id=withdrawal_id or 0,
            counterparty=counterparty,
        )
        for sequence, timestamp_ns, kind, asset, amount, withdrawal_id, counterparty in rows
    ]
    return schemas.Movements(ref=request.ref, seq=store.position.sequence, movements=movements, next=following)
