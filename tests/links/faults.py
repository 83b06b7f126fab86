"""Every fault of links, and pages that only look like one: what is served, and the verdict."""

import datetime
import email.utils
import gzip
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from kb.ledger.look import Verdict
from tests.links.world import (
    PRIVATE,
    TEXT,
    ZH_TEXT,
    Reply,
    Request,
    World,
    after,
    bomb,
    by,
    closes,
    drips,
    http,
    once,
    page,
    resets,
    says,
)


@dataclass(frozen=True, slots=True)
class Fault:
    """``reply`` stands at ``path`` of a host of its own (or of ``host``), or everywhere there;
    ``url`` is looked at, that page if it is not said.
    """

    reply: Reply | None
    verdict: Verdict
    reason: str = ""
    host: str = ""
    path: str = "/text/page.html"
    everywhere: bool = False
    url: str = ""
    tries: int | None = None
    final: str = ""


def to(where: str, status: int = 302, **headers: str) -> Reply:
    """A redirect; `{port}` and `{host}` stand for the own ones."""

    def choose(request: Request) -> bytes:
        host, _, port = request.headers["host"].rpartition(":")
        return http(
            status, "", Location=where.replace("{port}", port).replace("{host}", host), **headers
        )

    return by(choose)


def chain(length: int, status: int = 302, end: bytes = http(200, page("The end"))) -> Reply:
    """Redirects from `?n=0` to `?n=length`."""

    def choose(request: Request) -> bytes:
        step = int(re.search(r"n=(\d+)|$", request.path)[1] or 0)
        return (
            end
            if step >= length
            else http(status, "", Location=f"{request.path.split('?')[0]}?n={step + 1}")
        )

    return by(choose)


def with_cookie(name: str, good: str) -> Reply:
    """Nothing but a redirect to itself until the cookie comes back."""
    return by(
        lambda request: (
            http(200, good)
            if f"{name}=" in request.headers.get("cookie", "")
            else http(302, "", Location=request.path, Set_Cookie=f"{name}=1; Path=/; HttpOnly")
        )
    )


def honest(body: str, path: str = "/text/page.html") -> Reply:
    """This page at its own address, a proper 404 anywhere else."""
    return by(
        lambda request: (
            http(200, body)
            if request.path == path
            else http(404, page("Not found", "No such page."))
        )
    )


STUB = (
    "<!doctype html><title>Redirecting</title>{1}<META content=\"{0}\" Http-Equiv='Refresh'>"
    "<p><a href=/new/place.html>Here</a></p>"
)


def stub(content: str, text: str = "", head: str = "") -> Reply:
    """A page that sends browsers on; `{port}` and `{host}` stand for the own ones."""

    def choose(request: Request) -> bytes:
        host, _, port = request.headers["host"].rpartition(":")
        said = content.replace("{port}", port).replace("{host}", host)
        return http(200, STUB.format(said, head) + text)

    return by(choose)


def soon() -> str:
    return email.utils.format_datetime(
        datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=2), usegmt=True
    )


def gbk(title: str, text: str, charset: str = "gb2312", header: bool = True) -> bytes:
    body = page(title, text).replace("charset=utf-8", f"charset={charset}").encode("gb18030")
    return http(200, body, kind=f"text/html; charset={charset}" if header else "text/html")


def wechat(inside: str, title: str = "模型剪枝综述", rest: str = "") -> bytes:
    return http(
        200,
        f"<html><head><meta property='og:title' content='{title}'/><title></title><script>"
        f"var msg_title = '{title}'.html(false);</script></head><body><div "
        f"id='js_article'>{inside}</div>{rest}</body></html>",
    )


def wechat_note(words: str) -> bytes:
    return http(
        200,
        "<html><head><title></title><script>var x = "
        f"'{ZH_TEXT}'</script></head><body><div class='weui-msg'><h2>{words}</h2><p>"
        "微信公众平台运营中心</p></div></body></html>",
    )


def many(body: str) -> Reply:
    """The same for every address, which the page even names."""
    return by(lambda request: http(200, body.replace("{path}", request.path)))


LONG = TEXT * 3
QUOTES = (
    "People hate it when a page says “Page not found” or “This domain is for sale”. Others "
    "say 404 Not Found, complete the captcha, verify you are human, or 环境异常 and 去验证; "
    "WeChat says 该内容已被发布者删除. "
) + TEXT
SHORT_QUOTE = (
    "When a server has nothing to show it should say “page not found” and mean it. We "
    "measured how many of them lie, and how a checker can tell them from honest ones. Read "
    "on in the report."
)
BIG = page("Big", TEXT) + "<p>" + "more text " * 400_000

FAULTS: dict[str, Fault] = {
    # plain answers
    "a good page": Fault(says(http(200, page("Pruning"))), "alive", "200 OK", tries=1),
    "a good page in pieces": Fault(
        closes(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n5\r\n<p>He\r\n4\r\nllo \r\n0\r\n\r\n"
        ),
        "alive",
    ),
    "a good page in HTTP/1.0": Fault(
        closes(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + page("Old").encode()),
        "alive",
    ),
    "a good page, packed": Fault(
        says(http(200, gzip.compress(page("Packed").encode()), Content_Encoding="gzip")), "alive"
    ),
    "a good page that says brotli": Fault(
        says(http(200, b"\x8b\x02\x80abc", Content_Encoding="br")), "alive"
    ),
    "a short good page": Fault(honest("<title>Notes</title><p>Hi.</p>"), "alive"),
    "a paper": Fault(
        says(http(200, b"%PDF-1.5\n" + bytes(range(256)) * 10, kind="application/pdf")), "alive"
    ),
    "data": Fault(says(http(200, '{"rows": []}', kind="application/json")), "alive"),
    "a page without a type": Fault(
        closes(b"HTTP/1.1 200 OK\r\n\r\n" + page("Typeless").encode()), "alive"
    ),
    "a page in GB 2312 by its header": Fault(says(gbk("剪枝综述", ZH_TEXT)), "alive"),
    "a page in GBK by its meta": Fault(
        says(gbk("剪枝综述", ZH_TEXT, "gbk", header=False)), "alive"
    ),
    "an unheard-of charset": Fault(
        says(http(200, page("Odd"), kind="text/html; charset=rot13")), "alive"
    ),
    "HEAD is refused": Fault(
        by(lambda request: http(405) if request.method == "HEAD" else http(200, page("Get me"))),
        "alive",
    ),
    "HEAD says gone": Fault(
        by(lambda request: http(404) if request.method == "HEAD" else http(200, page("Get me"))),
        "alive",
    ),
    "HEAD never ends": Fault(by(lambda request: http(200, page("Get me"))), "alive"),
    "a slow page": Fault(after(0.4, says(http(200, page("Slow")))), "alive", tries=1),
    "a page with a fragment": Fault(
        says(http(200, page("Part"))), "alive", url="http://{host}:{port}/text/page.html#part-2"
    ),
    "a path in Chinese": Fault(
        says(http(200, page("剪枝"))),
        "alive",
        path="/%E5%89%AA%E6%9E%9D",
        url="http://{host}:{port}/剪枝",
    ),
    "404": Fault(says(http(404, page("Gone"))), "gone", "404 Not Found, twice", tries=2),
    "410": Fault(says(http(410)), "gone", "410 Gone, twice"),
    "451": Fault(says(http(451)), "gone", "451 Unavailable For Legal Reasons, twice"),
    "404 that never ends": Fault(
        drips(b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\nno"),
        "gone",
        "404 Not Found",
    ),
    "404 once, then good": Fault(says(http(404), http(200, page("Back"))), "alive", tries=2),
    "503, then 404, then good": Fault(
        says(http(503), http(404), http(200, page("Back"))), "alive", tries=3
    ),
    "404, then 503": Fault(says(http(404), http(503)), "unsure", "503"),
    "401": Fault(says(http(401, WWW_Authenticate="Basic")), "blocked", "401 Unauthorized", tries=1),
    "403": Fault(
        says(http(403, page("403 Forbidden", "No."))), "blocked", "403 Forbidden", tries=1
    ),
    "412": Fault(says(http(412)), "blocked", "412"),
    "418": Fault(says(http(418)), "blocked", "418"),
    "999": Fault(says(http(999, page("Denied", "Request denied."))), "blocked", "999"),
    "999 at LinkedIn": Fault(says(http(999)), "blocked", "999", host="www.linkedin.com"),
    "408": Fault(says(http(408)), "unsure", "408 Request Timeout", tries=3),
    "425": Fault(says(http(425)), "unsure", "425"),
    "400": Fault(says(http(400)), "unsure", "400 Bad Request", tries=1),
    "405": Fault(says(http(405)), "unsure", "405"),
    "500": Fault(says(http(500)), "unsure", "500 Internal Server Error", tries=3),
    "502": Fault(says(http(502)), "unsure", "502"),
    "503": Fault(says(http(503)), "unsure", "503"),
    "504": Fault(says(http(504)), "unsure", "504"),
    "521, nobody at home": Fault(
        says(http(521, page("521", "Web server is down"))), "unsure", "521"
    ),
    "521 with a script cookie": Fault(
        says(
            http(
                521,
                "<script>document.cookie='a=1';location.reload()</script>",
                Set_Cookie="__jsluid=1",
            )
        ),
        "blocked",
        "521",
    ),
    "521 at CSDN": Fault(says(http(521)), "blocked", "521", host="blog.csdn.net"),
    "a status that nobody knows": Fault(says(http(799)), "unsure", "799"),
    "204": Fault(says(b"HTTP/1.1 204 No Content\r\n\r\n"), "unsure", "nothing in it"),
    "304 unasked": Fault(says(b"HTTP/1.1 304 Not Modified\r\n\r\n"), "unsure", "304"),
    # flaky
    "500 twice, then good": Fault(
        says(http(500), http(500), http(200, page("Up again"))), "alive", tries=3
    ),
    "a reset, then good": Fault(
        once(resets(), says(http(200, page("Up again")))), "alive", tries=2
    ),
    "an empty reply, then good": Fault(
        once(closes(), says(http(200, page("Up again")))), "alive", tries=2
    ),
    "a hang, then good": Fault(
        once(after(60, says(b"")), says(http(200, page("Up again")))), "alive", tries=2
    ),
    "429 with seconds, then good": Fault(
        says(http(429, Retry_After="1"), http(200, page("Patience"))), "alive", tries=1
    ),
    "429 with a date, then good": Fault(
        by(
            lambda request: (
                http(429, Retry_After=soon()) if request.visit == 1 else http(200, page("Patience"))
            )
        ),
        "alive",
        tries=1,
    ),
    "503 with seconds, then good": Fault(
        says(http(503, Retry_After="1"), http(200, page("Patience"))), "alive", tries=1
    ),
    "429 for ever": Fault(says(http(429, Retry_After="0")), "unsure", "429"),
    "429 without a time": Fault(says(http(429)), "unsure", "429 Too Many Requests", tries=3),
    "429 for a day": Fault(
        says(http(429, Retry_After="86400")), "unsure", "asks to wait 86400 s", tries=1
    ),
    "429 with nonsense": Fault(
        says(http(429, Retry_After="soon"), http(429, Retry_After="-5"), http(200, page("Fine"))),
        "alive",
    ),
    # redirects
    "moved for good": Fault(
        to("/new/place.html", 301), "moved", "moved for good to http://", final="/new/place.html"
    ),
    "moved for good, 308": Fault(to("/new/place.html", 308), "moved", final="/new/place.html"),
    "moved for now": Fault(to("/new/place.html"), "alive", final="/new/place.html"),
    "moved for now, then for good": Fault(to("/hop/301"), "alive", final="/new/place.html"),
    "moved to what is gone": Fault(to("/nowhere/at/all", 301), "gone", "404 Not Found"),
    "moved to another host": Fault(
        to("http://elsewhere.example:{port}/new/place.html", 301), "moved", "elsewhere.example"
    ),
    "a relative target with dots": Fault(to("../new/place.html"), "alive", final="/new/place.html"),
    "a target without a scheme": Fault(to("//elsewhere.example:{port}/new/place.html"), "alive"),
    "a target in raw Chinese": Fault(
        closes("HTTP/1.1 302 Found\r\nLocation: /剪枝\r\nContent-Length: 0\r\n\r\n".encode()),
        "alive",
        host="raw.example",
    ),
    "a redirect to nowhere": Fault(says(http(302)), "unsure", "302 Found"),
    "a chain of nine": Fault(chain(9), "alive", "redirects to"),
    "a chain of ten": Fault(chain(10), "alive"),
    "a chain of twelve": Fault(chain(12), "unsure", "more than 10 redirects", tries=1),
    "an endless chain": Fault(chain(10**9, 301), "unsure", "more than 10 redirects"),
    "a loop": Fault(to("/text/page.html"), "gone", "redirects in a loop, twice"),
    "a loop of two": Fault(to("/hop/back"), "gone", "redirects in a loop"),
    "a redirect to a file": Fault(to("file:///etc/passwd"), "gone", "another scheme, `file`"),
    "a redirect to a script": Fault(
        to("javascript:alert(1)"), "gone", "another scheme, `javascript`"
    ),
    "a redirect to nonsense": Fault(to("http://[::1/"), "unsure", "not a valid address"),
    "a redirect to a private address": Fault(
        to(f"http://{PRIVATE}:{{port}}/secret"), "unsure", "not a public address", tries=1
    ),
    "a redirect to metadata": Fault(
        to("http://169.254.169.254/latest/meta-data/"), "unsure", "not a public address"
    ),
    "a redirect to a private address as one number": Fault(
        to("http://2130706689:{port}/secret"), "unsure", "not a public address"
    ),
    "a redirect to a wrapped private address": Fault(
        to(f"http://[::ffff:{PRIVATE}]:{{port}}/secret"), "unsure", "not a public address"
    ),
    "a redirect to a name with a private address": Fault(
        to("http://inside.example:{port}/secret"), "unsure", "not a public address"
    ),
    "a redirect to a closed port": Fault(
        to("http://{host}:22/"), "unsure", "port 22 is not allowed"
    ),
    "a redirect to the home page": Fault(to("/"), "unsure", "redirects to the home page"),
    "a redirect to a home page in English": Fault(
        to("/en/index.html", 301), "unsure", "redirects to the home page"
    ),
    "a redirect to the home page that says why": Fault(
        to("/?from=old"), "unsure", "redirects to the home page"
    ),
    "a redirect to a page at the root": Fault(to("/?p=123"), "alive"),
    "a redirect with a blank in it": Fault(
        to("/new/the place.html"), "alive", final="/new/the%20place.html"
    ),
    "a redirect to a page for missing ones": Fault(
        to("/errors/404.html?was=1"), "gone", "for what is missing"
    ),
    "a redirect to a login in Java": Fault(
        to("/account/userLogin.do?x=1"), "blocked", "redirects to a login"
    ),
    "a redirect to a login": Fault(
        to("/login?next=/text/page.html"), "blocked", "redirects to a login"
    ),
    "a redirect to a login elsewhere": Fault(
        to("http://passport.example:{port}/?from=1"), "blocked", "redirects to a login"
    ),
    "a redirect to a captcha": Fault(
        to("/showcaptcha?retpath=1"), "blocked", "redirects to a captcha"
    ),
    "a redirect to a parked domain": Fault(
        to("http://ww1.parked.example:{port}/?sub=1"), "gone", "parked at ww1.parked.example"
    ),
    "a cookie wall that opens": Fault(
        with_cookie("seen", page("Behind the wall")), "alive", tries=1
    ),
    "a cookie wall that stays": Fault(
        to("/text/page.html", 302, Set_Cookie="a=1"), "unsure", "redirects in a loop and sets"
    ),
    "a cookie wall of two": Fault(
        to("/hop/back", 302, Set_Cookie="a=1"), "unsure", "redirects in a loop and sets"
    ),
    "a redirect longer than any address": Fault(
        to("/new/place.html?" + "x" * 9000), "unsure", "more than 8,192 characters", tries=1
    ),
    "a redirect as long as an address may be": Fault(
        to("/text/page.html/" + "x" * 7000), "gone", "404"
    ),
    "a redirect to port 0": Fault(to("http://{host}:0/"), "unsure", "port 0 is not allowed"),
    "port 0": Fault(None, "unsure", "port 0 is not allowed", url="http://a.example:0/", tries=1),
    # pages that send browsers on
    "a stub": Fault(stub("0; url=/new/place.html"), "alive", final="/new/place.html"),
    "a stub that waits": Fault(stub("5;URL='/new/place.html'"), "alive", final="/new/place.html"),
    "a page that goes on later": Fault(
        stub("6; url=/nowhere", LONG), "alive", "200 OK", final="/text/page.html"
    ),
    "a stub to what is gone": Fault(stub("0; url=/hop/410"), "gone", "410 Gone, twice"),
    "a stub to nowhere": Fault(stub("0; url=../no/such.html"), "gone", "404"),
    "a stub to a stub to a redirect": Fault(
        stub("0; url=/hop/stub"), "alive", final="/new/place.html"
    ),
    "a stub with a base": Fault(
        stub("0; url=place.html", head="<base href='/new/'>"), "alive", final="/new/place.html"
    ),
    "stubs in a loop": Fault(stub("0; url=/hop/back"), "gone", "redirects in a loop"),
    "a stub to itself": Fault(stub("0; url=/text/page.html"), "unsure", "Redirecting"),
    "a page that loads itself again": Fault(stub("5; url=/text/page.html", LONG), "alive"),
    "a stub that sets a cookie": Fault(
        by(
            lambda request: (
                http(200, page("Behind the wall"))
                if "seen=" in request.headers.get("cookie", "")
                else http(200, STUB.format("0;url=/text/page.html", ""), Set_Cookie="seen=1")
            )
        ),
        "alive",
        tries=1,
    ),
    "a stub to a private address": Fault(
        stub(f"0; url=http://{PRIVATE}:{{port}}/secret"), "unsure", "not a public address", tries=1
    ),
    "a stub to a closed port": Fault(stub("0; url=http://{host}:22/"), "unsure", "port 22"),
    "a stub to an app": Fault(stub("0; url=weixin://dl/x"), "unsure", "Redirecting"),
    "a stub to the home page": Fault(stub("0; url=/"), "unsure", "redirects to the home page"),
    "a stub to a login": Fault(stub("0; url=/login?next=/text/page.html"), "blocked", "a login"),
    "a stub to a captcha": Fault(stub("0; url=/showcaptcha?retpath=1"), "blocked", "a captcha"),
    "a stub longer than any address": Fault(
        stub("0; url=/new/" + "x" * 9000), "unsure", "more than 8,192 characters"
    ),
    "a stub by its header": Fault(
        says(http(200, page("Redirecting", ""), Refresh="0; url=/new/place.html")),
        "alive",
        final="/new/place.html",
    ),
    "an error that sends browsers on": Fault(
        says(http(404, "<meta http-equiv=refresh content='0;url=/new/place.html'>")), "gone", "404"
    ),
    "a consent page": Fault(
        honest(page("Before you continue to YouTube", "Accept all. Reject all.")), "blocked"
    ),
    "a page to sign up": Fault(honest(page("Sign up for free", "Name, mail.")), "blocked"),
    "a page that only redirects by a script": Fault(
        honest(page("You are being redirected", "If not, click here.")), "unsure", "redirected"
    ),
    # broken answers
    "an empty reply": Fault(closes(), "unsure", "without an answer", tries=3),
    "a reset": Fault(resets(), "unsure", "broke the connection off", tries=3),
    "a reset in the middle": Fault(
        resets(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<p>He"), "unsure"
    ),
    "a reply cut off": Fault(
        closes(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<p>Hello"),
        "unsure",
        "cut off",
        tries=3,
    ),
    "pieces cut off": Fault(
        closes(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>He\r\n4\r\nl"),
        "unsure",
        "cut off",
    ),
    "not HTTP": Fault(closes(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"), "unsure", "not HTTP"),
    "noise": Fault(closes(bytes(range(128, 256)) * 30), "unsure"),
    "endless headers": Fault(
        drips(b"HTTP/1.1 200 OK\r\n", b"X-Pad: " + b"x" * 60_000 + b"\r\n", 0.001), "unsure"
    ),
    "an empty page": Fault(says(http(200)), "unsure", "nothing in it", tries=3),
    "a blank page": Fault(says(http(200, "<html><body>  </body></html>")), "unsure", "blank"),
    "a bad length": Fault(
        closes(b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nhello"), "unsure", "not HTTP"
    ),
    "broken packing": Fault(
        says(http(200, b"\x1f\x8b\x08\x00garbage", Content_Encoding="gzip")),
        "unsure",
        "nothing in it",
    ),
    "silence": Fault(after(60, says(b"")), "unsure", "no answer within 6 s", tries=3),
    "a drip": Fault(
        drips(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>He"),
        "unsure",
        "not complete within 6 s",
    ),
    "dripping headers": Fault(
        drips(b"HTTP/1.1 200 OK\r\nX-Slow: "), "unsure", "no answer within 6 s"
    ),
    # big
    "a huge page": Fault(says(http(200, BIG)), "alive"),
    "an endless page": Fault(
        drips(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page("Endless").encode(),
            b"<p>more</p>" * 5000,
            0.001,
        ),
        "alive",
    ),
    "a bomb": Fault(by(lambda _: bomb()), "unsure", "nothing in it"),
    "a bomb in a bomb": Fault(by(lambda _: bomb(layers=2)), "unsure", "nothing in it"),
    "a bomb behind a good page": Fault(
        by(
            lambda _: http(
                200,
                gzip.compress(page("Fine").encode() + b" " * (100 << 20)),
                Content_Encoding="gzip",
            )
        ),
        "alive",
    ),
    "ten layers of packing": Fault(
        says(http(200, b"x", Content_Encoding=", ".join(["gzip"] * 10))), "unsure", "nothing in it"
    ),
    "a million open tags": Fault(
        says(http(200, gzip.compress(b"<a" * 130_000), Content_Encoding="gzip")), "alive"
    ),
    "a tag without end": Fault(
        says(http(200, gzip.compress(b"<" + b"a" * 250_000), Content_Encoding="gzip")), "alive"
    ),
    # addresses
    "no such host": Fault(
        None, "gone", "does not exist, 3 times", url="http://no-such-host.invalid/", tries=3
    ),
    "a refused port": Fault(
        None, "gone", "refuses the connection, 3 times", url="http://127.0.0.3:{closed}/", tries=3
    ),
    "a private host": Fault(
        None, "unsure", "not a public address", url=f"http://{PRIVATE}:{{port}}/", tries=1
    ),
    "a private name": Fault(
        None, "unsure", "not a public address", url="http://inside.example:{port}/", tries=1
    ),
    "a port that is not allowed": Fault(
        None, "unsure", "port 22 is not allowed", url="http://a.example:22/"
    ),
    "another scheme": Fault(
        None, "unsure", "scheme `ftp` is not looked at", url="ftp://a.example/x"
    ),
    "no address": Fault(None, "unsure", "not a valid address", url="http://"),
    "a port out of range": Fault(
        None, "unsure", "not a valid address", url="http://a.example:99999/"
    ),
    "IPv6": Fault(says(http(200, page("Six"))), "alive", host="[::1]", path="/six/page.html"),
    "a certificate of nobody": Fault(
        None, "unsure", "no trusted TLS connection", url="https://127.0.0.1:{tls}/", tries=3
    ),
    "TLS where plain HTTP is spoken": Fault(None, "unsure", url="https://127.0.0.1:{port}/"),
    "plain HTTP where TLS is spoken": Fault(None, "unsure", url="http://127.0.0.1:{tls}/"),
    "a name that moves to a private address": Fault(
        to("/text/page.html?again", Connection="close"),
        "unsure",
        "not a public address",
        host="flips.example",
    ),
    "a name with a private address among others": Fault(
        says(http(200, page("Mixed"))), "alive", host="mixed.example"
    ),
    # soft 404
    "a soft 404 by its title": Fault(
        many(page("404 Not Found - Example", "The page {path} could not be found on this server.")),
        "gone",
        "404 Not Found",
        everywhere=True,
    ),
    "a soft 404 in words": Fault(
        many(
            page(
                "Example",
                "Sorry, the page you were looking for does not exist. Back to the home page.",
            )
        ),
        "gone",
        "does not exist",
        everywhere=True,
    ),
    "a soft 404 in words, long": Fault(
        many(
            page(
                "Example",
                "Welcome to our site. We are sorry, but the page you requested could not be found. "
                + TEXT[:700],
            )
        ),
        "gone",
        "could not be found",
        everywhere=True,
    ),
    "a soft 404 in Chinese": Fault(
        many(page("页面不存在", "抱歉，您访问的页面不存在或已被删除。返回首页")),
        "gone",
        "页面不存在",
        everywhere=True,
    ),
    "a soft 404 in Chinese, by words": Fault(
        many(page("某某技术社区", "抱歉，您访问的文章已被删除，去首页看看吧")),
        "gone",
        everywhere=True,
    ),
    "a soft 404 in GBK": Fault(
        says(gbk("页面不存在", "抱歉，您访问的页面不存在")), "gone", everywhere=True
    ),
    "a soft 404 at one address only": Fault(
        honest(page("Example", "Sorry, the page you were looking for does not exist.")),
        "gone",
        "does not exist",
    ),
    "a soft 404 in plain text": Fault(
        by(lambda request: http(200, "404 page not found", kind="text/plain")),
        "gone",
        everywhere=True,
    ),
    "a redirect to a soft 404": Fault(to("/error/sorry.html"), "gone", "Page not found"),
    "one page for everything": Fault(
        many(page("Our company", TEXT)), "unsure", "says nothing", everywhere=True
    ),
    "a shell for everything": Fault(
        many("<title>App</title><div id=app></div><script src=/app.js></script>"),
        "unsure",
        "says nothing",
        everywhere=True,
    ),
    "the home page of a host that shows it everywhere": Fault(
        many(page("Our company", TEXT)), "alive", everywhere=True, url="http://{host}:{port}/"
    ),
    "a host that shows other pages everywhere": Fault(
        by(
            lambda request: http(
                200,
                page(
                    f"On {request.path[-8:]}",
                    f"{request.path} " * 50 if "kb-links" in request.path else TEXT,
                ),
            )
        ),
        "alive",
        everywhere=True,
    ),
    "half a soft 404 on a host that is honest": Fault(
        honest(
            page(
                "Example",
                "Oops! The page you were looking for could not be found. Here are some that can: "
                + TEXT[:300],
            )
        ),
        "unsure",
        "could not be found",
    ),
    # walls
    "Cloudflare": Fault(
        says(http(403, page("Just a moment..."), cf_mitigated="challenge")), "blocked", "a bot wall"
    ),
    "Cloudflare with 503": Fault(
        says(
            http(503, page("Just a moment...", "Checking your browser"), cf_mitigated="challenge")
        ),
        "blocked",
        tries=1,
    ),
    "a wall with 503 and no header": Fault(
        says(http(503, page("Just a moment...", "Enable JavaScript and cookies to continue"))),
        "blocked",
        "bot wall",
    ),
    "a captcha with 200": Fault(
        says(
            http(
                200,
                page(
                    "Security check",
                    "Please verify you are a human by completing the captcha below.",
                ),
            )
        ),
        "blocked",
        "captcha",
    ),
    "a captcha in Chinese": Fault(
        says(http(200, page("安全验证", "请完成安全验证后继续访问"))), "blocked", "captcha"
    ),
    "a captcha in words": Fault(
        says(http(200, page("Example", "To continue, please complete the security check."))),
        "blocked",
    ),
    "a captcha in Chinese words": Fault(
        says(http(200, page("某网站", "请拖动下方滑块完成验证"))), "blocked"
    ),
    "a captcha on every address": Fault(
        many(
            page(
                "Example",
                "Our systems have detected unusual traffic from your network. " + TEXT[:600],
            )
        ),
        "blocked",
        everywhere=True,
    ),
    "a page of nothing but a script": Fault(
        says(http(200, "<html><script>document.cookie='k=1';location.reload();</script></html>")),
        "blocked",
        "a script",
    ),
    "a login with 200": Fault(
        says(http(200, page("Sign in", "Sign in to continue <input type=password>"))),
        "blocked",
        "log in",
    ),
    "a login in Chinese": Fault(
        says(http(200, page("用户登录", "请先登录后查看 <input type='password' name=p>"))),
        "blocked",
        "log in",
    ),
    "an AWS wall": Fault(
        says(http(202, "<script>x</script>", x_amzn_waf_action="challenge")), "blocked"
    ),
    # parked
    "a parked domain": Fault(
        many(page("parked.example", "parked.example is for sale! Buy this domain now.")),
        "gone",
        "parked",
        everywhere=True,
    ),
    "a parked domain in Chinese": Fault(
        many(page("域名出售", "该域名正在出售，联系我们购买此域名")),
        "gone",
        "parked",
        everywhere=True,
    ),
    "a parked domain with adverts": Fault(
        many(
            page(
                "parked",
                "Related searches: shoes, insurance, loans. This domain may be for sale. "
                + TEXT[:500],
                "<script>window.park = 'x'</script>",
            )
        ),
        "gone",
        "parked",
        everywhere=True,
    ),
    "a domain that was sold": Fault(
        to("http://newowner.example:{port}/lander.html"), "gone", "parked"
    ),
    # what only looks like a fault
    "an article that quotes all of it": Fault(honest(page("How the web says no", QUOTES)), "alive"),
    "a short article that quotes": Fault(honest(page("On honest servers", SHORT_QUOTE)), "alive"),
    "an article on captchas": Fault(
        honest(
            page(
                "How captchas work: verify you are human",
                "To complete the captcha a reader must verify that you are human. " + TEXT,
            )
        ),
        "alive",
    ),
    "an article on 404 pages": Fault(
        honest(
            page(
                "The history of the 404 Not Found page",
                "The page you requested could not be found: who wrote that first? " + LONG,
            )
        ),
        "alive",
    ),
    "an article called 404 Not Found": Fault(honest(page("404 Not Found", LONG)), "alive"),
    "an article on parked domains": Fault(
        honest(
            page(
                "This domain is for sale: a study",
                "Most of them say “buy this domain”. This domain is for sale, they say. " + LONG,
            )
        ),
        "alive",
    ),
    "an article in Chinese on deletion": Fault(
        honest(
            page(
                "为什么文章会消失",
                "很多链接打开后只有一句话：「该内容已被发布者删除」，或者提示环境异常、请完成验证。"
                + ZH_TEXT,
            )
        ),
        "alive",
    ),
    "a page with a login in its corner": Fault(
        honest(page("Pruning", TEXT + "<input type=password><button>Log in</button>")), "alive"
    ),
    "a login that was linked": Fault(
        says(http(200, page("Our login page", TEXT))), "alive", path="/login"
    ),
    "a page that was linked by its home": Fault(to("/en/"), "alive", path="/"),
    # sites
    "WeChat, an article": Fault(
        says(wechat(f"<div id='js_content'>{ZH_TEXT}</div>")),
        "alive",
        host="mp.weixin.qq.com",
        path="/s/good",
    ),
    "WeChat, an article that quotes": Fault(
        says(
            wechat(
                "<div "
                "id='js_content'>"
                f"打开后提示该内容已被发布者删除，或环境异常，去验证。{ZH_TEXT}</div>"
            )
        ),
        "alive",
        host="mp.weixin.qq.com",
        path="/s/quotes",
    ),
    "WeChat, an article of pictures": Fault(
        says(
            wechat(
                "<div class='rich_media_content'><img data-src='a.png'><img data-src='b.png'></div>"
            )
        ),
        "alive",
        host="mp.weixin.qq.com",
        path="/s/pictures",
    ),
    "WeChat, an article cut before its text": Fault(
        says(wechat("<style>" + "p{}" * 60_000 + "</style>")),
        "alive",
        host="mp.weixin.qq.com",
        path="/s/long",
    ),
    "WeChat, deleted": Fault(
        says(wechat_note("该内容已被发布者删除")),
        "gone",
        "该内容已被发布者删除",
        host="mp.weixin.qq.com",
        path="/s/deleted",
        tries=2,
    ),
    "WeChat, against the rules": Fault(
        says(wechat_note("此内容因违规无法查看")),
        "gone",
        "此内容因违规无法查看",
        host="mp.weixin.qq.com",
        path="/s/rules",
    ),
    "WeChat, account banned": Fault(
        says(wechat_note("此账号已被屏蔽, 内容无法查看")),
        "gone",
        "此账号已被屏蔽",
        host="mp.weixin.qq.com",
        path="/s/banned",
    ),
    "WeChat, account left": Fault(
        says(wechat_note("此帐号已自主注销，内容无法查看")),
        "gone",
        "此帐号已自主注销",
        host="mp.weixin.qq.com",
        path="/s/left",
    ),
    "WeChat, deleted, with a word on verification": Fault(
        says(wechat_note("该内容已被发布者删除<p>去验证</p>")),
        "gone",
        "该内容已被发布者删除",
        host="mp.weixin.qq.com",
        path="/s/both",
    ),
    "WeChat, captcha page": Fault(
        to(
            "/mp/wappoc_appmsgcaptcha?poc_token=x&target_url=https%3A%2F%2Fmp.weixin.qq.com%2Fs%2Fx"
        ),
        "blocked",
        "captcha",
        host="mp.weixin.qq.com",
        path="/s/captcha",
        tries=1,
    ),
    "WeChat, odd surroundings": Fault(
        says(wechat_note("环境异常 当前环境异常，完成验证后即可继续访问。去验证")),
        "blocked",
        "环境异常",
        host="mp.weixin.qq.com",
        path="/s/odd",
    ),
    "WeChat, too often": Fault(
        says(wechat_note("访问过于频繁，请用微信扫描二维码进行访问")),
        "blocked",
        "访问过于频繁",
        host="mp.weixin.qq.com",
        path="/s/often",
    ),
    "WeChat, under review": Fault(
        says(wechat_note("内容审核中")),
        "unsure",
        "内容审核中",
        host="mp.weixin.qq.com",
        path="/s/review",
    ),
    "WeChat, something new": Fault(
        says(wechat_note("参数错误")),
        "unsure",
        "neither an article",
        host="mp.weixin.qq.com",
        path="/s/new",
    ),
    "Zhihu, 403": Fault(
        says(http(403, '{"error":{"code":40362}}', kind="application/json")),
        "blocked",
        "403",
        host="zhuanlan.zhihu.com",
        path="/p/1",
    ),
    "Zhihu, a code with 200": Fault(
        says(http(200, '{"error":{"message":"...","code":10003}}', kind="application/json")),
        "blocked",
        host="zhuanlan.zhihu.com",
        path="/p/2",
    ),
    "Zhihu, sign in": Fault(
        to("/signin?next=%2Fp%2F3"), "blocked", "captcha", host="zhuanlan.zhihu.com", path="/p/3"
    ),
    "Zhihu, 404": Fault(says(http(404)), "gone", "404", host="zhuanlan.zhihu.com", path="/p/4"),
}


def own_host(name: str, fault: Fault) -> str:
    """The host of a fault, made from its name."""
    return fault.host or re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") + ".example"


def build(world: World) -> None:
    """Put every fault into ``world``, and what their redirects lead to."""
    for name, fault in FAULTS.items():
        host = own_host(name, fault)
        if fault.everywhere and fault.reply:
            world.everywhere[host] = fault.reply
        elif fault.reply:
            world.replies[host, fault.path] = fault.reply
        _surroundings(world, host)
    for host in ("elsewhere.example", "passport.example", "ww1.parked.example"):
        _surroundings(world, host)
    world.replies["raw.example", "/text/page.html"] = FAULTS["a target in raw Chinese"].reply
    world.replies["raw.example", "/%E5%89%AA%E6%9E%9D"] = says(http(200, page("剪枝")))
    world.replies["ww1.parked.example", "/?sub=1"] = says(http(200, page("Parked", TEXT)))
    world.replies["passport.example", "/?from=1"] = says(http(200, page("Passport", TEXT)))
    world.replies["newowner.example", "/lander.html"] = says(
        http(200, page("newowner.example", "Welcome. This domain is for sale. " + TEXT[:400]))
    )
    world.replies["flips.example", "/text/page.html?again"] = says(http(200, page("Flipped")))
    for number in range(1, 13):
        for name in ("a chain of nine", "a chain of ten", "a chain of twelve", "an endless chain"):
            world.replies[own_host(name, FAULTS[name]), f"/text/page.html?n={number}"] = FAULTS[
                name
            ].reply


def _surroundings(world: World, host: str) -> None:
    around = {
        "/new/place.html": says(http(200, page("The new place"))),
        "/": says(http(200, page("Home"))),
        "/en/": says(http(200, page("Home"))),
        "/en/index.html": says(http(200, page("Home"))),
        "/?from=old": says(http(200, page("Home"))),
        "/?p=123": says(http(200, page("One of many"))),
        "/new/the%20place.html": says(http(200, page("The new place"))),
        "/errors/404.html?was=1": says(http(200, page("Example", TEXT))),
        "/account/userLogin.do?x=1": says(http(200, page("Example", TEXT))),
        "/hop/301": to("/new/place.html", 301),
        "/hop/back": to("/text/page.html"),
        "/hop/410": says(http(410, page("Gone"))),
        "/hop/stub": stub("1;url=/hop/301"),
        "/login?next=/text/page.html": says(http(200, page("Log in"))),
        "/showcaptcha?retpath=1": says(http(200, page("Captcha"))),
        "/error/sorry.html": says(http(200, page("Page not found", "Sorry."))),
        "/signin?next=%2Fp%2F3": says(http(200, page("Zhihu"))),
        (
            "/mp/wappoc_appmsgcaptcha?poc_token=x&target_url=https%3A%2F%2Fmp.weixin.qq.com%2Fs%2Fx"
        ): says(http(200, "")),
    }
    for path, reply in around.items():
        world.replies.setdefault((host, path), reply)


def url_of(name: str, world: World) -> str:
    """The address to look at."""
    fault = FAULTS[name]
    url = fault.url or f"http://{{host}}:{{port}}{fault.path}"
    return url.format(
        host=own_host(name, fault), port=world.port, closed=world.closed_port, tls=world.tls_port
    )


def names(world: World) -> list[str]:
    """Every host name that the world knows."""
    hosts = {host for host, _ in world.replies} | set(world.everywhere)
    hosts |= {urlsplit(url_of(name, world)).hostname or "" for name in ("a private name",)}
    return sorted(host for host in hosts if host.endswith((".example", ".com", ".net", ".org")))
