"""The state machine of the rule book (`engine_core/docs/semantics.md`): a command in, events out, nothing else.

Every kind of command has one function, in the file of its family as in the core. It first asks its rules in their
order, each with its rejection code, and then, below an empty line, does what the command says. Nothing has changed
when a rule rejects. The engine reads no clock and does no IO; it is neither fast nor thread-safe.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

from pyengine.events import EVENT_DTYPE, Event, Rejected
from pyengine.packing import Record, rows, split, unpack
from pyengine.records import (
    ORDER_ENTRY_DTYPE,
    TRIGGER_ITEMS,
    VENUE_ACCOUNT,
    Amend,
    Body,
    Cancel,
    CancelAll,
    CancelReplace,
    CancelWithdrawal,
    CommandKind,
    Deposit,
    ForceTransfer,
    Mint,
    Place,
    PlaceBracket,
    PlaceOco,
    RefuseRedemption,
    RejectCode,
    RequestRedemption,
    RequestWithdrawal,
    SettleRedemption,
    SettleWithdrawal,
    Transfer,
)
from pyengine.reference import (
    actions,
    amendment,
    auction,
    backing,
    beneficial,
    brackets,
    charges,
    eligibility,
    freeze,
    image,
    image_actions,
    image_backing,
    keys,
    linked,
    money,
    obligations,
    order_entry,
    primary,
    protection,
    quotes,
    redemption,
    reference_data,
    replacement,
    time,
    volatility,
    work,
)
from pyengine.reference.calls import CommandCalls
from pyengine.reference.forms import Named, client_order_id, is_valid_client_order_id
from pyengine.reference.machine import Machine
from pyengine.reference.protection_check import check_protection
from pyengine.reference.queries import Queries
from pyengine.reference.refusals import Refusal, as_fields

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from typing_extensions import Buffer

Rules: TypeAlias = Callable[[Machine, int, Any], Refusal | None]
"""Applies a command of an account, given its body, or says why not."""

RULES_OF_KIND: Final[dict[int, Rules]] = {
    CommandKind.PLACE: order_entry.place,
    CommandKind.CANCEL: order_entry.cancel,
    CommandKind.AMEND: amendment.amend,
    CommandKind.CANCEL_ALL: order_entry.cancel_all,
    CommandKind.CANCEL_REPLACE: replacement.cancel_replace,
    CommandKind.MASS_QUOTE: quotes.mass_quote,
    CommandKind.SET_MARKET_MAKER_PROTECTION: protection.set_protection,
    CommandKind.RESET_MARKET_MAKER_PROTECTION: protection.reset_protection,
    CommandKind.CANCEL_AFTER: time.cancel_after,
    CommandKind.PLACE_OCO: linked.place_oco,
    CommandKind.PLACE_BRACKET: brackets.place_bracket,
    CommandKind.CREATE_ASSET: reference_data.create_asset,
    CommandKind.CREATE_INSTRUMENT: reference_data.create_instrument,
    CommandKind.CREATE_ACCOUNT: reference_data.create_account,
    CommandKind.SET_FEE_SCHEDULE: charges.set_fee_schedule,
    CommandKind.HALT: reference_data.halt,
    CommandKind.RESUME: reference_data.resume,
    CommandKind.PULSE: time.pulse,
    CommandKind.SET_ACCOUNT: reference_data.set_account,
    CommandKind.SET_REFERENCE: primary.set_reference,
    CommandKind.ROLL_TRADE_DATE: time.roll_trade_date,
    CommandKind.SET_PHASE: auction.set_phase,
    CommandKind.SET_TRADING_LIMITS: reference_data.set_trading_limits,
    CommandKind.SET_VOLATILITY_BANDS: volatility.set_volatility_bands,
    CommandKind.SET_REFERENCE_POLICY: primary.set_reference_policy,
    CommandKind.SET_PRIMARY_STATUS: primary.set_primary_status,
    CommandKind.DEPOSIT: money.deposit,
    CommandKind.REQUEST_WITHDRAWAL: money.request_withdrawal,
    CommandKind.SETTLE_WITHDRAWAL: money.settle_withdrawal,
    CommandKind.CANCEL_WITHDRAWAL: money.cancel_withdrawal,
    CommandKind.TRANSFER: money.transfer,
    CommandKind.SET_FEE_OVERRIDE: charges.set_fee_override,
    CommandKind.SET_OBLIGATION: obligations.set_obligation,
    CommandKind.SET_KEY: keys.set_key,
    CommandKind.REVOKE_KEY: keys.revoke_key,
    CommandKind.SET_HOLDER: eligibility.set_holder,
    CommandKind.SET_ELIGIBILITY: eligibility.set_eligibility,
    CommandKind.FREEZE: freeze.freeze,
    CommandKind.UNFREEZE: freeze.unfreeze,
    CommandKind.FORCE_TRANSFER: money.force_transfer,
    CommandKind.SET_BENEFICIAL: beneficial.set_beneficial,
    CommandKind.SET_ASSET_TERMS: backing.set_asset_terms,
    CommandKind.SET_ATTESTOR: backing.set_attestor,
    CommandKind.ATTEST: backing.attest,
    CommandKind.MINT: redemption.mint,
    CommandKind.REQUEST_REDEMPTION: redemption.request_redemption,
    CommandKind.SETTLE_REDEMPTION: redemption.settle_redemption,
    CommandKind.REFUSE_REDEMPTION: redemption.refuse_redemption,
    CommandKind.SET_REFINER: backing.set_refiner,
    CommandKind.REGISTER_BAR: backing.register_bar,
    CommandKind.REMOVE_BAR: backing.remove_bar,
    CommandKind.SET_PEG: backing.set_peg,
    CommandKind.SET_CASH_REFERENCE: backing.set_cash_reference,
    CommandKind.ANNOUNCE_ACTION: actions.announce_action,
    CommandKind.CANCEL_ACTION: actions.cancel_action,
}

_VENUE_COMMANDS = frozenset(
    {
        CommandKind.CREATE_ASSET,
        CommandKind.CREATE_INSTRUMENT,
        CommandKind.CREATE_ACCOUNT,
        CommandKind.SET_FEE_SCHEDULE,
        CommandKind.HALT,
        CommandKind.RESUME,
        CommandKind.PULSE,
        CommandKind.SET_REFERENCE,
        CommandKind.ROLL_TRADE_DATE,
        CommandKind.SET_PHASE,
        CommandKind.SET_TRADING_LIMITS,
        CommandKind.SET_VOLATILITY_BANDS,
        CommandKind.SET_REFERENCE_POLICY,
        CommandKind.SET_PRIMARY_STATUS,
        CommandKind.SET_FEE_OVERRIDE,
        CommandKind.SET_ELIGIBILITY,
        CommandKind.SET_ASSET_TERMS,
        CommandKind.SET_ATTESTOR,
        CommandKind.ATTEST,
        CommandKind.SET_REFINER,
        CommandKind.REGISTER_BAR,
        CommandKind.REMOVE_BAR,
        CommandKind.SET_PEG,
        CommandKind.SET_CASH_REFERENCE,
        CommandKind.ANNOUNCE_ACTION,
        CommandKind.CANCEL_ACTION,
    }
)


class Engine(Machine, CommandCalls, Queries):
    """The reference engine. Interface, units and errors: `pyengine/_engine_core.pyi`; `check` is its own."""

    def apply(self, command: Buffer) -> list[Event]:
        """One command record; a timestamp of 0 keeps the last. `CommandError` if it is no record."""
        return self._apply(unpack(bytes(command)))

    def apply_batch(self, commands: Buffer | NDArray[np.void]) -> NDArray[np.void]:
        """Command records back to back, or rows of `ORDER_ENTRY_DTYPE`; returns rows of `EVENT_DTYPE`.

        `CommandError`, and nothing is applied, if something among them is no record.
        """
        if isinstance(commands, np.ndarray) and commands.dtype == ORDER_ENTRY_DTYPE:
            records = list(map(unpack, rows(commands)))
        else:
            records = list(map(unpack, split(bytes(commands))))
        events = [event for record in records for event in self._apply(record)]
        return np.frombuffer(b"".join(map(bytes, events)), EVENT_DTYPE)

    def _apply(self, record: Record) -> list[Event]:
        header, body = record
        self.events = []
        self.state.sequence += 1
        now = max(self.state.timestamp_ns, header.timestamp_ns)
        obligations.count_time(self.state, now)
        self.state.timestamp_ns = now
        refusal: Refusal | None = RejectCode.MALFORMED
        if body is not None:
            refusal = RULES_OF_KIND[header.kind](self, header.account, body)
        if refusal is not None:
            account = VENUE_ACCOUNT if header.kind in _VENUE_COMMANDS else header.account
            self.emit(Rejected, account, command=header.kind, **as_fields(refusal), **_echo(body))
        elif header.kind != CommandKind.PULSE:
            # A pulse has done its work: it counts it.
            work.work(self, work.touched(self.state, self.events), TRIGGER_ITEMS)
        return self.events

    def state_hash(self) -> bytes:
        """SHA-256 of the state image."""
        return hashlib.sha256(self.state_image()).digest()

    def state_image(self) -> bytes:
        """The canonical state image."""
        return image.encode(self.state)

    @classmethod
    def restore(cls, state_image: Buffer) -> Engine:
        """The engine whose state image this is. `SnapshotError` otherwise."""
        engine = cls()
        engine.state = image.decode(bytes(state_image))
        return engine

    def check(self) -> None:
        """Asserts conservation, holds, slots, books and stops; costs time in proportion to the whole state."""
        self.state.check()
        for instrument in self.state.instruments:
            check_protection(instrument, self.state.timestamp_ns)
        obligations.check_obligations(self.state)
        keys.check_keys(self.state)
        image_backing.check(self.state)
        image_actions.check(self.state)


def _echo(body: Body | None) -> dict[str, Any]:
    """What a rejection repeats of its command."""
    match body:
        case Place() | PlaceOco() | PlaceBracket():
            return {"instrument": body.instrument, "client_order_id": _echoed_client_order_id(body)}
        case CancelReplace():
            names = {"order_id": body.order_id, "instrument": body.instrument}
            return names | {"client_order_id": _echoed_client_order_id(body)}
        case CancelAll():
            return {"instrument": body.instrument}
        case Cancel() | Amend():
            return {"order_id": body.order_id, "client_order_id": _echoed_client_order_id(body)}
        case Deposit() | RequestWithdrawal() | Transfer() | ForceTransfer() | Mint() | RequestRedemption():
            return {"asset": body.asset}
        case SettleWithdrawal() | CancelWithdrawal() | SettleRedemption() | RefuseRedemption():
            return {"withdrawal_id": body.withdrawal_id}
        case _:
            return {}


def _echoed_client_order_id(body: Named) -> str:
    return client_order_id(body).decode("ascii") if is_valid_client_order_id(body) else ""
