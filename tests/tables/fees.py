"""Fees (`engine_core/docs/market-rules.md`), in the notation of `tests/scenarios.py`."""

from typing import Final

FEES: Final = {
    "a rebate is at most the other side's fee": """
        venue fees 1 -3000 1000  | FEE_SCHEDULE_SET venue fee_schedule=1 maker_rate=-3000 taker_rate=1000 tiers=0
        carol sell 5@100         | ACCEPTED carol
        dave buy 5@100           | ACCEPTED dave; FILL dave taker cash=50000 fee=50; FILL carol maker cash=50000 fee=-50
        venue has                | USDC 0+0
    """,
    "a rebate is rounded down": """
        venue fees 1 -1500 2000  | FEE_SCHEDULE_SET venue
        carol sell 4@333 on=GOLD | ACCEPTED carol
        dave buy 3@333 on=GOLD   | ACCEPTED dave; FILL dave taker cash=999 fee=1; FILL carol maker fee=-1
        dave buy 1@333 on=GOLD   | ACCEPTED dave; FILL dave taker cash=333 fee=0; FILL carol maker fee=0
        venue has                | USDC 0+0
    """,
    "each fill is rounded by itself": """
        venue fees 1 -10000 20000 | FEE_SCHEDULE_SET venue
        carol sell 9@50 on=GOLD  | ACCEPTED carol
        dave buy 1@50 on=GOLD    | ACCEPTED dave; FILL dave taker cash=50 fee=1; FILL carol maker fee=0
        dave buy 1@50 on=GOLD    | ACCEPTED dave; FILL dave taker cash=50 fee=1; FILL carol maker fee=0
        dave buy 7@50 on=GOLD    | ACCEPTED dave; FILL dave taker cash=350 fee=7; FILL carol maker fee=-3
        venue has                | USDC 6+0
    """,
    "a budget pays the taker's fee": """
        venue fees 1 -1500 2000  | FEE_SCHEDULE_SET venue
        carol sell 5@100         | ACCEPTED carol
        dave spend 50100@100     | ACCEPTED dave; FILL dave taker 5@100 fee=100; FILL carol maker fee=-75
        dave has                 | USDC 9949900+0
    """,
    "a buyer's hold counts on no rebate": """
        venue fees 1 -1500 2000  | FEE_SCHEDULE_SET venue
        carol buy 5@100          | ACCEPTED carol
        carol has                | USDC 9949900+50100
        dave sell 5@100          | ACCEPTED dave; FILL dave taker fee=100; FILL carol maker fee=-75
        carol has                | USDC 9950075+0
        dave has                 | USDC 10049900+0
        venue has                | USDC 25+0
    """,
    "two rebates of an auction are none": """
        venue fees 1 -1500 2000  | FEE_SCHEDULE_SET venue
        venue phase AAPL auction | PHASE_CHANGED venue
        carol sell 5@100         | ACCEPTED carol
        dave buy 5@100           | ACCEPTED dave
        venue phase AAPL continuous | UNCROSSED venue 5@100; FILL dave auction fee=0; FILL carol auction fee=0;
                                 | PHASE_CHANGED venue
        dave has                 | USDC 9950000+0
    """,
    "in an auction the one maker's fee pays the other's rebate": """
        venue fees 1 -1500 2000  | FEE_SCHEDULE_SET venue
        venue fees 2 1000 2000   | FEE_SCHEDULE_SET venue
        dave set schedule=2      | ACCOUNT_SET dave fee_schedule=2
        venue phase AAPL auction | PHASE_CHANGED venue
        carol sell 5@100         | ACCEPTED carol
        dave buy 5@100           | ACCEPTED dave
        venue phase AAPL continuous | UNCROSSED venue 5@100; FILL dave auction fee=50; FILL carol auction fee=-50;
                                 | PHASE_CHANGED venue
        venue fees 1 -500 2000   | FEE_SCHEDULE_SET venue
        venue phase AAPL auction | PHASE_CHANGED venue
        dave sell 5@100          | ACCEPTED dave
        carol buy 5@100          | ACCEPTED carol
        venue phase AAPL continuous | UNCROSSED venue 5@100; FILL carol auction fee=-25; FILL dave auction fee=50;
                                 | PHASE_CHANGED venue
        venue has                | USDC 25+0
    """,
    "the largest rates": """
        venue fees 1 -32767 32767 | FEE_SCHEDULE_SET venue maker_rate=-32767 taker_rate=32767
        carol sell 5@100         | ACCEPTED carol
        dave buy 5@100           | ACCEPTED dave; FILL dave taker fee=1638; FILL carol maker fee=-1638
        venue fees 1 -32768 0    | REJECTED/INVALID_PARAMETER venue
        venue fees 1 32768 0     | REJECTED/INVALID_PARAMETER venue
        venue fees 1 0 32768     | REJECTED/INVALID_PARAMETER venue
    """,
    "an order keeps its rebate until it begins anew": """
        venue fees 1 -1500 2000  | FEE_SCHEDULE_SET venue
        carol sell 5@100 #a      | ACCEPTED carol
        venue fees 1 0 2000      | FEE_SCHEDULE_SET venue
        dave buy 2@100           | ACCEPTED dave; FILL dave taker fee=40; FILL carol maker #a fee=-30
        carol amend #a 4@100     | AMENDED/KEPT carol #a leaves=2
        dave buy 1@100           | ACCEPTED dave; FILL dave taker fee=20; FILL carol maker #a fee=-15
        carol amend #a 5@100     | AMENDED/LOST carol #a leaves=2
        dave buy 1@100           | ACCEPTED dave; FILL dave taker fee=20; FILL carol maker #a fee=0
    """,
    "a stop keeps the rebate it was taken in with": """
        venue fees 1 -1500 2000  | FEE_SCHEDULE_SET venue
        carol sell 5@100 stop=99 on=reference #s | ACCEPTED carol
        venue fees 1 0 2000      | FEE_SCHEDULE_SET venue
        venue reference AAPL 99  | REFERENCE_SET venue; TRIGGERED carol #s
        dave buy 5@100           | ACCEPTED dave; FILL dave taker fee=100; FILL carol maker #s fee=-75
    """,
}

TIERS: Final = {
    "both sides climb, one tier after another": """
        venue fees 1 1000 2000 50000:500/1500 100000:0/1000 | FEE_SCHEDULE_SET venue maker_rate=1000 tiers=2
        carol sell 5@100         | ACCEPTED carol
        dave buy 5@100           | ACCEPTED dave; FILL dave taker fee=100; FILL carol maker fee=50
        carol sell 5@100         | ACCEPTED carol
        dave buy 5@100           | ACCEPTED dave; FILL dave taker fee=75; FILL carol maker fee=25
        carol sell 1@100         | ACCEPTED carol
        dave buy 1@100           | ACCEPTED dave; FILL dave taker fee=10; FILL carol maker fee=0
    """,
    "a unit short of a tier": """
        venue fees 1 1000 2000 50001:0/0 | FEE_SCHEDULE_SET venue
        carol sell 5@100         | ACCEPTED carol
        dave buy 5@100           | ACCEPTED dave; FILL dave; FILL carol
        carol sell 1@100         | ACCEPTED carol
        dave buy 1@100           | ACCEPTED dave; FILL dave taker fee=20; FILL carol maker fee=10
        carol sell 1@100         | ACCEPTED carol
        dave buy 1@100           | ACCEPTED dave; FILL dave taker fee=0; FILL carol maker fee=0
    """,
    "an order stays in the tier it came in": """
        venue fees 1 1000 2000 50000:0/0 | FEE_SCHEDULE_SET venue
        carol sell 12@100 #a     | ACCEPTED carol
        dave buy 5@100           | ACCEPTED dave; FILL dave taker fee=100; FILL carol maker #a fee=50
        dave buy 5@100           | ACCEPTED dave; FILL dave taker fee=0; FILL carol maker #a fee=50
        carol amend #a 11@100    | AMENDED/KEPT carol #a leaves=1
        carol amend #a 12@100    | AMENDED/LOST carol #a leaves=2
        dave buy 1@100           | ACCEPTED dave; FILL dave taker fee=0; FILL carol maker #a fee=0
    """,
    "what keeps its place keeps its tier": """
        venue fees 1 1000 2000 50000:0/0 | FEE_SCHEDULE_SET venue
        carol sell 12@100 #a     | ACCEPTED carol
        dave buy 5@100           | ACCEPTED dave; FILL dave; FILL carol
        carol amend #a 9@100     | AMENDED/KEPT carol #a leaves=4
        dave buy 1@100           | ACCEPTED dave; FILL dave taker fee=0; FILL carol maker #a fee=10
    """,
    "instruments of one quote asset count together": """
        venue fees 1 1000 2000 50000:0/0 | FEE_SCHEDULE_SET venue
        carol sell 500@2 on=GOLD | ACCEPTED carol
        dave buy 500@2 on=GOLD   | ACCEPTED dave; FILL dave taker cash=1000 fee=2; FILL carol maker fee=1
        carol sell 5@98          | ACCEPTED carol
        dave buy 5@98            | ACCEPTED dave; FILL dave taker cash=49000 fee=98; FILL carol maker fee=49
        dave sell 500@2 on=GOLD  | ACCEPTED dave
        carol buy 500@2 on=GOLD  | ACCEPTED carol; FILL carol taker fee=0; FILL dave maker fee=0
    """,
    "what was traded without tiers is not made up for": """
        carol sell 5@100         | ACCEPTED carol
        dave buy 5@100           | ACCEPTED dave; FILL dave; FILL carol
        venue fees 1 1000 2000 1:0/0 | FEE_SCHEDULE_SET venue
        carol sell 1@100         | ACCEPTED carol
        dave buy 1@100           | ACCEPTED dave; FILL dave taker fee=20; FILL carol maker fee=10
        carol sell 1@100         | ACCEPTED carol
        dave buy 1@100           | ACCEPTED dave; FILL dave taker fee=0; FILL carol maker fee=0
    """,
    "what was counted stays when the tiers go": """
        venue fees 1 1000 2000 50000:0/0 | FEE_SCHEDULE_SET venue
        carol sell 5@100         | ACCEPTED carol
        dave buy 5@100           | ACCEPTED dave; FILL dave; FILL carol
        venue fees 1 1000 2000   | FEE_SCHEDULE_SET venue tiers=0
        carol sell 5@100         | ACCEPTED carol
        dave buy 5@100           | ACCEPTED dave; FILL dave taker fee=100; FILL carol maker fee=50
        venue fees 1 1000 2000 50000:0/0 90000:30000/30000 | FEE_SCHEDULE_SET venue tiers=2
        carol sell 1@100         | ACCEPTED carol
        dave buy 1@100           | ACCEPTED dave; FILL dave taker fee=0; FILL carol maker fee=0
    """,
    "a group's trades with itself count for neither": """
        venue fees 1 1000 2000 1:0/0 | FEE_SCHEDULE_SET venue
        carol group 1            | ACCOUNT_SET carol
        dave group 1             | ACCOUNT_SET dave
        carol sell 5@100         | ACCEPTED carol
        dave buy 5@100 stp=none  | ACCEPTED dave; FILL dave taker fee=100; FILL carol maker fee=50
        carol sell 1@100         | ACCEPTED carol
        dave buy 1@100 stp=none  | ACCEPTED dave; FILL dave taker fee=20; FILL carol maker fee=10
    """,
    "an account's trades with itself do not count": """
        venue fees 1 1000 2000 1:0/0 | FEE_SCHEDULE_SET venue
        carol sell 5@100         | ACCEPTED carol
        carol buy 5@100 stp=none | ACCEPTED carol; FILL carol taker fee=100; FILL carol maker fee=50
        carol sell 1@100         | ACCEPTED carol
        bob buy 1@100            | ACCEPTED bob; FILL bob taker fee=0; FILL carol maker fee=10
        carol sell 1@100         | ACCEPTED carol
        bob buy 1@100            | ACCEPTED bob; FILL bob taker fee=0; FILL carol maker fee=0
    """,
    "nor do they in an auction": """
        venue fees 1 1000 2000 1:0/0 | FEE_SCHEDULE_SET venue
        venue phase AAPL auction | PHASE_CHANGED venue
        carol sell 5@100         | ACCEPTED carol
        carol buy 5@100          | ACCEPTED carol
        venue phase AAPL continuous | UNCROSSED venue; FILL carol auction fee=50; FILL carol auction fee=50;
                                 | PHASE_CHANGED venue
        carol sell 1@100         | ACCEPTED carol
        bob buy 1@100            | ACCEPTED bob; FILL bob; FILL carol maker fee=10
    """,
    "a fill counts for each side by itself": """
        venue fees 1 1000 2000 1:0/0 | FEE_SCHEDULE_SET venue
        carol sell 1@100         | ACCEPTED carol
        bob buy 1@100            | ACCEPTED bob; FILL bob taker fee=0; FILL carol maker fee=10
        bob set schedule=1       | ACCOUNT_SET bob fee_schedule=1
        bob sell 1@100           | ACCEPTED bob
        carol buy 1@100          | ACCEPTED carol; FILL carol taker fee=0; FILL bob maker fee=10
        bob sell 1@100           | ACCEPTED bob
        carol buy 1@100          | ACCEPTED carol; FILL carol taker fee=0; FILL bob maker fee=0
    """,
    "an account takes what it has traded into another schedule": """
        venue fees 1 1000 2000 50000:0/0 | FEE_SCHEDULE_SET venue
        venue fees 2 3000 4000 10000:500/600 | FEE_SCHEDULE_SET venue fee_schedule=2
        carol sell 5@100         | ACCEPTED carol
        dave buy 5@100           | ACCEPTED dave; FILL dave; FILL carol
        carol set schedule=2     | ACCOUNT_SET carol
        carol sell 1@100         | ACCEPTED carol
        dave buy 1@100           | ACCEPTED dave; FILL dave taker fee=0; FILL carol maker fee=5
    """,
    "auctions count": """
        venue fees 1 1000 2000 50000:0/0 | FEE_SCHEDULE_SET venue
        venue phase AAPL auction | PHASE_CHANGED venue
        carol sell 5@100         | ACCEPTED carol
        dave buy 5@100           | ACCEPTED dave
        venue phase AAPL continuous | UNCROSSED venue; FILL dave auction fee=50; FILL carol auction fee=50;
                                 | PHASE_CHANGED venue
        carol sell 1@100         | ACCEPTED carol
        dave buy 1@100           | ACCEPTED dave; FILL dave taker fee=0; FILL carol maker fee=0
    """,
    "thirty days, today included": """
        venue fees 1 1000 2000 90000:0/0 | FEE_SCHEDULE_SET venue
        carol sell 5@100         | ACCEPTED carol
        dave buy 5@100           | ACCEPTED dave; FILL dave taker fee=100; FILL carol maker fee=50
        carol sell 4@100 at=86400000000000 | ACCEPTED carol
        dave buy 4@100           | ACCEPTED dave; FILL dave taker fee=80; FILL carol maker fee=40
        carol sell 1@100 at=2591999999999999 | ACCEPTED carol
        dave buy 1@100           | ACCEPTED dave; FILL dave taker fee=0; FILL carol maker fee=0
        carol sell 1@100 at=2592000000000000 | ACCEPTED carol
        dave buy 1@100           | ACCEPTED dave; FILL dave taker fee=20; FILL carol maker fee=10
        venue restarts           |
        carol sell 3@100         | ACCEPTED carol
        dave buy 3@100           | ACCEPTED dave; FILL dave taker fee=60; FILL carol maker fee=30
        carol sell 1@100         | ACCEPTED carol
        dave buy 1@100           | ACCEPTED dave; FILL dave taker fee=0; FILL carol maker fee=0
    """,
    "eight tiers": """
        venue fees 1 9000 9000 1:8000/8000 2:7/7 3:6/6 4:5/5 5:4/4 6:3/3 7:2/2 8:1000/1500 | FEE_SCHEDULE_SET venue
        carol sell 1@100         | ACCEPTED carol
        dave buy 1@100           | ACCEPTED dave; FILL dave taker fee=90; FILL carol maker fee=90
        carol sell 1@100         | ACCEPTED carol
        dave buy 1@100           | ACCEPTED dave; FILL dave taker fee=15; FILL carol maker fee=10
    """,
    "tiers that are none": """
        venue fees 1 0 0 -1:0/0  | REJECTED/INVALID_PARAMETER venue
        venue fees 1 0 0 0:1/0   | REJECTED/INVALID_PARAMETER venue
        venue fees 1 0 0 0:0/1   | REJECTED/INVALID_PARAMETER venue
        venue fees 1 0 0 0:0/0 5:0/0 | REJECTED/INVALID_PARAMETER venue
        venue fees 1 0 0 5:0/0 5:0/0 | REJECTED/INVALID_PARAMETER venue
        venue fees 1 0 0 5:0/0 4:0/0 | REJECTED/INVALID_PARAMETER venue
        venue fees 1 0 0 5:32768/0 | REJECTED/INVALID_PARAMETER venue
        venue fees 1 0 0 5:-32768/0 | REJECTED/INVALID_PARAMETER venue
        venue fees 1 0 0 5:0/32768 | REJECTED/INVALID_PARAMETER venue
        venue fees 1 0 0 5:0/0 0:0/0 | FEE_SCHEDULE_SET venue tiers=1
    """,
    "a stop stays in the tier it was taken in": """
        venue fees 1 1000 2000 50000:0/0 | FEE_SCHEDULE_SET venue
        carol sell 2@90 stop=95 on=reference #s | ACCEPTED carol
        carol sell 5@100         | ACCEPTED carol
        dave buy 5@100           | ACCEPTED dave; FILL dave; FILL carol
        alice buy 2@90           | ACCEPTED alice
        venue reference AAPL 95  | REFERENCE_SET venue; TRIGGERED carol #s;
                                 | FILL carol taker #s 2@90 cash=18000 fee=36; FILL alice maker fee=0
    """,
}

OVERRIDES: Final = {
    "an override has tiers of its own": """
        venue fees 1 on=GOLD 10000 20000 500:0/5000 | FEE_OVERRIDE_SET venue instrument=GOLD tiers=1 change=0
        carol sell 5@100 on=GOLD | ACCEPTED carol
        dave buy 5@100 on=GOLD   | ACCEPTED dave; FILL dave taker cash=500 fee=10; FILL carol maker fee=5
        carol sell 5@100 on=GOLD | ACCEPTED carol
        dave buy 5@100 on=GOLD   | ACCEPTED dave; FILL dave taker fee=2; FILL carol maker fee=0
        carol sell 1@100         | ACCEPTED carol
        dave buy 1@100           | ACCEPTED dave; FILL dave taker fee=20; FILL carol maker fee=10
    """,
    "what is traded elsewhere counts for its tiers": """
        venue fees 1 on=GOLD 10000 20000 500:0/5000 | FEE_OVERRIDE_SET venue
        carol sell 1@100         | ACCEPTED carol
        dave buy 1@100           | ACCEPTED dave; FILL dave taker fee=20; FILL carol maker fee=10
        carol sell 5@100 on=GOLD | ACCEPTED carol
        dave buy 5@100 on=GOLD   | ACCEPTED dave; FILL dave taker fee=2; FILL carol maker fee=0
    """,
    "an override without tiers has none": """
        venue fees 1 1000 2000 1:0/0 | FEE_SCHEDULE_SET venue
        venue fees 1 on=GOLD 10000 20000 | FEE_OVERRIDE_SET venue tiers=0
        carol sell 1@100         | ACCEPTED carol
        dave buy 1@100           | ACCEPTED dave; FILL dave; FILL carol
        carol sell 5@100 on=GOLD | ACCEPTED carol
        dave buy 5@100 on=GOLD   | ACCEPTED dave; FILL dave taker fee=10; FILL carol maker fee=5
    """,
    "an order keeps the rates of an override that goes": """
        venue fees 1 on=GOLD 10000 20000 | FEE_OVERRIDE_SET venue
        carol sell 9@100 on=GOLD #a | ACCEPTED carol
        venue fees 1 on=GOLD remove | FEE_OVERRIDE_SET venue change=1 maker_rate=0 taker_rate=0 tiers=0
        dave buy 5@100 on=GOLD   | ACCEPTED dave; FILL dave taker fee=1; FILL carol maker #a fee=5
        venue fees 1 on=GOLD remove | FEE_OVERRIDE_SET venue change=1 replaced=0
    """,
    "an override is of one schedule": """
        venue fees 0 on=GOLD 0 10000 | FEE_OVERRIDE_SET venue fee_schedule=0
        carol sell 9@100 on=GOLD | ACCEPTED carol
        bob buy 5@100 on=GOLD    | ACCEPTED bob; FILL bob taker fee=5; FILL carol maker fee=0
        dave buy 4@100 on=GOLD   | ACCEPTED dave; FILL dave taker fee=0; FILL carol maker fee=0
    """,
    "an override that is said again says all": """
        venue fees 1 on=GOLD 10000 20000 1:0/0 | FEE_OVERRIDE_SET venue tiers=1
        venue fees 1 on=GOLD 10000 30000 | FEE_OVERRIDE_SET venue tiers=0
        venue restarts           |
        carol sell 5@100 on=GOLD | ACCEPTED carol
        dave buy 5@100 on=GOLD   | ACCEPTED dave; FILL dave taker fee=15; FILL carol maker fee=5
        carol sell 5@100 on=GOLD | ACCEPTED carol
        dave buy 5@100 on=GOLD   | ACCEPTED dave; FILL dave taker fee=15; FILL carol maker fee=5
    """,
    "overrides that can not be": """
        venue fees 2 on=GOLD 0 0 | REJECTED/UNKNOWN_FEE_SCHEDULE venue
        venue fees 1 on=NONE 0 0 | REJECTED/UNKNOWN_INSTRUMENT venue
        venue fees 1 on=GOLD 0 32768 | REJECTED/INVALID_PARAMETER venue
        venue fees 1 on=GOLD 1 0 remove | REJECTED/INVALID_PARAMETER venue
        venue fees 1 on=GOLD 0 1 remove | REJECTED/INVALID_PARAMETER venue
        venue fees 1 on=GOLD 0 0 9:0/0 remove | REJECTED/INVALID_PARAMETER venue
        venue fees 2 on=NONE 0 0 remove | REJECTED/UNKNOWN_FEE_SCHEDULE venue
    """,
}

CHANGES_OF_FEES: Final = {
    "an override for a while": """
        venue fees 1 on=GOLD 10000 20000 effective=100 | FEE_OVERRIDE_SET venue effective_at=100 replaced=0
        venue fees 1 on=GOLD remove effective=200 | FEE_OVERRIDE_SET venue change=1 effective_at=200 replaced=0
        GOLD due                 | 100
        venue pulse at=150       | FEE_OVERRIDE_SET venue change=0 maker_rate=10000 taker_rate=20000 effective_at=0;
                                 | PULSED venue items=1
        GOLD due                 | 200
        venue pulse at=200       | FEE_OVERRIDE_SET venue change=1 maker_rate=0 taker_rate=0 effective_at=0;
                                 | PULSED venue items=1
        GOLD due                 | None
    """,
    "what is said at once ends what waits for the same": """
        venue fees 1 1 1 effective=100 | FEE_SCHEDULE_SET venue
        venue fees 1 2 2 effective=200 | FEE_SCHEDULE_SET venue replaced=0
        venue fees 1 on=GOLD 3 3 effective=100 | FEE_OVERRIDE_SET venue
        venue fees 1 on=AAPL 4 4 effective=100 | FEE_OVERRIDE_SET venue
        venue fees 0 5 5 effective=100 | FEE_SCHEDULE_SET venue
        venue fees 1 6 6         | FEE_SCHEDULE_SET venue maker_rate=6 effective_at=0 replaced=2
        venue pulse at=300       | FEE_SCHEDULE_SET venue fee_schedule=0 maker_rate=5;
                                 | FEE_OVERRIDE_SET venue instrument=AAPL maker_rate=4;
                                 | FEE_OVERRIDE_SET venue instrument=GOLD maker_rate=3; PULSED venue items=3
    """,
    "of one time by schedule, its own fees last": """
        venue fees 1 1 1 effective=100 | FEE_SCHEDULE_SET venue
        venue fees 1 on=GOLD 2 2 effective=100 | FEE_OVERRIDE_SET venue
        venue fees 0 on=GOLD 3 3 effective=100 | FEE_OVERRIDE_SET venue
        venue fees 1 on=AAPL 4 4 effective=99 | FEE_OVERRIDE_SET venue
        venue pulse at=100       | FEE_OVERRIDE_SET venue fee_schedule=1 instrument=AAPL;
                                 | FEE_OVERRIDE_SET venue fee_schedule=0 instrument=GOLD;
                                 | FEE_OVERRIDE_SET venue fee_schedule=1 instrument=GOLD;
                                 | FEE_SCHEDULE_SET venue fee_schedule=1; PULSED venue items=4
    """,
    "what is said last holds from its time on": """
        venue fees 1 1 1 effective=100 | FEE_SCHEDULE_SET venue replaced=0
        venue fees 1 2 2 effective=100 | FEE_SCHEDULE_SET venue replaced=1
        venue fees 1 3 3 effective=99 | FEE_SCHEDULE_SET venue replaced=1
        venue fees 1 4 4 effective=150 | FEE_SCHEDULE_SET venue replaced=0
        venue fees 1 5 5 effective=170 | FEE_SCHEDULE_SET venue replaced=0
        venue fees 1 6 6 effective=140 | FEE_SCHEDULE_SET venue replaced=2
        venue pulse at=120       | FEE_SCHEDULE_SET venue maker_rate=3 replaced=0; PULSED venue items=1
        AAPL due                 | 140
    """,
    "taking an override away ends one that waits": """
        venue fees 1 on=GOLD 1 1 effective=100 | FEE_OVERRIDE_SET venue replaced=0
        venue fees 1 on=GOLD 2 2 effective=200 | FEE_OVERRIDE_SET venue replaced=0
        venue fees 1 on=GOLD remove effective=150 | FEE_OVERRIDE_SET venue replaced=1
        venue fees 1 on=GOLD remove | FEE_OVERRIDE_SET venue replaced=2
        GOLD due                 | None
    """,
    "a time that is not to come": """
        venue pulse at=50        | PULSED venue items=0
        venue fees 1 1 1 effective=50 | REJECTED/INVALID_PARAMETER venue
        venue fees 1 1 1 effective=49 | REJECTED/INVALID_PARAMETER venue
        venue fees 1 on=GOLD 1 1 effective=50 | REJECTED/INVALID_PARAMETER venue
        venue fees 1 on=GOLD remove effective=50 | REJECTED/INVALID_PARAMETER venue
        venue fees 2 1 1 effective=51 | REJECTED/INVALID_PARAMETER venue
        venue fees 2 1 1         | FEE_SCHEDULE_SET venue fee_schedule=2
        venue fees 2 1 1 effective=51 | FEE_SCHEDULE_SET venue
        venue fees 1 1 1 effective=60 at=60 | REJECTED/INVALID_PARAMETER venue
    """,
    "fees are the first of a pulse": """
        alice sell 1@100 expires=90 #a | ACCEPTED alice
        venue fees 1 1 1 effective=100 | FEE_SCHEDULE_SET venue
        AAPL due                 | 90
        venue pulse at=100       | FEE_SCHEDULE_SET venue effective_at=0; CANCELLED/EXPIRED alice #a;
                                 | PULSED venue items=2
    """,
    "tiers count from their time on": """
        venue fees 1 1000 2000 1:0/0 effective=100 | FEE_SCHEDULE_SET venue tiers=1
        carol sell 1@100 at=100  | ACCEPTED carol
        dave buy 1@100           | ACCEPTED dave; FILL dave taker fee=20; FILL carol maker fee=10
        venue restarts           |
        venue pulse              | FEE_SCHEDULE_SET venue tiers=1; PULSED venue items=1
        carol sell 1@100         | ACCEPTED carol
        dave buy 1@100           | ACCEPTED dave; FILL dave taker fee=20; FILL carol maker fee=10
        carol sell 1@100         | ACCEPTED carol
        dave buy 1@100           | ACCEPTED dave; FILL dave taker fee=0; FILL carol maker fee=0
    """,
}
