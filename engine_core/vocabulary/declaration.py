"""Reads `vocabulary.toml` and lays out its records: what the writers of Rust, Python and documents start from."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

SOURCE: Final = Path(__file__).parent / "vocabulary.toml"
COMMAND_HEADER: Final = (
    ("length", "u16", "of the whole record in bytes, a multiple of eight"),
    ("kind", "u8", "what is asked for"),
    ("version", "u8", "of the kind's layout, from 1"),
    ("flags", "u32", "0: no flag is defined yet"),
    ("key", "u32", "the API key that caused the command, counted from 1; 0 is the venue itself"),
    ("account", "u32", "whose command it is"),
    ("timestamp_ns", "u64", "the sequencer's time; on the way in 0 keeps the last one"),
)
EVENT_HEADER: Final = (
    ("sequence", "u64", "of the command"),
    ("timestamp_ns", "u64", "of the command"),
    ("account_sequence", "u64", "of the account's events, from 1; 0 if there is no such account"),
    ("account", "u32", "whose event it is"),
    ("kind", "u8", "what happened"),
)
EVENT_LEN: Final = 136
EVENT_CLIENT_ID_OFFSET: Final = 96
"""Behind the longest body, at the same place in every kind."""
SIZES: Final = {"u8": 1, "u16": 2, "u32": 4, "u64": 8, "i32": 4, "i64": 8}
BEHIND: Final = ("ClientOrderId", "Reference")
"""Texts that lie behind the body of a command, which says how long they are."""
TEXTS: Final = ("Symbol", "Text")
"""Texts of at most `SYMBOL_LEN` characters, in place."""
OCTETS: Final = {"PublicKey": 32, "AttestorSignature": 64}
"""Bytes that are no text, of one length."""
DOCUMENT: Final = "Document"
"""Bytes that lie there, of which the body counts the words."""
WORD: Final = 8
ALIASES: Final = {"Instrument": "u32", "Asset": "u32", "NewInstrument": "u32", "NewAsset": "u32", "Jurisdiction": "u16"}


@dataclass(frozen=True)
class Field:
    """A field where it lies. `type` is a primitive or `[u8; N]`; `said` is the type as declared."""

    name: str
    type: str
    said: str
    doc: str
    offset: int
    size: int
    reserved: bool = False

    @property
    def count(self) -> int:
        """Bytes of an array, 0 of a number."""
        return self.size if self.type.startswith("[") else 0


@dataclass(frozen=True)
class Enumeration:
    """`words[name]` is the wire's word."""

    name: str
    doc: str
    values: dict[str, int]
    words: dict[str, str]


@dataclass(frozen=True)
class Entries:
    """A list of equal parts behind a command's body: at most `limit`, each of `length` bytes."""

    name: str
    type_name: str
    doc: str
    most: str
    limit: int
    fields: list[Field]
    length: int

    @property
    def named(self) -> list[Field]:
        """The fields that say something."""
        return [each for each in self.fields if not each.reserved]

    @property
    def function_name(self) -> str:
        """One of them, as part of a function's name."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", self.type_name).lower()

    @property
    def count_name(self) -> str:
        """The field of the body that says how many there are."""
        return f"{self.name}_len"


@dataclass(frozen=True)
class Record:
    """A command or an event: `fields` are the body, in their places, without what lies behind it (`tail`)."""

    name: str
    kind: int
    doc: str
    account: str
    fields: list[Field]
    length: int
    tail: str = ""
    """The text behind the body of a command, if there can be one."""
    version: int = 1
    lengths: list[int] = field(default_factory=list)
    """Body bytes of each version, from 1."""
    call: list[str] = field(default_factory=list)
    text: dict[str, str] = field(default_factory=dict)
    """Declared text fields and their declared types."""
    declared: list[tuple[str, str, str]] = field(default_factory=list)
    message: str = ""
    """The wire's name of a command's request, if it has one."""
    example: dict[str, Any] = field(default_factory=dict)
    """Fields of one such request, as the wire says them."""
    entries: Entries | None = None
    """What lies behind the body of a command that has a list."""

    @property
    def octets(self) -> dict[str, int]:
        """Fields of bytes that are no text, and how many each has."""
        return {name: OCTETS[said] for name, said, _ in self.declared if said in OCTETS}

    @property
    def has_document(self) -> bool:
        """Whether what lies behind the body is a document."""
        return self.text.get(self.tail) == DOCUMENT

    @property
    def type_name(self) -> str:
        """The record's name as a type."""
        return "".join(word.capitalize() for word in self.name.split("_"))

    @property
    def named(self) -> list[Field]:
        """The fields that say something."""
        return [each for each in self.fields if not each.reserved]


@dataclass(frozen=True)
class Limit:
    """A named number."""

    name: str
    value: int
    rust_type: str
    doc: str


ORDER_ENTRY = ("PLACE", "CANCEL", "AMEND", "CANCEL_ALL", "CANCEL_REPLACE")
"""The commands on orders."""
QUOTING = ("MASS_QUOTE",)
"""The commands on quotes."""


class Layout:
    """Puts fields one behind the other, each aligned to its size; gaps become `reserved` fields."""

    def __init__(self, offset: int) -> None:
        self.fields: list[Field] = []
        self.offset = offset
        self._gaps = 0

    def add(self, name: str, primitive: str, said: str, doc: str) -> None:
        """The next field."""
        size = SIZES[primitive]
        self.align(size)
        self.fields.append(Field(name, primitive, said, doc, self.offset, size))
        self.offset += size

    def add_bytes(self, name: str, count: int, said: str, doc: str) -> None:
        """The next field: characters."""
        self.fields.append(Field(name, f"[u8; {count}]", said, doc, self.offset, count))
        self.offset += count

    def align(self, size: int) -> None:
        """Fills up to a multiple of `size`."""
        self.fill(-self.offset % size)

    def fill(self, gap: int) -> None:
        """Fills so many bytes."""
        if gap:
            name = "reserved" if not self._gaps else f"reserved_{self._gaps + 1}"
            self._gaps += 1
            self.fields.append(Field(name, f"[u8; {gap}]", "reserved", "0", self.offset, gap, reserved=True))
            self.offset += gap


class Vocabulary:
    """The whole declaration."""

    def __init__(self, source: Path = SOURCE) -> None:
        raw = tomllib.loads(source.read_text())
        self.versions: dict[str, int] = raw["versions"]
        self.limits = [Limit(name, *spec) for name, spec in raw["limits"].items()]
        self.limit = {each.name: each.value for each in self.limits}
        self.enumerations = [_enumeration(name, spec) for name, spec in raw["enumerations"].items()]
        self._enumerated = {each.name for each in self.enumerations}
        self.commands = [self._command(name, spec) for name, spec in raw["commands"].items()]
        self.events = [self._event(name, spec) for name, spec in raw["events"].items()]
        self.event_fields_in_general: dict[str, str] = raw["event_fields"]
        attributes = Layout(0)
        placed, added = raw["order_attributes"]["fields"], raw["order_attributes"]["state"]
        for name, said, doc in placed + added:
            attributes.add(name, self.primitive(said), said, doc)
        # Room for one more, so that there is a record even without any.
        attributes.fill(8 if not attributes.fields else -attributes.offset % 8)
        self.order_attributes = attributes.fields
        self.order_attributes_len = attributes.offset
        self.placed_attributes = [name for name, _, _ in placed]
        """Those that are fields of PLACE; the others are the engine's."""
        self.shown_attributes = [*self.placed_attributes, *raw["order_attributes"]["shown"]]
        """Those that an owner sees of an open order."""
        header = Layout(0)
        for name, primitive, doc in COMMAND_HEADER:
            header.add(name, primitive, primitive, doc)
        self.command_header = header.fields
        self.command_header_len = header.offset
        self.rows = self._rows()

    @property
    def event_fields(self) -> dict[str, str]:
        """Every field that some event has, in the order of their first appearance, with its declared type."""
        fields: dict[str, str] = {}
        for event in self.events:
            for name, said, _ in event.declared:
                fields.setdefault(name, said)
        return fields

    def enumeration(self, name: str) -> Enumeration | None:
        """The enumeration of this name."""
        return next((each for each in self.enumerations if each.name == name), None)

    def primitive(self, said: str) -> str:
        """The number that a declared type is."""
        return "u8" if said in self._enumerated else ALIASES.get(said, said)

    def _command(self, name: str, spec: dict[str, Any]) -> Record:
        layout, lengths, text, tail = Layout(24), [], {}, ""
        entries = self._entries(spec["entries"]) if "entries" in spec else None
        declared = [(each[0], each[1], each[2]) for each in spec["fields"]]
        versions = [each[3] if len(each) > 3 else 1 for each in spec["fields"]]
        if versions != sorted(versions):
            raise ValueError(f"{name}: fields are appended, never inserted")
        newest = max(versions, default=1)
        for version in range(1, newest + 1):
            for (field_name, said, doc), since in zip(declared, versions, strict=True):
                if since != version:
                    continue
                if said in BEHIND:
                    layout.add(f"{field_name}_len", "u8", said, f"characters of {field_name}")
                    tail = field_name
                elif said == DOCUMENT:
                    layout.add(f"{field_name}_len", "u8", said, f"words of eight bytes of {field_name}")
                    tail = field_name
                elif said in TEXTS:
                    layout.add(f"{field_name}_len", "u8", said, f"characters of {field_name}")
                    layout.add_bytes(field_name, self.limit["SYMBOL_LEN"], said, doc)
                elif said in OCTETS:
                    layout.add_bytes(field_name, OCTETS[said], said, doc)
                else:
                    layout.add(field_name, self.primitive(said), said, doc)
                if said in (*BEHIND, DOCUMENT, *TEXTS):
                    text[field_name] = said
            if entries and version == 1:
                layout.add(entries.count_name, "u8", "u8", f"how many {entries.name} are behind the body")
            layout.align(8)
            lengths.append(layout.offset - 24)
        return Record(
            name,
            spec["kind"],
            spec["doc"],
            spec["account"],
            layout.fields,
            layout.offset,
            tail,
            newest,
            lengths,
            spec["call"],
            text,
            declared,
            spec.get("message", ""),
            spec.get("example", {}),
            entries,
        )

    def _entries(self, spec: dict[str, Any]) -> Entries:
        layout = Layout(0)
        for name, said, doc in spec["fields"]:
            layout.add(name, self.primitive(said), said, doc)
        layout.align(8)
        limit = self.limit[spec["most"]]
        return Entries(spec["name"], spec["type"], spec["doc"], spec["most"], limit, layout.fields, layout.offset)

    def _event(self, name: str, spec: dict[str, Any]) -> Record:
        layout = Layout(0)
        for header_name, primitive, doc in EVENT_HEADER:
            layout.add(header_name, primitive, primitive, doc)
        layout.fields = []
        declared = [(each[0], each[1], each[2]) for each in spec["fields"]]
        small = [each for each in declared if self.primitive(each[1]) == "u8"]
        identified = any(said == "ClientOrderId" for _, said, _ in declared)
        for field_name, said, doc in small:
            layout.add(field_name, "u8", said, doc)
        if identified:
            layout.add("client_order_id_len", "u8", "ClientOrderId", "characters of client_order_id")
        layout.align(8)
        if layout.offset != 32:
            raise ValueError(f"{name}: more than three one-byte fields")
        for field_name, said, doc in declared:
            if said != "ClientOrderId" and (field_name, said, doc) not in small:
                layout.add(field_name, self.primitive(said), said, doc)
        if layout.offset > EVENT_CLIENT_ID_OFFSET:
            raise ValueError(f"{name}: too long a body")
        if identified:
            layout.fill(EVENT_CLIENT_ID_OFFSET - layout.offset)
            doc = next(doc for _, said, doc in declared if said == "ClientOrderId")
            layout.add_bytes("client_order_id", self.limit["CLIENT_ID_LEN"], "ClientOrderId", doc)
        layout.fill(EVENT_LEN - layout.offset)
        fields = layout.fields
        text = {"client_order_id": "ClientOrderId"} if identified else {}
        return Record(name, spec["kind"], spec["doc"], spec["account"], fields, EVENT_LEN, text=text, declared=declared)

    def _rows(self) -> list[Field]:
        """The row of order entry: the fields of the commands on orders, the largest first, so without gaps."""
        fields: dict[str, str] = {"timestamp_ns": "u64", "key": "u32", "account": "u32", "kind": "u8"}
        for command in self.order_entry:
            fields |= {name: self.primitive(said) for name, said, _ in command.declared if said != "ClientOrderId"}
        layout = Layout(0)
        for size in (8, 4, 1):
            for name, primitive in fields.items():
                if SIZES[primitive] == size:
                    layout.add(name, primitive, primitive, "")
        layout.add_bytes("client_order_id", self.limit["CLIENT_ID_LEN"], "ClientOrderId", "")
        layout.align(8)
        return layout.fields

    @property
    def order_entry(self) -> list[Record]:
        """The commands on orders."""
        return [each for each in self.commands if each.name in ORDER_ENTRY]

    @property
    def hot(self) -> list[Record]:
        """The commands that the core reads from the wire itself."""
        return self.order_entry + [each for each in self.commands if each.name in QUOTING]

    @property
    def row_length(self) -> int:
        """Bytes of a row of order entry."""
        return self.rows[-1].offset + self.rows[-1].size


def _enumeration(name: str, spec: dict[str, Any]) -> Enumeration:
    entries = {key: value for key, value in spec.items() if key != "doc"}
    values = {key: value[0] for key, value in entries.items()}
    words = {key: value[1] if len(value) > 1 else key.lower() for key, value in entries.items()}
    return Enumeration(name, spec["doc"], values, words)
