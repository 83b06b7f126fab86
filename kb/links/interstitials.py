"""Titles of interstitials: pages that stand between a visitor and the text, and name no text."""

import re
import unicodedata
from typing import Literal

Interstitial = Literal[
    "redirect", "wait", "consent", "login", "guard", "error", "browser", "choice"
]


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.I)


# One row a kind. A row names actions and states of a site, never subjects of a text.
_KINDS: dict[Interstitial, re.Pattern[str]] = {
    "redirect": _any(
        r"\bredirect(?:ing|ed|s|ion)?\b",
        r"\b(?:re)?forward(?:ing|ed)\b",
        r"\bmoved (?:permanently|temporarily|to)\b",
        r"\b(?:has|have) (?:been )?moved\b|\b(?:page|site) (?:has )?moved\b",
        r"\b(?:external|outbound|outgoing) (?:link|site)\b|\bexit (?:page|notice)\b",
        r"\b(?:you are|you['’]re) (?:now )?(?:leaving|being)\b",
        r"\bleaving (?:our|this|the) (?:site|website|page)\b",
        r"\b(?:taking|sending) you\b",
        r"\bclick (?:here|to continue)\b",
        r"(?:正在|自动|即将|页面|網頁|网页|自動|即將)(?:为您|為您)?"
        r"(?:跳转|跳轉|转到|前往|離開|离开|打开|重定向)",
        r"跳[转轉](?:中|页面|提示)",
        r"重定向|重新導向|リダイレクト|転送|移動しました|리디렉션|이동 ?중",
        r"\b(?:weiterleitung|weitergeleitet|redirection en cours|redirig|redireccion"
        r"|redireciona)\w*",
        r"перенаправл\w+",
    ),
    "wait": _any(
        r"\b(?:please|pls) (?:wait|hold|stand by)\b",
        r"\b(?:just )?(?:a|one) (?:moment|second|minute)\b",
        r"^loading\b|\bloading ?(?:[.…]|$)",
        r"\b(?:hang|hold) (?:on|tight)\b|\bone (?:more|last) step\b|\balmost there\b",
        r"请稍[候等后]|請稍[候等後]|加载中|載入中|正在加载|正在載入|お待ち|読み込み中|잠시만|로딩",
        r"\bbitte warten\b|\bveuillez patienter\b|\bun (?:instant|momento)\b|\bespere\b"
        r"|\baguarde\b",
        r"подождите|загрузка",
    ),
    "consent": _any(
        r"\bcookies?\b",
        r"\bconsent\b",
        r"\bgdpr\b",
        r"\bbefore (?:you|we) (?:continue|start|go|begin|proceed)\b",
        r"\b(?:your )?privacy (?:is|matters|policy|notice|settings?|choices|options"
        r"|preferences|cent(?:er|re)|gate)\b",
        r"\bwe (?:value|respect|care about) your\b",
        r"\bterms (?:of|and) (?:use|service|conditions)\b",
        r"\b(?:accept|agree)(?: to)? (?:all|our|the|and|terms)\b",
        r"隐私(?:政策|协议|设置|提示)|隱私(?:權|政策)|用户协议|同意并继续|クッキー"
        r"|プライバシー|개인정보|쿠키",
        r"\b(?:datenschutz|einwilligung|zustimmung|consentement|consentimiento|consenso)\w*",
        r"согласие|куки",
    ),
    "login": _any(
        r"\b(?:log|sign)(?:ging|ning)?[ -]?(?:in|on|up|into)\b",
        r"\b(?:login|logon|signin|signup|sso)\b",
        r"\bregister (?:now|here|today|for|to|an?|your)\b|^register$|^registration$",
        r"\b(?:create|open|activate|set up) (?:an?|your|my) (?:free |new )?(?:account|profile)\b",
        r"\bjoin (?:now|us|today|for|free|the)\b|^join \w+$|\bbecome an? \w+\b",
        r"\bsubscri(?:be|ption|bers?)\b",
        r"\b(?:members?|subscribers?)[ -]only\b",
        r"\bmembership (?:required|plans?)\b",
        r"\bwelcome back\b",
        r"\bfree (?:trial|account|access)\b",
        r"\b(?:start|continue|keep) reading\b|\bcontinue (?:to|with|as|on|in)\b",
        r"\bauthentication|\bauthori[sz]ation required\b",
        r"\bpassword\b|\bpaywall\b|\bpurchase access\b|\bget access\b",
        r"登[录陆入錄]|(?:免费|用户|账号|帐号|会员|立即|新用户|會員|免費)?注[册冊]|扫码"
        r"|掃碼|订阅(?:后|以|即可)|会员专[享区]|付费阅读",
        r"ログイン|サインイン|新規登録|会員登録|로그인|회원 ?가입",
        r"\b(?:anmelde|einlogg|registrier)\w*|\b"
        r"(?:se connecter|connexion|s['’]inscrire|inscription)\b",
        r"\b(?:iniciar sesión|inicia sesión|regístrate|accedi|entrar|iniciar sessão)\b",
        r"\b(?:войти|вход|авторизация|регистрация)\b",
    ),
    "guard": _any(
        r"\b(?:human|robot|bot|browser|security|identity|age) "
        r"(?:check|verification|challenge|test)\b",
        r"\bare you (?:a |an |over |at |still |human|\d)|\b"
        r"(?:age|privacy|cookie|login) (?:gate|wall)\b",
        r"\b(?:i['’]?m|you['’]?re|you are) not a\b",
        r"\b(?:verify|confirm|prove|validate|checking|verifying)(?:ing)? "
        r"(?:that |if |you|your|the|it)",
        r"\bcaptcha\b",
        r"\baccess (?:denied|restricted|blocked|forbidden|to this|limited)\b",
        r"\b(?:unusual|suspicious) (?:traffic|activity)\b",
        r"\b(?:request|connection|ip|you)(?: (?:has|have|was|were|been|is|are))* "
        r"(?:blocked|banned|rejected)\b",
        r"\battention required\b|\bddos[ -]",
        r"(?:安全|人机|人機|身份|滑动|滑動|访问|真人|年龄)(?:验证|驗證|校验|检测)"
        r"|验证码|驗證碼|(?:请|請)(?:先)?完成|环境异常|访问(?:受限|过于频繁|被拒绝)",
        r"認証|ロボットではありません|보안 확인",
        r"\b(?:sicherheitsprüfung|zugriff verweigert|accès refusé|acceso denegado)\b"
        r"|доступ (?:запрещ|огранич)\w+",
    ),
    "error": _any(
        r"\b(?:error|http) ?\d{3}\b|^\d{3}\b|^(?:an? )?(?:\w+ )?error(?: occurred| page)?$",
        r"\bnot found\b|\bpage (?:is )?(?:unavailable|missing)\b|\bpage not\b",
        r"\b(?:temporarily|currently|service|site|is) (?:un)?available\b|\bunavailable\b",
        r"\b(?:under|scheduled|down for|site) (?:maintenance|construction)\b",
        r"^(?:oops|sorry|whoops|uh[ -]oh)\b|\bsomething went wrong\b",
        r"\b(?:forbidden|unauthori[sz]ed|bad (?:gateway|request)|too many requests"
        r"|gateway time-?out)\b",
        r"\b(?:session|link|page) (?:has )?(?:expired|timed out)\b",
        r"不存在|未找到|找不到|出错了?|抱歉|对不起|維護|维护(?:中|公告)|无法访问|已过期|暂时无法",
        r"エラー|メンテナンス|見つかりません|오류|점검",
        r"\b(?:fehler|erreur|wartungsarbeiten|nicht gefunden|introuvable|no encontrada"
        r"|mantenimiento)\b|ошибка",
    ),
    "browser": _any(
        r"\b(?:enable|turn on|requires?) (?:javascript|js|cookies)\b",
        r"\b(?:unsupported|outdated|incompatible|update your|upgrade your|your) browser\b",
        r"\bbrowser (?:is )?not supported\b",
        r"\b(?:download|get|install|open|use|view|read|continue)\b.{0,20}\b(?:the|our) "
        r"(?:\w+ )?app\b",
        r"(?:下载|打开|在|前往) ?(?:app|客户端)|浏览器(?:版本|不支持)|請使用|请使用",
    ),
    "choice": _any(
        r"\b(?:choose|select|pick|confirm|set) (?:your|a|an) "
        r"(?:country|region|language|location|edition|store|institution|plan|account)\b",
        r"\b(?:country|region|language) (?:selector|selection)\b",
        r"\bwhere are you\b|\bthank you for\b|\bwelcome to\b",
        r"(?:选择|選擇)(?:您的|你的)?(?:地区|语言|国家|地區|語言|國家)|欢迎(?:来到|访问|光临)",
        r"\b(?:your|you (?:must|will|need to|have to|can|should))\b|^(?:请|請|您|你)",
    ),
}
_WORD = re.compile(r"[^\W\d_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+(?:['’]\w+)?|\d+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_SMALL = frozenset(
    (
        "a an and are as at be being been by for from has have in into is it its new now of on "
        "or our page site that the this to us via was we will with you your"
    ).split()
)
_LEFT, _LEFT_CJK = 4, 10


def interstitial(title: str) -> Interstitial | None:
    """The kind of interstitial that calls itself ``title``; None where it may name a text.

    It names an action, a consent, a login or the like, and hardly anything besides: at most four
    words, or ten Chinese, Japanese or Korean characters, as many as the name of a site needs.
    """
    plain = unicodedata.normalize("NFKC", title)[:300].strip()
    for kind, pattern in _KINDS.items():
        if pattern.search(plain) and _says_little(pattern, plain):
            return kind
    return None


def _says_little(pattern: re.Pattern[str], title: str) -> bool:
    """Whether hardly anything is left of ``title`` without the words of an interstitial."""
    rest = title
    for other in (pattern, *_KINDS.values()):
        rest = other.sub(" ", rest)
    words = [word for word in _WORD.findall(rest.casefold()) if word not in _SMALL]
    return len(words) <= _LEFT and len(_CJK.findall(rest)) <= _LEFT_CJK
