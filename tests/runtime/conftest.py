"""Halls for tests, on both databases."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from engine.runtime.whole_model_check import WholeModelCheck
from tests.runtime.halls import Hall

HallMaker = Callable[..., Hall]


@pytest.fixture
def make_hall(database_url: str) -> Iterator[HallMaker]:
    """Halls on one database: several stand for several processes."""
    halls: list[Hall] = []

    def make(*arguments: Any, **settings: Any) -> Hall:
        halls.append(Hall(database_url, *arguments, **settings))
        return halls[-1]

    yield make
    for hall in halls:
        hall.close()


@pytest.fixture
def hall(make_hall: HallMaker) -> Hall:
    return make_hall()


@pytest.fixture
def unsound_models_get_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if they had been deployed before there was a soundness check: cases of such models still have to be mended."""
    monkeypatch.setattr(WholeModelCheck, "findings", lambda self, connection: [])
