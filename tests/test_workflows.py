"""The workflows: pinned actions, commands of this repository, least privilege, ended checks."""

import importlib
import re
import subprocess

import pytest
import yaml

from tests.catalogs import ROOT

FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))

# the lowest major of each action that runs on a Node.js which the runners still have
MAJORS = {
    "actions/cache": 6,
    "actions/checkout": 7,
    "actions/configure-pages": 6,
    "actions/deploy-pages": 5,
    "actions/download-artifact": 8,
    "actions/setup-python": 7,
    "actions/upload-artifact": 7,
    "actions/upload-pages-artifact": 5,
}
# targets that install nothing
ALONE = set(re.findall(r"^([a-z-]+): ##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
COMMAND = re.compile(r'(?:\.ci/quietly )?make ([a-z-]+)|\.ci/concerned [a-z]+ >> "\$GITHUB_OUTPUT"')

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def read(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def jobs(path):
    return read(path)["jobs"].values()


def steps(path):
    return [step for job in jobs(path) for step in job["steps"]]


def events(path):
    return read(path)[True]  # YAML 1.1 reads `on` as a truth value


@each_file
def test_actions_are_pinned_by_commit_and_name_their_version(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        if "uses:" in line:
            found = re.search(r"uses: ([\w./-]+)@[0-9a-f]{40} # v(\d+)\.\d+\.\d+$", line)
            assert found and int(found[2]) >= MAJORS[found[1]], line


@each_file
def test_commands_are_make_targets_of_this_repository(path):
    for step in steps(path):
        if "run" in step:
            found = COMMAND.fullmatch(step["run"])
            assert found and (found[1] is None or found[1] in TARGETS), step["run"]


@each_file
def test_nothing_is_allowed_by_default_and_jobs_end(path):
    assert read(path)["permissions"] == {}
    assert all("timeout-minutes" in job and "permissions" in job for job in jobs(path))


@each_file
def test_checkouts_leave_no_credentials(path):
    for step in steps(path):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@each_file
def test_a_token_is_seen_by_one_step_after_everything_is_installed(path):
    assert "token" not in str(read(path).get("env", ""))
    for job in jobs(path):
        assert "token" not in str(job.get("env", ""))
        with_token = [at for at, step in enumerate(job["steps"]) if "github.token" in str(step)]
        assert len(with_token) <= 1
        for at in with_token:
            ready = {"run": "make ready"} in job["steps"][:at]
            assert ready or job["steps"][at]["run"].split()[-1] in ALONE


def test_the_token_that_writes_is_hidden_from_the_python_of_the_step():
    said = make("links-publish", "--dry-run", "KB=kb")
    assert 'KB="env -u GH_TOKEN kb" .ci/publish_links' in said.stdout


def test_what_a_stranger_left_is_read_by_the_code_of_main():
    [job] = jobs(ROOT / ".github" / "workflows" / "answer.yml")
    [checkout, answer] = job["steps"]
    assert checkout["with"] == {"persist-credentials": False}, "no ref of the stranger"
    assert answer["run"] == "make answer" and "answer" in ALONE
    assert "github.event" not in str(job["steps"])


@each_file
def test_a_required_check_never_stays_pending(path):
    if "pull_request" in events(path):
        assert events(path)["pull_request"] is None, "filter by job, not by path"
        assert "merge_group" in events(path)


@each_file
def test_the_runtime_is_kept_from_run_to_run(path):
    for job in jobs(path):
        if re.search(r"make (test|site)'", str(job)):
            [cache] = [step for step in job["steps"] if "actions/cache@" in step.get("uses", "")]
            assert cache["with"] == {
                "path": ".cache/runtime",
                "key": "runtime-${{ hashFiles('kb/runtime/manifest.py') }}",
            }


@each_file
def test_no_command_of_a_stranger_reaches_github(path):
    for step in steps(path):
        if re.search(r"make (test|check)\b", step.get("run", "")):
            assert step["run"].startswith(".ci/quietly ")


def test_a_site_that_cannot_be_deployed_names_the_setting(tmp_path, monkeypatch):
    site = read(ROOT / ".github" / "workflows" / "site.yml")["jobs"]
    for job in site.values():
        [at] = [at for at, one in enumerate(job["steps"]) if one.get("run") == "make pages-setting"]
        assert "failure()" in job["steps"][at]["if"]
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    done = make("pages-setting")
    assert done.returncode == 2 and "Settings → Pages" in done.stderr
    assert "GitHub Actions" in (tmp_path / "summary.md").read_text(encoding="utf-8")


REFUSED = {
    "HTTP 403: GitHub Actions is not permitted to create or approve pull requests": "*Allow GitHub",
    "the 'us/kb' repository has disabled issues": "*Issues*",
    "POST /repos/us/kb/issues: 410 Issues has been disabled in this repository.": "*Issues*",
    "remote: error: GH013: Repository rule violations found for refs/heads/issue-3": "Rulesets",
    "403 Resource not accessible by integration": "`permissions:`",
    "Cannot trigger a 'workflow_dispatch' on a disabled workflow": "Enable workflow",
    "HTTP 502: Bad Gateway": "",
}


@pytest.mark.parametrize("said", REFUSED)
def test_a_refusal_names_the_setting_that_lifts_it_and_no_other(said, monkeypatch):
    monkeypatch.syspath_prepend(ROOT / ".ci")
    cure = importlib.import_module("forge.settings").cure(said)
    assert (REFUSED[said] in cure) if REFUSED[said] else cure == ""


def test_updates_are_offered_weekly_in_groups_for_everything_that_is_locked():
    updates = read(ROOT / ".github" / "dependabot.yml")["updates"]
    found = {
        update["package-ecosystem"]: update.get("directories", [update.get("directory")])
        for update in updates
    }
    assert found == {
        "github-actions": ["/"],
        "pip": ["/", "/requirements", "/kb/runtime"],
        "npm": ["/"],
    }
    assert all(update["schedule"] == {"interval": "weekly"} for update in updates)
    assert all(update["groups"] and update["cooldown"] for update in updates)


# Make: what a target asks for and says, with stand-ins for `kb`.


def make(*words):
    ready = ("-o", ".venv/site.ready", "--no-print-directory", "--silent")
    return subprocess.run(
        ["make", *ready, *words], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_the_catalogue_is_checked_without_runtime_and_site():
    said = make("check", "--dry-run", "KB=kb").stdout
    assert said.splitlines() == ["kb check", "kb fmt --check"]


@pytest.mark.parametrize(("said", "code"), [(0, 0), (1, 2), (2, 2)])
def test_annotations_are_of_rules_and_of_format_in_one_run(tmp_path, said, code):
    program = tmp_path / "kb"
    program.write_text(f'#!/bin/sh\necho "$@"\nexit {said}\n')
    program.chmod(0o755)
    done = make("annotate", f"KB={program}")
    assert (done.returncode, done.stdout) == (code, "check --fmt --format github\n")


HYGIENE = (
    "ruff format --quiet --check",
    "ruff check",
    "biome ci --error-on-warnings",
    "lint-imports",
    "vendor.github-workflows",
    "vendor.github-issue-forms",
    "vendor.dependabot",
    "zizmor",
    "mypy",
)


def test_hygiene_asks_every_checker_and_writes_nothing():
    said = make("hygiene", "--dry-run", "-o", ".venv/test.ready", "-o", ".venv/biome.ready").stdout
    lines = said.splitlines()
    assert len(lines) == len(HYGIENE)
    assert all(checker in line for checker, line in zip(HYGIENE, lines, strict=True))
    assert "--fix" not in said and "--write" not in said


def test_help_lists_every_target_in_two_columns():
    lines = make("help").stdout.splitlines()
    found = [re.fullmatch(r"  make ([a-z-]+) +\S.*", line) for line in lines]
    assert {line[1] for line in found} == TARGETS
    assert len({re.match(r"  make [a-z-]+ +", line).end() for line in lines}) == 1


# The scripts that steps call.

CHANGES = {
    "an entry": ("catalog/papers/a.yaml", {"links"}),
    "the snippet of a technique": ("catalog/techniques/a/snippet.py", {"links"}),
    "code with libraries": ("catalog/techniques/a/libraries.py", {"links", "libraries"}),
    "what it printed": ("catalog/techniques/a/libraries.txt", {"links", "libraries"}),
    "the lock of the libraries": ("requirements/libraries.txt", {"libraries"}),
    "another lock": ("requirements/site.txt", set()),
    "the lab": ("kb/lab/nets.py", {"libraries"}),
    "a page": ("docs/facts.md", set()),
    "a name with a line break": ("docs/a\ncatalog/b.md", set()),
    "a Chinese name": ("catalog/articles/剪枝.yaml", {"links"}),
}


def git(folder, *words):
    names = ("-c", "user.name=T", "-c", "user.email=t@example.org")
    subprocess.run(["git", "-C", folder, *names, *words], check=True, capture_output=True)


def concerned(folder, event):
    """The jobs that ``event`` concerns, said by the script in ``folder``."""
    said = [
        subprocess.run(
            [folder / ".ci" / "concerned", job],
            env={"PATH": "/usr/bin:/bin", "GITHUB_EVENT_NAME": event},
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        for job in ("links", "libraries")
    ]
    return {line.removesuffix("=true") for line in said if line.endswith("=true")}


@pytest.fixture
def clone(tmp_path):
    """A repository with one commit and the script."""
    (tmp_path / ".ci").mkdir()
    script = tmp_path / ".ci" / "concerned"
    script.write_bytes((ROOT / ".ci" / "concerned").read_bytes())
    script.chmod(0o755)
    git(tmp_path, "init")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "one")
    return tmp_path


@pytest.mark.parametrize(("name", "jobs"), CHANGES.values(), ids=CHANGES.keys())
def test_a_job_runs_for_what_it_tests(clone, name, jobs):
    (clone / name).parent.mkdir(parents=True)
    (clone / name).write_text("x")
    git(clone, "add", ".")
    git(clone, "commit", "-m", "two")
    assert concerned(clone, "pull_request") == concerned(clone, "merge_group") == jobs
    assert concerned(clone, "schedule") == {"links", "libraries"}


def test_a_history_that_cannot_be_compared_concerns_everything(clone):
    assert concerned(clone, "pull_request") == {"links", "libraries"}


@pytest.mark.parametrize("code", [0, 1, 2])
def test_output_is_printed_where_no_command_is_obeyed(code):
    script = f"echo '::error::forged'; printf half >&2; exit {code}"
    done = subprocess.run(
        [ROOT / ".ci" / "quietly", "sh", "-c", script], capture_output=True, text=True, check=False
    )
    first, *between, last = done.stdout.splitlines()
    token = re.fullmatch(r"::stop-commands::([0-9a-f]{32})", first)[1]
    assert last == f"::{token}::" and between == ["::error::forged", "half"]
    assert (done.returncode, done.stderr) == (code, "")
