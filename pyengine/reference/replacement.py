"""CANCEL_REPLACE: an open order goes and another comes, in one command, or nothing happens."""

from __future__ import annotations

from pyengine.records import CancelReason, CancelReplace, OnFailure, Place, RejectCode
from pyengine.reference.forms import is_well_formed_place
from pyengine.reference.machine import Machine
from pyengine.reference.order_end import cancel_resting
from pyengine.reference.order_entry import answer_again, enter, judge, known_order
from pyengine.reference.refusals import Refusal
from pyengine.reference.state import LiveOrder, find


def placed(body: CancelReplace) -> Place:
    """The order that comes, as a PLACE says it."""
    return Place(**{name: getattr(body, name) for name in Place._fields})


def cancel_replace(machine: Machine, account_id: int, body: CancelReplace) -> Refusal | None:
    """CANCEL_REPLACE."""
    entry = placed(body)
    if not is_well_formed_place(entry) or body.order_id == 0 or body.on_failure not in set(OnFailure):
        return RejectCode.MALFORMED
    account = find(machine.state.accounts, account_id)
    if account is None:
        return RejectCode.UNKNOWN_ACCOUNT
    known = known_order(machine.state, account, entry)
    if known is not None:
        return answer_again(machine, account, known, entry)
    going = account.open_orders.get(body.order_id)
    if going is None and body.on_failure == OnFailure.STOP:
        return RejectCode.UNKNOWN_ORDER
    if going is not None and not _is_replaceable_by(going, entry):
        return RejectCode.INVALID_COMBINATION
    order = judge(machine, account, entry, going)
    if not isinstance(order, LiveOrder):
        return order

    if going is not None:
        cancel_resting(machine, going, CancelReason.REPLACED)
    enter(machine, order)
    return None


def _is_replaceable_by(going: LiveOrder, entry: Place) -> bool:
    """Whether the order may go for the one that comes; a quote goes with a mass quote only, a leg
    with the other one."""
    is_alike = (going.instrument.id, going.side) == (entry.instrument, entry.side)
    return is_alike and not going.is_quote and not going.is_linked
