"""`pyengine admin attest`, `mint`, `attestor`, `redemption`, `bar`, `refiner`, `peg`, and `asset terms` and `backing`:
what stands behind assets.
"""

from typing import Annotated, Any, Final

import typer

from pyengine.cli.admin.listings import Symbol, asset_command
from pyengine.cli.admin.operation import Answer, RefusedError, Venue, one_of, operates, table
from pyengine.cli.admin.options import Account, Amount, First, Limit, Reference

attestor_command = typer.Typer(help="See and list who attests reserves.", no_args_is_help=True)
redemption_command = typer.Typer(help="See, settle and refuse redemptions.", no_args_is_help=True)
bar_command = typer.Typer(help="See, register and remove bars.", no_args_is_help=True)
refiner_command = typer.Typer(help="See and list who makes bars.", no_args_is_help=True)
peg_command = typer.Typer(help="See and set how far a cash asset may be from par.", no_args_is_help=True)

MILLIONTHS: Final = 6
"""Decimals of reserves, weights and values."""
Redemption = Annotated[int, typer.Argument(min=1, help="Number of the redemption, as `list` has it.")]
Number = Annotated[int, typer.Argument(min=0, help="Its number: one that is listed, or the next.")]
Weight = Annotated[str, typer.Option(help="In fine troy ounces, as 400.084.")]
Time = Annotated[str, typer.Option(help="As 2026-12-01T00:00:00Z.")]


def _millionths(text: str, what: str) -> int:
    from pyengine.units import read_amount

    return read_amount(text, MILLIONTHS, what)


def _fields(row: Any) -> dict[str, Any]:
    """Of an entry of a list, what is left out on the wire included."""
    return {name: getattr(row, name) for name in row.__struct_fields__}


def _time(text: str, option: str) -> int:
    from pyengine.errors import TapeError
    from pyengine.output import reported
    from pyengine.tape.times import instant

    with reported(TapeError):
        return instant(option, text)


@operates(asset_command, "terms")
async def set_terms(
    venue: Venue,
    symbol: Symbol,
    issuer: Annotated[int, typer.Option(min=0, help="Number of the account that mints, and gets fees.")],
    form: Annotated[str, typer.Option(help="native, tokenized or traditional.")] = "native",
    backing: Annotated[str, typer.Option(help="Units of reserve, of gold fine ounces, behind a whole token.")] = "0",
    attestation: Annotated[str, typer.Option(help="What needs one: none, minting or trading.")] = "none",
    bars: Annotated[str, typer.Option(help="none, pooled or whole.")] = "none",
    isin: Annotated[str, typer.Option(help="With its check digit.")] = "",
    currency: Annotated[str, typer.Option(help="Of a stablecoin, as USD.")] = "",
    vault: Annotated[str, typer.Option(help="Where the reserve is.")] = "",
    min_redemption: Annotated[str, typer.Option(help="Least amount; the unit if left out.")] = "",
    unit: Annotated[str, typer.Option(help="What amounts are multiples of; the smallest unit if left out.")] = "",
    fee: Annotated[str, typer.Option(help="Amount on top of a redemption.")] = "0",
    fee_bps: Annotated[str, typer.Option(help="Rate on top of a redemption, in basis points, as 2.5.")] = "0",
) -> Answer:
    """Say who issues an asset, what stands behind it and how it is redeemed. What is not given is as left out."""
    from gateway.schemas import ASSET_FORMS, ATTESTATION_POLICIES, BAR_POLICIES
    from pyengine.units import decimal, read_amount, read_rate

    decimals = (await venue.asset(symbol)).decimals
    unit = unit or decimal(1, decimals)
    fields = {
        "asset": symbol,
        "issuer": issuer,
        "form": one_of(form, ASSET_FORMS, "--form"),
        "attestation": one_of(attestation, ATTESTATION_POLICIES, "--attestation"),
        "bars": one_of(bars, BAR_POLICIES, "--bars"),
        "isin": isin,
        "currency": currency,
        "vault": vault,
        "backing": _millionths(backing, "--backing"),
        "min_redemption": read_amount(min_redemption or unit, decimals, symbol),
        "redemption_unit": read_amount(unit, decimals, symbol),
        "redemption_fee": read_amount(fee, decimals, symbol),
        "redemption_fee_rate": read_rate(fee_bps),
    }
    return await venue.act("AdminSetAssetTerms", fields, backing=backing)


@operates(asset_command, "backing")
async def show_backing(venue: Venue, first: First = 0, limit: Limit = 1_000) -> Answer:
    """List the assets with terms: what is outstanding, how much may be, and what was attested."""
    from pyengine.units import decimal, shown

    rows, following = await venue.rows("AdminGetBacking", "assets", first, limit)
    decimals = {symbol: asset.decimals for symbol, asset in (await venue.assets()).items()}
    told: list[dict[str, Any]] = []
    for row in rows:
        places = decimals[row.asset]
        own = _fields(row)
        own |= {
            name: decimal(getattr(row, name), places)
            for name in ("min_redemption", "redemption_unit", "redemption_fee", "minted", "burned", "redeeming", "most")
        }
        own |= {name: decimal(getattr(row, name), MILLIONTHS) for name in ("backing", "fine_weight", "reserve")}
        own["outstanding"] = decimal(row.minted - row.burned, places)
        told.append(own)
    shown_rows = [
        (
            row["asset"],
            row["form"],
            shown(row["outstanding"]),
            shown(row["most"]),
            shown(row["fine_weight"]),
            shown(row["reserve"]),
        )
        for row in told
    ]
    columns = ("asset", "form", "outstanding", "at most", "fine ounces in bars", "attested")
    return table("What stands behind assets", columns, {"assets": told, "next": following}, shown_rows)


@operates(attestor_command, "set")
async def set_attestor(
    venue: Venue,
    number: Number,
    public_key: Annotated[str, typer.Option(help="Ed25519, 64 hexadecimal digits.")],
    status: Annotated[str, typer.Option(help="active or inactive.")] = "active",
) -> Answer:
    """List who attests reserves, or give one another key or status."""
    from gateway.schemas import ATTESTOR_STATUSES

    fields = {
        "attestor": number,
        "public_key": public_key.lower(),
        "status": one_of(status, ATTESTOR_STATUSES, "--status"),
    }
    return await venue.act("AdminSetAttestor", fields)


@operates(attestor_command, "list")
async def list_attestors(venue: Venue) -> Answer:
    """List who attests reserves."""
    rows = (await venue.ask("AdminGetBacking", limit=1)).attestors
    told = [{"attestor": n, "public_key": row.public_key, "status": row.status} for n, row in enumerate(rows)]
    shown = [(str(row["attestor"]), row["status"], row["public_key"]) for row in told]
    return table("Attestors", ("attestor", "status", "public key"), {"attestors": told}, shown)


async def attest(
    venue: Venue,
    symbol: Symbol,
    attestor: Annotated[int, typer.Option(min=0, help="Number of who says so.")],
    reserve: Annotated[str, typer.Option(help="Units of reserve, of gold fine ounces, as 12500.5.")],
    as_of: Time,
    valid_until: Time,
    signature: Annotated[
        str, typer.Option(help="128 hexadecimal digits; left out, the text to be signed is said.")
    ] = "",
) -> Answer:
    """Bring what an attestor says of an asset's reserve, under its signature."""
    from pyengine.attestation import attestation_text

    said = {
        "attestor": attestor,
        "reserve": _millionths(reserve, "--reserve"),
        "as_of": _time(as_of, "--as-of"),
        "valid_until": _time(valid_until, "--valid-until"),
    }
    if not signature:
        text = attestation_text(symbol, **said).decode()
        return Answer({"text": text}, lambda: typer.echo(text))
    return await venue.act("AdminAttest", {"asset": symbol, **said, "signature": signature.lower()}, reserve=reserve)


async def mint(venue: Venue, account: Account, amount: Amount, reference: Reference = "") -> Answer:
    """Issue an asset to its issuer's account."""
    units, asset, text = await venue.amount(amount)
    named = {"reference": reference} if reference else {}
    return await venue.act("AdminMint", {"account": account, "asset": asset, "amount": units, **named}, amount=text)


@operates(redemption_command, "list")
async def list_redemptions(
    venue: Venue,
    account: Annotated[int | None, typer.Option(min=0, help="Of this account alone.")] = None,
    first: First = 0,
    limit: Limit = 1_000,
) -> Answer:
    """List the redemptions that wait to be settled or refused."""
    from pyengine.units import decimal, shown

    rows, following = await venue.rows("AdminGetRedemptions", "redemptions", first, limit, account=account)
    decimals = {symbol: asset.decimals for symbol, asset in (await venue.assets()).items()}
    told = [
        {
            "withdrawal_id": row.withdrawal_id,
            "account": row.account,
            "asset": row.asset,
            **{name: decimal(getattr(row, name), decimals[row.asset]) for name in ("asked", "amount", "fee")},
            "bar": row.bar,
        }
        for row in rows
    ]
    shown_rows = [
        (
            *(str(row[name]) for name in ("withdrawal_id", "account", "asset")),
            *(shown(row[name]) for name in ("asked", "amount", "fee")),
            str(row["bar"] or ""),
        )
        for row in told
    ]
    columns = ("redemption", "account", "asset", "asked", "amount", "fee", "bar")
    return table("Redemptions", columns, {"redemptions": told, "next": following}, shown_rows)


@operates(redemption_command, "settle")
async def settle_redemption(venue: Venue, redemption: Redemption) -> Answer:
    """Say that a redemption was delivered: its units are burned."""
    return await _end("AdminSettleRedemption", venue, redemption)


@operates(redemption_command, "refuse")
async def refuse_redemption(
    venue: Venue,
    redemption: Redemption,
    reason: Annotated[str, typer.Option(help="other, compliance or undeliverable.")] = "other",
) -> Answer:
    """Give the units of a redemption back to their holder."""
    from gateway.schemas import REDEMPTION_REFUSALS

    refusal = one_of(reason, REDEMPTION_REFUSALS, "--reason")
    return await _end("AdminRefuseRedemption", venue, redemption, refusal=refusal)


async def _end(request: str, venue: Venue, redemption: int, **said: str) -> Answer:
    page = (await venue.ask("AdminGetRedemptions", first=redemption, limit=1)).redemptions
    if not page or page[0].withdrawal_id != redemption:
        raise RefusedError(f"unknown_withdrawal: no redemption {redemption} waits")
    return await venue.act(request, {"account": page[0].account, "withdrawal_id": redemption, **said})


@operates(refiner_command, "set")
async def set_refiner(
    venue: Venue,
    number: Number,
    code: Annotated[str, typer.Option(help="Up to 16 printable characters.")],
    status: Annotated[str, typer.Option(help="listed or delisted.")] = "listed",
) -> Answer:
    """List who makes bars, or give one another code or status."""
    from gateway.schemas import REFINER_STATUSES

    fields = {"refiner": number, "code": code, "status": one_of(status, REFINER_STATUSES, "--status")}
    return await venue.act("AdminSetRefiner", fields)


@operates(refiner_command, "list")
async def list_refiners(venue: Venue) -> Answer:
    """List who makes bars."""
    rows = (await venue.ask("AdminGetBacking", limit=1)).refiners
    told = [{"refiner": number, "code": row.code, "status": row.status} for number, row in enumerate(rows)]
    shown = [(str(row["refiner"]), row["code"], row["status"]) for row in told]
    return table("Refiners", ("refiner", "code", "status"), {"refiners": told}, shown)


@operates(bar_command, "register")
async def register_bar(
    venue: Venue,
    symbol: Symbol,
    refiner: Annotated[int, typer.Option(min=0, help="Number of who made it.")],
    serial: Annotated[str, typer.Option(help="Its number at the refiner.")],
    gross: Weight,
    fine: Weight,
    vault: Annotated[str, typer.Option(help="That of the asset's terms.")] = "",
) -> Answer:
    """Say that a bar is in the vault: it stands behind the asset from now on."""
    fields = {
        "asset": symbol,
        "refiner": refiner,
        "serial": serial,
        "gross_weight": _millionths(gross, "--gross"),
        "fine_weight": _millionths(fine, "--fine"),
        "vault": vault,
    }
    return await venue.act("AdminRegisterBar", fields, gross_weight=gross, fine_weight=fine)


@operates(bar_command, "remove")
async def remove_bar(venue: Venue, bar: Annotated[int, typer.Argument(min=1, help="Its number.")]) -> Answer:
    """Say that a bar has left the vault."""
    return await venue.act("AdminRemoveBar", {"bar": bar})


@operates(bar_command, "list")
async def list_bars(venue: Venue, first: First = 0, limit: Limit = 1_000) -> Answer:
    """List the bars."""
    from pyengine.units import decimal, shown

    rows, following = await venue.rows("AdminGetBars", "bars", first, limit)
    told: list[dict[str, Any]] = []
    for row in rows:
        weights = {name: decimal(getattr(row, name), MILLIONTHS) for name in ("gross_weight", "fine_weight")}
        told.append(_fields(row) | weights)
    shown_rows = [
        (
            *(str(row[name]) for name in ("bar", "asset", "refiner", "serial", "vault")),
            *(shown(row[name]) for name in ("gross_weight", "fine_weight")),
            "assigned" if row["assigned"] else "",
        )
        for row in told
    ]
    columns = ("bar", "asset", "refiner", "serial", "vault", "gross", "fine", "")
    return table("Bars", columns, {"bars": told, "next": following}, shown_rows)


@operates(peg_command, "set")
async def set_peg(
    venue: Venue,
    symbol: Symbol,
    band_bps: Annotated[int, typer.Option(min=0, help="How far from par its value may be; 0: however far.")] = 0,
    haircut_bps: Annotated[int, typer.Option(min=0, help="Deducted from its value outside the band.")] = 0,
    source: Annotated[int, typer.Option(min=0, help="Whose values are taken; 0: anybody's.")] = 0,
) -> Answer:
    """Say how far a cash asset may be from par before its instruments halt."""
    fields = {"asset": symbol, "band_bps": band_bps, "haircut_bps": haircut_bps, "source": source}
    return await venue.act("AdminSetPeg", fields)


@operates(peg_command, "reference")
async def set_cash_reference(
    venue: Venue,
    symbol: Symbol,
    value: Annotated[str, typer.Option(help="Of one in its currency, as 0.9997.")],
    source: Annotated[int, typer.Option(min=0, help="Who says so, by the venue's own numbers.")] = 0,
) -> Answer:
    """Say what a cash asset is worth elsewhere, now."""
    import time

    fields = {
        "asset": symbol,
        "value": _millionths(value, "--value"),
        "source": source,
        "observed_at": time.time_ns(),
    }
    return await venue.act("AdminSetCashReference", fields, value=value)


@operates(peg_command, "list")
async def list_pegs(venue: Venue) -> Answer:
    """List the cash assets with a band around par."""
    from pyengine.units import decimal

    rows = (await venue.ask("AdminGetBacking", limit=1)).pegs
    told: list[dict[str, Any]] = [
        _fields(row) | {"value": decimal(row.value, MILLIONTHS) if row.value else ""} for row in rows
    ]
    shown = [
        (
            row["asset"],
            str(row["band_bps"]),
            str(row["haircut_bps"]),
            row["value"],
            "outside" if row["depegged"] else "",
        )
        for row in told
    ]
    return table("Around par", ("asset", "band", "haircut", "value", ""), {"pegs": told}, shown)
