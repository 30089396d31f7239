"""The page that an auditor can keep: what a journal was replayed to, and that every amount in it is accounted for.

It is made of a checked replay (`pyengine.tape.journal`), which compares state hashes; here its balances are added up by
asset and by what is held for what. It reads nothing and prints nothing.
"""

from shlex import quote
from typing import Any, Final

from pyengine._engine_core import SEMANTICS_VERSION
from pyengine.state import PURPOSES, State
from pyengine.tape.journal import JournalResult

HELD_FOR: Final = {each: each if each in ("frozen", "registered") else f"held_for_{each}" for each in PURPOSES}
"""What the page calls what is held for each purpose."""
_FROM_REPLAY = (
    "journal_id",
    "sequence",
    "timestamp_ns",
    "from_snapshot",
    "fills",
    "state_hash",
    "chain",
    "recovered_state_hash",
    "snapshots_checked",
    "snapshots_matched",
    "first_difference",
    "damaged_snapshots",
    "conservation_ok",
    "holds_ok",
    "open_orders",
)


def proof_of(result: JournalResult, shard: int) -> dict[str, Any]:
    """What was proven of a journal, or was not, as plain data."""
    rows = result.summary()
    return {
        "directory": result.tape,
        "shard": shard,
        "semantics_version": SEMANTICS_VERSION,
        "proven": result.passed and not result.damaged_snapshots,
        "commands": result.messages,
        **{name: rows[name] for name in _FROM_REPLAY},
        "accounts": len(result.state.accounts),
        "assets": asset_rows(result.state),
        "hold_differences": [each._asdict() for each in result.state.hold_differences],
        "repeat": f"pyengine prove {quote(result.tape)} --until {result.sequence}",
    }


def asset_rows(state: State) -> dict[str, dict[str, int]]:
    """By symbol, in smallest units: what was issued, of that minted and burned, what all accounts have, and how much of
    that is held for what.

    `difference` is what all accounts have beyond what was issued, `held_difference` what is held beyond what has to be.
    """
    rows = {
        symbol: {name: asset[name] for name in ("decimals", "issued", "minted", "burned", "total")}
        | dict.fromkeys(("available", "held", *HELD_FOR.values()), 0)
        for symbol, asset in state.assets.items()
    }
    for account in state.accounts:
        for balance in account["balances"]:
            for name in ("available", "held"):
                rows[balance["asset"]][name] += balance[name]
    for hold in state.holds:
        for purpose, name in HELD_FOR.items():
            rows[hold["asset"]][name] += hold[purpose]
    for row in rows.values():
        row["difference"] = row["total"] - row["issued"]
        row["held_difference"] = row["held"] - sum(row[name] for name in HELD_FOR.values())
    return rows
