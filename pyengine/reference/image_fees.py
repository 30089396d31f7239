"""Fees in the state image (`engine_core/docs/semantics.md`, section 9, parts 3 and 10)."""

from __future__ import annotations

import struct
from typing import Final

from pyengine.records import MAX_FEE_OVERRIDES, NONE_ID, AssetClass, FeeChange
from pyengine.reference.charges import overridden_targets
from pyengine.reference.fees import Fees, Rates, Target, Tier, Traded, WaitingChange, counts_on, day_of
from pyengine.reference.image_reader import U32, Reader
from pyengine.reference.state import State

_RATES: Final = struct.Struct("<iI")
_TIER: Final = struct.Struct("<qiI")
_TARGET: Final = struct.Struct("<II")
_CHANGE: Final = struct.Struct("<QIIB3x")
_OWNER: Final = struct.Struct("<II")
_DAY: Final = struct.Struct("<Iq")


def encode_schedules(state: State) -> bytes:
    """The first rates of every schedule."""
    rates = [_RATES.pack(*fees.rates) for fees in state.fee_schedules]
    return b"".join([U32.pack(len(rates)), *rates])


def encode(state: State) -> bytes:
    """Everything else of fees."""
    overrides = sorted(state.fee_overrides.items())
    traded = _counting(state)
    return b"".join(
        [
            *(_encode_tiers(fees) for fees in state.fee_schedules),
            U32.pack(len(overrides)),
            *(_TARGET.pack(*target) + _encode_fees(fees) for target, fees in overrides),
            U32.pack(len(state.fee_changes)),
            *(_encode_change(change) for change in state.fee_changes),
            U32.pack(len(traded)),
            *(_encode_traded(owner, days) for owner, days in traded),
        ]
    )


def _counting(state: State) -> list[tuple[tuple[int, int], list[tuple[int, int]]]]:
    """The days that count, of whom there are any."""
    today = day_of(state.timestamp_ns)
    counting = ((owner, traded.counting(today)) for owner, traded in state.traded.items())
    return sorted((owner, days) for owner, days in counting if days)


def _encode_tiers(fees: Fees) -> bytes:
    tiers = [_TIER.pack(tier.notional, *tier.rates) for tier in fees.tiers]
    return b"".join([U32.pack(len(tiers)), *tiers])


def _encode_fees(fees: Fees) -> bytes:
    return _RATES.pack(*fees.rates) + _encode_tiers(fees)


def _encode_change(change: WaitingChange) -> bytes:
    what = FeeChange.REMOVE if change.fees is None else FeeChange.SET
    fees = b"" if change.fees is None else _encode_fees(change.fees)
    return _CHANGE.pack(change.effective_at, *change.target, what) + fees


def _encode_traded(owner: tuple[int, int], days: list[tuple[int, int]]) -> bytes:
    return b"".join([_OWNER.pack(*owner), U32.pack(len(days)), *(_DAY.pack(*day) for day in days)])


def decode_schedules(reader: Reader, state: State) -> None:
    """The first rates of every schedule; what is above them comes later."""
    state.fee_schedules = [Fees(Rates(*reader.take(_RATES))) for _ in range(reader.count())]


def decode(reader: Reader, state: State) -> None:
    """Everything else of fees."""
    state.fee_schedules = [fees._replace(tiers=_decode_tiers(reader)) for fees in state.fee_schedules]
    for _ in range(reader.count()):
        target = Target(*reader.take(_TARGET))
        state.fee_overrides[target] = _decode_fees(reader)
    state.fee_changes = [_decode_change(reader) for _ in range(reader.count())]
    for _ in range(reader.count()):
        account, asset = reader.take(_OWNER)
        traded = Traded()
        for _ in range(reader.count()):
            day, notional = reader.take(_DAY)
            traded.days[day] = notional
        state.traded[account, asset] = traded


def _decode_tiers(reader: Reader) -> tuple[Tier, ...]:
    tiers = [reader.take(_TIER) for _ in range(reader.count())]
    return tuple(Tier(notional, Rates(*rates)) for notional, *rates in tiers)


def _decode_fees(reader: Reader) -> Fees:
    return Fees(Rates(*reader.take(_RATES)), _decode_tiers(reader))


def _decode_change(reader: Reader) -> WaitingChange:
    effective_at, fee_schedule, instrument, what = reader.take(_CHANGE)
    fees = None if FeeChange(what) == FeeChange.REMOVE else _decode_fees(reader)
    return WaitingChange(effective_at, Target(fee_schedule, instrument), fees)


def check(state: State) -> None:
    """Asserts that fees are of what there is, beside what `State.check` asserts of them."""
    assert len(overridden_targets(state)) <= MAX_FEE_OVERRIDES, f"{len(overridden_targets(state))} overrides"
    for target in state.fee_overrides:
        assert target.instrument < len(state.instruments), f"{target}: no such instrument"
    for change in state.fee_changes:
        own = change.target.instrument == NONE_ID
        assert own or change.target.instrument < len(state.instruments), f"{change.target}: no such instrument"
        assert not (own and change.fees is None), f"the fees of schedule {change.target.fee_schedule} taken away"
    for (account, asset), traded in state.traded.items():
        assert account < len(state.accounts), f"account {account} traded, and does not exist"
        assert state.assets[asset].asset_class == AssetClass.STABLECOIN, f"asset {asset} was traded for"
        for day in traded.days:
            assert counts_on(day, day_of(state.timestamp_ns)), f"account {account}: day {day} does not count"
