"""The operator's page: three files, and what they show of a venue. It asks the admin port for everything else.

What it shows is bounded, whatever the venue lists: the instruments that trade most, the first assets, sessions and
withdrawals. It is looked at anew at most once in a while, however many browsers ask: the event loop, which trading
waits for, pays for one of them.
"""

from collections import defaultdict
from collections.abc import Iterable
from importlib.resources import files
from itertools import islice
from typing import Any, Final, NamedTuple, Protocol

import msgspec

from gateway import schemas
from gateway.disk import Disk
from gateway.hub import Hub
from gateway.session import Shared
from pyengine.units import Scales, shown_amount

INSTRUMENTS_SHOWN: Final = 12
LEVELS_SHOWN: Final = 5
TRADES_SHOWN: Final = 5
ROWS_SHOWN: Final = 50
"""Of assets, of sessions, and of withdrawals."""
FRESH_NS: Final = 500_000_000
"""How old it may be when it is shown again; a browser asks once a second."""

_TYPES: Final = {"index.html": "text/html", "page.css": "text/css", "page.js": "text/javascript"}


class Shown(Protocol):
    """A server, as far as the page shows it."""

    @property
    def hub(self) -> Hub:
        """The native hub."""

    @property
    def shared(self) -> Shared:
        """What all sessions have in common."""

    @property
    def admin_port(self) -> int:
        """Where an operator logs on."""

    @property
    def disk(self) -> Disk:
        """What the journal takes of its disk."""

    @property
    def has_tls(self) -> bool:
        """Whether that is by TLS."""


class Asset(NamedTuple):
    """A file of the page."""

    content_type: str
    content: bytes


def assets() -> dict[str, Asset]:
    """The page's files by path."""
    found = {f"/{name}": Asset(f"{kind}; charset=utf-8", _read(name)) for name, kind in _TYPES.items()}
    return found | {"/": found["/index.html"]}


def headers(admin_port: int) -> dict[str, str]:
    """What a browser is told to keep the page to: its own files, and the admin port."""
    connect = f"connect-src 'self' ws://*:{admin_port} wss://*:{admin_port}"
    policy = f"default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; {connect}"
    return {
        "Content-Security-Policy": f"{policy}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }


def _read(name: str) -> bytes:
    return files(__package__).joinpath(name).read_bytes()


class Document:
    """What browsers are told, encoded. The clock is the caller's, in nanoseconds."""

    def __init__(self, server: Shown) -> None:
        self._server = server
        self._said = ("", 0)
        self._made_ns = 0
        self._encoded = b""

    def encoded(self, status: str, now_ns: int) -> bytes:
        """As of now, or of at most `FRESH_NS` ago, if there is the same status and nothing new in the audit trail: who
        acts sees what came of it."""
        said = (status, self._server.shared.trail.last)
        if said != self._said or not 0 <= now_ns - self._made_ns < FRESH_NS:
            self._encoded = msgspec.json.encode(view(self._server, status, now_ns))
            self._said, self._made_ns = said, now_ns
        return self._encoded


def view(server: Shown, status: str, now_ns: int) -> dict[str, Any]:
    """What the page shows now. Prices, quantities and amounts are exact decimals, as text."""
    hub, shared = server.hub, server.shared
    assets, instruments, accounts, open_orders = hub.counts()
    shown = hub.most_traded(INSTRUMENTS_SHOWN)
    sessions = shared.logged_on_sessions
    return {
        "status": status,
        "time_ns": now_ns,
        "seq": hub.sequence,
        "durable_seq": hub.durable_sequence,
        "trade_date": hub.trade_date,
        "accounts": accounts,
        "open_orders": open_orders,
        "audit_seq": shared.trail.last,
        "admin_port": server.admin_port,
        "admin_tls": server.has_tls,
        "instruments": list(_instruments(hub, shown)),
        "instruments_more": instruments - len(shown),
        "assets": [_asset(hub, number) for number in range(min(assets, ROWS_SHOWN))],
        "assets_more": max(assets - ROWS_SHOWN, 0),
        "sessions": [_session(session.info()) for session in islice(sessions.values(), ROWS_SHOWN)],
        "sessions_more": len(sessions) > ROWS_SHOWN,
        **_withdrawals(hub),
        "journal": {} if server.disk.usage is None else server.disk.usage._asdict(),
    }


def _asset(hub: Hub, number: int) -> dict[str, Any]:
    symbol, _, decimals, _ = hub.asset(number)
    return {"symbol": symbol, "issued": shown_amount(hub.issued(number), decimals)}


def _instruments(hub: Hub, shown: Iterable[int]) -> Iterable[dict[str, Any]]:
    trades = defaultdict(list)
    for number, timestamp_ns, price, quantity in reversed(hub.last_trades()):
        trades[number].append((timestamp_ns, price, quantity))
    for number in shown:
        symbol, base, quote, lot_size, tick_lot_value, _, _, halted, phase = hub.instrument(number)
        scales = Scales(lot_size, tick_lot_value, hub.asset(base)[2], hub.asset(quote)[2])
        bids, asks = hub.depth(number, LEVELS_SHOWN)
        yield {
            "symbol": symbol,
            "phase": schemas.PHASES[phase],
            "halted": halted,
            "bids": [_level(level, scales) for level in bids],
            "asks": [_level(level, scales) for level in asks],
            "trades": [
                (timestamp_ns, *_priced(price, quantity, scales))
                for timestamp_ns, price, quantity in trades[number][:TRADES_SHOWN]
            ],
        }


def _level(level: tuple[int, int, int], scales: Scales) -> tuple[str, str]:
    price, quantity, _ = level
    return _priced(price, quantity, scales)


def _priced(price: int, quantity: int, scales: Scales) -> tuple[str, str]:
    """With as many decimals as the tick and the lot have, so that columns are even."""
    shown = aligned(scales.price(price), scales.price_increment)
    return shown, aligned(scales.quantity_text(quantity), scales.quantity_increment)


def aligned(text: str, increment: str) -> str:
    """A decimal with all decimals of its increment; one of an increment that is none, as it is."""
    decimals = len(increment.partition(".")[2])
    whole, _, fraction = text.partition(".")
    return f"{whole}.{fraction.ljust(decimals, '0')}" if decimals else text


def _session(info: schemas.SessionInfo) -> dict[str, Any]:
    return {name: getattr(info, name) for name in ("session", "key", "account", "address", "unread_bytes")}


def _withdrawals(hub: Hub) -> dict[str, Any]:
    pending, more = hub.pending_withdrawals(None, 0, ROWS_SHOWN)
    rows = []
    for number, account, asset, amount in pending:
        symbol, _, decimals, _ = hub.asset(asset)
        rows.append({"id": number, "account": account, "asset": symbol, "amount": shown_amount(amount, decimals)})
    return {"withdrawals": rows, "withdrawals_more": more}
