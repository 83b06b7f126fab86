"""The rules of the catalogue, by code: the tuple is their table of contents."""

import datetime
from collections.abc import Iterable, Mapping

from kb.catalog import Catalog
from kb.change import Difference
from kb.findings import Finding, FindingKind
from kb.graph import Graph
from kb.ledger.faults import FAULTS as LINK_FAULTS
from kb.ledger.merge import Ledger
from kb.rules import (
    addresses,
    aliases,
    bibliography,
    changes,
    duplicates,
    experiments,
    facts,
    grounds,
    ids,
    named,
    relations,
    results,
    schemas,
    sources,
    texts,
    titles,
    topics,
    vocabulary,
    writing,
    years,
)
from kb.rules.rule import Knowledge, Rule
from kb.shape import SHAPES
from kb.source.faults import FAULTS

ON_CHANGE = (
    Rule("KB801", changes.vanished_id),
    Rule("KB802", changes.changed_without_ground),
    Rule("KB803", changes.lost_source),
    Rule("KB804", changes.exchanged_source),
)
RULES = (
    Rule("KB201", ids.duplicate_id),
    Rule("KB202", ids.malformed_id),
    Rule("KB203", ids.id_differs_from_file_name),
    Rule("KB204", ids.citekey_differs),
    Rule("KB205", duplicates.duplicate_arxiv),
    Rule("KB206", duplicates.duplicate_doi),
    Rule("KB207", duplicates.duplicate_url),
    Rule("KB208", duplicates.url_with_two_titles),
    Rule("KB209", duplicates.duplicate_title),
    Rule("KB210", bibliography.inverted_name),
    Rule("KB211", bibliography.unknown_venue),
    Rule("KB212", ids.taken_id),
    Rule("KB213", bibliography.not_one_name),
    Rule("KB214", duplicates.similar_title),
    Rule("KB215", ids.reserved_id),
    Rule("KB216", years.contradicting_year),
    Rule("KB217", bibliography.labelled_number),
    Rule("KB218", bibliography.contradicting_volume),
    Rule("KB219", duplicates.repeated_alias),
    Rule("KB220", aliases.misplaced_alias),
    Rule("KB221", schemas.foreign_schema),
    Rule("KB301", relations.unknown_id),
    Rule("KB302", relations.self_reference),
    Rule("KB303", relations.wrong_kind),
    Rule("KB304", relations.repeated_relation),
    Rule("KB305", relations.cycle),
    Rule("KB306", relations.orphan),
    Rule("KB307", relations.unknown_successor),
    Rule("KB308", topics.stray_member),
    Rule("KB401", grounds.claim_without_ground),
    Rule("KB402", grounds.support_for_nothing),
    Rule("KB403", grounds.supported_and_open),
    Rule("KB404", facts.about_without_source),
    Rule("KB405", facts.future),
    Rule("KB406", grounds.unknown_source),
    Rule("KB407", grounds.unused_source),
    Rule("KB408", grounds.place_cannot_hold),
    Rule("KB409", results.unrelated_row),
    Rule("KB410", results.hidden_points),
    Rule("KB411", sources.no_primary_source),
    Rule("KB412", sources.refused_source),
    Rule("KB413", sources.placeholder_address),
    Rule("KB414", sources.foreign_arxiv),
    Rule("KB415", sources.contradicting_doi),
    Rule("KB416", sources.repeated_source),
    Rule("KB417", sources.shared_link),
    Rule("KB418", sources.doi_of_arxiv),
    Rule("KB419", sources.pdf_as_source),
    Rule("KB420", grounds.quoted_toy),
    Rule("KB421", results.odd_percentage),
    Rule("KB422", facts.seen_too_early),
    Rule("KB423", grounds.nameless_doubt),
    Rule("KB424", results.small_count),
    Rule("KB501", texts.raw_html),
    Rule("KB502", texts.bidirectional_control),
    Rule("KB503", addresses.unsafe_address),
    Rule("KB504", addresses.captcha_address),
    Rule("KB505", addresses.expiring_address),
    Rule("KB506", addresses.tracking_parameter),
    Rule("KB507", addresses.http_where_https_answers),
    Rule("KB508", texts.placeholder_text),
    Rule("KB509", texts.one_language_twice),
    Rule("KB510", writing.half_width_punctuation),
    Rule("KB511", writing.latex_in_text),
    Rule("KB512", writing.quotation_marks),
    Rule("KB513", texts.text_before_comment),
    Rule("KB514", texts.invisible_character),
    Rule("KB515", titles.untidy_title),
    Rule("KB516", writing.full_width_punctuation),
    Rule("KB517", writing.unclosed_formula),
    Rule("KB518", writing.malformed_formula),
    Rule("KB519", named.id_in_text),
    Rule("KB551", vocabulary.astray_term),
    Rule("KB552", vocabulary.repeated_term),
    *ON_CHANGE,
    Rule("KB901", experiments.unknown_claim),
    Rule("KB902", experiments.idea_left_in),
    Rule("KB903", experiments.unknown_knob),
    Rule("KB904", experiments.change_that_does_not_fit),
    Rule("KB905", experiments.unmade_claim),
)


def check(  # noqa: PLR0913, PLR0917  the parts of `Knowledge`
    catalog: Catalog,
    graph: Graph,
    today: datetime.date,
    ledger: Ledger | None = None,
    broken: Iterable[Finding] = (),
    touched: frozenset[str] = frozenset(),
    change: Difference | None = None,
    codes: Mapping[str, str] | None = None,
) -> list[Finding]:
    """All findings on ``catalog``, causes first.

    They are those of reading it, those of the link ledger (``broken``) and those of every rule.

    ``touched`` are the paths of files that are new or changed: a clash of two entries stands there.
    ``change`` is what differs from an earlier catalogue, ``codes`` is the code of snippets by id;
    without them the rules on them find nothing.
    """
    knowledge = Knowledge(catalog, graph, today, ledger or {}, touched, change, codes or {})
    found = [
        *catalog.findings,
        *broken,
        *(finding for rule in RULES for finding in rule.findings(knowledge)),
    ]
    return sorted(found, key=lambda finding: (rank(finding), finding))


_LATE = {"KB306": 8}


def on_change(graph: Graph, today: datetime.date, change: Difference) -> list[Finding]:
    """What is wrong with ``change`` itself, whatever else is wrong with the catalogue."""
    knowledge = Knowledge(graph.catalog, graph, today, change=change)
    return sorted(found for rule in ON_CHANGE for found in rule.findings(knowledge))


def rank(finding: Finding) -> int:
    """How far ``finding`` may be from the cause: 0 files, 1 shape, 2 identity … 8 orphans.

    The first few findings are all that a forge shows, and what is wrong with a file or an id is the
    cause of much that follows.
    """
    return _LATE.get(finding.code, int(finding.code[2]))


def all_kinds() -> list[FindingKind]:
    """Every kind of finding there is, by code."""
    return sorted(
        [*FAULTS.values(), *LINK_FAULTS.values(), *SHAPES.values(), *(rule.kind for rule in RULES)],
        key=lambda kind: kind.code,
    )
