"""Who knows whom: the directions that ARCHITECTURE.md draws, read from the sources of both languages.

Python: every import statement counts, wherever it stands. One inside a function or under TYPE_CHECKING is knowledge as
well; it only hides a cycle from the interpreter. Importing a submodule does not count as importing its package.

Rust: paths that begin with `crate::` or `super::`, outside `cfg(test)`. What is not a path (a method of `impl Engine`
in a neighbour's file) is not seen.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest

ROOT = Path(__file__).parent.parent
CORE = ROOT / "engine_core/src"
PACKAGES: Final = ("pyengine", "gateway", "bench")
COMMAND_LINE: Final = "pyengine.cli"

# Each must exist: whoever removes one removes it here.
KNOWN_PYTHON_CYCLES: Final[set[tuple[str, ...]]] = set()
KNOWN_RUST_CYCLES: Final[set[tuple[str, ...]]] = set()

Graph = dict[str, set[str]]


def cycles(graph: Graph) -> set[tuple[str, ...]]:
    """Groups of nodes that reach each other, each sorted."""
    reached = {node: _reachable(graph, node) for node in graph}
    groups = {tuple(sorted(other for other in reached[node] if node in reached.get(other, ()))) for node in graph}
    return {group for group in groups if group}


def _reachable(graph: Graph, start: str) -> set[str]:
    """Nodes at the end of a path of one step or more."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        new = graph.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


# Python


def python_sources() -> dict[str, str]:
    """Sources by module name; a package has the name of its directory."""
    sources = {}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            sources[name] = path.read_text(encoding="utf-8")
    return sources


def python_graph(sources: Mapping[str, str]) -> Graph:
    """Which of the modules each module imports."""
    return {name: set(_imported(name, source, sources)) - {name} for name, source in sources.items()}


def _imported(module: str, source: str, sources: Mapping[str, str]) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in sources)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{module}: relative imports are not used here"
            assert node.module
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                if inner in sources:
                    yield inner
                elif node.module in sources:
                    yield node.module


def edges_between(graph: Graph, knower: str, known: str, *, but: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Imports of anything in one package by anything in another, some knowers excepted."""
    return [
        (module, other)
        for module, others in sorted(graph.items())
        for other in sorted(others)
        if _inside(module, knower) and _inside(other, known) and not any(_inside(module, name) for name in but)
    ]


def _inside(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def test_python_modules_know_each_other_in_one_direction() -> None:
    assert cycles(python_graph(python_sources())) == KNOWN_PYTHON_CYCLES


@pytest.mark.parametrize(
    ("knower", "known", "but"),
    [
        ("pyengine", "gateway", (COMMAND_LINE,)),
        ("pyengine", "bench", ()),
        ("gateway", "bench", ()),
        ("gateway", COMMAND_LINE, ()),
        ("gateway", "gateway.demo", ("gateway.demo",)),
        ("bench", "gateway.demo", ()),
        ("gateway.server", "gateway.client", ()),
        ("gateway.session", "gateway.server", ()),
        ("gateway.client.protocol", "gateway.client.connection", ()),
        ("gateway.client.connection", "gateway.client.protocol", ()),
        ("pyengine.reference", "pyengine.tape", ()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_python_packages_do_not_know(knower: str, known: str, but: tuple[str, ...]) -> None:
    graph = python_graph(python_sources())
    for name in (knower, known, *but):
        assert name in graph, f"there is no {name} any more"
    assert edges_between(graph, knower, known, but=but) == []


def _named_imports(source: str) -> set[str]:
    """Everything an import statement names: modules, and what is taken from them with its module in front."""
    named = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.module
            named |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return named


def test_the_oracle_owes_nothing_to_the_engine() -> None:
    """Two that share a mistake agree on it."""
    oracle = {name: source for name, source in python_sources().items() if _inside(name, "pyengine.reference")}
    assert len(oracle) > 3
    for module, source in oracle.items():
        assert not _named_imports(source) & {"pyengine", "pyengine._engine_core", "pyengine.Engine"}, module


def test_what_does_no_io_imports_nothing_that_does() -> None:
    """The client's decisions and the server's session are tested without a loop, and stay so."""
    sources = python_sources()
    for module in ("gateway.session", "gateway.client.protocol", "gateway.book", "gateway.framing", "gateway.schemas"):
        named = {name.split(".")[0] for name in _named_imports(sources[module])}
        assert not named & {"asyncio", "picows", "uvloop", "socket", "ssl", "time", "os", "threading"}, module


def test_only_the_command_demo_loads_the_demo(tmp_path: Path) -> None:
    script = (
        "import sys; from pyengine.cli import main\n"
        "loaded = lambda: sorted(name for name in sys.modules if name.split('.')[0] == 'gateway')\n"
        "assert loaded() == [], loaded()\n"
        f"main(['init', {str(tmp_path / 'venue')!r}], standalone_mode=False)\n"
        "assert loaded() == ['gateway', 'gateway.sample'], loaded()\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "importer",
    [
        "import a.two",
        "from a import two",
        "from a.two import name",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from a.two import Name",
        "def lazily():\n    from a.two import name",
    ],
)
def test_a_planted_python_cycle_is_found(importer: str) -> None:
    sources = {
        "a": "",
        "a.one": importer,
        "a.two": "from a.three import x",
        "a.three": "from a import one",
        "a.four": "",
    }
    assert cycles(python_graph(sources)) == {("a.one", "a.three", "a.two")}
    assert cycles(python_graph(sources | {"a.three": "import a.four"})) == set()


def test_a_planted_python_import_of_a_stranger_is_found() -> None:
    graph = python_graph({"low": "", "low.a": "def f():\n    import high.b", "low.c": "import high.b", "high.b": ""})
    assert edges_between(graph, "low", "high") == [("low.a", "high.b"), ("low.c", "high.b")]
    assert edges_between(graph, "low", "high", but=("low.a",)) == [("low.c", "high.b")]


# Rust


def rust_sources() -> dict[str, str]:
    """Sources by module path; `engine` is `engine/mod.rs`, `engine::matching` its child."""
    files = {path.relative_to(CORE).with_suffix(""): path.read_text(encoding="utf-8") for path in CORE.rglob("*.rs")}
    return {"::".join(path.parts).removesuffix("::mod"): text for path, text in files.items()}


def without_tests(sources: Mapping[str, str]) -> dict[str, str]:
    """Neither comments, nor what exists only under `cfg(test)`, in this file or in one of its own."""
    plain, gone = {}, set()
    for module, source in sources.items():
        text = re.sub(r"//[^\n]*", "", source)
        for name in re.findall(r"#\[cfg\(test\)\]\s*(?:pub(?:\([^)]*\))? )?mod (\w+);", text):
            gone.add(f"{module}::{name}")
        plain[module] = _without_test_blocks(text)
    return {module: text for module, text in plain.items() if module not in gone}


def _without_test_blocks(text: str) -> str:
    while block := re.search(r"#\[cfg\(test\)\][^;{]*\{", text):
        # Formatted code: the block ends with the first brace at the depth of the attribute that began it.
        indent = re.search(r"[ ]*\Z", text[: block.start()])
        assert indent
        end = re.compile(rf"\n{indent[0]}\}}").search(text, block.end())
        assert end, "an unfinished block"
        text = text[: block.start()] + text[end.end() :]
    return text


def rust_paths(module: str, text: str) -> set[str]:
    """The paths from the crate's root that a module names, two steps deep."""
    found = re.findall(r"\b(crate|(?:super::)*super)::(\{(?:[^{}]|\{[^{}]*\})*\}|\w+(?:::\w+)?)", text)
    groups = len(re.findall(r"\b(?:crate|super)::\{", text))
    assert groups == sum(rest.startswith("{") for _, rest in found), (
        f"{module}: groups of paths nested too deeply to be read"
    )
    return {path for start, rest in found for path in _from_root(_root(module, start), rest)}


def _root(module: str, start: str) -> list[str]:
    if start == "crate":
        return []
    steps = module.split("::")
    return steps[: len(steps) - start.count("super")]


def _from_root(root: list[str], rest: str) -> Iterator[str]:
    inside = re.sub(r"\{[^{}]*\}", "", rest[1:-1]) if rest.startswith("{") else rest
    for name in re.findall(r"(?:^|,)\s*(\w+(?:::\w+)?)", inside):
        yield "::".join([*root, *name.split("::")][:2])


def rust_graph(sources: Mapping[str, str]) -> Graph:
    """Which modules each module names, tests left out."""
    plain = without_tests(sources)
    graph: Graph = {}
    for module, text in plain.items():
        paths = rust_paths(module, text)
        graph[module] = {path if path in plain else path.split("::")[0] for path in paths} & plain.keys() - {module}
    return graph


def backward(order: list[str], graph: Graph) -> list[tuple[str, str]]:
    """What names something that `order` lists after it."""
    return [
        (module, other)
        for module, others in sorted(graph.items())
        for other in sorted(others)
        if module != "lib" and order.index(module.split("::")[0]) < order.index(other.split("::")[0])
    ]


def sibling_cycles(graph: Graph) -> set[tuple[str, ...]]:
    """Cycles among the files of one directory; their `mod.rs` is above them all."""
    children = {module: others for module, others in graph.items() if "::" in module}
    return cycles(
        {
            module: {other for other in others if "::" in other and other.split("::")[0] == module.split("::")[0]}
            for module, others in children.items()
        }
    )


def module_order(lib: str) -> list[str]:
    """As `lib.rs` lists them."""
    return re.findall(r"^(?:pub(?:\(crate\))? )?mod (\w+);", lib, re.MULTILINE)


def test_rust_modules_know_only_those_before_them() -> None:
    sources = rust_sources()
    order, graph = module_order(sources["lib"]), rust_graph(sources)
    assert {module.split("::")[0] for module in sources} - {"lib"} == set(order)
    assert sum(len(others) for others in graph.values()) > 100, "paths are found"
    assert backward(order, graph) == []


def test_rust_siblings_know_each_other_in_one_direction() -> None:
    assert sibling_cycles(rust_graph(rust_sources())) == KNOWN_RUST_CYCLES


@pytest.mark.parametrize(
    ("knower", "strangers"),
    [
        ("book", {"ledger", "registry", "risk", "settlement"}),
        ("ledger", {"orders", "book", "command", "event"}),
        ("settlement", {"orders", "book", "engine", "command"}),
        ("marketdata", {"hub", "journal", "venue"}),
        ("engine", {"wire", "journal", "snapshot", "venue", "marketdata", "hub"}),
        ("journal", {"engine", "book", "ledger", "hub"}),
    ],
)
def test_rust_modules_do_not_know(knower: str, strangers: set[str]) -> None:
    sources = rust_sources()
    assert strangers | {knower} <= set(module_order(sources["lib"]))
    graph = rust_graph(sources)
    named = {other.split("::")[0] for module in graph if module.split("::")[0] == knower for other in graph[module]}
    assert not named & strangers


def test_only_the_bindings_know_python() -> None:
    knowing = {module for module, text in without_tests(rust_sources()).items() if re.search(r"\bpyo3\b", text)}
    assert {module.split("::")[0] for module in knowing} == {"python"}


@pytest.mark.parametrize(
    "path",
    [
        "use crate::high::Thing;",
        "use crate::{low::Other, high::Thing};",
        "use crate::{low::{A, B}, high};",
        "use super::high::Thing;",
        "fn f() { crate::high::g() }",
        "fn f() -> $crate::high::Thing {}",
    ],
)
def test_a_planted_backward_path_is_found(path: str) -> None:
    sources = {"lib": "mod low;\npub mod high;", "low": path, "high": "use crate::low::Other;"}
    assert backward(module_order(sources["lib"]), rust_graph(sources)) == [("low", "high")]
    for test in (f"#[cfg(test)]\nmod tests {{\n    {path}\n}}", f"// {path}"):
        assert backward(module_order(sources["lib"]), rust_graph(sources | {"low": test})) == []
    behind = f"#[cfg(test)]\nmod tests {{\n    fn x() {{}}\n}}\n{path}\n"
    assert backward(module_order(sources["lib"]), rust_graph(sources | {"low": behind})) == [("low", "high")]


@pytest.mark.parametrize("path", ["use super::two::Thing;", "use crate::dir::two::Thing;", "use super::{two::T, Own};"])
def test_a_planted_cycle_of_siblings_is_found(path: str) -> None:
    sources = {"lib": "mod dir;", "dir": "mod one;\nmod two;", "dir::one": path, "dir::two": "use super::one::Other;"}
    assert sibling_cycles(rust_graph(sources)) == {("dir::one", "dir::two")}
    assert sibling_cycles(rust_graph(sources | {"dir::two": "use super::Own;"})) == set()


def test_a_file_that_is_a_test_is_left_out() -> None:
    sources = {"lib": "mod dir;\nmod high;", "dir": "#[cfg(test)]\nmod tests;", "dir::tests": "use crate::high::T;"}
    assert backward(["dir", "high"], rust_graph(sources | {"high": ""})) == []
