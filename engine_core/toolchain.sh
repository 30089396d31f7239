#!/bin/sh
# toolchain.sh PYTHON: whether there are a Python and a Rust as new as pyproject.toml and engine_core/Cargo.toml ask for.
# Says what is missing or too old, with both versions, before anything is downloaded; nothing if all is well.
set -eu
root=$(dirname "$0")/..

# The version of a line such as `rust-version = "1.88"` or `requires-python = ">=3.11"`.
asked() {
    sed -n "s/^$2 = \"[>=]*\([0-9.]*\)\"$/\1/p" "$root/$1"
}

# require NAME ASKED FOUND HELP
require() {
    if [ -z "$3" ]; then
        echo "pyengine needs $1 $2 or later, and finds none. $4" >&2
        exit 1
    fi
    if ! printf '%s\n%s\n' "$2" "$3" | sort -V -C; then
        echo "pyengine needs $1 $2 or later, and finds $1 $3. $4" >&2
        exit 1
    fi
}

found=$("$1" -c 'import platform; print(platform.python_version())' 2>/dev/null || true)
require Python "$(asked pyproject.toml requires-python)" "$found" "Name another one: make PYTHON=/path/to/python3"
found=$(cargo --version 2>/dev/null | sed -n 's/^cargo \([0-9.]*\).*/\1/p')
require Rust "$(asked engine_core/Cargo.toml rust-version)" "$found" "https://rustup.rs installs and updates it."
