"""Market-maker protection (`engine_core/docs/market-rules.md`, section 32): what quotes trade is counted, and when it
is too much, all quotes of the group go.
"""

from __future__ import annotations

from pyengine.events import ProtectionReset, ProtectionSet, ProtectionTriggered
from pyengine.records import (
    MAX_AMOUNT,
    MAX_PROTECTED_FILLS,
    MAX_QUOTE_GROUPS,
    CancelReason,
    ProtectionLimit,
    RejectCode,
    ResetMarketMakerProtection,
    SetMarketMakerProtection,
    Side,
)
from pyengine.reference.machine import Machine
from pyengine.reference.order_end import cancel_resting, end_cancelled
from pyengine.reference.state import NO_PROTECTION, Account, CountedFill, LiveOrder, Protection, QuoteGroup, find


def is_quote_group(number: int) -> bool:
    """Whether an account has such a group."""
    return 1 <= number <= MAX_QUOTE_GROUPS


def set_protection(machine: Machine, account_id: int, body: SetMarketMakerProtection) -> RejectCode | None:
    """SET_MARKET_MAKER_PROTECTION."""
    if not is_quote_group(body.quote_group):
        return RejectCode.MALFORMED
    account = find(machine.state.accounts, account_id)
    if account is None:
        return RejectCode.UNKNOWN_ACCOUNT
    protection = Protection(**{name: getattr(body, name) for name in Protection._fields})
    if protection != NO_PROTECTION and not is_valid_protection(protection):
        return RejectCode.INVALID_PARAMETER

    group = account.quote_group(body.quote_group)
    group.protection = protection
    group.counted.clear()
    machine.emit(ProtectionSet, account_id, **body._asdict())
    return None


def is_valid_protection(protection: Protection) -> bool:
    """Whether it protects: for a while, at the latest after some fills."""
    others = (protection.max_quantity, protection.max_notional, protection.max_delta)
    return protection.window_ns > 0 and 1 <= protection.max_fills <= MAX_PROTECTED_FILLS and min(others) >= 0


def reset_protection(machine: Machine, account_id: int, body: ResetMarketMakerProtection) -> RejectCode | None:
    """RESET_MARKET_MAKER_PROTECTION."""
    if not is_quote_group(body.quote_group):
        return RejectCode.MALFORMED
    account = find(machine.state.accounts, account_id)
    if account is None:
        return RejectCode.UNKNOWN_ACCOUNT

    group = account.quote_group(body.quote_group)
    group.is_blocked = False
    group.counted.clear()
    machine.emit(ProtectionReset, account_id, quote_group=body.quote_group)
    return None


def count_fill(machine: Machine, taker: LiveOrder, maker: LiveOrder, lots: int) -> bool:
    """Counts a fill for the groups of both sides; returns whether the incoming order goes on."""
    cash = taker.cash(maker.price, lots)
    goes_on = True
    for order in (taker, maker):
        limit = count(machine, order, lots, cash)
        if limit is not None:
            incoming = taker if order is taker else None
            trigger(machine, order.account, order.attributes.quote_group, limit, incoming)
            goes_on = goes_on and (incoming is None or not incoming.has_something_left)
    return goes_on


def count(machine: Machine, order: LiveOrder, lots: int, cash: int) -> ProtectionLimit | None:
    """Counts a fill of an order, if it is a protected quote's; returns the limit that it reaches."""
    if not order.is_quote:
        return None
    group = order.account.quote_group(order.attributes.quote_group)
    if group.protection == NO_PROTECTION or group.is_blocked:
        return None
    now = machine.state.timestamp_ns
    group.counted = [*group.window(now), CountedFill(now, lots if order.side == Side.BUY else -lots, cash)]
    return group.limit_reached(now)


def trigger(
    machine: Machine, account: Account, number: int, limit: ProtectionLimit, incoming: LiveOrder | None
) -> None:
    """The group has traded too much: it is blocked, and all its quotes go, the incoming one, if it is one, last."""
    group = account.quote_group(number)
    _report_sums(machine, account.id, number, group, limit)
    group.is_blocked = True
    group.counted.clear()
    for quote in swept(account, number):
        if quote is not incoming:
            cancel_resting(machine, quote, CancelReason.PROTECTION)
    if incoming is not None and incoming.has_something_left:
        end_cancelled(machine, incoming, CancelReason.PROTECTION)


def swept(account: Account, number: int) -> list[LiveOrder]:
    """The quotes that go with their group, the oldest acceptance first."""
    return account.quotes(number)


def _report_sums(machine: Machine, account_id: int, number: int, group: QuoteGroup, limit: ProtectionLimit) -> None:
    sums = group.sums(machine.state.timestamp_ns)
    machine.emit(
        ProtectionTriggered,
        account_id,
        limit=limit,
        quote_group=number,
        fills=sums.fills,
        quantity=min(sums.quantity, MAX_AMOUNT),
        notional=min(sums.notional, MAX_AMOUNT),
        delta=max(-MAX_AMOUNT, min(sums.delta, MAX_AMOUNT)),
    )
