"""Writes what the wire repeats of the vocabulary: reports out and orders in, in Rust; their schemas, in Python."""

from __future__ import annotations

import rust
from declaration import BEHIND, OCTETS, SIZES, Entries, Record, Vocabulary

ORDER_KEYS = {"order_type": "type"}
"""Fields of orders whose key on the wire is another."""
REASONS = ("RejectCode", "CancelReason", "Priority", "OrderStatus")
"""Enumerations that a report's `reason` can be of."""


def _said(event: Record) -> dict[str, str]:
    return {name: said for name, said, _ in event.declared}


def accessors(vocabulary: Vocabulary) -> str:
    """`event/fields.rs`: fields of events whose kind need not be known."""
    out = rust.head(
        "Fields that several kinds of events have, read without knowing the kind. `None` where the kind has no such field."
    )
    out += "use super::{Event, kind};\n\nimpl Event {\n"
    for name, said in vocabulary.event_fields.items():
        if said == "ClientOrderId":
            continue
        places: dict[int, list[str]] = {}
        types = set()
        for event in vocabulary.events:
            for field in event.named:
                if field.name == name:
                    places.setdefault(field.offset, []).append(event.name)
                    types.add(field.type)
        if len(types) > 1:
            raise ValueError(f"event field {name} is of several types")
        (primitive,) = types
        arms = "".join(
            f"            {' | '.join(f'kind::{each}' for each in kinds)} => "
            f"{primitive}::from_le_bytes(self.bytes_at::<{offset}, {SIZES[primitive]}>()),\n"
            for offset, kinds in places.items()
        )
        out += f"    #[inline]\n    pub fn {name}(&self) -> Option<{primitive}> {{\n        Some(match self.kind {{\n{arms}            _ => return None,\n        }})\n    }}\n\n"
    lengths: dict[int, list[str]] = {}
    for event in vocabulary.events:
        for field in event.named:
            if field.name == "client_order_id_len":
                lengths.setdefault(field.offset, []).append(event.name)
    arms = "".join(
        f"            {' | '.join(f'kind::{each}' for each in kinds)} => self.bytes_at::<{offset}, 1>()[0],\n"
        for offset, kinds in lengths.items()
    )
    out += f"""    /// The order's client order id; empty where the order has none, or the event no order.
    #[inline]
    pub fn client_order_id(&self) -> &[u8] {{
        let len = match self.kind {{
{arms}            _ => return &[],
        }};
        self.client_order_id_bytes(len)
    }}
}}
"""
    return out


def reports(vocabulary: Vocabulary) -> str:
    """`wire/reports.rs`: an event as the fields of a `report`."""
    more = "//! In the order of `Report` in `gateway/schemas.py`; what is 0 or empty is left out.\n"
    out = rust.head("The fields of a `report` that are the event's own: a function for each kind of event.", more)
    out += """use super::msgpack::{Writer, literal};
use crate::event::{self, Event, kind};
use crate::types::*;

/// Bytes that no word stands for: a newer engine's.
const UNKNOWN: &str = "unknown";

/// What a report says beside its event.
#[derive(Clone, Copy, Default, Debug)]
pub struct ReportContext<'a> {
    /// `ref` of the request that the event answers, else 0.
    pub client_ref: u64,
    /// Symbol of the event's instrument, else empty.
    pub instrument: &'a [u8],
    /// Symbol of the event's asset, else empty.
    pub asset: &'a [u8],
}

/// What the event is called, how many fields of its own it has, and what writes them.
pub(super) struct Fields {
    pub kind: &'static str,
    pub count: u32,
    pub write: fn(&mut Writer, &Event, &ReportContext),
}

"""
    order = {name: number for number, name in enumerate(vocabulary.event_fields)}
    selects = ""
    for each in vocabulary.events:
        said = _said(each)
        names = sorted(said, key=order.__getitem__)
        docs = {name: doc for name, _, doc in each.declared}
        counts, writes = [], ""
        for name in names:
            value, present, write = _value(vocabulary, name, said[name])
            if vocabulary.enumeration(said[name]) and docs[name].endswith("else none"):
                present = f"event.{name} != 0"
            statements = f'writer.raw(literal!("{name}"));\n{write.format(value=value)}\n'
            counts.append("1" if present == "true" else f"u32::from({present})")
            writes += statements if present == "true" else f"if {present} {{\n{statements}}}\n"
        function = each.name.lower()
        ignored = "_event" if not any("event." in text for text in (writes,)) else "event"
        context = "context" if "context." in writes else "_context"
        out += f"fn {function}(writer: &mut Writer, {ignored}: &Event, {context}: &ReportContext) {{\n"
        if "event." in writes:
            out += f"    let Some(event) = event.body::<event::{each.type_name}>() else {{ return }};\n"
        out += writes + "}\n\n"
        body = (
            f"let event = event.body::<event::{each.type_name}>()?;\n"
            if any("event." in count for count in counts)
            else ""
        )
        selects += f"        kind::{each.name} => {{\n            {body}            ({' + '.join(counts)}, {function} as _)\n        }}\n"
    out += f"""/// Looks at an event; `None` if its kind is unknown.
#[inline]
pub(super) fn fields(event: &Event, context: &ReportContext) -> Option<Fields> {{
    let kind = event::kind_word(event.kind)?;
    let (count, write): (u32, fn(&mut Writer, &Event, &ReportContext)) = match event.kind {{
{selects}        _ => return None,
    }};
    Some(Fields {{ kind, count, write }})
}}
"""
    return out


def _value(vocabulary: Vocabulary, name: str, said: str) -> tuple[str, str, str]:
    """What the value is, when it is there, and how it is written."""
    if said == "Instrument":
        return "context.instrument", "!context.instrument.is_empty()", "writer.str({value});"
    if said == "Asset":
        return "context.asset", "!context.asset.is_empty()", "writer.str({value});"
    if said == "ClientOrderId":
        text = "&event.client_order_id[..usize::from(event.client_order_id_len)]"
        return text, "event.client_order_id_len != 0", "writer.str({value});"
    if name == "command":
        return (
            "crate::command::kind_word(event.command)",
            "event.command != 0",
            "writer.str({value}.unwrap_or(UNKNOWN).as_bytes());",
        )
    if said == "Jurisdiction":
        return f"event.{name}.to_le_bytes()", f"event.{name} != 0", "writer.str(&{value});"
    if enumeration := vocabulary.enumeration(said):
        empty = next((value for entry, value in enumeration.values.items() if not enumeration.words[entry]), None)
        present = "true" if empty is None else f"event.{name} != {empty}"
        return (
            f"{said}::from_byte(event.{name})",
            present,
            f"writer.str({{value}}.map_or(UNKNOWN, {said}::word).as_bytes());",
        )
    form = "i64" if said in ("i32", "i64") else "u64"
    value = f"event.{name}" if said in ("i64", "u64") else f"{form}::from(event.{name})"
    return value, f"event.{name} != 0", f"writer.{form}({{value}});"


def orders(vocabulary: Vocabulary) -> str:
    """`wire/orders.rs`: the fields of requests on orders, read into a row."""
    fields: dict[str, str] = {}
    for command in vocabulary.hot:
        for name, said, _ in command.declared:
            fields.setdefault(name, said)
    fields.pop("quantity_kind")
    lists = [each.entries for each in vocabulary.hot if each.entries]
    numbered = enumerate([*fields, *(each.name for each in lists)], start=3)
    bits = {"op": 0, "ref": 1, "notional": 2} | {name: number for number, name in numbered}
    constants = "".join(f"    pub const {name.upper()}: u32 = 1 << {bit};\n" for name, bit in bits.items())
    kinds = "".join(f'            b"{each.message}" => kind::{each.name},\n' for each in vocabulary.hot)
    allowed = ""
    for each in vocabulary.hot:
        may = ["OP", "REF", *(name.upper() for name, _, _ in each.declared if name != "quantity_kind")]
        if each.entries:
            may.append(each.entries.name.upper())
        if any(name == "quantity_kind" for name, _, _ in each.declared):
            may.append("NOTIONAL")
        must = ["OP", *(part.upper() for part in _required(each))]
        both = [" | ".join(f"bit::{name}" for name in names) for names in (may, must)]
        allowed += f"        kind::{each.name} => ({both[0]}, {both[1]}),\n"
    arms = ""
    for name, said in fields.items():
        key = ORDER_KEYS.get(name, name)
        if said == "ClientOrderId":
            read = "request.client_order_id = text(reader, CLIENT_ID_LEN)?;"
        elif said == "Instrument":
            read = "request.symbol = text(reader, SYMBOL_LEN)?;"
        elif vocabulary.enumeration(said):
            read = f"request.row.{name} = {said}::from_word(reader.str()?)? as u8;"
        else:
            read = f"request.row.{name} = reader.{said}()?;"
        arms += f'        b"{key}" => {{\n            {read}\n            bit::{name.upper()}\n        }}\n'
    for each in lists:
        read = f"request.{each.name} = List::read(reader, {each.most}, read_{each.function_name})?;"
        arms += f'        b"{each.name}" => {{\n            {read}\n            bit::{each.name.upper()}\n        }}\n'
    listed = "".join(f"    /// Empty where the request has none.\n    pub {each.name}: List<'a>,\n" for each in lists)
    types = ", ".join(["OrderEntryRow", *(each.type_name for each in lists), "kind"])
    return (
        rust.head("The fields of the requests of the hot path, read one by one.")
        + f"""use super::msgpack::{{List, Reader}};
use crate::command::{{{types}}};
use crate::types::*;

/// A hot request: a command but for its account and its instrument's id.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {{
    /// The client's own number for this request (`ref` on the wire).
    pub client_ref: u64,
    /// Empty where the request names no instrument.
    pub symbol: &'a [u8],
    pub client_order_id: &'a [u8],
    /// Units of the quote asset to spend, instead of a quantity; else 0.
    pub notional: i64,
    /// Its `instrument` is [`NONE_ID`] and the caller's to fill in, as is its account.
    pub row: OrderEntryRow,
{listed}}}

#[inline]
fn text<'a>(reader: &mut Reader<'a>, limit: usize) -> Option<&'a [u8]> {{
    reader.str().filter(|text| text.len() <= limit && is_printable(text))
}}

/// One bit for each field.
pub(super) mod bit {{
{constants}}}

/// The fields that a kind of request may have, and those that it must. `None` for any other kind.
#[inline]
pub(super) fn allowed(kind: u8) -> Option<(u32, u32)> {{
    Some(match kind {{
{allowed}        _ => return None,
    }})
}}

/// The kind that a request's `op` asks for; `None` if it is not one on orders.
#[inline]
fn kind_of(op: &[u8]) -> Option<u8> {{
    Some(match op {{
{kinds}        _ => return None,
    }})
}}

/// Reads one key and its value; returns the field's bit.
#[inline]
pub(super) fn read<'a>(reader: &mut Reader<'a>, request: &mut Request<'a>) -> Option<u32> {{
    Some(match reader.str()? {{
        b"op" => {{
            request.row.kind = kind_of(reader.str()?)?;
            bit::OP
        }}
        b"ref" => {{
            request.client_ref = reader.u64()?;
            bit::REF
        }}
        b"notional" => {{
            request.notional = reader.i64()?;
            bit::NOTIONAL
        }}
{arms}        _ => return None,
    }})
}}
"""
        + "".join(_entry_reader(vocabulary, each) for each in lists)
    )


def _entry_reader(vocabulary: Vocabulary, entries: Entries) -> str:
    """Reads one entry of a list, which is a map of its fields."""
    arms = ""
    symbol = next(number for number, field in enumerate(entries.named) if field.said == "Instrument")
    for number, field in enumerate(entries.named):
        target = (
            "symbol = text(reader, SYMBOL_LEN)?"
            if field.said == "Instrument"
            else f"entry.{field.name} = reader.{field.said}()?"
        )
        arms += f'            b"{field.name}" => {{\n                {target};\n                1 << {number}\n            }}\n'
    return f"""
/// One entry of `{entries.name}`, and the symbol of its instrument, whose id is the caller's to fill in.
#[inline]
pub fn read_{entries.function_name}<'a>(reader: &mut Reader<'a>) -> Option<(&'a [u8], {entries.type_name})> {{
    let (mut symbol, mut entry) = (&[][..], {entries.type_name}::EMPTY);
    let mut seen = 0;
    for _ in 0..reader.map()? {{
        let bit = match reader.str()? {{
{arms}            _ => return None,
        }};
        if seen & bit != 0 {{
            return None;
        }}
        seen |= bit;
    }}
    (seen & 1 << {symbol} != 0).then_some((symbol, entry))
}}
"""


def _required(command: Record) -> list[str]:
    """Fields that the wire does not leave out: those without a default, but for the ways to say how much, and for the price."""
    return {
        "PLACE": ["instrument", "side"],
        "CANCEL_REPLACE": ["order_id", "instrument", "side"],
        "AMEND": ["price", "quantity"],
        "MASS_QUOTE": ["quote_group", "quotes"],
    }.get(command.name, [])


# Python


def words(vocabulary: Vocabulary) -> str:
    """The words of the wire as types and as tables by byte."""
    names = {
        "Side": "SIDES",
        "OrderType": "ORDER_TYPES",
        "TimeInForce": "TIMES_IN_FORCE",
        "SelfTradePrevention": "STP_MODES",
        "Trigger": "TRIGGERS",
        "Visibility": "VISIBILITIES",
        "Lifetime": "LIFETIMES",
        "PegReference": "PEG_REFERENCES",
        "OnFailure": "ON_FAILURES",
        "SideFilter": "SIDE_FILTERS",
        "HaltCause": "HALT_CAUSES",
        "Phase": "PHASES",
        "LimitState": "LIMIT_STATES",
        "StalePolicy": "STALE_POLICIES",
        "PrimaryStatus": "PRIMARY_STATUSES",
        "PrimaryPolicy": "PRIMARY_POLICIES",
        "FeeChange": "FEE_CHANGES",
        "InvestorClass": "INVESTOR_CLASSES",
        "Verification": "VERIFICATIONS",
        "JurisdictionRule": "JURISDICTION_RULES",
        "FreezeScope": "FREEZE_SCOPES",
        "AssetClass": "ASSET_CLASSES",
        "AssetForm": "ASSET_FORMS",
        "AttestationPolicy": "ATTESTATION_POLICIES",
        "BarPolicy": "BAR_POLICIES",
        "AttestorStatus": "ATTESTOR_STATUSES",
        "RefinerStatus": "REFINER_STATUSES",
        "RedemptionRefusal": "REDEMPTION_REFUSALS",
        "CancelTimer": "CANCEL_TIMERS",
        "ActionKind": "ACTION_KINDS",
        "OrderPolicy": "ORDER_POLICIES",
        "ActionStage": "ACTION_STAGES",
    }
    out = ""
    for each in vocabulary.enumerations:
        if each.name in names or each.name in ("Liquidity", "ChangeKind"):
            said = [repr(word) for word in each.words.values() if word or each.name != "ChangeKind"]
            out += f"{each.name}: TypeAlias = Literal[{', '.join(said)}]\n"
    kinds = ", ".join(f'"{each.name.lower()}"' for each in vocabulary.events)
    out += f"ReportKind: TypeAlias = Literal[{kinds}]\n\n"
    out += "# Index = the byte of the engine's records.\n"
    for name, table in names.items():
        enumeration = vocabulary.enumeration(name)
        assert enumeration is not None
        out += (
            f"{table}: Final[tuple[{name}, ...]] = ({', '.join(repr(word) for word in enumeration.words.values())})\n"
        )
    out += "\n# By the enumeration's name.\n"
    entries = ", ".join(f'"{name}": {table}' for name, table in names.items())
    out += f"WORDS: Final[dict[str, tuple[str, ...]]] = {{{entries}}}\n"
    out += "\n# Attributes of an open order, and the words that those stand for which are enumerated.\n"
    said = {field.name: names.get(field.said, "()") for field in vocabulary.order_attributes}
    entries = ", ".join(f'"{name}": {said[name]}' for name in vocabulary.shown_attributes)
    out += f"ORDER_ATTRIBUTES: Final[dict[str, tuple[str, ...]]] = {{{entries}}}\n"
    out += "\n# What `reason` says, by kind of report.\n"
    for name in REASONS:
        enumeration = vocabulary.enumeration(name)
        assert enumeration is not None
        table = {
            "RejectCode": "REJECT_REASONS",
            "CancelReason": "CANCEL_REASONS",
            "Priority": "AMEND_REASONS",
            "OrderStatus": "DUPLICATE_REASONS",
        }[name]
        out += f"{table}: Final = ({', '.join(repr(word) for word in enumeration.words.values())})\n"
    return out + "\n"


def _annotation(vocabulary: Vocabulary, said: str, *, request: bool) -> tuple[str, str]:
    """Type and default of a field of a message."""
    if said in ("Instrument", "Asset", "Symbol"):
        return ("Symbol" if request else "str"), '""'
    if said == "Jurisdiction":
        return (said if request else "str"), '""'
    if said in (*BEHIND, "Text", *OCTETS):
        return (said if request else "str"), '""'
    if enumeration := vocabulary.enumeration(said):
        if not request:
            return "str", '""'
        return said, repr(next(iter(enumeration.words.values())))
    if said == "u8":
        return "Annotated[int, Meta(ge=0, le=255)]", "0"
    return {"u32": "U32", "u64": "U64", "i32": "I32", "i64": "I64"}[said], "0"


def report_fields(vocabulary: Vocabulary) -> str:
    """The fields of `Report` that are events' own."""
    out = ""
    for name, said in vocabulary.event_fields.items():
        annotation, default = _annotation(vocabulary, said, request=False)
        if name == "side":
            annotation = 'Literal["", "buy", "sell"]'
        elif name == "liquidity":
            annotation = "Liquidity"
        elif name == "command":
            annotation, default = "str", '""'
        out += f"    {name}: {annotation} = {default}\n"
    return out


def order_requests(vocabulary: Vocabulary) -> str:
    """The requests on orders."""
    out = ""
    for each in vocabulary.hot:
        required = _required(each)
        fields, checks = "", ""
        for name, said, _ in each.declared:
            if name == "quantity_kind":
                fields += "    notional: I64 = 0\n"
                checks += '        if self.quantity and self.notional:\n            raise ValueError("`quantity` and `notional` exclude each other")\n'
                continue
            annotation, default = _annotation(vocabulary, said, request=True)
            fields += f"    {ORDER_KEYS.get(name, name)}: {annotation}" + (
                "\n" if name in required else f" = {default}\n"
            )
            checks += f'        _check_u64("{name}", self.{name})\n' if said == "u64" else ""
        if each.entries:
            out += _entry_schema(vocabulary, each.entries)
            length = f"Meta(min_length=1, max_length={each.entries.limit})"
            fields += f"    {each.entries.name}: Annotated[list[{each.entries.type_name}], {length}]\n"
        init = f"\n    def __post_init__(self) -> None:\n        super().__post_init__()\n{checks}" if checks else ""
        out += f'class {each.type_name}(Request, tag="{each.message}", kw_only=True):\n    """{each.doc}"""\n\n{fields}{init}\n\n'
    requests = " | ".join(each.type_name for each in vocabulary.hot)
    return out + f'HotRequest: TypeAlias = {requests}\n"""What the core reads itself."""\n\n\n'


def _entry_schema(vocabulary: Vocabulary, entries: Entries) -> str:
    fields = ""
    for field in entries.named:
        annotation, default = _annotation(vocabulary, field.said, request=True)
        fields += f"    {field.name}: {annotation}" + ("\n" if field.said == "Instrument" else f" = {default}\n")
    return f'class {entries.type_name}(Record, kw_only=True):\n    """{entries.doc}"""\n\n{fields}\n\n'


def command_requests(vocabulary: Vocabulary) -> str:
    """The requests for every other command, and how each becomes one."""
    out, table = "", ""
    own, administration = [], []
    for each in vocabulary.commands:
        if not each.message or each in vocabulary.hot:
            continue
        name = "".join(word.capitalize() for word in each.message.split("_"))
        (administration if each.message.startswith("admin_") else own).append(name)
        said = {field: kind for field, kind, _ in each.declared}
        fields, sources, checks = "", "", ""
        for part in each.call:
            parameter, _, default = part.partition("=")
            if parameter == "*":
                continue
            kind = said.get(parameter, "u32")
            if kind in ("NewAsset", "NewInstrument"):
                sources += f'"{parameter}": "{kind}", '
                continue
            if parameter == "account" and not each.message.startswith("admin_"):
                sources += '"account": "own", '
                continue
            if each.entries and parameter == each.entries.name:
                listed = each.entries.fields[0].said
                fields += (
                    f"    {parameter}: Annotated[tuple[{listed}, ...], Meta(max_length={each.entries.limit})] = ()\n"
                )
                sources += f'"{parameter}": "{listed}s", '
                continue
            annotation, word = _annotation(vocabulary, kind, request=True)
            is_any = kind in ("Asset", "Instrument") and default == "None"
            if is_any or (default == "0" and (vocabulary.enumeration(kind) or kind == "Jurisdiction")):
                default = word
            elif kind == "Asset" and default:
                default = '""'  # none
            fields += f"    {parameter}: {annotation}" + (f" = {default}\n" if default else "\n")
            if kind == "Asset" and default and not is_any:
                kind = "AssetOrNone"
            named = ("Asset", "AssetOrNone", "Instrument", "Jurisdiction")
            how = kind if kind in named or vocabulary.enumeration(kind) else ""
            how = "Octets" if kind in OCTETS else how
            how = f"Any{how}" if is_any else how
            sources += f'"{parameter}": "{how}", '
            checks += f'        _check_u64("{parameter}", self.{parameter})\n' if kind == "u64" else ""
        init = f"\n    def __post_init__(self) -> None:\n        super().__post_init__()\n{checks}" if checks else ""
        out += f'class {name}(Request, tag="{each.message}", kw_only=True):\n    """{each.doc}"""\n\n{fields}{init}\n\n'
        table += f"    {name}: (commands.pack_{each.name.lower()}, {{{sources.rstrip(', ')}}}),\n"
    out += f'''OwnCommand: TypeAlias = {" | ".join(own)}
"""What a trader asks for its own account, beside orders."""

AdminCommand: TypeAlias = {" | ".join(administration)}

COMMANDS: Final[dict[type[Request], tuple[Callable[..., bytes], dict[str, str]]]] = {{
{table}}}
"""What makes the command of a request, and what its arguments are: the request's own fields as they are (""), a symbol
or a word that stands for a number, the next id of its kind, or the session's "own" account."""


'''
    return out


def order_info(vocabulary: Vocabulary) -> str:
    """The attributes that few orders have, as fields of `OrderInfo`."""
    fields = [field for field in vocabulary.order_attributes if field.name in vocabulary.shown_attributes]
    said = [(field.name, *_annotation(vocabulary, field.said, request=True)) for field in fields]
    return "".join(f"    {name}: {annotation} = {default}\n" for name, annotation, default in said)
