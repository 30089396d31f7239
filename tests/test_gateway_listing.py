"""Who owns reference data: the configuration until a venue's first start is done, then the journal."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest

from gateway import listing, schemas
from gateway.hub import Hub
from gateway.keys import Keys
from gateway.listing import Listing, differences, seed
from gateway.registry import Registry
from gateway.server import open_hub
from pyengine import commands
from pyengine.config import (
    AccountConfig,
    AssetConfig,
    ConfigError,
    FeeScheduleConfig,
    FeeTierConfig,
    VenueConfig,
)
from tests.gateway_support import key, venue_config

SEED = 3 + 2 + 1 + 4 + 4
"""Commands: assets, instruments, fee schedule 1 (0 is there from the start, and as wanted), accounts, keys."""
EUR = AssetConfig(symbol="EUR", asset_class="stablecoin", decimals=2)


@contextmanager
def opened(config: VenueConfig) -> Iterator[Hub]:
    hub = open_hub(config)
    try:
        yield hub
    finally:
        hub.close()


def of(config: VenueConfig, hub: Hub) -> Listing:
    return Listing.of(hub, Keys.of(hub, config))


def carry_out(config: VenueConfig, hub: Hub, request: schemas.AdminRequest) -> None:
    if isinstance(request, schemas.AdminSetKey):
        record = Keys.of(hub, config).change(request, 1).record
    else:
        record = Registry(hub).command(request, 0)
    hub.submit(-1, 0, record, 1)


def found(config: VenueConfig, hub: Hub) -> list[str]:
    return [difference.text for difference in differences(of(config, hub), Listing.wanted(config))]


def changed(config: VenueConfig, table: str, index: int, **fields: Any) -> VenueConfig:
    """One row of a table with other fields."""
    rows = list(getattr(config, table))
    rows[index] = msgspec.structs.replace(rows[index], **fields)
    return msgspec.structs.replace(config, **{table: rows})


def traded(hub: Hub) -> None:
    """Something that is no part of a seed."""
    hub.submit(-1, 0, commands.pack_deposit(1, 0, 1), 1)
    listing.wait_durable(hub)


def test_a_new_venue_is_seeded(tmp_path: Path) -> None:
    config = venue_config(str(tmp_path))
    with opened(config) as hub:
        assert hub.sequence == SEED
        assert of(config, hub) == Listing.wanted(config)
        assert found(config, hub) == []
    with opened(config) as hub:
        assert hub.sequence == SEED, "an unchanged configuration adds nothing"


def test_a_configuration_may_list_nothing(tmp_path: Path) -> None:
    config = msgspec.convert({"journal": {"directory": str(tmp_path)}}, VenueConfig)
    with opened(config) as hub:
        assert hub.sequence == 0
    with opened(msgspec.structs.replace(config, assets=[EUR])) as hub:
        assert [asset[0] for asset in hub.assets()] == ["EUR"], "nothing has happened to the venue yet"


@pytest.mark.parametrize("done", range(SEED + 1))
def test_a_seed_that_was_cut_short_goes_on(tmp_path: Path, done: int) -> None:
    config = venue_config(str(tmp_path))
    bare = msgspec.structs.replace(config, assets=[], instruments=[], fee_schedules=[], accounts=[], keys=[])
    requests = [it for each in differences(Listing.new(), Listing.wanted(config)) for it in each.requests]
    with opened(bare) as hub:
        for request in requests[:done]:
            carry_out(config, hub, request)
        listing.wait_durable(hub)
    with opened(config) as hub:
        assert hub.sequence == SEED
        assert of(config, hub) == Listing.wanted(config)


@pytest.mark.parametrize("done", range(SEED + 1))
def test_a_venue_where_something_else_has_happened_is_not_seeded(tmp_path: Path, done: int) -> None:
    config = venue_config(str(tmp_path))
    bare = msgspec.structs.replace(config, assets=[], instruments=[], fee_schedules=[], accounts=[], keys=[])
    requests = [it for each in differences(Listing.new(), Listing.wanted(config)) for it in each.requests]
    with opened(bare) as hub:
        for request in requests[:done]:
            carry_out(config, hub, request)
        traded(hub)
        without = msgspec.structs.replace(config, keys=[])
        assert seed(hub, Keys.of(hub, config), without, 2) == 0
        assert hub.sequence == done + 1


def test_a_start_changes_nothing_once_the_venue_has_begun(tmp_path: Path) -> None:
    config = venue_config(str(tmp_path))
    with opened(config) as hub:
        traded(hub)
        sequence, before = hub.sequence, of(config, hub)
    cheaper = changed(config, "fee_schedules", 1, maker_rate=-10)
    other = msgspec.structs.replace(
        cheaper, assets=[EUR, *config.assets], accounts=[*config.accounts, AccountConfig(id=5, count=2_000)]
    )
    with opened(other) as hub:
        assert (hub.sequence, of(config, hub)) == (sequence, before)
        assert found(other, hub) == [
            "$.fee_schedules[1]: rates -10 and 500, the venue has rates 100 and 500",
            "$.assets[0]: EUR, which the venue does not list",
            "$.accounts: 2004, the venue has 4",
        ]


@pytest.mark.parametrize(
    ("table", "index", "fields", "text"),
    [
        ("assets", 1, {"asset_class": "gold"}, "$.assets[1].class: gold, the venue has AAPL with equity"),
        ("assets", 1, {"decimals": 5}, "$.assets[1].decimals: 5, the venue has AAPL with 4"),
        ("assets", 1, {"min_withdrawal": 9}, "$.assets[1].min_withdrawal: 9, the venue has AAPL with 100"),
        ("instruments", 0, {"base": "XAU"}, "$.instruments[0].base: XAU, the venue has AAPL-USDC with AAPL"),
        ("instruments", 0, {"lot_size": 101}, "$.instruments[0].lot_size: 101, the venue has AAPL-USDC with 100"),
        ("instruments", 0, {"collar_bps": 4}, "$.instruments[0].collar_bps: 4, the venue has AAPL-USDC with 500"),
    ],
)
def test_terms_that_no_command_changes(
    tmp_path: Path, table: str, index: int, fields: dict[str, Any], text: str
) -> None:
    config = venue_config(str(tmp_path))
    with opened(config) as hub:
        (difference,) = differences(of(config, hub), Listing.wanted(changed(config, table, index, **fields)))
    assert difference == (f"{text}, which cannot be changed", ())


def test_an_account_of_another_fee_schedule_is_told(tmp_path: Path) -> None:
    config = venue_config(str(tmp_path))
    with opened(config) as hub:
        texts = found(changed(config, "accounts", 0, fee_schedule=0), hub)
    assert len(texts) == 4
    assert texts[0].startswith("$.accounts: account 1 with fee schedule 0, the venue has it with 1")


def test_tiers_of_fees_are_terms(tmp_path: Path) -> None:
    tiers = [FeeTierConfig(notional=10, maker_rate=-5, taker_rate=7)]
    config = changed(venue_config(str(tmp_path)), "fee_schedules", 1, tiers=tiers)
    with opened(config) as hub:
        assert of(config, hub).fee_schedules[1].tiers == tiers
        (text,) = found(changed(config, "fee_schedules", 1, tiers=[]), hub)
    assert text == "$.fee_schedules[1]: rates 100 and 500, the venue has rates 100 and 500, -5 and 7 from 10"


def test_requests_lead_from_what_there_is_to_what_is_wanted(tmp_path: Path) -> None:
    """Of any two configurations that contradict each other in nothing, in both orders of growing."""
    full = venue_config(str(tmp_path))
    third = FeeScheduleConfig(maker_rate=1, taker_rate=2)
    steps = [
        msgspec.structs.replace(full, instruments=[], fee_schedules=full.fee_schedules[:1], accounts=[], keys=[]),
        msgspec.structs.replace(full, accounts=full.accounts[:1], instruments=full.instruments[:1]),
        full,
        msgspec.structs.replace(full, fee_schedules=[*full.fee_schedules, third]),
    ]
    for number, (before, after) in enumerate(pairwise(steps)):
        journal = msgspec.structs.replace(full.journal, directory=str(tmp_path / str(number)))
        with opened(msgspec.structs.replace(before, journal=journal)) as hub:
            after = msgspec.structs.replace(after, journal=journal)
            todo = list(differences(of(after, hub), Listing.wanted(after)))
            assert todo
            for request in (request for difference in todo for request in difference.requests):
                carry_out(after, hub, request)
            assert found(after, hub) == []


def test_a_key_of_an_account_that_the_venue_does_not_have(tmp_path: Path) -> None:
    config = venue_config(str(tmp_path))
    more = msgspec.structs.replace(config, keys=[key("maker", 5, "trade")])
    with pytest.raises(ConfigError, match=r"\$\.keys\[0\]\.account: the venue has no account 5"), opened(more):
        pass
    with opened(config) as hub:
        hub.submit(-1, 0, commands.pack_create_account(5), 1)
        listing.wait_durable(hub)
    with opened(more) as hub:
        assert hub.counts()[2] == 6, "an account that was opened at the venue may have a key"


def test_a_large_seed_is_committed_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "SEED_BATCH", 4)
    commits: list[int] = []
    wait = listing.wait_durable

    def counted(hub: Hub) -> None:
        wait(hub)
        commits.append(hub.durable_sequence)

    monkeypatch.setattr(listing, "wait_durable", counted)
    with opened(venue_config(str(tmp_path))):
        assert commits == [4, 8, 12, SEED]
