"""Market-maker protection (`engine_core/docs/market-rules.md`, section 24): what quotes trade is counted, and when it
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
from pyengine.reference.order_end import cancel_or_wait, end_cancelled
from pyengine.reference.state import NO_PROTECTION, CountedFill, LiveOrder, Protection, QuoteGroup, find


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


def count_fill(machine: Machine, taker: LiveOrder, maker: LiveOrder, lots: int, cash: int) -> bool:
    """Counts a fill for the groups of both sides; returns whether the incoming order goes on."""
    is_too_much = count(machine, taker, lots, cash)
    count(machine, maker, lots, cash)
    if is_too_much and taker.has_something_left:
        end_cancelled(machine, taker, CancelReason.PROTECTION)
        return False
    return True


def count_auction_fill(machine: Machine, buy: LiveOrder, sell: LiveOrder, lots: int, cash: int) -> None:
    """Counts a fill of two orders that rest, the buy first."""
    for order in (buy, sell):
        count(machine, order, lots, cash)


def count(machine: Machine, order: LiveOrder, lots: int, cash: int) -> bool:
    """Counts a fill of an order, if it is a protected quote's; returns whether that was too much for its group."""
    if not order.is_quote:
        return False
    group = order.account.quote_group(order.attributes.quote_group)
    if group.protection == NO_PROTECTION or group.is_blocked:
        return False
    now = machine.state.timestamp_ns
    group.counted = [*group.window(now), CountedFill(now, lots if order.side == Side.BUY else -lots, cash)]
    limit = group.limit_reached(now)
    if limit is not None:
        trigger(machine, order, group, limit)
    return limit is not None


def trigger(machine: Machine, order: LiveOrder, group: QuoteGroup, limit: ProtectionLimit) -> None:
    """The group has traded too much with this quote: it is blocked, and its quotes that rest go."""
    _report_sums(machine, order, group, limit)
    group.is_blocked = True
    group.counted.clear()
    for quote in swept(order):
        cancel_or_wait(machine, quote, CancelReason.PROTECTION)


def swept(order: LiveOrder) -> list[LiveOrder]:
    """The quotes that go with the group of this one, the oldest acceptance first; not one that is coming in."""
    return [quote for quote in order.account.quotes(order.attributes.quote_group) if quote.is_in_book]


def _report_sums(machine: Machine, order: LiveOrder, group: QuoteGroup, limit: ProtectionLimit) -> None:
    sums = group.sums(machine.state.timestamp_ns)
    machine.emit(
        ProtectionTriggered,
        order.account.id,
        limit=limit,
        quote_group=order.attributes.quote_group,
        fills=sums.fills,
        quantity=min(sums.quantity, MAX_AMOUNT),
        notional=min(sums.notional, MAX_AMOUNT),
        delta=max(-MAX_AMOUNT, min(sums.delta, MAX_AMOUNT)),
    )
