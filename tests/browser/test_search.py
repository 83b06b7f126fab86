"""The search, as a reader uses it."""

import pytest

from tests.browser.conftest import opened, until

DIALOG, INPUT, HITS, SAY = (
    "dialog.kb-search",
    ".kb-search input[type=search]",
    ".kb-search li a",
    ".kb-say",
)


def asking(page, site):
    """Opens the search with `/`; gives what asks it and returns the titles of all hits."""
    page.goto(site)
    page.keyboard.press("/")
    page.wait_for_selector(INPUT)

    def ask(text):
        page.fill(INPUT, text)
        until(page, "text => document.querySelector('.kb-search').dataset.answered === text", text)
        return page.locator(".kb-search li strong").all_inner_texts()

    return ask


@pytest.fixture
def search(page, site):
    """The search in a page of its own."""
    yield asking(page, site)
    assert page.troubles == []


@pytest.fixture(scope="module")
def hits(chromium, site):
    """The search in one page for many questions, none of which does anything but ask."""
    with opened(chromium) as page:
        yield asking(page, site)
        assert page.troubles == []


ASKED = {
    "剪枝": "Pruning",
    "pruning": "Pruning",
    "prun": "Pruning",
    "quantiz": "Quantization",
    "量化": "Quantization",
    "知识蒸馏": "Knowledge distillation",
    "AGP": "Gradual pruning",
    "1905.11946": "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks",
    "权重共享": "Weight sharing",
    "剪": "Pruning",
    "低秩": "Factorisation",
    "霍夫曼": "Huffman coding of weights",
    "int8 量化": "Uniform affine quantization",
}


@pytest.mark.parametrize("text", ASKED)
def test_the_best_hit_comes_first_in_both_languages(hits, text):
    assert hits(text)[0] == ASKED[text]


def test_words_that_stand_nowhere_together_find_what_has_most_of_them(search, page):
    assert "Knowledge distillation" in search("知识蒸馏 zzzzqq")
    assert "Partial matches" in page.inner_text(SAY)


def test_word_stems_are_found(hits):
    assert "Quantization" in hits("quantizing")


def test_no_entry_is_shown_twice(search, page):
    search("剪枝")
    addresses = [link.get_attribute("href") for link in page.locator(HITS).all()]
    assert len(addresses) == len(set(addresses)) > 5


def test_authors_are_found(hits):
    assert any("Learning both Weights" in hit for hit in hits("Jeff Pool"))


def test_every_hit_leads_to_a_page(search, page):
    search("pruning")
    for address in {link.get_attribute("href") for link in page.locator(HITS).all()}:
        assert page.request.get(address).status == 200


def test_arrows_and_enter_choose_a_hit(search, page):
    titles = search("quantization")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.locator('.kb-search a[aria-current="true"] strong').inner_text() == titles[1]
    page.keyboard.press("Enter")
    page.wait_for_url("**/*s/*/")
    assert titles[1].split(":")[0] in page.locator("h1").inner_text()


def test_escape_closes_and_slash_opens_again(search, page):
    page.keyboard.press("Escape")
    assert not page.locator(DIALOG).is_visible()
    page.keyboard.press("/")
    assert page.locator(DIALOG).is_visible()


def test_a_filter_narrows_and_empty_values_are_not_offered(search, page):
    search("pruning")
    page.select_option(".kb-search select[name=kind]", "paper")
    until(
        page,
        "() => [...document.querySelectorAll('.kb-search li small:first-of-type')]"
        ".every(one => one.textContent.startsWith('Paper'))",
    )
    assert page.locator(HITS).count() > 0
    assert "(0)" not in page.locator(".kb-facets").inner_text()


def test_an_empty_result_says_what_to_do(search, page):
    assert search("zzzzqq") == []
    assert "Nothing found" in page.inner_text(SAY)


def test_an_empty_question_says_what_can_be_asked(search, page):
    assert "Type a method" in page.inner_text(SAY)


def test_a_search_that_cannot_be_loaded_says_so(page, site):
    page.route("**/pagefind/**", lambda route: route.abort())
    page.goto(site)
    page.keyboard.press("/")
    page.fill(INPUT, "pruning")
    until(
        page, "() => document.querySelector('.kb-say').textContent.includes('could not be loaded')"
    )
    assert page.get_attribute(f"{SAY} a", "href").endswith("/browse/")


def test_typing_a_slash_into_a_field_is_typing(page, site):
    page.goto(f"{site}browse/")
    page.fill(".kb-facets input", "")
    page.locator(".kb-facets input").press("/")
    assert page.locator(".kb-facets input").input_value() == "/"
    assert page.locator(DIALOG).count() == 0


def test_without_javascript_the_index_is_there(chromium, site):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}browse/")
    assert page.locator("table.index tbody tr").count() > 150
    page.goto(site)
    assert page.locator('a[href="browse/"]').first.is_visible()
    context.close()
