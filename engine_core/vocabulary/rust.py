"""Writes what Rust repeats of the vocabulary: limits, enumerations, command bodies, events, and the calls from Python."""

from __future__ import annotations

from declaration import EVENT_LEN, SIZES, WORD, Entries, Enumeration, Field, Record, Vocabulary

DERIVE = "#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]\n#[repr(C)]\n"
DOCUMENT_WORDS = "MAX_KEY_DOCUMENT_WORDS"
"""The limit of documents."""


def head(title: str, more: str = "") -> str:
    """The first lines of a written file."""
    return f"//! {title}\n{more}//!\n//! Written by `make vocabulary` from `engine_core/vocabulary/vocabulary.toml`: change that instead.\n\n"


def camel(name: str) -> str:
    """POST_ONLY as PostOnly."""
    return "".join(word.capitalize() for word in name.split("_"))


def _doc(text: str, indent: str = "") -> str:
    return f"{indent}/// {text[0].upper()}{text[1:]}{'' if text.endswith('.') else '.'}\n" if text else ""


def limits(vocabulary: Vocabulary) -> str:
    """Versions and limits."""
    out = head("Versions and limits.") + "use super::AccountId;\n\n"
    out += "/// Version of the rules. A journal or an image of another version is refused.\n"
    out += f"pub const SEMANTICS_VERSION: u32 = {vocabulary.versions['semantics']};\n"
    out += "/// Version of the bytes of journals and command records.\n"
    out += f"pub const JOURNAL_FORMAT_VERSION: u32 = {vocabulary.versions['journal_format']};\n\n"
    for limit in vocabulary.limits:
        value = f"{limit.value:_}"
        if limit.rust_type == "AccountId":
            value = f"AccountId({value})"
        out += _doc(limit.doc) + f"pub const {limit.name}: {limit.rust_type} = {value};\n"
    return out


def enumerations(vocabulary: Vocabulary) -> str:
    """Enumerations, from and to their bytes and the wire's words."""
    out = head("Enumerations: one byte in a record, one word on the wire.")
    return out + "\n".join(_enumeration(each) for each in vocabulary.enumerations)


def _enumeration(each: Enumeration) -> str:
    variants = "".join(f"    {camel(name)} = {value},\n" for name, value in each.values.items())
    words = "".join(f'            {each.name}::{camel(name)} => "{word}",\n' for name, word in each.words.items())
    reading = "".join(f"            {value} => {each.name}::{camel(name)},\n" for name, value in each.values.items())
    # What has no word can not be said by one.
    heard = "".join(
        f'            b"{word}" => {each.name}::{camel(name)},\n' for name, word in each.words.items() if word
    )
    return f"""{_doc(each.doc)}#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum {each.name} {{
{variants}}}

impl {each.name} {{
    /// The one with this byte.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Option<{each.name}> {{
        Some(match byte {{
{reading}            _ => return None,
        }})
    }}

    /// The one with this word.
    #[inline]
    pub const fn from_word(word: &[u8]) -> Option<{each.name}> {{
        Some(match word {{
{heard}            _ => return None,
        }})
    }}

    /// Its word on the wire.
    #[inline]
    pub const fn word(self) -> &'static str {{
        match self {{
{words}        }}
    }}
}}
"""


def _struct_fields(fields: list[Field]) -> str:
    return "".join(
        _doc(each.doc, "    ") * (not each.reserved) + f"    pub {each.name}: {each.type},\n" for each in fields
    )


def _empty(fields: list[Field]) -> str:
    return "".join(f"        {each.name}: {f'[0; {each.count}]' if each.count else 0},\n" for each in fields)


def _kinds(records: list[Record], what: str) -> str:
    kinds = "".join(f"    pub const {each.name}: u8 = {each.kind};\n" for each in records)
    return f"/// Kind bytes of {what}.\npub mod kind {{\n{kinds}}}\n\n"


def _kind_words(records: list[Record]) -> str:
    words = "".join(f'        kind::{each.name} => "{each.name.lower()}",\n' for each in records)
    return f"""/// A kind's word on the wire.
pub const fn kind_word(kind: u8) -> Option<&'static str> {{
    Some(match kind {{
{words}        _ => return None,
    }})
}}
"""


def _counted(vocabulary: Vocabulary) -> list[str]:
    """The limits of what is behind bodies."""
    return [
        "CLIENT_ID_LEN",
        "MAX_KEY_DOCUMENT_WORDS",
        *(each.entries.most for each in vocabulary.commands if each.entries),
    ]


def commands(vocabulary: Vocabulary) -> str:
    """Command bodies and the row of order entry."""
    out = head("Command bodies, drawn in `docs/semantics.md`, section 3.")
    out += "use super::{Behind, Body, WithEntries};\nuse crate::types::{" + ", ".join(_counted(vocabulary)) + "};\n"
    out += "use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};\n\n"
    out += _kinds(vocabulary.commands, "commands")
    for each in vocabulary.commands:
        size = each.length - vocabulary.command_header_len
        lengths = ", ".join(map(str, each.lengths))
        fields = each.fields
        out += f"""{_doc(each.doc)}{DERIVE}pub struct {each.type_name} {{
{_struct_fields(fields)}}}

const _: () = assert!(size_of::<{each.type_name}>() == {size});

impl {each.type_name} {{
    pub const EMPTY: {each.type_name} = {each.type_name} {{
{_empty(fields)}    }};
}}

impl Body for {each.type_name} {{
    const KIND: u8 = kind::{each.name};
    const LENGTHS: &'static [usize] = &[{lengths}];
}}

"""
        if each.entries:
            out += _entries(each, each.entries)
        if each.has_document:
            out += _with_entries(each, "u64", DOCUMENT_WORDS)
    arms = "".join(f"        kind::{each.name} => {each.type_name}::LENGTHS,\n" for each in vocabulary.commands)
    tails = ""
    for each in vocabulary.commands:
        if each.has_document:
            counted, size, most = f"{each.tail}_len", f"{WORD}", DOCUMENT_WORDS
        elif each.tail:
            counted, size, most = f"{each.tail}_len", "1", "CLIENT_ID_LEN"
        elif each.entries:
            counted, size, most = each.entries.count_name, f"size_of::<{each.entries.type_name}>()", each.entries.most
        else:
            continue
        place = f"std::mem::offset_of!({each.type_name}, {counted})"
        tails += f"        kind::{each.name} => Some(Behind {{ counted_at: {place}, size: {size}, most: {most} }}),\n"
    out += f"""/// Body bytes of a kind, by version from 1. `None` for an unknown kind.
#[inline]
pub const fn body_lengths(kind: u8) -> Option<&'static [usize]> {{
    Some(match kind {{
{arms}        _ => return None,
    }})
}}

/// What is behind a kind's body: the characters of a text, the words of a document, or entries. `None` for a kind with nothing there.
#[inline]
pub const fn behind(kind: u8) -> Option<Behind> {{
    match kind {{
{tails}        _ => None,
    }}
}}

"""
    return out + _kind_words(vocabulary.commands)


def _entries(command: Record, entries: Entries) -> str:
    return f"""{_doc(entries.doc)}{DERIVE}pub struct {entries.type_name} {{
{_struct_fields(entries.fields)}}}

const _: () = assert!(size_of::<{entries.type_name}>() == {entries.length});

impl {entries.type_name} {{
    pub const EMPTY: {entries.type_name} = {entries.type_name} {{
{_empty(entries.fields)}    }};
}}

{_with_entries(command, entries.type_name, entries.most)}"""


def _with_entries(command: Record, entry: str, most: str) -> str:
    return f"""impl WithEntries for {command.type_name} {{
    type Entry = {entry};
    const MOST: usize = {most};
}}

"""


def attributes(vocabulary: Vocabulary) -> str:
    """Attributes of orders."""
    fields = vocabulary.order_attributes
    copied = "".join(f"{name}: place.{name}, " for name in vocabulary.placed_attributes)
    unused = "" if copied else "_"
    rest = "..OrderAttributes::NONE " if len(fields) > len(vocabulary.placed_attributes) else ""
    return (
        head("Attributes of orders that few have. All 0: the order has none.")
        + f"""use super::Place;
use zerocopy::{{FromBytes, Immutable, IntoBytes, KnownLayout}};

#[derive(Clone, Copy, PartialEq, Eq, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct OrderAttributes {{
{_struct_fields(fields)}}}

const _: () = assert!(size_of::<OrderAttributes>() == {vocabulary.order_attributes_len});

impl OrderAttributes {{
    pub const NONE: OrderAttributes = OrderAttributes {{
{_empty(fields)}    }};

    /// Those that a PLACE gives its order.
    #[inline]
    pub fn of({unused}place: &Place) -> OrderAttributes {{
        OrderAttributes {{ {copied}{rest}}}
    }}
}}
"""
    )


def rows(vocabulary: Vocabulary) -> str:
    """The row of order entry."""
    names = ", ".join(each.type_name for each in vocabulary.order_entry)
    out = head("Rows of order entry: what a batch of orders from NumPy consists of.")
    out += f"use super::{{CommandBuffer, kind, {names}}};\nuse crate::types::CLIENT_ID_LEN;\n"
    return out + "use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};\n\n" + _row(vocabulary)


def _row(vocabulary: Vocabulary) -> str:
    fields = vocabulary.rows
    names = {field.name for field in fields}
    arms = ""
    for each in vocabulary.order_entry:
        sets = "".join(f"{f.name}: self.{f.name}, " for f in each.named if f.name in names)
        length = "client_order_id_len, " if each.tail else ""
        identifier = "client_order_id" if each.tail else "&[]"
        arms += f"""            kind::{each.name} => {{
                let body = {each.type_name} {{ {sets}{length}..{each.type_name}::EMPTY }};
                record.set(self.account, &body, {identifier});
            }}
"""
    return f"""/// A row of order entry in a batch: the fields of all commands on orders. Those that a kind does not have are ignored.
{DERIVE}pub struct OrderEntryRow {{
{_struct_fields(fields)}}}

const _: () = assert!(size_of::<OrderEntryRow>() == {vocabulary.row_length});

impl OrderEntryRow {{
    pub const EMPTY: OrderEntryRow = OrderEntryRow {{
{_empty(fields)}    }};

    /// Whether the kind is one of these.
    #[inline]
    pub fn is_order_entry(&self) -> bool {{
        matches!(self.kind, {" | ".join(f"kind::{each.name}" for each in vocabulary.order_entry)})
    }}

    /// Makes the record of the row. False if its kind is none of these.
    #[inline]
    pub fn encode(&self, record: &mut CommandBuffer) -> bool {{
        // As NumPy reads such a field: what is behind the last character is zeros.
        let len = CLIENT_ID_LEN - self.client_order_id.iter().rev().take_while(|&&byte| byte == 0).count();
        self.encode_with(&self.client_order_id[..len], record)
    }}

    /// As [`OrderEntryRow::encode`], with a client order id that lies elsewhere, of at most 255 characters.
    #[inline]
    pub fn encode_with(&self, client_order_id: &[u8], record: &mut CommandBuffer) -> bool {{
        let client_order_id_len = client_order_id.len() as u8;
        match self.kind {{
{arms}            _ => return false,
        }}
        record.set_key(self.key);
        record.set_timestamp_ns(self.timestamp_ns);
        true
    }}
}}
"""


def events(vocabulary: Vocabulary) -> str:
    """Event bodies."""
    out = head("Events, drawn in `docs/semantics.md`, section 4.")
    out += "use super::EventBody;\nuse zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};\n\n"
    out += _kinds(vocabulary.events, "events")
    out += f"pub const EVENT_LEN: usize = {EVENT_LEN};\n\n"
    header = [
        Field(name, kind, kind, doc, 0, SIZES[kind])
        for name, kind, doc in (
            ("sequence", "u64", ""),
            ("timestamp_ns", "u64", ""),
            ("account_sequence", "u64", ""),
            ("account", "u32", ""),
            ("kind", "u8", ""),
        )
    ]
    for each in vocabulary.events:
        out += f"""{_doc(each.doc)}{DERIVE}pub struct {each.type_name} {{
{_struct_fields(header)}{_struct_fields(each.fields)}}}

const _: () = assert!(size_of::<{each.type_name}>() == EVENT_LEN);

impl {each.type_name} {{
    pub const EMPTY: {each.type_name} = {each.type_name} {{
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::{each.name},
{_empty(each.fields)}    }};
}}

impl EventBody for {each.type_name} {{
    const KIND: u8 = kind::{each.name};
}}

"""
    return out + _kind_words(vocabulary.events)
