"""What bounds prices and sizes (`engine_core/docs/market-rules.md`), in the notation of `tests/scenarios.py`."""

from typing import Final

BANDS: Final = {
    "what is passed over outside a band does not end the walk": """
        bob sell 1@100           | ACCEPTED bob
        carol buy 1@100          | ACCEPTED carol; FILL carol; FILL bob
        alice sell 3@80 hidden min=3 | ACCEPTED alice
        bob sell 3@101           | ACCEPTED bob
        venue limits AAPL dynamic=500 call=50 | TRADING_LIMITS_SET venue
        carol buy 3@101 fok      | REJECTED/FOK_UNFILLABLE carol
        carol buy 2@101 fok      | ACCEPTED carol; FILL carol taker 2@101; FILL bob maker leaves=1
        carol buy 5@101 min=1    | REJECTED/MIN_QUANTITY_UNFILLABLE carol
    """,
    "limits beyond the static band are refused": """
        venue reference AAPL 105 | REFERENCE_SET venue
        venue limits AAPL static=500 call=50 | TRADING_LIMITS_SET venue
        alice sell 1@99          | REJECTED/PRICE_OUT_OF_BAND alice value=99 bound=100
        alice sell 1@1           | REJECTED/PRICE_OUT_OF_BAND alice value=1 bound=100
        alice sell 1@100         | ACCEPTED alice
        bob buy 1@111            | REJECTED/PRICE_OUT_OF_BAND bob value=111 bound=110
        bob buy 1@111 ioc        | REJECTED/PRICE_OUT_OF_BAND bob
        bob buy 1@111 fok        | REJECTED/PRICE_OUT_OF_BAND bob
        bob buy 1@111 post       | REJECTED/PRICE_OUT_OF_BAND bob
        bob buy 1@111 hidden     | REJECTED/PRICE_OUT_OF_BAND bob
        bob buy 2@111 display=1  | REJECTED/PRICE_OUT_OF_BAND bob
        bob buy 2@111 min=2      | REJECTED/PRICE_OUT_OF_BAND bob
        bob spend 5000@111       | REJECTED/PRICE_OUT_OF_BAND bob value=111 bound=110
        poor buy 1@111           | REJECTED/PRICE_OUT_OF_BAND poor
        bob buy 1@111 slide      | ACCEPTED bob 1@99
        bob buy 1@50             | ACCEPTED bob 1@50
        alice sell 1@500         | ACCEPTED alice 1@500
        bob buy 1@111 stop=200   | ACCEPTED bob 1@111
        bob buy 1@market stop=200 | ACCEPTED bob 1@210
        bob buy 1@110            | ACCEPTED bob; FILL bob taker 1@100; FILL alice maker
        bob buy 1@111 on=GOLD    | ACCEPTED bob
    """,
    "the static band is around the reference, or else the last fill": """
        venue limits AAPL static=500 call=50 | TRADING_LIMITS_SET venue
        bob buy 1@900 #b         | ACCEPTED bob
        bob cancel #b            | CANCELLED bob
        alice sell 1@100         | ACCEPTED alice
        bob buy 1@100            | ACCEPTED bob; FILL bob; FILL alice
        bob buy 1@106            | REJECTED/PRICE_OUT_OF_BAND bob value=106 bound=105
        alice sell 1@94          | REJECTED/PRICE_OUT_OF_BAND alice value=94 bound=95
        venue reference AAPL 200 | REFERENCE_SET venue
        bob buy 1@211            | REJECTED/PRICE_OUT_OF_BAND bob value=211 bound=210
        alice sell 1@189         | REJECTED/PRICE_OUT_OF_BAND alice value=189 bound=190
        venue limits AAPL static=10000 call=50 | TRADING_LIMITS_SET venue
        alice sell 1@1           | ACCEPTED alice
        bob buy 1@401            | REJECTED/PRICE_OUT_OF_BAND bob value=401 bound=400
    """,
    "limits are refused in every phase that takes orders": """
        venue reference AAPL 100 | REFERENCE_SET venue
        venue limits AAPL static=100 call=50 | TRADING_LIMITS_SET venue
        venue phase AAPL pre_open | PHASE_CHANGED venue
        alice sell 1@98          | REJECTED/PRICE_OUT_OF_BAND alice value=98 bound=99
        venue phase AAPL auction | PHASE_CHANGED venue
        alice sell 1@98 auction  | REJECTED/PRICE_OUT_OF_BAND alice value=98 bound=99
        alice sell 1@98 hidden   | REJECTED/PRICE_OUT_OF_BAND alice
        alice sell 1@market auction | ACCEPTED alice 1@95
        bob buy 1@market auction | ACCEPTED bob 1@105
        bob buy 1@102            | REJECTED/PRICE_OUT_OF_BAND bob value=102 bound=101
        bob buy 1@101 #b         | ACCEPTED bob
        bob amend #b 1@102       | REJECTED/PRICE_OUT_OF_BAND bob value=102 bound=101
        venue phase AAPL closed  | PHASE_CHANGED venue
        bob buy 1@102            | REJECTED/WRONG_PHASE bob value=0 bound=0
    """,
    "market-to-limit: the price it met": """
        alice sell 1@108         | ACCEPTED alice
        venue reference AAPL 100 | REFERENCE_SET venue
        venue limits AAPL static=500 call=50 | TRADING_LIMITS_SET venue
        bob buy 1@market mtl     | REJECTED/PRICE_OUT_OF_BAND bob value=108 bound=105
        alice sell 1@105         | ACCEPTED alice
        bob buy 1@market mtl     | ACCEPTED bob 1@105; FILL bob taker 1@105; FILL alice maker
    """,
    "amendments that lose their place": """
        alice buy 5@100 #a       | ACCEPTED alice
        alice sell 5@200 stop=80 #s | ACCEPTED alice
        venue reference AAPL 100 | REFERENCE_SET venue
        venue limits AAPL static=500 call=50 | TRADING_LIMITS_SET venue
        alice amend #a 5@106     | REJECTED/PRICE_OUT_OF_BAND alice #a value=106 bound=105
        venue reference AAPL 90  | REFERENCE_SET venue
        alice amend #a 4@100     | AMENDED/KEPT alice #a 4@100
        alice amend #a 4@100 expires=9 | AMENDED/KEPT alice #a
        alice amend #a 6@100     | REJECTED/PRICE_OUT_OF_BAND alice value=100 bound=94
        alice amend #a 6@94      | AMENDED/LOST alice #a 6@94
        alice amend #s 5@50      | AMENDED/KEPT alice #s 5@50
        alice amend #s 5@50 stop=70 | AMENDED/LOST alice #s
        alice replace #a buy 6@95 | REJECTED/PRICE_OUT_OF_BAND alice #a value=95 bound=94
        #a is                    | price=94
    """,
    "a market order that would trade above the static band": """
        alice sell 1@102         | ACCEPTED alice
        alice sell 1@105         | ACCEPTED alice
        venue reference AAPL 100 | REFERENCE_SET venue
        venue limits AAPL static=300 call=50 | TRADING_LIMITS_SET venue
        bob buy 3@market at=7    | ACCEPTED bob 3@107; FILL bob taker 1@102 leaves=2; FILL alice maker;
                                 | PHASE_CHANGED venue phase=pause previous_phase=continuous ends_at=57;
                                 | CANCELLED/MARKET_REMAINDER bob leaves=2
        AAPL due                 | 57
    """,
    "a limit that would trade at too good a price": """
        bob buy 2@110 #b         | ACCEPTED bob
        venue reference AAPL 100 | REFERENCE_SET venue
        venue limits AAPL static=300 call=50 | TRADING_LIMITS_SET venue
        alice sell 2@100 #a      | ACCEPTED alice; PHASE_CHANGED venue phase=pause ends_at=50
        AAPL book                | 2@110 / 2@100
        venue pulse at=50        | UNCROSSED venue 2@100 surplus=0; FILL bob auction #b 2@100;
                                         | FILL alice auction #a 2@100;
                                 | PHASE_CHANGED venue phase=continuous; PULSED venue items=2
        bob has                  | USDC 9980000+0 AAPL 10020+0
    """,
    "the dynamic band is around the last fill before the order": """
        alice sell 1@100         | ACCEPTED alice
        bob buy 1@100            | ACCEPTED bob; FILL bob; FILL alice
        venue limits AAPL dynamic=300 call=50 | TRADING_LIMITS_SET venue
        dave sell 1@102          | ACCEPTED dave
        dave sell 1@103          | ACCEPTED dave
        dave sell 1@104          | ACCEPTED dave
        carol buy 3@104          | ACCEPTED carol; FILL carol taker 1@102; FILL dave maker;
                                         | FILL carol taker 1@103 leaves=1;
                                 | FILL dave maker; PHASE_CHANGED venue phase=pause
        AAPL book                | 1@104 / 1@104
        venue phase AAPL continuous | UNCROSSED venue 1@104; FILL carol auction 1@104; FILL dave auction;
                                         | PHASE_CHANGED venue
        dave sell 1@107          | ACCEPTED dave
        carol buy 1@107          | ACCEPTED carol; FILL carol taker 1@107; FILL dave maker
        carol buy 1@103          | ACCEPTED carol
        dave sell 1@103          | ACCEPTED dave; PHASE_CHANGED venue phase=pause
        AAPL book                | 1@103 / 1@103
    """,
    "no last fill, no dynamic band; nothing left, no pause": """
        venue limits AAPL dynamic=300 call=50 | TRADING_LIMITS_SET venue
        venue reference AAPL 10  | REFERENCE_SET venue
        alice sell 1@100         | ACCEPTED alice
        bob buy 1@900            | ACCEPTED bob; FILL bob taker 1@100; FILL alice maker
        alice sell 1@103         | ACCEPTED alice
        alice sell 1@200         | ACCEPTED alice
        bob buy 1@900            | ACCEPTED bob; FILL bob taker 1@103; FILL alice maker
        AAPL book                | / 1@200
    """,
    "an order of the same party at such a price": """
        alice sell 1@100         | ACCEPTED alice
        bob buy 1@100            | ACCEPTED bob; FILL bob; FILL alice
        venue limits AAPL dynamic=300 call=50 | TRADING_LIMITS_SET venue
        alice sell 1@110 #s      | ACCEPTED alice
        alice buy 1@110 oldest #b | ACCEPTED alice; PHASE_CHANGED venue phase=pause
        AAPL book                | 1@110 / 1@110
        venue pulse at=50        | UNCROSSED venue 1@110; FILL alice auction #b; FILL alice auction #s;
                                 | PHASE_CHANGED venue; PULSED venue items=2
    """,
    "a hidden order at such a price": """
        alice sell 5@90 hidden min=5 #h | ACCEPTED alice
        dave sell 2@100          | ACCEPTED dave
        bob buy 2@100            | ACCEPTED bob; FILL bob taker 2@100; FILL dave maker
        venue limits AAPL dynamic=300 call=50 | TRADING_LIMITS_SET venue
        dave sell 3@100          | ACCEPTED dave
        bob buy 2@100            | ACCEPTED bob; FILL bob taker 2@100; FILL dave maker leaves=1
        bob buy 5@100            | ACCEPTED bob; PHASE_CHANGED venue phase=pause
        AAPL book                | 5@100 / 1@100
    """,
    "all or nothing, and at least so many: what is in the band": """
        alice sell 1@100         | ACCEPTED alice
        bob buy 1@100            | ACCEPTED bob; FILL bob; FILL alice
        venue limits AAPL dynamic=300 call=50 | TRADING_LIMITS_SET venue
        alice sell 1@103         | ACCEPTED alice
        alice sell 1@104         | ACCEPTED alice
        bob buy 2@104 fok        | REJECTED/FOK_UNFILLABLE bob
        bob buy 2@market fok     | REJECTED/FOK_UNFILLABLE bob
        bob buy 3@104 min=2      | REJECTED/MIN_QUANTITY_UNFILLABLE bob
        bob buy 3@104 hidden min=2 | REJECTED/MIN_QUANTITY_UNFILLABLE bob
        bob buy 3@104 min=1      | ACCEPTED bob; FILL bob taker 1@103 leaves=2; FILL alice maker;
                                 | PHASE_CHANGED venue phase=pause
        AAPL book                | 2@104 / 1@104
    """,
    "a hidden order whose rest is below its minimum": """
        alice sell 1@100         | ACCEPTED alice
        bob buy 1@100            | ACCEPTED bob; FILL bob; FILL alice
        venue limits AAPL dynamic=300 call=50 | TRADING_LIMITS_SET venue
        alice sell 3@103         | ACCEPTED alice
        alice sell 2@104         | ACCEPTED alice
        bob buy 5@104 hidden min=3 | ACCEPTED bob; FILL bob taker 3@103 leaves=2; FILL alice maker;
                                 | PHASE_CHANGED venue phase=pause; CANCELLED/BELOW_MINIMUM bob leaves=2
    """,
    "a budget that is not spent": """
        alice sell 1@100         | ACCEPTED alice
        bob buy 1@100            | ACCEPTED bob; FILL bob; FILL alice
        venue limits AAPL dynamic=300 call=50 | TRADING_LIMITS_SET venue
        alice sell 1@103         | ACCEPTED alice
        alice sell 1@104         | ACCEPTED alice
        bob spend 30000@104      | ACCEPTED bob; FILL bob taker 1@103 cash=10300; FILL alice maker;
                                 | PHASE_CHANGED venue phase=pause; CANCELLED/IOC_REMAINDER bob 1@104 budget=19700
        bob has                  | USDC 9979700+0
    """,
    "a limit that slides is asked where it comes to rest": """
        alice sell 1@120         | ACCEPTED alice
        venue reference AAPL 100 | REFERENCE_SET venue
        venue limits AAPL static=500 call=50 | TRADING_LIMITS_SET venue
        bob buy 1@130 slide      | REJECTED/PRICE_OUT_OF_BAND bob value=119 bound=105
        alice sell 1@100         | ACCEPTED alice
        bob buy 1@90 slide #b    | ACCEPTED bob #b 1@90
        bob amend #b 1@140       | AMENDED/LOST bob #b 1@99 previous_price=90
    """,
    "a better price that is hidden and outside": """
        alice sell 1@100         | ACCEPTED alice
        bob buy 1@100            | ACCEPTED bob; FILL bob; FILL alice
        alice sell 1@90 hidden   | ACCEPTED alice
        alice sell 1@101         | ACCEPTED alice
        venue limits AAPL dynamic=300 call=50 | TRADING_LIMITS_SET venue
        bob buy 3@market mtl     | ACCEPTED bob 3@101; PHASE_CHANGED venue phase=pause
        AAPL book                | 3@101 / 1@101
    """,
    "a hidden order that is passed over does not pause": """
        alice sell 1@100         | ACCEPTED alice
        bob buy 1@100            | ACCEPTED bob; FILL bob; FILL alice
        venue limits AAPL dynamic=300 call=50 | TRADING_LIMITS_SET venue
        alice sell 5@110 hidden min=5 | ACCEPTED alice
        bob buy 2@120            | ACCEPTED bob
        AAPL book                | 2@120 /
        bob buy 5@120 hidden min=5 | REJECTED/MIN_QUANTITY_UNFILLABLE bob
        bob buy 5@120            | ACCEPTED bob; PHASE_CHANGED venue phase=pause
        AAPL book                | 7@120 /
    """,
    "self-trade prevention as far as the band": """
        alice sell 1@100         | ACCEPTED alice
        bob buy 1@100            | ACCEPTED bob; FILL bob; FILL alice
        venue limits AAPL dynamic=300 call=50 | TRADING_LIMITS_SET venue
        alice sell 2@101 #1      | ACCEPTED alice
        alice sell 2@110 #2      | ACCEPTED alice
        alice buy 5@110 stp=decrement #n | ACCEPTED alice; CANCELLED/SELF_TRADE_RESTING alice #1 leaves=2;
                                 | AMENDED/DECREMENTED alice #n 3@110; PHASE_CHANGED venue phase=pause
        AAPL book                | 3@110 / 2@110
    """,
    "a stop that would trade outside a band": """
        alice sell 1@100         | ACCEPTED alice
        bob buy 1@100            | ACCEPTED bob; FILL bob; FILL alice
        venue limits AAPL dynamic=300 call=50 | TRADING_LIMITS_SET venue
        carol sell 2@90 stop=99 #s | ACCEPTED carol
        dave sell 2@90 stop=99 #t | ACCEPTED dave
        alice buy 1@99           | ACCEPTED alice
        alice buy 5@95 #a        | ACCEPTED alice
        bob sell 1@99            | ACCEPTED bob; FILL bob taker 1@99; FILL alice maker; TRIGGERED carol #s 2@90;
                                 | PHASE_CHANGED venue phase=pause ends_at=50
        AAPL book                | 5@95 / 2@90
        #t is                    | trigger=1
        AAPL due                 | 50
        venue pulse at=50        | UNCROSSED venue 2@95 surplus=3; FILL alice auction #a 2@95;
                                         | FILL carol auction #s 2@95;
                                 | PHASE_CHANGED venue phase=continuous; TRIGGERED dave #t 2@90;
                                 | FILL dave taker #t 2@95; FILL alice maker #a leaves=1; PULSED venue items=3
    """,
    "a market stop that would trade outside a band": """
        alice sell 1@100         | ACCEPTED alice
        bob buy 1@100            | ACCEPTED bob; FILL bob; FILL alice
        venue limits AAPL dynamic=100 call=50 | TRADING_LIMITS_SET venue
        alice buy 1@96           | ACCEPTED alice
        carol sell 2@market stop=99 #s | ACCEPTED carol #s 2@95
        alice buy 1@99           | ACCEPTED alice
        bob sell 1@99            | ACCEPTED bob; FILL bob taker 1@99; FILL alice maker; TRIGGERED carol #s 2@95;
                                 | PHASE_CHANGED venue phase=pause; CANCELLED/MARKET_REMAINDER carol #s leaves=2
    """,
    "an amendment that would trade outside a band": """
        alice sell 1@100         | ACCEPTED alice
        bob buy 1@100            | ACCEPTED bob; FILL bob; FILL alice
        venue limits AAPL dynamic=300 call=50 | TRADING_LIMITS_SET venue
        dave sell 1@110          | ACCEPTED dave
        bob buy 2@90 #b          | ACCEPTED bob
        bob amend #b 2@110       | AMENDED/LOST bob #b 2@110; PHASE_CHANGED venue phase=pause
        AAPL book                | 2@110 / 1@110
    """,
    "a replacement that would trade outside a band": """
        alice sell 1@100         | ACCEPTED alice
        bob buy 1@100            | ACCEPTED bob; FILL bob; FILL alice
        venue limits AAPL dynamic=300 call=50 | TRADING_LIMITS_SET venue
        dave sell 1@110          | ACCEPTED dave
        bob buy 2@90 #b          | ACCEPTED bob
        bob replace #b buy 2@110 #c | CANCELLED/REPLACED bob #b; ACCEPTED bob #c; PHASE_CHANGED venue phase=pause
        AAPL book                | 2@110 / 1@110
    """,
    "a pause can be extended": """
        alice sell 1@100         | ACCEPTED alice
        bob buy 1@100            | ACCEPTED bob; FILL bob; FILL alice
        venue limits AAPL dynamic=300 auction=100 call=50 | TRADING_LIMITS_SET venue
        alice sell 1@110         | ACCEPTED alice
        bob buy 1@110            | ACCEPTED bob; PHASE_CHANGED venue phase=pause ends_at=50
        venue pulse at=50        | AUCTION_EXTENDED venue price=110 lower=99 upper=101 ends_at=100 extensions=1;
                                         | PULSED venue
        venue reference AAPL 108 | REFERENCE_SET venue
        venue pulse at=100       | UNCROSSED venue 1@110; FILL bob auction; FILL alice auction;
                                 | PHASE_CHANGED venue phase=continuous; PULSED venue items=2
    """,
    "the price is said in a pause": """
        alice sell 1@100         | ACCEPTED alice
        bob buy 1@100            | ACCEPTED bob; FILL bob; FILL alice
        venue limits AAPL dynamic=300 call=3000000000 | TRADING_LIMITS_SET venue
        alice sell 1@110         | ACCEPTED alice
        bob buy 1@110 at=7       | ACCEPTED bob; PHASE_CHANGED venue phase=pause ends_at=3000000007
        AAPL due                 | 1000000007
        venue pulse at=1000000007 | INDICATED venue 1@110 surplus=0; PULSED venue items=1
    """,
}

SIZES: Final = {
    "new orders": """
        venue limits AAPL quantity=50 notional=100000 | TRADING_LIMITS_SET venue
        alice sell 51@1          | REJECTED/ORDER_TOO_LARGE alice value=51 bound=50
        alice sell 50@21         | REJECTED/ORDER_TOO_LARGE alice value=105000 bound=100000
        alice sell 50@20         | ACCEPTED alice
        alice sell 1@1000        | ACCEPTED alice
        bob buy 51@1000          | REJECTED/ORDER_TOO_LARGE bob value=51 bound=50
        bob buy 51@20 post       | REJECTED/ORDER_TOO_LARGE bob
        bob buy 51@20 ioc        | REJECTED/ORDER_TOO_LARGE bob
        bob buy 51@20 fok        | REJECTED/ORDER_TOO_LARGE bob
        bob buy 51@1 display=5   | REJECTED/ORDER_TOO_LARGE bob
        bob buy 51@1 hidden min=5 | REJECTED/ORDER_TOO_LARGE bob
        poor buy 51@1            | REJECTED/ORDER_TOO_LARGE poor
        poor buy 50@1            | REJECTED/INSUFFICIENT_FUNDS poor value=0 bound=0
        bob buy 92233720368547759@1 | REJECTED/OVERFLOW bob value=0 bound=0
        bob buy 92233720368547758@1 | REJECTED/ORDER_TOO_LARGE bob value=92233720368547758 bound=50
        bob buy 900@1 on=GOLD    | ACCEPTED bob
        venue limits AAPL        | TRADING_LIMITS_SET venue
        bob buy 51@19            | ACCEPTED bob
    """,
    "by the limit an order gets": """
        alice sell 60@100        | ACCEPTED alice
        venue limits AAPL quantity=50 notional=100000 | TRADING_LIMITS_SET venue
        bob buy 10@market        | REJECTED/ORDER_TOO_LARGE bob value=105000 bound=100000
        bob buy 9@market         | ACCEPTED bob 9@105; FILL bob taker 9@100; FILL alice maker leaves=51
        bob buy 11@market mtl    | REJECTED/ORDER_TOO_LARGE bob value=110000 bound=100000
        bob buy 11@200 slide     | REJECTED/ORDER_TOO_LARGE bob value=108900 bound=100000
        bob buy 10@200 slide     | ACCEPTED bob 10@99
        bob spend 100001@market  | REJECTED/ORDER_TOO_LARGE bob value=100001 bound=100000
        bob spend 100001@1       | REJECTED/ORDER_TOO_LARGE bob value=100001 bound=100000
        bob spend 100000@market  | ACCEPTED bob budget=100000; FILL bob taker 10@100; FILL alice maker leaves=41
    """,
    "stops": """
        venue limits AAPL quantity=50 notional=100000 | TRADING_LIMITS_SET venue
        alice sell 5@500 stop=50 | REJECTED/ORDER_TOO_LARGE alice value=250000 bound=100000
        alice sell 51@1 stop=50  | REJECTED/ORDER_TOO_LARGE alice value=51 bound=50
        bob buy 10@market stop=110 | REJECTED/ORDER_TOO_LARGE bob value=115000 bound=100000
        bob buy 8@market stop=110 #s | ACCEPTED bob #s 8@115
        bob amend #s 9@market    | REJECTED/ORDER_TOO_LARGE bob #s value=103500 bound=100000
        bob amend #s 8@market stop=120 | REJECTED/ORDER_TOO_LARGE bob value=100800 bound=100000
        bob amend #s 8@market stop=119 | AMENDED/LOST bob #s 8@124
        bob amend #s 51@market   | REJECTED/ORDER_TOO_LARGE bob value=51 bound=50
        venue limits AAPL quantity=1 | TRADING_LIMITS_SET venue
        bob amend #s 7@market    | REJECTED/ORDER_TOO_LARGE bob value=7 bound=1
        bob amend #s 8@market expires=9 | REJECTED/ORDER_TOO_LARGE bob value=8 bound=1
    """,
    "what has been accepted may enter and rest": """
        bob buy 8@100 stop=110 on=reference #s | ACCEPTED bob
        venue limits AAPL quantity=1 static=100 call=50 | TRADING_LIMITS_SET venue
        venue reference AAPL 110 | REFERENCE_SET venue; TRIGGERED bob #s 8@100
        venue reference AAPL 50  | REFERENCE_SET venue
        bob amend #s 7@100       | AMENDED/KEPT bob #s 7@100
        bob amend #s 7@100 expires=9 | AMENDED/KEPT bob #s
        bob amend #s 7@99        | REJECTED/ORDER_TOO_LARGE bob value=7 bound=1
    """,
    "amendments: the new total, filled lots and all": """
        venue limits AAPL quantity=10 notional=100000 | TRADING_LIMITS_SET venue
        alice sell 8@100 #a      | ACCEPTED alice
        bob buy 5@100            | ACCEPTED bob; FILL bob; FILL alice #a leaves=3
        alice amend #a 11@100    | REJECTED/ORDER_TOO_LARGE alice #a value=11 bound=10
        alice amend #a 10@101    | REJECTED/ORDER_TOO_LARGE alice value=101000 bound=100000
        alice amend #a 10@100    | AMENDED/LOST alice #a 10@100 leaves=5
        venue limits AAPL quantity=5 | TRADING_LIMITS_SET venue
        alice amend #a 9@100     | AMENDED/KEPT alice #a 9@100
        alice amend #a 9@101     | REJECTED/ORDER_TOO_LARGE alice value=9 bound=5
        alice amend #a 9@1001    | REJECTED/INVALID_PRICE alice value=0 bound=0
    """,
    "icebergs and hidden orders": """
        alice sell 20@100 display=5 #i | ACCEPTED alice
        alice sell 20@100 hidden min=5 #h | ACCEPTED alice
        venue limits AAPL quantity=10 | TRADING_LIMITS_SET venue
        alice amend #i 20@100 display=4 | REJECTED/ORDER_TOO_LARGE alice value=20 bound=10
        alice amend #h 20@100 min=4 | REJECTED/ORDER_TOO_LARGE alice value=20 bound=10
        alice amend #h 20@100 min=6 | AMENDED/KEPT alice #h
        alice amend #i 10@100 display=4 | AMENDED/LOST alice #i 10@100
    """,
    "replacements": """
        alice sell 20@100 #a     | ACCEPTED alice
        venue limits AAPL quantity=10 | TRADING_LIMITS_SET venue
        alice replace #a sell 11@100 | REJECTED/ORDER_TOO_LARGE alice #a value=11 bound=10
        #a is                    | leaves=20
        alice replace #a sell 10@100 | CANCELLED/REPLACED alice #a; ACCEPTED alice 10@100
    """,
    "in an auction": """
        venue reference AAPL 100 | REFERENCE_SET venue
        venue limits AAPL notional=100000 | TRADING_LIMITS_SET venue
        venue phase AAPL auction | PHASE_CHANGED venue
        bob buy 10@market auction | REJECTED/ORDER_TOO_LARGE bob value=105000 bound=100000
        bob sell 10@market auction | ACCEPTED bob 10@95
        bob buy 11@100 auction   | REJECTED/ORDER_TOO_LARGE bob value=110000 bound=100000
        poor buy 1@market auction | REJECTED/INSUFFICIENT_FUNDS poor
    """,
    "size, band, post-only, funds": """
        alice sell 1@100         | ACCEPTED alice
        venue reference AAPL 100 | REFERENCE_SET venue
        venue limits AAPL quantity=5 static=100 call=50 | TRADING_LIMITS_SET venue
        poor buy 6@200 post      | REJECTED/ORDER_TOO_LARGE poor value=6 bound=5
        poor buy 5@200 post      | REJECTED/PRICE_OUT_OF_BAND poor value=200 bound=101
        poor buy 5@101 post      | REJECTED/POST_ONLY_WOULD_CROSS poor value=0 bound=0
        poor buy 5@101           | REJECTED/INSUFFICIENT_FUNDS poor
    """,
    "other limits say their numbers as well": """
        alice limit 2            | ACCOUNT_SET alice max_open_orders=2
        alice buy 1@90 #a        | ACCEPTED alice
        alice buy 1@91           | ACCEPTED alice
        alice buy 1@92           | REJECTED/OPEN_ORDER_LIMIT alice value=2 bound=2
        alice limit 1            | ACCOUNT_SET alice
        alice buy 1@92           | REJECTED/OPEN_ORDER_LIMIT alice value=2 bound=1
        alice replace #a buy 1@92 | REJECTED/OPEN_ORDER_LIMIT alice value=1 bound=1
        alice withdraw 4 GOLD    | REJECTED/BELOW_MINIMUM alice value=4 bound=5
        alice withdraw 0 GOLD    | REJECTED/INVALID_AMOUNT alice value=0 bound=0
        alice withdraw 2000 GOLD | REJECTED/INSUFFICIENT_FUNDS alice value=0 bound=0
        alice cancel #a          | CANCELLED alice
        alice amend #a 1@90      | REJECTED/UNKNOWN_ORDER alice value=0 bound=0
    """,
}

BAND_OF_100: Final = """
        venue reference AAPL 100 | REFERENCE_SET venue
        venue volatility AAPL bps=500 limit=15 pause=300 | VOLATILITY_BANDS_SET venue;
                                 | VOLATILITY_BAND_MOVED venue reference=100 lower=95 upper=105
"""

TRADE_AT_104: Final = """
        alice sell 1@104         | ACCEPTED alice
        bob buy 1@104            | ACCEPTED bob; FILL bob taker 1@104; FILL alice maker
"""

VOLATILITY: Final = {
    "what is passed over outside both bands does not end the walk": """
        bob sell 1@100           | ACCEPTED bob
        carol buy 1@100          | ACCEPTED carol; FILL carol; FILL bob
        alice sell 1@80 hidden min=1 | ACCEPTED alice
        bob sell 1@101           | ACCEPTED bob
        venue limits AAPL dynamic=500 call=50 | TRADING_LIMITS_SET venue
        venue volatility AAPL bps=500 limit=15 pause=300 | VOLATILITY_BANDS_SET venue;
                                 | VOLATILITY_BAND_MOVED venue reference=100 lower=95 upper=105
        carol buy 2@101 fok      | REJECTED/FOK_UNFILLABLE carol
        carol buy 1@101 fok      | ACCEPTED carol; FILL carol taker 1@101; FILL bob maker
    """,
    "what is refused": """
        venue volatility NONE bps=500 limit=1 pause=1 | REJECTED/UNKNOWN_INSTRUMENT venue
        venue volatility AAPL bps=10001 limit=1 pause=1 | REJECTED/INVALID_PARAMETER venue
        venue volatility AAPL bps=500 limit=0 pause=1 | REJECTED/INVALID_PARAMETER venue
        venue volatility AAPL bps=500 limit=1 pause=0 | REJECTED/INVALID_PARAMETER venue
        venue volatility AAPL bps=500 limit=86400000000001 pause=1 | REJECTED/INVALID_PARAMETER venue
        venue volatility AAPL bps=500 limit=1 pause=86400000000001 | REJECTED/INVALID_PARAMETER venue
        venue volatility AAPL bps=500 multiplier=0 limit=1 pause=1 | REJECTED/INVALID_PARAMETER venue
        venue volatility AAPL bps=500 multiplier=10001 limit=1 pause=1 | REJECTED/INVALID_PARAMETER venue
        venue volatility AAPL bps=500 ticks=1001 limit=1 pause=1 | REJECTED/INVALID_PARAMETER venue
        venue volatility AAPL multiplier=1 | REJECTED/INVALID_PARAMETER venue
        venue volatility AAPL bps=0 multiplier=0 ticks=1 | REJECTED/INVALID_PARAMETER venue
        venue volatility AAPL bps=0 multiplier=0 limit=1 | REJECTED/INVALID_PARAMETER venue
        venue volatility AAPL bps=0 multiplier=0 pause=1 | REJECTED/INVALID_PARAMETER venue
        venue volatility AAPL    | VOLATILITY_BANDS_SET venue instrument=AAPL bps=0 multiplier=0
        venue volatility AAPL bps=10000 ticks=1000 multiplier=10000 limit=86400000000000 pause=1 |
                                 | VOLATILITY_BANDS_SET venue bps=10000 ticks=1000 multiplier=10000
    """,
    "the first trade is the reference, if there is no other": """
        venue volatility AAPL bps=500 limit=15 pause=300 | VOLATILITY_BANDS_SET venue
        bob buy 1@1000           | ACCEPTED bob
        AAPL due                 | None
        alice sell 1@1000 at=7   | ACCEPTED alice; FILL alice taker 1@1000; FILL bob maker;
                                 | VOLATILITY_BAND_MOVED venue reference=1000 lower=950 upper=1000
        AAPL due                 | 30000000007
    """,
    "what becomes known later is the reference": """
        venue volatility AAPL bps=500 limit=15 pause=300 | VOLATILITY_BANDS_SET venue
        venue reference AAPL 40  | REFERENCE_SET venue; VOLATILITY_BAND_MOVED venue reference=40 lower=38 upper=42
        venue reference AAPL 80  | REFERENCE_SET venue
        bob buy 1@43             | REJECTED/PRICE_OUT_OF_BAND bob value=43 bound=42
        AAPL due                 | None
    """,
    "the last trade, where nobody says more": """
        alice sell 1@200         | ACCEPTED alice
        bob buy 1@200            | ACCEPTED bob; FILL bob; FILL alice
        venue volatility AAPL bps=1000 limit=15 pause=300 | VOLATILITY_BANDS_SET venue;
                                 | VOLATILITY_BAND_MOVED venue reference=200 lower=180 upper=220
        AAPL due                 | None
    """,
    "widths": """
        venue reference AAPL 109 | REFERENCE_SET venue
        venue volatility AAPL bps=500 limit=1 pause=1 | VOLATILITY_BANDS_SET venue;
                                 | VOLATILITY_BAND_MOVED venue reference=109 lower=104 upper=114
        venue volatility AAPL bps=500 ticks=3 limit=1 pause=1 | VOLATILITY_BANDS_SET venue ticks=3;
                                 | VOLATILITY_BAND_MOVED venue reference=109 lower=106 upper=112
        venue volatility AAPL bps=500 ticks=3 multiplier=150 limit=1 pause=1 |
                                 | VOLATILITY_BANDS_SET venue multiplier=150;
                                 | VOLATILITY_BAND_MOVED venue reference=109 lower=105 upper=113
        venue volatility AAPL bps=500 ticks=30 multiplier=200 limit=1 pause=1 | VOLATILITY_BANDS_SET venue;
                                 | VOLATILITY_BAND_MOVED venue reference=109 lower=99 upper=119
        venue volatility AAPL bps=1 limit=1 pause=1 | VOLATILITY_BANDS_SET venue;
                                 | VOLATILITY_BAND_MOVED venue reference=109 lower=108 upper=110
        venue volatility AAPL bps=500 ticks=1 multiplier=1 limit=1 pause=1 | VOLATILITY_BANDS_SET venue;
                                 | VOLATILITY_BAND_MOVED venue reference=109 lower=108 upper=110
        venue volatility AAPL bps=10000 limit=1 pause=1 | VOLATILITY_BANDS_SET venue;
                                 | VOLATILITY_BAND_MOVED venue reference=109 lower=1 upper=218
        venue volatility AAPL bps=10000 multiplier=10000 limit=1 pause=1 | VOLATILITY_BANDS_SET venue;
                                 | VOLATILITY_BAND_MOVED venue reference=109 lower=1 upper=1000
    """,
    "other bands are around the same, new ones are not": BAND_OF_100
    + """
        venue reference AAPL 200 | REFERENCE_SET venue
        venue volatility AAPL bps=1000 limit=15 pause=300 | VOLATILITY_BANDS_SET venue;
                                 | VOLATILITY_BAND_MOVED venue reference=100 lower=90 upper=110
        venue volatility AAPL    | VOLATILITY_BANDS_SET venue bps=0
        bob buy 1@111 ioc        | ACCEPTED bob; CANCELLED/IOC_REMAINDER bob
        venue volatility AAPL bps=1000 limit=15 pause=300 | VOLATILITY_BANDS_SET venue;
                                 | VOLATILITY_BAND_MOVED venue reference=200 lower=180 upper=220
    """,
    "entry": BAND_OF_100
    + """
        bob buy 1@106            | REJECTED/PRICE_OUT_OF_BAND bob value=106 bound=105
        bob buy 1@106 hidden     | REJECTED/PRICE_OUT_OF_BAND bob value=106 bound=105
        bob buy 1@105 ioc        | ACCEPTED bob 1@105; CANCELLED/IOC_REMAINDER bob
        bob sell 1@94            | REJECTED/PRICE_OUT_OF_BAND bob value=94 bound=95
        bob sell 1@95 ioc        | ACCEPTED bob 1@95; CANCELLED/IOC_REMAINDER bob
        bob buy 1@1              | ACCEPTED bob
        alice sell 1@106         | ACCEPTED alice
        bob buy 1@market mtl     | REJECTED/PRICE_OUT_OF_BAND bob value=106 bound=105
        bob buy 1@200 stop=150   | ACCEPTED bob 1@200 trigger_price=150
        bob buy 1@110 slide      | ACCEPTED bob 1@105; LIMIT_STATE_CHANGED venue limit_state=up
    """,
    "size first, then bands": BAND_OF_100
    + """
        venue limits AAPL quantity=5 | TRADING_LIMITS_SET venue
        alice sell 1@105         | ACCEPTED alice
        poor buy 6@106 post      | REJECTED/ORDER_TOO_LARGE poor value=6 bound=5
        poor buy 5@106 post      | REJECTED/PRICE_OUT_OF_BAND poor value=106 bound=105
        poor buy 5@105 post      | REJECTED/POST_ONLY_WOULD_CROSS poor
    """,
    "the narrower of two bands bounds": BAND_OF_100
    + """
        venue limits AAPL static=300 call=50 | TRADING_LIMITS_SET venue
        bob buy 1@104            | REJECTED/PRICE_OUT_OF_BAND bob value=104 bound=103
        bob sell 1@96            | REJECTED/PRICE_OUT_OF_BAND bob value=96 bound=97
        venue limits AAPL static=800 call=50 | TRADING_LIMITS_SET venue
        bob buy 1@106            | REJECTED/PRICE_OUT_OF_BAND bob value=106 bound=105
        bob sell 1@94            | REJECTED/PRICE_OUT_OF_BAND bob value=94 bound=95
    """,
    "amendments": """
        alice sell 5@90 #o       | ACCEPTED alice
        venue reference AAPL 100 | REFERENCE_SET venue
        venue volatility AAPL bps=500 limit=15 pause=300 | VOLATILITY_BANDS_SET venue; VOLATILITY_BAND_MOVED venue;
                                 | LIMIT_STATE_CHANGED venue limit_state=down ends_at=15
        alice amend #o 4@90      | AMENDED/KEPT alice #o 4@90
        alice amend #o 6@90      | REJECTED/PRICE_OUT_OF_BAND alice value=90 bound=95
        alice amend #o 6@96      | AMENDED/LOST alice #o 6@96; LIMIT_STATE_CHANGED venue limit_state=none
    """,
    "a replacement": BAND_OF_100
    + """
        alice buy 1@100 #a       | ACCEPTED alice
        alice replace #a buy 1@106 | REJECTED/PRICE_OUT_OF_BAND alice value=106 bound=105
        #a is                    | leaves=1
    """,
    "nothing is bounded in a call phase": BAND_OF_100
    + """
        venue phase AAPL auction | PHASE_CHANGED venue
        bob buy 1@200 #b         | ACCEPTED bob
        bob amend #b 1@300       | AMENDED/LOST bob
    """,
    "a stop that enters is moved to the edge": BAND_OF_100
    + """
        bob buy 2@200 stop=101 #s | ACCEPTED bob #s 2@200
        bob has                  | USDC 9960000+40000
        alice sell 1@101         | ACCEPTED alice
        dave buy 1@101           | ACCEPTED dave; FILL dave; FILL alice; TRIGGERED bob #s 2@105 trigger_price=101;
                                 | LIMIT_STATE_CHANGED venue limit_state=up
        bob has                  | USDC 9979000+21000
    """,
    "a stop that sells, too": BAND_OF_100
    + """
        bob sell 2@50 stop=99 #s | ACCEPTED bob #s 2@50
        alice buy 1@99           | ACCEPTED alice
        dave sell 1@99           | ACCEPTED dave; FILL dave; FILL alice; TRIGGERED bob #s 2@95 trigger_price=99;
                                 | LIMIT_STATE_CHANGED venue limit_state=down
    """,
    "a stop that is inside stays as it is": BAND_OF_100
    + """
        bob buy 2@104 stop=101 #s | ACCEPTED bob #s
        alice sell 1@101         | ACCEPTED alice
        dave buy 1@101           | ACCEPTED dave; FILL dave; FILL alice; TRIGGERED bob #s 2@104
    """,
    "a market stop keeps its collar": BAND_OF_100
    + """
        alice sell 1@102         | ACCEPTED alice
        alice sell 1@106         | ACCEPTED alice
        bob buy 2@market stop=102 #s | ACCEPTED bob #s 2@107
        carol buy 1@102          | ACCEPTED carol; FILL carol taker 1@102; FILL alice maker; TRIGGERED bob #s 2@107;
                                 | CANCELLED/OUT_OF_BAND bob #s leaves=2
        bob has                  | USDC 10000000+0
    """,
    "what meets an order outside is cancelled": BAND_OF_100
    + """
        bob sell 1@106           | ACCEPTED bob
        bob buy 1@market oldest  | ACCEPTED bob; CANCELLED/OUT_OF_BAND bob leaves=1
        alice spend 100000@market | ACCEPTED alice; CANCELLED/OUT_OF_BAND alice leaves=0 budget=100000
        alice buy 1@market fok   | REJECTED/FOK_UNFILLABLE alice
        alice sell 1@104         | ACCEPTED alice
        carol buy 2@market fok   | REJECTED/FOK_UNFILLABLE carol
        carol buy 2@market min=2 | REJECTED/MIN_QUANTITY_UNFILLABLE carol
        carol buy 2@market min=1 | ACCEPTED carol; FILL carol taker 1@104; FILL alice maker;
                                 | CANCELLED/OUT_OF_BAND carol leaves=1
        AAPL book                | / 1@106
    """,
    "an order that would rest is cancelled, too": """
        alice sell 2@94          | ACCEPTED alice
        venue reference AAPL 100 | REFERENCE_SET venue
        venue volatility AAPL bps=500 limit=15 pause=300 | VOLATILITY_BANDS_SET venue; VOLATILITY_BAND_MOVED venue;
                                 | LIMIT_STATE_CHANGED venue limit_state=down
        bob buy 2@100            | ACCEPTED bob; CANCELLED/OUT_OF_BAND bob leaves=2
        bob buy 2@100 hidden min=1 | REJECTED/MIN_QUANTITY_UNFILLABLE bob
        bob buy 2@93 #b          | ACCEPTED bob
        bob amend #b 2@97        | AMENDED/LOST bob #b; CANCELLED/OUT_OF_BAND bob #b leaves=2
    """,
    "a hidden order with a minimum is passed over outside": """
        alice sell 2@94 hidden min=1 #h | ACCEPTED alice
        venue reference AAPL 100 | REFERENCE_SET venue
        venue volatility AAPL bps=500 limit=15 pause=300 | VOLATILITY_BANDS_SET venue; VOLATILITY_BAND_MOVED venue
        alice sell 2@100         | ACCEPTED alice
        bob buy 3@100 fok        | REJECTED/FOK_UNFILLABLE bob
        bob buy 3@100            | ACCEPTED bob; FILL bob taker 2@100 leaves=1; FILL alice maker
        AAPL book                | 1@100 /
        venue volatility AAPL    | VOLATILITY_BANDS_SET venue
        bob buy 2@100            | ACCEPTED bob; FILL bob taker 2@94; FILL alice maker #h
    """,
    "bands that begin a pause come first": """
        alice sell 1@100         | ACCEPTED alice
        bob buy 1@100            | ACCEPTED bob; FILL bob; FILL alice
        venue limits AAPL dynamic=300 call=50 | TRADING_LIMITS_SET venue
        venue volatility AAPL bps=500 limit=15 pause=300 | VOLATILITY_BANDS_SET venue;
                                 | VOLATILITY_BAND_MOVED venue reference=100
        alice sell 1@106         | ACCEPTED alice
        bob buy 1@market         | ACCEPTED bob; PHASE_CHANGED venue phase=pause ends_at=50;
                                 | CANCELLED/MARKET_REMAINDER bob
    """,
    "the mean counts trades, not lots, and rounds down": BAND_OF_100
    + """
        alice sell 5@102         | ACCEPTED alice
        bob buy 5@102            | ACCEPTED bob; FILL bob; FILL alice
        alice sell 1@105         | ACCEPTED alice
        bob buy 1@105            | ACCEPTED bob; FILL bob; FILL alice
        venue pulse at=29999999999 | PULSED venue items=0
        venue pulse at=30000000000 | VOLATILITY_BAND_MOVED venue reference=103 lower=98 upper=108; PULSED venue items=1
    """,
    "one part in a hundred is enough": BAND_OF_100
    + """
        alice sell 1@101         | ACCEPTED alice
        bob buy 1@101            | ACCEPTED bob; FILL bob; FILL alice
        venue pulse at=30000000000 | VOLATILITY_BAND_MOVED venue reference=101 lower=96 upper=106; PULSED venue items=1
    """,
    "less is not": """
        venue reference AAPL 101 | REFERENCE_SET venue
        venue volatility AAPL bps=500 limit=15 pause=300 | VOLATILITY_BANDS_SET venue;
                                 | VOLATILITY_BAND_MOVED venue reference=101 lower=96 upper=106
        alice sell 1@102         | ACCEPTED alice
        bob buy 1@102            | ACCEPTED bob; FILL bob; FILL alice
        venue pulse at=30000000000 | PULSED venue items=1
        AAPL due                 | 60000000000
    """,
    "any command that touches the instrument looks": BAND_OF_100
    + """
        alice sell 2@104         | ACCEPTED alice
        bob buy 1@104 at=29999999999 | ACCEPTED bob; FILL bob; FILL alice
        AAPL due                 | 59999999999
        bob buy 1@104 at=30000000000 | ACCEPTED bob; FILL bob; FILL alice; VOLATILITY_BAND_MOVED venue reference=104
        AAPL due                 | 60000000000
        alice sell 1@90          | REJECTED/PRICE_OUT_OF_BAND alice value=90 bound=99
    """,
    "what is older than the window is forgotten": BAND_OF_100
    + TRADE_AT_104
    + """
        venue pulse at=30000000000 | VOLATILITY_BAND_MOVED venue reference=104; PULSED venue items=1
        venue pulse at=299999999999 | PULSED venue items=1
        AAPL due                 | 329999999999
        venue restarts           |
        venue pulse at=329999999999 | PULSED venue items=1
        AAPL due                 | None
    """,
    "a window outlives a restart": BAND_OF_100
    + TRADE_AT_104
    + """
        venue restarts           |
        AAPL due                 | 30000000000
        venue pulse at=30000000000 | VOLATILITY_BAND_MOVED venue reference=104 lower=99 upper=109; PULSED venue items=1
    """,
    "an auction begins anew": BAND_OF_100
    + TRADE_AT_104
    + """
        venue phase AAPL auction | PHASE_CHANGED venue
        alice sell 2@103         | ACCEPTED alice
        bob buy 1@103            | ACCEPTED bob
        venue phase AAPL continuous at=5 | UNCROSSED venue 1@103 surplus=-1;
                                 | VOLATILITY_BAND_MOVED venue reference=103 lower=98 upper=108; FILL bob auction;
                                 | FILL alice auction; PHASE_CHANGED venue phase=continuous
        AAPL due                 | 30000000005
        bob buy 1@103 at=6       | ACCEPTED bob; FILL bob; FILL alice
        venue pulse at=30000000005 | PULSED venue items=1
    """,
    "an auction without trades is around what the instrument is worth": BAND_OF_100
    + TRADE_AT_104
    + """
        venue phase AAPL auction | PHASE_CHANGED venue
        venue phase AAPL continuous at=5 | UNCROSSED venue 0@0;
                                 | VOLATILITY_BAND_MOVED venue reference=100 lower=95 upper=105; PHASE_CHANGED venue
        AAPL due                 | None
    """,
    "an auction of what is worth nothing": """
        venue volatility AAPL bps=500 limit=15 pause=300 | VOLATILITY_BANDS_SET venue
        venue phase AAPL auction | PHASE_CHANGED venue
        venue phase AAPL continuous | UNCROSSED venue 0@0; PHASE_CHANGED venue
        bob buy 1@999            | ACCEPTED bob
    """,
    "a halt defers the look": BAND_OF_100
    + TRADE_AT_104
    + """
        venue halt AAPL          | HALTED venue
        AAPL due                 | None
        venue pulse at=30000000000 | PULSED venue items=0
        venue resume AAPL at=31000000000 | RESUMED venue; VOLATILITY_BAND_MOVED venue reference=104
        AAPL due                 | 61000000000
    """,
}

LIMIT_STATES: Final = {
    "down is as up": BAND_OF_100
    + """
        bob sell 2@95 at=10      | ACCEPTED bob;
                                 | LIMIT_STATE_CHANGED venue limit_state=down previous_state=none ends_at=25
        alice buy 1@95 at=11     | ACCEPTED alice; FILL alice; FILL bob maker leaves=1
        AAPL due                 | 25
        venue pulse at=24        | PULSED venue items=0
        venue pulse at=26        | PHASE_CHANGED venue phase=pause previous_phase=continuous ends_at=326;
                                 | LIMIT_STATE_CHANGED venue limit_state=none previous_state=down ends_at=0;
                                 | PULSED venue items=1
    """,
    "a hidden order has to be beyond": """
        alice buy 1@106 hidden #h | ACCEPTED alice
        alice buy 1@107 hidden min=1 | ACCEPTED alice
        venue reference AAPL 100 | REFERENCE_SET venue
        venue volatility AAPL bps=500 limit=15 pause=300 | VOLATILITY_BANDS_SET venue; VOLATILITY_BAND_MOVED venue;
                                 | LIMIT_STATE_CHANGED venue limit_state=up ends_at=15
        alice cancel #h          | CANCELLED alice #h; LIMIT_STATE_CHANGED venue limit_state=none
        alice buy 1@105 hidden   | ACCEPTED alice
        alice sell 1@120 hidden  | ACCEPTED alice
    """,
    "a hidden sell, too": """
        alice sell 1@94 hidden #h | ACCEPTED alice
        venue reference AAPL 100 | REFERENCE_SET venue
        venue volatility AAPL bps=500 limit=15 pause=300 | VOLATILITY_BANDS_SET venue; VOLATILITY_BAND_MOVED venue;
                                 | LIMIT_STATE_CHANGED venue limit_state=down
        alice amend #h 1@95      | AMENDED/LOST alice; LIMIT_STATE_CHANGED venue limit_state=none
    """,
    "one that lasts ends when it would have": BAND_OF_100
    + """
        bob buy 1@105 at=10 #b   | ACCEPTED bob; LIMIT_STATE_CHANGED venue limit_state=up ends_at=25
        carol buy 1@105 at=20    | ACCEPTED carol
        bob cancel #b at=21      | CANCELLED bob #b
        venue volatility AAPL bps=500 limit=99 pause=3 at=22 | VOLATILITY_BANDS_SET venue; VOLATILITY_BAND_MOVED venue
        AAPL due                 | 25
        venue restarts           |
        venue pulse at=25        | PHASE_CHANGED venue phase=pause ends_at=28;
                                 | LIMIT_STATE_CHANGED venue limit_state=none;
                                 | PULSED venue items=1
    """,
    "what comes back in the same command has not left": BAND_OF_100
    + """
        bob buy 1@105 at=10 #b   | ACCEPTED bob; LIMIT_STATE_CHANGED venue limit_state=up ends_at=25
        bob replace #b buy 1@105 at=20 | CANCELLED/REPLACED bob #b; ACCEPTED bob
        AAPL due                 | 25
    """,
    "from one edge to the other": BAND_OF_100
    + """
        bob buy 1@105 at=10      | ACCEPTED bob; LIMIT_STATE_CHANGED venue limit_state=up ends_at=25
        alice sell 2@95 at=20    | ACCEPTED alice; FILL alice taker 1@105 leaves=1; FILL bob maker;
                                 | LIMIT_STATE_CHANGED venue limit_state=down previous_state=up ends_at=35
    """,
    "a halt ends it": BAND_OF_100
    + """
        bob buy 1@105            | ACCEPTED bob; LIMIT_STATE_CHANGED venue limit_state=up ends_at=15
        venue halt AAPL at=10    | HALTED venue; LIMIT_STATE_CHANGED venue limit_state=none previous_state=up ends_at=0
        AAPL due                 | None
        venue resume AAPL at=50  | RESUMED venue;
                                 | LIMIT_STATE_CHANGED venue limit_state=up previous_state=none ends_at=65
    """,
    "another phase ends it": BAND_OF_100
    + """
        bob buy 1@105            | ACCEPTED bob; LIMIT_STATE_CHANGED venue limit_state=up ends_at=15
        venue phase AAPL closed  | PHASE_CHANGED venue; LIMIT_STATE_CHANGED venue limit_state=none previous_state=up
        AAPL due                 | None
        venue phase AAPL continuous | UNCROSSED venue 0@0; VOLATILITY_BAND_MOVED venue reference=100;
                                 | PHASE_CHANGED venue; LIMIT_STATE_CHANGED venue limit_state=up
    """,
    "without bands there is none": BAND_OF_100
    + """
        bob buy 1@105            | ACCEPTED bob; LIMIT_STATE_CHANGED venue limit_state=up ends_at=15
        venue volatility AAPL    | VOLATILITY_BANDS_SET venue bps=0;
                                 | LIMIT_STATE_CHANGED venue limit_state=none previous_state=up
        AAPL due                 | None
    """,
    "wider bands end it, narrower ones begin it": BAND_OF_100
    + """
        bob buy 1@105            | ACCEPTED bob; LIMIT_STATE_CHANGED venue limit_state=up ends_at=15
        venue volatility AAPL bps=500 multiplier=200 limit=15 pause=300 | VOLATILITY_BANDS_SET venue;
                                 | VOLATILITY_BAND_MOVED venue reference=100 lower=90 upper=110;
                                 | LIMIT_STATE_CHANGED venue limit_state=none
        venue volatility AAPL bps=500 limit=15 pause=300 at=8 | VOLATILITY_BANDS_SET venue;
                                 | VOLATILITY_BAND_MOVED venue reference=100 lower=95 upper=105;
                                 | LIMIT_STATE_CHANGED venue limit_state=up ends_at=23
    """,
    "it ends when the band moves away": """
        venue reference AAPL 100 | REFERENCE_SET venue
        venue volatility AAPL bps=500 limit=50000000000 pause=300 | VOLATILITY_BANDS_SET venue;
                                 | VOLATILITY_BAND_MOVED venue
    """
    + TRADE_AT_104
    + """
        bob buy 1@105            | ACCEPTED bob; LIMIT_STATE_CHANGED venue limit_state=up ends_at=50000000000
        AAPL due                 | 30000000000
        venue pulse at=30000000000 | VOLATILITY_BAND_MOVED venue reference=104 lower=99 upper=109;
                                 | LIMIT_STATE_CHANGED venue limit_state=none previous_state=up; PULSED venue items=1
        AAPL due                 | 60000000000
    """,
    "its end comes before a look of the same time": """
        venue reference AAPL 100 | REFERENCE_SET venue
        venue volatility AAPL bps=500 limit=30000000000 pause=300 | VOLATILITY_BANDS_SET venue;
                                 | VOLATILITY_BAND_MOVED venue
    """
    + TRADE_AT_104
    + """
        bob buy 1@105            | ACCEPTED bob; LIMIT_STATE_CHANGED venue limit_state=up ends_at=30000000000
        venue pulse at=30000000000 | PHASE_CHANGED venue phase=pause ends_at=30000000300;
                                 | LIMIT_STATE_CHANGED venue limit_state=none; PULSED venue items=1
    """,
    "of two instruments the one that ends first": """
        venue reference AAPL 100 | REFERENCE_SET venue
        venue reference GOLD 100 | REFERENCE_SET venue
        venue volatility AAPL bps=500 limit=20 pause=300 | VOLATILITY_BANDS_SET venue; VOLATILITY_BAND_MOVED venue
        venue volatility GOLD bps=500 limit=10 pause=300 | VOLATILITY_BANDS_SET venue; VOLATILITY_BAND_MOVED venue
        bob buy 1@105            | ACCEPTED bob; LIMIT_STATE_CHANGED venue instrument=AAPL ends_at=20
        bob buy 1@105 on=GOLD    | ACCEPTED bob; LIMIT_STATE_CHANGED venue instrument=GOLD ends_at=10
        venue pulse at=20        | PHASE_CHANGED venue instrument=GOLD; PHASE_CHANGED venue instrument=AAPL;
                                 | LIMIT_STATE_CHANGED venue instrument=AAPL; LIMIT_STATE_CHANGED venue instrument=GOLD;
                                 | PULSED venue items=2
    """,
}

OLD_OF_10: Final = """
        venue reference AAPL 100 observed_at=10 | REFERENCE_SET venue
        venue policy AAPL stale=halt age=50 | REFERENCE_POLICY_SET venue stale=halt primary=none max_age_ns=50
        venue pulse at=60        | HALTED venue cause=4 causes=16; PULSED venue items=1
"""

OLD_REFERENCES: Final = {
    "what is refused": """
        venue policy AAPL stale=3 | REJECTED/MALFORMED venue
        venue policy NONE primary=4 | REJECTED/MALFORMED venue
        venue policy NONE age=1  | REJECTED/UNKNOWN_INSTRUMENT venue
        venue policy AAPL age=1  | REJECTED/INVALID_PARAMETER venue
        venue policy AAPL widen=100 | REJECTED/INVALID_PARAMETER venue
        venue policy AAPL stale=halt | REJECTED/INVALID_PARAMETER venue
        venue policy AAPL stale=halt age=1 widen=100 | REJECTED/INVALID_PARAMETER venue
        venue policy AAPL stale=widen widen=100 | REJECTED/INVALID_PARAMETER venue
        venue policy AAPL stale=widen age=1 widen=99 | REJECTED/INVALID_PARAMETER venue
        venue policy AAPL stale=widen age=1 widen=10001 | REJECTED/INVALID_PARAMETER venue
        venue policy AAPL stale=widen age=1 widen=10000 |
                                 | REFERENCE_POLICY_SET venue stale=widen widen=10000 max_age_ns=1
        venue policy AAPL stale=halt age=18446744073709551615 | REFERENCE_POLICY_SET venue
        venue policy AAPL        | REFERENCE_POLICY_SET venue stale=keep primary=none
    """,
    "a price that is not known is too old at once": """
        venue policy AAPL stale=halt age=50 | REFERENCE_POLICY_SET venue
        AAPL due                 | 1
        venue pulse at=1         | HALTED venue cause=4; PULSED venue items=1
        AAPL due                 | None
        venue reference AAPL 0 observed_at=7 at=8 | REFERENCE_SET venue
        venue reference AAPL 9 observed_at=7 at=8 | REFERENCE_SET venue; RESUMED venue cause=4 causes=0
        AAPL due                 | 57
        venue reference AAPL 0 observed_at=9 at=8 | REFERENCE_SET venue
        AAPL due                 | 9
    """,
    "time alone does not make it too old": """
        venue reference AAPL 100 observed_at=10 | REFERENCE_SET venue
        venue policy AAPL stale=halt age=50 | REFERENCE_POLICY_SET venue
        alice sell 1@100 at=60   | ACCEPTED alice
        venue pulse              | HALTED venue cause=4; PULSED venue items=1
    """,
    "an end of time": """
        venue reference AAPL 100 observed_at=18446744073709551615 | REFERENCE_SET venue
        venue policy AAPL stale=halt age=50 | REFERENCE_POLICY_SET venue
        AAPL due                 | 18446744073709551615
    """,
    "a price that is old already changes nothing": OLD_OF_10
    + """
        venue reference AAPL 101 observed_at=20 at=70 | REFERENCE_SET venue
        venue reference AAPL 101 observed_at=21 at=70 | REFERENCE_SET venue; RESUMED venue cause=4
        AAPL due                 | 71
    """,
    "who resumes it resumes it until it is too old again": OLD_OF_10
    + """
        venue resume AAPL stale_reference | RESUMED venue cause=4 causes=0
        venue restarts           |
        venue pulse at=70        | PULSED venue items=0
        venue reference AAPL 101 observed_at=70 | REFERENCE_SET venue
        venue pulse at=120       | HALTED venue cause=4 causes=16; PULSED venue items=1
    """,
    "other causes stay": OLD_OF_10
    + """
        venue halt AAPL          | HALTED venue cause=0 causes=17
        venue limits AAPL call=50 | TRADING_LIMITS_SET venue
        venue reference AAPL 101 observed_at=60 | REFERENCE_SET venue; RESUMED venue cause=4 causes=1
        venue resume AAPL        | RESUMED venue cause=0 causes=0; PHASE_CHANGED venue phase=auction ends_at=110
    """,
    "its end can be an auction": OLD_OF_10
    + """
        venue limits AAPL call=50 | TRADING_LIMITS_SET venue
        venue reference AAPL 101 observed_at=60 at=70 | REFERENCE_SET venue; RESUMED venue cause=4 causes=0;
                                 | PHASE_CHANGED venue phase=auction previous_phase=continuous ends_at=120
        AAPL due                 | 110
    """,
    "another age": OLD_OF_10
    + """
        venue policy AAPL stale=halt age=51 at=61 | REFERENCE_POLICY_SET venue
        venue policy AAPL stale=halt age=52 | REFERENCE_POLICY_SET venue; RESUMED venue cause=4 causes=0
        AAPL due                 | 62
    """,
    "from a halt to a wider band, and back": OLD_OF_10
    + """
        venue limits AAPL static=500 call=50 | TRADING_LIMITS_SET venue
        venue policy AAPL stale=widen age=50 widen=150 | REFERENCE_POLICY_SET venue; RESUMED venue cause=4;
                                 | PHASE_CHANGED venue phase=auction;
                                 | STATIC_BAND_MOVED venue anchor=0 bps=750 lower=93 upper=107
        venue policy AAPL stale=halt age=50 | REFERENCE_POLICY_SET venue; HALTED venue cause=4;
                                 | STATIC_BAND_MOVED venue anchor=0 bps=500 lower=95 upper=105
        venue policy AAPL        | REFERENCE_POLICY_SET venue; RESUMED venue cause=4 causes=0
    """,
    "a band that is not there is not made wider": """
        venue reference AAPL 100 observed_at=10 | REFERENCE_SET venue
        venue policy AAPL stale=widen age=50 widen=300 | REFERENCE_POLICY_SET venue
        venue pulse at=60        | PULSED venue items=1
        venue limits AAPL static=100 call=50 | TRADING_LIMITS_SET venue
        bob buy 1@104            | REJECTED/PRICE_OUT_OF_BAND bob value=104 bound=103
        venue reference AAPL 0 observed_at=61 | REFERENCE_SET venue; STATIC_BAND_MOVED venue bps=100 lower=0 upper=0
        venue pulse at=61        | STATIC_BAND_MOVED venue bps=300 lower=0 upper=0; PULSED venue items=1
    """,
    "a band can be wider than all prices": """
        venue reference AAPL 100 observed_at=10 | REFERENCE_SET venue
        venue limits AAPL static=10000 call=50 | TRADING_LIMITS_SET venue
        venue policy AAPL stale=widen age=50 widen=10000 | REFERENCE_POLICY_SET venue
        venue pulse at=60        | STATIC_BAND_MOVED venue bps=1000000 lower=1 upper=1000; PULSED venue items=1
    """,
    "the first is the one that is too old first": """
        venue reference GOLD 100 observed_at=5 | REFERENCE_SET venue
        venue reference AAPL 100 observed_at=10 | REFERENCE_SET venue
        venue policy AAPL stale=halt age=50 | REFERENCE_POLICY_SET venue
        venue policy GOLD stale=halt age=50 | REFERENCE_POLICY_SET venue
        AAPL due                 | 55
        venue pulse at=60        | HALTED venue instrument=GOLD; HALTED venue instrument=AAPL; PULSED venue items=2
    """,
    "a halt by it ends a limit state": """
        venue reference AAPL 100 observed_at=10 | REFERENCE_SET venue
        venue policy AAPL stale=halt age=50 | REFERENCE_POLICY_SET venue
        venue volatility AAPL bps=500 limit=60 pause=300 | VOLATILITY_BANDS_SET venue; VOLATILITY_BAND_MOVED venue
        bob buy 1@105            | ACCEPTED bob; LIMIT_STATE_CHANGED venue limit_state=up ends_at=60
        venue pulse at=60        | HALTED venue cause=4; LIMIT_STATE_CHANGED venue limit_state=none;
                                 | PULSED venue items=1
    """,
    "it is not asked while the primary market is closed": OLD_OF_10
    + """
        venue primary AAPL closed | PRIMARY_STATUS_SET venue status=closed
        venue limits AAPL call=50 | TRADING_LIMITS_SET venue
        venue policy AAPL stale=halt age=50 primary=fixed_band closed=100 | REFERENCE_POLICY_SET venue;
                                 | RESUMED venue cause=4;
                                 | PHASE_CHANGED venue phase=auction;
                                 | STATIC_BAND_MOVED venue anchor=100 bps=100 lower=99 upper=101
        venue phase AAPL closed  | PHASE_CHANGED venue
        AAPL due                 | None
        venue primary AAPL open  | PRIMARY_STATUS_SET venue; STATIC_BAND_MOVED venue anchor=0 bps=0 lower=0 upper=0
        AAPL due                 | 60
    """,
}

CLOSE_OF_200: Final = """
        venue limits AAPL call=50 | TRADING_LIMITS_SET venue
        venue policy AAPL primary=reanchor closed=1000 step=100 every=40 | REFERENCE_POLICY_SET venue closed_bps=1000
        venue primary AAPL closed close=200 | PRIMARY_STATUS_SET venue status=closed close=200;
                                 | STATIC_BAND_MOVED venue anchor=200 bps=1000 lower=180 upper=220
"""

PRIMARY: Final = {
    "what is refused": """
        venue primary NONE 3     | REJECTED/MALFORMED venue
        venue primary NONE closed close=1001 | REJECTED/UNKNOWN_INSTRUMENT venue
        venue primary AAPL closed close=1001 | REJECTED/INVALID_PRICE venue
        venue primary AAPL closed close=-1 | REJECTED/INVALID_PRICE venue
        venue primary AAPL open close=1 | REJECTED/INVALID_PRICE venue
        venue primary AAPL halted close=1 | REJECTED/INVALID_PRICE venue
        venue primary AAPL closed close=1000 | PRIMARY_STATUS_SET venue close=1000
        venue policy AAPL primary=fixed_band closed=100 | REJECTED/INVALID_PARAMETER venue
        venue limits AAPL call=50 | TRADING_LIMITS_SET venue
        venue policy AAPL primary=fixed_band | REJECTED/INVALID_PARAMETER venue
        venue policy AAPL primary=fixed_band closed=10001 | REJECTED/INVALID_PARAMETER venue
        venue policy AAPL primary=fixed_band closed=100 step=1 | REJECTED/INVALID_PARAMETER venue
        venue policy AAPL primary=fixed_band closed=100 every=1 | REJECTED/INVALID_PARAMETER venue
        venue policy AAPL primary=halt closed=100 | REJECTED/INVALID_PARAMETER venue
        venue policy AAPL primary=reanchor closed=100 step=1 | REJECTED/INVALID_PARAMETER venue
        venue policy AAPL primary=reanchor closed=100 every=1 | REJECTED/INVALID_PARAMETER venue
        venue policy AAPL primary=reanchor closed=100 step=10001 every=1 | REJECTED/INVALID_PARAMETER venue
        venue policy AAPL primary=reanchor closed=100 step=1 every=86400000000001 | REJECTED/INVALID_PARAMETER venue
        venue policy AAPL primary=reanchor step=1 every=1 | REJECTED/INVALID_PARAMETER venue
        venue primary AAPL open  | PRIMARY_STATUS_SET venue close=0
        venue policy AAPL primary=reanchor closed=10000 step=10000 every=86400000000000 | REFERENCE_POLICY_SET venue
        venue limits AAPL        | REJECTED/INVALID_PARAMETER venue
    """,
    "a market that halts halts this one, whatever the policy": """
        venue primary AAPL halted | PRIMARY_STATUS_SET venue; HALTED venue cause=2 causes=4
        venue primary AAPL halted | PRIMARY_STATUS_SET venue
        venue policy AAPL primary=halt | REFERENCE_POLICY_SET venue
        venue primary AAPL closed | PRIMARY_STATUS_SET venue
        venue policy AAPL        | REFERENCE_POLICY_SET venue; RESUMED venue cause=2 causes=0
        venue primary AAPL open  | PRIMARY_STATUS_SET venue
    """,
    "a closed market halts if that is the policy": """
        venue policy AAPL primary=halt | REFERENCE_POLICY_SET venue
        venue primary AAPL closed close=100 | PRIMARY_STATUS_SET venue; HALTED venue cause=2 causes=4
        venue resume AAPL primary_market | RESUMED venue cause=2 causes=0
        venue primary AAPL closed close=101 | PRIMARY_STATUS_SET venue
        venue primary AAPL open  | PRIMARY_STATUS_SET venue
        venue primary AAPL closed | PRIMARY_STATUS_SET venue; HALTED venue cause=2 causes=4
    """,
    "an operator's halt of that cause is not lifted by what did not ask for it": """
        venue halt AAPL primary_market | HALTED venue cause=2
        venue primary AAPL closed | PRIMARY_STATUS_SET venue
        venue primary AAPL open  | PRIMARY_STATUS_SET venue
        bob buy 1@1              | REJECTED/INSTRUMENT_HALTED bob
        venue primary AAPL halted | PRIMARY_STATUS_SET venue; HALTED venue cause=2 causes=4
        venue primary AAPL open  | PRIMARY_STATUS_SET venue; RESUMED venue cause=2 causes=0
    """,
    "a halt that becomes a close": """
        venue limits AAPL call=50 | TRADING_LIMITS_SET venue
        venue policy AAPL primary=fixed_band closed=300 | REFERENCE_POLICY_SET venue
        venue primary AAPL halted | PRIMARY_STATUS_SET venue; HALTED venue cause=2
        venue primary AAPL closed close=200 | PRIMARY_STATUS_SET venue; RESUMED venue cause=2;
                                 | PHASE_CHANGED venue phase=auction ends_at=50;
                                 | STATIC_BAND_MOVED venue anchor=200 lower=194 upper=206
    """,
    "both causes are lifted at once": """
        venue limits AAPL call=50 | TRADING_LIMITS_SET venue
        venue policy AAPL stale=halt age=50 | REFERENCE_POLICY_SET venue
        venue primary AAPL halted at=1 | PRIMARY_STATUS_SET venue; HALTED venue cause=2 causes=4
        venue pulse at=2         | HALTED venue cause=4 causes=20; PULSED venue items=1
        venue policy AAPL primary=fixed_band closed=300 | REFERENCE_POLICY_SET venue; RESUMED venue cause=4 causes=4
        venue policy AAPL stale=halt age=50 primary=fixed_band closed=300 | REFERENCE_POLICY_SET venue
        venue pulse              | HALTED venue cause=4 causes=20; PULSED venue items=1
        venue primary AAPL closed | PRIMARY_STATUS_SET venue; RESUMED venue cause=2 causes=16;
                                 | RESUMED venue cause=4 causes=0;
                                 | PHASE_CHANGED venue phase=auction;
                                 | STATIC_BAND_MOVED venue anchor=0 bps=300 lower=0 upper=0
    """,
    "without a close the band is around what the instrument is worth": """
        venue reference AAPL 150 | REFERENCE_SET venue
        venue limits AAPL static=1000 call=50 | TRADING_LIMITS_SET venue
        venue policy AAPL primary=fixed_band closed=300 | REFERENCE_POLICY_SET venue
        venue primary AAPL closed | PRIMARY_STATUS_SET venue close=0;
                                 | STATIC_BAND_MOVED venue anchor=150 bps=300 lower=146 upper=154
        venue reference AAPL 300 | REFERENCE_SET venue
        bob buy 1@155            | REJECTED/PRICE_OUT_OF_BAND bob value=155 bound=154
        bob sell 1@145           | REJECTED/PRICE_OUT_OF_BAND bob value=145 bound=146
        venue primary AAPL open  | PRIMARY_STATUS_SET venue;
                                 | STATIC_BAND_MOVED venue anchor=0 bps=1000 lower=270 upper=330
    """,
    "where nothing is known nothing is bounded": """
        venue limits AAPL static=1000 call=50 | TRADING_LIMITS_SET venue
        venue policy AAPL primary=fixed_band closed=1000 | REFERENCE_POLICY_SET venue
        venue primary AAPL closed | PRIMARY_STATUS_SET venue
        venue reference AAPL 100 | REFERENCE_SET venue
        bob buy 1@999            | ACCEPTED bob
    """,
    "a fill outside begins a pause": """
        alice sell 1@210         | ACCEPTED alice
    """
    + CLOSE_OF_200.replace("closed=1000", "closed=400")
    .replace("closed_bps=1000", "closed_bps=400")
    .replace("bps=1000 lower=180 upper=220", "bps=400 lower=192 upper=208")
    + """
        bob buy 1@market         | ACCEPTED bob; PHASE_CHANGED venue phase=pause ends_at=50;
                                 | CANCELLED/MARKET_REMAINDER bob
    """,
    "a band is bounded in a call phase as well": CLOSE_OF_200
    + """
        venue phase AAPL auction | PHASE_CHANGED venue
        bob buy 1@221            | REJECTED/PRICE_OUT_OF_BAND bob value=221 bound=220
    """,
    "steps go down, too, and one comes for each pulse": CLOSE_OF_200
    + """
        alice sell 1@190         | ACCEPTED alice
        bob buy 1@190            | ACCEPTED bob; FILL bob; FILL alice
        AAPL due                 | 40
        venue pulse at=39        | PULSED venue items=0
        venue pulse at=200       | STATIC_BAND_MOVED venue anchor=198 lower=179 upper=217; PULSED venue items=1
        venue pulse at=239       | PULSED venue items=0
        venue restarts           |
        venue pulse at=240       | STATIC_BAND_MOVED venue anchor=197 lower=178 upper=216; PULSED venue items=1
    """,
    "without a fill the anchor stays": CLOSE_OF_200
    + """
        venue pulse at=40        | PULSED venue items=1
        AAPL due                 | 80
    """,
    "from nothing the anchor becomes the last trade": """
        venue limits AAPL call=50 | TRADING_LIMITS_SET venue
        venue policy AAPL primary=reanchor closed=1000 step=100 every=40 | REFERENCE_POLICY_SET venue
        venue primary AAPL closed | PRIMARY_STATUS_SET venue; STATIC_BAND_MOVED venue anchor=0 bps=1000 lower=0 upper=0
        venue pulse at=40        | PULSED venue items=1
        alice sell 1@300         | ACCEPTED alice
        bob buy 1@300            | ACCEPTED bob; FILL bob; FILL alice
        venue pulse at=80        | STATIC_BAND_MOVED venue anchor=300 lower=270 upper=330; PULSED venue items=1
    """,
    "steps that are less than a tick": CLOSE_OF_200.replace("step=100", "step=49")
    + """
        alice sell 1@190         | ACCEPTED alice
        bob buy 1@190            | ACCEPTED bob; FILL bob; FILL alice
        venue pulse at=40        | PULSED venue items=1
    """,
    "a halt does not stop the steps": CLOSE_OF_200
    + """
        alice sell 1@203         | ACCEPTED alice
        bob buy 1@203            | ACCEPTED bob; FILL bob; FILL alice
        venue halt AAPL          | HALTED venue
        venue pulse at=40        | STATIC_BAND_MOVED venue anchor=202; PULSED venue items=1
    """,
    "what is said again begins anew": CLOSE_OF_200
    + """
        alice sell 1@203         | ACCEPTED alice
        bob buy 1@203            | ACCEPTED bob; FILL bob; FILL alice
        venue pulse at=40        | STATIC_BAND_MOVED venue anchor=202; PULSED venue items=1
        venue policy AAPL primary=reanchor closed=1000 step=100 every=30 at=50 | REFERENCE_POLICY_SET venue;
                                 | STATIC_BAND_MOVED venue anchor=200
        AAPL due                 | 80
        venue primary AAPL closed at=60 | PRIMARY_STATUS_SET venue; STATIC_BAND_MOVED venue anchor=203
        AAPL due                 | 90
        venue primary AAPL halted | PRIMARY_STATUS_SET venue; HALTED venue cause=2;
                                 | STATIC_BAND_MOVED venue anchor=0 bps=0
        AAPL due                 | None
    """,
    "an old reference before a step": """
        venue reference GOLD 100 observed_at=10 | REFERENCE_SET venue
        venue policy GOLD stale=halt age=30 | REFERENCE_POLICY_SET venue
    """
    + CLOSE_OF_200
    + """
        alice sell 1@203         | ACCEPTED alice
        bob buy 1@203            | ACCEPTED bob; FILL bob; FILL alice
        venue pulse at=40        | STATIC_BAND_MOVED venue instrument=AAPL anchor=202; HALTED venue instrument=GOLD;
                                 | PULSED venue items=2
    """,
}

OPEN_NOTIONAL: Final = {
    "as much, and no unit more": """
        alice set notional=50000 | ACCOUNT_SET alice max_open_notional=50000
        alice buy 5@100          | ACCEPTED alice
        alice buy 1@1            | REJECTED/OPEN_NOTIONAL_LIMIT alice value=50100 bound=50000
        alice set notional=0     | ACCOUNT_SET alice max_open_notional=0
        alice buy 1@1            | ACCEPTED alice
    """,
    "what never rests is asked, too": """
        alice set notional=10000 | ACCOUNT_SET alice
        bob sell 9@100           | ACCEPTED bob
        alice buy 2@100 ioc      | REJECTED/OPEN_NOTIONAL_LIMIT alice value=20000 bound=10000
        alice buy 2@100 fok      | REJECTED/OPEN_NOTIONAL_LIMIT alice value=20000 bound=10000
        alice buy 1@market       | REJECTED/OPEN_NOTIONAL_LIMIT alice value=10500 bound=10000
        alice buy 2@market mtl   | REJECTED/OPEN_NOTIONAL_LIMIT alice value=20000 bound=10000
        alice buy 1@100          | ACCEPTED alice; FILL alice; FILL bob
        alice buy 1@100          | ACCEPTED alice; FILL alice; FILL bob
    """,
    "of a budget all of it": """
        alice set notional=10000 | ACCOUNT_SET alice
        bob sell 9@100           | ACCEPTED bob
        alice spend 10001@100    | REJECTED/OPEN_NOTIONAL_LIMIT alice value=10001 bound=10000
        alice spend 10000@100    | ACCEPTED alice; FILL alice taker 1@100; FILL bob
    """,
    "stops, icebergs and what is hidden count whole": """
        alice set notional=60000 | ACCOUNT_SET alice
        alice buy 3@100 stop=150 | ACCEPTED alice
        alice sell 2@100 display=1 | ACCEPTED alice
        alice sell 1@99 hidden   | ACCEPTED alice
        alice sell 1@2           | REJECTED/OPEN_NOTIONAL_LIMIT alice value=60100 bound=60000
        alice sell 1@1           | ACCEPTED alice
    """,
    "instruments of one quote asset count together": """
        alice set notional=50000 | ACCOUNT_SET alice
        alice buy 5@99           | ACCEPTED alice
        alice buy 500@1 on=GOLD  | ACCEPTED alice
        alice buy 1@1 on=GOLD    | REJECTED/OPEN_NOTIONAL_LIMIT alice value=50001 bound=50000
    """,
    "lots that are left count": """
        alice set notional=50000 | ACCOUNT_SET alice
        alice sell 5@100 #a      | ACCEPTED alice
        bob buy 2@100            | ACCEPTED bob; FILL bob; FILL alice #a leaves=3
        alice sell 2@100         | ACCEPTED alice
        alice sell 1@1           | REJECTED/OPEN_NOTIONAL_LIMIT alice value=50100 bound=50000
        alice amend #a 6@100     | REJECTED/OPEN_NOTIONAL_LIMIT alice value=60000 bound=50000
        alice cancel #a          | CANCELLED alice
        alice sell 3@100         | ACCEPTED alice
    """,
    "a stop that becomes worth more": """
        alice set notional=50000 | ACCOUNT_SET alice
        alice buy 3@100 stop=150 #s | ACCEPTED alice
        alice amend #s 6@100     | REJECTED/OPEN_NOTIONAL_LIMIT alice value=60000 bound=50000
        alice amend #s 6@100 stop=160 | REJECTED/OPEN_NOTIONAL_LIMIT alice value=60000 bound=50000
        alice amend #s 5@100     | AMENDED/KEPT alice #s 5@100
        alice set notional=1000  | ACCOUNT_SET alice
        alice amend #s 5@99 stop=140 | AMENDED/LOST alice #s 5@99
        alice amend #s 5@99 stop=145 | AMENDED/LOST alice #s 5@99
        alice amend #s 5@100     | REJECTED/OPEN_NOTIONAL_LIMIT alice value=50000 bound=1000
    """,
    "band, open notional, post-only, funds": """
        poor set notional=1      | ACCOUNT_SET poor
        alice sell 1@100         | ACCEPTED alice
        venue reference AAPL 100 | REFERENCE_SET venue
        venue limits AAPL quantity=1 static=100 call=50 | TRADING_LIMITS_SET venue
        poor buy 2@200 post      | REJECTED/ORDER_TOO_LARGE poor
        poor buy 1@200 post      | REJECTED/PRICE_OUT_OF_BAND poor
        poor buy 1@100 post      | REJECTED/OPEN_NOTIONAL_LIMIT poor value=10000 bound=1
        poor set notional=10000  | ACCOUNT_SET poor
        poor buy 1@100 post      | REJECTED/POST_ONLY_WOULD_CROSS poor value=0 bound=0
        poor buy 1@100           | REJECTED/INSUFFICIENT_FUNDS poor
    """,
    "in an auction": """
        alice set notional=10000 | ACCOUNT_SET alice
        venue reference AAPL 100 | REFERENCE_SET venue
        venue phase AAPL auction | PHASE_CHANGED venue
        alice buy 1@market auction | REJECTED/OPEN_NOTIONAL_LIMIT alice value=10500 bound=10000
        alice sell 1@market auction | ACCEPTED alice 1@95
        alice sell 1@market auction | REJECTED/OPEN_NOTIONAL_LIMIT alice value=19000 bound=10000
    """,
    "what goes is not counted": """
        alice set notional=50000 | ACCOUNT_SET alice
        alice buy 5@100 #a       | ACCEPTED alice
        alice replace #a buy 6@100 | REJECTED/OPEN_NOTIONAL_LIMIT alice #a value=60000 bound=50000
        alice replace #a buy 4@125 #b | CANCELLED/REPLACED alice #a; ACCEPTED alice #b 4@125
        alice replace #a anyway buy 1@1 | REJECTED/OPEN_NOTIONAL_LIMIT alice value=50100 bound=50000
    """,
}
