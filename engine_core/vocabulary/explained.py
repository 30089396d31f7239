"""What Python's `help` says of commands and fields: once for the bindings, their stub and `pyengine.commands`."""

from __future__ import annotations

import textwrap

from declaration import Field, Record, Vocabulary

WIDTH = 104
"""Of a line, which stands behind an indentation of eight and three quotation marks."""


def sentence(text: str) -> str:
    """With a capital letter and a full stop."""
    return f"{text[0].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"


def command(record: Record) -> str:
    """What a command does, and a line for each parameter that needs one."""
    parameters = {each.partition("=")[0] for each in record.call}
    lines = [f"`{name}`: {doc}." for name, _, doc in record.declared if doc and name in parameters]
    return "\n".join([f"{record.name}. {record.doc}", *[""] * bool(lines), *lines])


def event_field(vocabulary: Vocabulary, name: str) -> str:
    """What a field of events is: in general, then where a kind says something of its own."""
    kinds: dict[tuple[str, str], list[str]] = {}
    for event in vocabulary.events:
        for declared, said, doc in event.declared:
            if declared == name:
                kinds.setdefault((said, doc), []).append(event.name)
    general = [said for said, doc in kinds if not doc]
    parts = []
    for (said, doc), names in sorted(kinds.items(), key=lambda each: bool(each[0][1])):
        text = _text(vocabulary, name, said, doc or _in_general(vocabulary, name))
        parts.append(sentence(text if not doc and len(general) == 1 else f"of {', '.join(names)}: {text}"))
    return textwrap.fill(" ".join(parts), WIDTH)


def order_attribute(vocabulary: Vocabulary, field: Field) -> str:
    """What an attribute of orders is."""
    return textwrap.fill(sentence(_text(vocabulary, field.name, field.said, field.doc)), WIDTH)


def _in_general(vocabulary: Vocabulary, name: str) -> str:
    """What a field is where its event leaves it at its name: as declared for all, or as the commands have it."""
    of_commands = {doc for each in vocabulary.commands for field, _, doc in each.declared if field == name and doc}
    return vocabulary.event_fields_in_general.get(name) or (of_commands.pop() if len(of_commands) == 1 else "")


def _text(vocabulary: Vocabulary, name: str, said: str, doc: str) -> str:
    enumeration = vocabulary.enumeration(said)
    article = "an" if said[0] in "AEIO" else "a"
    text = ", ".join([f"{article} `{said}`"] * bool(enumeration) + [doc] * bool(doc))
    if not text:
        raise ValueError(f"{name}: nothing explains this field of events; `event_fields` is the place for it")
    return text


def in_python(text: str, indent: str) -> str:
    """The text as a docstring."""
    first, *others = text.splitlines()
    lines = [f'{indent}"""{first}', *(f"{indent}{line}".rstrip() for line in others)]
    return "\n".join(lines) + (f'\n{indent}"""\n' if others else '"""\n')


def in_rust(text: str, indent: str) -> str:
    """The text as a comment that documents what follows."""
    return "".join(f"{indent}/// {line}".rstrip() + "\n" for line in text.splitlines())
