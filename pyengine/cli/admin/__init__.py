"""`pyengine admin`: every act of the operator a command, every figure a query, a file for each group of them."""

import typer

from pyengine.cli.admin.accounts import (
    account_command,
    show_balances,
    show_fills,
    show_movements,
    show_orders,
    show_statement,
)
from pyengine.cli.admin.actions import action_command
from pyengine.cli.admin.apply import apply
from pyengine.cli.admin.backing import (
    attest,
    attestor_command,
    bar_command,
    mint,
    peg_command,
    redemption_command,
    refiner_command,
)
from pyengine.cli.admin.fees import fees_command
from pyengine.cli.admin.holders import (
    beneficial_command,
    eligibility_command,
    force_transfer,
    freeze_command,
    holder_command,
    unfreeze_command,
)
from pyengine.cli.admin.keys import key_command
from pyengine.cli.admin.listings import asset_command, instrument_command
from pyengine.cli.admin.market import market_command
from pyengine.cli.admin.money import deposit, transfer, withdrawal_command
from pyengine.cli.admin.operation import operates
from pyengine.cli.admin.venue import session_command, show_audit, show_status, snapshot

admin_command = typer.Typer(help="Operate a running venue, through its admin port.", no_args_is_help=True)

for name, act in (
    ("status", show_status),
    ("audit", show_audit),
    ("snapshot", snapshot),
    ("apply", apply),
    ("balances", show_balances),
    ("orders", show_orders),
    ("fills", show_fills),
    ("movements", show_movements),
    ("statement", show_statement),
    ("deposit", deposit),
    ("transfer", transfer),
    ("attest", attest),
    ("mint", mint),
    ("force-transfer", force_transfer),
):
    operates(admin_command, name)(act)
for name, group in (
    ("asset", asset_command),
    ("instrument", instrument_command),
    ("account", account_command),
    ("fees", fees_command),
    ("key", key_command),
    ("withdrawal", withdrawal_command),
    ("action", action_command),
    ("holder", holder_command),
    ("eligibility", eligibility_command),
    ("freeze", freeze_command),
    ("unfreeze", unfreeze_command),
    ("beneficial", beneficial_command),
    ("market", market_command),
    ("session", session_command),
    ("attestor", attestor_command),
    ("redemption", redemption_command),
    ("bar", bar_command),
    ("refiner", refiner_command),
    ("peg", peg_command),
):
    admin_command.add_typer(group, name=name)
