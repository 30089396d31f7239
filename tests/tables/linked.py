"""Pairs and brackets (`engine_core/docs/market-rules.md`), in the notation of `tests/scenarios.py`."""

from typing import Final

PAIRS: Final = {
    "each leg names the other, and goes with it": """
        alice oco sell 5@110 stop=95 #a #s | ACCEPTED alice sell #a 5@110 leaves=5 trigger_price=0 partner=#s entry=0;
                                 | ACCEPTED alice sell #s 5@91 leaves=5 trigger_price=95 partner=#a entry=0
        #a is                    | partner=#s partner_price=0 trigger=0
        #s is                    | partner=#a partner_price=110 trigger=1 waiting_type=1
        alice cancel #s          | CANCELLED/USER alice #s 5@91 leaves=5; CANCELLED/LINKED alice #a 5@110 leaves=5
        alice cancel #a          | REJECTED/UNKNOWN_ORDER alice
        alice has                | AAPL 10000+0
        AAPL book                | /
    """,
    "a leg that fills whole": """
        alice oco sell 5@110 stop=95 #a #s | ACCEPTED alice; ACCEPTED alice
        bob buy 5@110            | ACCEPTED bob; FILL bob taker 5@110 leaves=0; FILL alice maker #a 5@110 leaves=0;
                                 | CANCELLED/LINKED alice #s 5@91 leaves=5
        alice has                | AAPL 9950+0 USDC 10055000+0
        AAPL book                | /
    """,
    "a leg that fills in part is an order like others": """
        alice oco sell 5@110 stop=95 #a #s | ACCEPTED alice; ACCEPTED alice
        bob buy 2@110            | ACCEPTED bob; FILL bob; FILL alice #a leaves=3; CANCELLED/LINKED alice #s leaves=5
        #a is                    | partner=0 leaves=3
        bob buy 1@110            | ACCEPTED bob; FILL bob; FILL alice #a leaves=2
        alice replace #a sell 2@111 #c | CANCELLED/REPLACED alice #a leaves=2; ACCEPTED alice #c 2@111
        alice cancel #c          | CANCELLED/USER alice #c leaves=2
        alice has                | AAPL 9970+0
    """,
    "slots are free in the order in which orders are finished": """
        alice oco sell 5@110 stop=95 #a #s | ACCEPTED alice order_id=67108864; ACCEPTED alice order_id=67108865
        bob buy 5@110            | ACCEPTED bob order_id=67108866; FILL bob; FILL alice; CANCELLED/LINKED alice #s
        alice buy 1@50           | ACCEPTED alice order_id=134217730
        alice buy 1@50           | ACCEPTED alice order_id=134217729
        alice buy 1@50           | ACCEPTED alice order_id=134217728
    """,
    "a limit stop that was reached rests": """
        bob buy 2@94             | ACCEPTED bob
        alice oco sell 5@110 stop=95 stop_price=92 #a #s | ACCEPTED alice #a 5@110; ACCEPTED alice #s 5@92
        carol sell 1@94          | ACCEPTED carol; FILL carol taker 1@94; FILL bob maker leaves=1;
                                 | TRIGGERED alice #s 5@92 trigger_price=95; CANCELLED/LINKED alice #a 5@110 leaves=5;
                                 | FILL alice taker #s 1@94 leaves=4; FILL bob maker leaves=0
        AAPL book                | / 4@92
        #s is                    | partner=0 partner_price=0 trigger=0 leaves=4
        alice has                | AAPL 9950+40 USDC 10009400+0
        alice amend #s 3@92      | AMENDED/KEPT alice #s 3@92 leaves=2
    """,
    "a market stop that was reached does not": """
        alice oco sell 5@110 stop=95 #a #s | ACCEPTED alice; ACCEPTED alice
        bob buy 3@94             | ACCEPTED bob
        carol sell 1@94          | ACCEPTED carol; FILL carol; FILL bob leaves=2; TRIGGERED alice #s 5@91;
                                 | CANCELLED/LINKED alice #a leaves=5; FILL alice taker #s 2@94 leaves=3;
                                 | FILL bob leaves=0; CANCELLED/MARKET_REMAINDER alice #s leaves=3
        alice has                | AAPL 9980+0
        AAPL book                | /
    """,
    "stops of pairs enter in their order": """
        alice oco sell 1@110 stop=95 #a #s | ACCEPTED alice; ACCEPTED alice #s 1@91
        dave oco sell 1@111 stop=96 #d #e | ACCEPTED dave; ACCEPTED dave #e 1@92
        bob buy 9@94             | ACCEPTED bob
        carol sell 1@94          | ACCEPTED carol; FILL carol; FILL bob leaves=8;
                                 | TRIGGERED dave #e 1@92 trigger_price=96; CANCELLED/LINKED dave #d;
                                 | FILL dave taker #e 1@94; FILL bob leaves=7; TRIGGERED alice #s 1@91;
                                 | CANCELLED/LINKED alice #a; FILL alice #s 1@94; FILL bob leaves=6
    """,
    "what a limit leg leaves behind moves others": """
        alice oco sell 5@110 stop=95 on=reference #a #s | ACCEPTED alice; ACCEPTED alice
        dave sell 1@120          | ACCEPTED dave
        bob buy 1@130 stop=115 on=opposite #o | ACCEPTED bob #o 1@130 trigger_price=115
        venue reference AAPL 95  | REFERENCE_SET venue; TRIGGERED alice #s; CANCELLED/LINKED alice #a leaves=5;
                                 | CANCELLED/MARKET_REMAINDER alice #s leaves=5;
                                 | TRIGGERED bob #o 1@130 trigger_price=115; FILL bob taker #o 1@120; FILL dave maker
    """,
    "the limit leg trades whole on arrival": """
        bob buy 5@110            | ACCEPTED bob
        alice oco sell 5@110 stop=95 #a #s | ACCEPTED alice #a partner=#s; ACCEPTED alice #s partner=#a;
                                 | FILL alice taker #a 5@110 leaves=0; FILL bob maker;
                                 | CANCELLED/LINKED alice #s leaves=5
        alice has                | AAPL 9950+0
        venue pulse              | PULSED venue items=0
    """,
    "the limit leg meets its own party on arrival": """
        alice buy 5@110          | ACCEPTED alice
        alice oco sell 5@110 stop=95 #a #s | ACCEPTED alice; ACCEPTED alice;
                                 | CANCELLED/SELF_TRADE_INCOMING alice #a leaves=5; CANCELLED/LINKED alice #s leaves=5
        alice oco sell 5@110 stop=95 both #a #s | ACCEPTED alice; ACCEPTED alice;
                                 | CANCELLED/SELF_TRADE_RESTING alice buy;
                                 | CANCELLED/SELF_TRADE_INCOMING alice #a leaves=5; CANCELLED/LINKED alice #s leaves=5
        alice has                | AAPL 10000+0 USDC 10000000+0
    """,
    "the limit leg outlives its own party on arrival": """
        alice buy 5@110 #b       | ACCEPTED alice
        alice oco sell 5@110 stop=95 oldest #a #s | ACCEPTED alice; ACCEPTED alice;
                                 | CANCELLED/SELF_TRADE_RESTING alice #b
        #a is                    | partner=#s stp=1
        AAPL book                | / 5@110
        alice cancel #a          | CANCELLED/USER alice #a; CANCELLED/LINKED alice #s
    """,
    "the limit leg is decremented on arrival": """
        alice buy 2@110 #b       | ACCEPTED alice
        alice oco sell 5@110 stop=95 stp=decrement #a #s | ACCEPTED alice; ACCEPTED alice;
                                 | CANCELLED/SELF_TRADE_RESTING alice #b leaves=2;
                                 | AMENDED/DECREMENTED alice #a 3@110 leaves=3; CANCELLED/LINKED alice #s 5@91 leaves=5
        AAPL book                | / 3@110
        alice buy 9@111 #b       | ACCEPTED alice; CANCELLED/SELF_TRADE_INCOMING alice #b leaves=9
        alice has                | AAPL 9970+30
    """,
    "a larger order of its own party ends it on arrival": """
        alice buy 9@110 #b       | ACCEPTED alice
        alice oco sell 5@110 stop=95 stp=decrement #a #s | ACCEPTED alice; ACCEPTED alice;
                                 | AMENDED/DECREMENTED alice #b 4@110 leaves=4;
                                 | CANCELLED/SELF_TRADE_INCOMING alice #a leaves=5; CANCELLED/LINKED alice #s leaves=5
    """,
    "a leg that rests is decremented": """
        alice oco sell 5@110 stop=95 #a #s | ACCEPTED alice; ACCEPTED alice
        alice buy 2@110 stp=decrement #n | ACCEPTED alice; AMENDED/DECREMENTED alice #a 3@110 leaves=3;
                                 | CANCELLED/LINKED alice #s leaves=5; CANCELLED/SELF_TRADE_INCOMING alice #n leaves=2
        alice has                | AAPL 9970+30
    """,
    "a leg that rests is decremented whole": """
        alice oco sell 5@110 stop=95 #a #s | ACCEPTED alice; ACCEPTED alice
        alice buy 5@110 stp=decrement #n | ACCEPTED alice; CANCELLED/SELF_TRADE_RESTING alice #a leaves=5;
                                 | CANCELLED/LINKED alice #s leaves=5; CANCELLED/SELF_TRADE_INCOMING alice #n leaves=5
    """,
    "a leg that rests is in the way of its own party": """
        alice oco sell 5@110 stop=95 #a #s | ACCEPTED alice; ACCEPTED alice
        alice buy 7@110 oldest #n | ACCEPTED alice; CANCELLED/SELF_TRADE_RESTING alice #a leaves=5;
                                 | CANCELLED/LINKED alice #s leaves=5
        AAPL book                | 7@110 /
    """,
    "two pairs meet": """
        alice oco sell 5@100 stop=95 #a #s | ACCEPTED alice; ACCEPTED alice
        bob oco buy 7@100 stop=105 #b #t | ACCEPTED bob #b 7@100; ACCEPTED bob #t 7@110 trigger_price=105;
                                 | FILL bob taker #b 5@100 leaves=2; FILL alice maker #a leaves=0;
                                 | CANCELLED/LINKED alice #s leaves=5; CANCELLED/LINKED bob #t leaves=7
        AAPL book                | 2@100 /
        bob has                  | USDC 9930000+20000 AAPL 10050+0
    """,
    "holds of a buy, to the unit": """
        carol oco buy 10@90 stop=105 stop_price=107 #a #s | ACCEPTED carol; ACCEPTED carol
        carol has                | USDC 9892786+107214
        alice sell 4@90          | ACCEPTED alice; FILL alice; FILL carol maker #a 4@90 leaves=6 fee=36;
                                 | CANCELLED/LINKED carol #s leaves=10
        carol has                | USDC 9909856+54108 AAPL 10040+0
        carol cancel #a          | CANCELLED/USER carol leaves=6
        carol has                | USDC 9963964+0
    """,
    "the limit leg may hold more than the stop": """
        bob oco buy 10@100 stop=105 stop_price=90 #a #s | ACCEPTED bob #a 10@100; ACCEPTED bob #s 10@90
        bob has                  | USDC 9900000+100000
        alice sell 1@105         | ACCEPTED alice
        carol buy 1@105          | ACCEPTED carol; FILL carol; FILL alice; TRIGGERED bob #s 10@90 trigger_price=105;
                                 | CANCELLED/LINKED bob #a 10@100 leaves=10
        bob has                  | USDC 9910000+90000
        AAPL book                | 10@90 /
    """,
    "the stop takes its own hold when it is reached": """
        bob oco buy 10@90 stop=105 stop_price=107 #a #s | ACCEPTED bob; ACCEPTED bob
        bob has                  | USDC 9893000+107000
        alice sell 1@105         | ACCEPTED alice
        carol buy 1@105          | ACCEPTED carol; FILL carol; FILL alice; TRIGGERED bob #s 10@107;
                                 | CANCELLED/LINKED bob #a
        bob has                  | USDC 9893000+107000
        alice sell 4@107         | ACCEPTED alice; FILL alice; FILL bob maker #s 4@107 leaves=6
        bob has                  | USDC 9893000+64200
    """,
    "the stop leg that is cancelled takes the limit leg's hold along": """
        carol oco buy 10@90 stop=105 #a #s | ACCEPTED carol; ACCEPTED carol #s 10@110
        carol has                | USDC 9889780+110220
        venue restarts           |
        carol cancel #s          | CANCELLED/USER carol #s; CANCELLED/LINKED carol #a
        carol has                | USDC 10000000+0
    """,
    "a pair asks for the larger hold": """
        poor deposit 106999 USDC | DEPOSITED poor
        poor oco buy 10@90 stop=105 stop_price=107 | REJECTED/INSUFFICIENT_FUNDS poor
        poor deposit 1 USDC      | DEPOSITED poor
        poor oco buy 10@90 stop=105 stop_price=107 | ACCEPTED poor; ACCEPTED poor
        poor has                 | USDC 0+107000
        poor deposit 50 AAPL     | DEPOSITED poor
        poor oco sell 5@120 stop=85 | ACCEPTED poor; ACCEPTED poor
        poor has                 | AAPL 0+50
        poor sell 1@130          | REJECTED/INSUFFICIENT_FUNDS poor
    """,
    "the limit leg is on the other side of the trigger price": """
        alice oco sell 5@95 stop=95        | REJECTED/INVALID_PRICE alice
        alice oco sell 5@94 stop=95        | REJECTED/INVALID_PRICE alice
        alice oco sell 5@96 stop=95        | ACCEPTED alice; ACCEPTED alice
        bob oco buy 5@90 stop=90           | REJECTED/INVALID_PRICE bob
        bob oco buy 5@91 stop=90           | REJECTED/INVALID_PRICE bob
        bob oco buy 5@89 stop=90           | ACCEPTED bob; ACCEPTED bob
        poor oco sell 5@95 stop=95         | REJECTED/INSUFFICIENT_FUNDS poor
        alice oco sell 5@1001 stop=1001    | REJECTED/INVALID_PRICE alice
        alice oco sell 5@95 stop=95 auction | REJECTED/WRONG_PHASE alice
    """,
    "what a stop leg can not be": """
        alice oco sell 5@110 stop=0        | REJECTED/INVALID_COMBINATION alice
        alice oco buy 5@110 stop=0         | REJECTED/INVALID_PRICE alice
        alice oco buy 5@900 stop=1001      | REJECTED/INVALID_PRICE alice
        alice oco sell 5@110 stop=95 stop_price=1001 | REJECTED/INVALID_PRICE alice
        alice oco sell 5@110 stop=95 stop_price=-1 | REJECTED/INVALID_PRICE alice
        alice oco buy 5@90 stop=1000 stop_price=1000 | ACCEPTED alice; ACCEPTED alice 5@1000 trigger_price=1000
        bob oco sell 5@91 stop=1 stop_price=1 | ACCEPTED bob; ACCEPTED bob 5@1 trigger_price=1
    """,
    "what a limit leg can not be": """
        alice oco sell 0@110 stop=95       | REJECTED/INVALID_QUANTITY alice
        alice oco sell 5@0 stop=95         | REJECTED/INVALID_PRICE alice
        alice oco sell 5@110 stop=95 expires=7 at=7 | REJECTED/INVALID_EXPIRY alice
        alice oco sell 5@110 stop=95 on=NONE | REJECTED/UNKNOWN_INSTRUMENT alice
        nobody oco sell 5@110 stop=95      | REJECTED/UNKNOWN_ACCOUNT nobody
        venue halt AAPL                    | HALTED venue
        alice oco sell 0@110 stop=95       | REJECTED/INSTRUMENT_HALTED alice
        venue resume AAPL                  | RESUMED venue
        venue phase AAPL auction           | PHASE_CHANGED venue
        alice oco sell 5@110 stop=95 auction | REJECTED/INVALID_COMBINATION alice
        venue phase AAPL closed            | PHASE_CHANGED venue
        alice oco sell 5@110 stop=95       | REJECTED/WRONG_PHASE alice
    """,
    "a stop leg that is reached already": """
        venue reference AAPL 100           | REFERENCE_SET venue
        bob buy 1@96                       | ACCEPTED bob
        alice oco sell 5@110 stop=100 on=reference | REJECTED/WOULD_TRIGGER alice
        alice oco sell 5@110 stop=96 on=opposite | REJECTED/WOULD_TRIGGER alice
        alice oco sell 5@110 stop=100      | ACCEPTED alice; ACCEPTED alice
        alice oco sell 5@110 stop=99 on=reference | ACCEPTED alice; ACCEPTED alice
        alice oco sell 5@110 stop=95 on=opposite | ACCEPTED alice; ACCEPTED alice
        alice oco sell 5@110 stop=100 stop_price=1001 on=reference | REJECTED/INVALID_PRICE alice
        alice oco buy 5@90 stop=100 on=reference | REJECTED/WOULD_TRIGGER alice
    """,
    "room for two": """
        alice limit 1                      | ACCOUNT_SET alice
        alice oco sell 5@110 stop=95       | REJECTED/OPEN_ORDER_LIMIT alice value=0 bound=1
        venue reference AAPL 95            | REFERENCE_SET venue
        alice oco sell 5@110 stop=95 on=reference | REJECTED/WOULD_TRIGGER alice value=0 bound=0
        alice limit 3                      | ACCOUNT_SET alice
        alice oco sell 5@110 stop=95       | ACCEPTED alice; ACCEPTED alice
        alice oco sell 5@110 stop=95       | REJECTED/OPEN_ORDER_LIMIT alice value=2 bound=3
        alice sell 5@110                   | ACCEPTED alice
        alice oco sell 5@90 stop=95        | REJECTED/OPEN_ORDER_LIMIT alice value=3 bound=3
    """,
    "each leg is as small as orders have to be": """
        venue limits AAPL notional=55000 quantity=6 | TRADING_LIMITS_SET venue
        alice oco sell 7@70 stop=60        | REJECTED/ORDER_TOO_LARGE alice value=7 bound=6
        alice oco sell 5@111 stop=60       | REJECTED/ORDER_TOO_LARGE alice value=55500 bound=55000
        alice oco buy 5@90 stop=105 stop_price=111 | REJECTED/ORDER_TOO_LARGE alice value=55500 bound=55000
        alice oco buy 5@90 stop=105        | ACCEPTED alice; ACCEPTED alice 5@110
    """,
    "only the limit leg is near what it is worth": """
        venue reference AAPL 100           | REFERENCE_SET venue
        venue limits AAPL static=1000 call=50 | TRADING_LIMITS_SET venue
        alice oco sell 5@89 stop=80        | REJECTED/PRICE_OUT_OF_BAND alice value=89 bound=90
        alice oco sell 5@90 stop=80        | ACCEPTED alice 5@90; ACCEPTED alice 5@76 trigger_price=80
    """,
    "a pair ends by itself": """
        alice oco sell 5@110 stop=95 expires=50 at=10 #a #s | ACCEPTED alice; ACCEPTED alice
        AAPL due                 | 50
        venue pulse at=49        | PULSED venue items=0
        venue pulse at=50        | CANCELLED/EXPIRED alice #a leaves=5; CANCELLED/LINKED alice #s leaves=5;
                                 | PULSED venue items=1
        AAPL due                 | None
        alice has                | AAPL 10000+0
    """,
    "of a pair the lower order id is due first": """
        alice buy 1@50 #x        | ACCEPTED alice
        alice buy 1@50 #y        | ACCEPTED alice
        alice cancel #x          | CANCELLED alice
        alice cancel #y          | CANCELLED alice
        alice oco sell 5@110 stop=95 expires=50 #a #s | ACCEPTED alice order_id=134217729;
                                 | ACCEPTED alice order_id=134217728
        venue pulse at=50        | CANCELLED/EXPIRED alice #s; CANCELLED/LINKED alice #a; PULSED venue items=1
    """,
    "a pair of a day": """
        venue roll 20261130      | TRADE_DATE_ROLLED venue
        alice oco sell 5@110 stop=95 day #a #s | ACCEPTED alice; ACCEPTED alice
        venue restarts           |
        venue roll 20261201      | TRADE_DATE_ROLLED venue
        venue pulse              | CANCELLED/DAY_ENDED alice #a; CANCELLED/LINKED alice #s; PULSED venue items=1
    """,
    "a leg that has lost its other still ends by itself": """
        alice oco sell 5@110 stop=95 expires=50 #a #s | ACCEPTED alice; ACCEPTED alice
        bob buy 2@110            | ACCEPTED bob; FILL bob; FILL alice #a; CANCELLED/LINKED alice #s
        AAPL due                 | 50
        venue pulse at=50        | CANCELLED/EXPIRED alice #a leaves=3; PULSED venue items=1
    """,
    "pairs that are due are an item each": """
        129 times alice oco sell 1@110 stop=95 expires=50 | ACCEPTED alice; ACCEPTED alice
        129 times bob oco sell 1@110 stop=95 expires=50 | ACCEPTED bob; ACCEPTED bob
        venue pulse at=50        | 129 times (CANCELLED/EXPIRED alice; CANCELLED/LINKED alice);
                                 | 127 times (CANCELLED/EXPIRED bob; CANCELLED/LINKED bob); PULSED venue items=256
        venue pulse              | CANCELLED/EXPIRED bob; CANCELLED/LINKED bob; CANCELLED/EXPIRED bob;
                                 | CANCELLED/LINKED bob; PULSED venue items=2
    """,
    "a mass cancel counts both legs": """
        alice oco sell 5@110 stop=95 #a #s | ACCEPTED alice; ACCEPTED alice
        alice sell 1@120 #x      | ACCEPTED alice
        alice oco buy 5@90 stop=105 #b #t | ACCEPTED alice; ACCEPTED alice
        venue restarts           |
        alice cancel-all sell    | CANCELLED/CANCEL_ALL alice #a; CANCELLED/LINKED alice #s;
                                 | CANCELLED/CANCEL_ALL alice #x; CANCEL_ALL_DONE alice orders=3 pending=0
        alice cancel-all GOLD    | CANCEL_ALL_DONE alice orders=0
        alice cancel-all         | CANCELLED/CANCEL_ALL alice #b; CANCELLED/LINKED alice #t;
                                 | CANCEL_ALL_DONE alice orders=2
    """,
    "what is linked is not amended and not replaced": """
        alice oco sell 5@110 stop=95 stop_price=90 #a #s | ACCEPTED alice; ACCEPTED alice
        alice amend #a 4@110     | REJECTED/INVALID_COMBINATION alice
        alice amend #a 0@0       | REJECTED/INVALID_COMBINATION alice
        alice amend #s 5@90 stop=94 | REJECTED/INVALID_COMBINATION alice
        alice amend #s 5@90 expires=9 | REJECTED/INVALID_COMBINATION alice
        alice replace #a sell 5@120 | REJECTED/INVALID_COMBINATION alice
        alice replace #s anyway sell 5@120 | REJECTED/INVALID_COMBINATION alice
        alice replace #a sell 0@120 | REJECTED/INVALID_COMBINATION alice
        venue halt AAPL          | HALTED venue
        alice amend #a 4@110     | REJECTED/INSTRUMENT_HALTED alice
        alice replace #a sell 5@120 | REJECTED/INVALID_COMBINATION alice
        bob amend #a 4@110       | REJECTED/UNKNOWN_ORDER bob
        alice cancel #a          | CANCELLED/USER alice #a; CANCELLED/LINKED alice #s
    """,
    "the client order id is the limit leg's": """
        alice oco sell 5@110 stop=95 id=x #a #s | ACCEPTED alice #a id=x; ACCEPTED alice #s id=
        alice oco sell 5@110 stop=95 id=x  | DUPLICATE/OPEN alice #a 5@110 leaves=5 id=x
        alice oco sell 5@110 stop=94 id=x  | REJECTED/CLIENT_ORDER_ID_REUSED alice id=x
        alice oco sell 5@110 stop=95 stop_price=91 id=x | REJECTED/CLIENT_ORDER_ID_REUSED alice id=x
        alice sell 5@110 id=x              | REJECTED/CLIENT_ORDER_ID_REUSED alice id=x
        alice bracket sell 5@110 profit=90 stop=120 id=x | REJECTED/CLIENT_ORDER_ID_REUSED alice id=x
        venue restarts                     |
        alice amend id=x 4@110             | REJECTED/INVALID_COMBINATION alice id=x
        bob buy 2@110            | ACCEPTED bob; FILL bob; FILL alice #a id=x; CANCELLED/LINKED alice #s id=
        alice oco sell 5@110 stop=95 id=x  | DUPLICATE/OPEN alice #a 5@110 leaves=3 id=x
        alice cancel id=x                  | CANCELLED/USER alice #a id=x
        alice oco sell 5@110 stop=95 id=x  | DUPLICATE/CANCELLED alice #a 5@110 leaves=0 filled=2
    """,
    "a refused pair leaves no trace": """
        alice oco sell 5@110 stop=110 id=x | REJECTED/INVALID_PRICE alice id=x
        alice oco sell 5@110 stop=95 id=x  | ACCEPTED alice order_id=67108864; ACCEPTED alice order_id=67108865
    """,
    "halted, a stop of a pair waits": """
        alice oco sell 5@110 stop=95 on=reference #a #s | ACCEPTED alice; ACCEPTED alice
        venue halt AAPL          | HALTED venue
        venue reference AAPL 90  | REFERENCE_SET venue
        AAPL due                 | None
        venue restarts           |
        venue resume AAPL        | RESUMED venue; TRIGGERED alice #s 5@91; CANCELLED/LINKED alice #a;
                                 | CANCELLED/MARKET_REMAINDER alice #s
    """,
    "a limit leg that would trade too far away rests whole": """
        alice sell 1@100         | ACCEPTED alice
        bob buy 1@100            | ACCEPTED bob; FILL bob; FILL alice
        venue limits AAPL dynamic=300 call=50 | TRADING_LIMITS_SET venue
        dave buy 2@90            | ACCEPTED dave
        alice oco sell 5@90 stop=80 #a #s | ACCEPTED alice #a 5@90; ACCEPTED alice #s 5@76 trigger_price=80;
                                 | PHASE_CHANGED venue phase=pause ends_at=50
        #a is                    | partner=#s
        AAPL book                | 2@90 / 5@90
        venue pulse at=50        | UNCROSSED venue 2@90 surplus=-3; FILL dave auction 2@90;
                                 | FILL alice auction #a 2@90 leaves=3; CANCELLED/LINKED alice #s leaves=5;
                                 | PHASE_CHANGED venue phase=continuous; PULSED venue items=2
    """,
    "an auction trades a leg": """
        venue phase AAPL auction | PHASE_CHANGED venue
        alice oco sell 5@100 stop=95 #a #s | ACCEPTED alice; ACCEPTED alice
        bob buy 2@100            | ACCEPTED bob
        AAPL book                | 2@100 / 5@100
        venue phase AAPL continuous | UNCROSSED venue 2@100 surplus=-3; FILL bob auction 2@100 leaves=0;
                                 | FILL alice auction #a 2@100 leaves=3; CANCELLED/LINKED alice #s leaves=5;
                                 | PHASE_CHANGED venue phase=continuous
        AAPL book                | / 3@100
    """,
    "an auction trades legs of both sides": """
        venue phase AAPL auction | PHASE_CHANGED venue
        bob oco buy 5@100 stop=105 #b #t | ACCEPTED bob; ACCEPTED bob
        alice oco sell 5@100 stop=95 #a #s | ACCEPTED alice; ACCEPTED alice
        venue phase AAPL continuous | UNCROSSED venue 5@100 surplus=0; FILL bob auction #b leaves=0;
                                 | FILL alice auction #a leaves=0; CANCELLED/LINKED bob #t; CANCELLED/LINKED alice #s;
                                 | PHASE_CHANGED venue
        alice buy 1@50           | ACCEPTED alice order_id=134217731
        alice buy 1@50           | ACCEPTED alice order_id=134217730
        alice buy 1@50           | ACCEPTED alice order_id=134217729
        alice buy 1@50           | ACCEPTED alice order_id=134217728
    """,
    "an auction's price reaches a stop leg": """
        venue phase AAPL auction | PHASE_CHANGED venue
        alice oco sell 5@110 stop=95 #a #s | ACCEPTED alice; ACCEPTED alice
        bob buy 3@95             | ACCEPTED bob
        dave sell 3@95           | ACCEPTED dave
        venue phase AAPL continuous | UNCROSSED venue 3@95; FILL bob auction 3@95; FILL dave auction 3@95;
                                 | PHASE_CHANGED venue; TRIGGERED alice #s 5@91 trigger_price=95;
                                 | CANCELLED/LINKED alice #a; CANCELLED/MARKET_REMAINDER alice #s leaves=5
    """,
    "cancels of both legs that wait for an auction's trades": """
        venue phase AAPL auction | PHASE_CHANGED venue
        70 times dave sell 1@100 | ACCEPTED dave
        70 times bob buy 1@100   | ACCEPTED bob
        alice oco sell 5@100 stop=95 #a #s | ACCEPTED alice; ACCEPTED alice
        venue phase AAPL continuous | UNCROSSED venue 70@100 surplus=-5; 64 times (FILL bob auction 1@100;
                                 | FILL dave auction 1@100)
        alice cancel #s          | CANCEL_PENDING alice #s 5@91 leaves=5
        alice cancel #a          | CANCEL_PENDING alice #a 5@100 leaves=5
        alice oco sell 5@100 stop=95 | REJECTED/WRONG_PHASE alice
        venue restarts           |
        venue pulse              | 6 times (FILL bob auction; FILL dave auction); CANCELLED/USER alice #a leaves=5;
                                 | CANCELLED/LINKED alice #s leaves=5; PHASE_CHANGED venue; PULSED venue items=7
    """,
    "a cancel of a stop leg that an auction's trade forgets": """
        venue phase AAPL auction | PHASE_CHANGED venue
        70 times dave sell 1@100 | ACCEPTED dave
        72 times bob buy 1@100   | ACCEPTED bob
        alice oco sell 5@100 stop=95 #a #s | ACCEPTED alice; ACCEPTED alice
        venue phase AAPL continuous | UNCROSSED venue 72@100 surplus=-3; 64 times (FILL bob auction; FILL dave auction)
        alice cancel #s          | CANCEL_PENDING alice #s
        venue pulse              | 6 times (FILL bob auction; FILL dave auction); FILL bob auction;
                                 | FILL alice auction #a leaves=4; CANCELLED/LINKED alice #s leaves=5; FILL bob auction;
                                 | FILL alice auction #a leaves=3; PHASE_CHANGED venue; PULSED venue items=8
        AAPL book                | / 3@100
    """,
    "a mass cancel of a pair that waits for an auction's trades": """
        venue phase AAPL auction | PHASE_CHANGED venue
        70 times dave sell 1@100 | ACCEPTED dave
        70 times bob buy 1@100   | ACCEPTED bob
        alice oco sell 5@100 stop=95 #a #s | ACCEPTED alice; ACCEPTED alice
        venue phase AAPL continuous | UNCROSSED venue 70@100; 64 times (FILL bob auction; FILL dave auction)
        alice cancel-all         | CANCEL_ALL_DONE alice orders=0 pending=2
        venue pulse              | 6 times (FILL bob auction; FILL dave auction); CANCELLED/CANCEL_ALL alice #a;
                                 | CANCELLED/LINKED alice #s; PHASE_CHANGED venue; PULSED venue items=7
    """,
    "pairs of a retired instrument are an item each": """
        65 times alice oco sell 1@110 stop=95 | ACCEPTED alice; ACCEPTED alice
        venue phase AAPL closed  | PHASE_CHANGED venue
        venue phase AAPL retired | PHASE_CHANGED venue; 64 times (CANCELLED/RETIRED alice 1@110;
                                 | CANCELLED/LINKED alice 1@91)
        venue pulse              | CANCELLED/RETIRED alice 1@110; CANCELLED/LINKED alice 1@91; PULSED venue items=1
    """,
}

BRACKETS: Final = {
    "exits say which order they close": """
        alice sell 2@100         | ACCEPTED alice
        carol sell 3@100         | ACCEPTED carol
        bob bracket buy 5@100 profit=110 stop=95 #b #p #s | ACCEPTED bob buy #b 5@100 trigger_price=0 partner=0 entry=0;
                                 | FILL bob taker #b 2@100 leaves=3; FILL alice; FILL bob taker #b 3@100 leaves=0;
                                 | FILL carol; ACCEPTED bob sell #p 5@110 trigger_price=0 partner=#s entry=#b;
                                 | ACCEPTED bob sell #s 5@91 trigger_price=95 partner=#p entry=#b
        #b is                    | gone
        #p is                    | partner=#s stp=0 exit_trigger=0
        bob has                  | AAPL 10000+50 USDC 9950000+0
    """,
    "an entry that fills later, in parts": """
        bob bracket buy 5@100 profit=110 stop=95 stop_price=94 on=reference stp=none #b | ACCEPTED bob #b
        #b is                    | take_profit=110 exit_trigger_price=95 exit_price=94 exit_trigger=3 trigger=0 stp=4
        bob has                  | USDC 9950000+50000
        alice sell 2@100         | ACCEPTED alice; FILL alice; FILL bob #b leaves=3
        venue restarts           |
        alice sell 3@100 #x #p #s | ACCEPTED alice #x; FILL alice; FILL bob #b leaves=0; ACCEPTED bob #p 5@110 entry=#b;
                                 | ACCEPTED bob #s 5@94 trigger_price=95 entry=#b
        #s is                    | trigger=3 stp=4 waiting_type=0
    """,
    "an entry that sells": """
        bob buy 5@100            | ACCEPTED bob
        alice bracket sell 5@100 profit=90 stop=105 stop_price=108 #a #p #s | ACCEPTED alice sell #a 5@100;
                                 | FILL alice taker; FILL bob; ACCEPTED alice buy #p 5@90 entry=#a;
                                 | ACCEPTED alice buy #s 5@108 trigger_price=105
        alice has                | AAPL 9950+0 USDC 9996000+54000
        dave sell 5@90           | ACCEPTED dave; FILL dave; FILL alice #p leaves=0; CANCELLED/LINKED alice #s leaves=5
        alice has                | AAPL 10000+0 USDC 10005000+0
    """,
    "both ends of the prices": """
        bob bracket buy 5@100 profit=0 stop=95      | REJECTED/INVALID_PRICE bob
        bob bracket buy 5@100 profit=-1 stop=95     | REJECTED/INVALID_PRICE bob
        bob bracket buy 5@100 profit=1001 stop=95   | REJECTED/INVALID_PRICE bob
        bob bracket buy 5@100 profit=110 stop=0     | REJECTED/INVALID_PRICE bob
        bob bracket buy 5@100 profit=4294967297 stop=95 | REJECTED/INVALID_PRICE bob
        alice bracket sell 5@100 profit=90 stop=1001 | REJECTED/INVALID_PRICE alice
        bob bracket buy 5@100 profit=110 stop=95 stop_price=-1 | REJECTED/INVALID_PRICE bob
        bob bracket buy 5@100 profit=110 stop=95 stop_price=1001 | REJECTED/INVALID_PRICE bob
        bob bracket buy 5@100 profit=94 stop=95     | REJECTED/INVALID_PRICE bob
        alice bracket sell 5@100 profit=95 stop=95  | REJECTED/INVALID_PRICE alice
        alice bracket sell 5@100 profit=96 stop=95  | REJECTED/INVALID_PRICE alice
        bob bracket buy 1@1 profit=1000 stop=999 stop_price=1000 | ACCEPTED bob
        alice bracket sell 1@1000 profit=1 stop=1000 | ACCEPTED alice
    """,
    "the rules of the entry come first": """
        bob bracket buy 0@100 profit=0 stop=95      | REJECTED/INVALID_QUANTITY bob
        poor bracket buy 5@100 profit=0 stop=95     | REJECTED/INSUFFICIENT_FUNDS poor
        bob bracket buy 5@100 fok profit=0 stop=95  | REJECTED/FOK_UNFILLABLE bob
        bob bracket buy 5@market profit=110 stop=95 | REJECTED/NO_LIQUIDITY bob
        bob bracket buy 5@market gtc profit=0 stop=95 | REJECTED/INVALID_COMBINATION bob
        bob bracket buy 5@100 ioc expires=9 profit=0 stop=95 | REJECTED/INVALID_COMBINATION bob
        bob bracket buy 5@100 expires=9 at=9 profit=0 stop=95 | REJECTED/INVALID_EXPIRY bob
        bob bracket buy 5@100 auction profit=0 stop=95 | REJECTED/WRONG_PHASE bob
        alice sell 1@100                            | ACCEPTED alice
        bob bracket buy 5@100 post profit=0 stop=95 | REJECTED/POST_ONLY_WOULD_CROSS bob
        nobody bracket buy 5@100 profit=0 stop=95   | REJECTED/UNKNOWN_ACCOUNT nobody
        venue halt AAPL                             | HALTED venue
        bob bracket buy 0@100 profit=0 stop=95      | REJECTED/INSTRUMENT_HALTED bob
    """,
    "an entry that does not rest": """
        alice sell 2@100         | ACCEPTED alice
        bob bracket buy 5@101 ioc profit=110 stop=95 #b | ACCEPTED bob #b; FILL bob 2@100 leaves=3; FILL alice;
                                 | CANCELLED/IOC_REMAINDER bob #b leaves=3; ACCEPTED bob 2@110 entry=#b;
                                 | ACCEPTED bob 2@91
        alice sell 5@100         | ACCEPTED alice
        bob bracket buy 5@100 fok profit=110 stop=95 #c | ACCEPTED bob #c; FILL bob; FILL alice; ACCEPTED bob 5@110;
                                 | ACCEPTED bob
        alice sell 2@100         | ACCEPTED alice
        bob bracket buy 3@market profit=111 stop=95 #d | ACCEPTED bob #d 3@105; FILL bob 2@100; FILL alice;
                                 | CANCELLED/MARKET_REMAINDER bob #d leaves=1; ACCEPTED bob 2@111 entry=#d;
                                 | ACCEPTED bob 2@91
        AAPL book                | / 7@110 2@111
    """,
    "entries that slide, and that become limit orders": """
        alice sell 2@100         | ACCEPTED alice
        bob bracket buy 1@100 slide profit=110 stop=95 #b | ACCEPTED bob #b 1@99
        carol bracket buy 3@market mtl profit=110 stop=95 #c | ACCEPTED carol #c 3@100; FILL carol 2@100 leaves=1;
                                 | FILL alice
        AAPL book                | 1@100 1@99 /
        venue restarts           |
        carol cancel #c          | CANCELLED/USER carol leaves=1; ACCEPTED carol 2@110; ACCEPTED carol 2@91
        alice sell 1@99 ioc      | ACCEPTED alice; FILL alice; FILL bob #b leaves=0; ACCEPTED bob 1@110;
                                 | ACCEPTED bob 1@91
    """,
    "an entry that is amended": """
        bob bracket buy 5@100 profit=110 stop=95 #b | ACCEPTED bob
        bob amend #b 7@101       | AMENDED/LOST bob #b 7@101 leaves=7
        alice sell 2@101         | ACCEPTED alice; FILL alice; FILL bob #b leaves=5
        bob amend #b 3@101       | AMENDED/KEPT bob #b 3@101 leaves=1
        bob amend #b 3@101 expires=50 | AMENDED/KEPT bob #b 3@101 leaves=1
        alice sell 1@101         | ACCEPTED alice; FILL alice; FILL bob #b leaves=0; ACCEPTED bob 3@110 entry=#b;
                                 | ACCEPTED bob 3@91
        AAPL due                 | None
    """,
    "an entry that is replaced": """
        bob bracket buy 5@100 profit=110 stop=95 #b | ACCEPTED bob
        alice sell 2@100 ioc     | ACCEPTED alice; FILL alice; FILL bob #b leaves=3
        bob replace #b buy 3@99 #c #p #s | CANCELLED/REPLACED bob #b leaves=3; ACCEPTED bob #c 3@99 entry=0;
                                 | ACCEPTED bob #p 2@110 entry=#b; ACCEPTED bob #s 2@91 entry=#b
        alice sell 3@99          | ACCEPTED alice; FILL alice; FILL bob #c leaves=0
    """,
    "an entry that ends by itself": """
        bob bracket buy 5@100 expires=50 profit=110 stop=95 #b | ACCEPTED bob
        alice sell 2@100 ioc     | ACCEPTED alice; FILL alice; FILL bob #b leaves=3
        AAPL due                 | 50
        venue pulse at=50 #p #s  | CANCELLED/EXPIRED bob #b leaves=3; ACCEPTED bob #p 2@110 entry=#b;
                                 | ACCEPTED bob #s 2@91; PULSED venue items=2
        #p is                    | expires_at=0 lifetime=0
        AAPL due                 | None
    """,
    "an entry of a day": """
        venue roll 20261130      | TRADE_DATE_ROLLED venue
        bob bracket buy 5@100 day profit=110 stop=95 #b | ACCEPTED bob
        alice sell 2@100 ioc     | ACCEPTED alice; FILL alice; FILL bob #b
        venue roll 20261201      | TRADE_DATE_ROLLED venue
        venue pulse #p           | CANCELLED/DAY_ENDED bob #b; ACCEPTED bob #p 2@110; ACCEPTED bob 2@91;
                                 | PULSED venue items=2
        #p is                    | lifetime=0 trade_date=0
    """,
    "an entry that its own party ends": """
        alice sell 2@99          | ACCEPTED alice
        bob sell 3@100           | ACCEPTED bob
        bob bracket buy 5@100 profit=110 stop=95 #b | ACCEPTED bob; FILL bob 2@99; FILL alice;
                                 | CANCELLED/SELF_TRADE_INCOMING bob #b leaves=3; ACCEPTED bob 2@110; ACCEPTED bob 2@91
    """,
    "lots that were decremented are not closed": """
        bob bracket buy 5@100 profit=110 stop=95 #b | ACCEPTED bob
        alice sell 2@100         | ACCEPTED alice; FILL alice; FILL bob #b leaves=3
        bob sell 1@100 stp=decrement #o | ACCEPTED bob #o; AMENDED/DECREMENTED bob #b 4@100 leaves=2;
                                 | CANCELLED/SELF_TRADE_INCOMING bob #o leaves=1
        alice sell 2@100         | ACCEPTED alice; FILL alice; FILL bob #b leaves=0; ACCEPTED bob 4@110 entry=#b;
                                 | ACCEPTED bob 4@91
    """,
    "what was bought is free until the entry has ended": """
        poor deposit 50000 USDC  | DEPOSITED poor
        poor bracket buy 5@100 profit=110 stop=95 #b | ACCEPTED poor
        alice sell 2@100         | ACCEPTED alice; FILL alice; FILL poor #b leaves=3
        poor has                 | USDC 0+30000 AAPL 20+0
        poor transfer 1 AAPL bob | TRANSFER_OUT poor; TRANSFER_IN bob
        poor cancel #b           | CANCELLED/USER poor #b leaves=3;
                                 | EXITS_REFUSED/INSUFFICIENT_FUNDS poor sell #b quantity=2
        poor has                 | USDC 30000+0 AAPL 19+0
        AAPL due                 | None
    """,
    "exits that have no room": """
        bob limit 1              | ACCOUNT_SET bob
        bob bracket buy 5@100 profit=110 stop=95 #b | ACCEPTED bob
        alice sell 2@100         | ACCEPTED alice; FILL alice; FILL bob
        bob cancel #b            | CANCELLED/USER bob #b; EXITS_REFUSED/OPEN_ORDER_LIMIT bob #b quantity=2
    """,
    "exits that are too large, or too far away": """
        bob bracket buy 5@100 profit=110 stop=95 #b | ACCEPTED bob
        bob bracket buy 5@100 profit=110 stop=95 #c | ACCEPTED bob
        alice sell 2@100         | ACCEPTED alice; FILL alice; FILL bob #b
        venue limits AAPL quantity=1 | TRADING_LIMITS_SET venue
        bob cancel #b            | CANCELLED/USER bob #b; EXITS_REFUSED/ORDER_TOO_LARGE bob #b quantity=2
        venue limits AAPL static=500 call=50 | TRADING_LIMITS_SET venue
        alice sell 2@100         | ACCEPTED alice; FILL alice; FILL bob #c
        venue reference AAPL 120 | REFERENCE_SET venue
        bob cancel #c            | CANCELLED/USER bob #c; EXITS_REFUSED/PRICE_OUT_OF_BAND bob #c quantity=2
    """,
    "exits of an instrument that is closed, and of one that is retired": """
        bob bracket buy 5@100 profit=110 stop=95 #b | ACCEPTED bob
        alice bracket buy 5@100 profit=110 stop=95 #c | ACCEPTED alice
        dave sell 7@100          | ACCEPTED dave; FILL dave 5@100; FILL bob #b leaves=0; FILL dave 2@100;
                                 | FILL alice #c leaves=3; ACCEPTED bob 5@110; ACCEPTED bob 5@91
        carol bracket buy 5@90 profit=110 stop=80 #d | ACCEPTED carol
        dave sell 4@90           | ACCEPTED dave; FILL dave 3@100; FILL alice #c leaves=0; FILL dave 1@90;
                                 | FILL carol #d leaves=4; ACCEPTED alice 5@110; ACCEPTED alice 5@91;
                                 | TRIGGERED bob 5@91; CANCELLED/LINKED bob 5@110;
                                 | CANCELLED/MARKET_REMAINDER bob leaves=5; TRIGGERED alice 5@91;
                                 | CANCELLED/LINKED alice 5@110; CANCELLED/MARKET_REMAINDER alice leaves=5
        venue phase AAPL closed  | PHASE_CHANGED venue
        venue phase AAPL retired | PHASE_CHANGED venue; CANCELLED/RETIRED carol #d leaves=4;
                                 | EXITS_REFUSED/WRONG_PHASE carol #d quantity=1
    """,
    "an entry that ends while nothing is taken": """
        bob bracket buy 5@100 profit=110 stop=95 #b | ACCEPTED bob
        alice sell 2@100         | ACCEPTED alice; FILL alice; FILL bob #b
        venue phase AAPL closed  | PHASE_CHANGED venue
        bob cancel #b            | CANCELLED/USER bob #b; EXITS_REFUSED/WRONG_PHASE bob #b quantity=2
    """,
    "exits in a call phase": """
        bob bracket buy 5@100 profit=110 stop=95 #b | ACCEPTED bob
        alice sell 2@94          | ACCEPTED alice; FILL alice 2@100; FILL bob #b
        venue phase AAPL auction | PHASE_CHANGED venue
        dave buy 1@120           | ACCEPTED dave
        venue reference AAPL 90  | REFERENCE_SET venue
        bob cancel #b            | CANCELLED/USER bob #b; ACCEPTED bob 2@110; ACCEPTED bob 2@91
        AAPL book                | 1@120 / 2@110
        venue phase AAPL continuous | UNCROSSED venue 1@110 surplus=-1; FILL dave auction 1@110;
                                 | FILL bob auction 1@110 leaves=1; CANCELLED/LINKED bob 2@91 leaves=2;
                                 | PHASE_CHANGED venue
    """,
    "an entry for one auction": """
        venue reference AAPL 100 | REFERENCE_SET venue
        venue phase AAPL auction | PHASE_CHANGED venue
        alice sell 3@100         | ACCEPTED alice
        bob bracket buy 5@market auction profit=110 stop=95 #b | ACCEPTED bob #b 5@105
        venue restarts           |
        venue phase AAPL continuous | UNCROSSED venue 3@100 surplus=2; FILL bob auction #b 3@100 leaves=2;
                                 | FILL alice auction; CANCELLED/AUCTION_ENDED bob #b leaves=2; PHASE_CHANGED venue;
                                 | ACCEPTED bob 3@110 entry=#b; ACCEPTED bob 3@91 entry=#b
    """,
    "exits wait for the end of the trades of an auction": """
        venue phase AAPL auction | PHASE_CHANGED venue
        70 times dave sell 1@100 | ACCEPTED dave
        bob bracket buy 1@105 profit=110 stop=95 #b | ACCEPTED bob
        69 times alice buy 1@100 | ACCEPTED alice
        venue phase AAPL continuous | UNCROSSED venue 70@100 surplus=0; FILL bob auction #b 1@100; FILL dave auction;
                                 | 63 times (FILL alice auction; FILL dave auction)
        bob cancel-all           | CANCEL_ALL_DONE bob orders=0 pending=0
        venue restarts           |
        venue pulse              | 6 times (FILL alice auction; FILL dave auction); PHASE_CHANGED venue;
                                 | ACCEPTED bob 1@110 entry=#b; ACCEPTED bob 1@91 entry=#b; PULSED venue items=7
    """,
    "two entries fill one another, and the first to rest is closed first": """
        alice bracket sell 5@100 profit=90 stop=105 #a | ACCEPTED alice
        bob bracket buy 5@100 profit=110 stop=95 #b | ACCEPTED bob; FILL bob taker; FILL alice maker;
                                 | ACCEPTED alice buy 5@90 entry=#a; ACCEPTED alice buy 5@110 trigger_price=105;
                                 | ACCEPTED bob sell 5@110 entry=#b; ACCEPTED bob sell 5@91 trigger_price=95
    """,
    "a take profit that trades at once": """
        carol buy 3@97           | ACCEPTED carol
        alice sell 5@100         | ACCEPTED alice
        bob bracket buy 5@100 profit=96 stop=95 #b | ACCEPTED bob; FILL bob; FILL alice; ACCEPTED bob 5@96;
                                 | ACCEPTED bob 5@91; FILL bob taker 3@97 leaves=2; FILL carol;
                                 | CANCELLED/LINKED bob 5@91 leaves=5
        AAPL book                | / 2@96
    """,
    "exits that fill another entry": """
        dave bracket buy 5@97 profit=120 stop=80 #d | ACCEPTED dave
        alice sell 5@100         | ACCEPTED alice
        bob bracket buy 5@100 profit=96 stop=95 #b | ACCEPTED bob; FILL bob; FILL alice; ACCEPTED bob 5@96 entry=#b;
                                 | ACCEPTED bob 5@91; FILL bob taker 5@97; FILL dave #d leaves=0;
                                 | CANCELLED/LINKED bob 5@91; ACCEPTED dave 5@120 entry=#d;
                                 | ACCEPTED dave 5@76 trigger_price=80
    """,
    "exits meet their own party": """
        bob buy 4@97 #o          | ACCEPTED bob
        alice sell 5@100         | ACCEPTED alice
        bob bracket buy 5@100 profit=96 stop=95 #b | ACCEPTED bob; FILL bob; FILL alice; ACCEPTED bob 5@96;
                                 | ACCEPTED bob 5@91; CANCELLED/SELF_TRADE_INCOMING bob 5@96 leaves=5;
                                 | CANCELLED/LINKED bob 5@91 leaves=5
    """,
    "more exits than one command places": """
        70 times bob bracket buy 1@100 profit=110 stop=95 | ACCEPTED bob
        alice sell 70@100        | ACCEPTED alice; 70 times (FILL alice taker 1@100; FILL bob maker leaves=0);
                                 | 64 times (ACCEPTED bob 1@110; ACCEPTED bob 1@91)
        AAPL due                 | 0
        venue restarts           |
        alice deposit 1 USDC     | DEPOSITED alice
        alice buy 1@1 on=GOLD    | ACCEPTED alice
        venue pulse at=9         | 6 times (ACCEPTED bob 1@110; ACCEPTED bob 1@91); PULSED venue items=6
        AAPL due                 | None
    """,
    "what touches the instrument goes on with its exits": """
        70 times bob bracket buy 1@100 profit=110 stop=95 | ACCEPTED bob
        alice sell 70@100        | ACCEPTED alice; 70 times (FILL alice; FILL bob); 64 times (ACCEPTED bob;
                                 | ACCEPTED bob)
        bob cancel-all           | 64 times (CANCELLED/CANCEL_ALL bob 1@110; CANCELLED/LINKED bob 1@91);
                                 | CANCEL_ALL_DONE bob orders=128; 6 times (ACCEPTED bob 1@110; ACCEPTED bob 1@91)
    """,
    "what waits is refused when it is halted before": """
        66 times bob bracket buy 1@100 profit=110 stop=95 | ACCEPTED bob
        alice sell 66@100        | ACCEPTED alice; 66 times (FILL alice; FILL bob); 64 times (ACCEPTED bob;
                                 | ACCEPTED bob)
        venue halt AAPL          | HALTED venue; EXITS_REFUSED/INSTRUMENT_HALTED bob quantity=1;
                                 | EXITS_REFUSED/INSTRUMENT_HALTED bob quantity=1
        AAPL due                 | None
    """,
    "a chain of entries and exits is worked off in parts": """
        70 times bob bracket buy 1@100 profit=100 stop=95 stp=none | ACCEPTED bob
        alice sell 1@100         | ACCEPTED alice; FILL alice; FILL bob; 64 times (ACCEPTED bob 1@100;
                                 | ACCEPTED bob 1@91; FILL bob taker 1@100; FILL bob maker; CANCELLED/LINKED bob 1@91)
        venue pulse              | 5 times (ACCEPTED bob 1@100; ACCEPTED bob 1@91; FILL bob taker; FILL bob maker;
                                 | CANCELLED/LINKED bob); ACCEPTED bob 1@100; ACCEPTED bob 1@91; PULSED venue items=6
        AAPL book                | / 1@100
    """,
    "exits come before stops": """
        bob bracket buy 1@95 profit=120 stop=80 #b | ACCEPTED bob
        alice sell 1@90 stop=95 #1 | ACCEPTED alice
        carol sell 1@95          | ACCEPTED carol; FILL carol; FILL bob #b; ACCEPTED bob 1@120; ACCEPTED bob 1@76;
                                 | TRIGGERED alice #1 1@90
    """,
    "exits come between stops": """
        alice sell 2@90 stop=95 #1 | ACCEPTED alice
        dave sell 1@90 stop=95 #2 | ACCEPTED dave
        bob bracket buy 2@93 profit=120 stop=80 #b | ACCEPTED bob
        carol buy 1@95           | ACCEPTED carol
        alice sell 1@95          | ACCEPTED alice; FILL alice; FILL carol; TRIGGERED alice #1 2@90;
                                 | FILL alice taker #1 2@93; FILL bob #b leaves=0; ACCEPTED bob 2@120 entry=#b;
                                 | ACCEPTED bob 2@76 trigger_price=80; TRIGGERED dave #2 1@90
        AAPL book                | / 1@90 2@120
    """,
    "stops are let in when exits have used up the items": """
        alice sell 1@90 stop=95 #1 | ACCEPTED alice
        65 times bob bracket buy 1@95 profit=120 stop=80 | ACCEPTED bob
        carol sell 65@95         | ACCEPTED carol; 65 times (FILL carol; FILL bob); 64 times (ACCEPTED bob 1@120;
                                 | ACCEPTED bob 1@76)
        venue pulse              | ACCEPTED bob 1@120; ACCEPTED bob 1@76; TRIGGERED alice #1 1@90; PULSED venue items=2
    """,
    "exits pay today's rates": """
        dave bracket sell 5@100 profit=90 stop=105 stop_price=100 #d | ACCEPTED dave
        bob buy 2@100 ioc        | ACCEPTED bob; FILL bob; FILL dave #d leaves=3 fee=20
        venue fees 1 0 25000     | FEE_SCHEDULE_SET venue
        dave cancel #d           | CANCELLED/USER dave; ACCEPTED dave 2@90; ACCEPTED dave 2@100
        dave has                 | USDC 9999480+20500 AAPL 9980+0
    """,
    "the client order id is the entry's": """
        bob bracket buy 5@100 profit=110 stop=95 id=x #b | ACCEPTED bob #b id=x
        bob bracket buy 5@100 profit=110 stop=95 id=x | DUPLICATE/OPEN bob #b 5@100 leaves=5 id=x
        bob bracket buy 5@100 profit=111 stop=95 id=x | REJECTED/CLIENT_ORDER_ID_REUSED bob id=x
        bob buy 5@100 id=x       | REJECTED/CLIENT_ORDER_ID_REUSED bob id=x
        alice sell 5@100         | ACCEPTED alice; FILL alice; FILL bob #b id=x; ACCEPTED bob 5@110 id=;
                                 | ACCEPTED bob 5@91 id=
        bob bracket buy 5@100 profit=110 stop=95 id=x | DUPLICATE/FILLED bob #b 5@100 leaves=0 filled=5 id=x
    """,
    "exits of another instrument": """
        alice sell 5@100 on=GOLD | ACCEPTED alice
        bob bracket buy 5@100 profit=110 stop=95 on=GOLD #b | ACCEPTED bob instrument=GOLD; FILL bob; FILL alice;
                                 | ACCEPTED bob 5@110 instrument=GOLD entry=#b;
                                 | ACCEPTED bob 5@95 trigger_price=95 instrument=GOLD
    """,
}

PAIRS_AND_QUOTES: Final = {
    "a quote takes a leg: the other leg goes before the group is too fast": """
        alice protect 1 window=1000 fills=1 | PROTECTION_SET alice
        bob oco buy 5@100 stop=105 stop_price=106 #l #s | ACCEPTED bob #l; ACCEPTED bob #s
        alice quote 1 AAPL 2@90/3@100 #b #q | ACCEPTED alice #b; ACCEPTED alice #q; FILL alice taker #q 3@100 leaves=0;
                                 | FILL bob maker #l leaves=2; CANCELLED/LINKED bob #s leaves=5;
                                 | PROTECTION_TRIGGERED alice limit=2 fills=1; CANCELLED/PROTECTION alice #b;
                                 | MASS_QUOTED alice accepted=2
        AAPL book                | 2@100 /
    """,
    "a leg takes a quote on arrival: the other leg goes last": """
        alice protect 1 window=1000 fills=1 | PROTECTION_SET alice
        alice quote 1 AAPL 2@90/3@100 #b #q | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        bob oco buy 5@100 stop=105 stop_price=106 #l #s | ACCEPTED bob #l; ACCEPTED bob #s;
                                 | FILL bob taker #l 3@100 leaves=2; FILL alice maker #q leaves=0;
                                 | PROTECTION_TRIGGERED alice; CANCELLED/PROTECTION alice #b leaves=2;
                                 | CANCELLED/LINKED bob #s leaves=5
    """,
    "a quote meets a leg of its own account": """
        alice oco buy 5@100 stop=105 stop_price=106 #l #s | ACCEPTED alice #l; ACCEPTED alice #s
        alice quote 1 AAPL 0@0/2@100 stp=decrement #q | ACCEPTED alice #q;
                                 | AMENDED/DECREMENTED alice #l 3@100 leaves=3; CANCELLED/LINKED alice #s leaves=5;
                                 | CANCELLED/SELF_TRADE_INCOMING alice #q leaves=2; MASS_QUOTED alice accepted=1
    """,
    "in an auction, too": """
        alice protect 1 window=1000 fills=1 | PROTECTION_SET alice
        venue phase AAPL auction         | PHASE_CHANGED venue
        bob oco buy 5@100 stop=105 stop_price=106 #l #s | ACCEPTED bob #l; ACCEPTED bob #s
        alice quote 1 AAPL 2@90/3@100 #b #q | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        venue phase AAPL continuous      | UNCROSSED venue 3@100; FILL bob auction #l leaves=2;
                                 | FILL alice auction #q leaves=0; CANCELLED/LINKED bob #s leaves=5;
                                 | PROTECTION_TRIGGERED alice; CANCELLED/PROTECTION alice #b leaves=2;
                                 | PHASE_CHANGED venue phase=continuous
        AAPL book                | 2@100 /
    """,
    "a mass cancel of a group leaves pairs": """
        alice oco buy 5@90 stop=105 #l #s | ACCEPTED alice; ACCEPTED alice
        alice quote 1 AAPL 2@91/3@100 #b #q | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        alice cancel-all group=1 | CANCELLED/CANCEL_ALL alice #b; CANCELLED/CANCEL_ALL alice #q;
                                 | CANCEL_ALL_DONE alice orders=2
        alice quote 1 AAPL 2@91/0@0 #c | ACCEPTED alice; MASS_QUOTED alice
        alice cancel-all         | CANCELLED/CANCEL_ALL alice #l; CANCELLED/LINKED alice #s;
                                 | CANCELLED/CANCEL_ALL alice #c; CANCEL_ALL_DONE alice orders=3
    """,
    "a pair is one item of a timer": """
        alice oco buy 5@90 stop=105 #l #s | ACCEPTED alice; ACCEPTED alice
        alice quote 1 AAPL 2@91/0@0 #b   | ACCEPTED alice; MASS_QUOTED alice
        alice cancel-after 5 at=10       | CANCEL_AFTER_SET alice
        venue pulse at=15                | CANCELLED/DEAD_MAN alice #l; CANCELLED/LINKED alice #s;
                                 | CANCELLED/DEAD_MAN alice #b; PULSED venue items=3
        alice has                | USDC 10000000+0
    """,
    "a pair that expires before its timer": """
        alice oco buy 5@90 stop=105 expires=12 #l #s | ACCEPTED alice; ACCEPTED alice
        alice cancel-after 5 at=10       | CANCEL_AFTER_SET alice
        venue pulse at=15                | CANCELLED/EXPIRED alice #l; CANCELLED/LINKED alice #s; PULSED venue items=2
    """,
    "exits trade with a quote, which goes elsewhere, and a stop follows there": """
        alice protect 1 window=1000 fills=1 | PROTECTION_SET alice
        alice quote 1 AAPL 5@98/0@0 GOLD 3@10/0@0 #a #g | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        dave buy 2@5 on=GOLD #d          | ACCEPTED dave
        carol sell 1@5 stop=7 on=opposite on=GOLD #c | ACCEPTED carol
        dave sell 5@100 #o               | ACCEPTED dave
        bob bracket buy 5@100 profit=98 stop=95 #b #p #s | ACCEPTED bob #b; FILL bob taker #b leaves=0;
                                 | FILL dave maker #o leaves=0; ACCEPTED bob #p 5@98; ACCEPTED bob #s 5@91;
                                 | FILL bob taker #p 5@98 leaves=0; FILL alice maker #a leaves=0;
                                 | PROTECTION_TRIGGERED alice; CANCELLED/PROTECTION alice #g;
                                 | CANCELLED/LINKED bob #s leaves=5; TRIGGERED carol #c;
                                 | FILL carol taker #c 1@5 leaves=0; FILL dave maker #d leaves=1
    """,
    "a breach in the upper book reaches a stop in the lower": """
        bob protect 1 window=1000 fills=1 | PROTECTION_SET bob
        bob quote 1 GOLD 2@5/0@0 AAPL 5@98/0@0 #g #a | ACCEPTED bob; ACCEPTED bob; MASS_QUOTED bob
        carol sell 1@97 stop=97 on=opposite #c | ACCEPTED carol
        dave buy 4@96 #d                 | ACCEPTED dave
        alice sell 1@5 on=GOLD   | ACCEPTED alice; FILL alice taker; FILL bob maker #g leaves=1;
                                 | PROTECTION_TRIGGERED bob; CANCELLED/PROTECTION bob #g;
                                 | CANCELLED/PROTECTION bob #a; TRIGGERED carol #c
        AAPL book                | 4@96 / 1@97
    """,
}
