"""`pyengine admin asset` and `instrument`: what is listed, and new listings."""

from typing import Annotated, Any

import typer

from pyengine.cli.admin.operation import Answer, Venue, one_of, operates, table

asset_command = typer.Typer(help="See and list assets.", no_args_is_help=True)
instrument_command = typer.Typer(help="See and list instruments.", no_args_is_help=True)

Symbol = Annotated[str, typer.Argument(help="Its symbol, up to 16 printable characters.")]

ASSET_COLUMNS = ("asset", "class", "decimals", "least withdrawal")
INSTRUMENT_COLUMNS = ("instrument", "base", "quote", "tick", "lot", "max price", "phase")


@operates(asset_command, "list")
async def list_assets(venue: Venue) -> Answer:
    """List the assets."""
    from pyengine.units import decimal, shown

    assets = (await venue.assets()).values()
    told: list[dict[str, Any]] = [
        {
            "symbol": asset.symbol,
            "asset_class": asset.asset_class,
            "decimals": asset.decimals,
            "min_withdrawal": decimal(asset.min_withdrawal, asset.decimals),
        }
        for asset in assets
    ]
    rows = [
        (each["symbol"], each["asset_class"], str(each["decimals"]), shown(each["min_withdrawal"])) for each in told
    ]
    return table("Assets", ASSET_COLUMNS, {"assets": told}, rows)


@operates(asset_command, "create")
async def create_asset(
    venue: Venue,
    symbol: Symbol,
    asset_class: Annotated[str, typer.Option("--class", help="stablecoin, equity or gold.")],
    decimals: Annotated[int, typer.Option(min=0, max=18, help="Of the smallest unit of which accounts are kept.")],
    min_withdrawal: Annotated[
        str, typer.Option(help="Least amount of a withdrawal that is not all there is; the smallest unit if left out.")
    ] = "",
) -> Answer:
    """List an asset."""
    from gateway.schemas import ASSET_CLASSES
    from pyengine.units import decimal, read_amount

    least = min_withdrawal or decimal(1, decimals)
    fields = {
        "symbol": symbol,
        "asset_class": one_of(asset_class, ASSET_CLASSES, "--class"),
        "decimals": decimals,
        "min_withdrawal": read_amount(least, decimals, symbol),
    }
    return await venue.act("AdminCreateAsset", fields, min_withdrawal=least)


@operates(instrument_command, "list")
async def list_instruments(venue: Venue) -> Answer:
    """List the instruments, with their ticks and lots as decimals, and what they are doing."""
    told, rows = [], []
    for symbol, (info, scales) in (await venue.instruments()).items():
        told.append(
            {
                "symbol": symbol,
                "base": info.base,
                "quote": info.quote,
                "tick": scales.price_increment,
                "lot": scales.quantity_increment,
                "max_price": scales.price_text(info.max_price),
                "collar_bps": info.collar_bps,
                "phase": info.phase,
                "halted": info.halted,
            }
        )
        doing = f"{info.phase}, halted" if info.halted else info.phase
        terms = (scales.price(1), scales.quantity(1), scales.price(info.max_price))
        rows.append((symbol, info.base, info.quote, *terms, doing))
    return table("Instruments", INSTRUMENT_COLUMNS, {"instruments": told}, rows)


@operates(instrument_command, "create")
async def create_instrument(
    venue: Venue,
    symbol: Symbol,
    base: Annotated[str, typer.Option(help="Symbol of the asset that is traded.")],
    quote: Annotated[str, typer.Option(help="Symbol of the asset that it is paid with.")],
    tick: Annotated[str, typer.Option(help="By what prices move, as 0.01: units of quote for one of base.")],
    lot: Annotated[str, typer.Option(help="By what quantities move, as 0.001: units of base.")],
    max_price: Annotated[str, typer.Option(help="Highest price of an order, as 10000.")],
    collar_bps: Annotated[
        int, typer.Option(min=0, help="How far from the best price a market order trades, in basis points.")
    ] = 500,
    phase: Annotated[str, typer.Option(help="In which it begins: continuous, pre_open or closed.")] = "continuous",
) -> Answer:
    """List an instrument."""
    from gateway.schemas import PHASES
    from pyengine.units import Scales

    decimals = [(await venue.asset(asset)).decimals for asset in (base, quote)]
    scales = Scales.of_increments(tick, lot, *decimals)
    fields = {
        "symbol": symbol,
        "base": base,
        "quote": quote,
        "lot_size": scales.lot_size,
        "tick_lot_value": scales.tick_lot_value,
        "max_price": scales.ticks(max_price),
        "collar_bps": collar_bps,
        "phase": one_of(phase, PHASES, "--phase"),
    }
    return await venue.act("AdminCreateInstrument", fields, max_price=max_price, tick=tick, lot=lot)
