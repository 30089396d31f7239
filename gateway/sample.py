"""A small venue to begin with: two equity tokens and a gold token against a stablecoin, accounts and their keys.

`pyengine init` writes it, and the demo trades on it. It serves nothing and deposits nothing.
"""

import secrets
from pathlib import Path
from typing import Final, NamedTuple

MAKERS: Final = 4
TAKERS: Final = 4
OPERATOR_KEY: Final = "operator"


class Listing(NamedTuple):
    """An instrument of the venue."""

    symbol: str
    base: str
    start_price: int
    """Ticks; a tick is one cent."""


LISTINGS: Final = (
    Listing("AAPL-USDC", "AAPL", 23_150),
    Listing("NVDA-USDC", "NVDA", 17_880),
    Listing("XAU-USDC", "XAU", 401_200),
)
QUOTE: Final = "USDC"
QUOTE_UNIT: Final = 1_000_000
"""Smallest units of a whole USDC, and of a whole token."""
LOT_UNITS: Final = 1_000
"""A lot is a thousandth of a share or ounce."""
TICK_LOT_VALUE: Final = 10
"""One cent a token is this many units of USDC a lot."""
DEPOSIT_QUOTE: Final = 50_000_000 * QUOTE_UNIT
DEPOSIT_BASE: Final = 20_000 * QUOTE_UNIT


def trader_keys() -> list[tuple[str, int]]:
    """(name, account) of every trader."""
    makers = [(f"maker-{number}", number) for number in range(1, MAKERS + 1)]
    return makers + [(f"taker-{number}", MAKERS + number) for number in range(1, TAKERS + 1)]


def write_config(
    directory: Path, *, port: int = 0, http_port: int = 0, history: bool = False
) -> tuple[Path, dict[str, bytes]]:
    """Writes `venue.toml` with fresh secrets; returns its path and the HMAC secret of every key.

    Port 0 takes a free one. With `history` a follower keeps it. `FileExistsError` if there is such a file already.
    """
    names = [*trader_keys(), (OPERATOR_KEY, 0)]
    keys = {name: secrets.token_bytes(32) for name, _ in names}
    parts = [
        '[journal]\ndirectory = "journal"\n',
        '[audit]\ndirectory = "audit"\n',
        f"[server]\nport = {port}\nhttp_port = {http_port}\n",
        f'[[assets]]\nsymbol = "{QUOTE}"\nclass = "stablecoin"\ndecimals = 6\nmin_withdrawal = {QUOTE_UNIT}\n',
    ]
    if history:
        parts.append('[history]\nenabled = true\nstore = "history.db"\n')
    for listing in LISTINGS:
        kind = "gold" if listing.base == "XAU" else "equity"
        parts.append(
            f'[[assets]]\nsymbol = "{listing.base}"\nclass = "{kind}"\ndecimals = 6\nmin_withdrawal = {LOT_UNITS}\n'
        )
    parts += [
        f'[[instruments]]\nsymbol = "{listing.symbol}"\nbase = "{listing.base}"\nquote = "{QUOTE}"\n'
        f"lot_size = {LOT_UNITS}\ntick_lot_value = {TICK_LOT_VALUE}\nmax_price = 1000000\ncollar_bps = 200\n"
        for listing in LISTINGS
    ]
    # 0.5 and 2 basis points
    parts.append("[[fee_schedules]]\nmaker_rate = 50\ntaker_rate = 200\n")
    parts.append(f"[[accounts]]\nid = 1\ncount = {MAKERS + TAKERS}\n")
    for name, account in names:
        scopes = '["read", "admin"]' if name == OPERATOR_KEY else '["read", "trade"]'
        parts.append(
            f'[[keys]]\nname = "{name}"\naccount = {account}\nscopes = {scopes}\nsecret = "{keys[name].hex()}"\n'
        )
    path = directory / "venue.toml"
    path.touch(mode=0o600, exist_ok=False)  # it holds secrets
    path.write_text("\n".join(parts), encoding="utf-8")
    return path, keys
