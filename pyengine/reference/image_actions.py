"""Corporate actions in the state image (`engine_core/docs/semantics.md`, section 9), and what must hold of them."""

from __future__ import annotations

import struct
from typing import Final

from pyengine.records import (
    MAX_ACTION_LEGS,
    MAX_ACTIONS,
    MAX_AMOUNT,
    NONE_ID,
    ActionKind,
    ActionStage,
    HaltCause,
    OrderPolicy,
)
from pyengine.reference.actions import is_entitled, is_possible, owned
from pyengine.reference.announced import LIEU, SPLITTING, SUMS, Action, Leg, Running
from pyengine.reference.image_reader import U32, Reader
from pyengine.reference.state import Account, State

_ACTION: Final = struct.Struct("<IIIIQQBBB5x")
_LEG: Final = struct.Struct("<I4xqqq")
_RUNNING: Final = struct.Struct(f"<B3xIIq{SUMS}q{SUMS}q")


def encode(state: State) -> bytes:
    """The last id, what is announced, what runs."""
    actions, running = state.actions, state.actions.running
    out = [U32.pack(actions.last), U32.pack(len(actions.open))]
    for number, action in sorted(actions.open.items()):
        terms = (action.asset, action.payer, action.lieu_asset, action.record_at, action.books_close_at)
        out.append(_ACTION.pack(number, *terms, action.kind, action.order_policy, len(action.legs)))
        out.extend(_LEG.pack(*leg) for leg in action.legs)
    out.append(U32.pack(running.action if running else 0))
    if running is not None:
        counted = (running.cursor, running.holders, running.quantity)
        out.append(_RUNNING.pack(running.stage, *counted, *running.totals, *running.unpaid))
    return b"".join(out)


def decode(reader: Reader, state: State) -> None:
    """The part as it was written."""
    actions = state.actions
    (actions.last,) = reader.take(U32)
    for _ in range(reader.count()):
        number, asset, payer, lieu_asset, record_at, books_close_at, kind, policy, legs = reader.take(_ACTION)
        terms = (asset, payer, lieu_asset, record_at, books_close_at)
        legs = tuple(Leg(*reader.take(_LEG)) for _ in range(legs))
        assert number not in actions.open, f"action {number} twice"
        actions.open[number] = Action(ActionKind(kind), OrderPolicy(policy), *terms, legs)
    (running,) = reader.take(U32)
    if running:
        stage, cursor, holders, quantity, *sums = reader.take(_RUNNING)
        stages = (ActionStage(stage), cursor, holders, quantity, sums[:SUMS], sums[SUMS:])
        actions.running = Running(running, *stages)


def check(state: State) -> None:
    """Asserts that actions are what can be announced, and that the one that runs has counted what there is."""
    actions, running = state.actions, state.actions.running
    assert len(actions.open) <= MAX_ACTIONS, f"{len(actions.open)} corporate actions"
    for number, action in actions.open.items():
        name = f"action {number}"
        assert 1 <= number <= actions.last, f"{name}, and the last is {actions.last}"
        assert action.payer < len(state.accounts), f"{name}: no such payer"
        assert len(action.legs) <= MAX_ACTION_LEGS, f"{name}: {len(action.legs)} legs"
        assert action.lieu_asset in (NONE_ID, *range(len(state.assets))), f"{name}: no such asset"
        assert is_possible(state, action), f"{name}: {action}"
        assert action.books_close_at <= action.record_at, f"{name}: books close at {action.books_close_at}"
        assert action.record_at >= 1, f"{name} has no time"
    if running is not None:
        action = actions.open[running.action]
        assert running.action == actions.in_order()[0], f"action {running.action} runs, and is not the first"
        assert action.record_at <= state.timestamp_ns, f"action {running.action} runs before its time"
        _check_stage(state, action, running)
        _check_counts(state, action, running)


def _check_stage(state: State, action: Action, running: Running) -> None:
    name, stage = f"action {running.action}", running.stage
    is_of_accounts = stage in (ActionStage.COUNTING, ActionStage.PAYING)
    looked_at = state.accounts if is_of_accounts else state.instruments
    assert stage != ActionStage.ANNOUNCED, f"{name} runs and is only announced"
    assert running.cursor <= len(looked_at), f"{name} is at {running.cursor}"
    assert action.kind != ActionKind.DELISTING or stage == ActionStage.HALTING, f"{name}: a delisting, {stage.name}"
    assert stage != ActionStage.CANCELLING or action.order_policy == OrderPolicy.CANCEL, f"{name} keeps orders"
    assert stage != ActionStage.REBASING or action.kind in SPLITTING, f"{name} is no split"
    if action.kind == ActionKind.DELISTING:
        return
    for instrument in state.instruments:
        is_behind = instrument.id < running.cursor and not is_of_accounts
        stands = {
            ActionStage.HALTING: is_behind,
            ActionStage.REBASING: not is_behind,
            ActionStage.LIFTING: not is_behind,
        }.get(stage, True)
        if stands and instrument.base == action.asset:
            assert HaltCause.CORPORATE_ACTION in instrument.halts, f"{name}: instrument {instrument.id} is not halted"


def _check_counts(state: State, action: Action, running: Running) -> None:
    """Nobody's holding changes while it is counted: the sums are those of the accounts in front of the cursor, and what
    is not paid is that of the accounts behind it."""
    name, stage, nothing = f"action {running.action}", running.stage, [0] * SUMS
    accounts = state.accounts
    if stage == ActionStage.COUNTING:
        counted = _counted(action, accounts[: running.cursor])
        assert (running.holders, running.quantity, running.totals) == counted, (
            f"{name} counted {running}, not {counted}"
        )
        assert running.unpaid == nothing, f"{name} pays before it has counted"
        taken = accounts[: running.cursor] if action.takes else []
        assert not any(account.held[action.asset] for account in taken), f"{name} takes what is held"
    elif stage == ActionStage.PAYING:
        holders, quantity, unpaid = _counted(action, accounts[running.cursor :])
        assert running.unpaid == unpaid, f"{name} owes {running.unpaid}, not {unpaid}"
        assert holders <= running.holders <= len(accounts), f"{name}: {running.holders} holders"
        assert quantity <= running.quantity <= MAX_AMOUNT, f"{name}: {running.quantity} owned"
        for place, (total, rest) in enumerate(zip(running.totals, unpaid, strict=True)):
            assert rest <= total <= MAX_AMOUNT, f"{name}: {rest} of {total} to pay"
            is_paid = place < len(action.legs) or (place == LIEU and action.lieu_asset != NONE_ID)
            assert is_paid or total == 0, f"{name}: a sum of no leg"
        for leg, total in zip(action.legs, running.totals, strict=False):
            assert total <= running.quantity * leg.numerator // leg.denominator, f"{name} pays too much: {total}"
        taken = accounts[running.cursor :] if action.takes else []
        assert not any(account.held[action.asset] for account in taken), f"{name} takes what is held"
    else:
        sums = (running.holders, running.quantity, running.totals, running.unpaid)
        assert sums == (0, 0, nothing, nothing), f"{name} has counted, {stage.name}"


def _counted(action: Action, accounts: list[Account]) -> tuple[int, int, list[int]]:
    entitled = [account for account in accounts if is_entitled(account, action)]
    quantities = [owned(account, action.asset) for account in entitled]
    amounts = [action.amounts(account.id, owned(account, action.asset)) for account in entitled]
    return len(entitled), sum(quantities), [sum(each) for each in zip([0] * SUMS, *amounts, strict=True)]
