"""`pyengine admin apply`: brings a venue to what a configuration lists. The venue owns that; the file asks for it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pyengine.cli.admin.operation import Answer, RefusedError, Venue
from pyengine.output import reported

if TYPE_CHECKING:
    from gateway.listing import Listing

EVERYTHING = 1 << 31
"""More than a venue lists, or has accounts."""


async def apply(
    venue: Venue,
    file: Annotated[Path, typer.Argument(help="A configuration, of which only what it lists is looked at.")],
    diff: Annotated[bool, typer.Option("--diff", help="Say how the venue differs, and change nothing.")] = False,
) -> Answer:
    """List and create what a configuration has beyond the venue, set its fees and the terms of its keys; revoke none.

    What cannot be is refused first. A secret that the venue has is not compared: `key rotate` gives it another.
    """
    import msgspec

    from gateway.listing import Listing, differences
    from pyengine.config import ConfigError, load

    with reported(ConfigError, OSError):
        wanted = Listing.wanted(load(file))
    has = await _listed(venue)
    found = list(differences(has, wanted))
    if not diff:
        for difference in found:
            if not difference.requests:
                raise RefusedError(f"{file}: {difference.text}; nothing was changed")
        for request in (request for difference in found for request in difference.requests):
            await venue.act(type(request).__name__, msgspec.structs.asdict(request))
    texts = [difference.text for difference in found]
    beyond = sorted({key.name for key in has.keys} - {key.name for key in wanted.keys})

    def show() -> None:
        for text in texts:
            typer.echo(text)
        if beyond:
            typer.echo(f"Keys that only the venue has, and keeps: {', '.join(beyond)}.")
        typer.echo(f"{len(texts):,} differences{'' if diff else ', now none'}.")

    return Answer({"differences": texts, "applied": not diff, "keys_of_the_venue_alone": beyond}, show)


async def _listed(venue: Venue) -> "Listing":
    """What the venue has, as it tells it."""
    from gateway.keys import terms_of
    from gateway.listing import Listing
    from pyengine.config import AssetConfig, FeeScheduleConfig, FeeTierConfig, InstrumentConfig

    assets = [
        AssetConfig(
            symbol=asset.symbol,
            asset_class=asset.asset_class,
            decimals=asset.decimals,
            min_withdrawal=asset.min_withdrawal,
        )
        for asset in (await venue.assets()).values()
    ]
    instruments = [
        InstrumentConfig(
            symbol=listed.info.symbol,
            base=listed.info.base,
            quote=listed.info.quote,
            lot_size=listed.info.lot_size,
            tick_lot_value=listed.info.tick_lot_value,
            max_price=listed.info.max_price,
            collar_bps=listed.info.collar_bps,
        )
        for listed in (await venue.instruments()).values()
    ]
    fees, _ = await venue.rows("AdminGetFees", "fees", 0, EVERYTHING)
    schedules = [
        FeeScheduleConfig(
            maker_rate=fee.maker_rate,
            taker_rate=fee.taker_rate,
            tiers=[
                FeeTierConfig(notional=tier.notional, maker_rate=tier.maker_rate, taker_rate=tier.taker_rate)
                for tier in fee.tiers
            ],
        )
        for fee in fees
        if not fee.instrument and not fee.effective_at
    ]
    accounts, _ = await venue.rows("AdminGetAccounts", "accounts", 0, EVERYTHING)
    keys, _ = await venue.rows("AdminGetKeys", "keys", 0, EVERYTHING)
    terms = [terms_of(key) for key in keys if not key.revoked]
    return Listing(assets, instruments, schedules, [account.fee_schedule for account in accounts], terms)
