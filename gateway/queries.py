"""What an operator may ask of the hub, as the messages that answer it, a bounded page at a time. Changes nothing.

Names and numbers are the wire's: symbols for ids, words for enumerations. What a request names and nobody knows is an
`UnknownError`, whose code is the protocol's.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

from gateway import schemas
from gateway.hub import Action, FeeTable, Hub
from gateway.registry import Registry, UnknownError
from pyengine._engine_core import Order

T = TypeVar("T")
LAST_U32 = 2**32 - 1
"""No account has a higher number."""


class Queries:
    """The state of a venue as its operator sees it."""

    def __init__(self, hub: Hub, registry: Registry) -> None:
        self._hub = hub
        self._registry = registry

    def accounts(self, request: schemas.AdminGetAccounts) -> schemas.Accounts:
        """By id."""
        page, following = _page(range(self._hub.counts()[2]), request)
        accounts = [self._account(account) for account in page]
        return schemas.Accounts(ref=request.ref, seq=self._hub.sequence, accounts=accounts, next=following)

    def balances(self, request: schemas.AdminGetBalances) -> schemas.Balances:
        """Those of an account that are not 0; the place of an asset among all is where a page begins."""
        account = self._known_account(request.account)
        self._registry.refresh()
        rest = [balance for balance in self._hub.balances(account) if balance[0] >= request.first]
        page = rest[: request.limit]
        symbols = self._registry.asset_symbols
        return schemas.Balances(
            ref=request.ref,
            seq=self._hub.sequence,
            account_seq=self._hub.account_sequence(account),
            balances=[
                schemas.BalanceInfo(asset=symbols[asset], available=free, held=held) for asset, free, held in page
            ],
            next=rest[request.limit][0] if len(rest) > request.limit else 0,
        )

    def orders(self, request: schemas.AdminGetOrders) -> schemas.Orders:
        """The open orders of an account."""
        account = self._known_account(request.account)
        self._registry.refresh()
        page, more = self._hub.open_orders_page(account, max(request.first - 1, 0), request.limit)
        return schemas.Orders(
            ref=request.ref,
            seq=self._hub.sequence,
            account_seq=self._hub.account_sequence(account),
            orders=[order_info(order, self._registry.instrument_symbols) for order in page],
            next=page[-1].order_id + 1 if more else 0,
        )

    def withdrawals(self, request: schemas.AdminGetWithdrawals) -> schemas.Withdrawals:
        """Those that are pending, of one account or of all."""
        account = None if request.account is None else self._known_account(request.account)
        self._registry.refresh()
        page, more = self._hub.pending_withdrawals(account, request.first, request.limit)
        withdrawals = [
            schemas.WithdrawalInfo(
                withdrawal_id=number, account=owner, asset=self._registry.asset_symbols[asset], amount=amount
            )
            for number, owner, asset, amount in page
        ]
        following = page[-1][0] + 1 if more else 0
        return schemas.Withdrawals(ref=request.ref, seq=self._hub.sequence, withdrawals=withdrawals, next=following)

    def fees(self, request: schemas.AdminGetFees) -> schemas.Fees:
        """Schedules, overrides, changes that wait."""
        self._registry.refresh()
        page, following = _page(self._hub.fee_tables(), request)
        fees = [self._fee(table) for table in page]
        return schemas.Fees(ref=request.ref, seq=self._hub.sequence, fees=fees, next=following)

    def holders(self, request: schemas.AdminGetHolders) -> schemas.Holders:
        """By account."""
        rows, more = ([], False) if request.first > LAST_U32 else self._hub.holders_page(request.first, request.limit)
        holders = [
            schemas.HolderInfo(
                account=account,
                investor_class=schemas.INVESTOR_CLASSES[investor_class],
                jurisdiction=jurisdiction,
                verified_until=verified_until,
                firm=firm,
                frozen=frozen,
            )
            for account, jurisdiction, investor_class, verified_until, firm, frozen in rows
        ]
        following = holders[-1].account + 1 if more else 0
        return schemas.Holders(ref=request.ref, seq=self._hub.sequence, holders=holders, next=following)

    def eligibility(self, request: schemas.AdminGetEligibility) -> schemas.EligibilityTables:
        """Those of assets, then those of instruments."""
        self._registry.refresh()
        page, following = _page(self._hub.eligibility(), request)
        tables = [
            schemas.EligibilityInfo(
                asset="" if asset is None else self._registry.asset_symbols[asset],
                instrument="" if instrument is None else self._registry.instrument_symbols[instrument],
                classes=classes,
                verification=schemas.VERIFICATIONS[verification],
                jurisdiction_rule=schemas.JURISDICTION_RULES[rule],
                jurisdictions=jurisdictions,
                max_holding=max_holding,
                locked_until=locked_until,
            )
            for asset, instrument, classes, verification, rule, jurisdictions, max_holding, locked_until in page
        ]
        return schemas.EligibilityTables(ref=request.ref, seq=self._hub.sequence, tables=tables, next=following)

    def freezes(self, request: schemas.AdminGetFreezes) -> schemas.Freezes:
        """Assets, then units."""
        self._registry.refresh()
        symbols = self._registry.asset_symbols
        of_assets = [schemas.FreezeInfo(scope="asset", asset=symbols[asset]) for asset in self._hub.frozen_assets()]
        of_units = [
            schemas.FreezeInfo(scope="units", asset=symbols[asset], account=account, amount=amount, until=until)
            for account, asset, until, amount in self._hub.freezes()
        ]
        page, following = _page([*of_assets, *of_units], request)
        return schemas.Freezes(ref=request.ref, seq=self._hub.sequence, freezes=list(page), next=following)

    def beneficial(self, request: schemas.AdminGetBeneficial) -> schemas.BeneficialHolders:
        """By asset, then holder."""
        account = self._known_account(request.account)
        self._registry.refresh()
        page, following = _page(self._hub.beneficial(account), request)
        symbols = self._registry.asset_symbols
        rows = [
            schemas.BeneficialInfo(asset=symbols[asset], holder=holder, quantity=units) for asset, holder, units in page
        ]
        return schemas.BeneficialHolders(
            ref=request.ref, seq=self._hub.sequence, account=account, beneficial=rows, next=following
        )

    def backing(self, request: schemas.AdminGetBacking) -> schemas.Backing:
        """By asset; on the first page who attests and makes bars, and the bands around par, too."""
        self._registry.refresh()
        page, following = _page(self._hub.backing(), request)
        symbols = self._registry.asset_symbols
        others: dict[str, Any] = {}
        if request.first == 0:
            others = {
                "attestors": [
                    schemas.AttestorInfo(public_key=key.hex(), status=schemas.ATTESTOR_STATUSES[status])
                    for key, status in self._hub.attestors()
                ],
                "refiners": [
                    schemas.RefinerInfo(code=code, status=schemas.REFINER_STATUSES[status])
                    for code, status in self._hub.refiners()
                ],
                "pegs": [
                    schemas.PegInfo(
                        asset=symbols[asset],
                        band_bps=band_bps,
                        haircut_bps=haircut_bps,
                        source=source,
                        value=value,
                        value_source=value_source,
                        observed_at=observed_at,
                        depegged=outside,
                    )
                    for asset, band_bps, haircut_bps, source, value, value_source, observed_at, outside in (
                        self._hub.pegs()
                    )
                ],
            }
        assets = [schemas.BackedInfo(**{**row, **self._words(row)}) for row in page]
        return schemas.Backing(ref=request.ref, seq=self._hub.sequence, assets=assets, **others, next=following)

    def _words(self, row: dict[str, Any]) -> dict[str, str]:
        return {
            "asset": self._registry.asset_symbols[row["asset"]],
            "form": schemas.ASSET_FORMS[row["form"]],
            "attestation": schemas.ATTESTATION_POLICIES[row["attestation"]],
            "bars": schemas.BAR_POLICIES[row["bars"]],
        }

    def redemptions(self, request: schemas.AdminGetRedemptions) -> schemas.Redemptions:
        """Those that wait, of one account or of all."""
        account = None if request.account is None else self._known_account(request.account)
        self._registry.refresh()
        page, more = self._hub.redemptions(account, request.first, request.limit)
        redemptions = [
            schemas.RedemptionInfo(
                withdrawal_id=number,
                account=owner,
                asset=self._registry.asset_symbols[asset],
                asked=asked,
                amount=amount,
                fee=fee,
                bar=bar,
            )
            for number, owner, asset, asked, amount, fee, bar in page
        ]
        following = page[-1][0] + 1 if more else 0
        return schemas.Redemptions(ref=request.ref, seq=self._hub.sequence, redemptions=redemptions, next=following)

    def bars(self, request: schemas.AdminGetBars) -> schemas.Bars:
        """By number."""
        self._registry.refresh()
        page, more = self._hub.bars(request.first, request.limit)
        bars = [
            schemas.BarInfo(
                bar=number,
                asset=self._registry.asset_symbols[asset],
                refiner=refiner,
                serial=serial,
                vault=vault,
                gross_weight=gross,
                fine_weight=fine,
                assigned=not free,
            )
            for number, asset, refiner, serial, vault, gross, fine, free in page
        ]
        following = page[-1][0] + 1 if more else 0
        return schemas.Bars(ref=request.ref, seq=self._hub.sequence, bars=bars, next=following)

    def actions(self, request: schemas.AdminGetActions) -> schemas.Actions:
        """Those that are announced or run."""
        self._registry.refresh()
        page, following = _page(self._hub.actions(), request)
        actions = [self._action(row) for row in page]
        return schemas.Actions(ref=request.ref, seq=self._hub.sequence, actions=actions, next=following)

    def _action(self, row: Action) -> schemas.ActionInfo:
        action, kind, asset, payer, policy, lieu_asset, record_at, books_close_at, legs, stage, cursor = row
        symbols = self._registry.asset_symbols
        return schemas.ActionInfo(
            action=action,
            action_kind=schemas.ACTION_KINDS[kind],
            asset=symbols[asset],
            payer=payer,
            order_policy=schemas.ORDER_POLICIES[policy],
            record_at=record_at,
            books_close_at=books_close_at,
            lieu_asset="" if lieu_asset is None else symbols[lieu_asset],
            legs=[
                schemas.LegInfo(asset=symbols[of], numerator=numerator, denominator=denominator, lieu_price=price)
                for of, numerator, denominator, price in legs
            ],
            stage=schemas.ACTION_STAGES[stage],
            cursor=cursor,
        )

    def _account(self, account: int) -> schemas.AccountInfo:
        schedule, max_open_orders, window, group, max_open_notional, open_orders, pending = self._hub.account(account)
        return schemas.AccountInfo(
            account=account,
            fee_schedule=schedule,
            max_open_orders=max_open_orders,
            client_id_window=window,
            group=group,
            max_open_notional=max_open_notional,
            open_orders=open_orders,
            pending_withdrawals=pending,
        )

    def _fee(self, table: FeeTable) -> schemas.FeeInfo:
        schedule, instrument, effective_at, rates = table
        maker_rate, taker_rate, tiers = rates or (0, 0, [])
        return schemas.FeeInfo(
            fee_schedule=schedule,
            instrument="" if instrument is None else self._registry.instrument_symbols[instrument],
            maker_rate=maker_rate,
            taker_rate=taker_rate,
            tiers=[
                schemas.FeeTier(notional=least, maker_rate=maker, taker_rate=taker) for least, maker, taker in tiers
            ],
            effective_at=effective_at,
            change="remove" if rates is None else "set",
        )

    def _known_account(self, account: int) -> int:
        if account >= self._hub.counts()[2]:
            raise UnknownError("unknown_account", f"no account {account}")
        return account


def order_info(order: Order, instrument_symbols: Sequence[str]) -> schemas.OrderInfo:
    """An open order in the wire's words."""
    return schemas.OrderInfo(
        order_id=order.order_id,
        client_order_id=order.client_order_id,
        instrument=instrument_symbols[order.instrument],
        side=schemas.SIDES[order.side],
        price=order.price,
        quantity=order.quantity,
        leaves=order.leaves,
        filled=order.filled,
        time_in_force=schemas.TIMES_IN_FORCE[order.time_in_force],
        stp=schemas.STP_MODES[order.stp],
        **_attributes(order),
    )


def _attributes(order: Order) -> dict[str, Any]:
    values = {name: getattr(order, name) for name in schemas.ORDER_ATTRIBUTES}
    return {name: words[values[name]] if words else values[name] for name, words in schemas.ORDER_ATTRIBUTES.items()}


def _page(entries: Sequence[T], request: schemas.AdminPage) -> tuple[Sequence[T], int]:
    """The entries from a place on, and the place behind them if there are others."""
    end = request.first + request.limit
    return entries[request.first : end], end if end < len(entries) else 0
