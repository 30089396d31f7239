"""Fixtures: every rule is asked of both engines."""

from typing import Any

import pytest

from tests.engines import NATIVE, REFERENCE, engine_class, native_is_built


@pytest.fixture(params=[REFERENCE, NATIVE])
def engine_name(request: pytest.FixtureRequest) -> str:
    """Each engine in turn; the native one only where it is built."""
    name = str(request.param)
    if name == NATIVE and not native_is_built():
        pytest.skip("the native engine is not built: maturin develop --release")
    return name


@pytest.fixture
def new_engine(engine_name: str) -> Any:
    """The class of the engine under test."""
    return engine_class(engine_name)
