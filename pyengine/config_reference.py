"""The reference of the configuration, written from its schema: what `pyengine.config` declares is all there is to say.

Texts are the docstrings of tables and of their keys; types, limits and defaults are those that a file is checked with.
"""

import ast
import inspect
from collections.abc import Callable, Iterator
from typing import Any, Final

import msgspec
from msgspec import inspect as types

from pyengine import config

HEAD: Final = """# The configuration

A venue is configured by one file in TOML, `venue.toml` in what `pyengine init` writes. It is decoded and checked whole
before anything starts: an unknown key is an error, and a value beyond its limits one that names them.
This page is what `pyengine config` prints.
"""
SIZES: Final = ((1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB"))


def markdown() -> str:
    """The whole page: a section a table of the file."""
    docs = _documents()
    parts = [HEAD, *_section("", types.type_info(config.VenueConfig), docs)]
    return "\n".join(parts)


def _documents() -> dict[tuple[str, str], str]:
    """Docstrings of the keys, by class and attribute: they stand behind these, and only the source has them."""
    found = {}
    for node in ast.parse(inspect.getsource(config)).body:
        if not isinstance(node, ast.ClassDef):
            continue
        for declared, said in zip(node.body, node.body[1:], strict=False):
            if isinstance(declared, ast.AnnAssign) and isinstance(declared.target, ast.Name):
                is_text = isinstance(said, ast.Expr) and isinstance(said.value, ast.Constant)
                text = said.value.value if is_text else ""  # type: ignore[attr-defined]
                found[node.name, declared.target.id] = " ".join(str(text).split())
    return found


def _section(name: str, table: Any, docs: dict[tuple[str, str], str]) -> Iterator[str]:
    """A table of the file, and those within it."""
    if name:
        yield f"## `{name}`\n"
    yield inspect.cleandoc(table.cls.__doc__ or "") + "\n"
    keys = [each for each in table.fields if _table_of(each.type) is None]
    if keys:
        yield "| key | value | if left out | |\n|---|---|---|---|"
        for each in keys:
            said = docs.get((table.cls.__name__, each.name), "")
            shown = _bytes if each.name.endswith("_bytes") else _number
            yield f"| `{each.encode_name}` | {_value(each.type, shown)} | {_default(each, shown)} | {said} |"
        yield ""
    for each in table.fields:
        inner = _table_of(each.type)
        if inner is not None:
            within = f"{name.strip('[]')}.{each.encode_name}" if name else each.encode_name
            yield from _section(f"[[{within}]]" if _is_list(each.type) else f"[{within}]", inner, docs)


def _table_of(kind: Any) -> Any:
    """The table that a key holds, or a list of; None if it holds a value."""
    match kind:
        case types.StructType():
            return kind
        case types.ListType(item_type=item):
            return _table_of(item)
        case types.UnionType(types=several):
            return next((found for each in several if (found := _table_of(each)) is not None), None)
        case types.Metadata(type=inner):
            return _table_of(inner)
    return None


def _is_list(kind: Any) -> bool:
    return isinstance(kind, types.ListType) or (isinstance(kind, types.Metadata) and _is_list(kind.type))


def _value(kind: Any, shown: Callable[[float], str]) -> str:
    """What a value may be."""
    match kind:
        case types.LiteralType(values=values):
            return " or ".join(f"`{value}`" for value in sorted(values, key=_place))
        case types.BoolType():
            return "`true` or `false`"
        case types.IntType():
            return f"a whole number{_range(kind, shown)}"
        case types.FloatType():
            return f"a number{_range(kind, shown)}"
        case types.StrType():
            return "text, not empty" if (kind.min_length, kind.max_length) == (1, None) else f"text{_length(kind)}"
        case types.ListType():
            return f"a list of {_value(kind.item_type, shown)}, not empty"
        case types.UnionType(types=several):
            return _value(next(each for each in several if not isinstance(each, types.NoneType)), shown)
    raise TypeError(f"a type that no key has had yet: {kind}")


def _place(value: Any) -> int:
    """Literals in the order of their declaration, which `inspect` sorts."""
    declared = inspect.getsource(config)
    return declared.index(f'"{value}"')


def _range(kind: Any, shown: Callable[[float], str]) -> str:
    low = f"above {shown(kind.gt)}" if kind.gt is not None else shown(kind.ge)
    high = shown(kind.le if kind.le is not None else kind.lt - 1)
    steps = f", a multiple of {kind.multiple_of}" if kind.multiple_of else ""
    return f", {low} to {high}{steps}"


def _length(kind: types.StrType) -> str:
    return "" if kind.max_length is None else f", {kind.min_length or 0:,} to {kind.max_length:,} characters"


def _number(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:g}"


def _bytes(value: float) -> str:
    for size, unit in SIZES:
        if value >= size and not value % size:
            return f"{value // size:,} {unit}"
    return _number(value)


def _default(each: types.Field, shown: Callable[[float], str]) -> str:
    if each.required:
        return "needed"
    value = each.default if each.default is not msgspec.NODEFAULT else each.default_factory()
    match value:
        case None | "" | []:
            return ""
        case bool() | str():
            return f"`{str(value).lower() if isinstance(value, bool) else value}`"
        case _:
            return shown(value)
