"""What `help` says: of the native module what its stub says (editors show that), and something of every public name."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

import pyengine
from pyengine import _engine_core

STUB = ast.parse(Path(pyengine.__file__).with_name("_engine_core.pyi").read_text(encoding="utf-8"))
Documented = ast.ClassDef | ast.FunctionDef


def documented(body: list[ast.stmt], prefix: str = "") -> Iterator[tuple[str, Documented]]:
    """Every class and function that the native module has at run time, every method and property."""
    for node in body:
        if not isinstance(node, Documented) or "type_check_only" in map(ast.unparse, node.decorator_list):
            continue
        yield prefix + node.name, node
        if isinstance(node, ast.ClassDef):
            yield from documented(node.body, f"{node.name}.")


NAMES = dict(documented(STUB.body))
PUBLIC = [name for name in NAMES if not name.rpartition(".")[2].startswith("_")]
SPECIAL = [name for name in NAMES if name not in PUBLIC and ast.get_docstring(NAMES[name])]


def said(name: str) -> str:
    """What `help` shows of a class, a function, a method or a property."""
    found: object = _engine_core
    for part in name.split("."):
        found = inspect.getattr_static(found, part)
        found = getattr(found, "__func__", found)  # of a static method
    return inspect.cleandoc(found.__doc__ or "")


@pytest.mark.parametrize("name", PUBLIC + SPECIAL)
def test_help_says_what_the_stub_says(name: str) -> None:
    expected = ast.get_docstring(NAMES[name])
    assert expected, "nothing explains it"
    assert said(name) == expected


def test_the_stub_has_every_public_name_of_a_class() -> None:
    for name in PUBLIC:
        found = getattr(_engine_core, name, None)
        if isinstance(found, type):
            own = {f"{name}.{each}" for each in vars(found) if not each.startswith("_")}
            assert own == {each for each in PUBLIC if each.startswith(f"{name}.")}


def test_a_class_says_what_its_constructor_takes() -> None:
    """`help` shows nothing of `__new__`, so it would be lost there."""
    assert not [name for name in SPECIAL if name.endswith("__new__")]
    assert "client_id_key" in said("Engine")


@pytest.mark.parametrize("name", sorted(pyengine.__all__))
def test_every_public_class_explains_itself(name: str) -> None:
    found = getattr(pyengine, name)
    if not isinstance(found, type):
        assert name.isupper(), "a constant"
        return
    own = [each for each in vars(found).values() if inspect.isfunction(each) or isinstance(each, property)]
    public = [each for each in own if not getattr(each, "__name__", "").startswith("_")]
    assert all(inspect.cleandoc(each.__doc__ or "") for each in (found, *public))
    assert found.__doc__ != found.__mro__[1].__doc__, "only what it inherits"
