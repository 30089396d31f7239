"""Holders, eligibility and freezes in the state image (`engine_core/docs/semantics.md`, section 9)."""

from __future__ import annotations

import struct
from operator import attrgetter
from typing import Final

from pyengine.records import (
    MAX_AMOUNT,
    MAX_FREEZES,
    MAX_JURISDICTIONS,
    MAX_REGISTRATIONS,
    VENUE_ACCOUNT,
    HaltCause,
    InvestorClass,
    JurisdictionRule,
    Verification,
)
from pyengine.reference.freeze import has_frozen_asset
from pyengine.reference.holders import EVERYBODY, UNKNOWN, BeneficialId, Eligibility, FreezeId, Holder, is_jurisdiction
from pyengine.reference.image_reader import U32, Reader
from pyengine.reference.state import Asset, Instrument, State

_HOLDER: Final = struct.Struct("<IHBBIQ")
_TABLE: Final = struct.Struct("<BBBBIIqQ")
_CODE: Final = struct.Struct("<H")
_FREEZE: Final = struct.Struct("<IIQq")
_OF_ASSET, _OF_INSTRUMENT = 0, 1


def encode(state: State) -> bytes:
    """Everything of holders."""
    holders = [(account.id, account.holder) for account in state.accounts if account.holder != UNKNOWN]
    listed: list[tuple[int, list[Eligibility]]] = [
        (_OF_ASSET, [asset.eligibility for asset in state.assets]),
        (_OF_INSTRUMENT, [instrument.eligibility for instrument in state.instruments]),
    ]
    tables = [
        _encode_table(kind, number, table)
        for kind, of_kind in listed
        for number, table in enumerate(of_kind)
        if table != EVERYBODY
    ]
    frozen = [number for number, asset in enumerate(state.assets) if asset.is_frozen]
    return b"".join(
        [
            U32.pack(len(holders)),
            *(_HOLDER.pack(account, *holder) for account, holder in holders),
            U32.pack(len(tables)),
            *tables,
            U32.pack(len(frozen)),
            *map(U32.pack, frozen),
            U32.pack(len(state.freezes)),
            *(_FREEZE.pack(*identifier, amount) for identifier, amount in sorted(state.freezes.items())),
            U32.pack(len(state.registered)),
            *(_FREEZE.pack(*identifier, amount) for identifier, amount in sorted(state.registered.items())),
        ]
    )


def _encode_table(kind: int, number: int, table: Eligibility) -> bytes:
    codes = table.jurisdictions
    said = (table.verification, table.jurisdiction_rule, len(codes))
    numbers = (number, table.classes, table.max_holding, table.locked_until)
    return _TABLE.pack(kind, *said, *numbers) + b"".join(map(_CODE.pack, codes))


def decode(reader: Reader, state: State) -> None:
    """Everything of holders; whether it can be so is for `check`."""
    for _ in range(reader.count()):
        account, jurisdiction, investor_class, is_frozen, firm, verified_until = reader.take(_HOLDER)
        state.accounts[account].holder = Holder(
            jurisdiction, InvestorClass(investor_class), bool(is_frozen), firm, verified_until
        )
    for _ in range(reader.count()):
        kind, verification, rule, count, number, classes, max_holding, locked_until = reader.take(_TABLE)
        listed: Asset | Instrument = (state.assets, state.instruments)[kind][number]
        listed.eligibility = Eligibility(
            classes,
            Verification(verification),
            JurisdictionRule(rule),
            tuple(reader.take(_CODE)[0] for _ in range(count)),
            max_holding,
            locked_until,
        )
    for number in reader.numbers():
        state.assets[number].is_frozen = True
    for _ in range(reader.count()):
        *identifier, amount = reader.take(_FREEZE)
        state.freezes[FreezeId(*identifier)] = amount
    for _ in range(reader.count()):
        *of, amount = reader.take(_FREEZE)
        state.registered[BeneficialId(*of)] = amount


def check(state: State) -> None:
    """Asserts that all of it can be so."""
    for account in state.accounts:
        code = account.holder.jurisdiction
        assert code == 0 or is_jurisdiction(code), f"account {account.id}: no jurisdiction {code}"
    assert not state.accounts[VENUE_ACCOUNT].holder.is_frozen, "the venue's own account is frozen"
    for of_asset, registry in ((True, state.assets), (False, state.instruments)):
        for table in map(attrgetter("eligibility"), registry):
            codes = table.jurisdictions
            assert table.is_possible(of_asset=of_asset), f"{table}"
            assert list(codes) == sorted(set(codes)), f"{table}: out of order"
            assert len(codes) <= MAX_JURISDICTIONS, f"{table}: too many"
            assert all(map(is_jurisdiction, codes)), f"{table}: no jurisdictions"
    for instrument in state.instruments:
        is_halted = HaltCause.ASSET_FROZEN in instrument.halts
        assert is_halted or not has_frozen_asset(state, instrument), f"instrument {instrument.id} is not halted"
    assert len(state.freezes) <= MAX_FREEZES, f"{len(state.freezes)} freezes"
    for identifier, amount in state.freezes.items():
        assert identifier.account != VENUE_ACCOUNT, f"{identifier}: the venue's own"
        assert identifier.account < len(state.accounts), f"{identifier}: no such account"
        assert identifier.asset < len(state.assets), f"{identifier}: no such asset"
        assert 0 < amount <= MAX_AMOUNT, f"{identifier}: {amount} units"
    assert len(state.registered) <= MAX_REGISTRATIONS, f"{len(state.registered)} registrations"
    for beneficial, amount in state.registered.items():
        assert beneficial.holder != 0, f"{beneficial}: nobody"
        assert beneficial.account < len(state.accounts), f"{beneficial}: no such account"
        assert beneficial.asset < len(state.assets), f"{beneficial}: no such asset"
        assert 0 < amount <= MAX_AMOUNT, f"{beneficial}: {amount} units"
