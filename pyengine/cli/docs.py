"""`pyengine docs`: the rule books, the protocol and the guides, as they came with this release.

In the source tree they lie where they are written (`pyengine/docs` links there); the wheel carries them.
"""

from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated

import typer

from pyengine.output import fail


def docs(
    name: Annotated[str | None, typer.Argument(help="Which of them to print; without it they are listed.")] = None,
) -> None:
    """Print a rule book, the protocol or a guide, in Markdown, or list them."""
    found = _documents()
    if name is None:
        width = max(map(len, found))
        for each, document in found.items():
            typer.echo(f"{each:<{width}}  {_title(document)}")
    elif name in found:
        typer.echo(found[name].read_text(encoding="utf-8"), nl=False)
    else:
        fail(f"docs {name}: not one of {', '.join(found)}")


def _documents() -> dict[str, Traversable]:
    """By name: of rules, of the wire, of operation."""
    where = files("pyengine") / "docs"
    protocol = {"protocol": files("gateway") / "PROTOCOL.md"}
    return _of(where / "rules") | protocol | _of(where / "guides")


def _of(directory: Traversable) -> dict[str, Traversable]:
    named = {each.name.removesuffix(".md"): each for each in directory.iterdir() if each.name.endswith(".md")}
    return dict(sorted(named.items()))


def _title(document: Traversable) -> str:
    with document.open(encoding="utf-8") as lines:
        return lines.readline().lstrip("#").strip()
