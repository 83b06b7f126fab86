"""Which setting of the repository lifts a refusal of the forge. Pure."""

PULL_REQUESTS = (
    "Settings → Actions → General → Workflow permissions: tick *Allow GitHub Actions to create and "
    "approve pull requests*, then start the job again"
)
ISSUES = "Settings → General → Features: tick *Issues*, then start the job again"
LIMITED = (
    "Settings → Actions → General: an organization may allow workflows less than their "
    "`permissions:` ask for; allow what this workflow asks for, then start the job again"
)
RULES = (
    "Settings → Rules → Rulesets: a rule keeps GitHub Actions from this branch or tag; exempt "
    "`issue-*`, `moved-links`, `link-ledger` and `data-*`, then start the job again"
)
ACTIONS = "Actions → the workflow that is named → Enable workflow, then start the job again"
PAGES = (
    "Settings → Pages → Build and deployment → Source: it must be *GitHub Actions*; choose it and "
    "start the job again"
)
_CURES = (
    ("not permitted to create or approve pull requests", PULL_REQUESTS),
    ("has disabled issues", ISSUES),
    ("issues are disabled", ISSUES),
    ("issues has been disabled", ISSUES),
    ("repository rule violations", RULES),
    ("protected branch", RULES),
    ("cannot trigger a 'workflow_dispatch' on a disabled workflow", ACTIONS),
    ("resource not accessible by integration", LIMITED),
)


def cure(said: str) -> str:
    """The setting that lifts the refusal in what the forge ``said``, or nothing if none would."""
    said = said.lower()
    return next((setting for words, setting in _CURES if words in said), "")
