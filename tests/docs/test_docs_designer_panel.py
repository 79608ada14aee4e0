"""The properties panel offers what the dialect knows: no setting is missing, and none the engine would refuse."""

import json
from pathlib import Path

from engine.core.check.dialect import PROPERTIES

TABLE = json.loads(Path("web/src/workspaces/designer/settings.json").read_text("utf-8"))
EACH = set(TABLE["each"])


def test_each_kind_of_element_offers_what_the_engine_reads_there() -> None:
    offered = {_tag(kind): set(names) for kind, names in TABLE["elements"].items()}
    assert offered == {tag: names - EACH for tag, names in PROPERTIES.items() if names - EACH}
    assert all(names >= EACH for names in PROPERTIES.values() if names & EACH)


def test_every_setting_has_its_words() -> None:
    used = EACH.union(*TABLE["elements"].values())
    assert set(TABLE["settings"]) == used
    assert all(words["zh"] and words["en"] and words["hint"] for words in TABLE["settings"].values())


def _tag(kind: str) -> str:
    name = kind.removeprefix("bpmn:")
    return name[0].lower() + name[1:]
