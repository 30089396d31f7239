"""What every command that operates a running venue does: it logs on to the admin port, and asks for one thing."""

from pathlib import Path
from typing import Annotated

import typer

from pyengine.cli.addresses import admin_url
from pyengine.output import CHECK_FAILED, fail, print_json, reported

VenueConfig = Annotated[Path, typer.Option("--config", help="Configuration of the venue: its admin port, and the key.")]
Key = Annotated[
    str, typer.Option(help="Name of a key with the scope admin and a secret; without it the first such key.")
]
Url = Annotated[str, typer.Option(help="Where the operator logs on, if not where the configuration says.")]


def administer(request: str, fields: dict[str, object], config: Path, key: str, url: str, json: bool) -> None:
    """Carries out one administrative request and says at which sequence it was."""
    import asyncio

    import msgspec
    import picows

    from gateway import schemas
    from gateway.auth import HmacSigner
    from gateway.client import Client
    from gateway.client.errors import ClientError
    from pyengine.config import ConfigError, decode_secret, load

    async def send() -> schemas.Ok:
        async with Client(url, chosen.name, HmacSigner(decode_secret(chosen.secret)), reconnect=False) as client:
            return await client.admin(wanted)

    try:
        wanted = msgspec.convert(fields, getattr(schemas, request))
    except msgspec.ValidationError as error:
        fail(str(error))
    with reported(ConfigError, OSError):
        venue = load(config)
        able = [each for each in venue.keys if "admin" in each.scopes and each.secret and key in ("", each.name)]
        if not able:
            fail(f"{config}: no key {key or 'at all'} with the scope admin and a secret")
        chosen = able[0]
        url = url or admin_url(venue.server)
        if not url:
            fail(f"{config}: leaves the admin port to the system: give --url, which serve has printed")
        try:
            done = asyncio.run(send())
        except (ClientError, picows.WSError, OSError) as error:
            fail(f"{url}: {error}", CHECK_FAILED)
    if json:
        print_json(fields | {"sequence": done.seq})
    else:
        typer.echo(f"Done, at sequence {done.seq}.")
