"""Pegged orders (`engine_core/docs/market-rules.md`, section 38), in the notation of `tests/scenarios.py`."""

from typing import Final

PRICES: Final = {
    "primary follows its own side": """
        alice buy 5@100              | ACCEPTED alice
        alice sell 5@110             | ACCEPTED alice
        bob buy 1@200 peg=primary #p | ACCEPTED bob #p 1@200 peg=1 peg_offset=0
        bob sell 1@1 peg=primary #q  | ACCEPTED bob #q 1@1 peg=1 peg_offset=0
        AAPL book                    | 5@100 / 5@110
        carol buy 1@109 ioc          | ACCEPTED carol; CANCELLED/IOC_REMAINDER carol leaves=1
        carol sell 1@101 ioc         | ACCEPTED carol; CANCELLED/IOC_REMAINDER carol leaves=1
        carol buy 9@110 ioc          | ACCEPTED carol; FILL carol taker 5@110; FILL alice maker 5@110;
                                     | FILL carol taker 1@110; FILL bob maker #q 1@110;
                                     | CANCELLED/IOC_REMAINDER carol leaves=3
        carol sell 9@100 ioc         | ACCEPTED carol; FILL carol taker 5@100; FILL alice maker 5@100;
                                     | FILL carol taker 1@100; FILL bob maker #p 1@100;
                                     | CANCELLED/IOC_REMAINDER carol leaves=3
    """,
    "market follows the other side, from behind": """
        alice buy 5@100                      | ACCEPTED alice
        alice sell 5@110                     | ACCEPTED alice
        bob buy 1@200 peg=market offset=3 #p | ACCEPTED bob #p peg=2 peg_offset=3
        carol sell 1@108 ioc                 | ACCEPTED carol; CANCELLED/IOC_REMAINDER carol leaves=1
        carol sell 1@107 ioc                 | ACCEPTED carol; FILL carol taker 1@107; FILL bob maker #p 1@107
        bob sell 1@1 peg=market offset=4 #q  | ACCEPTED bob #q peg=2 peg_offset=4
        carol buy 1@103 ioc                  | ACCEPTED carol; CANCELLED/IOC_REMAINDER carol leaves=1
        carol buy 1@104 ioc                  | ACCEPTED carol; FILL carol taker 1@104; FILL bob maker #q 1@104
    """,
    "a midpoint is rounded down, whoever follows it": """
        alice buy 5@100                     | ACCEPTED alice
        alice sell 5@103                    | ACCEPTED alice
        bob buy 1@200 peg=midpoint          | ACCEPTED bob peg=3
        carol sell 1@102 ioc                | ACCEPTED carol; CANCELLED/IOC_REMAINDER carol leaves=1
        carol sell 1@101 ioc                | ACCEPTED carol; FILL carol taker 1@101; FILL bob maker 1@101
        bob sell 1@1 peg=midpoint           | ACCEPTED bob peg=3
        carol buy 1@100 ioc                 | ACCEPTED carol; CANCELLED/IOC_REMAINDER carol leaves=1
        carol buy 1@101 ioc                 | ACCEPTED carol; FILL carol taker 1@101; FILL bob maker 1@101
        bob sell 1@1 peg=midpoint offset=1  | ACCEPTED bob
        carol buy 1@101 ioc                 | ACCEPTED carol; CANCELLED/IOC_REMAINDER carol leaves=1
        carol buy 1@102 ioc                 | ACCEPTED carol; FILL carol taker 1@102; FILL bob maker 1@102
        bob buy 1@200 peg=midpoint offset=1 | ACCEPTED bob
        carol sell 6@100 ioc                | ACCEPTED carol; FILL carol taker 5@100; FILL alice maker 5@100;
                                            | FILL carol taker 1@100; FILL bob maker 1@100
    """,
    "a spread of one tick has no middle": """
        alice buy 5@100               | ACCEPTED alice
        alice sell 5@101              | ACCEPTED alice
        bob buy 1@200 peg=midpoint #p | ACCEPTED bob #p
        dave sell 1@1 peg=midpoint #q | ACCEPTED dave #q
        carol buy 1@100 ioc           | ACCEPTED carol; CANCELLED/IOC_REMAINDER carol leaves=1
        carol sell 6@1 ioc            | ACCEPTED carol; FILL carol taker 5@100; FILL alice maker 5@100;
                                      | CANCELLED/IOC_REMAINDER carol leaves=1
        alice buy 1@99                | ACCEPTED alice; FILL dave taker #q 1@100 leaves=0;
                                      | FILL bob maker #p 1@100 leaves=0
    """,
    "an offset of fifteen ticks": """
        alice buy 5@100                      | ACCEPTED alice
        alice sell 5@120                     | ACCEPTED alice
        bob buy 1@200 peg=market offset=15   | ACCEPTED bob
        bob sell 1@1 peg=primary offset=15   | ACCEPTED bob
        bob buy 1@200 peg=midpoint offset=16 | REJECTED/INVALID_PRICE bob
        bob buy 1@200 peg=primary offset=255 | REJECTED/INVALID_PRICE bob
        carol sell 1@106 ioc                 | ACCEPTED carol; CANCELLED/IOC_REMAINDER carol leaves=1
        carol sell 1@105 ioc                 | ACCEPTED carol; FILL carol taker 1@105; FILL bob maker 1@105
        carol buy 6@135 ioc                  | ACCEPTED carol; FILL carol taker 5@120; FILL alice maker 5@120;
                                             | FILL carol taker 1@135; FILL bob maker 1@135
    """,
    "a limit is a cap on either side": """
        alice buy 5@100                    | ACCEPTED alice
        alice sell 5@110                   | ACCEPTED alice
        bob buy 1@103 peg=market offset=1  | ACCEPTED bob
        carol sell 1@104 ioc               | ACCEPTED carol; CANCELLED/IOC_REMAINDER carol leaves=1
        carol sell 1@103 ioc               | ACCEPTED carol; FILL carol taker 1@103; FILL bob maker 1@103
        bob buy 1@102 peg=midpoint         | ACCEPTED bob
        carol sell 1@103 ioc               | ACCEPTED carol; CANCELLED/IOC_REMAINDER carol leaves=1
        carol sell 1@102 ioc               | ACCEPTED carol; FILL carol taker 1@102; FILL bob maker 1@102
        bob sell 1@108 peg=midpoint        | ACCEPTED bob
        carol buy 1@107 ioc                | ACCEPTED carol; CANCELLED/IOC_REMAINDER carol leaves=1
        carol buy 1@108 ioc                | ACCEPTED carol; FILL carol taker 1@108; FILL bob maker 1@108
        bob sell 1@112 peg=primary         | ACCEPTED bob
        carol buy 6@111 ioc                | ACCEPTED carol; FILL carol taker 5@110; FILL alice maker 5@110;
                                           | CANCELLED/IOC_REMAINDER carol leaves=1
        alice sell 1@110                   | ACCEPTED alice
        carol buy 2@112 ioc                | ACCEPTED carol; FILL carol taker 1@110; FILL alice maker;
                                           | FILL carol taker 1@112; FILL bob maker 1@112
        bob sell 1@105 peg=market offset=2 | ACCEPTED bob
        carol buy 1@104 ioc                | ACCEPTED carol; CANCELLED/IOC_REMAINDER carol leaves=1
        carol buy 1@105 ioc                | ACCEPTED carol; FILL carol taker 1@105; FILL bob maker 1@105
    """,
    "what is followed is not there": """
        alice sell 5@110 #s                 | ACCEPTED alice
        bob buy 1@200 peg=primary #p        | ACCEPTED bob
        bob buy 1@200 peg=midpoint #m       | ACCEPTED bob
        bob sell 1@1 peg=market offset=1 #q | ACCEPTED bob
        carol sell 1@1 ioc                  | ACCEPTED carol; CANCELLED/IOC_REMAINDER carol leaves=1
        carol buy 1@109 ioc                 | ACCEPTED carol; CANCELLED/IOC_REMAINDER carol leaves=1
        bob buy 1@200 peg=market offset=9   | ACCEPTED bob
        carol sell 9@1 ioc                  | ACCEPTED carol; FILL carol taker 1@101; FILL bob maker 1@101;
                                            | CANCELLED/IOC_REMAINDER carol leaves=8
        alice cancel #s                     | CANCELLED/USER alice
        alice buy 1@50                      | ACCEPTED alice
        carol sell 9@1 ioc                  | ACCEPTED carol; FILL carol taker 1@50; FILL alice maker;
                                            | FILL carol taker 1@50; FILL bob maker #p;
                                            | CANCELLED/IOC_REMAINDER carol leaves=7
        alice buy 1@60                      | ACCEPTED alice
        carol buy 1@61 ioc                  | ACCEPTED carol; FILL carol taker 1@61; FILL bob maker #q
        #m is                               | leaves=1 price=200
    """,
    "nothing is followed beyond the prices there are": """
        alice buy 5@2                     | ACCEPTED alice
        bob buy 1@9 peg=primary offset=2  | ACCEPTED bob
        bob buy 1@9 peg=primary offset=1  | ACCEPTED bob
        carol sell 7@1 ioc                | ACCEPTED carol; FILL carol taker 5@2; FILL alice maker;
                                          | FILL carol taker 1@1; FILL bob maker 1@1;
                                          | CANCELLED/IOC_REMAINDER carol leaves=1
        alice sell 5@999                  | ACCEPTED alice
        bob sell 1@1 peg=primary offset=2 | ACCEPTED bob
        bob sell 1@1 peg=primary offset=1 | ACCEPTED bob
        carol buy 7@1000 ioc              | ACCEPTED carol; FILL carol taker 5@999; FILL alice maker;
                                          | FILL carol taker 1@1000; FILL bob maker 1@1000;
                                          | CANCELLED/IOC_REMAINDER carol leaves=1
    """,
    "the slice of an iceberg is followed, what is hidden is not": """
        alice buy 9@100 display=1 | ACCEPTED alice
        alice sell 1@110          | ACCEPTED alice
        dave buy 1@104 hidden     | ACCEPTED dave
        bob buy 1@200 peg=primary | ACCEPTED bob
        carol sell 2@100 ioc      | ACCEPTED carol; FILL carol taker 1@104; FILL dave maker; FILL carol taker 1@100;
                                  | FILL alice maker leaves=8
        carol sell 9@100 ioc      | ACCEPTED carol; 8 times (FILL carol taker 1@100; FILL alice maker);
                                  | FILL carol taker 1@100 leaves=0; FILL bob maker 1@100
    """,
    "prices stand while an order takes what they follow": """
        alice buy 1@100                    | ACCEPTED alice
        alice buy 1@99                     | ACCEPTED alice
        alice sell 1@110                   | ACCEPTED alice
        bob buy 1@200 peg=primary          | ACCEPTED bob
        bob buy 1@200 peg=primary offset=1 | ACCEPTED bob
        bob buy 1@200 peg=midpoint         | ACCEPTED bob
        bob buy 1@200 peg=market offset=11 | ACCEPTED bob
        carol sell 9@99 ioc                | ACCEPTED carol; FILL carol taker 1@105; FILL bob maker;
                                           | FILL carol taker 1@100; FILL alice maker; FILL carol taker 1@100;
                                           | FILL bob maker; FILL carol taker 1@99; FILL alice maker;
                                           | FILL carol taker 1@99; FILL bob maker; FILL carol taker 1@99;
                                           | FILL bob maker; CANCELLED/IOC_REMAINDER carol leaves=3
    """,
}

FORMS: Final = {
    "a peg is a limit order and no more": """
        alice buy 5@100 peg=market                 | REJECTED/INVALID_COMBINATION alice
        alice buy 5@100 peg=market offset=0        | REJECTED/INVALID_COMBINATION alice
        alice buy 5@100 offset=1                   | REJECTED/INVALID_COMBINATION alice
        alice buy 5@100 offset=16                  | REJECTED/INVALID_COMBINATION alice
        alice buy 5@market peg=primary             | REJECTED/INVALID_COMBINATION alice
        alice buy 5@market fok peg=midpoint        | REJECTED/INVALID_COMBINATION alice
        alice buy 5@market mtl peg=primary         | REJECTED/INVALID_COMBINATION alice
        alice spend 5000@100 peg=primary           | REJECTED/INVALID_COMBINATION alice
        alice buy 5@100 peg=primary post           | REJECTED/INVALID_COMBINATION alice
        alice buy 5@100 peg=midpoint slide         | REJECTED/INVALID_COMBINATION alice
        alice buy 5@100 peg=midpoint hidden        | REJECTED/INVALID_COMBINATION alice
        alice buy 5@100 peg=midpoint display=5     | REJECTED/INVALID_COMBINATION alice
        alice buy 5@100 peg=midpoint min=5         | REJECTED/INVALID_COMBINATION alice
        alice buy 5@100 peg=primary stop=105       | REJECTED/INVALID_COMBINATION alice
        alice buy 5@100 peg=primary trail=5        | REJECTED/INVALID_COMBINATION alice
        alice buy 5@100 peg=primary ioc day        | REJECTED/INVALID_COMBINATION alice
        alice buy 5@100 peg=primary ioc expires=9  | REJECTED/INVALID_COMBINATION alice
        alice buy 0@100 peg=primary offset=16      | REJECTED/INVALID_QUANTITY alice
        alice buy 5@0 peg=primary                  | REJECTED/INVALID_PRICE alice
        alice buy 5@1001 peg=primary               | REJECTED/INVALID_PRICE alice
        alice buy 5@100 peg=primary offset=16 expires=1 at=5 | REJECTED/INVALID_PRICE alice
        alice buy 5@100 peg=primary expires=5      | REJECTED/INVALID_EXPIRY alice
        poor buy 5@100 peg=primary                 | REJECTED/INSUFFICIENT_FUNDS poor
        alice buy 5@100 peg=primary day expires=50 | ACCEPTED alice 5@100 peg=1
        alice sell 5@1 peg=midpoint ioc            | ACCEPTED alice peg=3; CANCELLED/IOC_REMAINDER alice 5@1 leaves=5
    """,
    "in a call": """
        venue phase AAPL auction            | PHASE_CHANGED venue
        alice buy 5@100 peg=primary auction | REJECTED/INVALID_COMBINATION alice
        alice buy 5@100 peg=primary ioc     | REJECTED/WRONG_PHASE alice
        alice buy 5@100 peg=primary fok     | REJECTED/WRONG_PHASE alice
        alice buy 5@100 peg=market          | REJECTED/INVALID_COMBINATION alice
        alice buy 5@100 peg=market offset=2 | ACCEPTED alice 5@100 peg=2 peg_offset=2
        AAPL book                           | /
    """,
    "what is said against its limit": """
        venue reference AAPL 100       | REFERENCE_SET venue
        venue limits AAPL static=500 call=50 quantity=9 notional=90000 | TRADING_LIMITS_SET venue
        alice buy 1@106 peg=primary    | REJECTED/PRICE_OUT_OF_BAND alice value=106 bound=105
        alice sell 1@94 peg=midpoint   | REJECTED/PRICE_OUT_OF_BAND alice value=94 bound=95
        alice buy 10@5 peg=primary     | REJECTED/ORDER_TOO_LARGE alice value=10 bound=9
        alice buy 9@101 peg=primary    | REJECTED/ORDER_TOO_LARGE alice value=90900 bound=90000
        alice set notional=50000       | ACCOUNT_SET alice
        alice buy 4@100 peg=primary #p | ACCEPTED alice
        alice buy 2@100 peg=midpoint   | REJECTED/OPEN_NOTIONAL_LIMIT alice value=60000 bound=50000
        alice amend #p 4@106           | REJECTED/PRICE_OUT_OF_BAND alice value=106 bound=105
        alice amend #p 6@100           | REJECTED/OPEN_NOTIONAL_LIMIT alice value=60000 bound=50000
        alice amend #p 5@100           | AMENDED/LOST alice #p 5@100 leaves=5
    """,
    "sent again it is the same": """
        alice buy 5@100 peg=primary offset=2 id=x #p | ACCEPTED alice #p id=x
        alice buy 5@100 peg=primary offset=2 id=x    | DUPLICATE alice #p id=x
        alice buy 5@100 peg=primary offset=1 id=x    | REJECTED/CLIENT_ORDER_ID_REUSED alice id=x
        alice buy 5@100 peg=midpoint offset=2 id=x   | REJECTED/CLIENT_ORDER_ID_REUSED alice id=x
        alice buy 5@100 id=x                         | REJECTED/CLIENT_ORDER_ID_REUSED alice id=x
        alice cancel id=x                            | CANCELLED/USER alice #p 5@100 leaves=5 id=x
        alice buy 5@100 peg=primary offset=2 id=x    | DUPLICATE/CANCELLED alice #p id=x
    """,
}

PRIORITY: Final = {
    "the better effective price, then the better limit, then arrival": """
        alice buy 1@100                        | ACCEPTED alice
        alice sell 1@110                       | ACCEPTED alice
        bob buy 1@101 peg=market offset=10 #a  | ACCEPTED bob #a
        bob buy 1@150 peg=primary #b           | ACCEPTED bob #b
        bob buy 1@120 peg=midpoint offset=5 #c | ACCEPTED bob #c
        bob buy 1@150 peg=market offset=10 #d  | ACCEPTED bob #d
        bob buy 1@100 peg=midpoint #e          | ACCEPTED bob #e
        bob buy 1@101 peg=midpoint #f          | ACCEPTED bob #f
        dave buy 1@100 hidden #h               | ACCEPTED dave #h
        venue restarts                         |
        carol sell 8@100 ioc                   | ACCEPTED carol; FILL carol taker 1@101; FILL bob maker #f;
                                               | FILL carol taker 1@100; FILL alice maker; FILL carol taker 1@100;
                                               | FILL dave maker #h; FILL carol taker 1@100; FILL bob maker #b;
                                               | FILL carol taker 1@100; FILL bob maker #d; FILL carol taker 1@100;
                                               | FILL bob maker #c; FILL carol taker 1@100; FILL bob maker #a;
                                               | FILL carol taker 1@100; FILL bob maker #e
    """,
    "of sells the lower limit": """
        alice buy 1@100                       | ACCEPTED alice
        alice sell 1@110                      | ACCEPTED alice
        bob sell 1@104 peg=midpoint #a        | ACCEPTED bob #a
        bob sell 1@105 peg=market offset=1 #b | ACCEPTED bob #b
        bob sell 1@50 peg=market offset=5 #c  | ACCEPTED bob #c
        bob sell 1@50 peg=midpoint #d         | ACCEPTED bob #d
        venue restarts                        |
        carol buy 4@105 ioc                   | ACCEPTED carol; FILL carol taker 1@105; FILL bob maker #c;
                                              | FILL carol taker 1@105; FILL bob maker #d; FILL carol taker 1@105;
                                              | FILL bob maker #a; FILL carol taker 1@105; FILL bob maker #b
    """,
    "a move of what is followed costs no place": """
        alice buy 1@100                      | ACCEPTED alice
        alice sell 1@110 #s                  | ACCEPTED alice
        bob buy 1@150 peg=primary #a         | ACCEPTED bob #a
        bob buy 1@150 peg=market offset=9 #b | ACCEPTED bob #b
        bob buy 1@150 peg=primary #c         | ACCEPTED bob #c
        alice buy 1@101                      | ACCEPTED alice
        carol sell 4@101 ioc                 | ACCEPTED carol; FILL carol taker 1@101; FILL alice maker;
                                             | FILL carol taker 1@101; FILL bob maker #a; FILL carol taker 1@101;
                                             | FILL bob maker #b; FILL carol taker 1@101; FILL bob maker #c
    """,
    "more at a limit, or another limit, begins anew": """
        alice buy 1@100               | ACCEPTED alice
        alice sell 1@110              | ACCEPTED alice
        bob buy 2@150 peg=primary #a  | ACCEPTED bob #a
        bob buy 2@150 peg=primary #b  | ACCEPTED bob #b
        dave buy 2@150 peg=primary #c | ACCEPTED dave #c
        bob amend #a 3@150            | AMENDED/LOST bob #a 3@150 leaves=3 previous_price=150
        bob amend #b 1@150            | AMENDED/KEPT bob #b 1@150 leaves=1 previous_price=150
        carol sell 4@100 ioc          | ACCEPTED carol; FILL carol taker 1@100; FILL alice maker;
                                      | FILL carol taker 1@100; FILL bob maker #b; FILL carol taker 2@100;
                                      | FILL dave maker #c
        alice buy 1@100               | ACCEPTED alice
        dave buy 1@140 peg=primary #d | ACCEPTED dave #d
        bob amend #a 3@130            | AMENDED/LOST bob #a 3@130 leaves=3 previous_price=150
        carol sell 3@100 ioc          | ACCEPTED carol; FILL carol taker 1@100; FILL alice maker;
                                      | FILL carol taker 1@100; FILL dave maker #d; FILL carol taker 1@100;
                                      | FILL bob maker #a leaves=2
    """,
}

MATCHING: Final = {
    "post-only and sliding orders do not cross a peg": """
        alice buy 5@100                    | ACCEPTED alice
        alice sell 5@110                   | ACCEPTED alice
        bob sell 1@1 peg=midpoint #q       | ACCEPTED bob
        carol buy 1@105 post               | REJECTED/POST_ONLY_WOULD_CROSS carol
        carol buy 1@104 post               | ACCEPTED carol 1@104
        carol buy 1@109 slide #x           | ACCEPTED carol #x 1@106
        AAPL book                          | 1@106 1@104 5@100 / 5@110
        carol replace #x buy 1@107 post    | REJECTED/POST_ONLY_WOULD_CROSS carol
        carol amend #x 1@109               | AMENDED/LOST carol #x 1@106 previous_price=106
        carol replace #x buy 1@106 post #y | CANCELLED/REPLACED carol #x; ACCEPTED carol #y 1@106
        carol amend #y 1@107               | REJECTED/POST_ONLY_WOULD_CROSS carol
        bob cancel #q                      | CANCELLED/USER bob
        bob buy 1@200 peg=midpoint #p      | ACCEPTED bob
        carol sell 1@108 post              | REJECTED/POST_ONLY_WOULD_CROSS carol
        carol sell 1@101 slide             | ACCEPTED carol 1@109
    """,
    "fill or kill and a minimum count what pegs would trade": """
        alice buy 5@100                      | ACCEPTED alice
        alice sell 2@110                     | ACCEPTED alice
        bob sell 3@1 peg=midpoint #m         | ACCEPTED bob
        dave sell 4@1 peg=market offset=1 #k | ACCEPTED dave
        carol buy 10@110 fok                 | REJECTED/FOK_UNFILLABLE carol
        carol buy 8@109 fok                  | REJECTED/FOK_UNFILLABLE carol
        carol buy 9@105 min=8                | REJECTED/MIN_QUANTITY_UNFILLABLE carol
        carol buy 9@105 min=8 hidden         | REJECTED/MIN_QUANTITY_UNFILLABLE carol
        carol buy 9@110 fok                  | ACCEPTED carol; FILL carol taker 4@101; FILL dave maker #k;
                                             | FILL carol taker 3@105; FILL bob maker #m; FILL carol taker 2@110;
                                             | FILL alice maker
        alice sell 2@110                     | ACCEPTED alice
        bob sell 3@1 peg=midpoint            | ACCEPTED bob
        carol buy 3@104 min=1                | REJECTED/MIN_QUANTITY_UNFILLABLE carol
        carol buy 4@105 min=3                | ACCEPTED carol; FILL carol taker 3@105 leaves=1; FILL bob maker
        AAPL book                            | 1@105 5@100 / 2@110
    """,
    "an order of its own party ends the walk at a peg": """
        alice buy 5@100                   | ACCEPTED alice
        alice sell 2@110                  | ACCEPTED alice
        carol sell 3@1 peg=midpoint       | ACCEPTED carol
        bob sell 3@1 peg=market offset=6  | ACCEPTED bob
        carol buy 3@110 fok newest        | REJECTED/FOK_UNFILLABLE carol
        carol buy 3@110 fok stp=decrement | REJECTED/FOK_UNFILLABLE carol
        carol buy 6@110 fok oldest        | REJECTED/FOK_UNFILLABLE carol
        carol buy 5@110 fok oldest        | ACCEPTED carol; CANCELLED/SELF_TRADE_RESTING carol leaves=3;
                                          | FILL carol taker 3@106; FILL bob maker; FILL carol taker 2@110;
                                          | FILL alice maker
    """,
    "an incoming peg takes what is unseen, as far as its effective price": """
        alice buy 5@100                          | ACCEPTED alice
        alice sell 5@110                         | ACCEPTED alice
        dave sell 3@103 hidden                   | ACCEPTED dave
        dave sell 3@106 hidden                   | ACCEPTED dave
        bob buy 4@200 peg=midpoint fok           | REJECTED/FOK_UNFILLABLE bob
        bob buy 3@102 peg=midpoint fok           | REJECTED/FOK_UNFILLABLE bob
        bob buy 2@200 peg=midpoint fok           | ACCEPTED bob 2@200; FILL bob taker 2@103; FILL dave maker leaves=1
        bob buy 3@200 peg=midpoint ioc           | ACCEPTED bob; FILL bob taker 1@103 leaves=2; FILL dave maker;
                                                 | CANCELLED/IOC_REMAINDER bob leaves=2
        bob buy 4@200 peg=market offset=4 #p     | ACCEPTED bob; FILL bob taker 3@106 leaves=1; FILL dave maker
        #p is                                    | leaves=1 price=200
        carol sell 1@50 peg=primary offset=3 ioc | ACCEPTED carol; CANCELLED/IOC_REMAINDER carol leaves=1
        carol sell 3@50 peg=midpoint             | ACCEPTED carol; FILL carol taker 1@106 leaves=2;
                                                 | FILL bob maker #p 1@106
    """,
    "one that waits reaches nothing": """
        dave sell 3@103 hidden            | ACCEPTED dave
        bob buy 1@200 peg=primary fok     | REJECTED/FOK_UNFILLABLE bob
        bob buy 1@200 peg=midpoint ioc    | ACCEPTED bob; CANCELLED/IOC_REMAINDER bob leaves=1
        bob buy 1@200 peg=market offset=1 | ACCEPTED bob
    """,
    "a hidden minimum passes over a peg that is too small": """
        alice buy 5@100                 | ACCEPTED alice
        alice sell 5@110                | ACCEPTED alice
        dave sell 5@102 hidden min=3 #h | ACCEPTED dave
        dave sell 5@104 hidden #i       | ACCEPTED dave
        bob buy 2@200 peg=midpoint      | ACCEPTED bob; FILL bob taker 2@104; FILL dave maker #i leaves=3
        bob buy 7@200 peg=midpoint      | ACCEPTED bob; FILL bob taker 5@102; FILL dave maker #h; FILL bob taker 2@104;
                                        | FILL dave maker #i leaves=1
    """,
    "orders at a market price meet pegs within their collar": """
        bob sell 1@1 peg=primary          | ACCEPTED bob
        carol buy 5@market                | REJECTED/NO_LIQUIDITY carol
        carol buy 5@market mtl            | REJECTED/NO_LIQUIDITY carol
        alice buy 1@100                   | ACCEPTED alice
        alice sell 1@108                  | ACCEPTED alice
        bob sell 1@1 peg=midpoint         | ACCEPTED bob
        bob sell 1@1 peg=primary offset=6 | ACCEPTED bob
        carol spend 22000@market          | ACCEPTED carol; FILL carol taker 1@104 cash=10400; FILL bob maker;
                                          | FILL carol taker 1@108 cash=10800; FILL alice maker;
                                          | CANCELLED/MARKET_REMAINDER carol budget=759
        alice sell 1@108                  | ACCEPTED alice
        carol buy 9@market                | ACCEPTED carol 9@113; FILL carol taker 1@108; FILL alice maker;
                                          | FILL carol taker 1@108; FILL bob maker;
                                          | CANCELLED/MARKET_REMAINDER carol leaves=7
    """,
    "a fill with a peg is a trade for stops": """
        alice buy 5@100                     | ACCEPTED alice
        alice sell 5@110                    | ACCEPTED alice
        bob buy 1@200 peg=midpoint          | ACCEPTED bob
        dave sell 1@90 stop=105 #s          | ACCEPTED dave #s trigger_price=105
        dave sell 1@90 stop=104 on=opposite | REJECTED/WOULD_TRIGGER dave
        carol sell 1@105 ioc                | ACCEPTED carol; FILL carol taker 1@105; FILL bob maker; TRIGGERED dave #s;
                                            | FILL dave taker #s 1@100; FILL alice maker leaves=4
    """,
    "a quote that takes a peg counts what it has paid": """
        alice protect 1 window=1000 fills=9 notional=10500 | PROTECTION_SET alice
        dave buy 5@100               | ACCEPTED dave
        dave sell 5@110              | ACCEPTED dave
        bob sell 1@1 peg=midpoint    | ACCEPTED bob
        alice quote 1 AAPL 3@109/0@0 | ACCEPTED alice; FILL alice taker 1@105 leaves=2; FILL bob maker;
                                     | PROTECTION_TRIGGERED alice limit=1 notional=10500;
                                     | CANCELLED/PROTECTION alice leaves=2; MASS_QUOTED alice accepted=1
    """,
    "a quote that moves is not followed while it is judged": """
        dave buy 5@90                     | ACCEPTED dave
        dave sell 5@110                   | ACCEPTED dave
        alice quote 1 AAPL 3@100/0@0      | ACCEPTED alice; MASS_QUOTED alice
        bob sell 1@1 peg=midpoint         | ACCEPTED bob
        alice quote 1 AAPL 3@101/0@0 post | QUOTE_REJECTED/POST_ONLY_WOULD_CROSS alice;
                                          | CANCELLED/QUOTE_REFUSED alice leaves=3; MASS_QUOTED alice refused=1
        alice quote 1 AAPL 3@99/0@0 post  | ACCEPTED alice 3@99; MASS_QUOTED alice
        alice quote 1 AAPL 3@101/0@0      | AMENDED/LOST alice; FILL alice taker 1@100 leaves=2; FILL bob maker;
                                          | MASS_QUOTED alice changed=1
    """,
}

PARTIES: Final = {
    "a peg rests and is met by its own party": """
        alice buy 5@100                  | ACCEPTED alice
        alice sell 5@110                 | ACCEPTED alice
        bob buy 3@120 peg=midpoint #p    | ACCEPTED bob #p
        bob sell 2@105 ioc newest        | ACCEPTED bob; CANCELLED/SELF_TRADE_INCOMING bob leaves=2
        bob sell 2@105 ioc stp=decrement | ACCEPTED bob; AMENDED/DECREMENTED bob #p 1@120 leaves=1 previous_price=120;
                                         | CANCELLED/SELF_TRADE_INCOMING bob leaves=2
        bob has                          | USDC 9988000+12000
        bob sell 5@105 ioc stp=decrement | ACCEPTED bob; CANCELLED/SELF_TRADE_RESTING bob #p leaves=1;
                                         | AMENDED/DECREMENTED bob 4@105 leaves=4; CANCELLED/IOC_REMAINDER bob leaves=4
        bob buy 3@120 peg=midpoint #p    | ACCEPTED bob #p
        bob sell 2@105 ioc oldest        | ACCEPTED bob; CANCELLED/SELF_TRADE_RESTING bob #p leaves=3;
                                         | CANCELLED/IOC_REMAINDER bob leaves=2
        bob buy 3@120 peg=midpoint #p    | ACCEPTED bob #p
        bob sell 2@105 ioc both          | ACCEPTED bob; CANCELLED/SELF_TRADE_RESTING bob #p leaves=3;
                                         | CANCELLED/SELF_TRADE_INCOMING bob leaves=2
        bob buy 3@120 peg=midpoint #p    | ACCEPTED bob #p
        bob sell 2@105 ioc stp=none      | ACCEPTED bob; FILL bob taker 2@105; FILL bob maker #p 2@105 leaves=1
        bob has                          | AAPL 10000+0 USDC 9988000+12000
    """,
    "a peg comes in and meets its own party": """
        alice buy 5@100                             | ACCEPTED alice
        alice sell 5@110                            | ACCEPTED alice
        bob sell 3@101 hidden #h                    | ACCEPTED bob #h
        bob buy 2@120 peg=midpoint newest           | ACCEPTED bob; CANCELLED/SELF_TRADE_INCOMING bob leaves=2
        bob buy 2@120 peg=midpoint stp=decrement    | ACCEPTED bob; AMENDED/DECREMENTED bob #h 1@101 leaves=1;
                                                    | CANCELLED/SELF_TRADE_INCOMING bob leaves=2
        bob buy 2@120 peg=midpoint stp=decrement #p | ACCEPTED bob; CANCELLED/SELF_TRADE_RESTING bob #h leaves=1;
                                                    | AMENDED/DECREMENTED bob #p 1@120 leaves=1
        bob cancel #p                               | CANCELLED/USER bob #p 1@120 leaves=1
        bob has                                     | AAPL 10000+0 USDC 10000000+0
    """,
    "accounts of one group": """
        bob group 7                   | ACCOUNT_SET bob
        carol group 7                 | ACCOUNT_SET carol
        alice buy 5@100               | ACCEPTED alice
        alice sell 5@110              | ACCEPTED alice
        bob buy 3@120 peg=midpoint    | ACCEPTED bob
        carol sell 2@100 peg=midpoint | ACCEPTED carol; CANCELLED/SELF_TRADE_INCOMING carol leaves=2
    """,
    "two pegs of one party come to cross: the later one goes": """
        alice buy 5@100                             | ACCEPTED alice
        alice sell 5@101 #near                      | ACCEPTED alice
        alice sell 5@105                            | ACCEPTED alice
        bob buy 3@110 peg=market offset=1 #b        | ACCEPTED bob
        bob sell 2@90 peg=market offset=1 newest #c | ACCEPTED bob
        alice cancel #near                          | CANCELLED/USER alice;
                                                    | CANCELLED/SELF_TRADE_INCOMING bob #c leaves=2
        #b is                                       | leaves=3
    """,
    "or the older one": """
        alice buy 5@100                             | ACCEPTED alice
        alice sell 5@101 #near                      | ACCEPTED alice
        alice sell 5@105                            | ACCEPTED alice
        bob sell 2@90 peg=market offset=1 newest #c | ACCEPTED bob
        bob buy 3@110 peg=market offset=1 oldest #b | ACCEPTED bob
        alice cancel #near                          | CANCELLED/USER alice; CANCELLED/SELF_TRADE_RESTING bob #c leaves=2
        #b is                                       | leaves=3
    """,
    "or both": """
        alice buy 5@100                           | ACCEPTED alice
        alice sell 5@101 #near                    | ACCEPTED alice
        alice sell 5@105                          | ACCEPTED alice
        bob sell 2@90 peg=market offset=1 #c      | ACCEPTED bob
        bob buy 3@110 peg=market offset=1 both #b | ACCEPTED bob
        alice cancel #near                        | CANCELLED/USER alice; CANCELLED/SELF_TRADE_RESTING bob #c leaves=2;
                                                  | CANCELLED/SELF_TRADE_INCOMING bob #b leaves=3
        bob has                                   | AAPL 10000+0 USDC 10000000+0
    """,
    "or lots of both": """
        alice buy 5@100                      | ACCEPTED alice
        alice sell 5@101 #near               | ACCEPTED alice
        alice sell 5@105                     | ACCEPTED alice
        bob sell 2@90 peg=market offset=1 #c | ACCEPTED bob
        bob buy 3@110 peg=market offset=1 stp=decrement #b | ACCEPTED bob
        alice cancel #near                   | CANCELLED/USER alice; CANCELLED/SELF_TRADE_RESTING bob #c leaves=2;
                                             | AMENDED/DECREMENTED bob #b 1@110 leaves=1 filled=0 previous_price=110
        bob has                              | AAPL 10000+0 USDC 9989000+11000
    """,
    "or they trade": """
        alice buy 5@100                      | ACCEPTED alice
        alice sell 5@101 #near               | ACCEPTED alice
        alice sell 5@105                     | ACCEPTED alice
        bob sell 2@90 peg=market offset=1 #c | ACCEPTED bob
        bob buy 3@110 peg=market offset=1 stp=none #b | ACCEPTED bob
        alice cancel #near                   | CANCELLED/USER alice; FILL bob taker #b 2@101 leaves=1;
                                             | FILL bob maker #c 2@101
    """,
}

MONEY: Final = {
    "a hold is of the limit, a fill of the effective price": """
        alice buy 1@100                  | ACCEPTED alice
        alice sell 1@110                 | ACCEPTED alice
        carol buy 10@110 peg=midpoint #p | ACCEPTED carol #p
        carol has                        | USDC 9889780+110220
        bob sell 4@105 ioc               | ACCEPTED bob; FILL bob taker 4@105 cash=42000 fee=0;
                                         | FILL carol maker #p 4@105 leaves=6 cash=42000 fee=42
        carol has                        | USDC 9891826+66132 AAPL 10040+0
        carol amend #p 7@110             | AMENDED/KEPT carol #p 7@110 leaves=3
        carol has                        | USDC 9924892+33066
        carol amend #p 7@120             | AMENDED/LOST carol #p 7@120 leaves=3 previous_price=110
        carol has                        | USDC 9921886+36072
        carol cancel #p                  | CANCELLED/USER carol #p 7@120 leaves=3 filled=4
        carol has                        | USDC 9957958+0
    """,
    "a sell holds lots": """
        alice buy 1@100                 | ACCEPTED alice
        alice sell 1@110                | ACCEPTED alice
        dave sell 10@90 peg=midpoint #p | ACCEPTED dave #p
        dave has                        | AAPL 9900+100 USDC 10000000+0
        bob buy 4@105 ioc               | ACCEPTED bob; FILL bob taker 4@105 cash=42000;
                                        | FILL dave maker #p leaves=6 fee=42
        dave has                        | AAPL 9900+60 USDC 10041958+0
        bob has                         | AAPL 10040+0 USDC 9958000+0
    """,
    "a peg that rested pays as a taker what it was accepted with": """
        alice buy 1@100                 | ACCEPTED alice
        alice sell 1@104 #o             | ACCEPTED alice
        carol buy 4@110 peg=midpoint #p | ACCEPTED carol
        carol has                       | USDC 9955912+44088
        dave sell 4@103 hidden          | ACCEPTED dave
        venue fees 1 500 9000           | FEE_SCHEDULE_SET venue
        venue restarts                  |
        alice cancel #o                 | CANCELLED/USER alice
        alice sell 1@108                | ACCEPTED alice; FILL carol taker #p 4@103 cash=41200 fee=82;
                                        | FILL dave maker fee=41
        carol has                       | USDC 9958718+0 AAPL 10040+0
        dave has                        | USDC 10041159+0 AAPL 9960+0
        venue has                       | USDC 123+0
    """,
    "or was amended with": """
        alice buy 1@100                 | ACCEPTED alice
        alice sell 1@104 #o             | ACCEPTED alice
        carol buy 3@110 peg=midpoint #p | ACCEPTED carol
        carol buy 4@109 peg=midpoint #q | ACCEPTED carol
        dave sell 7@103 hidden          | ACCEPTED dave
        venue fees 1 500 9000           | FEE_SCHEDULE_SET venue
        carol amend #p 4@110            | AMENDED/LOST carol #p 4@110
        carol amend #q 3@109            | AMENDED/KEPT carol #q 3@109
        alice cancel #o                 | CANCELLED/USER alice
        alice sell 1@108                | ACCEPTED alice; FILL carol taker #p 4@103 cash=41200 fee=370; FILL dave maker;
                                        | FILL carol taker #q 3@103 cash=30900 fee=61; FILL dave maker
    """,
    "the smallest price and the largest": """
        alice buy 1@1                 | ACCEPTED alice
        alice sell 1@1000             | ACCEPTED alice
        bob buy 1@1000 peg=primary #a | ACCEPTED bob #a
        bob has                       | USDC 9900000+100000
        bob sell 1@1 peg=primary #b   | ACCEPTED bob #b
        carol sell 2@1 ioc            | ACCEPTED carol; FILL carol taker 1@1; FILL alice maker; FILL carol taker 1@1;
                                      | FILL bob maker #a cash=100
        bob has                       | USDC 9999900+0 AAPL 10000+10
        carol buy 2@1000 ioc          | ACCEPTED carol; FILL carol taker 1@1000; FILL alice maker;
                                      | FILL carol taker 1@1000; FILL bob maker #b cash=100000
    """,
}

CROSSING: Final = {
    "a sell takes a hidden buy": """
        alice buy 5@100 #o            | ACCEPTED alice #o
        alice sell 5@106              | ACCEPTED alice
        bob sell 4@90 peg=midpoint #p | ACCEPTED bob #p
        dave buy 6@102 hidden #h      | ACCEPTED dave #h
        alice amend #o 5@97           | AMENDED/LOST alice; FILL bob taker #p 4@102 leaves=0;
                                      | FILL dave maker #h 4@102 leaves=2
    """,
    "a market peg follows the other side up": """
        alice buy 5@100                      | ACCEPTED alice
        alice sell 5@104 #o                  | ACCEPTED alice #o
        bob buy 4@120 peg=market offset=2 #p | ACCEPTED bob #p
        dave sell 3@106 hidden               | ACCEPTED dave
        carol buy 5@104                      | ACCEPTED carol; FILL carol taker 5@104; FILL alice maker #o
        alice sell 1@107                     | ACCEPTED alice
        dave has                             | AAPL 9970+30
        alice sell 1@150                     | ACCEPTED alice
        carol buy 1@107                      | ACCEPTED carol; FILL carol taker 1@106; FILL dave maker leaves=2
        carol buy 3@107 ioc                  | ACCEPTED carol; FILL carol taker 2@106; FILL dave maker leaves=0;
                                             | FILL carol taker 1@107; FILL alice maker leaves=0
    """,
    "a fill that empties a level is a move, too": """
        alice buy 5@100                      | ACCEPTED alice
        alice sell 1@104                     | ACCEPTED alice
        alice sell 5@150                     | ACCEPTED alice
        bob buy 4@120 peg=market offset=2 #p | ACCEPTED bob #p
        dave sell 3@106 hidden #h            | ACCEPTED dave #h
        carol buy 1@104                      | ACCEPTED carol; FILL carol taker 1@104; FILL alice maker;
                                             | FILL bob taker #p 3@106 leaves=1; FILL dave maker #h leaves=0
    """,
    "what is left takes its old place": """
        alice buy 5@100                | ACCEPTED alice
        alice sell 1@104 #o            | ACCEPTED alice #o
        alice sell 5@108               | ACCEPTED alice
        bob buy 4@120 peg=midpoint #p  | ACCEPTED bob #p
        dave buy 4@120 peg=midpoint #q | ACCEPTED dave #q
        carol sell 3@103 hidden        | ACCEPTED carol
        alice cancel #o                | CANCELLED/USER alice; FILL bob taker #p 3@103 leaves=1;
                                       | FILL carol maker leaves=0
        venue restarts                 |
        carol sell 2@104 ioc           | ACCEPTED carol; FILL carol taker 1@104; FILL bob maker #p leaves=0;
                                       | FILL carol taker 1@104; FILL dave maker #q leaves=3
    """,
    "one after another, as long as something crosses": """
        alice buy 5@100               | ACCEPTED alice
        alice sell 1@104 #o           | ACCEPTED alice #o
        alice sell 5@108              | ACCEPTED alice
        bob buy 2@120 peg=midpoint #p | ACCEPTED bob #p
        bob buy 2@119 peg=midpoint #q | ACCEPTED bob #q
        dave sell 3@103 hidden #h     | ACCEPTED dave #h
        carol sell 3@103 hidden #i    | ACCEPTED carol #i
        alice cancel #o               | CANCELLED/USER alice; FILL bob taker #p 2@103 leaves=0;
                                      | FILL dave maker #h leaves=1; FILL bob taker #q 1@103 leaves=1;
                                      | FILL dave maker #h leaves=0; FILL bob taker #q 1@103 leaves=0;
                                      | FILL carol maker #i leaves=2
    """,
    "pegs that meet take hidden orders at better prices first": """
        alice buy 5@100                        | ACCEPTED alice
        alice sell 5@101 #near                 | ACCEPTED alice #near
        alice sell 5@109                       | ACCEPTED alice
        bob sell 3@90 peg=market offset=4 #c   | ACCEPTED bob #c
        dave sell 1@102 hidden #h              | ACCEPTED dave #h
        carol buy 3@110 peg=market offset=1 #b | ACCEPTED carol #b
        alice cancel #near                     | CANCELLED/USER alice; FILL carol taker #b 1@102 leaves=2;
                                               | FILL dave maker #h; FILL carol taker #b 2@104 leaves=0;
                                               | FILL bob maker #c leaves=1
    """,
    "an amended peg is the later one": """
        alice buy 5@100                        | ACCEPTED alice
        alice sell 5@101 #near                 | ACCEPTED alice #near
        alice sell 5@105                       | ACCEPTED alice
        bob buy 3@110 peg=market offset=1 #b   | ACCEPTED bob #b
        carol sell 2@90 peg=market offset=1 #c | ACCEPTED carol #c
        bob amend #b 4@110                     | AMENDED/LOST bob #b
        venue restarts                         |
        alice cancel #near                     | CANCELLED/USER alice; FILL bob taker #b 2@101 leaves=2;
                                               | FILL carol maker #c leaves=0
    """,
    "a peg with fewer lots is as late as it was": """
        alice buy 5@100                        | ACCEPTED alice
        alice sell 5@101 #near                 | ACCEPTED alice #near
        alice sell 5@105                       | ACCEPTED alice
        bob buy 3@110 peg=market offset=1 #b   | ACCEPTED bob #b
        carol sell 2@90 peg=market offset=1 #c | ACCEPTED carol #c
        bob amend #b 2@110                     | AMENDED/KEPT bob #b
        alice cancel #near                     | CANCELLED/USER alice; FILL carol taker #c 2@104;
                                               | FILL bob maker #b leaves=0
    """,
    "a hidden minimum is no reason, but is met": """
        alice buy 5@100                 | ACCEPTED alice
        alice sell 5@104 #o             | ACCEPTED alice #o
        alice sell 5@110                | ACCEPTED alice
        bob buy 4@110 peg=midpoint #p   | ACCEPTED bob #p
        dave sell 6@103 hidden min=3 #h | ACCEPTED dave #h
        alice cancel #o                 | CANCELLED/USER alice
        venue due                       | None
        dave sell 1@105 hidden #i       | ACCEPTED dave #i; FILL dave taker #i 1@105 leaves=0;
                                        | FILL bob maker #p leaves=3
        alice buy 1@101 #x              | ACCEPTED alice
        carol sell 1@107 hidden #k      | ACCEPTED carol
        alice sell 1@106                | ACCEPTED alice
        alice sell 1@103 #y             | ACCEPTED alice #y; FILL alice taker #y 1@103; FILL bob maker #p 1@103 leaves=2
    """,
    "the taker meets a hidden minimum on its way": """
        alice buy 5@100                 | ACCEPTED alice
        alice sell 5@104 #o             | ACCEPTED alice #o
        alice sell 5@110                | ACCEPTED alice
        bob buy 4@110 peg=midpoint #p   | ACCEPTED bob #p
        dave sell 6@103 hidden min=3 #h | ACCEPTED dave #h
        carol sell 1@104 hidden #i      | ACCEPTED carol #i
        alice cancel #o                 | CANCELLED/USER alice; FILL bob taker #p 4@103 leaves=0;
                                        | FILL dave maker #h leaves=2; CANCELLED/BELOW_MINIMUM dave #h leaves=2
        carol has                       | AAPL 9990+10
    """,
    "before stops, and again after each": """
        alice buy 1@100               | ACCEPTED alice
        alice buy 5@98                | ACCEPTED alice
        alice sell 1@104              | ACCEPTED alice
        alice sell 5@110              | ACCEPTED alice
        bob buy 1@120 peg=midpoint #p | ACCEPTED bob #p
        bob buy 1@119 peg=midpoint #q | ACCEPTED bob #q
        dave sell 1@104 hidden #h     | ACCEPTED dave #h
        dave sell 1@106 hidden #i     | ACCEPTED dave #i
        carol buy 1@150 stop=104 #s   | ACCEPTED carol #s
        carol buy 1@104               | ACCEPTED carol; FILL carol taker 1@104; FILL alice maker;
                                      | FILL bob taker #p 1@104; FILL dave maker #h; TRIGGERED carol #s;
                                      | FILL carol taker #s 1@106; FILL dave maker #i
    """,
    "exits are placed before pegs cross": """
        alice buy 1@100                              | ACCEPTED alice
        alice sell 2@104                             | ACCEPTED alice
        alice sell 5@116                             | ACCEPTED alice
        bob buy 1@120 peg=midpoint #p                | ACCEPTED bob #p
        carol sell 1@106 hidden #h                   | ACCEPTED carol #h
        dave bracket buy 2@104 profit=109 stop=90 #e | ACCEPTED dave #e; FILL dave taker 2@104; FILL alice maker;
                                                     | ACCEPTED dave 2@109; ACCEPTED dave 2@86
        alice cancel-all                             | CANCELLED/CANCEL_ALL alice; CANCELLED/CANCEL_ALL alice;
                                                     | CANCEL_ALL_DONE alice orders=2
        alice buy 1@104                              | ACCEPTED alice; FILL bob taker #p 1@106; FILL carol maker #h
    """,
    "a halt lets nothing cross": """
        alice buy 5@100                        | ACCEPTED alice
        alice sell 5@101 #near                 | ACCEPTED alice #near
        alice sell 5@105                       | ACCEPTED alice
        bob buy 3@110 peg=market offset=1 #b   | ACCEPTED bob #b
        carol sell 2@90 peg=market offset=1 #c | ACCEPTED carol #c
        venue halt AAPL                        | HALTED venue
        alice cancel #near                     | CANCELLED/USER alice
        venue due                              | None
        venue pulse                            | PULSED venue items=0
        venue restarts                         |
        venue resume AAPL                      | RESUMED venue; FILL carol taker #c 2@104 leaves=0;
                                               | FILL bob maker #b leaves=1
    """,
    "expiries and days move what is followed": """
        venue roll 20261130                  | TRADE_DATE_ROLLED venue
        alice buy 5@100                      | ACCEPTED alice
        alice sell 5@101 expires=50 #near    | ACCEPTED alice #near
        alice sell 5@103 day #day            | ACCEPTED alice #day
        alice sell 5@110                     | ACCEPTED alice
        bob buy 3@110 peg=market offset=1 #b | ACCEPTED bob #b
        dave sell 2@102 hidden               | ACCEPTED dave
        dave sell 2@108 hidden               | ACCEPTED dave
        venue pulse at=50                    | CANCELLED/EXPIRED alice #near; FILL bob taker #b 2@102 leaves=1;
                                             | FILL dave maker; PULSED venue items=2
        venue roll 20261201                  | TRADE_DATE_ROLLED venue
        venue pulse                          | CANCELLED/DAY_ENDED alice #day; FILL bob taker #b 1@108 leaves=0;
                                             | FILL dave maker; PULSED venue items=2
    """,
    "a pulse goes on, with a new engine": """
        alice buy 5@100                             | ACCEPTED alice
        alice sell 5@101 #near                      | ACCEPTED alice #near
        alice sell 5@105                            | ACCEPTED alice
        70 times bob buy 1@110 peg=market offset=1  | ACCEPTED bob
        70 times dave sell 1@90 peg=market offset=2 | ACCEPTED dave
        alice cancel #near                          | CANCELLED/USER alice; 64 times (FILL dave taker 1@104;
                                                    | FILL bob maker)
        venue restarts                              |
        venue due                                   | 0
        venue halt AAPL                             | HALTED venue
        venue due                                   | None
        venue pulse                                 | PULSED venue items=0
        venue resume AAPL                           | RESUMED venue; 6 times (FILL dave taker 1@104; FILL bob maker)
    """,
    "an item is a peg, however much it takes": """
        alice buy 5@100                             | ACCEPTED alice
        alice sell 5@101 #near                      | ACCEPTED alice #near
        alice sell 5@105                            | ACCEPTED alice
        70 times bob buy 1@110 peg=market offset=1  | ACCEPTED bob
        35 times dave sell 2@90 peg=market offset=2 | ACCEPTED dave
        alice cancel #near                          | CANCELLED/USER alice; 35 times (FILL dave taker 1@104 leaves=1;
                                                    | FILL bob maker; FILL dave taker 1@104 leaves=0; FILL bob maker)
        venue due                                   | None
    """,
    "stops are looked at, though all items are used up": """
        alice buy 5@100                             | ACCEPTED alice
        alice sell 5@101 #near                      | ACCEPTED alice #near
        alice sell 5@105                            | ACCEPTED alice
        70 times bob buy 1@110 peg=market offset=1  | ACCEPTED bob
        70 times dave sell 1@90 peg=market offset=1 | ACCEPTED dave
        carol buy 1@120 stop=105 on=opposite #s     | ACCEPTED carol #s
        alice cancel #near                          | CANCELLED/USER alice; 64 times (FILL dave taker 1@104;
                                                    | FILL bob maker)
        venue due                                   | 0
        venue restarts                              |
        carol buy 1@50                              | ACCEPTED carol; 6 times (FILL dave taker 1@104; FILL bob maker);
                                                    | TRIGGERED carol #s; FILL carol taker #s 1@105; FILL alice maker
        venue due                                   | None
    """,
    "what comes meanwhile meets pegs at their prices": """
        alice buy 5@100                             | ACCEPTED alice
        alice sell 5@101 #near                      | ACCEPTED alice #near
        alice sell 5@105                            | ACCEPTED alice
        70 times bob buy 1@110 peg=market offset=1  | ACCEPTED bob
        70 times dave sell 1@90 peg=market offset=1 | ACCEPTED dave
        alice cancel #near                          | CANCELLED/USER alice; 64 times (FILL dave taker 1@104;
                                                    | FILL bob maker)
        carol buy 1@101 post on=GOLD                | ACCEPTED carol
        carol buy 1@101 post                        | REJECTED/POST_ONLY_WOULD_CROSS carol
        carol buy 6@101 ioc                         | ACCEPTED carol; 6 times (FILL carol taker 1@101; FILL dave maker)
        venue due                                   | None
        carol sell 6@104 ioc                        | ACCEPTED carol; 6 times (FILL carol taker 1@104; FILL bob maker)
    """,
}

BANDS: Final = {
    "an order that reaches a peg beyond the dynamic band begins a pause": """
        alice sell 1@100                      | ACCEPTED alice
        bob buy 1@100                         | ACCEPTED bob; FILL bob taker; FILL alice maker
        venue limits AAPL dynamic=300 call=50 | TRADING_LIMITS_SET venue
        alice buy 1@98                        | ACCEPTED alice
        alice sell 1@112                      | ACCEPTED alice
        bob sell 2@90 peg=midpoint #q         | ACCEPTED bob #q
        carol buy 1@110 fok                   | REJECTED/FOK_UNFILLABLE carol
        carol buy 1@110 ioc                   | ACCEPTED carol; PHASE_CHANGED venue phase=pause ends_at=50;
                                              | CANCELLED/IOC_REMAINDER carol leaves=1
        venue pulse at=50                     | UNCROSSED venue 0@0; PHASE_CHANGED venue phase=continuous;
                                              | PULSED venue items=1
        #q is                                 | leaves=2
    """,
    "a peg that comes to cross beyond it, too": """
        alice sell 1@100                      | ACCEPTED alice
        bob buy 1@100                         | ACCEPTED bob; FILL bob taker; FILL alice maker
        venue limits AAPL dynamic=300 call=50 | TRADING_LIMITS_SET venue
        alice buy 1@98                        | ACCEPTED alice
        alice sell 1@104 #near                | ACCEPTED alice #near
        alice sell 1@120                      | ACCEPTED alice
        bob buy 2@110 peg=midpoint #p         | ACCEPTED bob #p
        dave sell 2@105 hidden #h             | ACCEPTED dave #h
        alice cancel #near                    | CANCELLED/USER alice;
                                              | PHASE_CHANGED venue phase=pause previous_phase=continuous ends_at=50
        #p is                                 | leaves=2 price=110
        #h is                                 | leaves=2
        venue due                             | 50
    """,
    "the effective price counts for a static band": """
        venue reference AAPL 100               | REFERENCE_SET venue
        alice buy 1@98                         | ACCEPTED alice
        alice sell 1@110                       | ACCEPTED alice
        bob sell 2@96 peg=midpoint offset=2 #q | ACCEPTED bob #q
        bob sell 2@96 peg=midpoint #r          | ACCEPTED bob #r
        venue limits AAPL static=500 call=50   | TRADING_LIMITS_SET venue
        carol buy 3@105                        | ACCEPTED carol; FILL carol taker 2@104; FILL bob maker #r
        carol buy 3@106                        | REJECTED/PRICE_OUT_OF_BAND carol value=106 bound=105
        #q is                                  | leaves=2
    """,
    "beyond the volatility band what comes in is cancelled": """
        venue reference AAPL 100          | REFERENCE_SET venue
        venue volatility AAPL bps=500 limit=15 pause=300 | VOLATILITY_BANDS_SET venue;
                                          | VOLATILITY_BAND_MOVED venue lower=95 upper=105
        alice buy 1@98                    | ACCEPTED alice
        alice sell 1@116                  | ACCEPTED alice
        bob sell 2@96 peg=midpoint #q     | ACCEPTED bob #q
        bob sell 1@96 peg=market offset=1 | ACCEPTED bob
        carol buy 2@105                   | ACCEPTED carol; FILL carol taker 1@99; FILL bob maker;
                                          | LIMIT_STATE_CHANGED venue limit_state=up
        carol buy 2@market                | ACCEPTED carol 2@121; CANCELLED/OUT_OF_BAND carol leaves=2
    """,
    "and a peg that comes to cross": """
        venue reference AAPL 100      | REFERENCE_SET venue
        alice buy 1@98                | ACCEPTED alice
        alice sell 1@103 #near        | ACCEPTED alice #near
        alice sell 1@120              | ACCEPTED alice
        dave sell 2@106 hidden #h     | ACCEPTED dave #h
        bob buy 2@110 peg=midpoint #p | ACCEPTED bob #p
        venue volatility AAPL bps=500 limit=15 pause=300 | VOLATILITY_BANDS_SET venue;
                                      | VOLATILITY_BAND_MOVED venue lower=95 upper=105
        alice cancel #near            | CANCELLED/USER alice; CANCELLED/OUT_OF_BAND bob #p 2@110 leaves=2
        #h is                         | leaves=2
        bob has                       | USDC 10000000+0
    """,
    "a limit state knows no pegs": """
        venue reference AAPL 100   | REFERENCE_SET venue
        venue volatility AAPL bps=500 limit=15 pause=300 | VOLATILITY_BANDS_SET venue;
                                   | VOLATILITY_BAND_MOVED venue lower=95 upper=105
        alice buy 1@98             | ACCEPTED alice
        alice sell 1@116           | ACCEPTED alice
        bob buy 1@105 peg=midpoint | ACCEPTED bob
        bob buy 1@105 hidden       | ACCEPTED bob
        bob buy 1@105              | ACCEPTED bob; LIMIT_STATE_CHANGED venue limit_state=up
    """,
}

PHASES: Final = {
    "not in an auction, and in the book behind it": """
        venue phase AAPL auction      | PHASE_CHANGED venue
        alice buy 5@100               | ACCEPTED alice
        alice sell 3@99               | ACCEPTED alice
        bob sell 9@90 peg=primary #q  | ACCEPTED bob #q
        bob buy 9@120 peg=midpoint #p | ACCEPTED bob #p
        venue pulse at=1000000000     | INDICATED venue 3@100 surplus=2; PULSED venue items=1
        venue phase AAPL continuous   | UNCROSSED venue 3@100 surplus=2; FILL alice auction 3@100;
                                      | FILL alice auction 3@100; PHASE_CHANGED venue phase=continuous
        AAPL book                     | 2@100 /
        carol sell 9@1 ioc            | ACCEPTED carol; FILL carol taker 2@100; FILL alice maker;
                                      | CANCELLED/IOC_REMAINDER carol leaves=7
        #p is                         | leaves=9
        #q is                         | leaves=9
    """,
    "no touch in a call": """
        alice sell 5@110             | ACCEPTED alice
        alice buy 5@92               | ACCEPTED alice
        alice buy 1@90 post #x       | ACCEPTED alice #x
        bob sell 1@1 peg=midpoint #q | ACCEPTED bob #q
        alice amend #x 1@101         | REJECTED/POST_ONLY_WOULD_CROSS alice
        venue phase AAPL auction     | PHASE_CHANGED venue
        alice amend #x 1@101         | AMENDED/LOST alice #x 1@101
        #q is                        | leaves=1
    """,
    "a cancel that comes in an uncrossing is pending": """
        venue phase AAPL auction           | PHASE_CHANGED venue
        bob buy 2@120 peg=midpoint id=p #p | ACCEPTED bob #p
        70 times alice buy 1@100           | ACCEPTED alice
        70 times dave sell 1@100           | ACCEPTED dave
        venue phase AAPL continuous        | UNCROSSED venue 70@100; 64 times (FILL alice auction 1@100;
                                           | FILL dave auction 1@100)
        bob cancel #p                      | CANCEL_PENDING bob #p 2@120 leaves=2
        bob amend #p 1@120                 | REJECTED/WRONG_PHASE bob
        venue pulse                        | 6 times (FILL alice auction; FILL dave auction);
                                           | CANCELLED/USER bob #p leaves=2; PHASE_CHANGED venue phase=continuous;
                                           | PULSED venue items=7
    """,
    "a closed instrument, and a retired one": """
        alice buy 5@100                        | ACCEPTED alice
        alice sell 5@110                       | ACCEPTED alice
        bob sell 1@90 peg=primary #q           | ACCEPTED bob #q
        bob buy 1@120 peg=midpoint offset=2 #m | ACCEPTED bob #m
        bob buy 1@120 peg=midpoint #n          | ACCEPTED bob #n
        bob buy 1@119 peg=primary #a           | ACCEPTED bob #a
        bob buy 1@121 peg=primary #b           | ACCEPTED bob #b
        bob buy 1@121 peg=primary #c           | ACCEPTED bob #c
        carol sell 1@50 stop=60 #s             | ACCEPTED carol #s
        venue phase AAPL closed                | PHASE_CHANGED venue
        bob buy 1@120 peg=primary              | REJECTED/WRONG_PHASE bob
        bob cancel #q                          | CANCELLED/USER bob #q
        venue phase AAPL retired               | PHASE_CHANGED venue; CANCELLED/RETIRED alice; CANCELLED/RETIRED alice;
                                               | CANCELLED/RETIRED carol #s; CANCELLED/RETIRED bob #b;
                                               | CANCELLED/RETIRED bob #c; CANCELLED/RETIRED bob #a;
                                               | CANCELLED/RETIRED bob #n; CANCELLED/RETIRED bob #m
    """,
}

CHANGES: Final = {
    "an amendment is of its limit, its total and its end": """
        alice buy 5@100               | ACCEPTED alice
        alice sell 5@110              | ACCEPTED alice
        bob buy 3@105 peg=primary #p  | ACCEPTED bob #p
        bob amend #p 3@105            | REJECTED/AMEND_NO_CHANGE bob
        bob amend #p 3@105 display=1  | REJECTED/INVALID_COMBINATION bob
        bob amend #p 3@105 min=1      | REJECTED/INVALID_COMBINATION bob
        bob amend #p 3@105 stop=1     | REJECTED/INVALID_COMBINATION bob
        bob amend #p 3@105 trail=1    | REJECTED/INVALID_COMBINATION bob
        bob amend #p 3@1001           | REJECTED/INVALID_PRICE bob
        bob amend #p 99999@1000       | REJECTED/INSUFFICIENT_FUNDS bob
        bob amend #p 3@105 expires=70 | AMENDED/KEPT bob #p 3@105
        bob amend #p 2@105            | AMENDED/KEPT bob #p 2@105 leaves=2
        bob has                       | USDC 9979000+21000
        bob amend #p 2@104            | AMENDED/LOST bob #p 2@104 leaves=2 previous_price=105
        bob has                       | USDC 9979200+20800
        venue halt AAPL               | HALTED venue
        bob amend #p 1@104            | REJECTED/INSTRUMENT_HALTED bob
        venue pulse at=70             | CANCELLED/EXPIRED bob #p 2@104 leaves=2; PULSED venue items=1
    """,
    "one that waits is amended as one that does not": """
        bob buy 3@105 peg=midpoint #p | ACCEPTED bob #p
        bob amend #p 4@106            | AMENDED/LOST bob #p 4@106 leaves=4
        bob amend #p 2@106            | AMENDED/KEPT bob #p 2@106 leaves=2
        bob cancel #p                 | CANCELLED/USER bob #p 2@106 leaves=2
    """,
    "an amended limit lets it trade": """
        alice buy 5@100               | ACCEPTED alice
        alice sell 5@110              | ACCEPTED alice
        bob buy 5@101 peg=midpoint #p | ACCEPTED bob #p
        dave sell 3@102 hidden #h     | ACCEPTED dave #h
        bob amend #p 5@103            | AMENDED/LOST bob #p 5@103 leaves=5; FILL bob taker #p 3@102 leaves=2;
                                      | FILL dave maker #h
        bob has                       | USDC 9948800+20600
        bob amend #p 3@103            | REJECTED/AMEND_BELOW_FILLED bob
        bob amend #p 4@103            | AMENDED/KEPT bob #p 4@103 leaves=1 filled=3
    """,
    "another peg or offset is another order": """
        alice buy 5@100                          | ACCEPTED alice
        alice sell 5@110                         | ACCEPTED alice
        bob buy 3@120 peg=primary #p             | ACCEPTED bob #p
        bob replace #p buy 3@120 peg=market offset=2 #q | CANCELLED/REPLACED bob #p 3@120 leaves=3;
                                                 | ACCEPTED bob #q 3@120 peg=2 peg_offset=2
        bob has                                  | USDC 9964000+36000
        bob replace #q buy 3@120 peg=market      | REJECTED/INVALID_COMBINATION bob
        bob replace #q buy 3@120 peg=midpoint offset=16 | REJECTED/INVALID_PRICE bob
        bob replace #q sell 3@120 peg=primary    | REJECTED/INVALID_COMBINATION bob
        bob replace #q buy 3@108 #r              | CANCELLED/REPLACED bob #q; ACCEPTED bob #r 3@108 peg=0
        bob replace #r buy 3@120 peg=midpoint #s | CANCELLED/REPLACED bob #r; ACCEPTED bob #s 3@120 peg=3
        carol sell 1@106 ioc                     | ACCEPTED carol; CANCELLED/IOC_REMAINDER carol leaves=1
        carol sell 1@105 ioc                     | ACCEPTED carol; FILL carol taker 1@105; FILL bob maker #s leaves=2
    """,
    "what goes is not followed by what comes": """
        alice buy 5@100                           | ACCEPTED alice
        alice sell 5@110                          | ACCEPTED alice
        bob buy 1@104 #x                          | ACCEPTED bob #x
        dave sell 3@106 hidden                    | ACCEPTED dave
        bob replace #x buy 1@120 peg=midpoint fok | REJECTED/FOK_UNFILLABLE bob
        dave sell 3@105 hidden                    | ACCEPTED dave
        bob replace #x buy 1@120 peg=midpoint fok | CANCELLED/REPLACED bob #x; ACCEPTED bob; FILL bob taker 1@105;
                                                  | FILL dave maker
    """,
    "what is amended does not hold its own peg back": """
        alice buy 5@100               | ACCEPTED alice
        alice sell 5@110              | ACCEPTED alice
        carol buy 1@104 #x            | ACCEPTED carol #x
        bob sell 1@50 peg=midpoint #q | ACCEPTED bob #q
        carol amend #x 1@106          | AMENDED/LOST carol #x; FILL carol taker #x 1@105; FILL bob maker #q
    """,
    "ends": """
        venue roll 20261130                       | TRADE_DATE_ROLLED venue
        alice buy 3@105 peg=primary day #a        | ACCEPTED alice #a
        alice buy 3@105 peg=primary expires=50 #b | ACCEPTED alice #b
        alice sell 3@105 peg=midpoint #c          | ACCEPTED alice #c
        venue due                                 | 50
        venue restarts                            |
        venue due                                 | 50
        venue roll 20261201                       | TRADE_DATE_ROLLED venue
        venue pulse at=50                         | CANCELLED/EXPIRED alice #b leaves=3;
                                                  | CANCELLED/DAY_ENDED alice #a leaves=3; PULSED venue items=2
        alice cancel-after 10                     | CANCEL_AFTER_SET alice due_at=60
        venue pulse at=60                         | CANCELLED/DEAD_MAN alice #c leaves=3; PULSED venue items=2
    """,
    "mass cancels": """
        alice buy 3@105 peg=primary #a         | ACCEPTED alice #a
        alice sell 3@105 peg=midpoint #b       | ACCEPTED alice #b
        alice buy 3@105 peg=primary on=GOLD #g | ACCEPTED alice #g
        alice buy 1@100 #c                     | ACCEPTED alice #c
        alice cancel-all group=1               | CANCEL_ALL_DONE alice orders=0
        alice cancel-all AAPL sell             | CANCELLED/CANCEL_ALL alice #b 3@105 leaves=3;
                                               | CANCEL_ALL_DONE alice orders=1
        alice cancel-all AAPL                  | CANCELLED/CANCEL_ALL alice #a; CANCELLED/CANCEL_ALL alice #c;
                                               | CANCEL_ALL_DONE alice orders=2
        alice cancel-all                       | CANCELLED/CANCEL_ALL alice #g; CANCEL_ALL_DONE alice orders=1
        alice has                              | USDC 10000000+0 AAPL 10000+0
    """,
}

PEG_CHAPTERS: Final[dict[str, dict[str, str]]] = {
    "peg price": PRICES,
    "peg": FORMS,
    "peg priority": PRIORITY,
    "peg in matching": MATCHING,
    "peg of a party": PARTIES,
    "peg and money": MONEY,
    "pegs that cross": CROSSING,
    "peg and bands": BANDS,
    "peg in other phases": PHASES,
    "peg that changes": CHANGES,
}
