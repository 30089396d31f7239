"""The proof at the end of the demo: a fresh engine over the journal knows everything that the clients were told."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pyengine import DurableEngine
from pyengine._engine_core import journal_genesis

if TYPE_CHECKING:
    from gateway.schemas import Status


class Claim(NamedTuple):
    """What the venue told one account."""

    account: int
    open_orders: dict[int, int]
    """Lots left by order id."""
    balances: dict[str, tuple[int, int]]
    """(available, held) by asset symbol."""


def prove(journal: Path, status: "Status", claims: list[Claim]) -> dict[str, Any]:
    """Recovers the journal and compares. `proven` is true only if nothing differs."""
    with DurableEngine(journal, whole_replay=True, **journal_genesis(journal)) as engine:
        recovered_hash = engine.state_hash().hex()
        assets = [asset.asset for asset in status.assets]
        conservation = {
            symbol: {"issued": engine.issued(asset), "total": engine.total(asset)}
            for asset, symbol in enumerate(assets)
        }
        differences = [text for claim in claims for text in _differences(engine, assets, claim)]
        replayed = engine.recovered[0]
    conserved = all(sums["issued"] == sums["total"] for sums in conservation.values())
    return {
        "conservation": conservation,
        "conservation_ok": conserved,
        "state_hash": status.state_hash,
        "recovered_state_hash": recovered_hash,
        "recovered_commands": replayed,
        "differences": differences,
        "proven": conserved and not differences and recovered_hash == status.state_hash,
    }


def _differences(engine: DurableEngine, assets: list[str], claim: Claim) -> list[str]:
    """Where the recovered engine knows something else than the account was told."""
    found = []
    orders = {order.order_id: order.leaves for order in engine.open_orders(claim.account)}
    if orders != claim.open_orders:
        found.append(f"account {claim.account}: open orders {orders}, the client was told {claim.open_orders}")
    for asset, symbol in enumerate(assets):
        balance = engine.balance(claim.account, asset)
        if balance != claim.balances[symbol]:
            found.append(f"account {claim.account}: {symbol} {balance}, the client was told {claim.balances[symbol]}")
    return found
