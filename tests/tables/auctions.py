"""Phases, and auctions (`engine_core/docs/market-rules.md`), in the notation of `tests/scenarios.py`."""

from typing import Final

PHASES: Final = {
    "every way there is, and no other": """
        venue phase AAPL continuous | REJECTED/WRONG_PHASE venue command=26 instrument=4294967295 value=0 bound=0
        venue phase AAPL retired | REJECTED/WRONG_PHASE venue
        venue phase AAPL pre_open | PHASE_CHANGED venue phase=pre_open previous_phase=continuous ends_at=0
        venue phase AAPL retired | REJECTED/WRONG_PHASE venue
        venue phase AAPL pre_open | PHASE_CHANGED venue phase=pre_open previous_phase=pre_open
        venue phase AAPL auction | PHASE_CHANGED venue phase=auction previous_phase=pre_open ends_at=0
        venue phase AAPL retired | REJECTED/WRONG_PHASE venue
        venue phase AAPL auction | PHASE_CHANGED venue phase=auction previous_phase=auction
        venue phase AAPL pre_open | PHASE_CHANGED venue phase=pre_open previous_phase=auction
        venue phase AAPL closed  | PHASE_CHANGED venue phase=closed previous_phase=pre_open
        venue phase AAPL closed  | REJECTED/WRONG_PHASE venue
        venue phase AAPL pre_open | PHASE_CHANGED venue phase=pre_open previous_phase=closed
        venue phase AAPL continuous | UNCROSSED venue 0@0 surplus=0 instrument=AAPL;
                                 | PHASE_CHANGED venue phase=continuous previous_phase=uncrossing ends_at=0
        venue phase AAPL auction | PHASE_CHANGED venue phase=auction previous_phase=continuous
        venue phase AAPL continuous | UNCROSSED venue 0@0;
                                 | PHASE_CHANGED venue phase=continuous previous_phase=uncrossing
        venue phase AAPL closed  | PHASE_CHANGED venue phase=closed previous_phase=continuous
        venue phase AAPL auction | PHASE_CHANGED venue phase=auction previous_phase=closed
        venue phase AAPL closed  | PHASE_CHANGED venue phase=closed previous_phase=auction
        venue phase AAPL continuous | UNCROSSED venue 0@0;
                                 | PHASE_CHANGED venue phase=continuous previous_phase=uncrossing
        venue phase AAPL closed  | PHASE_CHANGED venue phase=closed previous_phase=continuous
        venue phase AAPL retired | PHASE_CHANGED venue phase=retired previous_phase=closed
        venue phase AAPL retired | REJECTED/WRONG_PHASE venue
        venue phase AAPL closed  | REJECTED/WRONG_PHASE venue
        venue phase AAPL pre_open | REJECTED/WRONG_PHASE venue
        venue phase AAPL auction | REJECTED/WRONG_PHASE venue
        venue phase AAPL continuous | REJECTED/WRONG_PHASE venue
        alice sell 5@100         | REJECTED/WRONG_PHASE alice
        alice sell 5@100 on=GOLD | ACCEPTED alice
    """,
    "every way out of a pause": """
        alice sell 1@100         | ACCEPTED alice
        bob buy 1@100            | ACCEPTED bob; FILL bob; FILL alice
        venue limits AAPL dynamic=100 call=50 | TRADING_LIMITS_SET venue
        alice sell 1@110         | ACCEPTED alice
        bob buy 1@110 ioc        | ACCEPTED bob; PHASE_CHANGED venue phase=pause previous_phase=continuous ends_at=50;
                                 | CANCELLED/IOC_REMAINDER bob leaves=1
        venue phase AAPL pause   | REJECTED/INVALID_PARAMETER venue
        venue phase AAPL retired | REJECTED/WRONG_PHASE venue
        venue phase AAPL continuous | UNCROSSED venue 0@0;
                                 | PHASE_CHANGED venue phase=continuous previous_phase=uncrossing
        bob buy 1@110 ioc        | ACCEPTED bob; PHASE_CHANGED venue phase=pause; CANCELLED/IOC_REMAINDER bob
        venue phase AAPL auction | PHASE_CHANGED venue phase=auction previous_phase=pause ends_at=0
        venue phase AAPL continuous | UNCROSSED venue; PHASE_CHANGED venue phase=continuous
        bob buy 1@110 ioc        | ACCEPTED bob; PHASE_CHANGED venue phase=pause; CANCELLED/IOC_REMAINDER bob
        venue phase AAPL pre_open | PHASE_CHANGED venue phase=pre_open previous_phase=pause ends_at=0
        AAPL due                 | None
        venue phase AAPL continuous | UNCROSSED venue; PHASE_CHANGED venue phase=continuous
        bob buy 1@110 ioc        | ACCEPTED bob; PHASE_CHANGED venue phase=pause; CANCELLED/IOC_REMAINDER bob
        AAPL due                 | 50
        venue phase AAPL closed  | PHASE_CHANGED venue phase=closed previous_phase=pause ends_at=0
        AAPL due                 | None
    """,
    "refusals in their order": """
        venue phase NONE 7       | REJECTED/MALFORMED venue
        venue phase NONE auction next=7 | REJECTED/MALFORMED venue
        venue phase NONE pause   | REJECTED/UNKNOWN_INSTRUMENT venue
        venue phase AAPL pause   | REJECTED/INVALID_PARAMETER venue
        venue phase AAPL uncrossing | REJECTED/INVALID_PARAMETER venue
        venue phase AAPL auction next=pre_open | REJECTED/INVALID_PARAMETER venue
        venue phase AAPL auction next=auction | REJECTED/INVALID_PARAMETER venue
        venue phase AAPL auction next=pause | REJECTED/INVALID_PARAMETER venue
        venue phase AAPL auction next=uncrossing | REJECTED/INVALID_PARAMETER venue
        venue phase AAPL auction next=retired | REJECTED/INVALID_PARAMETER venue
        venue phase AAPL continuous next=closed | REJECTED/INVALID_PARAMETER venue
        venue phase AAPL pre_open next=closed | REJECTED/INVALID_PARAMETER venue
        venue phase AAPL closed next=closed | REJECTED/INVALID_PARAMETER venue
        venue phase AAPL retired ends=20 | REJECTED/INVALID_PARAMETER venue
        venue phase AAPL pre_open ends=20 | REJECTED/INVALID_PARAMETER venue
        venue phase AAPL closed ends=20 | REJECTED/INVALID_PARAMETER venue
        venue phase AAPL auction ends=10 at=10 | REJECTED/INVALID_PARAMETER venue
        venue phase AAPL auction ends=9 | REJECTED/INVALID_PARAMETER venue
        venue phase AAPL auction next=closed ends=11 | PHASE_CHANGED venue phase=auction ends_at=11
    """,
    "a halted instrument changes its phase, but does not begin to trade": """
        venue halt AAPL          | HALTED venue
        venue phase AAPL continuous | REJECTED/WRONG_PHASE venue
        venue phase AAPL retired | REJECTED/WRONG_PHASE venue
        venue phase AAPL pre_open | PHASE_CHANGED venue phase=pre_open
        venue phase AAPL continuous | REJECTED/INSTRUMENT_HALTED venue
        venue phase AAPL auction | PHASE_CHANGED venue phase=auction
        venue phase AAPL continuous | REJECTED/INSTRUMENT_HALTED venue
        venue phase AAPL closed  | PHASE_CHANGED venue phase=closed
        venue phase AAPL continuous | REJECTED/INSTRUMENT_HALTED venue
        alice sell 5@100         | REJECTED/INSTRUMENT_HALTED alice
        venue resume AAPL        | RESUMED venue causes=0
        alice sell 5@100         | REJECTED/WRONG_PHASE alice
        venue halt AAPL          | HALTED venue
        venue phase AAPL retired | PHASE_CHANGED venue phase=retired
        venue resume AAPL        | RESUMED venue
        alice sell 5@100         | REJECTED/WRONG_PHASE alice
    """,
    "the first phase": """
        venue list GOLD2 7       | REJECTED/MALFORMED venue
        venue list GOLD2 auction | REJECTED/INVALID_PARAMETER venue
        venue list GOLD2 pause   | REJECTED/INVALID_PARAMETER venue
        venue list GOLD2 uncrossing | REJECTED/INVALID_PARAMETER venue
        venue list GOLD2 retired | REJECTED/INVALID_PARAMETER venue
        venue list GOLD2 closed  | INSTRUMENT_CREATED venue instrument=GOLD2
        alice sell 5@100 on=GOLD2 | REJECTED/WRONG_PHASE alice
        venue phase GOLD2 continuous | UNCROSSED venue 0@0 instrument=GOLD2;
                                 | PHASE_CHANGED venue phase=continuous instrument=GOLD2
        alice sell 5@100 on=GOLD2 | ACCEPTED alice instrument=GOLD2
    """,
    "listed to be opened": """
        venue list GOLD2 pre_open | INSTRUMENT_CREATED venue
        alice sell 5@100 on=GOLD2 #a | ACCEPTED alice
        bob buy 5@101 on=GOLD2 #b | ACCEPTED bob
        GOLD2 book               | 5@101 / 5@100
        GOLD2 due                | None
        venue phase GOLD2 continuous | UNCROSSED venue 5@100 surplus=0 instrument=GOLD2;
                                 | FILL bob auction buy #b 5@100 leaves=0 instrument=GOLD2;
                                 | FILL alice auction sell #a 5@100 leaves=0;
                                 | PHASE_CHANGED venue phase=continuous previous_phase=uncrossing instrument=GOLD2
        GOLD2 book               | /
    """,
    "what is refused for its phase is refused early": """
        alice sell 5@100 id=x #a | ACCEPTED alice
        venue phase AAPL closed  | PHASE_CHANGED venue
        bob buy 0@0 fok hidden min=-1 | REJECTED/WRONG_PHASE bob
        bob buy 0@0 on=NONE      | REJECTED/UNKNOWN_INSTRUMENT bob
        nobody buy 5@100         | REJECTED/UNKNOWN_ACCOUNT nobody
        bob buy 5@100 stop=90    | REJECTED/WRONG_PHASE bob
        bob buy 5@100 auction    | REJECTED/WRONG_PHASE bob
        alice sell 5@100 id=x    | DUPLICATE/OPEN alice #a
        alice sell 6@100 id=x    | REJECTED/CLIENT_ORDER_ID_REUSED alice
        alice amend #a 0@0 min=1 | REJECTED/WRONG_PHASE alice
        bob amend #a 4@100       | REJECTED/UNKNOWN_ORDER bob
        alice replace #a sell 5@101 | REJECTED/WRONG_PHASE alice
        alice replace #a buy 5@101 | REJECTED/INVALID_COMBINATION alice
        #a is                    | price=100 leaves=5
        venue halt AAPL          | HALTED venue
        bob buy 5@100            | REJECTED/INSTRUMENT_HALTED bob
        alice amend #a 4@100     | REJECTED/INSTRUMENT_HALTED alice
    """,
    "orders can leave in every phase": """
        alice buy 1@90 #1        | ACCEPTED alice
        alice buy 1@91           | ACCEPTED alice
        alice buy 1@92 #3        | ACCEPTED alice
        alice buy 1@93 expires=7 #4 | ACCEPTED alice
        alice buy 1@94 day #5    | ACCEPTED alice
        alice sell 1@95 stop=80 #6 | ACCEPTED alice
        alice has                | USDC 9954000+46000 AAPL 9990+10
        venue phase AAPL pre_open | PHASE_CHANGED venue
        alice cancel #1          | CANCELLED/USER alice #1 leaves=1
        venue phase AAPL closed  | PHASE_CHANGED venue
        alice cancel #3          | CANCELLED/USER alice #3
        venue roll 20261201 at=8 | TRADE_DATE_ROLLED venue
        venue pulse at=8         | CANCELLED/EXPIRED alice #4; CANCELLED/DAY_ENDED alice #5; PULSED venue items=2
        venue phase AAPL auction | PHASE_CHANGED venue
        alice cancel-all sell    | CANCELLED/CANCEL_ALL alice #6; CANCEL_ALL_DONE alice orders=1 pending=0
        alice cancel-all AAPL    | CANCELLED/CANCEL_ALL alice; CANCEL_ALL_DONE alice orders=1 pending=0
        alice has                | USDC 10000000+0 AAPL 10000+0
    """,
    "no stop enters and none follows but in continuous trading": """
        venue reference AAPL 100 | REFERENCE_SET venue
        alice sell 5@200 stop=95 on=reference #s | ACCEPTED alice
        alice sell 5@300 trail=10 on=reference #t | ACCEPTED alice trigger_price=90
        venue phase AAPL pre_open | PHASE_CHANGED venue
        venue reference AAPL 120 | REFERENCE_SET venue
        venue pulse              | PULSED venue items=0
        #t is                    | trigger_price=90
        venue reference AAPL 94  | REFERENCE_SET venue
        bob sell 5@200 stop=94 on=reference | REJECTED/WOULD_TRIGGER bob
        bob sell 5@200 trail=4 on=reference #b | ACCEPTED bob trigger_price=90
        venue phase AAPL closed  | PHASE_CHANGED venue
        venue reference AAPL 99  | REFERENCE_SET venue
        venue reference AAPL 95  | REFERENCE_SET venue
        AAPL due                 | None
        venue phase AAPL continuous | UNCROSSED venue 0@0; PHASE_CHANGED venue phase=continuous;
                                 | TRIGGERED alice #s 5@200 trigger_price=95
        #t is                    | trigger_price=90
        #b is                    | trigger_price=91
        AAPL book                | / 5@200
    """,
    "what is retired is emptied in the order of its state": """
        alice buy 1@100 hidden #hb | ACCEPTED alice
        alice sell 1@120 hidden #ha | ACCEPTED alice
        alice sell 1@200 stop=80 #s | ACCEPTED alice
        alice buy 1@50 stop=150 on=opposite #o | ACCEPTED alice
        alice sell 1@111 #2      | ACCEPTED alice
        alice sell 9@110 display=3 #1 | ACCEPTED alice
        alice buy 1@90 #4        | ACCEPTED alice
        bob buy 1@91 #3          | ACCEPTED bob
        venue phase AAPL auction | PHASE_CHANGED venue
        venue reference AAPL 100 | REFERENCE_SET venue
        dave sell 1@market auction #ms | ACCEPTED dave #ms 1@95
        dave buy 1@market auction #mb | ACCEPTED dave #mb 1@105
        venue phase AAPL closed  | PHASE_CHANGED venue
        venue phase AAPL retired | PHASE_CHANGED venue phase=retired; CANCELLED/RETIRED bob #3;
                                 | CANCELLED/RETIRED alice #4; CANCELLED/RETIRED alice #1 9@110 leaves=9;
                                 | CANCELLED/RETIRED alice #2; CANCELLED/RETIRED alice #hb; CANCELLED/RETIRED alice #ha;
                                 | CANCELLED/RETIRED dave #mb 1@105; CANCELLED/RETIRED dave #ms;
                                 | CANCELLED/RETIRED alice #s; CANCELLED/RETIRED alice #o
        alice has                | USDC 10000000+0 AAPL 10000+0
        dave has                 | USDC 10000000+0 AAPL 10000+0
    """,
    "only pulses go on emptying what is retired": """
        70 times bob buy 1@9     | ACCEPTED bob
        alice buy 1@8 #a         | ACCEPTED alice
        alice buy 1@7 #b         | ACCEPTED alice
        venue phase AAPL closed  | PHASE_CHANGED venue
        venue phase AAPL retired | PHASE_CHANGED venue phase=retired; 64 times (CANCELLED/RETIRED bob)
        alice cancel #a          | CANCELLED/USER alice #a
        alice cancel-all         | CANCELLED/CANCEL_ALL alice #b; CANCEL_ALL_DONE alice orders=1 pending=0
        venue reference AAPL 9   | REFERENCE_SET venue
        venue halt AAPL          | HALTED venue
        venue resume AAPL        | RESUMED venue
        venue pulse              | 6 times (CANCELLED/RETIRED bob 1@9); PULSED venue items=6
    """,
    "what is retired is emptied over several commands": """
        300 times bob buy 1@9    | ACCEPTED bob
        alice buy 1@8 #a         | ACCEPTED alice
        dave buy 1@7 expires=70 #d | ACCEPTED dave
        alice sell 1@100 on=GOLD | ACCEPTED alice
        venue phase AAPL closed at=60 | PHASE_CHANGED venue
        venue halt AAPL          | HALTED venue
        venue phase AAPL retired | PHASE_CHANGED venue phase=retired; 64 times (CANCELLED/RETIRED bob)
        AAPL due                 | 60
        alice buy 1@8            | REJECTED/INSTRUMENT_HALTED alice
        bob buy 1@100 on=GOLD at=65 | ACCEPTED bob; FILL bob taker; FILL alice maker
        AAPL due                 | 65
        venue restarts           |
        venue pulse at=70        | CANCELLED/EXPIRED dave #d; 236 times (CANCELLED/RETIRED bob);
                                 | CANCELLED/RETIRED alice #a; PULSED venue items=238
        AAPL due                 | None
        bob has                  | USDC 9999900+0 GOLD 1001+0
    """,
}

CALL_PHASE: Final = {
    "what is taken while orders are collected": """
        venue phase AAPL pre_open | PHASE_CHANGED venue
        bob buy 5@100 ioc        | REJECTED/WRONG_PHASE bob
        bob buy 5@100 fok        | REJECTED/WRONG_PHASE bob
        bob buy 5@100 post       | REJECTED/WRONG_PHASE bob
        bob buy 5@100 slide      | REJECTED/WRONG_PHASE bob
        bob buy 5@market         | REJECTED/WRONG_PHASE bob
        bob buy 5@market fok     | REJECTED/WRONG_PHASE bob
        bob buy 5@market mtl     | REJECTED/WRONG_PHASE bob
        bob spend 5000@100       | REJECTED/WRONG_PHASE bob
        bob spend 5000@market    | REJECTED/WRONG_PHASE bob
        bob buy 5@100 min=1      | REJECTED/WRONG_PHASE bob
        bob buy 5@100            | ACCEPTED bob 5@100
        bob buy 5@101 display=2  | ACCEPTED bob 5@101
        bob buy 5@102 hidden     | ACCEPTED bob 5@102
        bob buy 5@103 hidden min=3 | ACCEPTED bob 5@103
        bob buy 5@104 day        | ACCEPTED bob 5@104
        bob buy 5@105 expires=9  | ACCEPTED bob 5@105
        bob buy 5@106 auction    | ACCEPTED bob 5@106
        bob buy 5@200 stop=110   | ACCEPTED bob 5@200 trigger_price=110
        bob buy 5@200 ioc stop=110 | ACCEPTED bob 5@200
        bob buy 5@market stop=110 | ACCEPTED bob 5@115
        bob spend 5000@100 stop=110 | REJECTED/INVALID_COMBINATION bob
        AAPL book                | 5@106 5@105 5@104 2@101 5@100 /
    """,
    "a pause and a call take the same": """
        alice sell 1@100         | ACCEPTED alice
        bob buy 1@100            | ACCEPTED bob; FILL bob; FILL alice
        venue limits AAPL dynamic=100 call=50 | TRADING_LIMITS_SET venue
        alice sell 1@110         | ACCEPTED alice
        bob buy 1@110 ioc        | ACCEPTED bob; PHASE_CHANGED venue phase=pause; CANCELLED/IOC_REMAINDER bob
        bob buy 5@100 ioc        | REJECTED/WRONG_PHASE bob
        bob buy 5@100 post       | REJECTED/WRONG_PHASE bob
        bob buy 5@market         | REJECTED/WRONG_PHASE bob
        bob buy 5@market mtl     | REJECTED/WRONG_PHASE bob
        bob buy 5@100 min=1      | REJECTED/WRONG_PHASE bob
        bob buy 5@market auction | ACCEPTED bob 5@105
        bob buy 5@111 hidden min=2 | ACCEPTED bob 5@111
        bob buy 5@112            | ACCEPTED bob 5@112
        AAPL book                | 5@112 / 1@110
        venue phase AAPL auction | PHASE_CHANGED venue phase=auction previous_phase=pause
        bob buy 5@100 fok        | REJECTED/WRONG_PHASE bob
        bob buy 5@100 slide      | REJECTED/WRONG_PHASE bob
        bob buy 5@market mtl     | REJECTED/WRONG_PHASE bob
        bob buy 5@market auction | ACCEPTED bob 5@105
    """,
    "orders for an auction: what they can be": """
        bob buy 5@100 auction    | REJECTED/WRONG_PHASE bob
        bob buy 5@market auction | REJECTED/WRONG_PHASE bob
        bob buy 5@100 auction stop=90 | REJECTED/WRONG_PHASE bob
        bob buy 5@100 auction ioc | REJECTED/WRONG_PHASE bob
        venue phase AAPL auction | PHASE_CHANGED venue
        bob buy 5@100 auction ioc | REJECTED/WRONG_PHASE bob
        bob buy 5@100 auction slide | REJECTED/WRONG_PHASE bob
        bob buy 5@market auction mtl | REJECTED/WRONG_PHASE bob
        bob buy 5@100 auction min=2 | REJECTED/WRONG_PHASE bob
        bob buy 5@100 auction hidden min=2 | REJECTED/INVALID_COMBINATION bob
        bob buy 5@100 auction stop=90 | REJECTED/INVALID_COMBINATION bob
        bob buy 5@100 auction ioc stop=90 | REJECTED/INVALID_COMBINATION bob
        bob buy 5@market auction stop=90 | REJECTED/INVALID_COMBINATION bob
        bob buy 5@market auction hidden | REJECTED/INVALID_COMBINATION bob
        bob buy 5@market auction display=2 | REJECTED/INVALID_COMBINATION bob
        bob buy 0@market auction | REJECTED/INVALID_QUANTITY bob
        bob buy 5@market auction expires=5 at=5 | REJECTED/INVALID_EXPIRY bob
        bob buy 5@market auction | REJECTED/NO_REFERENCE bob
        bob buy 5@100 auction hidden | ACCEPTED bob
        bob buy 5@100 auction display=2 | ACCEPTED bob
        bob buy 5@100 auction expires=7 #e | ACCEPTED bob
        AAPL book                | 7@100 /
        venue pulse at=7         | CANCELLED/EXPIRED bob #e; PULSED venue items=1
    """,
    "the limit of a market order": """
        venue phase AAPL auction | PHASE_CHANGED venue
        venue reference AAPL 150 | REFERENCE_SET venue
        carol buy 5@market auction #1 | ACCEPTED carol #1 5@157 leaves=5
        carol has                | USDC 9921343+78657
        carol sell 5@market auction #2 | ACCEPTED carol #2 5@143
        carol has                | AAPL 9950+50
        venue reference AAPL 1000 | REFERENCE_SET venue
        bob buy 1@market auction | ACCEPTED bob 1@1000
        bob sell 1@market auction | ACCEPTED bob 1@950
        venue reference AAPL 1   | REFERENCE_SET venue
        bob buy 1@market auction | ACCEPTED bob 1@1
        bob sell 1@market auction | ACCEPTED bob 1@1
        AAPL book                | /
        #1 is                    | price=157 lifetime=2 trigger=0 time_in_force=0
    """,
    "the reference of an auction is the last fill, if nothing better is known": """
        alice sell 1@200         | ACCEPTED alice
        bob buy 1@200            | ACCEPTED bob; FILL bob; FILL alice
        venue phase AAPL pre_open | PHASE_CHANGED venue
        bob buy 1@market auction | ACCEPTED bob 1@210
        venue reference AAPL 100 | REFERENCE_SET venue
        bob buy 1@market auction | ACCEPTED bob 1@105
        venue reference AAPL 0   | REFERENCE_SET venue
        bob buy 1@market auction | ACCEPTED bob 1@210
        poor buy 1@market auction | REJECTED/INSUFFICIENT_FUNDS poor
        bob buy 9223372036854775807@market auction | REJECTED/OVERFLOW bob
    """,
    "no collar, no room": """
        venue phase GOLD auction | PHASE_CHANGED venue
        venue reference GOLD 100 | REFERENCE_SET venue
        alice sell 5@market auction on=GOLD #a | ACCEPTED alice 5@100
        bob buy 3@market auction on=GOLD #b | ACCEPTED bob 3@100
        venue phase GOLD continuous | UNCROSSED venue 3@100 surplus=-2; FILL bob auction #b 3@100;
                                 | FILL alice auction #a;
                                 | CANCELLED/AUCTION_ENDED alice #a 5@100 leaves=2 filled=3; PHASE_CHANGED venue
    """,
    "a market order is not amended": """
        venue reference AAPL 100 | REFERENCE_SET venue
        venue phase AAPL auction | PHASE_CHANGED venue
        bob buy 5@market auction id=m #m | ACCEPTED bob #m 5@105 id=m
        bob amend #m 5@105       | REJECTED/INVALID_COMBINATION bob
        bob amend #m 4@105       | REJECTED/INVALID_COMBINATION bob
        bob amend #m 0@0         | REJECTED/INVALID_COMBINATION bob
        bob amend #m 5@105 expires=9 | REJECTED/INVALID_COMBINATION bob
        alice amend #m 4@105     | REJECTED/UNKNOWN_ORDER alice
        venue halt AAPL          | HALTED venue
        bob amend #m 4@105       | REJECTED/INSTRUMENT_HALTED bob
        venue resume AAPL        | RESUMED venue
        bob buy 5@market auction id=m | DUPLICATE/OPEN bob #m 5@105 leaves=5
        bob replace #m buy 6@market auction #n | CANCELLED/REPLACED bob #m 5@105 leaves=5; ACCEPTED bob #n 6@105
        bob has                  | USDC 9937000+63000
        bob cancel #n            | CANCELLED/USER bob #n leaves=6
        bob has                  | USDC 10000000+0
    """,
    "an amendment that loses its place goes to the back of its level": """
        venue phase AAPL auction | PHASE_CHANGED venue
        alice sell 5@100 #a      | ACCEPTED alice
        bob buy 5@99 #b          | ACCEPTED bob
        dave buy 5@103 #d        | ACCEPTED dave
        bob amend #b 5@103       | AMENDED/LOST bob #b 5@103 leaves=5 previous_price=99
        AAPL book                | 10@103 / 5@100
        dave amend #d 4@103      | AMENDED/KEPT dave #d 4@103
        venue phase AAPL continuous | UNCROSSED venue 5@103 surplus=4;
                                 | FILL dave auction #d 4@103 leaves=0; FILL alice auction #a leaves=1;
                                 | FILL bob auction #b 1@103 leaves=4; FILL alice auction #a leaves=0;
                                 | PHASE_CHANGED venue
        AAPL book                | 4@103 /
    """,
    "post-only is checked against what rests": """
        alice sell 5@110 post #p | ACCEPTED alice
        alice sell 5@111 slide #s | ACCEPTED alice
        venue reference AAPL 100 | REFERENCE_SET venue
        venue phase AAPL auction | PHASE_CHANGED venue
        dave buy 5@market auction | ACCEPTED dave 5@105
        alice amend #p 5@104     | AMENDED/LOST alice #p 5@104
        bob buy 5@107            | ACCEPTED bob
        alice amend #p 5@107     | REJECTED/POST_ONLY_WOULD_CROSS alice
        alice amend #p 5@103     | REJECTED/POST_ONLY_WOULD_CROSS alice
        alice amend #s 5@105     | AMENDED/LOST alice #s 5@108 previous_price=111
        bob buy 5@109 hidden     | ACCEPTED bob
        alice amend #p 5@109     | REJECTED/POST_ONLY_WOULD_CROSS alice
        alice amend #p 4@104     | AMENDED/KEPT alice #p 4@104
        AAPL book                | 5@107 / 4@104 5@108
    """,
    "a minimum is not asked while orders are collected": """
        venue phase AAPL auction | PHASE_CHANGED venue
        bob buy 1@100            | ACCEPTED bob
        alice sell 5@99 hidden min=4 #h | ACCEPTED alice #h 5@99
        alice amend #h 6@98 min=3 | AMENDED/LOST alice #h 6@98 leaves=6
        alice amend #h 2@98      | REJECTED/INVALID_QUANTITY alice
        AAPL book                | 1@100 /
        venue phase AAPL continuous | UNCROSSED venue 1@98 surplus=-5; FILL bob auction 1@98 leaves=0;
                                 | FILL alice auction #h 1@98 leaves=5; PHASE_CHANGED venue
        #h is                    | leaves=5 min_quantity=3
    """,
    "orders for an auction wait for it": """
        venue phase AAPL pre_open | PHASE_CHANGED venue
        alice sell 5@100 auction #a | ACCEPTED alice
        alice amend #a 6@101     | AMENDED/LOST alice #a 6@101
        venue phase AAPL auction | PHASE_CHANGED venue
        venue phase AAPL closed  | PHASE_CHANGED venue
        #a is                    | leaves=6 lifetime=2
        venue phase AAPL continuous | UNCROSSED venue 0@0 surplus=0; CANCELLED/AUCTION_ENDED alice #a 6@101 leaves=6;
                                 | PHASE_CHANGED venue
        alice has                | AAPL 10000+0
    """,
    "a date rolls in a call": """
        venue roll 20261130      | TRADE_DATE_ROLLED venue
        alice sell 5@100 day #a  | ACCEPTED alice
        venue phase AAPL auction ends=50 at=10 | PHASE_CHANGED venue
        bob buy 5@100 day #b     | ACCEPTED bob
        dave buy 3@100 #d        | ACCEPTED dave
        venue roll 20261201 at=20 | TRADE_DATE_ROLLED venue
        carol sell 2@100 day #c  | ACCEPTED carol
        AAPL due                 | 20
        venue pulse at=50        | CANCELLED/DAY_ENDED alice #a; CANCELLED/DAY_ENDED bob #b;
                                 | UNCROSSED venue 2@100 surplus=1;
                                 | FILL dave auction #d 2@100 leaves=1; FILL carol auction #c leaves=0;
                                 | PHASE_CHANGED venue phase=continuous; PULSED venue items=4
    """,
}

AUCTION_PRICE: Final = {
    "more trades at one price than at any other": """
        venue phase AAPL auction | PHASE_CHANGED venue
        alice sell 1@200         | ACCEPTED alice
        alice sell 3@198 #s2     | ACCEPTED alice
        alice sell 4@197 #s1     | ACCEPTED alice
        bob buy 3@200 #b1        | ACCEPTED bob
        bob buy 1@196            | ACCEPTED bob
        bob buy 3@198 #b3        | ACCEPTED bob
        bob buy 2@199 #b2        | ACCEPTED bob
        venue pulse at=1000000000 | INDICATED venue 7@198 surplus=1 instrument=AAPL; PULSED venue items=1
        venue phase AAPL continuous | UNCROSSED venue 7@198 surplus=1;
                                 | FILL bob auction #b1 3@198 leaves=0; FILL alice auction #s1 3@198 leaves=1;
                                 | FILL bob auction #b2 1@198 leaves=1; FILL alice auction #s1 1@198 leaves=0;
                                 | FILL bob auction #b2 1@198 leaves=0; FILL alice auction #s2 1@198 leaves=2;
                                 | FILL bob auction #b3 2@198 leaves=1; FILL alice auction #s2 2@198 leaves=0;
                                 | PHASE_CHANGED venue phase=continuous
        AAPL book                | 1@198 1@196 / 1@200
    """,
    "as much trades at several: the smallest surplus": """
        venue phase AAPL auction | PHASE_CHANGED venue
        alice sell 5@100         | ACCEPTED alice
        bob buy 5@105            | ACCEPTED bob
        bob buy 3@101            | ACCEPTED bob
        venue pulse at=1000000000 | INDICATED venue 5@103 surplus=0; PULSED venue
        venue reference AAPL 104 | REFERENCE_SET venue
        venue pulse at=2000000000 | INDICATED venue 5@104 surplus=0; PULSED venue
        venue reference AAPL 50  | REFERENCE_SET venue
        venue pulse at=3000000000 | INDICATED venue 5@102 surplus=0; PULSED venue
        venue reference AAPL 500 | REFERENCE_SET venue
        venue pulse at=4000000000 | INDICATED venue 5@105 surplus=0; PULSED venue
    """,
    "too many buys: the highest limit": """
        venue phase AAPL auction | PHASE_CHANGED venue
        alice sell 5@100 #a      | ACCEPTED alice
        bob buy 8@105 #b         | ACCEPTED bob
        venue pulse at=1000000000 | INDICATED venue 5@105 surplus=3; PULSED venue
        venue reference AAPL 102 | REFERENCE_SET venue
        venue pulse at=2000000000 | INDICATED venue 5@105 surplus=3; PULSED venue
        venue reference AAPL 500 | REFERENCE_SET venue
        venue phase AAPL continuous | UNCROSSED venue 5@105 surplus=3; FILL bob auction #b 5@105 leaves=3;
                                 | FILL alice auction #a 5@105; PHASE_CHANGED venue
    """,
    "too many sells: the lowest limit": """
        venue phase AAPL auction | PHASE_CHANGED venue
        alice sell 8@100 #a      | ACCEPTED alice
        bob buy 5@105 #b         | ACCEPTED bob
        venue pulse at=1000000000 | INDICATED venue 5@100 surplus=-3; PULSED venue
        venue reference AAPL 102 | REFERENCE_SET venue
        venue pulse at=2000000000 | INDICATED venue 5@100 surplus=-3; PULSED venue
        venue reference AAPL 50  | REFERENCE_SET venue
        venue phase AAPL continuous | UNCROSSED venue 5@100 surplus=-3; FILL bob auction #b 5@100;
                                 | FILL alice auction #a 5@100 leaves=3; PHASE_CHANGED venue
    """,
    "too many buys below, as many sells above": """
        venue phase AAPL auction | PHASE_CHANGED venue
        alice sell 5@100         | ACCEPTED alice
        alice sell 2@105         | ACCEPTED alice
        bob buy 5@110            | ACCEPTED bob
        bob buy 2@104            | ACCEPTED bob
        venue pulse at=1000000000 | INDICATED venue 5@105 surplus=-2; PULSED venue
        venue reference AAPL 104 | REFERENCE_SET venue
        venue pulse at=2000000000 | INDICATED venue 5@104 surplus=2; PULSED venue
        venue reference AAPL 90  | REFERENCE_SET venue
        venue pulse at=3000000000 | INDICATED venue 5@100 surplus=2; PULSED venue
        venue reference AAPL 130 | REFERENCE_SET venue
        venue pulse at=4000000000 | INDICATED venue 5@110 surplus=-2; PULSED venue
    """,
    "no surplus and no reference: the middle, rounded down": """
        venue phase AAPL auction | PHASE_CHANGED venue
        alice sell 5@101         | ACCEPTED alice
        bob buy 5@104 #b         | ACCEPTED bob
        venue pulse at=1000000000 | INDICATED venue 5@102 surplus=0; PULSED venue
        bob amend #b 5@105       | AMENDED bob
        venue pulse at=2000000000 | INDICATED venue 5@103 surplus=0; PULSED venue
        bob amend #b 5@1000      | AMENDED bob
        venue pulse at=3000000000 | INDICATED venue 5@550 surplus=0; PULSED venue
        bob amend #b 5@101       | AMENDED bob
        venue pulse at=4000000000 | INDICATED venue 5@101 surplus=0; PULSED venue
    """,
    "the ends of the prices": """
        venue phase AAPL auction | PHASE_CHANGED venue
        alice sell 5@1 #a        | ACCEPTED alice
        bob buy 6@1 #b           | ACCEPTED bob
        venue pulse at=1000000000 | INDICATED venue 5@1 surplus=1; PULSED venue
        bob amend #b 6@1000      | AMENDED bob
        venue pulse at=2000000000 | INDICATED venue 5@1000 surplus=1; PULSED venue
        alice amend #a 7@1       | AMENDED alice
        venue pulse at=3000000000 | INDICATED venue 6@1 surplus=-1; PULSED venue
        alice amend #a 7@1000    | AMENDED alice
        venue pulse at=4000000000 | INDICATED venue 6@1000 surplus=-1; PULSED venue
    """,
    "nothing to trade: no price": """
        venue reference AAPL 100 | REFERENCE_SET venue
        venue phase AAPL auction | PHASE_CHANGED venue
        venue pulse at=1000000000 | INDICATED venue 0@0 surplus=0; PULSED venue items=1
        bob buy 5@99             | ACCEPTED bob
        venue pulse at=2000000000 | INDICATED venue 0@0 surplus=0; PULSED venue
        alice sell 5@100         | ACCEPTED alice
        venue pulse at=3000000000 | INDICATED venue 0@0 surplus=0; PULSED venue
        alice sell 5@90 stop=50  | ACCEPTED alice
        venue pulse at=4000000000 | INDICATED venue 0@0 surplus=0; PULSED venue
        venue phase AAPL continuous | UNCROSSED venue 0@0 surplus=0; PHASE_CHANGED venue phase=continuous
        AAPL book                | 5@99 / 5@100
    """,
    "market orders alone trade at the reference": """
        venue reference AAPL 100 | REFERENCE_SET venue
        venue phase AAPL auction | PHASE_CHANGED venue
        bob buy 8@market auction #1 | ACCEPTED bob 8@105
        venue pulse at=1000000000 | INDICATED venue 0@0; PULSED venue
        alice sell 5@market auction #2 | ACCEPTED alice 5@95
        venue pulse at=2000000000 | INDICATED venue 5@100 surplus=3; PULSED venue
        dave sell 6@market auction #3 | ACCEPTED dave 6@95
        venue pulse at=3000000000 | INDICATED venue 8@100 surplus=-3; PULSED venue
        carol buy 3@market auction #4 | ACCEPTED carol
        venue pulse at=4000000000 | INDICATED venue 11@100 surplus=0; PULSED venue
        AAPL book                | /
        venue phase AAPL continuous | UNCROSSED venue 11@100 surplus=0;
                                 | FILL bob auction #1 5@100 leaves=3; FILL alice auction #2 5@100 leaves=0;
                                 | FILL bob auction #1 3@100 leaves=0; FILL dave auction #3 3@100 leaves=3;
                                 | FILL carol auction #4 3@100 leaves=0; FILL dave auction #3 3@100 leaves=0;
                                 | PHASE_CHANGED venue
    """,
    "the last fill is the reference, if there is no other": """
        alice sell 1@100         | ACCEPTED alice
        bob buy 1@100            | ACCEPTED bob; FILL bob; FILL alice
        venue phase AAPL auction | PHASE_CHANGED venue
        bob buy 8@market auction | ACCEPTED bob 8@105
        alice sell 5@market auction | ACCEPTED alice 5@95
        venue pulse at=1000000000 | INDICATED venue 5@100 surplus=3; PULSED venue
        venue reference AAPL 97  | REFERENCE_SET venue
        venue pulse at=2000000000 | INDICATED venue 5@97 surplus=3; PULSED venue
        venue reference AAPL 0   | REFERENCE_SET venue
        venue pulse at=3000000000 | INDICATED venue 5@100 surplus=3; PULSED venue
    """,
    "market orders alone, and the reference is gone: the middle": """
        venue phase AAPL auction | PHASE_CHANGED venue
        venue reference AAPL 100 | REFERENCE_SET venue
        alice sell 5@market auction | ACCEPTED alice 5@95
        venue reference AAPL 120 | REFERENCE_SET venue
        bob buy 8@market auction | ACCEPTED bob 8@126
        venue reference AAPL 0   | REFERENCE_SET venue
        venue pulse at=1000000000 | INDICATED venue 5@110 surplus=3; PULSED venue
    """,
    "market buys press against a limit as far as the reference": """
        venue reference AAPL 100 | REFERENCE_SET venue
        venue phase AAPL auction | PHASE_CHANGED venue
        alice sell 5@97          | ACCEPTED alice
        bob buy 8@market auction | ACCEPTED bob 8@105
        venue pulse at=1000000000 | INDICATED venue 5@100 surplus=3; PULSED venue
        venue reference AAPL 90  | REFERENCE_SET venue
        venue pulse at=2000000000 | INDICATED venue 5@97 surplus=3; PULSED venue
        venue reference AAPL 200 | REFERENCE_SET venue
        venue pulse at=3000000000 | INDICATED venue 5@105 surplus=3; PULSED venue
        venue reference AAPL 0   | REFERENCE_SET venue
        venue pulse at=4000000000 | INDICATED venue 5@97 surplus=3; PULSED venue
    """,
    "market sells press against a limit as far as the reference": """
        venue reference AAPL 100 | REFERENCE_SET venue
        venue phase AAPL auction | PHASE_CHANGED venue
        alice sell 8@market auction | ACCEPTED alice 8@95
        bob buy 5@103            | ACCEPTED bob
        venue pulse at=1000000000 | INDICATED venue 5@100 surplus=-3; PULSED venue
        venue reference AAPL 200 | REFERENCE_SET venue
        venue pulse at=2000000000 | INDICATED venue 5@103 surplus=-3; PULSED venue
        venue reference AAPL 50  | REFERENCE_SET venue
        venue pulse at=3000000000 | INDICATED venue 5@95 surplus=-3; PULSED venue
        venue reference AAPL 0   | REFERENCE_SET venue
        venue pulse at=4000000000 | INDICATED venue 5@103 surplus=-3; PULSED venue
    """,
    "the limit of a market order bounds the price, but is none": """
        venue reference AAPL 100 | REFERENCE_SET venue
        venue phase AAPL auction | PHASE_CHANGED venue
        alice sell 5@100 #a      | ACCEPTED alice
        bob buy 4@110 #b         | ACCEPTED bob
        dave buy 4@market auction #m | ACCEPTED dave 4@105
        venue pulse at=1000000000 | INDICATED venue 5@100 surplus=3; PULSED venue
        venue reference AAPL 103 | REFERENCE_SET venue
        venue phase AAPL continuous | UNCROSSED venue 5@103 surplus=3;
                                 | FILL bob auction #b 4@103 leaves=0; FILL alice auction #a leaves=1;
                                 | FILL dave auction #m 1@103 leaves=3; FILL alice auction #a leaves=0;
                                 | CANCELLED/AUCTION_ENDED dave #m 4@105 leaves=3; PHASE_CHANGED venue
    """,
    "what is hidden counts, and what an iceberg has": """
        venue phase AAPL auction | PHASE_CHANGED venue
        alice sell 5@100 hidden  | ACCEPTED alice
        alice sell 9@101 display=2 | ACCEPTED alice
        bob buy 10@102           | ACCEPTED bob
        AAPL book                | 10@102 / 2@101
        venue pulse at=1000000000 | INDICATED venue 10@101 surplus=-4; PULSED venue
        carol buy 4@103 hidden min=4 | ACCEPTED carol
        venue pulse at=2000000000 | INDICATED venue 14@101 surplus=0; PULSED venue
        venue reference AAPL 102 | REFERENCE_SET venue
        venue pulse at=3000000000 | INDICATED venue 14@102 surplus=0; PULSED venue
    """,
    "a book with everything": """
        venue reference AAPL 200 | REFERENCE_SET venue
        venue phase AAPL auction | PHASE_CHANGED venue
        bob buy 9@market auction | ACCEPTED bob 9@210
        bob buy 2@202 #2         | ACCEPTED bob
        bob buy 2@201            | ACCEPTED bob
        bob buy 3@198            | ACCEPTED bob
        alice sell 6@market auction | ACCEPTED alice 6@190
        alice sell 1@198         | ACCEPTED alice
        alice sell 4@200         | ACCEPTED alice
        alice sell 3@203         | ACCEPTED alice
        venue pulse at=1000000000 | INDICATED venue 11@202 surplus=0; PULSED venue
        bob cancel #2            | CANCELLED/USER bob
        venue pulse at=2000000000 | INDICATED venue 11@200 surplus=0; PULSED venue
        dave buy 1@201 #d        | ACCEPTED dave
        venue pulse at=3000000000 | INDICATED venue 11@201 surplus=1; PULSED venue
        dave cancel #d           | CANCELLED/USER dave
        dave sell 1@200          | ACCEPTED dave
        venue reference AAPL 201 | REFERENCE_SET venue
        venue pulse at=4000000000 | INDICATED venue 11@200 surplus=-1; PULSED venue
    """,
}

UNCROSSING: Final = {
    "buys: limit, market, displayed, hidden, time": """
        venue reference AAPL 100 | REFERENCE_SET venue
        venue phase AAPL auction | PHASE_CHANGED venue
        carol buy 2@105 hidden #h | ACCEPTED carol
        dave buy 2@105 #d        | ACCEPTED dave
        bob buy 2@market auction #m | ACCEPTED bob #m 2@105
        alice buy 1@106 #x       | ACCEPTED alice
        dave buy 2@105 #e        | ACCEPTED dave
        alice sell 9@95 #s       | ACCEPTED alice
        venue phase AAPL continuous | UNCROSSED venue 9@100 surplus=0;
                                 | FILL alice auction buy #x 1@100 leaves=0; FILL alice auction sell #s 1@100 leaves=8;
                                 | FILL bob auction buy #m 2@100 leaves=0; FILL alice auction sell #s leaves=6;
                                 | FILL dave auction buy #d 2@100 leaves=0; FILL alice auction sell #s leaves=4;
                                 | FILL dave auction buy #e 2@100 leaves=0; FILL alice auction sell #s leaves=2;
                                 | FILL carol auction buy #h 2@100 leaves=0; FILL alice auction sell #s leaves=0;
                                 | PHASE_CHANGED venue
    """,
    "sells: limit, market, displayed, hidden, time": """
        venue reference AAPL 100 | REFERENCE_SET venue
        venue phase AAPL auction | PHASE_CHANGED venue
        carol sell 2@95 hidden #h | ACCEPTED carol
        dave sell 2@95 #d        | ACCEPTED dave
        bob sell 2@market auction #m | ACCEPTED bob #m 2@95
        alice sell 1@94 #x       | ACCEPTED alice
        dave sell 2@95 #e        | ACCEPTED dave
        bob buy 8@105 #b         | ACCEPTED bob
        venue phase AAPL continuous | UNCROSSED venue 8@95 surplus=-1;
                                 | FILL bob auction buy #b 1@95 leaves=7; FILL alice auction sell #x 1@95 leaves=0;
                                 | FILL bob auction buy #b 2@95 leaves=5; FILL bob auction sell #m leaves=0;
                                 | FILL bob auction buy #b 2@95 leaves=3; FILL dave auction sell #d leaves=0;
                                 | FILL bob auction buy #b 2@95 leaves=1; FILL dave auction sell #e leaves=0;
                                 | FILL bob auction buy #b 1@95 leaves=0; FILL carol auction sell #h leaves=1;
                                 | PHASE_CHANGED venue
        AAPL book                | /
    """,
    "an iceberg's next slice goes to the back": """
        venue phase AAPL auction | PHASE_CHANGED venue
        alice sell 6@100 display=2 #a | ACCEPTED alice
        dave sell 3@100 #d       | ACCEPTED dave
        bob buy 8@100 #b         | ACCEPTED bob
        venue phase AAPL continuous | UNCROSSED venue 8@100 surplus=-1;
                                 | FILL bob auction #b 2@100 leaves=6; FILL alice auction #a leaves=4;
                                 | FILL bob auction #b 3@100 leaves=3; FILL dave auction #d leaves=0;
                                 | FILL bob auction #b 2@100 leaves=1; FILL alice auction #a leaves=2;
                                 | FILL bob auction #b 1@100 leaves=0; FILL alice auction #a leaves=1 filled=5;
                                 | PHASE_CHANGED venue
        AAPL book                | / 1@100
        #a is                    | slice=2 reserve=0
    """,
    "icebergs on both sides": """
        venue phase AAPL auction | PHASE_CHANGED venue
        bob buy 6@100 display=3 #b | ACCEPTED bob
        carol buy 3@100 #c       | ACCEPTED carol
        alice sell 6@100 display=2 #a | ACCEPTED alice
        dave sell 2@100 #d       | ACCEPTED dave
        venue phase AAPL continuous | UNCROSSED venue 8@100 surplus=1;
                                 | FILL bob auction #b 2@100 leaves=4; FILL alice auction #a leaves=4;
                                 | FILL bob auction #b 1@100 leaves=3; FILL dave auction #d leaves=1;
                                 | FILL carol auction #c 1@100 leaves=2; FILL dave auction #d leaves=0;
                                 | FILL carol auction #c 2@100 leaves=0; FILL alice auction #a leaves=2;
                                 | FILL bob auction #b 2@100 leaves=1; FILL alice auction #a leaves=0;
                                 | PHASE_CHANGED venue
        AAPL book                | 1@100 /
    """,
    "a hidden order with less than its minimum left ends": """
        venue phase AAPL auction | PHASE_CHANGED venue
        alice sell 10@100 hidden min=4 #h | ACCEPTED alice
        bob buy 7@100            | ACCEPTED bob
        dave sell 2@101 auction #d | ACCEPTED dave
        venue phase AAPL continuous | UNCROSSED venue 7@100 surplus=-3; FILL bob auction 7@100;
                                 | FILL alice auction #h leaves=3;
                                 | CANCELLED/BELOW_MINIMUM alice #h 10@100 leaves=3 filled=7;
                                 | CANCELLED/AUCTION_ENDED dave #d; PHASE_CHANGED venue
        alice has                | USDC 10070000+0 AAPL 9930+0
    """,
    "a hidden buy with less than its minimum left ends": """
        venue phase AAPL auction | PHASE_CHANGED venue
        carol buy 10@100 hidden min=9 #h | ACCEPTED carol
        bob buy 5@100 hidden min=5 #b | ACCEPTED bob
        alice sell 2@90          | ACCEPTED alice
        venue phase AAPL continuous | UNCROSSED venue 2@100 surplus=13; FILL carol auction #h 2@100 leaves=8;
                                 | FILL alice auction; CANCELLED/BELOW_MINIMUM carol #h leaves=8 filled=2;
                                 | PHASE_CHANGED venue
        carol has                | USDC 9979980+0 AAPL 10020+0
        #b is                    | leaves=5
    """,
    "a minimum is asked again when the auction is over": """
        venue phase AAPL auction | PHASE_CHANGED venue
        alice sell 10@100 hidden min=3 #h | ACCEPTED alice
        bob buy 2@100            | ACCEPTED bob
        carol buy 5@100          | ACCEPTED carol
        venue phase AAPL continuous | UNCROSSED venue 7@100 surplus=-3; FILL bob auction 2@100;
                                 | FILL alice auction #h leaves=8;
                                 | FILL carol auction 5@100; FILL alice auction #h leaves=3; PHASE_CHANGED venue
        bob buy 2@100 #b         | ACCEPTED bob
        AAPL book                | 2@100 /
        bob buy 3@100            | ACCEPTED bob; FILL bob taker 3@100; FILL alice maker #h leaves=0
    """,
    "orders for the auction end, the lowest id first": """
        venue phase AAPL auction | PHASE_CHANGED venue
        dave buy 1@50 auction #0 | ACCEPTED dave
        dave cancel #0           | CANCELLED/USER dave
        alice sell 5@100 auction #1 | ACCEPTED alice
        bob buy 3@100 auction #2 | ACCEPTED bob
        bob buy 2@90 auction hidden #3 | ACCEPTED bob
        carol sell 4@150 auction display=2 #4 | ACCEPTED carol
        dave sell 1@150 #5       | ACCEPTED dave
        venue phase AAPL continuous | UNCROSSED venue 3@100 surplus=-2;
                                 | FILL bob auction #2 3@100 leaves=0; FILL alice auction #1 3@100 leaves=2;
                                 | CANCELLED/AUCTION_ENDED bob #3 2@90 leaves=2 filled=0;
                                 | CANCELLED/AUCTION_ENDED carol #4 4@150 leaves=4;
                                 | CANCELLED/AUCTION_ENDED alice #1 5@100 leaves=2 filled=3; PHASE_CHANGED venue
        AAPL book                | / 1@150
        bob has                  | USDC 9970000+0 AAPL 10030+0
        alice has                | USDC 10030000+0 AAPL 9970+0
        carol has                | USDC 10000000+0 AAPL 10000+0
    """,
    "both pay as makers, and get back what they held too much": """
        venue phase AAPL auction | PHASE_CHANGED venue
        carol buy 5@110 #c       | ACCEPTED carol
        carol has                | USDC 9944890+55110
        dave sell 8@100 #d       | ACCEPTED dave
        venue phase AAPL continuous | UNCROSSED venue 5@100 surplus=-3;
                                 | FILL carol auction #c 5@100 leaves=0 filled=5 cash=50000 fee=50;
                                 | FILL dave auction #d 5@100 leaves=3 filled=5 cash=50000 fee=50; PHASE_CHANGED venue
        carol has                | USDC 9949950+0 AAPL 10050+0
        dave has                 | USDC 10049950+0 AAPL 9920+30
        venue has                | USDC 100+0
    """,
    "what is left holds as much as a new order of its size": """
        venue phase AAPL auction | PHASE_CHANGED venue
        carol buy 5@100 #c       | ACCEPTED carol
        carol has                | USDC 9949900+50100
        alice sell 2@90          | ACCEPTED alice
        venue phase AAPL continuous | UNCROSSED venue 2@100 surplus=3;
                                 | FILL carol auction #c 2@100 leaves=3 cash=20000 fee=20;
                                 | FILL alice auction cash=20000 fee=0; PHASE_CHANGED venue
        carol has                | USDC 9949920+30060 AAPL 10020+0
    """,
    "a market order gets back what its limit held": """
        venue reference AAPL 100 | REFERENCE_SET venue
        venue phase AAPL auction | PHASE_CHANGED venue
        carol buy 5@market auction #c | ACCEPTED carol 5@105
        carol has                | USDC 9947395+52605
        dave sell 3@99           | ACCEPTED dave
        venue phase AAPL continuous | UNCROSSED venue 3@100 surplus=2; FILL carol auction #c 3@100 leaves=2 fee=30;
                                 | FILL dave auction 3@100 fee=30;
                                 | CANCELLED/AUCTION_ENDED carol #c 5@105 leaves=2 filled=3;
                                 | PHASE_CHANGED venue
        carol has                | USDC 9969970+0 AAPL 10030+0
        dave has                 | USDC 10029970+0 AAPL 9970+0
    """,
    "an order keeps its rates": """
        venue phase AAPL auction | PHASE_CHANGED venue
        carol buy 5@100          | ACCEPTED carol
        venue fees 1 0 10000     | FEE_SCHEDULE_SET venue
        dave sell 5@100          | ACCEPTED dave
        venue phase AAPL continuous | UNCROSSED venue 5@100; FILL carol auction fee=50; FILL dave auction fee=0;
                                 | PHASE_CHANGED venue
    """,
    "orders of one party trade": """
        alice group 7            | ACCOUNT_SET alice
        bob group 7              | ACCOUNT_SET bob
        venue phase AAPL auction | PHASE_CHANGED venue
        alice sell 5@100 newest #1 | ACCEPTED alice
        alice buy 3@100 stp=decrement #2 | ACCEPTED alice
        bob buy 2@100 both #3    | ACCEPTED bob
        venue phase AAPL continuous | UNCROSSED venue 5@100 surplus=0;
                                 | FILL alice auction #2 3@100 leaves=0; FILL alice auction #1 3@100 leaves=2;
                                 | FILL bob auction #3 2@100 leaves=0; FILL alice auction #1 2@100 leaves=0;
                                 | PHASE_CHANGED venue
        alice has                | USDC 10020000+0 AAPL 9980+0
    """,
    "the price becomes that of the last fill": """
        venue phase AAPL auction | PHASE_CHANGED venue
        alice sell 1@100         | ACCEPTED alice
        bob buy 1@100            | ACCEPTED bob
        bob sell 1@50 stop=100   | ACCEPTED bob trigger_price=100
        venue phase AAPL continuous | UNCROSSED venue 1@100; FILL bob auction; FILL alice auction;
                                 | PHASE_CHANGED venue phase=continuous; TRIGGERED bob 1@50 trigger_price=100
        bob sell 1@50 stop=100   | REJECTED/WOULD_TRIGGER bob
        bob buy 1@50 trail=7     | ACCEPTED bob trigger_price=107
    """,
    "more than one command makes": """
        venue phase AAPL auction | PHASE_CHANGED venue
        alice sell 103@100 display=1 #a | ACCEPTED alice
        bob buy 100@100 #b       | ACCEPTED bob
        dave buy 9@90 #d         | ACCEPTED dave
        venue phase AAPL continuous at=5 | UNCROSSED venue 100@100 surplus=-3;
                                 | 64 times (FILL bob auction #b 1@100; FILL alice auction #a 1@100)
        AAPL due                 | 5
        #a is                    | leaves=39 filled=64
        AAPL book                | 36@100 9@90 / 1@100
        bob buy 1@100            | REJECTED/WRONG_PHASE bob
        bob buy 1@100 auction    | REJECTED/WRONG_PHASE bob
        bob buy 1@100 stop=200   | REJECTED/WRONG_PHASE bob
        dave amend #d 8@90       | REJECTED/WRONG_PHASE dave
        dave replace #d buy 8@90 | REJECTED/WRONG_PHASE dave
        venue phase AAPL continuous | REJECTED/WRONG_PHASE venue
        venue phase AAPL auction | REJECTED/WRONG_PHASE venue
        venue phase AAPL pre_open | REJECTED/WRONG_PHASE venue
        venue phase AAPL closed  | REJECTED/WRONG_PHASE venue
        venue phase AAPL retired | REJECTED/WRONG_PHASE venue
        bob buy 1@100 on=GOLD    | ACCEPTED bob
        alice sell 1@100 on=GOLD at=6 | ACCEPTED alice; FILL alice taker; FILL bob maker
        AAPL due                 | 6
        venue restarts           |
        venue pulse at=7         | 36 times (FILL bob auction #b 1@100; FILL alice auction #a 1@100);
                                 | PHASE_CHANGED venue phase=continuous previous_phase=uncrossing; PULSED venue items=36
        AAPL due                 | None
        AAPL book                | 9@90 / 1@100
        #a is                    | leaves=3 reserve=2
    """,
    "what is cancelled meanwhile waits, and trades before": """
        venue phase AAPL auction | PHASE_CHANGED venue
        alice sell 103@100 display=1 #a | ACCEPTED alice
        bob buy 100@100 #b       | ACCEPTED bob
        dave buy 9@90 id=d #d    | ACCEPTED dave
        venue phase AAPL continuous | UNCROSSED venue 100@100; 64 times (FILL bob auction; FILL alice auction)
        bob buy 1@100 on=GOLD #g | ACCEPTED bob
        alice cancel #a          | CANCEL_PENDING alice sell #a 103@100 leaves=39 filled=64
        alice cancel #a          | CANCEL_PENDING alice #a leaves=39
        bob cancel #a            | REJECTED/UNKNOWN_ORDER bob
        dave cancel-all sell     | CANCEL_ALL_DONE dave orders=0 pending=0
        dave cancel-all AAPL     | CANCEL_ALL_DONE dave orders=0 pending=1
        dave cancel id=d         | CANCEL_PENDING dave #d 9@90 leaves=9 filled=0
        bob cancel-all           | CANCELLED/CANCEL_ALL bob #g; CANCEL_ALL_DONE bob orders=1 pending=1
        alice has                | AAPL 8970+390
        venue restarts           |
        venue pulse              | 36 times (FILL bob auction #b; FILL alice auction #a);
                                 | CANCELLED/USER alice #a 103@100 leaves=3 filled=100;
                                 | CANCELLED/CANCEL_ALL dave #d 9@90 leaves=9 filled=0;
                                 | PHASE_CHANGED venue phase=continuous;
                                 | PULSED venue items=38
        alice has                | USDC 11000000+0 AAPL 9000+0
        bob has                  | USDC 9000000+0 AAPL 11000+0
        dave has                 | USDC 10000000+0 AAPL 10000+0
    """,
    "a cancel of an order that the auction ends anyhow": """
        venue phase AAPL auction | PHASE_CHANGED venue
        alice sell 100@100 display=1 #a | ACCEPTED alice
        bob buy 105@100 auction #b | ACCEPTED bob
        carol buy 7@100 hidden min=6 #c | ACCEPTED carol
        dave buy 1@90 auction #d | ACCEPTED dave
        venue phase AAPL continuous | UNCROSSED venue 100@100 surplus=12; 64 times (FILL bob auction;
                                 | FILL alice auction)
        bob cancel #b            | CANCEL_PENDING bob #b leaves=41
        carol cancel #c          | CANCEL_PENDING carol #c leaves=7
        venue pulse              | 36 times (FILL bob auction #b; FILL alice auction);
                                 | CANCELLED/AUCTION_ENDED bob #b leaves=5; CANCELLED/AUCTION_ENDED dave #d;
                                 | CANCELLED/USER carol #c; PHASE_CHANGED venue; PULSED venue items=39
    """,
    "a stop that is cancelled meanwhile does not enter": """
        carol sell 4@97 stop=100 #s | ACCEPTED carol
        dave sell 4@97 stop=100 #t | ACCEPTED dave
        venue phase AAPL auction | PHASE_CHANGED venue
        alice sell 70@100 display=1 | ACCEPTED alice
        bob buy 70@100           | ACCEPTED bob
        venue phase AAPL continuous | UNCROSSED venue 70@100; 64 times (FILL bob auction; FILL alice auction)
        carol cancel #s          | CANCEL_PENDING carol #s leaves=4
        venue pulse              | 6 times (FILL bob auction; FILL alice auction);
                                 | CANCELLED/USER carol #s 4@97 leaves=4;
                                 | PHASE_CHANGED venue; TRIGGERED dave #t; PULSED venue items=8
    """,
    "a halt does not stop it": """
        carol sell 4@97 stop=100 #s | ACCEPTED carol
        venue phase AAPL auction | PHASE_CHANGED venue
        alice sell 70@100 display=1 | ACCEPTED alice
        bob buy 70@100 #b        | ACCEPTED bob
        dave buy 1@90 #d         | ACCEPTED dave
        venue phase AAPL continuous | UNCROSSED venue 70@100; 64 times (FILL bob auction; FILL alice auction)
        venue halt AAPL at=5     | HALTED venue causes=1
        bob buy 1@100            | REJECTED/INSTRUMENT_HALTED bob
        bob cancel #b            | CANCEL_PENDING bob #b leaves=6
        AAPL due                 | 5
        venue pulse              | 6 times (FILL bob auction; FILL alice auction); PHASE_CHANGED venue phase=continuous;
                                 | PULSED venue items=6
        AAPL due                 | None
        dave cancel #d           | CANCELLED/USER dave #d
        venue resume AAPL        | RESUMED venue causes=0; TRIGGERED carol #s 4@97 trigger_price=100
    """,
    "what has expired waits until its auction is over": """
        venue phase AAPL auction | PHASE_CHANGED venue
        alice sell 256@100 display=1 #1 | ACCEPTED alice
        alice sell 100@100 display=1 #2 | ACCEPTED alice
        bob buy 340@100 expires=10 #b | ACCEPTED bob
        dave buy 20@100 expires=11 #d | ACCEPTED dave
        venue phase AAPL continuous at=5 | UNCROSSED venue 356@100 surplus=4;
                                 | 64 times (FILL bob auction #b; FILL alice auction)
        alice sell 1@5 expires=12 on=GOLD #g | ACCEPTED alice
        venue pulse at=20        | 256 times (FILL bob auction #b; FILL alice auction); PULSED venue items=256
        AAPL due                 | 10
        venue pulse              | 20 times (FILL bob auction #b; FILL alice auction);
                                 | 16 times (FILL dave auction #d; FILL alice auction);
                                 | PHASE_CHANGED venue phase=continuous;
                                 | CANCELLED/EXPIRED dave #d leaves=4 filled=16; CANCELLED/EXPIRED alice #g;
                                 | PULSED venue items=38
    """,
    "two auctions at once": """
        venue phase AAPL auction | PHASE_CHANGED venue
        venue phase GOLD auction | PHASE_CHANGED venue
        alice sell 100@100 display=1 on=GOLD | ACCEPTED alice
        bob buy 100@100 on=GOLD  | ACCEPTED bob
        alice sell 100@100 display=1 | ACCEPTED alice
        bob buy 100@100          | ACCEPTED bob
        venue phase GOLD continuous | UNCROSSED venue 100@100 instrument=GOLD;
                                 | 64 times (FILL bob auction instrument=GOLD; FILL alice auction)
        venue phase AAPL continuous | UNCROSSED venue 100@100 instrument=AAPL;
                                 | 64 times (FILL bob auction instrument=AAPL; FILL alice auction)
        bob cancel-all           | CANCEL_ALL_DONE bob orders=0 pending=2
        venue pulse              | 36 times (FILL bob auction instrument=AAPL; FILL alice auction);
                                 | PHASE_CHANGED venue instrument=AAPL;
                                 | 36 times (FILL bob auction instrument=GOLD; FILL alice auction);
                                 | PHASE_CHANGED venue instrument=GOLD; PULSED venue items=72
    """,
    "the cancels of an auction's end are counted as well": """
        venue phase AAPL auction | PHASE_CHANGED venue
        300 times bob buy 1@90 auction | ACCEPTED bob
        alice sell 100@100 display=1 #a | ACCEPTED alice
        bob buy 100@100          | ACCEPTED bob
        venue phase AAPL continuous | UNCROSSED venue 100@100; 64 times (FILL bob auction; FILL alice auction)
        venue pulse              | 36 times (FILL bob auction; FILL alice auction);
                                 | 220 times (CANCELLED/AUCTION_ENDED bob 1@90 leaves=1); PULSED venue items=256
        bob buy 1@100            | REJECTED/WRONG_PHASE bob
        venue pulse              | 80 times (CANCELLED/AUCTION_ENDED bob 1@90 leaves=1);
                                 | PHASE_CHANGED venue phase=continuous;
                                 | PULSED venue items=80
        bob has                  | USDC 9000000+0
    """,
    "only pulses go on with it": """
        venue phase AAPL auction | PHASE_CHANGED venue
        alice sell 200@100 display=1 #a | ACCEPTED alice
        bob buy 200@100 #b       | ACCEPTED bob
        venue phase AAPL continuous at=5 | UNCROSSED venue 200@100; 64 times (FILL bob auction; FILL alice auction)
        venue reference AAPL 100 | REFERENCE_SET venue
        venue limits AAPL static=100 call=50 | TRADING_LIMITS_SET venue
        venue halt AAPL          | HALTED venue
        venue resume AAPL        | RESUMED venue causes=0
        alice cancel #a          | CANCEL_PENDING alice leaves=136
        alice sell 1@100 on=GOLD | ACCEPTED alice
        #b is                    | leaves=136
        venue pulse              | 136 times (FILL bob auction; FILL alice auction);
                                         | PHASE_CHANGED venue phase=continuous;
                                 | PULSED venue items=136
    """,
    "as many as one command makes, and one more": """
        venue phase AAPL auction | PHASE_CHANGED venue
        alice sell 64@100 display=1 | ACCEPTED alice
        bob buy 64@100           | ACCEPTED bob
        venue phase AAPL continuous | UNCROSSED venue 64@100; 64 times (FILL bob auction; FILL alice auction);
                                 | PHASE_CHANGED venue phase=continuous
        venue phase AAPL auction | PHASE_CHANGED venue
        alice sell 65@100 display=1 | ACCEPTED alice
        bob buy 65@100           | ACCEPTED bob
        venue phase AAPL continuous at=5 | UNCROSSED venue 65@100; 64 times (FILL bob auction; FILL alice auction)
        AAPL due                 | 5
        venue pulse              | FILL bob auction; FILL alice auction leaves=0; PHASE_CHANGED venue phase=continuous;
                                 | PULSED venue items=1
    """,
    "a date rolls while trades are made": """
        venue phase AAPL auction | PHASE_CHANGED venue
        alice sell 70@100 display=1 day | ACCEPTED alice
        bob buy 75@100 day #b    | ACCEPTED bob
        venue phase AAPL continuous at=5 | UNCROSSED venue 70@100 surplus=5;
                                 | 64 times (FILL bob auction; FILL alice auction)
        venue roll 20261201      | TRADE_DATE_ROLLED venue
        venue pulse              | 6 times (FILL bob auction; FILL alice auction); PHASE_CHANGED venue phase=continuous;
                                 | CANCELLED/DAY_ENDED bob #b leaves=5 filled=70; PULSED venue items=7
    """,
    "more than one pulse makes, of two calls that end at once": """
        venue phase AAPL auction ends=10 | PHASE_CHANGED venue
        venue phase GOLD auction ends=9 | PHASE_CHANGED venue
        alice sell 200@100 display=1 | ACCEPTED alice
        bob buy 200@100          | ACCEPTED bob
        alice sell 200@100 display=1 on=GOLD | ACCEPTED alice
        bob buy 200@100 on=GOLD  | ACCEPTED bob
        bob buy 1@90 expires=10 on=GOLD #e | ACCEPTED bob
        venue pulse at=10        | CANCELLED/EXPIRED bob #e; UNCROSSED venue 200@100 instrument=GOLD;
                                 | UNCROSSED venue 200@100 instrument=AAPL;
                                 | 200 times (FILL bob auction instrument=AAPL; FILL alice auction);
                                 | PHASE_CHANGED venue instrument=AAPL;
                                 | 53 times (FILL bob auction instrument=GOLD; FILL alice auction);
                                         | PULSED venue items=256
        AAPL due                 | 10
        bob buy 1@90             | ACCEPTED bob
        bob buy 1@90 on=GOLD     | REJECTED/WRONG_PHASE bob
        venue pulse              | 147 times (FILL bob auction instrument=GOLD; FILL alice auction);
                                 | PHASE_CHANGED venue instrument=GOLD; PULSED venue items=147
    """,
    "it ends in what was to be next": """
        carol sell 4@97 stop=100 #s | ACCEPTED carol
        venue phase AAPL auction next=closed ends=50 | PHASE_CHANGED venue phase=auction ends_at=50
        alice sell 70@100 display=1 | ACCEPTED alice
        bob buy 71@100 #b        | ACCEPTED bob
        venue pulse at=50        | UNCROSSED venue 70@100 surplus=1; 70 times (FILL bob auction; FILL alice auction);
                                 | PHASE_CHANGED venue phase=closed previous_phase=uncrossing ends_at=0;
                                 | PULSED venue items=71
        alice sell 1@100         | REJECTED/WRONG_PHASE alice
        AAPL due                 | None
        AAPL book                | 1@100 /
        venue phase AAPL continuous | UNCROSSED venue 0@0; PHASE_CHANGED venue phase=continuous;
                                 | TRIGGERED carol #s 4@97;
                                 | FILL carol taker #s 1@100 leaves=3; FILL bob maker #b leaves=0
    """,
    "a command ends a call, whatever was to be next": """
        venue phase AAPL auction next=closed ends=50 | PHASE_CHANGED venue
        alice sell 1@100         | ACCEPTED alice
        bob buy 1@100            | ACCEPTED bob
        venue phase AAPL continuous | UNCROSSED venue 1@100; FILL bob auction; FILL alice auction;
                                 | PHASE_CHANGED venue phase=continuous
        AAPL due                 | None
    """,
    "closing a call trades nothing": """
        venue phase AAPL auction | PHASE_CHANGED venue
        alice sell 1@100         | ACCEPTED alice
        bob buy 1@101            | ACCEPTED bob
        venue phase AAPL closed  | PHASE_CHANGED venue phase=closed previous_phase=auction
        AAPL book                | 1@101 / 1@100
        venue phase AAPL continuous | UNCROSSED venue 1@100; FILL bob auction 1@100; FILL alice auction;
                                 | PHASE_CHANGED venue
    """,
}

CALLS: Final = {
    "the price is said every second": """
        venue phase AAPL auction at=100 | PHASE_CHANGED venue
        AAPL due                 | 1000000100
        venue pulse at=1000000099 | PULSED venue items=0
        venue pulse at=1000000100 | INDICATED venue 0@0 surplus=0; PULSED venue items=1
        AAPL due                 | 2000000100
        venue pulse              | PULSED venue items=0
        venue pulse at=2500000000 | INDICATED venue; PULSED venue items=1
        AAPL due                 | 3500000000
        venue phase AAPL auction at=2600000000 | PHASE_CHANGED venue
        AAPL due                 | 3600000000
        venue phase AAPL pre_open | PHASE_CHANGED venue
        AAPL due                 | None
        venue phase AAPL auction at=2700000000 | PHASE_CHANGED venue
        AAPL due                 | 3700000000
        venue phase AAPL closed  | PHASE_CHANGED venue
        AAPL due                 | None
    """,
    "a call that ends says no price any more": """
        venue phase AAPL auction ends=1000000000 | PHASE_CHANGED venue ends_at=1000000000
        venue pulse at=1000000000 | UNCROSSED venue 0@0; PHASE_CHANGED venue phase=continuous; PULSED venue items=1
        venue phase AAPL auction ends=2500000000 | PHASE_CHANGED venue ends_at=2500000000
        AAPL due                 | 2000000000
        venue pulse at=9000000000 | UNCROSSED venue 0@0; PHASE_CHANGED venue phase=continuous; PULSED venue items=1
        AAPL due                 | None
    """,
    "calls of several instruments: what was due first": """
        venue phase GOLD auction at=100 | PHASE_CHANGED venue
        venue phase AAPL auction at=200 | PHASE_CHANGED venue
        venue pulse at=1000000200 | INDICATED venue instrument=GOLD; INDICATED venue instrument=AAPL;
                                         | PULSED venue items=2
        venue pulse at=2000000200 | INDICATED venue instrument=AAPL; INDICATED venue instrument=GOLD;
                                         | PULSED venue items=2
        venue phase GOLD auction ends=3500000000 at=2000000300 | PHASE_CHANGED venue
        alice sell 1@100 on=GOLD | ACCEPTED alice
        bob buy 1@100 on=GOLD    | ACCEPTED bob
        venue pulse at=4000000000 | INDICATED venue instrument=AAPL; UNCROSSED venue 1@100 instrument=GOLD;
                                 | FILL bob auction instrument=GOLD; FILL alice auction;
                                 | PHASE_CHANGED venue instrument=GOLD; PULSED venue items=3
    """,
    "a call of a halted instrument says nothing and does not end": """
        venue phase AAPL auction ends=1500000000 | PHASE_CHANGED venue
        venue halt AAPL at=10    | HALTED venue
        AAPL due                 | None
        venue pulse at=1000000000 | PULSED venue items=0
        venue resume AAPL at=1200000000 | RESUMED venue
        AAPL due                 | 1000000000
        venue pulse              | INDICATED venue 0@0; PULSED venue items=1
        venue halt AAPL          | HALTED venue
        venue pulse at=1600000000 | PULSED venue items=0
        venue resume AAPL        | RESUMED venue
        AAPL due                 | 1500000000
        venue pulse              | UNCROSSED venue 0@0; PHASE_CHANGED venue phase=continuous; PULSED venue items=1
    """,
    "an extended call has a wider collar": """
        venue reference AAPL 100 | REFERENCE_SET venue
        venue limits AAPL auction=1000 call=50 | TRADING_LIMITS_SET venue auction_bps=1000
        venue phase AAPL auction ends=10 | PHASE_CHANGED venue
        alice sell 5@125         | ACCEPTED alice
        bob buy 5@125            | ACCEPTED bob
        venue pulse at=10        | AUCTION_EXTENDED venue price=125 lower=90 upper=110 ends_at=60 extensions=1;
                                 | PULSED venue items=1
        AAPL due                 | 60
        venue restarts           |
        venue pulse at=70        | AUCTION_EXTENDED venue price=125 lower=80 upper=120 ends_at=120 extensions=2;
                                 | PULSED venue items=1
        bob buy 1@125 ioc        | REJECTED/WRONG_PHASE bob
        venue pulse at=120       | UNCROSSED venue 5@125; FILL bob auction; FILL alice auction; PHASE_CHANGED venue;
                                 | PULSED venue items=2
    """,
    "the collar of a call is rounded inwards": """
        venue reference AAPL 105 | REFERENCE_SET venue
        venue limits AAPL auction=500 call=50 | TRADING_LIMITS_SET venue
        venue phase AAPL auction ends=10 | PHASE_CHANGED venue
        alice sell 5@99          | ACCEPTED alice
        bob buy 5@99             | ACCEPTED bob
        venue pulse at=10        | AUCTION_EXTENDED venue price=99 lower=100 upper=110 extensions=1; PULSED venue
        venue pulse at=60        | UNCROSSED venue 5@99; FILL bob; FILL alice; PHASE_CHANGED venue; PULSED venue
        venue phase AAPL auction ends=100 | PHASE_CHANGED venue
        alice sell 5@110         | ACCEPTED alice
        bob buy 5@110            | ACCEPTED bob
        venue pulse at=100       | UNCROSSED venue 5@110; FILL bob; FILL alice; PHASE_CHANGED venue; PULSED venue
    """,
    "a collar of more than everything": """
        venue reference AAPL 100 | REFERENCE_SET venue
        venue limits AAPL auction=10000 call=50 | TRADING_LIMITS_SET venue
        venue phase AAPL auction ends=10 | PHASE_CHANGED venue
        alice sell 5@350         | ACCEPTED alice
        bob buy 5@350            | ACCEPTED bob
        venue pulse at=10        | AUCTION_EXTENDED venue price=350 lower=1 upper=200 extensions=1; PULSED venue
        venue pulse at=60        | AUCTION_EXTENDED venue price=350 lower=1 upper=300 extensions=2; PULSED venue
        venue pulse at=110       | UNCROSSED venue 5@350; FILL bob; FILL alice; PHASE_CHANGED venue; PULSED venue
    """,
    "what bounds nothing": """
        venue limits AAPL auction=1 call=50 | TRADING_LIMITS_SET venue
        venue phase AAPL auction ends=10 | PHASE_CHANGED venue
        alice sell 1@100         | ACCEPTED alice
        bob buy 1@100            | ACCEPTED bob
        venue pulse at=10        | UNCROSSED venue 1@100; FILL bob; FILL alice; PHASE_CHANGED venue; PULSED venue
        venue phase AAPL auction ends=20 | PHASE_CHANGED venue
        venue pulse at=20        | UNCROSSED venue 0@0; PHASE_CHANGED venue; PULSED venue
        venue phase AAPL auction ends=30 | PHASE_CHANGED venue
        alice sell 1@110         | ACCEPTED alice
        bob buy 1@110            | ACCEPTED bob
        venue pulse at=30        | AUCTION_EXTENDED venue price=110 lower=100 upper=100 ends_at=80; PULSED venue
        venue limits AAPL call=50 | TRADING_LIMITS_SET venue
        venue pulse at=80        | UNCROSSED venue 1@110; FILL bob; FILL alice; PHASE_CHANGED venue; PULSED venue
        venue limits AAPL auction=1 call=50 | TRADING_LIMITS_SET venue
        venue phase AAPL auction | PHASE_CHANGED venue
        alice sell 1@900         | ACCEPTED alice
        bob buy 1@900            | ACCEPTED bob
        venue phase AAPL continuous | UNCROSSED venue 1@900; FILL bob; FILL alice; PHASE_CHANGED venue
    """,
    "a call that begins anew was not extended": """
        venue reference AAPL 100 | REFERENCE_SET venue
        venue limits AAPL auction=1000 call=50 | TRADING_LIMITS_SET venue
        venue phase AAPL auction next=closed ends=10 | PHASE_CHANGED venue
        alice sell 5@160         | ACCEPTED alice
        bob buy 5@160            | ACCEPTED bob
        venue pulse at=10        | AUCTION_EXTENDED venue upper=110 extensions=1; PULSED venue
        venue pulse at=60        | AUCTION_EXTENDED venue upper=120 extensions=2; PULSED venue
        venue phase AAPL auction next=closed ends=70 | PHASE_CHANGED venue previous_phase=auction ends_at=70
        venue pulse at=70        | AUCTION_EXTENDED venue upper=110 ends_at=120 extensions=1; PULSED venue
        venue limits AAPL auction=2000 call=90 | TRADING_LIMITS_SET venue
        AAPL due                 | 120
        venue pulse at=120       | AUCTION_EXTENDED venue upper=140 ends_at=210 extensions=2; PULSED venue
        venue reference AAPL 150 | REFERENCE_SET venue
        venue pulse at=210       | UNCROSSED venue 5@160; FILL bob; FILL alice; PHASE_CHANGED venue phase=closed;
                                 | PULSED venue items=2
    """,
    "the price is said a second after an extension": """
        venue reference AAPL 100 | REFERENCE_SET venue
        venue limits AAPL auction=1000 call=2000000000 | TRADING_LIMITS_SET venue
        venue phase AAPL auction ends=500 | PHASE_CHANGED venue
        alice sell 5@115         | ACCEPTED alice
        bob buy 5@115            | ACCEPTED bob
        venue pulse at=500       | AUCTION_EXTENDED venue ends_at=2000000500; PULSED venue items=1
        AAPL due                 | 1000000500
        venue pulse at=1000000500 | INDICATED venue 5@115; PULSED venue items=1
        venue pulse at=2000000500 | UNCROSSED venue 5@115; FILL bob; FILL alice; PHASE_CHANGED venue;
                                         | PULSED venue items=2
    """,
    "the last cause of several reopens": """
        venue limits AAPL call=50 | TRADING_LIMITS_SET venue
        venue halt AAPL          | HALTED venue causes=1
        venue halt AAPL regulator | HALTED venue causes=3
        venue resume AAPL at=10  | RESUMED venue causes=2
        venue resume AAPL at=15  | RESUMED venue causes=2
        venue resume AAPL regulator at=20 | RESUMED venue cause=1 causes=0;
                                 | PHASE_CHANGED venue phase=auction previous_phase=continuous ends_at=70
        venue resume AAPL at=30  | RESUMED venue causes=0
        AAPL due                 | 70
        venue pulse at=70        | UNCROSSED venue 0@0; PHASE_CHANGED venue phase=continuous; PULSED venue items=1
        venue resume AAPL at=80  | RESUMED venue causes=0
        alice sell 1@100 ioc     | ACCEPTED alice; CANCELLED/IOC_REMAINDER alice
    """,
    "a call that a halt has cut short is made longer": """
        venue limits AAPL call=50 | TRADING_LIMITS_SET venue
        venue phase AAPL auction next=closed ends=100 | PHASE_CHANGED venue
        venue halt AAPL at=20    | HALTED venue
        AAPL due                 | None
        venue pulse at=100       | PULSED venue items=0
        venue resume AAPL at=120 | RESUMED venue; PHASE_CHANGED venue phase=auction previous_phase=auction ends_at=170
        venue pulse at=170       | UNCROSSED venue 0@0; PHASE_CHANGED venue phase=closed; PULSED venue items=1
    """,
    "a call that is made longer goes on": """
        venue reference AAPL 100 | REFERENCE_SET venue
        venue limits AAPL auction=100 call=2000000000 | TRADING_LIMITS_SET venue
        venue phase AAPL auction ends=50 | PHASE_CHANGED venue
        alice sell 1@150         | ACCEPTED alice
        bob buy 1@150            | ACCEPTED bob
        venue pulse at=50        | AUCTION_EXTENDED venue lower=99 upper=101 ends_at=2000000050 extensions=1;
                                         | PULSED venue
        venue limits AAPL auction=100 call=3000000000 | TRADING_LIMITS_SET venue
        venue halt AAPL at=100   | HALTED venue
        venue resume AAPL at=200 | RESUMED venue; PHASE_CHANGED venue phase=auction ends_at=3000000200
        AAPL due                 | 1000000050
        venue pulse at=3000000200 | AUCTION_EXTENDED venue lower=98 upper=102 extensions=2; PULSED venue items=1
    """,
    "a call that is long enough stays": """
        venue limits AAPL call=50 | TRADING_LIMITS_SET venue
        venue phase AAPL auction ends=1000 | PHASE_CHANGED venue
        venue halt AAPL          | HALTED venue
        venue resume AAPL at=20  | RESUMED venue
        AAPL due                 | 1000
        venue phase AAPL auction ends=70 | PHASE_CHANGED venue
        venue halt AAPL          | HALTED venue
        venue resume AAPL at=20  | RESUMED venue
        venue halt AAPL          | HALTED venue
        venue resume AAPL at=21  | RESUMED venue; PHASE_CHANGED venue ends_at=71
        venue phase AAPL auction | PHASE_CHANGED venue ends_at=0
        venue halt AAPL          | HALTED venue
        venue resume AAPL at=30  | RESUMED venue
        AAPL due                 | 1000000021
        venue phase AAPL pre_open | PHASE_CHANGED venue
        venue halt AAPL          | HALTED venue
        venue resume AAPL        | RESUMED venue
        venue phase AAPL closed  | PHASE_CHANGED venue
        venue halt AAPL          | HALTED venue
        venue resume AAPL        | RESUMED venue
        AAPL due                 | None
    """,
    "a pause that a halt has cut short is made longer": """
        alice sell 1@100         | ACCEPTED alice
        bob buy 1@100            | ACCEPTED bob; FILL bob; FILL alice
        venue limits AAPL dynamic=100 call=50 | TRADING_LIMITS_SET venue
        alice sell 1@110         | ACCEPTED alice
        bob buy 1@110            | ACCEPTED bob; PHASE_CHANGED venue phase=pause ends_at=50
        venue halt AAPL at=10    | HALTED venue
        venue resume AAPL at=40  | RESUMED venue; PHASE_CHANGED venue phase=pause previous_phase=pause ends_at=90
        venue pulse at=50        | PULSED venue items=0
        venue pulse at=90        | UNCROSSED venue 1@110; FILL bob auction; FILL alice auction;
                                 | PHASE_CHANGED venue phase=continuous; PULSED venue items=2
    """,
    "without a call nothing reopens": """
        venue halt AAPL          | HALTED venue
        venue resume AAPL        | RESUMED venue
        venue phase AAPL auction ends=100 | PHASE_CHANGED venue
        venue halt AAPL          | HALTED venue
        venue pulse at=120       | PULSED venue items=0
        venue resume AAPL at=130 | RESUMED venue
        AAPL due                 | 100
        venue pulse              | UNCROSSED venue 0@0; PHASE_CHANGED venue; PULSED venue items=1
    """,
    "limits of trading": """
        venue limits NONE static=10001 | REJECTED/UNKNOWN_INSTRUMENT venue
        venue limits AAPL static=10001 call=1 | REJECTED/INVALID_PARAMETER venue value=0 bound=0
        venue limits AAPL dynamic=10001 call=1 | REJECTED/INVALID_PARAMETER venue
        venue limits AAPL auction=10001 call=1 | REJECTED/INVALID_PARAMETER venue
        venue limits AAPL static=1 | REJECTED/INVALID_PARAMETER venue
        venue limits AAPL dynamic=1 | REJECTED/INVALID_PARAMETER venue
        venue limits AAPL auction=1 | REJECTED/INVALID_PARAMETER venue
        venue limits AAPL call=86400000000001 | REJECTED/INVALID_PARAMETER venue
        venue limits AAPL quantity=-1 | REJECTED/INVALID_PARAMETER venue
        venue limits AAPL notional=-1 | REJECTED/INVALID_PARAMETER venue
        venue limits AAPL static=10000 dynamic=10000 auction=10000 call=86400000000000 | TRADING_LIMITS_SET venue
                                 | instrument=AAPL static_bps=10000 dynamic_bps=10000 auction_bps=10000
                                 | call_ns=86400000000000 max_quantity=0 max_notional=0
        venue limits AAPL quantity=9223372036854775807 notional=9223372036854775807 | TRADING_LIMITS_SET venue
                                 | max_quantity=9223372036854775807 max_notional=9223372036854775807 call_ns=0
        venue limits AAPL        | TRADING_LIMITS_SET venue static_bps=0 dynamic_bps=0 auction_bps=0 call_ns=0
                                 | max_quantity=0 max_notional=0
    """,
}

AUCTION_STOPS: Final = {
    "what the last trade reaches enters when the auction is over": """
        venue phase AAPL auction | PHASE_CHANGED venue
        carol sell 4@97 stop=99 #s | ACCEPTED carol
        dave sell 1@97 stop=98 #t | ACCEPTED dave
        alice buy 5@99 #a        | ACCEPTED alice
        bob sell 2@99            | ACCEPTED bob
        venue phase AAPL continuous | UNCROSSED venue 2@99 surplus=3; FILL alice auction #a 2@99; FILL bob auction;
                                 | PHASE_CHANGED venue phase=continuous; TRIGGERED carol #s 4@97 trigger_price=99;
                                 | FILL carol taker #s 3@99 leaves=1; FILL alice maker #a leaves=0
        AAPL book                | / 1@97
        #t is                    | trigger_price=98
    """,
    "the best of a crossed book reaches nothing": """
        alice buy 5@100 stop=102 on=opposite #s | ACCEPTED alice
        bob buy 5@100 stop=104 on=opposite #t | ACCEPTED bob
        venue phase AAPL auction | PHASE_CHANGED venue
        dave sell 5@103          | ACCEPTED dave
        carol buy 1@90 stop=103 on=opposite | REJECTED/WOULD_TRIGGER carol
        bob buy 5@105            | ACCEPTED bob
        venue phase AAPL continuous | UNCROSSED venue 5@104; FILL bob auction; FILL dave auction; PHASE_CHANGED venue
        #s is                    | trigger_price=102
        dave sell 1@102          | ACCEPTED dave; TRIGGERED alice #s 5@100 trigger_price=102
        #t is                    | trigger_price=104
    """,
    "what an auction leaves reaches": """
        alice buy 5@100 stop=102 on=opposite #s | ACCEPTED alice
        venue phase AAPL auction | PHASE_CHANGED venue
        dave sell 7@103          | ACCEPTED dave
        bob buy 5@105            | ACCEPTED bob
        venue phase AAPL continuous | UNCROSSED venue 5@103 surplus=-2; FILL bob auction; FILL dave auction leaves=2;
                                 | PHASE_CHANGED venue; TRIGGERED alice #s 5@100
    """,
    "a reference that came in the call": """
        venue phase AAPL auction | PHASE_CHANGED venue
        alice sell 5@90 stop=95 on=reference #s | ACCEPTED alice
        bob sell 5@91 stop=85 on=reference #t | ACCEPTED bob
        venue reference AAPL 80  | REFERENCE_SET venue
        venue reference AAPL 94  | REFERENCE_SET venue
        venue phase AAPL continuous | UNCROSSED venue 0@0; PHASE_CHANGED venue; TRIGGERED alice #s 5@90
        #t is                    | trigger_price=85
    """,
    "a trailing stop follows when the auction is over": """
        alice sell 1@100         | ACCEPTED alice
        bob buy 1@100            | ACCEPTED bob; FILL bob; FILL alice
        carol sell 1@50 trail=10 #c | ACCEPTED carol trigger_price=90
        venue phase AAPL auction | PHASE_CHANGED venue
        alice sell 70@120 display=1 | ACCEPTED alice
        bob buy 70@120           | ACCEPTED bob
        venue phase AAPL continuous | UNCROSSED venue 70@120; 64 times (FILL bob auction; FILL alice auction)
        #c is                    | trigger_price=90
        venue pulse              | 6 times (FILL bob auction; FILL alice auction); PHASE_CHANGED venue;
                                         | PULSED venue items=6
        #c is                    | trigger_price=110
    """,
    "stops that enter count with the trades": """
        10 times carol sell 1@97 stop=100 | ACCEPTED carol
        venue phase AAPL auction | PHASE_CHANGED venue
        alice sell 60@100 display=1 | ACCEPTED alice
        bob buy 60@100           | ACCEPTED bob
        venue phase AAPL continuous at=5 | UNCROSSED venue 60@100; 60 times (FILL bob auction; FILL alice auction);
                                 | PHASE_CHANGED venue phase=continuous; 4 times (TRIGGERED carol 1@97)
        AAPL due                 | 5
        venue pulse              | 6 times (TRIGGERED carol 1@97); PULSED venue items=6
    """,
    "what was reached stays reached while nothing trades": """
        venue phase AAPL auction next=closed ends=10 | PHASE_CHANGED venue
        carol sell 1@200 stop=96 #1 | ACCEPTED carol
        carol sell 1@200 stop=94 #2 | ACCEPTED carol
        alice sell 1@95          | ACCEPTED alice
        bob buy 1@95             | ACCEPTED bob
        venue pulse at=10        | UNCROSSED venue 1@95; FILL bob; FILL alice; PHASE_CHANGED venue phase=closed;
                                 | PULSED venue items=2
        venue restarts           |
        AAPL due                 | None
        venue phase AAPL auction | PHASE_CHANGED venue
        alice sell 1@98          | ACCEPTED alice
        bob buy 1@98             | ACCEPTED bob
        venue phase AAPL continuous | UNCROSSED venue 1@98; FILL bob; FILL alice; PHASE_CHANGED venue;
                                 | TRIGGERED carol #1 1@200 trigger_price=96
        #2 is                    | trigger_price=94
    """,
    "stops wait for the auction that reopens": """
        venue limits AAPL call=50 | TRADING_LIMITS_SET venue
        alice sell 5@90 stop=95 on=reference #s | ACCEPTED alice
        venue halt AAPL          | HALTED venue
        venue reference AAPL 94  | REFERENCE_SET venue
        venue resume AAPL        | RESUMED venue; PHASE_CHANGED venue phase=auction ends_at=50
        venue pulse at=50        | UNCROSSED venue 0@0; PHASE_CHANGED venue phase=continuous; TRIGGERED alice #s 5@90;
                                 | PULSED venue items=2
    """,
}
