"""What an operator may ask of a venue's past, and an account of its own, out of the store that its follower keeps.

A store is read on a thread beside the event loop, which trading waits for. It answers as far as the follower has come.
"""

from pathlib import Path
from typing import Final, TypeAlias

from gateway import schemas
from pyengine.errors import HistoryError
from pyengine.history.statement import Statement
from pyengine.history.store import ORDER_ID_MASK, StoreReader, reading

Asked: TypeAlias = schemas.AdminGetFills | schemas.AdminGetMovements | schemas.AdminGetStatement | schemas.OwnHistory
Answer: TypeAlias = schemas.Fills | schemas.Movements | schemas.Statement
AMOUNT_MAX: Final = (1 << 63) - 1
"""Of what the wire can say."""


class Past:
    """Answers out of the history of a venue. Knows nothing but the file, so any thread may ask."""

    def __init__(self, store: Path) -> None:
        self._store = store

    def answer(self, request: Asked, own_account: int) -> Answer | schemas.Error:
        """A page, of `own_account` if the request names none; `unavailable` if the store cannot tell, or not yet."""
        account = getattr(request, "account", own_account)
        try:
            with reading(self._store) as store:
                match request:
                    case schemas.AdminGetFills() | schemas.GetFills():
                        return _fills(store, request, account)
                    case schemas.AdminGetMovements() | schemas.GetMovements():
                        return _movements(store, request, account)
                    case schemas.AdminGetStatement() | schemas.GetStatement():
                        return _statement(store, request, account)
        except HistoryError as error:
            return schemas.Error(ref=request.ref, code="unavailable", message=str(error))


def _fills(store: StoreReader, request: schemas.AdminPage, account: int) -> schemas.Fills:
    symbols = [symbol for symbol, *_ in store.instruments()]
    rows, following = store.fills(account, request.first, request.limit)
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


def _movements(store: StoreReader, request: schemas.AdminPage, account: int) -> schemas.Movements:
    rows, following = store.movements(account, request.first, request.limit)
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


def _statement(store: StoreReader, request: schemas.AskedStatement, account: int) -> schemas.Statement:
    told = Statement(store, account, request.from_ns or None, request.to_ns, request.asset or None)
    page, following = told.summaries(request.first, request.limit)
    for summary in page:
        for kind, amount in summary.totals.items():
            if abs(amount) > AMOUNT_MAX:
                raise HistoryError(f"{summary.asset}: {kind} comes to more than 64 bits; ask for a shorter period")
    position = store.position
    return schemas.Statement(
        ref=request.ref,
        seq=position.sequence,
        account=account,
        from_ns=max(told.from_ns, position.base_timestamp_ns),
        to_ns=min(told.to_ns, position.timestamp_ns),
        assets=[
            schemas.StatementAsset(
                asset=summary.asset,
                opening=summary.opening,
                totals=[schemas.StatementTotal(kind=kind, amount=amount) for kind, amount in summary.totals.items()],
                closing=summary.closing,
            )
            for summary in page
        ],
        next=following,
    )
