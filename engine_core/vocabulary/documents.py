"""Writes the tables of the vocabulary in the documents."""

from __future__ import annotations

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
        parts.append(f"client_order_id [its length] @{record.length}")
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
