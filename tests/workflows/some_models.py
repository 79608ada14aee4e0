"""Some of the models with everything they call and show, for tests that need not deploy the whole centre."""

from pathlib import Path

from engine.core.model import compile_definition
from engine.runtime.deployments import ResourceFile

ROOT = Path(__file__).parents[2]
MODELS, FORMS = ROOT / "bpmn_models", ROOT / "forms" / "definitions"


def files_of(*keys: str) -> list[ResourceFile]:
    """The processes with these keys and those they call, their decisions and forms."""
    found: dict[Path, None] = {}
    waiting = list(keys)
    seen: set[str] = set()
    while waiting:
        key = waiting.pop()
        if key in seen:
            continue
        seen.add(key)
        definition = compile_definition((MODELS / key / f"{key}.bpmn").read_bytes())
        waiting += definition.called_processes
        found |= dict.fromkeys([MODELS / key / f"{key}.bpmn", *sorted((MODELS / key).glob("*.dmn"))])
        found |= dict.fromkeys(FORMS / f"{form}.form" for form in definition.form_keys)
    return [ResourceFile(path.name, path.read_bytes()) for path in found]
