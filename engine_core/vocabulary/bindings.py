"""Writes what the Python bindings repeat of the vocabulary: a method for each command, an attribute for each field of events."""

from __future__ import annotations

import rust
from declaration import Record, Vocabulary

EXTRA = {"account": "u32", "to_account": "u32"}


def _type(vocabulary: Vocabulary, record: Record, name: str) -> str:
    said = next((said for field, said, _ in record.declared if field == name), None)
    return vocabulary.primitive(said) if said else EXTRA[name]


def calls(vocabulary: Vocabulary) -> str:
    """`python/calls.rs`: the command methods of `Engine`."""
    types: dict[str, str] = {}
    methods = ""
    for each in vocabulary.commands:
        signature, arguments, keyword = [], "", False
        any_of_them: set[str] = set()
        for part in each.call:
            if part == "*":
                signature.append("*")
                keyword = True
                continue
            name, _, default = part.partition("=")
            signature.append(part)
            if name in each.text:
                arguments += f"        {name}: &str,\n"
                continue
            types[name] = primitive = _type(vocabulary, each, name)
            if default == "None":
                any_of_them.add(name)
                arguments += f"        #[pyo3(from_py_with = fields::any_{name})] {name}: Option<{primitive}>,\n"
            else:
                arguments += f"        #[pyo3(from_py_with = fields::{name})] {name}: {primitive},\n"
        signature += ([] if keyword else ["*"]) + ["timestamp_ns=None"]
        prelude, values, identifier = "", "", "&[]"
        for field in each.named:
            text = field.name.removesuffix("_len")
            if text in each.text:
                if each.text[text] == "ClientOrderId":
                    identifier = f"{text}.as_bytes()"
                    values += f"{field.name}: fields::text_len({text}), "
                elif field.name == text:
                    prelude += f"        let ({text}, {text}_len) = fields::symbol({text});\n"
                    values += f"{text}, {text}_len, "
            elif field.name in any_of_them:
                values += f"{field.name}: {field.name}.unwrap_or(NONE_ID), "
            elif not field.count:
                values += f"{field.name}, "
        account = "VENUE_ACCOUNT.0" if each.account == "venue" else "account"
        methods += f"""
    #[pyo3(signature = ({", ".join(signature)}))]
    fn {each.name.lower()}<'py>(
        &mut self,
        py: Python<'py>,
{arguments}        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {{
{prelude}        let body = {each.type_name} {{ {values}..{each.type_name}::EMPTY }};
        self.submit(py, {account}, &body, {identifier}, timestamp_ns)
    }}
"""
    names = ", ".join(each.type_name for each in vocabulary.commands)
    readers = "".join(f"    {name}: {primitive},\n" for name, primitive in types.items())
    return (
        rust.head("A method of `Engine` for each command: makes the record and submits it.")
        + f"""use super::engine::PyEngine;
use super::fields;
use crate::command::{{{names}}};
use crate::types::*;
use pyo3::prelude::*;
use pyo3::types::PyList;

fields::readers! {{
{readers}}}

#[pymethods]
#[allow(clippy::too_many_arguments, clippy::needless_update)] // keyword arguments; bodies without reserved bytes
impl PyEngine {{
{methods}}}
""".replace("fields::readers! {", "fields::readers! {")
        .replace("from_py_with = fields::", "from_py_with = ")
        .replace("from_py_with = any_instrument", "from_py_with = fields::any_instrument")
        .replace("from_py_with = timestamp_ns", "from_py_with = fields::timestamp_ns")
    )


def attributes(vocabulary: Vocabulary) -> str:
    """`python/attributes.rs`: the attributes of `Event` that only some kinds have."""
    getters = ""
    for name, said in vocabulary.event_fields.items():
        if said == "ClientOrderId":
            continue
        primitive = vocabulary.primitive(said)
        getters += f"""
    #[getter]
    fn {name}(&self) -> PyResult<{primitive}> {{
        self.0.{name}().ok_or_else(|| self.lacks("{name}"))
    }}
"""
    return (
        rust.head("The attributes of `Event` that only some kinds have.")
        + f"""use super::records::PyEvent;
use pyo3::prelude::*;

#[pymethods]
impl PyEvent {{{getters}}}
"""
    )


def stub_attributes(vocabulary: Vocabulary) -> str:
    """The same in `pyengine/_engine_core.pyi`."""
    out = ""
    for name, said in vocabulary.event_fields.items():
        annotation = "str" if said == "ClientOrderId" else "int"
        out += f"    @property\n    def {name}(self) -> {annotation}: ...\n"
    return out
