"""One method for each command: makes the record and applies it. Units: `engine_core/docs/semantics.md`.

Written by `make vocabulary` from `engine_core/vocabulary/vocabulary.toml`: change that instead.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

import pyengine.commands as commands
from pyengine.events import Event

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typing_extensions import Buffer

    from pyengine.records import JurisdictionEntry, QuoteEntry


class CommandCalls(ABC):
    """Everything that can be asked of an engine, in terms of `apply`."""

    @abstractmethod
    def apply(self, command: Buffer) -> list[Event]:
        """One command record."""

    def place(
        self,
        account: int,
        instrument: int,
        side: int,
        price: int,
        quantity: int,
        *,
        order_type: int = 0,
        time_in_force: int = 0,
        stp: int = 0,
        quantity_kind: int = 0,
        client_order_id: str = "",
        expires_at: int = 0,
        display_quantity: int = 0,
        min_quantity: int = 0,
        trigger_price: int = 0,
        trail: int = 0,
        trigger: int = 0,
        visibility: int = 0,
        lifetime: int = 0,
        peg: int = 0,
        peg_offset: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """PLACE. A new order."""
        return self.apply(
            commands.pack_place(
                account,
                instrument,
                side,
                price,
                quantity,
                order_type=order_type,
                time_in_force=time_in_force,
                stp=stp,
                quantity_kind=quantity_kind,
                client_order_id=client_order_id,
                expires_at=expires_at,
                display_quantity=display_quantity,
                min_quantity=min_quantity,
                trigger_price=trigger_price,
                trail=trail,
                trigger=trigger,
                visibility=visibility,
                lifetime=lifetime,
                peg=peg,
                peg_offset=peg_offset,
                timestamp_ns=timestamp_ns,
            )
        )

    def cancel(
        self, account: int, *, order_id: int = 0, client_order_id: str = "", timestamp_ns: int | None = None
    ) -> list[Event]:
        """CANCEL. Takes one open order off the book."""
        return self.apply(
            commands.pack_cancel(account, order_id=order_id, client_order_id=client_order_id, timestamp_ns=timestamp_ns)
        )

    def amend(
        self,
        account: int,
        price: int,
        quantity: int,
        *,
        order_id: int = 0,
        client_order_id: str = "",
        display_quantity: int = 0,
        min_quantity: int = 0,
        expires_at: int = 0,
        trigger_price: int = 0,
        trail: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """AMEND. Gives one open order a new price, a new total quantity, and what else of it can be changed."""
        return self.apply(
            commands.pack_amend(
                account,
                price,
                quantity,
                order_id=order_id,
                client_order_id=client_order_id,
                display_quantity=display_quantity,
                min_quantity=min_quantity,
                expires_at=expires_at,
                trigger_price=trigger_price,
                trail=trail,
                timestamp_ns=timestamp_ns,
            )
        )

    def cancel_all(
        self,
        account: int,
        instrument: int | None = None,
        *,
        sides: int = 0,
        quote_group: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """CANCEL_ALL. Cancels the account's open orders."""
        return self.apply(
            commands.pack_cancel_all(
                account, instrument=instrument, sides=sides, quote_group=quote_group, timestamp_ns=timestamp_ns
            )
        )

    def cancel_replace(
        self,
        account: int,
        instrument: int,
        side: int,
        price: int,
        quantity: int,
        *,
        order_id: int = 0,
        order_type: int = 0,
        time_in_force: int = 0,
        stp: int = 0,
        quantity_kind: int = 0,
        client_order_id: str = "",
        expires_at: int = 0,
        display_quantity: int = 0,
        min_quantity: int = 0,
        trigger_price: int = 0,
        trail: int = 0,
        trigger: int = 0,
        visibility: int = 0,
        lifetime: int = 0,
        peg: int = 0,
        peg_offset: int = 0,
        on_failure: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """CANCEL_REPLACE. Takes an open order out and places another, or does nothing."""
        return self.apply(
            commands.pack_cancel_replace(
                account,
                instrument,
                side,
                price,
                quantity,
                order_id=order_id,
                order_type=order_type,
                time_in_force=time_in_force,
                stp=stp,
                quantity_kind=quantity_kind,
                client_order_id=client_order_id,
                expires_at=expires_at,
                display_quantity=display_quantity,
                min_quantity=min_quantity,
                trigger_price=trigger_price,
                trail=trail,
                trigger=trigger,
                visibility=visibility,
                lifetime=lifetime,
                peg=peg,
                peg_offset=peg_offset,
                on_failure=on_failure,
                timestamp_ns=timestamp_ns,
            )
        )

    def mass_quote(
        self,
        account: int,
        quote_group: int,
        quotes: Sequence[QuoteEntry],
        *,
        time_in_force: int = 0,
        stp: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """MASS_QUOTE. Says what the quotes of a group shall be, on many instruments at once."""
        return self.apply(
            commands.pack_mass_quote(
                account, quote_group, quotes, time_in_force=time_in_force, stp=stp, timestamp_ns=timestamp_ns
            )
        )

    def set_market_maker_protection(
        self,
        account: int,
        quote_group: int,
        *,
        window_ns: int = 0,
        max_quantity: int = 0,
        max_notional: int = 0,
        max_fills: int = 0,
        max_delta: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """SET_MARKET_MAKER_PROTECTION. Limits what a group may trade in a while; all 0: no longer."""
        return self.apply(
            commands.pack_set_market_maker_protection(
                account,
                quote_group,
                window_ns=window_ns,
                max_quantity=max_quantity,
                max_notional=max_notional,
                max_fills=max_fills,
                max_delta=max_delta,
                timestamp_ns=timestamp_ns,
            )
        )

    def reset_market_maker_protection(
        self, account: int, quote_group: int, *, timestamp_ns: int | None = None
    ) -> list[Event]:
        """RESET_MARKET_MAKER_PROTECTION. Lets a group that its protection has blocked quote again."""
        return self.apply(commands.pack_reset_market_maker_protection(account, quote_group, timestamp_ns=timestamp_ns))

    def cancel_after(
        self, account: int, timeout_ns: int, *, timer: int = 0, timestamp_ns: int | None = None
    ) -> list[Event]:
        """CANCEL_AFTER. Sets a timer that cancels all open orders of the account when it runs out."""
        return self.apply(commands.pack_cancel_after(account, timeout_ns, timer=timer, timestamp_ns=timestamp_ns))

    def place_oco(
        self,
        account: int,
        instrument: int,
        side: int,
        price: int,
        quantity: int,
        *,
        trigger: int,
        trigger_price: int,
        stop_price: int = 0,
        stp: int = 0,
        client_order_id: str = "",
        expires_at: int = 0,
        lifetime: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """PLACE_OCO. A limit order and a stop of one side and quantity, of which one cancels the other."""
        return self.apply(
            commands.pack_place_oco(
                account,
                instrument,
                side,
                price,
                quantity,
                trigger=trigger,
                trigger_price=trigger_price,
                stop_price=stop_price,
                stp=stp,
                client_order_id=client_order_id,
                expires_at=expires_at,
                lifetime=lifetime,
                timestamp_ns=timestamp_ns,
            )
        )

    def place_bracket(
        self,
        account: int,
        instrument: int,
        side: int,
        price: int,
        quantity: int,
        *,
        take_profit: int,
        trigger: int,
        trigger_price: int,
        stop_price: int = 0,
        order_type: int = 0,
        time_in_force: int = 0,
        stp: int = 0,
        client_order_id: str = "",
        expires_at: int = 0,
        lifetime: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """PLACE_BRACKET. An order that two others follow, to close what it has traded at a profit or at a stop."""
        return self.apply(
            commands.pack_place_bracket(
                account,
                instrument,
                side,
                price,
                quantity,
                take_profit=take_profit,
                trigger=trigger,
                trigger_price=trigger_price,
                stop_price=stop_price,
                order_type=order_type,
                time_in_force=time_in_force,
                stp=stp,
                client_order_id=client_order_id,
                expires_at=expires_at,
                lifetime=lifetime,
                timestamp_ns=timestamp_ns,
            )
        )

    def create_asset(
        self,
        asset: int,
        symbol: str,
        asset_class: int,
        decimals: int,
        *,
        min_withdrawal: int = 1,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """CREATE_ASSET. Lists an asset under the next id."""
        return self.apply(
            commands.pack_create_asset(
                asset, symbol, asset_class, decimals, min_withdrawal=min_withdrawal, timestamp_ns=timestamp_ns
            )
        )

    def create_instrument(
        self,
        instrument: int,
        symbol: str,
        base: int,
        quote: int,
        *,
        lot_size: int,
        tick_lot_value: int,
        max_price: int,
        collar_bps: int = 500,
        phase: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """CREATE_INSTRUMENT. Lists an instrument under the next id."""
        return self.apply(
            commands.pack_create_instrument(
                instrument,
                symbol,
                base,
                quote,
                lot_size=lot_size,
                tick_lot_value=tick_lot_value,
                max_price=max_price,
                collar_bps=collar_bps,
                phase=phase,
                timestamp_ns=timestamp_ns,
            )
        )

    def create_account(self, account: int, *, fee_schedule: int = 0, timestamp_ns: int | None = None) -> list[Event]:
        """CREATE_ACCOUNT. Opens an account under the next id."""
        return self.apply(commands.pack_create_account(account, fee_schedule=fee_schedule, timestamp_ns=timestamp_ns))

    def set_fee_schedule(
        self,
        fee_schedule: int,
        maker_rate: int,
        taker_rate: int,
        *,
        effective_at: int = 0,
        notional_1: int = 0,
        maker_rate_1: int = 0,
        taker_rate_1: int = 0,
        notional_2: int = 0,
        maker_rate_2: int = 0,
        taker_rate_2: int = 0,
        notional_3: int = 0,
        maker_rate_3: int = 0,
        taker_rate_3: int = 0,
        notional_4: int = 0,
        maker_rate_4: int = 0,
        taker_rate_4: int = 0,
        notional_5: int = 0,
        maker_rate_5: int = 0,
        taker_rate_5: int = 0,
        notional_6: int = 0,
        maker_rate_6: int = 0,
        taker_rate_6: int = 0,
        notional_7: int = 0,
        maker_rate_7: int = 0,
        taker_rate_7: int = 0,
        notional_8: int = 0,
        maker_rate_8: int = 0,
        taker_rate_8: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """SET_FEE_SCHEDULE. Replaces a fee schedule, or appends one under the next id."""
        return self.apply(
            commands.pack_set_fee_schedule(
                fee_schedule,
                maker_rate,
                taker_rate,
                effective_at=effective_at,
                notional_1=notional_1,
                maker_rate_1=maker_rate_1,
                taker_rate_1=taker_rate_1,
                notional_2=notional_2,
                maker_rate_2=maker_rate_2,
                taker_rate_2=taker_rate_2,
                notional_3=notional_3,
                maker_rate_3=maker_rate_3,
                taker_rate_3=taker_rate_3,
                notional_4=notional_4,
                maker_rate_4=maker_rate_4,
                taker_rate_4=taker_rate_4,
                notional_5=notional_5,
                maker_rate_5=maker_rate_5,
                taker_rate_5=taker_rate_5,
                notional_6=notional_6,
                maker_rate_6=maker_rate_6,
                taker_rate_6=taker_rate_6,
                notional_7=notional_7,
                maker_rate_7=maker_rate_7,
                taker_rate_7=taker_rate_7,
                notional_8=notional_8,
                maker_rate_8=maker_rate_8,
                taker_rate_8=taker_rate_8,
                timestamp_ns=timestamp_ns,
            )
        )

    def halt(self, instrument: int, *, cause: int = 0, timestamp_ns: int | None = None) -> list[Event]:
        """HALT. Stops an instrument's trading, for a cause; cancels still work."""
        return self.apply(commands.pack_halt(instrument, cause=cause, timestamp_ns=timestamp_ns))

    def resume(self, instrument: int, *, cause: int = 0, timestamp_ns: int | None = None) -> list[Event]:
        """RESUME. Lifts a cause; an instrument's trading goes on when it was the last."""
        return self.apply(commands.pack_resume(instrument, cause=cause, timestamp_ns=timestamp_ns))

    def pulse(self, *, timestamp_ns: int | None = None) -> list[Event]:
        """PULSE. Time has come: the engine does what is due, a bounded part of it."""
        return self.apply(commands.pack_pulse(timestamp_ns=timestamp_ns))

    def set_account(
        self,
        account: int,
        *,
        fee_schedule: int = 0,
        max_open_orders: int = 4096,
        client_id_window: int = 128,
        group: int = 0,
        max_open_notional: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """SET_ACCOUNT. Gives an account another fee schedule, other limits, another group."""
        return self.apply(
            commands.pack_set_account(
                account,
                fee_schedule=fee_schedule,
                max_open_orders=max_open_orders,
                client_id_window=client_id_window,
                group=group,
                max_open_notional=max_open_notional,
                timestamp_ns=timestamp_ns,
            )
        )

    def set_reference(
        self, instrument: int, price: int, *, source: int = 0, observed_at: int = 0, timestamp_ns: int | None = None
    ) -> list[Event]:
        """SET_REFERENCE. Says what an instrument is worth elsewhere."""
        return self.apply(
            commands.pack_set_reference(
                instrument, price, source=source, observed_at=observed_at, timestamp_ns=timestamp_ns
            )
        )

    def roll_trade_date(self, trade_date: int, *, timestamp_ns: int | None = None) -> list[Event]:
        """ROLL_TRADE_DATE. Begins a trade date; trading goes on, and the day orders of earlier dates end."""
        return self.apply(commands.pack_roll_trade_date(trade_date, timestamp_ns=timestamp_ns))

    def set_phase(
        self, instrument: int, phase: int, *, next: int = 0, ends_at: int = 0, timestamp_ns: int | None = None
    ) -> list[Event]:
        """SET_PHASE. Opens, closes or retires an instrument, begins an auction, or ends its call."""
        return self.apply(
            commands.pack_set_phase(instrument, phase, next=next, ends_at=ends_at, timestamp_ns=timestamp_ns)
        )

    def set_trading_limits(
        self,
        instrument: int,
        *,
        static_bps: int = 0,
        dynamic_bps: int = 0,
        auction_bps: int = 0,
        call_ns: int = 0,
        max_quantity: int = 0,
        max_notional: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """SET_TRADING_LIMITS. Bounds an instrument's prices and the size of its orders."""
        return self.apply(
            commands.pack_set_trading_limits(
                instrument,
                static_bps=static_bps,
                dynamic_bps=dynamic_bps,
                auction_bps=auction_bps,
                call_ns=call_ns,
                max_quantity=max_quantity,
                max_notional=max_notional,
                timestamp_ns=timestamp_ns,
            )
        )

    def set_volatility_bands(
        self,
        instrument: int,
        *,
        bps: int = 0,
        ticks: int = 0,
        multiplier: int = 0,
        limit_state_ns: int = 0,
        pause_ns: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """SET_VOLATILITY_BANDS. Bounds an instrument's prices by its own trades of the last minutes."""
        return self.apply(
            commands.pack_set_volatility_bands(
                instrument,
                bps=bps,
                ticks=ticks,
                multiplier=multiplier,
                limit_state_ns=limit_state_ns,
                pause_ns=pause_ns,
                timestamp_ns=timestamp_ns,
            )
        )

    def set_reference_policy(
        self,
        instrument: int,
        *,
        stale: int = 0,
        primary: int = 0,
        widen: int = 0,
        max_age_ns: int = 0,
        closed_bps: int = 0,
        step_bps: int = 0,
        step_ns: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """SET_REFERENCE_POLICY. Says what an old reference price leads to, and a closed primary market."""
        return self.apply(
            commands.pack_set_reference_policy(
                instrument,
                stale=stale,
                primary=primary,
                widen=widen,
                max_age_ns=max_age_ns,
                closed_bps=closed_bps,
                step_bps=step_bps,
                step_ns=step_ns,
                timestamp_ns=timestamp_ns,
            )
        )

    def set_primary_status(
        self, instrument: int, status: int, *, close: int = 0, timestamp_ns: int | None = None
    ) -> list[Event]:
        """SET_PRIMARY_STATUS. Says whether an instrument's primary market trades."""
        return self.apply(commands.pack_set_primary_status(instrument, status, close=close, timestamp_ns=timestamp_ns))

    def deposit(
        self, account: int, asset: int, amount: int, *, reference: str = "", timestamp_ns: int | None = None
    ) -> list[Event]:
        """DEPOSIT. Credits an account: what the venue has received."""
        return self.apply(commands.pack_deposit(account, asset, amount, reference=reference, timestamp_ns=timestamp_ns))

    def request_withdrawal(
        self, account: int, asset: int, amount: int, *, reference: str = "", timestamp_ns: int | None = None
    ) -> list[Event]:
        """REQUEST_WITHDRAWAL. Holds an amount until the venue settles or cancels its withdrawal."""
        return self.apply(
            commands.pack_request_withdrawal(account, asset, amount, reference=reference, timestamp_ns=timestamp_ns)
        )

    def settle_withdrawal(
        self, account: int, withdrawal_id: int, *, reference: str = "", timestamp_ns: int | None = None
    ) -> list[Event]:
        """SETTLE_WITHDRAWAL. The money has left."""
        return self.apply(
            commands.pack_settle_withdrawal(account, withdrawal_id, reference=reference, timestamp_ns=timestamp_ns)
        )

    def cancel_withdrawal(
        self, account: int, withdrawal_id: int, *, reference: str = "", timestamp_ns: int | None = None
    ) -> list[Event]:
        """CANCEL_WITHDRAWAL. Gives a withdrawal's money back to the account."""
        return self.apply(
            commands.pack_cancel_withdrawal(account, withdrawal_id, reference=reference, timestamp_ns=timestamp_ns)
        )

    def transfer(
        self,
        account: int,
        to_account: int,
        asset: int,
        amount: int,
        *,
        reference: str = "",
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """TRANSFER. Moves money between two accounts."""
        return self.apply(
            commands.pack_transfer(account, to_account, asset, amount, reference=reference, timestamp_ns=timestamp_ns)
        )

    def set_fee_override(
        self,
        fee_schedule: int,
        instrument: int,
        maker_rate: int = 0,
        taker_rate: int = 0,
        *,
        change: int = 0,
        effective_at: int = 0,
        notional_1: int = 0,
        maker_rate_1: int = 0,
        taker_rate_1: int = 0,
        notional_2: int = 0,
        maker_rate_2: int = 0,
        taker_rate_2: int = 0,
        notional_3: int = 0,
        maker_rate_3: int = 0,
        taker_rate_3: int = 0,
        notional_4: int = 0,
        maker_rate_4: int = 0,
        taker_rate_4: int = 0,
        notional_5: int = 0,
        maker_rate_5: int = 0,
        taker_rate_5: int = 0,
        notional_6: int = 0,
        maker_rate_6: int = 0,
        taker_rate_6: int = 0,
        notional_7: int = 0,
        maker_rate_7: int = 0,
        taker_rate_7: int = 0,
        notional_8: int = 0,
        maker_rate_8: int = 0,
        taker_rate_8: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """SET_FEE_OVERRIDE. Gives a fee schedule other rates and tiers for one instrument, or takes them away."""
        return self.apply(
            commands.pack_set_fee_override(
                fee_schedule,
                instrument,
                maker_rate,
                taker_rate,
                change=change,
                effective_at=effective_at,
                notional_1=notional_1,
                maker_rate_1=maker_rate_1,
                taker_rate_1=taker_rate_1,
                notional_2=notional_2,
                maker_rate_2=maker_rate_2,
                taker_rate_2=taker_rate_2,
                notional_3=notional_3,
                maker_rate_3=maker_rate_3,
                taker_rate_3=taker_rate_3,
                notional_4=notional_4,
                maker_rate_4=maker_rate_4,
                taker_rate_4=taker_rate_4,
                notional_5=notional_5,
                maker_rate_5=maker_rate_5,
                taker_rate_5=taker_rate_5,
                notional_6=notional_6,
                maker_rate_6=maker_rate_6,
                taker_rate_6=taker_rate_6,
                notional_7=notional_7,
                maker_rate_7=maker_rate_7,
                taker_rate_7=taker_rate_7,
                notional_8=notional_8,
                maker_rate_8=maker_rate_8,
                taker_rate_8=taker_rate_8,
                timestamp_ns=timestamp_ns,
            )
        )

    def set_obligation(
        self,
        account: int,
        instrument: int,
        *,
        max_spread: int = 0,
        min_quantity: int = 0,
        required_bps: int = 0,
        maker_rate: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """SET_OBLIGATION. Says what a market maker owes on an instrument and gets for it; all 0: nothing."""
        return self.apply(
            commands.pack_set_obligation(
                account,
                instrument,
                max_spread=max_spread,
                min_quantity=min_quantity,
                required_bps=required_bps,
                maker_rate=maker_rate,
                timestamp_ns=timestamp_ns,
            )
        )

    def set_key(
        self, account: int, key_id: int, document: bytes, *, expires_at: int = 0, timestamp_ns: int | None = None
    ) -> list[Event]:
        """SET_KEY. Gives an account an API key, or an API key of it another document and another end."""
        return self.apply(
            commands.pack_set_key(account, key_id, document, expires_at=expires_at, timestamp_ns=timestamp_ns)
        )

    def revoke_key(self, account: int, key_id: int, *, timestamp_ns: int | None = None) -> list[Event]:
        """REVOKE_KEY. Takes an API key away, for good."""
        return self.apply(commands.pack_revoke_key(account, key_id, timestamp_ns=timestamp_ns))

    def set_holder(
        self,
        account: int,
        *,
        investor_class: int = 0,
        jurisdiction: int = 0,
        verified_until: int = 0,
        firm: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """SET_HOLDER. Says who holds an account: what eligibility asks for."""
        return self.apply(
            commands.pack_set_holder(
                account,
                investor_class=investor_class,
                jurisdiction=jurisdiction,
                verified_until=verified_until,
                firm=firm,
                timestamp_ns=timestamp_ns,
            )
        )

    def set_eligibility(
        self,
        *,
        asset: int | None = None,
        instrument: int | None = None,
        classes: int = 0,
        verification: int = 0,
        jurisdiction_rule: int = 0,
        jurisdictions: Sequence[JurisdictionEntry] = (),
        max_holding: int = 0,
        locked_until: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """SET_ELIGIBILITY. Says who may receive an asset, or trade an instrument; nothing said: everybody."""
        return self.apply(
            commands.pack_set_eligibility(
                asset=asset,
                instrument=instrument,
                classes=classes,
                verification=verification,
                jurisdiction_rule=jurisdiction_rule,
                jurisdictions=jurisdictions,
                max_holding=max_holding,
                locked_until=locked_until,
                timestamp_ns=timestamp_ns,
            )
        )

    def freeze(
        self,
        account: int = 0,
        *,
        scope: int = 0,
        asset: int | None = None,
        amount: int = 0,
        until: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """FREEZE. Freezes an account, an asset, or units of an asset in an account."""
        return self.apply(
            commands.pack_freeze(
                account, scope=scope, asset=asset, amount=amount, until=until, timestamp_ns=timestamp_ns
            )
        )

    def unfreeze(
        self,
        account: int = 0,
        *,
        scope: int = 0,
        asset: int | None = None,
        until: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """UNFREEZE. Lifts a freeze."""
        return self.apply(
            commands.pack_unfreeze(account, scope=scope, asset=asset, until=until, timestamp_ns=timestamp_ns)
        )

    def force_transfer(
        self,
        account: int,
        to_account: int,
        asset: int,
        amount: int,
        *,
        reason: int = 0,
        reference: str = "",
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """FORCE_TRANSFER. Moves units between two accounts by authority, frozen ones first."""
        return self.apply(
            commands.pack_force_transfer(
                account, to_account, asset, amount, reason=reason, reference=reference, timestamp_ns=timestamp_ns
            )
        )

    def set_beneficial(
        self,
        account: int,
        asset: int,
        quantity: int,
        *,
        from_holder: int = 0,
        to_holder: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """SET_BENEFICIAL. Moves units of an account onto its register of beneficial holders, on it, and off."""
        return self.apply(
            commands.pack_set_beneficial(
                account, asset, quantity, from_holder=from_holder, to_holder=to_holder, timestamp_ns=timestamp_ns
            )
        )

    def set_asset_terms(
        self,
        asset: int,
        issuer: int,
        *,
        form: int = 0,
        attestation: int = 0,
        bars: int = 0,
        isin: str = "",
        currency: str = "",
        vault: str = "",
        backing: int = 0,
        min_redemption: int = 1,
        redemption_unit: int = 1,
        redemption_fee: int = 0,
        redemption_fee_rate: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """SET_ASSET_TERMS. Says what stands behind an asset, who issues it and how it is redeemed."""
        return self.apply(
            commands.pack_set_asset_terms(
                asset,
                issuer,
                form=form,
                attestation=attestation,
                bars=bars,
                isin=isin,
                currency=currency,
                vault=vault,
                backing=backing,
                min_redemption=min_redemption,
                redemption_unit=redemption_unit,
                redemption_fee=redemption_fee,
                redemption_fee_rate=redemption_fee_rate,
                timestamp_ns=timestamp_ns,
            )
        )

    def set_attestor(
        self, attestor: int, public_key: bytes, *, status: int = 0, timestamp_ns: int | None = None
    ) -> list[Event]:
        """SET_ATTESTOR. Lists who attests reserves under the next number, or gives one another key or status."""
        return self.apply(commands.pack_set_attestor(attestor, public_key, status=status, timestamp_ns=timestamp_ns))

    def attest(
        self,
        asset: int,
        attestor: int,
        reserve: int,
        as_of: int,
        valid_until: int,
        signature: bytes,
        *,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """ATTEST. Brings what an attestor says of an asset's reserve, under its signature."""
        return self.apply(
            commands.pack_attest(asset, attestor, reserve, as_of, valid_until, signature, timestamp_ns=timestamp_ns)
        )

    def mint(
        self, account: int, asset: int, amount: int, *, reference: str = "", timestamp_ns: int | None = None
    ) -> list[Event]:
        """MINT. Issues an asset to its issuer's account, as far as what stands behind it reaches."""
        return self.apply(commands.pack_mint(account, asset, amount, reference=reference, timestamp_ns=timestamp_ns))

    def request_redemption(
        self, account: int, asset: int, amount: int, *, reference: str = "", timestamp_ns: int | None = None
    ) -> list[Event]:
        """REQUEST_REDEMPTION. Holds an amount until its redemption is settled or refused."""
        return self.apply(
            commands.pack_request_redemption(account, asset, amount, reference=reference, timestamp_ns=timestamp_ns)
        )

    def settle_redemption(
        self, account: int, withdrawal_id: int, *, reference: str = "", timestamp_ns: int | None = None
    ) -> list[Event]:
        """SETTLE_REDEMPTION. What a redemption is for has been delivered: its units are burned."""
        return self.apply(
            commands.pack_settle_redemption(account, withdrawal_id, reference=reference, timestamp_ns=timestamp_ns)
        )

    def refuse_redemption(
        self,
        account: int,
        withdrawal_id: int,
        *,
        refusal: int = 0,
        reference: str = "",
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """REFUSE_REDEMPTION. Gives a redemption's units back to the holder."""
        return self.apply(
            commands.pack_refuse_redemption(
                account, withdrawal_id, refusal=refusal, reference=reference, timestamp_ns=timestamp_ns
            )
        )

    def set_refiner(self, refiner: int, code: str, *, status: int = 0, timestamp_ns: int | None = None) -> list[Event]:
        """SET_REFINER. Lists who makes bars under the next number, or gives one another code or status."""
        return self.apply(commands.pack_set_refiner(refiner, code, status=status, timestamp_ns=timestamp_ns))

    def register_bar(
        self,
        asset: int,
        refiner: int,
        serial: str,
        *,
        gross_weight: int,
        fine_weight: int,
        vault: str = "",
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """REGISTER_BAR. A bar is in the vault, and stands behind an asset from now on."""
        return self.apply(
            commands.pack_register_bar(
                asset,
                refiner,
                serial,
                gross_weight=gross_weight,
                fine_weight=fine_weight,
                vault=vault,
                timestamp_ns=timestamp_ns,
            )
        )

    def remove_bar(self, bar: int, *, timestamp_ns: int | None = None) -> list[Event]:
        """REMOVE_BAR. A bar leaves the vault; what is left must cover what was issued."""
        return self.apply(commands.pack_remove_bar(bar, timestamp_ns=timestamp_ns))

    def set_peg(
        self, asset: int, *, band_bps: int = 0, haircut_bps: int = 0, source: int = 0, timestamp_ns: int | None = None
    ) -> list[Event]:
        """SET_PEG. Says how far a cash asset may be from par before its instruments halt; 0: however far."""
        return self.apply(
            commands.pack_set_peg(
                asset, band_bps=band_bps, haircut_bps=haircut_bps, source=source, timestamp_ns=timestamp_ns
            )
        )

    def set_cash_reference(
        self, asset: int, value: int, *, source: int = 0, observed_at: int = 0, timestamp_ns: int | None = None
    ) -> list[Event]:
        """SET_CASH_REFERENCE. Says what a cash asset is worth elsewhere."""
        return self.apply(
            commands.pack_set_cash_reference(
                asset, value, source=source, observed_at=observed_at, timestamp_ns=timestamp_ns
            )
        )

    def announce_action(
        self,
        action: int,
        asset: int,
        action_kind: int,
        *,
        record_at: int,
        payer: int = 0,
        order_policy: int = 0,
        books_close_at: int = 0,
        lieu_asset: int = 4294967295,
        asset_1: int = 4294967295,
        numerator_1: int = 0,
        denominator_1: int = 0,
        lieu_price_1: int = 0,
        asset_2: int = 4294967295,
        numerator_2: int = 0,
        denominator_2: int = 0,
        lieu_price_2: int = 0,
        asset_3: int = 4294967295,
        numerator_3: int = 0,
        denominator_3: int = 0,
        lieu_price_3: int = 0,
        asset_4: int = 4294967295,
        numerator_4: int = 0,
        denominator_4: int = 0,
        lieu_price_4: int = 0,
        timestamp_ns: int | None = None,
    ) -> list[Event]:
        """ANNOUNCE_ACTION. Announces a corporate action under the next id, or in the place of an announced one."""
        return self.apply(
            commands.pack_announce_action(
                action,
                asset,
                action_kind,
                record_at=record_at,
                payer=payer,
                order_policy=order_policy,
                books_close_at=books_close_at,
                lieu_asset=lieu_asset,
                asset_1=asset_1,
                numerator_1=numerator_1,
                denominator_1=denominator_1,
                lieu_price_1=lieu_price_1,
                asset_2=asset_2,
                numerator_2=numerator_2,
                denominator_2=denominator_2,
                lieu_price_2=lieu_price_2,
                asset_3=asset_3,
                numerator_3=numerator_3,
                denominator_3=denominator_3,
                lieu_price_3=lieu_price_3,
                asset_4=asset_4,
                numerator_4=numerator_4,
                denominator_4=denominator_4,
                lieu_price_4=lieu_price_4,
                timestamp_ns=timestamp_ns,
            )
        )

    def cancel_action(self, action: int, *, timestamp_ns: int | None = None) -> list[Event]:
        """CANCEL_ACTION. Withdraws the announcement of a corporate action that has not begun."""
        return self.apply(commands.pack_cancel_action(action, timestamp_ns=timestamp_ns))
