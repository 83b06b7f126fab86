"""What the workflows of this repository do on an event, as the forge reads them.

Expressions are few and ours, so they are evaluated as Python after their operators are exchanged.
"""

import re
from types import SimpleNamespace

import yaml

from tests.catalogs import ROOT

FOLDER = ROOT / ".github" / "workflows"


class Unfit(Exception):
    """A workflow that cannot be started so; the message is what the forge says."""


def read(name):
    """The workflow ``name``. Raises Unfit."""
    if not (FOLDER / name).is_file():
        raise Unfit(f"Not Found: {name}")
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def dispatched(name, inputs):
    """The jobs of the workflow ``name`` after it was started with ``inputs``. Raises Unfit."""
    events = read(name)[True]  # YAML 1.1 reads `on` as a truth value
    if "workflow_dispatch" not in events:
        raise Unfit("Workflow does not have 'workflow_dispatch' trigger")
    known = (events["workflow_dispatch"] or {}).get("inputs", {})
    if strange := sorted(set(inputs) - set(known)):
        raise Unfit(f"Unexpected inputs provided: {strange}")
    given = {key: value == "true" for key, value in inputs.items()}
    return jobs(name, "workflow_dispatch", {**dict.fromkeys(known, False), **given})


def jobs(name, event, inputs=None):
    """Each job by the name that a rule requires: `success`, or `skipped`."""
    known, results = read(name)["jobs"], {}
    for job, one in known.items():
        needs = one.get("needs", [])
        needed = {each: results[each] for each in ([needs] if isinstance(needs, str) else needs)}
        results[job] = "success" if holds(one.get("if"), event, inputs or {}, needed) else "skipped"
    return {known[job].get("name", job): result for job, result in results.items()}


def holds(condition, event, inputs, needed):
    """Whether a job with ``condition`` runs after the jobs ``needed``, by their results."""
    ran = all(result == "success" for result in needed.values())
    if condition is None:
        return ran
    text = re.sub(r"^\$\{\{|\}\}$", "", condition.strip())
    text = re.sub(r"!(?!=)", " not ", text.replace("&&", " and ").replace("||", " or "))
    outputs = SimpleNamespace(links="true", libraries="true")
    names = {
        "github": SimpleNamespace(event_name=event),
        "inputs": SimpleNamespace(new=False) if not inputs else SimpleNamespace(**inputs),
        "needs": SimpleNamespace(
            **{job: SimpleNamespace(result=one, outputs=outputs) for job, one in needed.items()}
        ),
        "cancelled": lambda: False,
    }
    found = eval(" ".join(text.split()), {"__builtins__": {}}, names)
    return bool(found) and (ran or "cancelled()" in condition)


def required():
    """The names of the jobs that the README asks maintainers to require for `main`."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    line = re.search(r"\*Rules → Rulesets\* for `main`: require four checks:(.*?)\.\s", text, re.S)[
        1
    ]
    return re.findall(r"`([^`]+)`", line)


def unreported(runs):
    """The required jobs that did not run although ``runs``, (workflow, inputs), were started."""
    found = {}
    for name, inputs in runs:
        found |= {job: one for job, one in dispatched(name, inputs).items() if one == "success"}
    return [name for name in required() if name not in found]
