"""`pyengine admin`: every act of the operator a command, every figure a query, a file for each group of them."""

import typer

from pyengine.cli.admin.accounts import account_command, show_balances, show_fills, show_movements, show_orders
from pyengine.cli.admin.actions import action_command
from pyengine.cli.admin.apply import apply
from pyengine.cli.admin.fees import fees_command
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
    ("deposit", deposit),
    ("transfer", transfer),
):
    operates(admin_command, name)(act)
for name, group in (
    ("asset", asset_command),
    ("instrument", instrument_command),
    ("account", account_command),
    ("fees", fees_command),
    ("withdrawal", withdrawal_command),
    ("action", action_command),
    ("market", market_command),
    ("session", session_command),
):
    admin_command.add_typer(group, name=name)
