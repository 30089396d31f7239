"""Writes the tables of the vocabulary in the documents."""

from __future__ import annotations

import json
import re
import textwrap

from declaration import COMMAND_HEADER, EVENT_HEADER, Record, Vocabulary


def limits(vocabulary: Vocabulary) -> str:
    """The table of limits."""
    rows = "".join(f"| `{each.name}` | {each.value:,} | {each.doc} |\n" for each in vocabulary.limits)
    return f"\n| name | value | of what |\n|---|---|---|\n{rows}\n"


def enumerations(vocabulary: Vocabulary) -> str:
    """A line for each enumeration."""
    rows = ""
    for each in vocabulary.enumerations:
        if each.name != "RejectCode":
            values = " · ".join(f"{value} {name}" for name, value in each.values.items())
            rows += f"| {each.name} | {values} |\n"
    return f"\n| enumeration | values |\n|---|---|\n{rows}\n"


def rejections(vocabulary: Vocabulary) -> str:
    """The table of rejection codes, in two columns."""
    codes = next(each for each in vocabulary.enumerations if each.name == "RejectCode")
    cells = [f"{value} | {name}" for name, value in codes.values.items()]
    half = -(-len(cells) // 2)
    left, right = cells[:half], [*cells[half:], " | "][:half]
    rows = "".join(f"| {one} | {other} |\n" for one, other in zip(left, right, strict=True))
    return f"\n| code | name | code | name |\n|---|---|---|---|\n{rows}\n"


def _layout(record: Record) -> str:
    parts = []
    for field in record.fields:
        what = f"[{field.count}]" if field.count else field.type
        parts.append(f"{'reserved' if field.reserved else field.name} {what} @{field.offset}")
    if record.tail:
        parts.append(f"{record.tail} [its {'words' if record.has_document else 'length'}] @{record.length}")
    if record.entries:
        entry = ", ".join(
            f"{'reserved' if field.reserved else field.name} {f'[{field.count}]' if field.count else field.type} +{field.offset}"
            for field in record.entries.fields
        )
        parts.append(f"{record.entries.name} [{record.entries.count_name}] @{record.length}, each ({entry})")
    return ", ".join(parts)


def commands(vocabulary: Vocabulary) -> str:
    """The table of commands: header and bodies with their offsets."""
    offsets = {field.name: field.offset for field in vocabulary.command_header}
    header = ", ".join(f"`{name} {kind} @{offsets[name]}` ({doc})" for name, kind, doc in COMMAND_HEADER)
    rows = "".join(f"| {each.kind} | {each.name} | `{_layout(each)}` |\n" for each in vocabulary.commands)
    return f"\nHeader: {header}.\n\n| kind | name | body |\n|---|---|---|\n{rows}\n"


def events(vocabulary: Vocabulary) -> str:
    """The table of events."""
    header = ", ".join(f"`{name} {kind}` ({doc})" for name, kind, doc in EVENT_HEADER)
    out = f"\nHeader: {header}.\n\n| kind | name | account | fields |\n|---|---|---|---|\n"
    for each in vocabulary.events:
        fields = ", ".join(
            f"{field.name}{f' ({field.doc})' if field.doc else ''} @{field.offset}"
            for field in each.named
            if field.name != "client_order_id_len"
        )
        out += f"| {each.kind} | {each.name} | {each.account} | {fields} |\n"
    return out + "\n"


def report_kinds(vocabulary: Vocabulary) -> str:
    """The table of reports: what is left of an event on the wire."""
    out = "\n| kind | what happened | fields beside `seq`, `account_seq`, `timestamp_ns` |\n|---|---|---|\n"
    for each in vocabulary.events:
        fields = ", ".join(
            f"`{name}`{_in_brackets(_values(vocabulary, said), _as_on_the_wire(vocabulary, doc))}"
            for name, said, doc in each.declared
        )
        out += f"| `{each.name.lower()}` | {_as_on_the_wire(vocabulary, each.doc).rstrip('.')} | {fields} |\n"
    return out + "\n"


def _in_brackets(*parts: str) -> str:
    said = [part for part in parts if part]
    return f" ({': '.join(said)})" if said else ""


def _values(vocabulary: Vocabulary, said: str) -> str:
    """The words that a field can hold, if there are few; the rejection reasons have a list of their own."""
    if said == "RejectCode":
        return "section 8"
    enumeration = vocabulary.enumeration(said)
    return ", ".join(f"`{word}`" for word in enumeration.words.values() if word) if enumeration else ""


def _as_on_the_wire(vocabulary: Vocabulary, text: str) -> str:
    """The rule book's names of commands and events as requests and reports; what is "else 0" is left out on the wire."""
    words = {each.name: each.message or each.name.lower() for each in vocabulary.commands}
    words |= {each.name: each.name.lower() for each in vocabulary.events}
    named = re.sub(r"\b[A-Z]{2,}(?:_[A-Z]+)*\b", lambda match: f"`{words[match[0]]}`", text)
    return re.sub(r",? else (?:0|none|empty)\b", "", named)


def reject_reasons(vocabulary: Vocabulary) -> str:
    """The words of rejection codes."""
    codes = vocabulary.enumeration("RejectCode")
    assert codes is not None
    words = ", ".join(f"`{word}`" for word in codes.words.values())
    return "\n" + textwrap.fill(f"{words}.", 120) + "\n\n"


def administration(vocabulary: Vocabulary) -> str:
    """An example of each request of an administrator that is a command."""
    out = "\n"
    with_example = [each for each in vocabulary.commands if each.example]
    for ref, each in enumerate(with_example, start=40):
        request = json.dumps({"op": each.message, "ref": ref, **each.example})
        out += f"{each.doc}\n```json\n{request}\n```\n"
    return out + "\n"


def order_attributes(vocabulary: Vocabulary) -> str:
    """What `place` may say beside what every order has, for the protocol."""
    place = next(each for each in vocabulary.commands if each.name == "PLACE")
    out = "\n"
    for field in place.named:
        if field.name not in vocabulary.placed_attributes:
            continue
        enumeration = vocabulary.enumeration(field.said)
        words = [f"`{word}`" for word in enumeration.words.values()] if enumeration else []
        explained = [field.doc] if field.doc else []
        explained += [f"{', '.join(words)}; left out, the first of them"] if words else []
        out += f"- `{field.name}`: {': '.join(explained)}.\n"
    return out + "\n"
