"""The operator's page: three files, and what they show of a venue. It asks the admin port for everything else.

What it shows is bounded, whatever the venue lists: the instruments that trade most, the first sessions and withdrawals.
"""

from collections import defaultdict
from collections.abc import Iterable
from heapq import nlargest
from importlib.resources import files
from typing import Any, Final, NamedTuple, Protocol

from gateway import schemas
from gateway.disk import Disk
from gateway.hub import Hub
from gateway.session import Shared
from pyengine.units import Scales, shown_amount

INSTRUMENTS_SHOWN: Final = 12
LEVELS_SHOWN: Final = 5
TRADES_SHOWN: Final = 5
ROWS_SHOWN: Final = 50
"""Of sessions, and of withdrawals."""

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


def view(server: Shown, status: str, now_ns: int) -> dict[str, Any]:
    """What the page shows now. Prices, quantities and amounts are exact decimals, as text."""
    hub, shared = server.hub, server.shared
    shared.registry.refresh()
    _, instruments, accounts, open_orders = hub.counts()
    shown = _most_traded(hub)
    sessions = list(shared.logged_on_sessions.values())
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
        "assets": [
            {"symbol": symbol, "issued": shown_amount(hub.issued(number), decimals)}
            for number, (symbol, _, decimals, _) in enumerate(hub.assets())
        ],
        "sessions": [_session(session.info()) for session in sessions[:ROWS_SHOWN]],
        "sessions_more": len(sessions) > ROWS_SHOWN,
        **_withdrawals(hub),
        "journal": {} if server.disk.usage is None else server.disk.usage._asdict(),
    }


def _most_traded(hub: Hub) -> list[int]:
    """Instruments with most fills since the start, then those listed first; in the sequence of their listing."""
    _, _, fills = hub.told()
    return sorted(nlargest(INSTRUMENTS_SHOWN, range(len(fills)), key=lambda number: (fills[number], -number)))


def _instruments(hub: Hub, shown: Iterable[int]) -> Iterable[dict[str, Any]]:
    listed, decimals = hub.instruments(), [asset[2] for asset in hub.assets()]
    trades = defaultdict(list)
    for number, timestamp_ns, price, quantity in reversed(hub.last_trades()):
        trades[number].append((timestamp_ns, price, quantity))
    for number in shown:
        symbol, base, quote, lot_size, tick_lot_value, _, _, halted, phase = listed[number]
        scales = Scales(lot_size, tick_lot_value, decimals[base], decimals[quote])
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
    listed = hub.assets()
    pending, more = hub.pending_withdrawals(None, 0, ROWS_SHOWN)
    rows = [
        {"id": number, "account": account, "asset": listed[asset][0], "amount": shown_amount(amount, listed[asset][2])}
        for number, account, asset, amount in pending
    ]
    return {"withdrawals": rows, "withdrawals_more": more}
