"""The operator's page: what it is told, what a browser may do with it, and that it does in one what it should.

The tests in a browser need Debian's Chromium (`make browser` installs it), and are skipped where there is none.
"""

import asyncio
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from gateway import page, schemas
from gateway.auth import HmacSigner
from gateway.client import Client
from gateway.sample import write_config
from tests.gateway_support import venue_config
from tests.test_gateway_end_to_end import AAPL, connect, fund, run, serving
from tests.test_gateway_server import get

CHROMIUM = shutil.which("chromium")
in_browser = [pytest.mark.long, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: `make browser` installs it")]
SIZES = {"desk": (1280, 800), "phone": (390, 844)}
PICTURES = Path(__file__).parent.parent / "docs/pictures"


# what it is told


@pytest.mark.parametrize(
    ("text", "increment", "shown"),
    [("231.6", "0.01", "231.60"), ("4,012", "0.01", "4,012.00"), ("5", "1", "5"), ("17 ticks", "", "17 ticks")],
)
def test_columns_are_even(text: str, increment: str, shown: str) -> None:
    assert page.aligned(text, increment) == shown


async def told(port: int) -> dict[str, Any]:
    status, headers, body = await get(port, "/venue.json")
    assert (status, headers["content-type"], headers["cache-control"]) == (200, "application/json", "no-store")
    found: dict[str, Any] = json.loads(body)
    return found


def test_what_a_venue_shows(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(venue_config(str(tmp_path))) as gateway:
            await fund(gateway)
            async with connect(gateway, "maker") as maker, connect(gateway, "taker") as taker:
                for price, quantity in ((101, 5), (103, 7), (102, 2)):
                    await maker.place(AAPL, "sell", price=price, quantity=quantity)
                await taker.place(AAPL, "buy", price=101, quantity=2)
                await taker.place(AAPL, "buy", price=99, quantity=4)
                await maker.withdraw("AAPL", 12_500)
                async with connect(gateway, "operator") as operator:
                    await operator.admin(schemas.AdminHalt(instrument="XAU-USDC"))
                shown = await told(gateway.http_port)
            apple, gold = shown["instruments"]
            assert (apple["symbol"], apple["phase"], apple["halted"]) == (AAPL, "continuous", False)
            assert apple["asks"] == [["1.01", "0.03"], ["1.02", "0.02"], ["1.03", "0.07"]]
            assert apple["bids"] == [["0.99", "0.04"]]
            assert [trade[1:] for trade in apple["trades"]] == [["1.01", "0.02"]]
            assert (gold["symbol"], gold["halted"], gold["bids"], gold["trades"]) == ("XAU-USDC", True, [], [])
            assert shown["assets"][1] == {"symbol": "AAPL", "issued": "200,000"}
            assert shown["withdrawals"] == [{"id": 1, "account": 1, "asset": "AAPL", "amount": "1.25"}]
            assert {(it["key"], it["account"], it["address"]) for it in shown["sessions"]} == {
                ("maker", 1, "127.0.0.1"),
                ("taker", 2, "127.0.0.1"),
            }
            assert (shown["status"], shown["seq"], shown["open_orders"]) == ("ok", gateway.hub.sequence, 4)
            assert (shown["admin_port"], shown["admin_tls"]) == (gateway.admin_port, False)
            assert (shown["instruments_more"], shown["assets_more"]) == (0, 0)
            assert not shown["sessions_more"]
            assert not shown["withdrawals_more"]

    run(scenario)


def test_what_it_shows_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The instruments that trade most are there, in the sequence of their listing."""
    monkeypatch.setattr(page, "INSTRUMENTS_SHOWN", 1)
    monkeypatch.setattr(page, "ROWS_SHOWN", 1)
    monkeypatch.setattr(page, "TRADES_SHOWN", 2)
    monkeypatch.setattr(page, "FRESH_NS", 0)

    async def scenario() -> None:
        async with serving(venue_config(str(tmp_path))) as gateway:
            await fund(gateway)
            async with connect(gateway, "operator") as operator:
                await operator.admin(schemas.AdminDeposit(account=1, asset="XAU", amount=10**9))
            shown = await told(gateway.http_port)
            assert ([it["symbol"] for it in shown["instruments"]], shown["instruments_more"]) == ([AAPL], 1)
            async with connect(gateway, "maker") as maker, connect(gateway, "taker") as taker:
                await maker.place("XAU-USDC", "sell", price=100, quantity=3)
                for _ in range(3):
                    await taker.place("XAU-USDC", "buy", price=100, quantity=1)
                for _ in range(2):
                    await maker.withdraw("AAPL", 100)
                shown = await told(gateway.http_port)
            (gold,) = shown["instruments"]
            assert gold["symbol"] == "XAU-USDC"
            assert len(gold["trades"]) == 2
            assert ([it["symbol"] for it in shown["assets"]], shown["assets_more"]) == (["USDC"], 2)
            assert (len(shown["sessions"]), shown["sessions_more"]) == (1, True)
            assert (len(shown["withdrawals"]), shown["withdrawals_more"]) == (1, True)

    run(scenario)


def test_however_many_ask_it_is_looked_at_once_in_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[int] = []
    look = page.view

    def counted(server: page.Shown, status: str, now_ns: int) -> dict[str, Any]:
        looks.append(now_ns)
        return look(server, status, now_ns)

    monkeypatch.setattr(page, "view", counted)

    async def scenario() -> None:
        async with serving(venue_config(str(tmp_path))) as gateway:
            document, now = page.Document(gateway), 1_000 * page.FRESH_NS
            shown = [document.encoded("ok", now + at) for at in (0, 1, page.FRESH_NS - 1)]
            assert len(set(shown)) == len(looks) == 1
            for status, at in (("ok", page.FRESH_NS), ("stopping", page.FRESH_NS + 1), ("stopping", 5)):
                found = json.loads(document.encoded(status, now + at))
                assert (found["status"], found["time_ns"]) == (status, now + at), "a clock that was set back, too"
            assert len(looks) == 4
            gateway.shared.note("logon_refused", now)
            assert json.loads(document.encoded("stopping", now + 6))["time_ns"] == now + 6, "something has happened"
            assert len(looks) == 5
            began = asyncio.get_running_loop().time()
            for _ in range(20):
                await told(gateway.http_port)
            took_ns = (asyncio.get_running_loop().time() - began) * 10**9
            assert len(looks) - 5 <= 1 + took_ns // page.FRESH_NS

    run(scenario)


def test_a_browser_is_kept_to_the_page(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(venue_config(str(tmp_path))) as gateway:
            kinds = {"/": "html", "/index.html": "html", "/page.css": "css", "/page.js": "javascript"}
            for path, kind in kinds.items():
                status, headers, body = await get(gateway.http_port, path)
                assert (status, headers["content-type"]) == (200, f"text/{kind}; charset=utf-8")
                policy = headers["content-security-policy"]
                assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
                assert f"ws://*:{gateway.admin_port}" in policy
                assert "unsafe" not in policy
                assert not re.findall(r"https?://", body.decode()), "no address but its own"
            assert (await get(gateway.http_port, "/page/__init__.py"))[0] == 404

    run(scenario)


# in a browser


class Running(NamedTuple):
    """A venue in a process of its own."""

    http: str
    admin: str
    keys: dict[str, bytes]


async def trade(url: str, running: Running) -> None:
    def client(name: str, at: str) -> Client:
        return Client(at, name, HmacSigner(running.keys[name]))

    async with client("operator", running.admin) as operator:
        amounts = {"USDC": 5 * 10**13, "AAPL": 2 * 10**10, "NVDA": 2 * 10**10, "XAU": 2 * 10**10}
        for account in range(1, 9):
            for asset, amount in amounts.items():
                await operator.admin(schemas.AdminDeposit(account=account, asset=asset, amount=amount))
        async with client("maker-1", url) as maker, client("taker-1", url) as taker:
            for symbol, middle in (("AAPL-USDC", 23_150), ("NVDA-USDC", 17_880), ("XAU-USDC", 401_200)):
                for step in range(1, 8):
                    quantity = 400 + 1_700 * step % 2_300
                    await maker.place(symbol, "buy", price=middle - 2 * step, quantity=quantity)
                    await maker.place(symbol, "sell", price=middle + 2 * step, quantity=quantity + 130 * step)
                for number in range(6):
                    side: schemas.Side = "buy" if number % 3 else "sell"
                    price = middle + (3 if side == "buy" else -3)
                    await taker.place(symbol, side, price=price, quantity=20 + 7 * number)
            await taker.withdraw("USDC", 1_234_500_000)
            await maker.withdraw("XAU", 500_000)
        await operator.admin(schemas.AdminHalt(instrument="NVDA-USDC", cause="regulator"))


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    config, keys = write_config(tmp_path)
    command = [sys.executable, "-m", "pyengine", "serve", str(config), "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            addresses = json.loads(process.stdout.readline())
            found = Running(addresses["health"].removesuffix("/health"), addresses["admin"], keys)
            asyncio.run(trade(addresses["url"], found))
            yield found
        finally:
            process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.communicate(timeout=60)
            process.kill()


@pytest.fixture
def opened(running: Running) -> Iterator[Callable[..., Any]]:
    """Opens the page in a browser: its size, and light or dark."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])

        def opening(size: str = "desk", scheme: Any = "light") -> Any:
            width, height = SIZES[size]
            viewport: Any = {"width": width, "height": height}
            tab: Any = browser.new_context(viewport=viewport, color_scheme=scheme).new_page()
            tab.problems = []
            tab.on("console", lambda message: tab.problems.append(message.text) if message.type == "error" else None)
            tab.on("pageerror", lambda error: tab.problems.append(str(error)))
            tab.goto(running.http)
            tab.wait_for_selector("#instruments article")
            return tab

        yield opening
        browser.close()


def log_on(tab: Any, running: Running) -> None:
    tab.click("#logon")
    tab.fill("#key", "operator")
    tab.fill("#secret", running.keys["operator"].hex())
    tab.click("#logon-now")
    tab.wait_for_selector("#logon:has-text('Log off operator')")


def venue(running: Running) -> dict[str, Any]:
    with urllib.request.urlopen(f"{running.http}/venue.json", timeout=10) as answer:
        found: dict[str, Any] = json.load(answer)
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
class TestLooks:
    """At both sizes, light and dark: nothing is cut off, nothing complains."""

    pytestmark = in_browser

    def test_it_fits(self, opened: Callable[..., Any], size: str, scheme: str) -> None:
        tab = opened(size, scheme)
        assert tab.inner_text("#state") == "takes orders"
        assert tab.locator("#instruments article").count() == 3
        assert tab.inner_text("article:has(h2:text('NVDA-USDC')) .pill") == "halted"
        width, _ = SIZES[size]
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        assert not tab.locator("button:text('Halt')").count(), "read only unless logged on"
        assert tab.problems == []
        if os.environ.get("PYENGINE_PICTURES"):
            tab.screenshot(path=PICTURES / f"page-{size}-{scheme}.png", full_page=size == "phone")


class TestActs:
    """What an operator does there happens at the venue, once it is confirmed."""

    pytestmark = in_browser

    def test_halt_and_resume(self, opened: Callable[..., Any], running: Running) -> None:
        tab = opened()
        log_on(tab, running)
        card = "article:has(h2:text('AAPL-USDC'))"
        tab.click(f"{card} button:text('Halt')")
        tab.click("#confirm-dialog button:text('No')")
        assert not venue(running)["instruments"][0]["halted"], "it was not confirmed"
        tab.click(f"{card} button:text('Halt')")
        tab.select_option("#cause", "regulator")
        tab.click("#confirm-now")
        tab.wait_for_selector("#notice:has-text('Halt of AAPL-USDC: done, at sequence')")
        assert venue(running)["instruments"][0]["halted"]
        tab.wait_for_selector(f"{card} .pill:text('halted')")
        tab.click(f"{card} button:text('Resume')")
        tab.select_option("#cause", "regulator")
        tab.click("#confirm-now")
        tab.wait_for_selector(f"{card} .pill:text('continuous')")
        tab.wait_for_selector("#audit td:text('admin_resume')")
        assert tab.problems == []

    def test_settle_and_cancel(self, opened: Callable[..., Any], running: Running) -> None:
        tab = opened()
        log_on(tab, running)
        tab.click("#withdrawals tr:has-text('1,234.5 USDC') button:text('Settle')")
        tab.click("#confirm-now")
        tab.wait_for_selector("#notice:has-text('Settlement of withdrawal 1: done')")
        tab.click("#withdrawals tr:has-text('0.5 XAU') button:text('Cancel')")
        tab.click("#confirm-now")
        tab.wait_for_selector("#withdrawals:has-text('none are pending')")
        tab.click("button:text('Count every balance')")
        tab.wait_for_selector("#notice:has-text('all balances of 4 assets add up')")
        assert venue(running)["withdrawals"] == []

    def test_who_may_not_log_on_is_told_why(self, opened: Callable[..., Any], running: Running) -> None:
        tab = opened()
        tab.click("#logon")
        for key, secret, why in (
            ("operator", "zz", "the secret is not hex"),
            ("operator", "00" * 32, "unknown key or wrong signature"),
            ("maker-1", running.keys["maker-1"].hex(), "this port is for keys with the scope 'admin'"),
        ):
            tab.fill("#key", key)
            tab.fill("#secret", secret)
            tab.click("#logon-now")
            tab.wait_for_selector(f'#logon-error:has-text("{why}")')
        assert not tab.locator("button:text('Halt')").count()

    def test_it_says_when_the_venue_is_gone(self, opened: Callable[..., Any], running: Running) -> None:
        tab = opened()
        tab.route("**/venue.json", lambda route: route.abort())
        tab.wait_for_selector("#state:text('does not answer')")
