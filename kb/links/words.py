"""The words of pages that are not what was linked: missing, guarded, for sale.

Patterns are bounded, so that no page can make them slow.
"""

import re

_CUT = re.compile(r"\s+[-–—|·•»_:]\s+|\s*[|｜_»]\s*|\s+-\s*|\s*[–—]\s*")


def _whole(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.I)


# Missing pages in other languages, one block a language: whole titles, then sentences.
_MISSING_TITLES = (
    r"(?:fehler|erreur|error|errore|erro|fout|błąd|ошибка|錯誤|错误|エラー|오류)[ :：]{0,2}404",
    r"404[ :：-]{0,3}(?:fehler|erreur|errore?|erro|fout|błąd|ошибка|錯誤|错误|エラー|오류)",
    # Traditional Chinese
    (
        r"(?:(?:很)?抱歉|對不起|哎呀)?[，, ]?(?:(?:您|你)(?:要)?"
        r"(?:訪問|造訪|瀏覽|查看|尋找|找)的|此|該|這個)?"
        r"(?:頁面|網頁|文章|內容|資源|檔案|連結|貼文|帖子|影片|商品)"
        r"(?:不存在|未找到|找不到了?|不見了|已(?:經)?(?:被)?(?:刪除|移除)|已失效|已下架)[！!。]?"
    ),
    r"(?:找不到|查無)(?:該|此|這個|您要的|指定的)?(?:頁面|網頁|文章|內容|頁)[！!。]?",
    # Japanese
    (
        r"(?:(?:お探し|ご指定|指定)(?:の|された))?(?:ページ|記事|ファイル|コンテンツ|url)"
        r"(?:が|は|を)?"
        r"(?:見つかりません(?:でした)?|見つけることができませんでした|存在しません|ありません"
        r"|ございません|削除され(?:ました|ています))[。！]?"
    ),
    # Korean
    (
        r"(?:(?:요청하신|찾으시는|해당|이) )?(?:페이지|문서|게시물|게시글|글|파일|콘텐츠)"
        r"(?:를|을|가|이|은|는)? ?"
        r"(?:찾을 수 없(?:습니다|음|어요|는 페이지)|존재하지 않(?:습니다|음|아요)|삭제되었습니다"
        r"|없습니다|없음)[.!]?"
    ),
    r"(?:존재하지 않는|찾을 수 없는|삭제된) (?:페이지|문서|게시물|글)(?:입니다)?[.!]?",
    # German
    (
        r"(?:(?:die|diese|der|dieser|das) )?(?:(?:angeforderte|gesuchte|gewünschte)s? )?"
        r"(?:seite|datei|artikel|inhalt|dokument) "
        r"(?:(?:wurde|ist|konnte|existiert|leider) ){0,3}"
        r"(?:nicht (?:mehr )?(?:gefunden(?: werden)?|vorhanden|verfügbar)|existiert nicht"
        r"(?: mehr)?|nicht(?: mehr)?|gelöscht)[.!]?"
    ),
    # French
    (
        r"(?:oups ?[!,.]? ?)?(?:cette |la |le |cet |l['’])?"
        r"(?:page|article|document|fichier|contenu) "
        r"(?:(?:demandée?|recherchée?|que vous (?:re)?cherchez) )?"
        r"(?:est |n['’](?:est|a|existe) |a été )?(?:introuvable|non trouvée?|pas "
        r"(?:été )?trouvée?|(?:plus|pas)(?: disponible)?|supprimée?|inexistante?) ?[.!]?"
    ),
    # Spanish, Portuguese, Italian
    (
        r"(?:la |el |esta |este )?(?:p[áa]gina|art[íi]culo|documento|archivo|contenido) "
        r"(?:solicitad[ao] |que buscas? )?"
        r"(?:no (?:(?:ha sido |fue )?encontrad[ao]|existe|(?:está )?disponible|se "
        r"(?:ha )?encontr(?:ó|ado))|inexistente|eliminad[ao])[.!]?"
    ),
    (
        r"(?:a |o |esta |este )?(?:p[áa]gina|artigo|documento|arquivo|conteúdo) "
        r"(?:n[ãa]o (?:(?:foi )?encontrad[ao]|existe|(?:está )?disponível)|removid[ao])[.!]?"
    ),
    (
        r"(?:la )?(?:pagina|documento|file|contenuto) (?:richiest[ao] )?"
        r"(?:non (?:è stat[ao] )?(?:trovat[ao]|esiste|disponibile)|inesistente)[.!]?"
    ),
    # Russian
    (
        r"(?:(?:запрашиваемая|запрошенная|такая|эта|данная|искомая) )?"
        r"(?:страниц[аы]|статья|запись|файл|документ) (?:был[аи]? )?"
        r"(?:не (?:найден[ао]?|существует|обнаружен[ао]?)|удал[её]н[ао]?|недоступ(?:на|ен)"
        r"|больше не существует)[.!]?"
    ),
    # Dutch, Polish, Turkish
    (
        r"pagina niet gevonden[.!]?|(?:strona|nie) (?:nie )?(?:została |znaleziono )?"
        r"(?:znaleziona|istnieje|strony)[.!]?|sayfa bulunamad[ıi][.!]?"
    ),
)
_MISSING_SENTENCES = (
    # Traditional Chinese
    (
        r"(?:頁面|網頁|文章|內容|帖子|貼文|連結|檔案|影片)[^。！]{0,8}?"
        r"(?:不存在|未找到|找不到|不見了|已(?:經)?(?:被)?[^。]{0,6}?(?:刪除|移除)|已失效"
        r"|已下架)"
    ),
    r"(?:找不到|查無|無法找到)[^。！]{0,10}?(?:頁面|網頁|文章|內容|檔案)",
    # Japanese
    (
        r"(?:ページ|記事|ファイル|コンテンツ|url)[^。！]{0,20}?"
        r"(?:見つかりません|見つかりませんでした|見つけることができ|存在しません|存在しない"
        r"|見当たりません|ございません|削除され|公開を終了)"
    ),
    # Korean
    (
        r"(?:페이지|문서|게시물|게시글|파일|콘텐츠|주소)[^.!]{0,20}?"
        r"(?:찾을 수 없|존재하지 않|삭제(?:되었|된|됐))"
    ),
    r"(?:존재하지 않는|찾을 수 없는|삭제된) (?:페이지|문서|게시물|글)",
    # German
    (
        r"(?:seite|datei|artikel|inhalt|dokument|adresse)[^.!?<>]{0,60}?"
        r"(?:nicht (?:mehr )?(?:gefunden|verfügbar|vorhanden|auffindbar)|existiert "
        r"(?:leider )?nicht|wurde (?:gelöscht|entfernt))"
    ),
    # French
    (
        r"(?:page|article|document|fichier|contenu|adresse)[^.!?<>]{0,60}?"
        r"(?:introuvable|n['’]existe (?:pas|plus)|n['’]a (?:pas|pu)[^.]{0,12}?trouvée?"
        r"|n['’]est (?:plus|pas) disponible|a été (?:supprimé|retiré)e?|non trouvée?)"
    ),
    # Spanish, Portuguese, Italian
    (
        r"(?:p[áa]gina|art[íi]culo|documento|archivo|contenido)[^.!?<>]{0,60}?"
        r"(?:no (?:existe|(?:ha sido |fue |pudo ser )?encontrad[ao]|se (?:ha )?"
        r"(?:podido )?encontr\w{1,5}|está disponible|se encuentra)|ha sido "
        r"(?:eliminad|borrad)[ao]|ya no (?:existe|está))"
    ),
    # what stands in one title in any of these languages
    r"diese[sr]? (?:seite|artikel|dokument) gibt es (?:leider )?nicht",
    r"nous n['’]avons pas pu trouver (?:la|cette) page",
    r"так(?:ой страницы|ого документа) (?:больше )?(?:нет|не существует)",
    r"(?:ページ|記事)は現在使われておりません|(?:頁面|網頁)無法顯示",
    r"(?:impossibile trovare|non (?:abbiamo trovato|riusciamo a trovare)) (?:la|questa) pagina",
    r"n[ãa]o (?:foi poss[íi]vel encontrar|encontramos) (?:a|esta|essa) p[áa]gina",
    r"no (?:hemos|se ha|pudimos|podemos) (?:podido )?encontra(?:r|do) (?:la|esa|esta) p[áa]gina",
    (
        r"(?:p[áa]gina|artigo|arquivo|conteúdo)[^.!?<>]{0,60}?n[ãa]o "
        r"(?:existe|foi encontrad[ao]|está (?:mais )?disponível)"
    ),
    (
        r"(?:pagina|contenuto)[^.!?<>]{0,60}?non "
        r"(?:esiste|è stat[ao] trovat[ao]|è (?:più )?disponibile)"
    ),
    # Russian
    (
        r"(?:страниц[аыу]|стать[яи]|запись|файл|документ|адрес)[^.!?<>]{0,40}?"
        r"(?:не (?:найден[ао]?|существует|обнаружен[ао]?)|(?:был[аи]? )?удал[её]н[ао]?"
        r"|больше не существует)"
    ),
    # Dutch, Polish, Turkish
    (
        r"pagina[^.!?<>]{0,40}?(?:niet gevonden|bestaat niet)|stron[ay][^.!?<>]{0,40}?"
        r"(?:nie istnieje|nie została znaleziona)|sayfa[^.!?<>]{0,40}?bulunamad[ıi]"
    ),
)
# More ways to say it, one block a language; each is a whole title without its apology.
_MORE_MISSING_TITLES = (
    # Traditional Chinese
    (
        r"(?:(?:您|你)所?(?:要)?(?:訪問|造訪|瀏覽|查看|尋找|找|請求)的|此|該|這個|本)?"
        r"(?:頁面?|網頁|文章|內容|檔案|連結)"
        r"(?:無法(?:顯示|開啟|瀏覽)|已?不存在(?:或已?(?:被)?(?:移除|刪除))?|走失了|已(?:經)?"
        r"(?:被作者|被)?(?:搬移|移動|移除|刪除)(?:或(?:已)?(?:被)?(?:搬移|移動|移除|刪除))?"
        r"|已過期|已關閉)[！!。]?"
    ),
    r"(?:無法(?:顯示|開啟|找到)|沒有(?:找到)?)(?:此|該|這個|您要的|指定的)?(?:頁面|網頁|文章)[！!。]?",
    # Japanese
    (
        r"(?:(?:お探し|ご指定|指定|該当|ご覧)(?:の|された|する)?|この|こちらの)?"
        r"(?:ページ|記事|ファイル|コンテンツ|url)(?:が|は|を)?(?:現在)?"
        r"(?:使われておりません|使用されておりません|表示(?:でき|することができ)ません|見当たりません"
        r"|存在しないか、?(?:すでに)?削除され(?:ました|ています|た可能性があります)"
        r"|移動または削除され(?:ました|ています|た可能性があります)|公開を?終了(?:しました|しています)"
        r"|終了しました|ありません|ございません|なし)(?:でした)?[。！]?"
    ),
    # Korean
    (
        r"(?:(?:요청하신|찾으시는|해당|이|현재) )?(?:페이지|문서|게시물|게시글|콘텐츠|주소)"
        r"(?:를|을|가|이|은|는)? ?"
        r"(?:표시할 수 없습니다|열 수 없습니다|사라졌습니다|더 이상 (?:존재하지 않습니다|없습니다)"
        r"|(?:이동|삭제|변경)(?:되었거나|되거나|또는) (?:이동|삭제|존재하지 않)"
        r"(?:되었습니다|습니다)|유효하지 않습니다)[.!]?"
    ),
    (
        r"(?:더 이상 )?(?:(?:삭제|이동)되었거나 )?(?:존재하지 않는|찾을 수 없는|삭제된|없는|사라진"
        r"|유효하지 않은|잘못된) (?:페이지|문서|게시물|글|주소)(?:입니다|예요|에요)?[.!]?"
    ),
    # German
    (
        r"(?:die|diese|der|dieser|das|dieses) (?:(?:von ihnen )?(?:angeforderte|gesuchte|gewünschte"
        r"|aufgerufene)[ns]? )?(?:seite|datei|artikel|inhalt|dokument)(?:, (?:die|den|das) "
        r"(?:sie|du) such(?:en|st),)? (?:gibt es (?:hier |leider )?nicht(?: mehr)?"
        r"|(?:existiert|besteht) (?:leider )?nicht(?: mehr)?|(?:wurde|ist) (?:leider )?(?:nicht"
        r"(?: mehr)? (?:gefunden|vorhanden|verfügbar|erreichbar)|(?:verschoben|gelöscht|entfernt)"
        r"(?: oder (?:verschoben|gelöscht|entfernt))?))[.!]?"
    ),
    (
        r"wir (?:konnten|können) (?:die|diese) (?:gesuchte |angeforderte )?seite (?:leider )?"
        r"nicht finden[.!]?"
    ),
    r"(?:keine seite|kein artikel|kein inhalt) gefunden[.!]?",
    r"hier gibt es nichts(?: zu sehen)?[.!]?",
    r"(?:seite|dokument|inhalt) (?:gibt es nicht|fehlt|gelöscht|nicht (?:mehr )?erreichbar)[.!]?",
    # French
    (
        r"(?:cette |la |le |ce |cet |l['’])?(?:page|article|document|fichier|contenu)"
        r"(?: demandée?| recherchée?| que vous (?:re)?cherchez)? "
        r"(?:a été (?:déplacée? ou )?(?:supprimée?|retirée?)(?: ou déplacée?)?"
        r"|n['’](?:existe (?:pas|plus)|a pas été trouvée?|est (?:plus|pas) (?:en ligne"
        r"|disponible|accessible))|est (?:introuvable|indisponible|inexistante?)"
        r"|indisponible|non disponible)[.!]?"
    ),
    (
        r"(?:nous n['’]avons pas (?:pu )?trouvé?e?r?|impossible de trouver|nous ne trouvons pas) "
        r"(?:la|cette|votre) page(?: demandée| recherchée| que vous (?:re)?cherchez)?[.!]?"
    ),
    r"aucune? (?:page|article|contenu) trouvée?[.!]?",
    # Spanish
    (
        r"(?:la |el |esta |este )?(?:p[áa]gina|art[íi]culo|documento|contenido)"
        r"(?: solicitad[ao]| que (?:est[áa]s? )?busca(?:s|ndo)?)? "
        r"(?:(?:ya )?no (?:existe|est[áa] disponible|se encuentra)|ha sido (?:eliminad|movid"
        r"|borrad)[ao](?: o (?:eliminad|movid|borrad)[ao])?|fue eliminad[ao]|no disponible)[.!]?"
    ),
    (
        r"no (?:se (?:ha )?(?:podido )?(?:encontr(?:ó|ado|ar))|hemos (?:podido )?encontra(?:do|r)"
        r"|encontramos|podemos encontrar|existe) (?:la|esa|esta) p[áa]gina"
        r"(?: solicitada| que (?:est[áa]s? )?busca(?:s|ndo)?)?[.!]?"
    ),
    # Portuguese
    (
        r"(?:a |o |esta |este |essa )?(?:p[áa]gina|artigo|documento|conte[úu]do)"
        r"(?: solicitad[ao]| que (?:voc[êe] )?(?:est[áa] )?procura(?:ndo)?)? "
        r"(?:n[ãa]o (?:existe(?: mais)?|foi encontrad[ao]|est[áa] (?:mais )?dispon[íi]vel)"
        r"|foi (?:removid|exclu[íi]d|movid)[ao](?: ou (?:removid|exclu[íi]d|movid)[ao])?"
        r"|indispon[íi]vel|inexistente)[.!]?"
    ),
    (
        r"n[ãa]o (?:foi poss[íi]vel encontrar|encontramos|conseguimos encontrar) "
        r"(?:a|esta|essa) p[áa]gina(?: solicitada| que (?:voc[êe] )?(?:est[áa] )?"
        r"procura(?:ndo)?)?[.!]?"
    ),
    # Italian
    (
        r"(?:la |il |questa |questo |l['’])?(?:pagina|documento|articolo|contenuto)"
        r"(?: richiest[ao]| che (?:stai )?cerca(?:ndo|vi)?| che cerchi)? "
        r"(?:non (?:esiste(?: pi[ùu])?|è (?:pi[ùu] )?disponibile|è stat[ao] trovat[ao]"
        r"|disponibile)|è stat[ao] (?:rimoss|spostat|eliminat|cancellat)[ao]"
        r"(?: o (?:rimoss|spostat|eliminat|cancellat)[ao])?|inesistente)[.!]?"
    ),
    (
        r"(?:impossibile trovare|non (?:abbiamo trovato|riusciamo a trovare|troviamo)) "
        r"(?:la|questa) pagina(?: richiesta| che (?:stai cercando|cerchi))?[.!]?"
    ),
    # Russian
    (
        r"(?:так(?:ой|ого)|данной|этой|запрашиваемой) (?:страницы|статьи|документа|записи) "
        r"(?:больше )?(?:нет|не существует|не найдено)(?: на (?:нашем )?сайте)?[.!]?"
    ),
    r"нет так(?:ой страницы|ого документа|ой статьи)[.!]?",
    (
        r"(?:запрашиваемая |запрошенная )?(?:вами )?(?:страница|статья|запись|файл|документ"
        r"|материал) (?:отсутствует|не найден[ао]?|больше не (?:доступ(?:на|ен)|существует)"
        r"|(?:был[аи]? )?(?:удал[её]н[ао]?|перемещ[её]н[ао]?)(?: или (?:удал[её]н[ао]?"
        r"|перемещ[её]н[ао]?))?)[.!]?"
    ),
    (
        r"(?:мы )?(?:не (?:нашли|можем найти|удалось найти)) (?:так(?:ую|ой)|эту|"
        r"запрашиваемую|запрошенную)? ?страницу[.!]?"
    ),
)
_APOLOGY = re.compile(
    r"(?:(?:we['’]re |we are )?(?:so |very )?sorry|oops|whoops|uh[ -]oh|désolée?s?|nous sommes "
    r"désolés|toutes nos excuses|oups|entschuldigung|leider|ups|hoppla|huch|(?:das )?tut uns leid"
    r"|lo sentimos|lo siento|vaya|perdón|¡?ups|desculpe|lamentamos|op[sa]|siamo spiacenti|spiacenti"
    r"|ci dispiace|извините|простите|к сожалению|упс|ой|申し訳(?:ありません|ございません)(?:が)?"
    r"|すみません|죄송합니다만?|죄송하지만|앗|(?:很|非常)?抱歉|對不起|对不起|哎呀|糟糕)"
    r"[\s,.!！，。、…:：]+",
    re.I,
)
MISSING_TITLE = _whole(
    r"(?:http )?(?:error|status)?:? ?(?:404|410)[.!:, -]{0,3}"
    r"(?:error|(?:page |file )?not found|gone|页面不存在|页面未找到|未找到)?[.!]?",
    r"(?:sorry[,.!]? |oops[,.!]? ){0,2}(?:the |this )?"
    r"(?:page|file|document|article|content|post|resource|site|video|item|question) ?"
    r"(?:was |is |could |can|has |been |does |do |not |n['’]t |be |no |longer )*"
    r"(?:not found|found|exist|exists|removed|deleted|available|missing|gone)[.!]?",
    r"not found[.!]?",
    r"(?:页面|文章|内容|网页|资源|帖子|链接|商品|问题|视频)"
    r"(?:不存在|未找到|找不到|找不到了|不见了|已删除|已被删除|已失效|已下线"
    r"|走丢了)[！!。]?",
    r"(?:抱歉|对不起|哎呀|很抱歉)?[，, ]?(?:您|你)?(?:要)?(?:访问|查看|寻找|找)的"
    r"(?:页面|文章|内容|网页)(?:不存在|找不到了?|未找到|已被?删除|已失效|走丢了)[！!。]?",
    r"找不到(?:该|此)?(?:页面|网页|文章)",
    *_MISSING_TITLES,
    *_MORE_MISSING_TITLES,
)
MISSING_WORDS = _whole(
    r"(?:page|file|document|article|content|post|url|address) "
    r"(?:(?:that )?you (?:are|were|requested|have requested|['’]re) ?"
    r"(?:looking|trying|searching)?[^.!?<>]{0,40}?)?"
    r"(?:could not be found|cannot be found|can['’]t be found|was not found|not found"
    r"|does not exist|doesn['’]t exist|no longer exists?|is no longer available|"
    r"is not available|isn['’]t available|has been (?:removed|deleted)|was "
    r"(?:removed|deleted)|may have been (?:removed|moved|deleted))",
    r"(?:we )?(?:could not|couldn['’]t|can['’]t|cannot) find (?:the|that|this) "
    r"(?:page|article|document)",
    r"\b404\b[^.]{0,20}not found",
    r"\berror 404\b",
    r"there(?:['’]s| is) nothing here",
    r"nothing (?:was )?found here",
    r"(?:页面|文章|内容|网页|帖子|链接)[^。！]{0,8}?"
    r"(?:不存在|未找到|找不到|不见了|已删除|已被[^。]{0,6}删除|已失效|已下线|走丢了)",
    r"找不到[^。！]{0,10}?(?:页面|网页|文章|内容)",
    r"该内容已被发布者删除",
    *_MISSING_SENTENCES,
)
GUARDED_TITLE = _whole(
    r"just a moment[.… ]*",
    r"attention required!?",
    r"(?:security|human|bot|robot) (?:check|verification|challenge)",
    r"(?:are you|i['’]?m not) (?:a )?(?:human|robot|bot)\??",
    r"verify(?:ing)? (?:that )?you are (?:a )?human",
    r"access denied",
    r"captcha",
    r"please wait[.… ]*",
    r"ddos-guard",
    r"checking your browser[.… ]*",
    r"(?:人机|安全|滑动|身份|访问)验证",
    r"验证码",
    r"环境异常",
    r"百度安全验证",
    r"访问受限",
    r"请完成验证",
)
GUARDED_WORDS = _whole(
    r"verify (?:that )?you are (?:a |not a )?(?:human|robot|bot)",
    r"(?:prove|confirm|make sure) (?:that )?you(?:['’]re| are) (?:a |not a )?(?:human|robot|bot)",
    r"checking (?:if the site connection is secure|your browser)",
    r"complete the (?:security check|captcha)",
    r"enable (?:javascript and )?cookies to continue",
    r"unusual traffic from your",
    r"(?:solve|enter|complete|fill in|type) (?:the|this) (?:captcha|characters|code)",
    r"请(?:先)?(?:输入|完成|进行)[^。]{0,8}?验证",
    r"去验证",
    r"访问过于频繁",
    r"环境异常",
    r"(?:人机|安全|滑动|滑块)验证",
    r"拖动[^。]{0,8}?滑块",
    r"按住[^。]{0,6}?滑块",
)
LOGIN_TITLE = _whole(
    r"(?:please )?(?:log|sign) ?-?(?:in|on)(?: (?:to|with) .{1,40}| required| page)?",
    r"login",
    r"(?:用户|账号|帐号|会员)?登[录陆](?:页面|注册)?",
    r"请(?:先)?登[录陆]",
)
LOGIN_WORDS = _whole(
    r"(?:please )?(?:log|sign) ?in to (?:continue|view|see|read|access|proceed)",
    r"(?:you )?(?:must|need to|have to) (?:log|sign) ?in",
    r"请(?:先|您先)?登[录陆]",
    r"登[录陆]后[^。]{0,6}?(?:查看|继续|访问|阅读)",
)
PARKED_WORDS = _whole(
    r"(?:this |the )?domain(?: name)? (?:[\w.-]{1,80} )?"
    r"(?:is|may be|might be|could be) (?:for sale|available for (?:sale|purchase))",
    r"\bbuy this domain",
    r"domain (?:is |has been )?parked",
    r"parked (?:free|domain)",
    r"[\w-]{1,63}\.[a-z]{2,12} is for sale",
    r"domain (?:name )?(?:has )?expired",
    r"(?:make an offer|inquire) (?:on|about|for) this domain",
    r"related (?:searches|links)[^<>]{0,60}privacy policy",
    r"(?:域名|网址)[^。]{0,12}?(?:出售|转让|待售|已过期|停放)",
    r"(?:出售|转让|购买)(?:此|该|本)?域名",
)
PARKING_HOSTS = (
    "sedoparking.com",
    "parkingcrew.net",
    "bodis.com",
    "hugedomains.com",
    "afternic.com",
    "dan.com",
    "above.com",
    "parklogic.com",
    "domainmarket.com",
    "undeveloped.com",
    "buydomains.com",
    "sedo.com",
    "domaincntrol.com",
    "voodoo.com",
    "skenzo.com",
    "uniregistry.com",
    "4.cn",
    "ename.com",
    "juming.com",
)
PARKING_MARKS = (
    "sedoparking.com",
    "parkingcrew.net",
    "window.park =",
    "parking-lander",
    "bodis.com",
    "data-adblockkey=",
    "/_fd?",
    "parklogic.com",
    "afternic.com/forsale",
)
GUARD_MARKS = (
    "g-recaptcha",
    "h-captcha",
    "cf-turnstile",
    "cf-chl-",
    "_cf_chl_opt",
    "challenge-platform",
    "geetest",
    "tcaptcha",
    "__jsl_clearance",
    "acw_sc__v2",
    "arg1=",
    "aliyunwaf",
    "awswafintegration",
    "px-captcha",
    "datadome",
    "incapsula",
)
_QUOTES = "\"'“”‘’「『《»«`"


def title_parts(title: str) -> list[str]:
    """``title`` and its parts between dashes and bars, without spaces around them; each also
    without the apology before it.
    """
    parts = [title.strip(), *(part.strip() for part in _CUT.split(title[:300]))]
    plain = [_APOLOGY.sub("", part, count=1) for part in parts if _APOLOGY.match(part)]
    return [part for part in dict.fromkeys([*parts, *plain]) if part]


def is_called(pattern: re.Pattern[str], *titles: str) -> str:
    """The part of ``titles`` that is an expression of ``pattern`` from end to end, or nothing."""
    return next(
        (
            part
            for title in titles
            for part in title_parts(title)
            if len(part) < 120 and pattern.fullmatch(part)
        ),
        "",
    )


def says(pattern: re.Pattern[str], text: str) -> str:
    """What ``text`` says of ``pattern`` in its own name; a quotation does not count."""
    for found in pattern.finditer(text):
        before, after = (
            text[max(0, found.start() - 2) : found.start()].strip()[-1:],
            text[found.end() : found.end() + 2].strip()[:1],
        )
        if not (before and before in _QUOTES) and not (after and after in "”’」』》"):
            return found[0][:80]
    return ""


def is_about(pattern: re.Pattern[str], text: str) -> str:
    """What ``text`` says of ``pattern`` if that is its first sentence or two fifths of it."""
    said = says(pattern, text)
    start = text.find(said) if said else -1
    opens = 0 <= start <= 24 and text[start + len(said) : start + len(said) + 1] in (
        "",
        *".!,;:。！，；",
    )
    return said if said and (opens or len(said) >= 0.4 * len(text)) else ""
