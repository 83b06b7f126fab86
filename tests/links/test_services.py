"""arXiv, DOI and GitHub: one question for many links, what the answers mean, and the page where
they say nothing.
"""

import asyncio
import json
import ssl

import pytest
import trustme

from kb.links.engine import look_at
from kb.links.model import Settings
from tests.links.test_faults import settings_for
from tests.links.world import OPEN, World, by, http, opened, page, says

ENTRY = """<entry><id>http://arxiv.org/abs/{id}</id><title>{title}</title><summary>{summary}</summary></entry>"""
FEED = """<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>"""
HOSTS = ("arxiv.org", "export.arxiv.org", "doi.org", "github.com", "api.github.com", "new.example")


def feed(*entries):
    return http(
        200,
        FEED.format(
            entries="".join(
                ENTRY.format(id=id, title=title, summary=summary) for id, title, summary in entries
            )
        ),
        kind="application/atom+xml",
    )


def as_json(answer, status=200, **headers):
    return http(status, json.dumps(answer), kind="application/json", **headers)


def looked(world, paths, **more):
    """Look at addresses in ``world``: by path, what was seen."""
    settings = settings_for(
        world,
        resolve={(host, world.port): OPEN[0] for host in HOSTS},
        arxiv_api=f"http://export.arxiv.org:{world.port}/api/query",
        github_api=f"http://api.github.com:{world.port}",
        **more,
    )
    looks = {}
    asyncio.run(
        look_at(
            [f"http://{path.replace('/', f':{world.port}/', 1)}" for path in paths],
            settings,
            lambda look: looks.__setitem__(look.url.replace(f":{world.port}", "")[7:], look),
        )
    )
    return looks


@pytest.fixture
def world():
    with opened(World()) as one:
        yield one


def test_many_papers_are_one_request(world):
    world.everywhere["export.arxiv.org"] = says(
        feed(
            ("1905.11946v5", "EfficientNet:\n  Rethinking Model Scaling", "We study."),
            (
                "1506.02626v3",
                "Learning both Weights",
                "This paper has been withdrawn by the author.",
            ),
            ("hep-th/9901001v1", "An Old One", "Strings."),
        )
    )
    found = looked(
        world,
        [
            "arxiv.org/abs/1905.11946v2",
            "arxiv.org/pdf/1506.02626.pdf",
            "arxiv.org/abs/hep-th/9901001",
        ],
    )
    assert {
        path: (look.verdict, look.title, look.notes, look.tries) for path, look in found.items()
    } == {
        "arxiv.org/abs/1905.11946v2": (
            "alive",
            "EfficientNet: Rethinking Model Scaling",
            ("the newest version is v5",),
            1,
        ),
        "arxiv.org/pdf/1506.02626.pdf": (
            "alive",
            "Learning both Weights",
            ("the paper was withdrawn",),
            1,
        ),
        "arxiv.org/abs/hep-th/9901001": ("alive", "An Old One", (), 1),
    }
    assert list(world.hits) == [
        (
            "export.arxiv.org",
            "/api/query?id_list=1905.11946v2,1506.02626,hep-th/9901001&max_results=3",
        )
    ]


def test_a_paper_that_the_api_does_not_know_is_asked_for_by_its_page(world):
    world.everywhere["export.arxiv.org"] = says(feed(("1905.11946v5", "EfficientNet", "We study.")))
    found = looked(world, ["arxiv.org/abs/1905.11946", "arxiv.org/abs/2401.99999"])
    assert [
        found[path].verdict for path in ("arxiv.org/abs/1905.11946", "arxiv.org/abs/2401.99999")
    ] == ["alive", "gone"]
    assert world.hits["arxiv.org", "/abs/2401.99999"] == 2


BROKEN = {
    "down": http(503),
    "limited": http(429),
    "no feed": http(200, "hello"),
    "cut": http(200, "<feed><entry>"),
    "a doctype": http(200, "<!DOCTYPE x [<!ENTITY a 'b'>]><feed/>"),
}


@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN.keys())
def test_without_the_api_the_pages_are_asked(world, answer):
    world.everywhere["export.arxiv.org"] = says(answer)
    world.at("arxiv.org", "/abs/1905.11946", says(http(200, page("[1905.11946] EfficientNet"))))
    look = looked(world, ["arxiv.org/abs/1905.11946"])["arxiv.org/abs/1905.11946"]
    assert (look.verdict, look.title) == ("alive", "[1905.11946] EfficientNet")


def test_a_doi_is_checked_at_its_registry_and_no_publisher_is_asked(world):
    world.at(
        "doi.org",
        "/api/handles/10.1145/3",
        says(
            as_json(
                {
                    "responseCode": 1,
                    "values": [
                        {
                            "type": "URL",
                            "data": {"format": "string", "value": "https://publisher.example/3"},
                        }
                    ],
                }
            )
        ),
    )
    world.at("doi.org", "/api/handles/10.1145/4", says(as_json({"responseCode": 100}, 404)))
    world.at(
        "doi.org", "/10.1145/5(2)", says(http(302, Location=f"http://new.example:{world.port}/"))
    )
    found = looked(world, ["doi.org/10.1145/3", "doi.org/10.1145/4", "doi.org/10.1145/5(2)"])
    assert [(look.verdict, look.notes) for _, look in sorted(found.items())] == [
        ("alive", ("leads to https://publisher.example/3",)),
        ("gone", ()),
        ("alive", (f"leads to http://new.example:{world.port}/",)),
    ]
    assert not any(host == "new.example" for host, _ in world.hits)


def test_github_tells_renamed_and_archived(world):
    world.at(
        "api.github.com",
        "/repos/IntelLabs/distiller",
        says(
            as_json(
                {
                    "full_name": "IntelLabs/distiller",
                    "description": "Neural Network Distiller",
                    "archived": True,
                }
            )
        ),
    )
    world.at("api.github.com", "/repos/old/name", says(http(301, Location="/repositories/7")))
    world.at(
        "api.github.com",
        "/repositories/7",
        says(as_json({"full_name": "new/name", "description": None, "archived": False})),
    )
    world.at("api.github.com", "/repos/lost/one", says(as_json({"message": "Not Found"}, 404)))
    found = looked(
        world,
        [
            "github.com/IntelLabs/distiller",
            "github.com/old/name.git",
            "github.com/lost/one",
            "github.com/features/actions",
        ],
    )
    assert {path: (look.verdict, look.title, look.notes) for path, look in found.items()} == {
        "github.com/IntelLabs/distiller": (
            "alive",
            "IntelLabs/distiller: Neural Network Distiller",
            ("the repository is archived",),
        ),
        "github.com/old/name.git": ("moved", "new/name", ()),
        "github.com/lost/one": ("gone", None, ()),
        "github.com/features/actions": ("gone", None, ()),
    }
    assert found["github.com/old/name.git"].address == "https://github.com/new/name"


def test_a_limited_github_is_asked_once_and_then_the_pages(world):
    world.everywhere["api.github.com"] = says(
        as_json({"message": "API rate limit exceeded"}, 403, X_RateLimit_Remaining="0")
    )
    for number in range(5):
        world.at(
            "github.com",
            f"/owner/name{number}",
            says(http(200, page(f"GitHub - owner/name{number}: A repository"))),
        )
    found = looked(world, [f"github.com/owner/name{number}" for number in range(5)])
    assert {look.verdict for look in found.values()} == {"alive"}
    assert sum(count for (host, _), count in world.hits.items() if host == "api.github.com") == 1


SECRET = "t0ken"


@pytest.fixture
def encrypted(tmp_path):
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(
        "api.github.com", "api.github.com.evil.example", "127.0.0.1"
    ).configure_cert(context)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    with opened(World(), context) as world:
        yield world, str(tmp_path / "ca.pem")


def secrets_seen(world, urls, ca, api):
    hosts = ("api.github.com", "api.github.com.evil.example")
    ports = (world.port, world.tls_port)
    settings = Settings(
        allow_networks=("127.0.0.0/24",),
        allow_ports=frozenset(ports),
        resolve={(host, port): OPEN[0] for host in hosts for port in ports},
        spacing=0.0,
        site_pace=0.0,
        deadline=3.0,
        tokens={"API.github.com": SECRET},
        ca=ca,
        github_api=api,
    )
    asyncio.run(look_at(urls, settings, lambda look: None))
    return {
        (request.host, request.path): request.headers.get("authorization")
        for request in world.heads
    }


def test_the_token_goes_to_its_exact_host_over_tls_and_nowhere_else(encrypted):
    world, ca = encrypted
    tls, plain = world.tls_port, world.port
    world.everywhere["api.github.com"] = by(
        lambda request: http(302, "", Location=f"https://api.github.com.evil.example:{tls}/stolen")
    )
    world.everywhere["api.github.com.evil.example"] = says(http(200, page("Thanks")))
    seen = secrets_seen(
        world,
        ["https://github.com/owner/name", f"http://api.github.com:{plain}/plain"],
        ca,
        f"https://api.github.com:{tls}",
    )
    assert seen["api.github.com", "/repos/owner/name"] == f"Bearer {SECRET}"
    assert [seen["api.github.com", "/plain"], seen["api.github.com.evil.example", "/stolen"]] == [
        None,
        None,
    ]
