"""Corporate actions (`engine_core/docs/assets.md`, part *Corporate actions*): how they are announced, and executed by
pulses in stages: instruments halt, their orders are cancelled, the holders are counted, then paid, and trading goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from pyengine.events import (
    ActionAnnounced,
    ActionCancelled,
    ActionDone,
    ActionFailed,
    ActionFunded,
    ActionLegPaid,
    ActionStarted,
    Entitled,
    EntitlementPaid,
    Rebased,
)
from pyengine.records import (
    ACTION_ITEMS,
    MAX_ACTION_LEGS,
    MAX_ACTIONS,
    MAX_AMOUNT,
    NONE_ID,
    VENUE_ACCOUNT,
    ActionFailure,
    ActionKind,
    ActionStage,
    AnnounceAction,
    AssetClass,
    CancelAction,
    CancelReason,
    HaltCause,
    OrderPolicy,
    Phase,
    RejectCode,
)
from pyengine.reference.announced import LIEU, SPLITTING, Action, Leg, Running
from pyengine.reference.brackets import place_exits
from pyengine.reference.machine import Machine
from pyengine.reference.order_end import cancel_resting
from pyengine.reference.phases import change_phase, set_cause
from pyengine.reference.primary import judge_age, say_changes, standing
from pyengine.reference.state import Account, Instrument, State, find
from pyengine.reference.volatility import begin_anew

NO_LEG: Final = Leg(NONE_ID, 0, 0, 0)


def announce_action(machine: Machine, _account_id: int, body: AnnounceAction) -> RejectCode | None:
    """ANNOUNCE_ACTION."""
    state, actions = machine.state, machine.state.actions
    if body.action_kind not in set(ActionKind) or body.order_policy not in set(OrderPolicy):
        return RejectCode.MALFORMED
    refusal = check_id(state, body.action)
    if refusal is not None:
        return refusal
    action, says_nothing_more = said(body)
    if find(state.assets, action.asset) is None:
        return RejectCode.UNKNOWN_ASSET
    if find(state.accounts, action.payer) is None:
        return RejectCode.UNKNOWN_COUNTERPARTY
    lieu = [] if action.lieu_asset == NONE_ID else [action.lieu_asset]
    if any(find(state.assets, asset) is None for asset in [*(leg.asset for leg in action.legs), *lieu]):
        return RejectCode.UNKNOWN_ASSET
    if not says_nothing_more or not is_possible(state, action):
        return RejectCode.INVALID_ACTION
    if action.record_at <= state.timestamp_ns or action.books_close_at > action.record_at:
        return RejectCode.INVALID_PARAMETER

    actions.open[body.action] = action
    actions.last = max(actions.last, body.action)
    machine.emit(
        ActionAnnounced,
        VENUE_ACCOUNT,
        action_kind=action.kind,
        order_policy=action.order_policy,
        action=body.action,
        asset=action.asset,
        payer=action.payer,
        legs=len(action.legs),
        record_at=action.record_at,
        books_close_at=action.books_close_at,
    )
    return None


def check_id(state: State, number: int) -> RejectCode | None:
    """Whether something can be announced under an id: the next, or that of an action which has not begun."""
    actions = state.actions
    if actions.running is not None and actions.running.action == number:
        return RejectCode.ACTION_IN_PROGRESS
    if number in actions.open:
        return None
    if number <= actions.last:
        return RejectCode.UNKNOWN_ACTION
    if number > actions.last + 1:
        return RejectCode.ID_NOT_NEXT
    return RejectCode.ACTION_LIMIT if len(actions.open) >= MAX_ACTIONS else None


def said(body: AnnounceAction) -> tuple[Action, bool]:
    """What a command announces, and whether there is nothing behind the last of its legs."""
    places = [
        Leg(*(getattr(body, f"{name}_{number}") for name in ("asset", "numerator", "denominator", "lieu_price")))
        for number in range(1, MAX_ACTION_LEGS + 1)
    ]
    count = next((place for place, leg in enumerate(places) if leg.numerator == 0), MAX_ACTION_LEGS)
    action = Action(
        ActionKind(body.action_kind),
        OrderPolicy(body.order_policy),
        body.asset,
        body.payer,
        body.lieu_asset,
        body.record_at,
        body.books_close_at,
        tuple(places[:count]),
    )
    return action, all(leg == NO_LEG for leg in places[count:])


def is_possible(state: State, action: Action) -> bool:
    """Whether an action of this kind can be so."""
    legs, kind = action.legs, action.kind
    cash = [is_cash(state, leg.asset) for leg in legs]
    own = [leg.asset == action.asset for leg in legs]
    terms = all(leg.numerator >= 1 and leg.denominator >= 1 and leg.lieu_price >= 0 for leg in legs)
    if is_cash(state, action.asset) or not terms or len({leg.asset for leg in legs}) != len(legs):
        return False
    pays_lieu = any(leg.lieu_price for leg in legs)
    if pays_lieu != (action.lieu_asset != NONE_ID) or (pays_lieu and not is_cash(state, action.lieu_asset)):
        return False
    # A fraction of the smallest unit of money is worth nothing.
    if any(leg.lieu_price and is_money for leg, is_money in zip(legs, cash, strict=True)):
        return False
    if (action.takes or kind == ActionKind.DELISTING) and action.order_policy != OrderPolicy.CANCEL:
        return False
    match kind:
        case ActionKind.CASH_DIVIDEND | ActionKind.COUPON | ActionKind.REDEMPTION:
            return len(legs) >= 1 and all(cash)
        case ActionKind.STOCK_DIVIDEND:
            return own == [True]
        case ActionKind.SPLIT:
            return own == [True] and legs[0].numerator > legs[0].denominator
        case ActionKind.REVERSE_SPLIT:
            return own == [True] and legs[0].numerator < legs[0].denominator
        case ActionKind.SPIN_OFF:
            return len(legs) >= 1 and not any(own) and not any(cash)
        case ActionKind.RIGHTS_ISSUE:
            return own == [False] and cash == [False]
        case ActionKind.MERGER:
            return len(legs) >= 1 and not any(own)
        case ActionKind.DELISTING:
            return not legs and action.payer == VENUE_ACCOUNT


def is_cash(state: State, asset: int) -> bool:
    """Whether an asset is money."""
    return state.assets[asset].asset_class == AssetClass.STABLECOIN


def cancel_action(machine: Machine, _account_id: int, body: CancelAction) -> RejectCode | None:
    """CANCEL_ACTION."""
    actions = machine.state.actions
    if body.action not in actions.open:
        return RejectCode.UNKNOWN_ACTION
    if actions.running is not None and actions.running.action == body.action:
        return RejectCode.ACTION_IN_PROGRESS

    action = actions.open.pop(body.action)
    machine.emit(ActionCancelled, VENUE_ACCOUNT, action=body.action, asset=action.asset)
    return None


def execute(machine: Machine, most: int) -> int:
    """Executes what is due, at most so many steps and `ACTION_ITEMS`; returns how many."""
    actions, done = machine.state.actions, 0
    while done < min(most, ACTION_ITEMS):
        first = next(iter(actions.in_order()), None)
        if first is None or actions.open[first].record_at > machine.state.timestamp_ns:
            break
        actions.running = actions.running or Running(first)
        STEPS[actions.running.stage](machine, actions.open[first], actions.running)
        done += 1
    return done


def next_instrument(state: State, action: Action, running: Running) -> Instrument | None:
    """The instrument of the asset that is looked at next; the one behind it is then."""
    for instrument in state.instruments[running.cursor :]:
        if instrument.base == action.asset:
            running.cursor = instrument.id + 1
            return instrument
    return None


def halt_next(machine: Machine, action: Action, running: Running) -> None:
    """Halts an instrument of the asset, or retires it; behind the last is the record moment."""
    instrument = next_instrument(machine.state, action, running)
    if instrument is not None and action.kind == ActionKind.DELISTING:
        retire(machine, instrument)
    elif instrument is not None:
        set_cause(machine, instrument, HaltCause.CORPORATE_ACTION, True)
    else:
        machine.emit(ActionStarted, VENUE_ACCOUNT, action=running.action, asset=action.asset)
        if action.kind == ActionKind.DELISTING:
            end(machine, action, running)
        elif action.order_policy == OrderPolicy.CANCEL:
            running.enter(ActionStage.CANCELLING)
        else:
            running.enter(ActionStage.COUNTING)


def retire(machine: Machine, instrument: Instrument) -> None:
    """It never trades again; its orders are cancelled as of any retired instrument."""
    if instrument.phase not in (Phase.CLOSED, Phase.RETIRED):
        change_phase(machine, instrument, Phase.CLOSED)
    if instrument.phase != Phase.RETIRED:
        change_phase(machine, instrument, Phase.RETIRED)


def cancel_next(machine: Machine, action: Action, running: Running) -> None:
    """Cancels an order of the asset's instruments; exits that wait are refused, as they are halted."""
    for instrument in machine.state.instruments[running.cursor :]:
        if instrument.base != action.asset:
            continue
        running.cursor = instrument.id
        order = next(instrument.listed_orders(), None)
        if order is not None:
            return cancel_resting(machine, order, CancelReason.CORPORATE_ACTION)
        if instrument.exits:
            return place_exits(machine, instrument)
    running.enter(ActionStage.COUNTING)
    return None


def owned(account: Account, asset: int) -> int:
    """What counts at the record moment: all of it, whatever it is held for."""
    return account.available[asset] + account.held[asset]


def is_concerned(account: Account, action: Action) -> bool:
    """Whether an action does anything to an account: it owns something, and is not the payer of what it owns."""
    pays_others = account.id == action.payer and not (action.creates or action.takes)
    return owned(account, action.asset) > 0 and not pays_others


def is_entitled(account: Account, action: Action) -> bool:
    """Whether it gets what others get: the payer does not, but of what is new."""
    return is_concerned(account, action) and (action.creates or account.id != action.payer)


def count_next(machine: Machine, action: Action, running: Running) -> None:
    """Counts what an account will get; behind the last, the payer must have all of it."""
    state = machine.state
    account = find(state.accounts, running.cursor)
    if account is None:
        return fund(machine, action, running)
    running.cursor += 1
    if not is_concerned(account, action):
        return None
    held = account.held[action.asset]
    if action.takes and held:
        return fail(machine, action, running, ActionFailure.HELD, action.asset, missing=held, holder=account.id)
    if not is_entitled(account, action):
        return None
    quantity = owned(account, action.asset)
    running.holders += 1
    running.quantity += quantity
    for place, amount in enumerate(action.amounts(account.id, quantity)):
        running.totals[place] += amount
        if running.totals[place] > MAX_AMOUNT:
            return fail(machine, action, running, ActionFailure.OVERFLOW, action.asset_of(place))
    return None


def fund(machine: Machine, action: Action, running: Running) -> None:
    """Holds what will be paid; if the payer has too little of anything, or there would be too much, nothing happens."""
    state = machine.state
    payer = state.accounts[action.payer]
    backed = state.backing.backed.get(action.asset)
    if (action.creates or action.takes) and backed is not None and backed.outstanding:
        return fail(machine, action, running, ActionFailure.MINTED, action.asset, missing=backed.outstanding)
    if action.creates:
        (leg,) = action.legs
        before = 0 if action.takes else state.assets[leg.asset].issued
        if before + running.totals[0] > MAX_AMOUNT:
            return fail(machine, action, running, ActionFailure.OVERFLOW, leg.asset)
    needed: dict[int, int] = {}
    paid = [place for place in action.paid_from_hold() if running.totals[place]]
    for place in paid:
        asset = action.asset_of(place)
        needed[asset] = needed.get(asset, 0) + running.totals[place]
        if needed[asset] > payer.available[asset]:
            missing = min(needed[asset] - payer.available[asset], MAX_AMOUNT)
            return fail(machine, action, running, ActionFailure.INSUFFICIENT_FUNDS, asset, missing=missing)
    for place in paid:
        asset, total = action.asset_of(place), running.totals[place]
        payer.hold(asset, total)
        machine.emit(ActionFunded, payer.id, action=running.action, asset=asset, total=total)
    running.unpaid = running.totals.copy()
    running.enter(ActionStage.PAYING)
    return None


def fail(
    machine: Machine,
    action: Action,
    running: Running,
    failure: ActionFailure,
    asset: int,
    missing: int = 0,
    holder: int = 0,
) -> None:
    """Nothing was paid, and nothing will be; trading goes on."""
    said = {"action": running.action, "asset": asset, "holder": holder, "missing": missing}
    machine.emit(ActionFailed, VENUE_ACCOUNT, failure=failure, **said)
    running.forget()
    running.enter(ActionStage.LIFTING)


def pay_next(machine: Machine, action: Action, running: Running) -> None:
    """Takes and pays what an account is entitled to; behind the last, all is told."""
    state = machine.state
    account = find(state.accounts, running.cursor)
    if account is None:
        return tell(machine, action, running)
    running.cursor += 1
    if not is_concerned(account, action):
        return None
    quantity, entitled = owned(account, action.asset), is_entitled(account, action)
    taken = quantity if action.takes else 0
    account.available[action.asset] -= taken
    state.assets[action.asset].issued -= taken
    said = {"action": running.action, "asset": action.asset, "quantity": quantity, "taken": taken}
    machine.emit(Entitled, account.id, **said)
    amounts = action.amounts(account.id, quantity) if entitled else []
    for place, amount in enumerate(amounts):
        if amount:
            pay(machine, action, running, account, place, amount)
    return None


def pay(machine: Machine, action: Action, running: Running, account: Account, place: int, amount: int) -> None:
    """A holder gets an amount, from the payer or as new units."""
    asset = action.asset_of(place)
    is_new = place not in action.paid_from_hold()
    if is_new:
        machine.state.assets[asset].issued += amount
    else:
        machine.state.accounts[action.payer].held[asset] -= amount
    account.available[asset] += amount
    running.unpaid[place] -= amount
    machine.emit(
        EntitlementPaid,
        account.id,
        action=running.action,
        asset=asset,
        payer=NONE_ID if is_new else action.payer,
        in_lieu=int(place == LIEU),
        amount=amount,
    )


def tell(machine: Machine, action: Action, running: Running) -> None:
    """What was paid in all, and what of each leg nobody got: the sum of what each holder has less than a whole unit."""
    for place in range(len(action.legs)):
        leg, total = action.legs[place], running.totals[place]
        residue = running.quantity * leg.numerator // leg.denominator - total
        said = {"action": running.action, "asset": leg.asset, "in_lieu": 0, "total": total, "residue": residue}
        machine.emit(ActionLegPaid, action.payer, **said)
    if action.lieu_asset != NONE_ID:
        said = {"action": running.action, "asset": action.lieu_asset, "in_lieu": 1}
        machine.emit(ActionLegPaid, action.payer, **said, total=running.totals[LIEU], residue=0)
    counted = {"holders": running.holders, "quantity": running.quantity}
    machine.emit(ActionDone, VENUE_ACCOUNT, action=running.action, asset=action.asset, **counted)
    running.forget()
    running.enter(ActionStage.REBASING if action.kind in SPLITTING else ActionStage.LIFTING)


def lift_next(machine: Machine, action: Action, running: Running) -> None:
    """An instrument of the asset trades again; behind the last, the action is over."""
    instrument = next_instrument(machine.state, action, running)
    if instrument is None:
        close(machine, running)
        return
    if running.stage == ActionStage.REBASING:
        rebase(machine, instrument, action.legs[0])
    set_cause(machine, instrument, HaltCause.CORPORATE_ACTION, False)


def rebase(machine: Machine, instrument: Instrument, leg: Leg) -> None:
    """What is known of an instrument's prices is that of the new units; bands begin anew."""

    def rebased(price: int) -> int:
        return min(max(1, price * leg.denominator // leg.numerator), instrument.max_price) if price else 0

    before, protection = standing(instrument), instrument.protection
    instrument.last_trade = rebased(instrument.last_trade)
    instrument.reference_price = rebased(instrument.reference_price)
    protection.close, protection.anchor = rebased(protection.close), rebased(protection.anchor)
    machine.emit(
        Rebased,
        VENUE_ACCOUNT,
        instrument=instrument.id,
        last_trade=instrument.last_trade,
        reference_price=instrument.reference_price,
        numerator=leg.numerator,
        denominator=leg.denominator,
    )
    judge_age(machine, instrument)
    say_changes(machine, instrument, before)
    begin_anew(machine, instrument, 0)


def end(machine: Machine, action: Action, running: Running) -> None:
    """A delisting is done when nothing trades any more."""
    machine.emit(ActionDone, VENUE_ACCOUNT, action=running.action, asset=action.asset, holders=0, quantity=0)
    close(machine, running)


def close(machine: Machine, running: Running) -> None:
    """The action is over, and known no more."""
    del machine.state.actions.open[running.action]
    machine.state.actions.running = None


STEPS: Final[dict[ActionStage, Callable[[Machine, Action, Running], None]]] = {
    ActionStage.HALTING: halt_next,
    ActionStage.CANCELLING: cancel_next,
    ActionStage.COUNTING: count_next,
    ActionStage.PAYING: pay_next,
    ActionStage.REBASING: lift_next,
    ActionStage.LIFTING: lift_next,
}
