"""Writes what Python repeats of the vocabulary: limits, enumerations, layouts, typed bodies and events, calls."""

from __future__ import annotations

from dataclasses import dataclass

import explained
from declaration import EVENT_HEADER, EVENT_LEN, Field, Record, Vocabulary

CODES = {"u8": "B", "u16": "H", "u32": "I", "u64": "Q", "i32": "i", "i64": "q"}
NUMPY = {"u8": "u1", "u16": "<u2", "u32": "<u4", "u64": "<u8", "i32": "<i4", "i64": "<i8"}


def head(title: str) -> str:
    """The first lines of a written file."""
    return f'"""{title}\n\nWritten by `make vocabulary` from `engine_core/vocabulary/vocabulary.toml`: change that instead.\n"""\n\n'


def records(vocabulary: Vocabulary) -> str:
    """`pyengine/records.py`: limits, enumerations, command bodies and their layouts."""
    out = head("The words and the command records of the engine: limits, enumerations, bodies, layouts.")
    out += (
        "import struct\nfrom enum import IntEnum\nfrom typing import Any, Final, NamedTuple\n\nimport numpy as np\n\n"
    )
    out += f"SEMANTICS_VERSION: Final = {vocabulary.versions['semantics']}\n"
    out += f"JOURNAL_FORMAT_VERSION: Final = {vocabulary.versions['journal_format']}\n\n"
    for limit in vocabulary.limits:
        out += f'{limit.name}: Final = {limit.value:_}\n"""{explained.sentence(limit.doc)}"""\n'
    out += f"\nHEADER_LEN: Final = {vocabulary.command_header_len}\n\n\n"
    kinds = (
        ("CommandKind", "What a command asks for.", vocabulary.commands),
        ("EventKind", "What happened.", vocabulary.events),
    )
    for name, doc, members in kinds:
        values = "".join(f"    {each.name} = {each.kind}\n" for each in members)
        out += f'class {name}(IntEnum):\n    """{doc}"""\n\n{values}\n\n'
    for each in vocabulary.enumerations:
        values = "".join(f"    {name} = {value}\n" for name, value in each.values.items())
        out += f'class {each.name}(IntEnum):\n    """{each.doc}"""\n\n{values}\n\n'
    words = "".join(
        f"    {each.name}: {{{', '.join(f'{each.name}.{name}: {word!r}' for name, word in each.words.items())}}},\n"
        for each in vocabulary.enumerations
    )
    out += f'WORDS: Final[dict[type[IntEnum], dict[Any, str]]] = {{\n{words}}}\n"""The words of the wire."""\n\n\n'
    out += _bodies(vocabulary)
    out += _tables(vocabulary)
    out += _attributes(vocabulary)
    out += _dtype("ORDER_ENTRY_DTYPE", vocabulary.rows)
    out += '"""Rows of PLACE, CANCEL, AMEND and CANCEL_ALL for `apply_batch`; start from `numpy.zeros`.\n\nFields that a kind does not have are ignored.\n"""\n'
    return out


def _bodies(vocabulary: Vocabulary) -> str:
    header = "".join(f"    {field.name}: int\n" for field in vocabulary.command_header)
    out = f'class Header(NamedTuple):\n    """The first {vocabulary.command_header_len} bytes of every command."""\n\n{header}\n\n'
    for each in vocabulary.commands:
        fields = "".join(
            f"    {field.name}: {'bytes = b' + repr('') if field.count else 'int = 0'}\n" for field in each.named
        )
        fields += f"    {each.tail}: bytes = b''\n" if each.tail else ""
        if each.entries:
            parts = "".join(f"    {field.name}: int = 0\n" for field in each.entries.named)
            out += f'class {each.entries.type_name}(NamedTuple):\n    """{each.entries.doc}"""\n\n{parts}\n\n'
            fields += f"    {each.entries.name}: tuple[{each.entries.type_name}, ...] = ()\n"
        out += f'class {each.type_name}(NamedTuple):\n    """Body of {each.name}: {each.doc}"""\n\n{fields}\n\n'
    return out


def _attributes(vocabulary: Vocabulary) -> str:
    fields = [field for field in vocabulary.order_attributes if not field.reserved]
    members = "".join(f"    {field.name}: int = 0\n" for field in fields)
    values = ", ".join(f"{name}=place.{name}" for name in vocabulary.placed_attributes)
    return f'''class OrderAttributes(NamedTuple):
    """Attributes of orders that few have: 0 where an order does not."""

{members}
    @classmethod
    def of(cls, place: Place) -> "OrderAttributes":
        """Those that a PLACE gives its order."""
        return cls({values})


ORDER_ATTRIBUTES: Final = struct.Struct("<{_format(vocabulary.order_attributes)}")


'''


def _format(fields: list[Field]) -> str:
    return "".join(
        f"{field.count or 1}x" if field.reserved else f"{field.count}s" if field.count else CODES[field.type]
        for field in fields
    )


def _tables(vocabulary: Vocabulary) -> str:
    union = " | ".join(each.type_name for each in vocabulary.commands)
    layouts = "".join(
        f'    {each.type_name}: struct.Struct("<{_format(each.fields)}"),\n' for each in vocabulary.commands
    )
    lengths = "".join(f"    {each.type_name}: {tuple(each.lengths)},\n" for each in vocabulary.commands)
    kinds = "".join(f"    CommandKind.{each.name}: {each.type_name},\n" for each in vocabulary.commands)
    tails = "".join(
        f"    {each.type_name}: Tail({field.offset - vocabulary.command_header_len}, "
        f"{'8, MAX_KEY_DOCUMENT_WORDS' if each.has_document else '1, CLIENT_ID_LEN'}),\n"
        for each in vocabulary.commands
        for field in each.fields
        if each.tail and field.name == f"{each.tail}_len"
    )
    entries = "".join(
        f"    {each.type_name}: Entries({each.entries.type_name}, "
        f'struct.Struct("<{_format(each.entries.fields)}"), {field.offset - vocabulary.command_header_len}, '
        f"{each.entries.most}),\n"
        for each in vocabulary.commands
        if each.entries
        for field in each.fields
        if field.name == each.entries.count_name
    )
    enumerated = {
        name: said for each in vocabulary.commands for name, said, _ in each.declared if vocabulary.enumeration(said)
    }
    names = "".join(f'    "{name}": {said},\n' for name, said in enumerated.items())
    return f'''Body = {union}

HEADER: Final = struct.Struct("<{_format(vocabulary.command_header)}")
BODIES: Final[dict[type[Any], struct.Struct]] = {{
{layouts}}}
"""Bodies in their newest version, without the text behind them."""
BODY_LENGTHS: Final[dict[type[Any], tuple[int, ...]]] = {{
{lengths}}}
"""Body bytes by version, from 1."""
class Tail(NamedTuple):
    """The text or document behind a body: where the body counts its parts, bytes of a part, how many there can be."""

    counted_at: int
    size: int
    most: int


TAILS: Final[dict[type[Any], Tail]] = {{
{tails}}}
"""The bodies with a text (a client order id, a reference) or a document behind them."""
class Entries(NamedTuple):
    """The list behind a body: what an entry is, its layout, where the body counts them, how many there can be."""

    entry: type[Any]
    layout: struct.Struct
    counted_at: int
    most: int


ENTRIES: Final[dict[type[Any], Entries]] = {{
{entries}}}
"""The bodies with a list behind them."""
BODY_OF_KIND: Final[dict[int, type[Any]]] = {{
{kinds}}}
ENUMERATIONS: Final[dict[str, type[IntEnum]]] = {{
{names}}}
"""Fields of commands that are one of these."""


'''


def _dtype(name: str, fields: list[Field], offset: int = 0) -> str:
    rows = "".join(
        f'        ("{field.name}", "{("V" if field.reserved else "S") + str(field.count) if field.count else NUMPY[field.type]}"),\n'
        for field in fields
    )
    return f"{name}: Final[np.dtype[np.void]] = np.dtype(\n    [\n{rows}    ]\n)\n"


def _names(vocabulary: Vocabulary) -> str:
    """The enumerations that events say."""
    said = {field.said for each in vocabulary.events for field in each.named if vocabulary.enumeration(field.said)}
    return ", ".join(sorted(said))


def events(vocabulary: Vocabulary) -> str:
    """`pyengine/events.py`: typed events and their layouts."""
    out = head("What the engine says: one class and one NumPy layout for each kind of event, all of one length.")
    out += "import struct\nfrom enum import IntEnum\nfrom typing import ClassVar, Final\n\n"
    out += f"import numpy as np\n\nfrom pyengine.event import EVENT_LEN as EVENT_LEN\nfrom pyengine.event import KINDS\nfrom pyengine.event import Event as Event\nfrom pyengine.records import NONE_ID, EventKind, {_names(vocabulary)}\n\n\n"
    for each in vocabulary.events:
        small = [field for field in each.named if field.offset < 32 and field.name != "client_order_id_len"]
        fields = ""
        for field in each.named:
            if field.name == "client_order_id_len":
                continue
            default = (
                "str = ''" if field.count else f"int = {'NONE_ID' if field.said in ('Instrument', 'Asset') else 0}"
            )
            fields += f"    {field.name}: {default}\n"
            fields += f'    """{explained.sentence(field.doc)}"""\n' if field.doc else ""
        said = ", ".join(f'"{field.name}": {field.said}' for field in each.named if vocabulary.enumeration(field.said))
        enumerated = f"    ENUMERATED: ClassVar[dict[str, type[IntEnum]]] = {{{said}}}\n" if said else ""
        pads = [Field(n, k, k, "", 0, 0) for n, k, _ in EVENT_HEADER]
        out += f'''class {each.type_name}(Event, frozen=True, kw_only=True):
    """{each.doc}"""

    KIND: ClassVar[int] = EventKind.{each.name}
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<{_format(pads + each.fields)}")
    SMALL: ClassVar[int] = {len(small)}
{enumerated}
{fields}

'''
    table = "".join(f"        EventKind.{each.name}: {each.type_name},\n" for each in vocabulary.events)
    out += f"KINDS.update(\n    {{\n{table}    }}\n)\n\n"
    header_fields = [Field(name, kind, kind, "", 0, 0) for name, kind, _ in EVENT_HEADER]
    body = Field("body", f"[u8; {EVENT_LEN - 29}]", "reserved", "", 29, EVENT_LEN - 29, reserved=True)
    out += _dtype("EVENT_DTYPE", [*header_fields, body])
    out += (
        '"""Events of any kind: the header, and the body as bytes. Those of one kind are read by `EVENT_DTYPES`."""\n'
    )
    dtypes = ""
    for each in vocabulary.events:
        name = f"_{each.name}_DTYPE"
        out += _dtype(name, [*header_fields, *each.fields])
        dtypes += f"    EventKind.{each.name}: {name},\n"
    out += f'EVENT_DTYPES: Final[dict[int, np.dtype[np.void]]] = {{\n{dtypes}}}\n"""`events[events["kind"] == kind].view(EVENT_DTYPES[kind])`."""\n'
    return out


@dataclass(frozen=True)
class _Parameter:
    name: str
    annotation: str
    default: str | None
    keyword: bool

    def __str__(self) -> str:
        return f"{self.name}: {self.annotation}" + (f" = {self.default}" if self.default is not None else "")


def _parameters(record: Record) -> list[_Parameter]:
    parameters, keyword = [], False
    for each in record.call:
        if each == "*":
            keyword = True
            continue
        name, _, default = each.partition("=")
        annotation = "str" if name in record.text else "int | None" if default == "None" else "int"
        annotation = "bytes" if name in record.octets else annotation
        if record.has_document and name == record.tail:
            annotation = "bytes"
        if record.entries and name == record.entries.name:
            annotation = f"Sequence[{record.entries.type_name}]"
        parameters.append(_Parameter(name, annotation, default or None, keyword))
    return parameters


def signature(record: Record, *first: str) -> str:
    """The parameters of the command's Python method."""
    parts, keyword = list(first), False
    for parameter in _parameters(record):
        if parameter.keyword and not keyword:
            parts.append("*")
            keyword = True
        parts.append(str(parameter))
    if not keyword:
        parts.append("*")
    return ", ".join([*parts, "timestamp_ns: int | None = None"])


def commands(vocabulary: Vocabulary) -> str:
    """`pyengine/commands.py`: a function for each command that makes its record."""
    names = ", ".join(
        name
        for each in vocabulary.commands
        for name in ([each.type_name, each.entries.type_name] if each.entries else [each.type_name])
    )
    out = head("One function for each command: makes its record. Units are those of `engine_core/docs/semantics.md`.")
    out += f"from collections.abc import Sequence\n\nfrom pyengine.packing import document_words, octets, pack, text\nfrom pyengine.records import NONE_ID, VENUE_ACCOUNT, CommandKind, {names}\n"
    for each in vocabulary.commands:
        values = []
        for field in each.named:
            if field.name in each.octets:
                values.append(f'{field.name}=octets("{field.name}", {field.name}, {field.count})')
                continue
            if field.name.removesuffix("_len") in each.text or field.count:
                continue
            if each.entries and field.name == each.entries.count_name:
                continue
            parameter = next((p for p in _parameters(each) if p.name == field.name), None)
            value = field.name
            if parameter and parameter.default == "None":
                value = f"NONE_ID if {field.name} is None else {field.name}"
            values.append(f"{field.name}={value}")
        prelude = ""
        if each.entries:
            name = each.entries.name
            values.append(f"{each.entries.count_name}=min(len({name}), 255), {name}=tuple({name})")
        for name in each.text:
            if each.has_document and name == each.tail:
                values.append(f"{name}_len=document_words({name}), {name}={name}")
                continue
            length, characters = ("length", "characters") if len(each.text) == 1 else (f"{name}_len", f"{name}_text")
            prelude += f"    {length}, {characters} = text({name})\n"
            values.append(f"{name}_len={length}, {name}={characters}")
        account = "VENUE_ACCOUNT" if each.account == "venue" else "account"
        out += f"""

def pack_{each.name.lower()}({signature(each)}) -> bytes:
{explained.in_python(explained.command(each), "    ")}{prelude}    body = {each.type_name}({", ".join(values)})
    return pack(CommandKind.{each.name}, {account}, body, timestamp_ns)
"""
    return out


def calls(vocabulary: Vocabulary) -> str:
    """`pyengine/reference/calls.py`: a method for each command, in terms of `apply`."""
    out = head("One method for each command: makes the record and applies it. Units: `engine_core/docs/semantics.md`.")
    out += "from __future__ import annotations\n\nfrom abc import ABC, abstractmethod\nfrom typing import TYPE_CHECKING\n\n"
    out += (
        "import pyengine.commands as commands\nfrom pyengine.events import Event\n\nif TYPE_CHECKING:\n    from collections.abc import Sequence\n\n    from typing_extensions import Buffer\n\n    from pyengine.records import "
        + ", ".join(each.entries.type_name for each in vocabulary.commands if each.entries)
        + "\n\n\n"
    )
    out += 'class CommandCalls(ABC):\n    """Everything that can be asked of an engine, in terms of `apply`."""\n\n'
    out += (
        '    @abstractmethod\n    def apply(self, command: Buffer) -> list[Event]:\n        """One command record."""\n'
    )
    for each in vocabulary.commands:
        arguments = ", ".join(
            [f"{p.name}={p.name}" if p.keyword or p.default == "None" else p.name for p in _parameters(each)]
            + ["timestamp_ns=timestamp_ns"]
        )
        out += f'''
    def {each.name.lower()}({signature(each, "self")}) -> list[Event]:
        """{each.name}. {each.doc}"""
        return self.apply(commands.pack_{each.name.lower()}({arguments}))
'''
    return out


def stub_calls(vocabulary: Vocabulary) -> str:
    """The command methods in `pyengine/_engine_core.pyi`; a list's default is not said by the binding."""
    out = ""
    for each in vocabulary.commands:
        said = signature(each, "self").replace(" = ()", " = ...")
        out += f"""    def {each.name.lower()}({said}) -> list[Event]:
{explained.in_python(explained.command(each), "        ")}"""
    return out


def order_attributes(vocabulary: Vocabulary) -> str:
    """The attributes that few orders have, as fields of `Order` in `pyengine/reference/values.py`."""
    return "".join(f"    {field.name}: int = 0\n" for field in vocabulary.order_attributes if not field.reserved)
