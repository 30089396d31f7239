"""`pyengine admin holder`, `eligibility`, `freeze`, `unfreeze`, `force-transfer`, `beneficial`: who may hold what."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from pyengine.cli.admin.operation import Answer, RefusedError, Venue, facts, moment, one_of, operates, table
from pyengine.cli.admin.options import Account, Amount, First, Limit
from pyengine.output import utc

if TYPE_CHECKING:
    from gateway.schemas import HolderInfo

holder_command = typer.Typer(help="Say and see who holds accounts.", no_args_is_help=True)
eligibility_command = typer.Typer(
    help="Say and see who may receive an asset, or trade an instrument.", no_args_is_help=True
)
freeze_command = typer.Typer(
    help="Freeze an account, an asset, or units of it; see what is frozen.", no_args_is_help=True
)
unfreeze_command = typer.Typer(help="Lift a freeze.", no_args_is_help=True)
beneficial_command = typer.Typer(help="Keep the register of an omnibus account.", no_args_is_help=True)

Asset = Annotated[str, typer.Argument(help="Symbol of the asset.")]
Until = Annotated[str, typer.Option(help="When it ends by itself: 2026-12-31T00:00:00Z.")]
ToAccount = Annotated[int, typer.Argument(min=0, help="Number of the account that gets it.")]
Holder = Annotated[int, typer.Argument(min=1, help="Number of the beneficial holder.")]

HOLDER_COLUMNS = ("account", "class", "jurisdiction", "verified until", "firm", "frozen")
TABLE_COLUMNS = ("of", "classes", "verification", "jurisdictions", "most", "locked until")
FREEZE_COLUMNS = ("scope", "account", "amount", "until")
REGISTER_COLUMNS = ("asset", "holder", "quantity")


def _time(time_ns: int) -> str:
    return utc(time_ns) if time_ns else ""


def _until(until: str) -> dict[str, int]:
    return {"until": moment("--until", until)} if until else {}


@operates(holder_command, "set")
async def set_holder(
    venue: Venue,
    account: Account,
    investor_class: Annotated[str | None, typer.Option("--class", help="Investor class, such as professional.")] = None,
    jurisdiction: Annotated[str | None, typer.Option(help='Two letters, such as DE; "": not known.')] = None,
    verified_until: Annotated[
        str | None, typer.Option(help='When the verification ends: 2027-12-31T00:00:00Z; "": it is not verified.')
    ] = None,
    firm: Annotated[int | None, typer.Option(min=0, help="Whose client it is; 0: nobody's.")] = None,
) -> Answer:
    """Say who holds an account. What is not given stays as it is."""
    from gateway.schemas import INVESTOR_CLASSES

    info = await _holder(venue, account)
    if investor_class is not None:
        one_of(investor_class, INVESTOR_CLASSES, "--class")
    given = {
        "investor_class": investor_class,
        "jurisdiction": jurisdiction,
        "verified_until": None if verified_until is None else moment("--verified-until", verified_until),
        "firm": firm,
    }
    fields = {name: getattr(info, name) if value is None else value for name, value in given.items()}
    return await venue.act("AdminSetHolder", {"account": account, **fields})


@operates(holder_command, "show")
async def show_holder(venue: Venue, account: Account) -> Answer:
    """Show who holds an account."""
    info = await _holder(venue, account)
    told = {name: getattr(info, name) for name in info.__struct_fields__}
    shown = {name.replace("_", " "): value for name, value in told.items()}
    return facts(f"Holder of account {account}", told, shown | {"verified until": _time(info.verified_until)})


@operates(holder_command, "list")
async def list_holders(venue: Venue, first: First = 0, limit: Limit = 1_000) -> Answer:
    """List those of whom anything was said, by account."""
    holders, following = await venue.rows("AdminGetHolders", "holders", first, limit)
    told = [{name: getattr(each, name) for name in each.__struct_fields__} for each in holders]
    rows = [
        (
            str(each.account),
            each.investor_class,
            each.jurisdiction,
            _time(each.verified_until),
            str(each.firm or ""),
            "yes" if each.frozen else "",
        )
        for each in holders
    ]
    return table("Holders", HOLDER_COLUMNS, {"holders": told, "next": following}, rows)


async def _holder(venue: Venue, account: int) -> "HolderInfo":
    from gateway.schemas import HolderInfo

    if not (await venue.ask("AdminGetAccounts", first=account, limit=1)).accounts:
        raise RefusedError(f"unknown_account: no account {account}")
    page: list[HolderInfo] = (await venue.ask("AdminGetHolders", first=account, limit=1)).holders
    return page[0] if page and page[0].account == account else HolderInfo(account=account)


@operates(eligibility_command, "set")
async def set_eligibility(
    venue: Venue,
    symbol: Annotated[str, typer.Argument(help="Symbol of the asset, or of the instrument.")],
    classes: Annotated[
        str, typer.Option("--classes", help="Classes that may: retail,professional. Left out: all.")
    ] = "",
    verified: Annotated[bool, typer.Option("--verified", help="The holder's identity must be verified.")] = False,
    allowed: Annotated[str, typer.Option(help="Jurisdictions that may, alone: DE,FR.")] = "",
    denied: Annotated[str, typer.Option(help="Jurisdictions that may not: KP,US.")] = "",
    max_holding: Annotated[str, typer.Option(help="Of an asset: most of it that an account may come to hold.")] = "",
    locked_until: Annotated[str, typer.Option(help="Of an asset: until when what is deposited is frozen.")] = "",
) -> Answer:
    """Say who may receive an asset, or trade an instrument. It replaces what was said; nothing given: everybody may."""
    from gateway.schemas import INVESTOR_CLASSES
    from pyengine.units import read_amount

    if allowed and denied:
        raise RefusedError("--allowed and --denied exclude each other")
    fields: dict[str, Any] = {"verification": "required" if verified else "not_required"}
    fields["classes"] = sum(
        1 << INVESTOR_CLASSES.index(one_of(each, INVESTOR_CLASSES, "--classes")) for each in _words(classes)
    )
    if codes := _words(allowed or denied):
        fields |= {"jurisdiction_rule": "allowed" if allowed else "denied", "jurisdictions": sorted(set(codes))}
    if locked_until:
        fields["locked_until"] = moment("--locked-until", locked_until)
    assets = await venue.assets()
    if symbol in assets:
        fields["asset"] = symbol
        if max_holding:
            fields["max_holding"] = read_amount(max_holding, assets[symbol].decimals, symbol)
    else:
        fields["instrument"] = (await venue.instrument(symbol)).info.symbol
        if max_holding:
            raise RefusedError("--max-holding is of an asset, not of an instrument")
    return await venue.act("AdminSetEligibility", fields)


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


@operates(eligibility_command, "show")
async def show_eligibility(venue: Venue, first: First = 0, limit: Limit = 1_000) -> Answer:
    """Show every table: those of assets, then those of instruments."""
    from gateway.schemas import INVESTOR_CLASSES
    from pyengine.units import decimal, shown

    tables, following = await venue.rows("AdminGetEligibility", "tables", first, limit)
    decimals = {symbol: asset.decimals for symbol, asset in (await venue.assets()).items()}
    told, rows = [], []
    for each in tables:
        classes = [word for bit, word in enumerate(INVESTOR_CLASSES) if each.classes >> bit & 1]
        most = decimal(each.max_holding, decimals[each.asset]) if each.max_holding else ""
        said = {name: getattr(each, name) for name in each.__struct_fields__}
        told.append(said | {"classes": classes, "max_holding": most})
        where = f"{each.jurisdiction_rule} {', '.join(each.jurisdictions)}" if each.jurisdictions else "any"
        of, named = each.asset or each.instrument, ", ".join(classes) or "all"
        verification = each.verification.replace("_", " ")
        rows.append((of, named, verification, where, shown(most) if most else "any", _time(each.locked_until)))
    return table("Eligibility", TABLE_COLUMNS, {"tables": told, "next": following}, rows)


@operates(freeze_command, "account")
async def freeze_account(venue: Venue, account: Account) -> Answer:
    """Freeze an account: its orders are cancelled, and it gives nothing away any more."""
    return await venue.act("AdminFreeze", {"account": account})


@operates(freeze_command, "asset")
async def freeze_asset(venue: Venue, asset: Asset) -> Answer:
    """Freeze an asset: its instruments halt, and nothing of it comes, moves or leaves."""
    return await venue.act("AdminFreeze", {"account": 0, "scope": "asset", "asset": asset})


@operates(freeze_command, "units")
async def freeze_units(venue: Venue, account: Account, amount: Amount, until: Until = "") -> Answer:
    """Say how much of an account's asset is frozen, until a time or without an end."""
    units, asset, text = await venue.amount(amount)
    fields = {"account": account, "scope": "units", "asset": asset, "amount": units, **_until(until)}
    return await venue.act("AdminFreeze", fields, amount=text)


@operates(freeze_command, "list")
async def list_freezes(venue: Venue, first: First = 0, limit: Limit = 1_000) -> Answer:
    """List frozen assets and frozen units. Frozen accounts: `holder list`."""
    from pyengine.units import decimal, shown

    freezes, following = await venue.rows("AdminGetFreezes", "freezes", first, limit)
    decimals = {symbol: asset.decimals for symbol, asset in (await venue.assets()).items()}
    told, rows = [], []
    for each in freezes:
        amount = decimal(each.amount, decimals[each.asset]) if each.scope == "units" else ""
        told.append({name: getattr(each, name) for name in each.__struct_fields__} | {"amount": amount})
        what = f"{shown(amount)} {each.asset}" if amount else each.asset
        rows.append((each.scope, "" if each.account is None else str(each.account), what, _time(each.until)))
    return table("Freezes", FREEZE_COLUMNS, {"freezes": told, "next": following}, rows)


@operates(unfreeze_command, "account")
async def unfreeze_account(venue: Venue, account: Account) -> Answer:
    """Let an account act again."""
    return await venue.act("AdminUnfreeze", {"account": account})


@operates(unfreeze_command, "asset")
async def unfreeze_asset(venue: Venue, asset: Asset) -> Answer:
    """Let an asset move again."""
    return await venue.act("AdminUnfreeze", {"account": 0, "scope": "asset", "asset": asset})


@operates(unfreeze_command, "units")
async def unfreeze_units(venue: Venue, account: Account, asset: Asset, until: Until = "") -> Answer:
    """End a freeze of units: the one without an end, or the one until a time."""
    return await venue.act("AdminUnfreeze", {"account": account, "scope": "units", "asset": asset, **_until(until)})


async def force_transfer(
    venue: Venue,
    account: Account,
    to_account: ToAccount,
    amount: Amount,
    reference: Annotated[
        str, typer.Option(help="Whose authority, in up to 36 characters; sent again, it moves nothing.")
    ],
    reason: Annotated[int, typer.Option(min=0, help="Why, by the venue's own numbers.")] = 0,
) -> Answer:
    """Move units from an account to another by authority, frozen ones first."""
    units, asset, text = await venue.amount(amount)
    fields = {"account": account, "to_account": to_account, "asset": asset, "amount": units}
    said = {"reason": reason, "reference": reference}
    return await venue.act("AdminForceTransfer", {**fields, **said}, amount=text)


@operates(beneficial_command, "register")
async def register(venue: Venue, account: Account, holder: Holder, amount: Amount) -> Answer:
    """Register what is available to a beneficial holder."""
    return await _move(venue, account, amount, to_holder=holder)


@operates(beneficial_command, "unregister")
async def unregister(venue: Venue, account: Account, holder: Holder, amount: Amount) -> Answer:
    """Take units of a beneficial holder off the register: they are available."""
    return await _move(venue, account, amount, from_holder=holder)


@operates(beneficial_command, "move")
async def move(
    venue: Venue,
    account: Account,
    holder: Holder,
    to_holder: Annotated[int, typer.Argument(min=1, help="Number of the one who gets them.")],
    amount: Amount,
) -> Answer:
    """Move units from a beneficial holder to another."""
    return await _move(venue, account, amount, from_holder=holder, to_holder=to_holder)


async def _move(venue: Venue, account: int, amount: str, **holders: int) -> Answer:
    units, asset, text = await venue.amount(amount)
    fields = {"account": account, "asset": asset, "quantity": units, **holders}
    return await venue.act("AdminSetBeneficial", fields, quantity=text)


@operates(beneficial_command, "list")
async def list_beneficial(venue: Venue, account: Account, first: First = 0, limit: Limit = 1_000) -> Answer:
    """List whose units of an account are, by asset, then holder."""
    from pyengine.units import decimal, shown

    entries, following = await venue.rows("AdminGetBeneficial", "beneficial", first, limit, account=account)
    decimals = {symbol: asset.decimals for symbol, asset in (await venue.assets()).items()}
    told = [
        {"asset": each.asset, "holder": each.holder, "quantity": decimal(each.quantity, decimals[each.asset])}
        for each in entries
    ]
    rows = [(each["asset"], str(each["holder"]), shown(each["quantity"])) for each in told]
    return table(f"Register of account {account}", REGISTER_COLUMNS, {"beneficial": told, "next": following}, rows)
