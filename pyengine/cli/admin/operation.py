"""The one way to run an act of the operator: log on, fetch what is needed, send, print.

A command is a coroutine function that takes the `Venue` first and returns an `Answer`. `operates` makes of it what
typer runs: with the options that all of them have, an event loop, and the exit status of whatever goes wrong. Wrong
usage is 2; a venue that is not there, or refuses in its own words, is 1.
"""

import functools
import inspect
import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Concatenate, Final, NamedTuple, ParamSpec

import typer

from pyengine.cli.addresses import admin_url
from pyengine.cli.options import Json
from pyengine.output import CHECK_FAILED, fail, print_columns, print_json, print_table, reported

if TYPE_CHECKING:
    from gateway.auth import Signer
    from gateway.client import Client
    from gateway.schemas import AssetInfo, Audit, InstrumentInfo, Reply
    from pyengine.units import Scales

URL: Final = "PYENGINE_URL"
KEY: Final = "PYENGINE_KEY"
SECRET: Final = "PYENGINE_SECRET"
PRIVATE_KEY: Final = "PYENGINE_PRIVATE_KEY"
CONFIG: Final = "PYENGINE_CONFIG"

VenueConfig = Annotated[
    Path | None,
    typer.Option(
        "--config",
        help=f"Configuration of the venue: its admin port, and the key. Without it {URL}, {KEY} and {SECRET} (or "
        f"{PRIVATE_KEY}, of Ed25519) say where and who, or {CONFIG} where the configuration is.",
    ),
]
Key = Annotated[
    str, typer.Option("--key", help="Name of a key with the scope admin and a secret; without it the first such key.")
]
Url = Annotated[str, typer.Option("--url", help="Where the operator logs on, if not where the configuration says.")]

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command says: to programs, and to people."""

    told: Mapping[str, Any]
    show: Callable[[], None]


def facts(title: str, told: Mapping[str, Any], shown: Mapping[str, Any]) -> Answer:
    """Names and values."""
    return Answer(told, lambda: print_table(title, shown))


def table(title: str, columns: Sequence[str], told: Mapping[str, Any], rows: Sequence[Sequence[str]]) -> Answer:
    """Rows, and where to go on if `told` has a `next`."""
    following = told.get("next")
    more = f"... and more; go on with --first {following}" if following else ""
    return Answer(told, lambda: print_columns(title, columns, rows, more))


class RefusedError(Exception):
    """The venue would not do it; in the protocol's words."""


class Listed(NamedTuple):
    """An instrument of the venue, and how its ticks and lots read."""

    info: "InstrumentInfo"
    scales: "Scales"


class Venue:
    """A running venue, to which the operator is logged on. Requests are named as in `gateway.schemas`."""

    def __init__(self, client: "Client") -> None:
        self._client = client

    async def act(self, request: str, fields: Mapping[str, Any], **said: Any) -> Answer:
        """Carries a request out. `said`: what the user said instead of some of the fields, for the answer."""
        done = await self._client.admin(_request(request, fields))
        told = {**fields, **said, "sequence": done.seq}
        return Answer(told, lambda: typer.echo(f"Done, at sequence {done.seq}." if done.seq else "Done."))

    async def ask(self, request: str, **fields: Any) -> Any:
        """The answer to a question, of a list one page."""
        return await self._client.query(_request(request, fields), _answer_to(request))

    async def rows(self, request: str, name: str, first: int, limit: int, **fields: Any) -> tuple[list[Any], int]:
        """The entries of a list, called `name` in its answer, from `first` on; where to go on, 0 if that was all."""
        page = await self.listed(request, name, first, limit, **fields)
        return getattr(page, name), page.next

    async def listed(self, request: str, name: str, first: int, limit: int, **fields: Any) -> Any:
        """The last page of a list, with the entries of all, called `name`, from `first` on."""
        from gateway.schemas import ADMIN_PAGE

        rows: list[Any] = []
        while True:
            page = await self.ask(request, first=first, limit=min(limit - len(rows), ADMIN_PAGE), **fields)
            rows += getattr(page, name)
            first = page.next
            if not first or len(rows) == limit:
                setattr(page, name, rows)
                return page

    async def audit(self, after: int, limit: int) -> "tuple[list[Audit], bool]":
        """The first entries of the audit trail beyond one, and whether there are more."""
        entries: list[Audit] = []
        async for entry in self._client.audit(after):
            if len(entries) == limit:
                return entries, True
            entries.append(entry)
        return entries, False

    async def assets(self) -> "dict[str, AssetInfo]":
        """By symbol, in the order of their listing."""
        return {asset.symbol: asset for asset in (await self._client.instruments()).assets}

    async def instruments(self) -> dict[str, Listed]:
        """By symbol, in the order of their listing."""
        from pyengine.units import Scales

        listed = await self._client.instruments()
        decimals = {asset.symbol: asset.decimals for asset in listed.assets}
        return {
            info.symbol: Listed(
                info, Scales(info.lot_size, info.tick_lot_value, decimals[info.base], decimals[info.quote])
            )
            for info in listed.instruments
        }

    async def instrument(self, symbol: str) -> Listed:
        """The instrument of a symbol."""
        listed = (await self.instruments()).get(symbol)
        if listed is None:
            raise RefusedError(f"unknown_instrument: no instrument {symbol!r}")
        return listed

    async def asset(self, symbol: str) -> "AssetInfo":
        """The asset of a symbol."""
        asset = (await self.assets()).get(symbol)
        if asset is None:
            raise RefusedError(f"unknown_asset: no asset {symbol!r}")
        return asset

    async def amount(self, text: str) -> "Money":
        """What a text like `1000.50 USDC` says."""
        from pyengine.units import UnitError, read_amount

        number, _, symbol = text.strip().partition(" ")
        if not symbol or " " in symbol:
            raise UnitError(f'{text}: not an amount like "1000.50 USDC"')
        asset = await self.asset(symbol)
        return Money(read_amount(number, asset.decimals, symbol), symbol, number)


class Money(NamedTuple):
    """An amount of an asset."""

    units: int
    """Smallest ones."""
    asset: str
    text: str
    """As it was written."""


class Login(NamedTuple):
    """Where the operator logs on, and as whom."""

    url: str
    key: str
    signer: "Signer"


def moment(option: str, text: str) -> int:
    """What an option with a time says, in nanoseconds since the Unix epoch; 0 if it is empty."""
    from pyengine.errors import TapeError
    from pyengine.tape.times import instant

    with reported(TapeError):
        return instant(option, text) if text else 0


def one_of(word: str, words: Sequence[str], option: str = "") -> str:
    """The word, if it is one of the protocol's."""
    if word not in words:
        fail(f"{option} {word}: not one of {', '.join(words)}".lstrip())
    return word


def operates(
    group: typer.Typer, name: str
) -> Callable[[Callable[Concatenate[Venue, P], Awaitable[Answer]]], Callable[Concatenate[Venue, P], Awaitable[Answer]]]:
    """Makes a coroutine function a command of a group."""

    def register(
        command: Callable[Concatenate[Venue, P], Awaitable[Answer]],
    ) -> Callable[Concatenate[Venue, P], Awaitable[Answer]]:
        @functools.wraps(command)
        def run(config: Path | None, key: str, url: str, json: bool, **arguments: Any) -> None:
            _run(functools.partial(command, **arguments), _login(config, key, url), json)

        common = inspect.signature(_common).parameters
        own = list(inspect.signature(command).parameters.values())[1:]
        parameters = [*own, *common.values()]
        parameters.sort(key=lambda parameter: parameter.default is not inspect.Parameter.empty)
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        group.command(name)(run)
        return command

    return register


def _common(config: VenueConfig = None, key: Key = "", url: Url = "", json: Json = False) -> None:
    """What every command takes."""


def _run(command: Callable[[Venue], Awaitable[Answer]], login: Login, json: bool) -> None:
    import asyncio

    import msgspec
    import picows

    from gateway.client import Client
    from gateway.client.errors import ClientError
    from pyengine.units import UnitError

    async def answered() -> Answer:
        async with Client(login.url, login.key, login.signer, reconnect=False) as client:
            return await command(Venue(client))

    try:
        answer = asyncio.run(answered())
    except (UnitError, msgspec.ValidationError) as error:
        fail(str(error))
    except ConnectionRefusedError:
        fail(f"{login.url}: nobody listens there; is the venue running?", CHECK_FAILED)
    except (ClientError, RefusedError, picows.WSError, OSError) as error:
        fail(f"{login.url}: {error}", CHECK_FAILED)
    if json:
        print_json(answer.told)
    else:
        answer.show()


def _login(config: Path | None, key: str, url: str) -> Login:
    """From the configuration that was named, else from the environment, else from the configuration that it names."""
    from gateway.auth import Ed25519Signer, HmacSigner
    from pyengine.config import decode_hmac_secret, decode_public_key

    if config is not None:
        return _configured(config, key, url)
    url, key = url or os.environ.get(URL, ""), key or os.environ.get(KEY, "")
    if secret := os.environ.get(SECRET, ""):
        if not (url and key):
            fail(f"{SECRET} is set: set {URL} and {KEY} too, or give --url and --key")
        try:
            return Login(url, key, HmacSigner(decode_hmac_secret(secret)))
        except ValueError as error:
            fail(f"{SECRET}: {error}")
    if private_key := os.environ.get(PRIVATE_KEY, ""):
        if not (url and key):
            fail(f"{PRIVATE_KEY} is set: set {URL} and {KEY} too, or give --url and --key")
        try:
            return Login(url, key, Ed25519Signer(decode_public_key(private_key)))  # of the same length
        except ValueError as error:
            fail(f"{PRIVATE_KEY}: {error}")
    if not (named := os.environ.get(CONFIG, "")):
        fail(f"where is the venue? Give --config, or set {CONFIG}, or {URL}, {KEY} and {SECRET} or {PRIVATE_KEY}")
    return _configured(Path(named), key, url)


def _configured(config: Path, key: str, url: str) -> Login:
    from gateway.auth import HmacSigner
    from pyengine.config import ConfigError, decode_hmac_secret, load

    with reported(ConfigError, OSError):
        venue = load(config)
        able = [each for each in venue.keys if "admin" in each.scopes and each.secret and key in ("", each.name)]
        if not able:
            fail(f"{config}: no key {key or 'at all'} with the scope admin and a secret")
        url = url or admin_url(venue.server)
        if not url:
            fail(f"{config}: leaves the admin port to the system: give --url, which serve has printed")
    return Login(url, able[0].name, HmacSigner(decode_hmac_secret(able[0].secret)))


def _request(name: str, fields: Mapping[str, Any]) -> Any:
    """`msgspec.ValidationError` names the field that cannot be, and its limit."""
    import msgspec

    from gateway import schemas

    return msgspec.convert(fields, getattr(schemas, name))


def _answer_to(request: str) -> "type[Reply]":
    from gateway import schemas

    answers: dict[str, type[Reply]] = {
        "AdminStatus": schemas.Status,
        "AdminGetAccounts": schemas.Accounts,
        "AdminGetBalances": schemas.Balances,
        "AdminGetOrders": schemas.Orders,
        "AdminGetWithdrawals": schemas.Withdrawals,
        "AdminGetFees": schemas.Fees,
        "AdminGetHolders": schemas.Holders,
        "AdminGetEligibility": schemas.EligibilityTables,
        "AdminGetFreezes": schemas.Freezes,
        "AdminGetBeneficial": schemas.BeneficialHolders,
        "AdminGetBacking": schemas.Backing,
        "AdminGetRedemptions": schemas.Redemptions,
        "AdminGetBars": schemas.Bars,
        "AdminGetActions": schemas.Actions,
        "AdminGetSessions": schemas.Sessions,
        "AdminGetKeys": schemas.Keys,
        "AdminGetFills": schemas.Fills,
        "AdminGetMovements": schemas.Movements,
        "AdminGetStatement": schemas.Statement,
    }
    return answers[request]
