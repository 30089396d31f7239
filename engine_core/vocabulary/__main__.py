"""Writes everything that only repeats `vocabulary.toml`. `--check` writes nothing and fails if something would change.

Run it as `make vocabulary`; it formats what it writes, so `rustfmt` and `ruff` must be on the path.
"""

import argparse
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parent))

import bindings
import documents
import python
import rust
import wire
from declaration import Vocabulary

ROOT: Final = Path(__file__).resolve().parents[2]
Writer = Callable[[Vocabulary], str]

FILES: Final[dict[str, Writer]] = {
    "engine_core/src/types/limits.rs": rust.limits,
    "engine_core/src/types/enumerations.rs": rust.enumerations,
    "engine_core/src/command/bodies.rs": rust.commands,
    "engine_core/src/command/attributes.rs": rust.attributes,
    "engine_core/src/command/rows.rs": rust.rows,
    "engine_core/src/event/bodies.rs": rust.events,
    "engine_core/src/event/fields.rs": wire.accessors,
    "engine_core/src/wire/reports.rs": wire.reports,
    "engine_core/src/wire/orders.rs": wire.orders,
    "engine_core/src/python/calls.rs": bindings.calls,
    "engine_core/src/python/attributes.rs": bindings.attributes,
    "pyengine/records.py": python.records,
    "pyengine/events.py": python.events,
    "pyengine/commands.py": python.commands,
    "pyengine/reference/calls.py": python.calls,
}
"""Files that are written whole."""

REGIONS: Final[dict[str, dict[str, Writer]]] = {
    "engine_core/docs/semantics.md": {
        "limits": documents.limits,
        "commands": documents.commands,
        "enumerations": documents.enumerations,
        "events": documents.events,
        "rejections": documents.rejections,
    },
    "gateway/PROTOCOL.md": {
        "reports": documents.report_kinds,
        "reasons": documents.reject_reasons,
        "order attributes": documents.order_attributes,
        "administration": documents.administration,
    },
    "gateway/schemas.py": {
        "words": wire.words,
        "orders": wire.order_requests,
        "commands": wire.command_requests,
        "report": wire.report_fields,
        "order attributes": wire.order_info,
    },
    "pyengine/_engine_core.pyi": {
        "calls": python.stub_calls,
        "events": bindings.stub_attributes,
        "order attributes": bindings.stub_order_attributes,
    },
    "pyengine/reference/values.py": {"order attributes": python.order_attributes},
}
"""Files with regions, between lines that say `vocabulary: NAME` and `vocabulary: end`."""


def formatted(path: str, text: str) -> str:
    """The text as the project formats it."""
    if path.endswith(".rs"):
        command = ["rustfmt", "--edition", "2024", "--config-path", str(ROOT)]
    elif path.endswith((".py", ".pyi")):
        file = ["--stdin-filename", str(ROOT / path), "-"]
        sort = ["ruff", "check", "--quiet", "--fix", "--exit-zero", "--select", "I", *file]
        text = subprocess.run(sort, input=text, capture_output=True, text=True, check=True).stdout
        command = ["ruff", "format", "--quiet", *file]
    else:
        return text
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout


def with_regions(path: str, regions: dict[str, Writer], vocabulary: Vocabulary) -> str:
    """The file with its regions written anew. Every region must be there."""
    text = (ROOT / path).read_text()
    for name, write in regions.items():
        pattern = re.compile(rf"(^[^\n]*vocabulary: {name}\b[^\n]*\n).*?(^[^\n]*vocabulary: end\b)", re.M | re.S)
        if not pattern.search(text):
            raise SystemExit(f"{path}: no region `vocabulary: {name}`")
        body = write(vocabulary)
        text = pattern.sub(lambda match, body=body: match[1] + body + match[2], text, count=1)
    return text


def written(vocabulary: Vocabulary) -> dict[str, str]:
    """Every written file and its text."""
    texts = {path: write(vocabulary) for path, write in FILES.items()}
    texts |= {path: with_regions(path, regions, vocabulary) for path, regions in REGIONS.items()}
    return {path: formatted(path, text) for path, text in texts.items()}


def main() -> int:
    """Writes, or checks."""
    parser = argparse.ArgumentParser(prog="vocabulary", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if something would change")
    check = parser.parse_args().check
    changed = []
    for path, text in written(Vocabulary()).items():
        file = ROOT / path
        if file.exists() and file.read_text() == text:
            continue
        changed.append(path)
        if not check:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
    for path in changed:
        print(f"{path}: {'is not what the declaration says: run `make vocabulary`' if check else 'written'}")
    return 1 if check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
