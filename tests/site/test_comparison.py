"""Tables of results: what shares a column, what is refused, and that rows enter by themselves."""

import re
from itertools import permutations

import pytest

from kb.catalog import Catalog
from kb.schema.paper import Result
from kb.site.comparison import Column, Comparison, Reason, compare
from kb.site.rows import cost, lower_is_better, model_key, model_name, sparsity
from tests.catalogs import TOY, toy_with

FIRST = (TOY / "papers" / "first2015toys.yaml").read_text(encoding="utf-8")
THIRD = (TOY / "papers" / "third2019more.yaml").read_text(encoding="utf-8")
PERPLEXITY = {
    "model": "Llama-2-7B",
    "dataset": "WikiText-2",
    "metric": "perplexity",
    "value": 5.6,
    "baseline": 5.47,
    "context": 2048,
}
ACCURACY = {"model": "ResNet-18", "dataset": "ImageNet", "metric": "top-1 accuracy", "unit": '"%"'}


def row(source: str = "proceedings", **said: object) -> str:
    fields = ", ".join(f"{name}: {value}" for name, value in said.items() if value is not None)
    return f"  - {{{fields}, source: {source}, where: Table 1}}\n"


def catalog(first: list[dict[str, object]], third: list[dict[str, object]] = ()) -> Catalog:
    """The toy catalogue, whose two papers report these rows."""
    texts = {}
    for name, text, rows, source in (
        ("first2015toys", FIRST, first, "proceedings"),
        ("third2019more", THIRD, third, "paper"),
    ):
        head, rest = text[: text.index("results:")], re.split(r"\nresults:\n(?:  .*\n)+", text)[1]
        made = "".join(row(**({"source": source} | one)) for one in rows)
        texts[f"papers/{name}.yaml"] = f"{head}results:\n{made}{rest}" if made else head + rest
    return toy_with({path: text.encode() for path, text in texts.items()})


def table(id: str, made: Catalog) -> Comparison:
    assert made.broken == {}
    return next(one for one in compare(made) if one.table.id == id)


def values(columns: list[Column]) -> list[list[float]]:
    return [[one.result.value.low for one in column.rows] for column in columns]


UNLIKE = {
    "the context": {"context": 4096},
    "the evaluator": {"evaluator": "lm-eval 0.4"},
    "the baseline": {"baseline": 5.12},
    "the stride": {"stride": 512},
    "the split": {"split": "validation"},
    "the checkpoint": {"checkpoint": "another/one"},
    "the model": {"model": "Llama-2-13B"},
    "the size within the name": {"model": "Llama-27B"},
    "the width in brackets": {"model": "Llama-2-7B (half)"},
}


@pytest.mark.parametrize("change", UNLIKE.values(), ids=UNLIKE.keys())
def test_rows_that_were_not_measured_alike_never_share_a_column(change):
    made = table("wikitext-2", catalog([PERPLEXITY, PERPLEXITY | {"value": 5.7} | change]))
    assert sorted(values(made.columns)) == [[5.6], [5.7]]


ALIKE = {
    "another spelling of the model": {"model": "LLaMA2 7b"},
    "another spelling of the data set": {"dataset": "wikitext2"},
    "the data set with its part": {"dataset": "WikiText-2 (test)"},
    "what was done to the model": {"model": '"Llama-2-7B, 50% of the weights removed"'},
    "other bits": {"bits": "{weight: 3}"},
    "other calibration data": {"calibration": "{set: C4}"},
}


@pytest.mark.parametrize("change", ALIKE.values(), ids=ALIKE.keys())
def test_rows_that_differ_in_what_was_done_share_a_column(change):
    made = table("wikitext-2", catalog([PERPLEXITY, PERPLEXITY | {"value": 5.7} | change]))
    assert [sorted(column) for column in values(made.columns)] == [[5.6, 5.7]]


NAMED = {"evaluator": "lm-eval 0.4"}
ACROSS = {
    "both name the same evaluator": (NAMED, NAMED, True),
    "one names none": (NAMED, {}, False),
    "none names one": ({}, {}, False),
}


@pytest.mark.parametrize(("one", "other", "together"), ACROSS.values(), ids=ACROSS.keys())
def test_two_papers_share_a_column_only_under_a_named_evaluator(one, other, together):
    made = table("wikitext-2", catalog([PERPLEXITY | one], [PERPLEXITY | {"value": 6} | other]))
    assert (len(made.columns) == 1) == together


def test_a_value_read_in_another_paper_stands_in_the_column_of_that_paper():
    third = THIRD[THIRD.index("  paper:\n") : THIRD.index("open:")]
    quoted = third.replace("  paper:", "  quoted:").replace("title, ", "").replace("abs/", "pdf/")
    first = catalog([PERPLEXITY]).entries["first2015toys"].text
    text = first.replace("source: proceedings, where", "source: quoted, where") + quoted
    rest = catalog([], [PERPLEXITY | {"value": 6}]).entries["third2019more"].text
    files = {"papers/first2015toys.yaml": text, "papers/third2019more.yaml": rest}
    made = table("wikitext-2", toy_with({name: one.encode() for name, one in files.items()}))
    assert values(made.columns) == [[5.6, 6.0]]
    assert made.columns[0].terms.by == "third2019more"


REFUSED = {
    "no context": ("wikitext-2", PERPLEXITY | {"context": None}, Reason.CONTEXT),
    "no baseline": ("wikitext-2", PERPLEXITY | {"baseline": None}, Reason.BASELINE),
    "a range": ("wikitext-2", PERPLEXITY | {"value": "{from: 5, to: 6}"}, Reason.RANGE),
    "a difference": ("wikitext-2", PERPLEXITY | {"metric": "rise of perplexity"}, Reason.METRIC),
    "per word": ("wikitext-2", PERPLEXITY | {"metric": "word perplexity"}, Reason.METRIC),
    "two data sets": ("wikitext-2", PERPLEXITY | {"dataset": "WikiText-2 and C4"}, Reason.DATASET),
    "2 bits, a speed-up": (
        "two-bits",
        ACCURACY | {"metric": "speed-up", "unit": "x", "value": 2, "bits": "{weight: 2}"},
        Reason.METRIC,
    ),
    "2 bits, perplexity without context": (
        "two-bits",
        PERPLEXITY | {"context": None, "bits": "{weight: 2}"},
        Reason.CONTEXT,
    ),
    "half sparse, an accuracy drop": (
        "half-sparse",
        ACCURACY | {"model": '"ResNet-18, 50% sparse"', "metric": "accuracy drop", "value": 1},
        Reason.METRIC,
    ),
    "half sparse, no baseline": (
        "half-sparse",
        ACCURACY | {"model": '"ResNet-18, 50% sparse"', "value": 70},
        Reason.BASELINE,
    ),
    "mobile, a range": (
        "mobile-imagenet",
        ACCURACY | {"value": "{from: 70, to: 72}", "macs": "300e6"},
        Reason.RANGE,
    ),
}


@pytest.mark.parametrize(("id", "said", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_a_row_that_does_not_state_enough_is_left_out_with_its_reason(id, said, reason):
    made = table(id, catalog([said]))
    assert made.columns == []
    assert {why: len(rows) for why, rows in made.left.items()} == {reason: 1}


ENTERS = {
    "1.58 bits": ("two-bits", ACCURACY | {"value": 60, "baseline": 70, "bits": "{weight: 1.58}"}),
    "2.5 bits": ("two-bits", PERPLEXITY | {"bits": "{weight: 2.5}"}),
    "half of the weights": (
        "half-sparse",
        PERPLEXITY | {"model": '"OPT-175B, 50% unstructured sparsity"'},
    ),
    "2:4": ("half-sparse", PERPLEXITY | {"model": '"Llama-2-7B, 2:4 sparse"'}),
    "MACs": ("mobile-imagenet", ACCURACY | {"value": 75, "macs": "300e6"}),
    "FLOPs": (
        "mobile-imagenet",
        ACCURACY | {"value": 75, "flops": "600e6", "dataset": "ILSVRC-12"},
    ),
    "an error": (
        "mobile-imagenet",
        ACCURACY | {"metric": "top-1 error", "value": 25, "macs": "300e6"},
    ),
}
STAYS = {
    "1 bit": ("two-bits", ACCURACY | {"value": 60, "baseline": 70, "bits": "{weight: 1}"}),
    "3 bits": ("two-bits", PERPLEXITY | {"bits": "{weight: 3}"}),
    "2 bits of the activations": ("two-bits", PERPLEXITY | {"bits": "{activation: 2}"}),
    "60% sparse": ("half-sparse", PERPLEXITY | {"model": '"Llama-2-7B, 60% sparse"'}),
    "1:4": ("half-sparse", PERPLEXITY | {"model": '"Llama-2-7B, 1:4 sparse"'}),
    "half of the FLOPs": ("half-sparse", ACCURACY | {"model": '"A, 50% FLOPs"', "value": 70}),
    "too much arithmetic": ("mobile-imagenet", ACCURACY | {"value": 80, "macs": "4e9"}),
    "no arithmetic": ("mobile-imagenet", ACCURACY | {"value": 80}),
    "top-5": (
        "mobile-imagenet",
        ACCURACY | {"value": 90, "macs": "300e6", "metric": "top-5 accuracy"},
    ),
    "ImageNet VID": (
        "mobile-imagenet",
        ACCURACY | {"value": 90, "macs": "300e6", "dataset": "ImageNet VID"},
    ),
}


@pytest.mark.parametrize(("id", "said"), ENTERS.values(), ids=ENTERS.keys())
def test_a_row_enters_by_what_it_states(id, said):
    assert len(table(id, catalog([said])).columns) == 1


@pytest.mark.parametrize(("id", "said"), STAYS.values(), ids=STAYS.keys())
def test_a_row_of_another_kind_is_neither_shown_nor_counted(id, said):
    made = table(id, catalog([said]))
    assert (made.columns, made.left) == ([], {})


def test_macs_and_flops_never_share_a_column():
    rows = [ACCURACY | {"value": 75, name: "300e6"} for name in ("macs", "flops")]
    assert len(table("mobile-imagenet", catalog(rows)).columns) == 2


BITS = {8: 5.5, 4: 5.6, 3: 6.2, 2: 9.1}


@pytest.mark.parametrize("order", list(permutations(BITS))[::5])
def test_a_column_begins_with_most_bits_then_the_better_value(order):
    rows = [PERPLEXITY | {"bits": f"{{weight: {one}}}", "value": BITS[one]} for one in order]
    rows.append(PERPLEXITY | {"bits": "{weight: 4}", "value": 5.9})
    assert values(table("wikitext-2", catalog(rows)).columns) == [[5.5, 5.6, 5.9, 6.2, 9.1]]


@pytest.mark.parametrize("order", list(permutations([41, 149, 569])))
def test_a_mobile_column_begins_with_the_cheapest(order):
    rows = [ACCURACY | {"value": 50 + one / 30, "macs": f"{one}e6"} for one in order]
    (column,) = table("mobile-imagenet", catalog(rows)).columns
    assert [counted[1] for one in column.rows if (counted := cost(one.result))] == [
        41e6,
        149e6,
        569e6,
    ]


def test_models_stand_by_family_and_size_not_by_spelling():
    names = ["Llama-2-70B", "LLaMA-2-7B", "Falcon-7B", "llama-2-13b"]
    made = table("wikitext-2", catalog([PERPLEXITY | {"model": name} for name in names]))
    assert [model_name(one.first.result) for one in made.sections] == [
        "Falcon-7B",
        "LLaMA-2-7B",
        "llama-2-13b",
        "Llama-2-70B",
    ]


def result(**said: object) -> Result:
    return Result.model_validate({"model": "A", "dataset": "B", "metric": "c", "value": 1} | said)


SPARSE = {
    "LLaMA-2-7B, 50% of the weights removed": 50,
    "ResNet-50 with 60% of single weights pruned, trained from scratch": 60,
    "Inception v3, 87.5% sparse": 87.5,
    "LLaMA-2-7B, 2 of 4 weights removed": 50,
    "LLaMA-2-7B, 1 of 4 weights removed": 25,
    "network, 1:4 sparse": 75,
    "MobileNet-V1, 50% FLOPs": None,
    "MobileNet SSD, depth multiplier 50%": None,
    "VGG-11 of network slimming at 50%": None,
    "network, 2 of 0 weights removed": None,
    "network, 5 of 4 weights removed": None,
}


@pytest.mark.parametrize(("model", "share"), SPARSE.items())
def test_the_share_of_zeros_is_read_from_the_words_of_a_row(model, share):
    assert sparsity(result(model=model)) == share


@pytest.mark.parametrize(
    ("metric", "lower"),
    [
        ("perplexity", True),
        ("top-1 error", True),
        ("WER", True),
        ("top-1 accuracy", False),
        ("answers", False),
        ("power of a test", False),
    ],
)
def test_of_some_metrics_less_is_better(metric, lower):
    assert lower_is_better(result(metric=metric)) == lower


def test_spellings_of_a_model_have_one_key_and_sizes_another():
    keys = [model_key(result(model=name)) for name in ("Llama-2-7B", "LLaMA2 7b", "llama_2_7B")]
    assert len(set(keys)) == 1
    assert model_key(result(model="LLaMA-27B")) not in keys
