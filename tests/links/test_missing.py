"""Missing pages that answer 200: in their own languages, and folder by folder."""

import asyncio
from collections import Counter

import pytest

from kb.links.engine import SIBLINGS, look_at
from kb.links.judge import judge
from kb.links.model import Judgement, Seen
from tests.links.test_faults import settings_for
from tests.links.world import OPEN, TEXT, World, by, http, opened, page

# title and text of a page that is short and says that it is missing
MISSING = {
    "English": ("Page not found", "The page you are looking for does not exist."),
    "Simplified Chinese": ("页面不存在", "抱歉，您访问的页面不存在。"),
    "Traditional Chinese": ("找不到網頁", "很抱歉，您要找的頁面不存在或已被刪除。"),
    "Traditional Chinese, shorter": ("頁面不存在", "返回首頁"),
    "Japanese": ("ページが見つかりません", "お探しのページは見つかりませんでした。"),
    "Korean": ("페이지를 찾을 수 없습니다", "요청하신 페이지가 존재하지 않습니다."),
    "German": ("Seite nicht gefunden", "Die gesuchte Seite existiert leider nicht mehr."),
    "French": ("Page introuvable", "La page que vous cherchez n’existe pas."),
    "Spanish": ("Página no encontrada", "La página que buscas no existe."),
    "Russian": ("Страница не найдена", "Запрашиваемая страница не существует."),
    "Portuguese": ("Página não encontrada", "A página não foi encontrada."),
    "Italian": ("Pagina non trovata", "La pagina richiesta non esiste."),
    "Polish": ("Strona nie istnieje", "Wróć na stronę główną."),
}


def judged(title, text):
    body = page(title, text)
    return judge(
        Seen("http://a.example/x/y", "http://a.example/x/y", status=200, text=body, headers={})
    )


@pytest.mark.parametrize("language", MISSING)
def test_a_page_says_in_its_own_language_that_it_is_missing(language):
    title, text = MISSING[language]
    found = judged(title, text)
    assert isinstance(found, Judgement) and found.verdict == "gone"


SOUND = {
    "German": ("Wie man Seiten findet", "Diese Seite erklärt, wie Gewichte gefunden werden."),
    "French": ("La page du cours", "Cette page présente l’élagage des réseaux."),
    "Russian": ("Страница курса", "Эта страница о прореживании сетей."),
    "Japanese": ("論文のページ", "このページは枝刈りを説明します。"),
    "Spanish": ("Página del curso", "Esta página explica la poda de redes."),
    "Traditional Chinese": ("模型壓縮筆記", "這個頁面介紹網路剪枝。"),
}


@pytest.mark.parametrize("language", SOUND)
def test_a_page_about_pages_is_not_missing(language):
    found = judged(*SOUND[language])
    assert not isinstance(found, Judgement) or found.verdict == "alive"


def looked(missing, folders):
    """Verdicts on pages in ``folders`` of one host whose first folder answers 404 properly; and
    what was asked.
    """

    def answer(request):
        if request.path.startswith("/f0/") and "kb-links" in request.path:
            return http(404, page("Not found", "No."))
        folder = request.path.split("/")[1]
        return http(200, page("Beispiel", missing.format(folder)))

    with opened(World()) as world:
        world.everywhere["one.example"] = by(answer)
        urls = [f"http://one.example:{world.port}/f{n}/page.html" for n in range(folders)]
        settings = settings_for(world, resolve={("one.example", world.port): OPEN[0]})
        found = {}
        asyncio.run(look_at(urls, settings, lambda look: found.setdefault(look.url, look.verdict)))
        asked = Counter("kb-links" in request.path for request in world.heads)
        return [found[url] for url in urls], asked[True]


UNHEARD_OF = "Sivua ei ole, {0}. " + "Etusivu ja haku. " * 8


def test_a_short_page_is_compared_in_its_own_folder():
    assert looked(UNHEARD_OF, 5) == (["alive", *["unsure"] * 4], 5)


def test_a_host_is_asked_for_a_few_folders_and_compared_with_all_of_them():
    verdicts, asked = looked("Sivua ei ole. " + "Etusivu ja haku. " * 8, 3 * SIBLINGS)
    assert asked == SIBLINGS and Counter(verdicts)["unsure"] >= 3 * SIBLINGS - 2


def test_a_long_page_asks_once_a_host():
    assert looked("{0} " + TEXT, 5)[1] == 1
