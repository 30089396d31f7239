"""Fixtures: every rule is asked of both engines."""

from typing import Any

import pytest

from tests.engines import ENGINES


@pytest.fixture(params=ENGINES)
def new_engine(request: pytest.FixtureRequest) -> Any:
    """The class of each engine in turn."""
    return ENGINES[request.param]
