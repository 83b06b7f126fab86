"""Sites with ways of their own: how slowly to ask them, and how to tell what their pages mean.

One row a site.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from kb.addresses import host_of
from kb.links.model import Settings
from kb.links.schedule import Pace


@dataclass(frozen=True, slots=True)
class Site:
    """A row of the table.

    ``hosts`` are exact names, or suffixes if they begin with a dot. ``at_once`` and ``spacing``
    replace the general pace. With ``article``, ids and classes of the element that holds the text,
    the phrases count only where that element holds less than 60 characters: an article may quote
    them. They are tried in the order gone, blocked, unsure, on text without spaces.
    ``blocked_paths`` are prefixes of paths, or of paths with queries, that redirects lead to when
    a visitor is kept out; ``blocked_marks`` are found in the source of the page. ``follow`` is
    False where the redirect itself is the answer. ``probe`` is False where missing pages are known
    to be told otherwise.
    """

    name: str
    hosts: tuple[str, ...]
    at_once: int | None = None
    spacing: float | None = None
    article: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    blocked_statuses: frozenset[int] = frozenset()
    blocked_paths: tuple[str, ...] = ()
    blocked_marks: tuple[str, ...] = ()
    title: re.Pattern[str] | None = None
    follow: bool = True
    probe: bool = True


SITES: tuple[Site, ...] = (
    Site(
        "WeChat",
        ("mp.weixin.qq.com",),
        at_once=1,
        spacing=2.0,
        article=("js_article", "js_content", "rich_media_content"),
        gone=(
            "该内容已被发布者删除",
            "此内容因违规无法查看",
            "此内容因违规已删除",
            "此账号已被屏蔽",
            "此帐号已被屏蔽",
            "该公众号已被封禁",
            "此帐号已注销",
            "此账号已注销",
            "此帐号已自主注销",
            "此账号已自主注销",
            "该公众号已迁移且原文已删除",
        ),
        blocked=("环境异常", "去验证", "访问过于频繁", "请输入验证码"),
        unsure=("内容审核中",),
        blocked_paths=("/mp/wappoc_appmsgcaptcha",),
        title=re.compile(r"var msg_title = (['\"])(.{1,300}?)\1"),
        probe=False,
    ),
    Site(
        "Zhihu",
        ("zhihu.com", ".zhihu.com"),
        at_once=1,
        spacing=2.0,
        blocked_statuses=frozenset({400, 403}),
        blocked_paths=("/signin", "/account/unhuman"),
        blocked_marks=('"code":40362', '"code":10003'),
        probe=False,
    ),
    Site(
        "CSDN", ("csdn.net", ".csdn.net"), at_once=1, spacing=1.0, blocked_statuses=frozenset({521})
    ),
    Site("arXiv", ("arxiv.org", "www.arxiv.org"), at_once=1, spacing=15.0, probe=False),
    Site("arXiv's API", ("export.arxiv.org",), at_once=1, spacing=3.0, probe=False),
    Site("DOI", ("doi.org", "dx.doi.org", "www.doi.org"), follow=False, probe=False),
    Site("GitHub", ("github.com", "www.github.com"), at_once=2, spacing=0.5, probe=False),
    Site("GitHub's API", ("api.github.com",), at_once=1, probe=False),
    Site(
        "LinkedIn",
        ("linkedin.com", ".linkedin.com"),
        at_once=1,
        spacing=2.0,
        blocked_statuses=frozenset({999}),
        blocked_paths=("/authwall",),
        probe=False,
    ),
    Site("Wayback Machine", ("web.archive.org",), at_once=1, spacing=2.0, probe=False),
)
ANY = Site("any", ())


def site_of(url: str) -> Site:
    """The row for ``url``, or that of any other site."""
    host = host_of(url)
    return next(
        (
            site
            for site in SITES
            if any(host == name or (name[0] == "." and host.endswith(name)) for name in site.hosts)
        ),
        ANY,
    )


def pace_of(host: str, settings: Settings) -> Pace:
    """How ``host`` is asked."""
    site = site_of(f"http://{host}/")
    spacing = settings.spacing if site.spacing is None else site.spacing * settings.site_pace
    return Pace(
        settings.per_host if site.at_once is None else min(site.at_once, settings.per_host), spacing
    )


def leads_to_wall(site: Site, url: str) -> bool:
    """Whether a redirect to ``url`` means that ``site`` keeps visitors out."""
    parts = urlsplit(url)
    return any(f"{parts.path}?{parts.query}".startswith(path) for path in site.blocked_paths)
