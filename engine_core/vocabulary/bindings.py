"""Writes what the Python bindings repeat of the vocabulary: a method for each command, an attribute for each field of events."""

from __future__ import annotations

import explained
import rust
from declaration import Entries, Record, Vocabulary

EXTRA = {"account": "u32", "to_account": "u32"}


def _type(vocabulary: Vocabulary, record: Record, name: str) -> str:
    said = next((said for field, said, _ in record.declared if field == name), None)
    return vocabulary.primitive(said) if said else EXTRA[name]


def calls(vocabulary: Vocabulary) -> str:
    """`python/calls.rs`: the command methods of `Engine`."""
    types: dict[str, str] = {}
    methods, lists = "", ""
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
            if each.has_document and name == each.tail:
                arguments += f"        #[pyo3(from_py_with = fields::document_words)] {name}: Vec<u64>,\n"
                continue
            if name in each.text:
                arguments += f"        {name}: &str,\n"
                continue
            if name in each.octets:
                reader = f"fields::{name}"
                arguments += f"        #[pyo3(from_py_with = {reader})] {name}: [u8; {each.octets[name]}],\n"
                continue
            if each.entries and name == each.entries.name:
                type_name = each.entries.type_name
                arguments += f"        #[pyo3(from_py_with = {name})] {name}: Vec<{type_name}>,\n"
                lists += _entries_reader(each.entries)
                continue
            types[name] = primitive = _type(vocabulary, each, name)
            if default == "None":
                any_of_them.add(name)
                arguments += f"        #[pyo3(from_py_with = fields::any_{name})] {name}: Option<{primitive}>,\n"
            else:
                arguments += f"        #[pyo3(from_py_with = fields::{name})] {name}: {primitive},\n"
        signature = [part.replace("=()", "=Vec::new()") for part in signature]
        signature += ([] if keyword else ["*"]) + ["timestamp_ns=None"]
        prelude, values, identifier = "", "", "&[]"
        for field in each.named:
            text = field.name.removesuffix("_len")
            if text in each.text:
                if text == each.tail and each.has_document:
                    values += f"{field.name}: fields::count(&{text}), "
                elif text == each.tail:
                    identifier = f"{text}.as_bytes()"
                    values += f"{field.name}: fields::text_len({text}), "
                elif field.name == text:
                    prelude += f"        let ({text}, {text}_len) = fields::symbol({text});\n"
                    values += f"{text}, {text}_len, "
            elif field.name in any_of_them:
                values += f"{field.name}: {field.name}.unwrap_or(NONE_ID), "
            elif each.entries and field.name == each.entries.count_name:
                values += f"{field.name}: fields::count(&{each.entries.name}), "
            elif not field.count or text in each.octets:
                values += f"{field.name}, "
        account = "VENUE_ACCOUNT.0" if each.account == "venue" else "account"
        submit = f"self.submit(py, {account}, &body, {identifier}, timestamp_ns)"
        if each.entries or each.has_document:
            behind = each.entries.name if each.entries else each.tail
            submit = f"self.submit_with(py, {account}, &body, &{behind}, timestamp_ns)"
        methods += f"""
{explained.in_rust(explained.command(each), "    ")}    #[pyo3(signature = ({", ".join(signature)}))]
    fn {each.name.lower()}<'py>(
        &mut self,
        py: Python<'py>,
{arguments}        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {{
{prelude}        let body = {each.type_name} {{ {values}..{each.type_name}::EMPTY }};
        {submit}
    }}
"""
    names = ", ".join(
        name
        for each in vocabulary.commands
        for name in ([each.type_name, each.entries.type_name] if each.entries else [each.type_name])
    )
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
{lists}
#[pymethods]
#[allow(clippy::too_many_arguments, clippy::needless_update)] // keyword arguments; bodies without reserved bytes
impl PyEngine {{
{methods}}}
""".replace("fields::readers! {", "fields::readers! {")
        .replace("from_py_with = fields::", "from_py_with = ")
        .replace("from_py_with = any_instrument", "from_py_with = fields::any_instrument")
        .replace("from_py_with = any_asset", "from_py_with = fields::any_asset")
        .replace("from_py_with = timestamp_ns", "from_py_with = fields::timestamp_ns")
        .replace("from_py_with = public_key", "from_py_with = fields::public_key")
        .replace("from_py_with = signature", "from_py_with = fields::signature")
        .replace("from_py_with = document_words", "from_py_with = fields::document_words")
    )


def _entries_reader(entries: Entries) -> str:
    """Reads a list of entries, each a tuple of its fields."""
    names = [field.name for field in entries.named]
    values = ", ".join(f'{name}: fields::whole(&{name}, "{name}")?' for name in names)
    return f"""
/// Entries, each a tuple of its fields.
fn {entries.name}(value: &Bound<'_, PyAny>) -> PyResult<Vec<{entries.type_name}>> {{
    let mut entries = Vec::new();
    for entry in value.try_iter()? {{
        let [{", ".join(names)}] = fields::parts(&entry?)?;
        entries.push({entries.type_name} {{ {values}, ..{entries.type_name}::EMPTY }});
    }}
    Ok(entries)
}}
"""


def attributes(vocabulary: Vocabulary) -> str:
    """`python/attributes.rs`: the attributes of `Event` that only some kinds have."""
    getters = ""
    for name, said in vocabulary.event_fields.items():
        if said == "ClientOrderId":
            continue
        primitive = vocabulary.primitive(said)
        getters += f"""
{explained.in_rust(explained.event_field(vocabulary, name), "    ")}    #[getter]
    fn {name}(&self) -> PyResult<{primitive}> {{
        self.0.{name}().ok_or_else(|| self.lacks("{name}"))
    }}
"""
    return (
        rust.head("The attributes of `Event` that only some kinds have.")
        + f"""#![allow(clippy::wrong_self_convention)] // an attribute is called what its field is: `from_holder`

use super::records::{{{"PyEvent, PyOrder" if _order_attributes(vocabulary) else "PyEvent"}}};
use pyo3::prelude::*;

#[pymethods]
impl PyEvent {{{getters}}}
{_order_attributes(vocabulary)}"""
    )


def _order_attributes(vocabulary: Vocabulary) -> str:
    getters = "".join(
        f"""
{explained.in_rust(explained.order_attribute(vocabulary, field), "    ")}    #[getter]
    fn {field.name}(&self) -> {field.type} {{
        self.0.attributes.{field.name}
    }}
"""
        for field in vocabulary.order_attributes
        if not field.reserved
    )
    return f"\n#[pymethods]\nimpl PyOrder {{{getters}}}\n" if getters else ""


def stub_order_attributes(vocabulary: Vocabulary) -> str:
    """The attributes of `Order` that few orders have, in `pyengine/_engine_core.pyi`."""
    fields = [field for field in vocabulary.order_attributes if not field.reserved]
    return "".join(_property(field.name, "int", explained.order_attribute(vocabulary, field)) for field in fields)


def stub_attributes(vocabulary: Vocabulary) -> str:
    """The same in `pyengine/_engine_core.pyi`."""
    out = ""
    for name, said in vocabulary.event_fields.items():
        annotation = "str" if said == "ClientOrderId" else "int"
        out += _property(name, annotation, explained.event_field(vocabulary, name))
    return out


def _property(name: str, annotation: str, doc: str) -> str:
    return f"    @property\n    def {name}(self) -> {annotation}:\n{explained.in_python(doc, ' ' * 8)}"
