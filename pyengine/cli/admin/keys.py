"""`pyengine admin key`: API keys. What a key signs with is made here, printed once, and nowhere kept."""

import secrets
from typing import Annotated, Any, Final

import typer

from pyengine.cli.admin.operation import Answer, RefusedError, Venue, moment, one_of, operates, table
from pyengine.cli.admin.options import First, Limit
from pyengine.output import utc

key_command = typer.Typer(help="See, make, rotate and revoke API keys.", no_args_is_help=True)

ALGORITHMS: Final = ("ed25519", "hmac")
SECRET_BYTES: Final = 32
COLUMNS: Final = ("key", "name", "account", "scopes", "signs with", "expires", "from", "orders/s", "burst", "note")

Name = Annotated[str, typer.Argument(help="Name of the key.")]
Algorithm = Annotated[str, typer.Option(help="What it signs with: ed25519 or hmac.")]
PublicKey = Annotated[
    str,
    typer.Option(help="Public key of Ed25519 whose private half somebody has made and kept; else one is made here."),
]


@operates(key_command, "list")
async def list_keys(venue: Venue, first: First = 0, limit: Limit = 1_000) -> Answer:
    """List the keys, those that are revoked included; nothing is told of secrets."""
    import msgspec

    keys, following = await venue.rows("AdminGetKeys", "keys", first, limit)
    rows = [
        (
            str(each.key),
            each.name or "revoked",
            str(each.account),
            " ".join(each.scopes),
            each.algorithm,
            utc(each.expires_at) if each.expires_at else "",
            " ".join(each.allow),
            f"{each.rate_per_second:,}" if each.name else "",
            f"{each.burst:,}" if each.name else "",
            each.note,
        )
        for each in keys
    ]
    told = [msgspec.to_builtins(each) | {"account": each.account, "revoked": each.revoked} for each in keys]
    return table("API keys", COLUMNS, {"keys": told, "next": following}, rows)


@operates(key_command, "create")
async def create(
    venue: Venue,
    name: Name,
    account: Annotated[int, typer.Option(min=0, help="Whose it is.")],
    scope: Annotated[list[str], typer.Option(help="What it may do: read, trade, admin; once for each.")],
    algorithm: Algorithm = "ed25519",
    public_key: PublicKey = "",
    expires: Annotated[str, typer.Option(help="When it ends, as 2027-01-01T00:00:00Z; never if left out.")] = "",
    allow: Annotated[
        list[str] | None, typer.Option(help="A network that it may come from, as 10.0.0.0/8; once for each. None: any.")
    ] = None,
    note: Annotated[str, typer.Option(help="For people.")] = "",
    rate: Annotated[int, typer.Option(min=1, help="Orders a second.")] = 50_000,
    burst: Annotated[int, typer.Option(min=1, help="Orders at once.")] = 10_000,
) -> Answer:
    """Make a key. What it signs with is printed once."""
    keys, _ = await venue.rows("AdminGetKeys", "keys", 0, 1 << 31)
    if any(each.name == name for each in keys):
        raise RefusedError(f"already_exists: there is a key {name!r}; rotate it, or revoke it first")
    made = _made(algorithm, public_key)
    terms = {
        "name": name,
        "account": account,
        "scopes": [one_of(each, ("read", "trade", "admin"), "--scope") for each in scope],
        "rate_per_second": rate,
        "burst": burst,
        "expires_at": moment("--expires", expires),
        "allow": allow or [],
        "note": note,
    }
    return await _set(venue, terms, made)


@operates(key_command, "rotate")
async def rotate(
    venue: Venue,
    name: Name,
    algorithm: Annotated[
        str, typer.Option(help="What it signs with from now on; the same as before if left out.")
    ] = "",
    public_key: PublicKey = "",
) -> Answer:
    """Give a key something else to sign with, printed once. Its sessions end at once; its other terms stay."""
    import msgspec

    from gateway.keys import terms_of

    info = await _key(venue, name)
    made = _made(algorithm or ("ed25519" if public_key else info.algorithm), public_key)
    terms = msgspec.structs.asdict(terms_of(info)) | {"public_key": "", "secret": ""}
    return await _set(venue, terms, made)


@operates(key_command, "revoke")
async def revoke(venue: Venue, name: Name) -> Answer:
    """Take a key away, for good. Its sessions end at once."""
    return await venue.act("AdminRevokeKey", {"name": name})


def _made(algorithm: str, public_key: str) -> dict[str, str]:
    """What the venue gets to know a key by, and what its owner signs with: `secret` or `private_key`."""
    from gateway.auth import Ed25519Signer

    one_of(algorithm, ALGORITHMS, "--algorithm")
    if public_key:
        one_of(algorithm, ("ed25519",), "--public-key goes with --algorithm ed25519;")
        return {"public_key": public_key}
    seed = secrets.token_bytes(SECRET_BYTES)
    if algorithm == "hmac":
        return {"secret": seed.hex()}
    return {"public_key": Ed25519Signer(seed).public_key.hex(), "private_key": seed.hex()}


async def _set(venue: Venue, terms: dict[str, Any], made: dict[str, str]) -> Answer:
    sent = {name: made[name] for name in ("public_key", "secret") if name in made}
    done = await venue.act("AdminSetKey", {name: value for name, value in terms.items() if name != "ref"} | sent)
    told = {"name": terms["name"], "account": terms["account"], **made, "sequence": done.told["sequence"]}

    def show() -> None:
        typer.echo(f"Key {terms['name']} of account {terms['account']}, at sequence {told['sequence']}.")
        for name, value in made.items():  # whole lines: they are to be copied
            typer.echo(f"{name.replace('_', ' ')}: {value}")
            if name != "public_key":
                typer.echo("It is shown this once, and nowhere kept: keep it now.")

    return Answer(told, show)


async def _key(venue: Venue, name: str) -> Any:
    keys, _ = await venue.rows("AdminGetKeys", "keys", 0, 1 << 31)
    found = [each for each in keys if each.name == name]
    if not found:
        raise RefusedError(f"unknown_key: no key {name!r}")
    return found[0]
