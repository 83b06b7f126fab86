"""The checks that `main` requires, on branches that a job pushes: its token starts no workflow."""

import pytest

from tests.forge import workflows
from tests.forge.test_form import body
from tests.forge.test_issue import ENTRY, TYPED
from tests.forge.test_keep_chores import keep
from tests.forge.test_offer_issue import answers, forge, offer, work  # noqa: F401  fixtures

pytestmark = pytest.mark.forge


def test_every_required_check_reports_on_the_branch_of_an_issue(forge, work):  # noqa: F811
    assert offer(forge, work, body(ENTRY, TYPED))[0] == 0
    assert forge.unreported("issue-3") == []
    assert len(workflows.required()) == 4 == len(forge.unreported("another"))


def test_every_required_check_reports_on_the_branch_of_moved_links(forge, work):  # noqa: F811
    assert keep(forge, work)[0] == 0
    assert forge.unreported("moved-links") == []


def test_a_workflow_that_is_gone_keeps_no_other_from_starting(forge, work, monkeypatch):  # noqa: F811
    known = workflows.dispatched

    def gone(name, inputs):
        if name == "check.yml":
            raise workflows.Unfit("Cannot trigger a 'workflow_dispatch' on a disabled workflow")
        return known(name, inputs)

    monkeypatch.setattr(workflows, "dispatched", gone)
    code, err = offer(forge, work, body(ENTRY, TYPED))
    assert code == 1 and "disabled workflow" in err and "Enable workflow" in err
    assert [name for name, _, _ in forge.runs] == ["links.yml"] and "offered in #" in answers(
        forge
    )[0]


def test_what_no_pull_request_may_be_opened_for_names_its_setting(forge, work):  # noqa: F811
    forge.may -= {"open"}
    code, err = offer(forge, work, body(ENTRY, TYPED))
    assert code == 1 and "Allow GitHub Actions to create" in err and "403" in err


EVENTS = {
    "a pull request": ("pull_request", {}, True, False),
    "the queue": ("merge_group", {}, True, False),
    "the week": ("schedule", {}, False, True),
    "by hand": ("workflow_dispatch", {"new": False}, False, True),
    "a branch of a job": ("workflow_dispatch", {"new": True}, True, False),
}


@pytest.mark.parametrize("case", EVENTS)
def test_new_links_or_all_links_are_looked_at_and_never_both(case):
    event, inputs, new, everything = EVENTS[case]
    found = {
        job for job, one in workflows.jobs("links.yml", event, inputs).items() if one == "success"
    }
    assert ("links that this pull request brings in" in found) == new
    assert ("one ledger, one pull request, one issue" in found) == everything
    assert any(job.startswith("look at part") for job in found) == everything


def test_a_job_that_starts_checks_may_and_others_may_not():
    starting = {"offer.yml", "chores.yml", "links.yml"}
    may = {
        path.name
        for path in workflows.FOLDER.glob("*.yml")
        for job in workflows.read(path.name)["jobs"].values()
        if job["permissions"].get("actions") == "write"
    }
    assert may == starting
