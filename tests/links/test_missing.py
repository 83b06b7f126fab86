"""Missing pages that answer 200: in their own languages, and folder by folder."""

import asyncio
from collections import Counter

import pytest

from kb.links.engine import SIBLINGS, look_at
from kb.links.judge import judge
from kb.links.model import Doubt, Judgement, Seen
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


# titles of missing pages, at least eight a language
TITLES = {
    "Traditional Chinese": """此網頁無法顯示 | 無法顯示此網頁 | 沒有這個頁面 | 網頁不存在或已移除
        您所請求的網頁不存在 | 該文章已被作者刪除 | 頁面已搬移或刪除
        很抱歉，此頁面已不存在 | 查無此頁
        對不起，您要找的頁面不存在""",
    "Japanese": """このページは現在使われておりません | 該当するページがありません
        申し訳ございませんが、お探しのページは見つかりませんでした | ページが表示できません
        このページは移動または削除された可能性があります | お探しのページは移動または削除されました
        このページは公開を終了しました | ページが見当たりません | ご指定のページはございません""",
    "Korean": """죄송합니다. 요청하신 페이지가 없습니다 | 페이지를 표시할 수 없습니다
        삭제되었거나 존재하지 않는 페이지입니다 | 없는 페이지입니다 | 유효하지 않은 페이지입니다
        페이지가 더 이상 존재하지 않습니다 | 찾으시는 페이지가 없습니다 | 잘못된 주소입니다
        해당 게시물은 삭제되었습니다""",
    "German": """Diese Seite gibt es nicht | Diese Seite gibt es nicht mehr
        Wir konnten die Seite leider nicht finden | Die von Ihnen aufgerufene Seite existiert nicht
        Die Seite, die Sie suchen, existiert nicht mehr | Die Seite wurde verschoben oder gelöscht
        Keine Seite gefunden | Hoppla! Diese Seite existiert nicht
        Hier gibt es nichts zu sehen""",
    "French": """La page que vous cherchez a été déplacée ou supprimée
        Nous n'avons pas pu trouver la page demandée | Désolé, cette page est introuvable
        La page demandée n’a pas été trouvée | Impossible de trouver la page | Aucune page trouvée
        Cette page n'est plus en ligne | Page indisponible | Oups ! Cette page n’existe plus""",
    "Spanish": """No se encontró la página | Lo sentimos, no encontramos esa página
        No hemos encontrado la página que buscas | La página ha sido eliminada o movida
        Esta página ya no existe | La página que estás buscando no existe | Contenido no disponible
        El artículo ya no está disponible | No se ha podido encontrar la página solicitada""",
    "Portuguese": """Não foi possível encontrar a página | Não encontramos a página que você procura
        A página que você procura não existe | Ops! Essa página não existe | Página indisponível
        A página foi removida ou movida | Esta página não existe mais | Página inexistente
        Desculpe, a página solicitada não foi encontrada""",
    "Italian": """Impossibile trovare la pagina | Non abbiamo trovato la pagina richiesta
        La pagina che stai cercando non esiste | Questa pagina non esiste più
        La pagina è stata rimossa o spostata | Siamo spiacenti, la pagina non è stata trovata
        Contenuto non disponibile | Pagina inesistente | Non riusciamo a trovare la pagina""",
    "Russian": """Извините, такой страницы нет | Документ отсутствует | Такой страницы не существует
        Нет такой страницы | Страница была удалена или перемещена | Мы не нашли такую страницу
        К сожалению, запрашиваемая вами страница не найдена | Материал удалён
        Страница больше не доступна""",
}
EACH = [
    (language, title.strip())
    for language, lines in TITLES.items()
    for line in lines.split("\n")
    for title in line.split(" | ")
]
INNOCENT = (
    "Page not found: a study of link rot",
    "Not Found: Searching for Sparse Networks that Do Not Exist",
    "The page you are looking for: caching strategies for the web",
    "Missing pages in digital archives",
    "此網頁無法顯示的十種原因與解決方法",
    "頁面不存在時搜尋引擎如何處理",
    "このページは現在使われておりませんと言われた時の対処法",
    "削除された記事の復元に関する研究",
    "존재하지 않는 페이지를 찾는 방법에 대한 연구",
    "삭제된 게시물의 통계적 분석",
    "Diese Seite gibt es nicht: eine Geschichte der Fehlermeldungen",
    "Wir konnten die Seite nicht finden, aber viele Gewichte",
    "La page que vous cherchez : une histoire du web",
    "Pages introuvables et mémoire du web",
    "La página que no existe en la literatura argentina",
    "Contenido no disponible en español: un análisis",
    "A página que você procura: memória e esquecimento",
    "La pagina che non esiste: saggio sull'oblio",
    "Документ отсутствует в каталоге: как быть",
    "Такой страницы не существует, или Введение в поиск",
    "Sorry, Not Sorry: Apologies in Dialogue Systems",
    "404 Not Found: On the Half-Life of Web References",
)


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


@pytest.mark.parametrize(("language", "title"), EACH)
def test_a_title_says_that_the_page_is_missing(language, title):
    found = judged(f"{title} | a.example", "a.example")
    assert isinstance(found, Judgement) and found.verdict == "gone"


@pytest.mark.parametrize(("language", "title"), EACH)
def test_such_a_title_is_no_sign_of_life_where_the_host_tells_missing_pages_apart(language, title):
    found = judged(title, "Home, search, shop, contact, imprint. " * 12)
    assert isinstance(found, Doubt) and found.differs.verdict == "unsure"
    assert found.same.verdict == "gone"


@pytest.mark.parametrize("title", INNOCENT)
def test_a_text_about_missing_pages_is_not_missing(title):
    for text in ("A short note of three pages, with a table.", TEXT):
        found = judged(title, text)
        good = found.differs if isinstance(found, Doubt) else found
        assert good.verdict == "alive"


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
