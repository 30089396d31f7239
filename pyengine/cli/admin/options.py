"""Arguments and options that several of the operator's commands take, and what is said of each."""

from typing import Annotated, Final

import typer

ROWS_MAX: Final = 100_000
"""Of one answer of a list: they are all in memory."""

Instrument = Annotated[str, typer.Argument(help="Symbol of the instrument.")]
Account = Annotated[int, typer.Argument(min=0, help="Number of the account.")]
Amount = Annotated[str, typer.Option(help='How much, of what: "1000.50 USDC".')]
Reference = Annotated[
    str, typer.Option(help="Your own name for it, up to 36 characters: what is repeated under it is not done again.")
]
Cause = Annotated[str, typer.Option(help="Why, in the protocol's words; an unknown one is answered with all of them.")]
First = Annotated[int, typer.Option("--first", min=0, help="Where to begin: a number of what is listed.")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=ROWS_MAX, help="How many to list at most.")]
Tiers = Annotated[
    list[str] | None,
    typer.Option("--tier", help='Rates from a notional of 30 days on, ascending, once each: "100000 USDC -0.5 4".'),
]
EffectiveAt = Annotated[str, typer.Option("--at", help="When it begins, as 2026-12-01T00:00:00Z; now if left out.")]


def moment(option: str, text: str) -> int:
    """A time that an option gives, in nanoseconds since the Unix epoch; 0 if it does not."""
    from pyengine.errors import TapeError
    from pyengine.output import reported
    from pyengine.tape.times import instant

    with reported(TapeError):
        return instant(option, text) if text else 0
