"""Worked tables of the market rules (`engine_core/docs/market-rules.md`), by rule.

What is behind the bars was worked out from the rule book, by hand.
"""

from typing import Final

from tests.tables.actions import ACTIONS
from tests.tables.auctions import AUCTION_PRICE, AUCTION_STOPS, CALL_PHASE, CALLS, PHASES, UNCROSSING
from tests.tables.fees import CHANGES_OF_FEES, FEES, OVERRIDES, TIERS
from tests.tables.holders import ELIGIBILITY, FORCED, FREEZES, OMNIBUS
from tests.tables.keys import KEYS
from tests.tables.limits import BANDS, LIMIT_STATES, OLD_REFERENCES, OPEN_NOTIONAL, PRIMARY, SIZES, VOLATILITY
from tests.tables.linked import BRACKETS, PAIRS, PAIRS_AND_QUOTES
from tests.tables.obligations import OBLIGATIONS
from tests.tables.orders import (
    AMEND,
    COMBINATIONS,
    DAY,
    HIDDEN,
    ICEBERG,
    MARKET_TO_LIMIT,
    MINIMUM,
    REFERENCE,
    SELF_TRADE,
    SLIDE,
    STOPS,
)
from tests.tables.pegs import PEG_CHAPTERS
from tests.tables.quotes import AUCTION_QUOTES, PROTECTION, QUOTES, TIMERS

CHAPTERS: Final[dict[str, dict[str, str]]] = {
    "eligibility": ELIGIBILITY,
    "freezes": FREEZES,
    "forced transfers": FORCED,
    "omnibus": OMNIBUS,
    "combinations": COMBINATIONS,
    "self-trade": SELF_TRADE,
    "slide": SLIDE,
    "market-to-limit": MARKET_TO_LIMIT,
    "minimum": MINIMUM,
    "iceberg": ICEBERG,
    "hidden": HIDDEN,
    "day": DAY,
    "stop": STOPS,
    "reference": REFERENCE,
    "amend": AMEND,
    "phase": PHASES,
    "call phase": CALL_PHASE,
    "auction price": AUCTION_PRICE,
    "uncrossing": UNCROSSING,
    "call": CALLS,
    "auction stop": AUCTION_STOPS,
    "band": BANDS,
    "size": SIZES,
    "quote": QUOTES,
    "protection": PROTECTION,
    "timer": TIMERS,
    "pair": PAIRS,
    "bracket": BRACKETS,
    "pairs and quotes": PAIRS_AND_QUOTES,
    "quote in an auction": AUCTION_QUOTES,
    "volatility band": VOLATILITY,
    "limit state": LIMIT_STATES,
    "old reference": OLD_REFERENCES,
    "primary market": PRIMARY,
    "fees": FEES,
    "tier": TIERS,
    "override": OVERRIDES,
    "change of fees": CHANGES_OF_FEES,
    "open notional": OPEN_NOTIONAL,
    "obligation": OBLIGATIONS,
    "corporate action": ACTIONS,
    "key": KEYS,
    **PEG_CHAPTERS,
}
