"""The rule book in tables: what orders, amendments and transfers do. `tests/scenarios.py` explains the rows."""

from typing import Any

import pytest

from tests.scenarios import play

HOLDS_AND_SETTLEMENT = {
    "a resting buy holds its cash": """
        alice buy 5@100 #a   | ACCEPTED alice buy #a 5@100 leaves=5 budget=0 instrument=AAPL
        alice has            | USDC 9950000+50000 AAPL 10000+0
        AAPL book            | 5@100 /
    """,
    "a resting buy holds the larger fee as well": """
        carol buy 5@100      | ACCEPTED carol
        carol has            | USDC 9949900+50100
    """,
    "a resting sell holds what it sells": """
        carol sell 5@100 #a  | ACCEPTED carol sell #a 5@100 leaves=5
        carol has            | USDC 10000000+0 AAPL 9950+50
        AAPL book            | / 5@100
    """,
    "a fill moves both legs and both fees": """
        dave sell 5@100 #s   | ACCEPTED dave
        carol buy 5@100 #b   | ACCEPTED carol #b;
                             | FILL carol buy taker #b 5@100 leaves=0 filled=5 cash=50000 fee=100 settlement_id=1;
                             | FILL dave sell maker #s 5@100 leaves=0 filled=5 cash=50000 fee=50 settlement_id=1
        carol has            | USDC 9949900+0 AAPL 10050+0
        dave has             | USDC 10049950+0 AAPL 9950+0
        venue has            | USDC 150+0 AAPL 0+0
    """,
    "a seller who takes pays from what it receives": """
        dave buy 5@100       | ACCEPTED dave
        carol sell 5@100     | ACCEPTED carol; FILL carol sell taker 5@100 fee=100; FILL dave buy maker 5@100 fee=50
        carol has            | USDC 10049900+0 AAPL 9950+0
        dave has             | USDC 9949950+0 AAPL 10050+0
    """,
    "the fill is at the maker's price and the improvement comes back": """
        alice sell 5@100     | ACCEPTED alice
        carol buy 5@110      | ACCEPTED carol 5@110; FILL carol taker 5@100 cash=50000 fee=100;
                             | FILL alice maker 5@100 fee=0
        carol has            | USDC 9949900+0 AAPL 10050+0
    """,
    "a maker's lower fee comes back as well": """
        carol buy 5@100      | ACCEPTED carol
        alice sell 5@90      | ACCEPTED alice; FILL alice taker 5@100 fee=0; FILL carol maker 5@100 fee=50
        carol has            | USDC 9949950+0 AAPL 10050+0
    """,
    "a partial fill keeps the hold of what is left": """
        carol buy 5@100      | ACCEPTED carol
        alice sell 2@100     | ACCEPTED alice; FILL alice taker 2@100 leaves=0;
                             | FILL carol maker 2@100 leaves=3 filled=2 fee=20
        carol has            | USDC 9949920+30060 AAPL 10020+0
    """,
    "a fee below one unit is nothing": """
        alice sell 499@1 on=GOLD | ACCEPTED alice
        carol buy 499@1 on=GOLD  | ACCEPTED carol; FILL carol taker 499@1 cash=499 fee=0; FILL alice maker 499@1
        alice sell 500@1 on=GOLD | ACCEPTED alice
        carol buy 500@1 on=GOLD  | ACCEPTED carol; FILL carol taker 500@1 cash=500 fee=1; FILL alice maker 500@1
        carol has                | USDC 9999000+0 GOLD 1999+0
    """,
    "fees are rounded for each fill by itself": """
        alice sell 250@1 on=GOLD | ACCEPTED alice
        bob sell 250@1 on=GOLD   | ACCEPTED bob
        carol buy 500@1 on=GOLD  | ACCEPTED carol; FILL carol taker 250@1 fee=0; FILL alice maker;
                                 | FILL carol taker 250@1 fee=0; FILL bob maker
        carol has                | USDC 9999500+0 GOLD 1500+0
        venue has                | USDC 0+0
    """,
    "the last unit of money and the last lot can be used": """
        alice buy 1000@100   | ACCEPTED alice
        alice buy 1@1        | REJECTED/INSUFFICIENT_FUNDS alice
        bob sell 1000@100    | ACCEPTED bob; FILL bob taker 1000@100 leaves=0; FILL alice maker 1000@100 leaves=0
        bob sell 1@100       | REJECTED/INSUFFICIENT_FUNDS bob
        alice has            | USDC 0+0 AAPL 20000+0
        bob has              | USDC 20000000+0 AAPL 0+0
    """,
    "the fee alone can make a buy too dear": """
        carol buy 1000@100   | REJECTED/INSUFFICIENT_FUNDS carol
        carol buy 998@100    | ACCEPTED carol
        carol has            | USDC 40+9999960
    """,
    "what was bought can be sold at once": """
        alice sell 5@100     | ACCEPTED alice
        venue buy 1@100      | REJECTED/INSUFFICIENT_FUNDS venue
        poor buy 1@100       | REJECTED/INSUFFICIENT_FUNDS poor
        bob transfer 100000 USDC poor | TRANSFER_OUT bob; TRANSFER_IN poor
        poor buy 5@100       | ACCEPTED poor; FILL poor taker 5@100; FILL alice maker
        poor sell 5@100      | ACCEPTED poor
        poor has             | USDC 50000+0 AAPL 0+50
    """,
    "the venue trades and receives its own fee": """
        alice transfer 1000 USDC venue | TRANSFER_OUT alice; TRANSFER_IN venue
        carol sell 500@1 on=GOLD | ACCEPTED carol
        venue buy 500@1 on=GOLD  | ACCEPTED venue; FILL venue taker 500@1 fee=0; FILL carol maker 500@1 fee=0
        venue sell 500@2 on=GOLD | ACCEPTED venue
        carol buy 500@2 on=GOLD  | ACCEPTED carol; FILL carol taker 500@2 fee=2; FILL venue maker 500@2 fee=0
        venue has                | USDC 1502+0 GOLD 0+0
    """,
}

PRIORITY = {
    "better prices first, then the older order": """
        alice sell 5@101 #1  | ACCEPTED alice
        bob sell 5@100 #2    | ACCEPTED bob
        alice sell 5@100 #3  | ACCEPTED alice
        carol buy 12@101     | ACCEPTED carol; FILL carol 5@100 leaves=7; FILL bob #2; FILL carol 5@100 leaves=2;
                             | FILL alice #3; FILL carol 2@101 leaves=0; FILL alice #1 leaves=3 filled=2
        AAPL book            | / 3@101
    """,
    "the highest bid first": """
        alice buy 5@99 #1    | ACCEPTED alice
        bob buy 5@100 #2     | ACCEPTED bob
        carol sell 6@99      | ACCEPTED carol; FILL carol 5@100; FILL bob #2; FILL carol 1@99;
                             | FILL alice #1 leaves=4
    """,
    "a partial fill keeps its place": """
        alice sell 5@100 #1  | ACCEPTED alice
        bob sell 5@100 #2    | ACCEPTED bob
        carol buy 2@100      | ACCEPTED carol; FILL carol; FILL alice #1 leaves=3
        carol buy 4@100      | ACCEPTED carol; FILL carol 3@100; FILL alice #1 leaves=0; FILL carol 1@100;
                             | FILL bob #2 leaves=4
    """,
    "what does not match rests": """
        alice sell 5@100     | ACCEPTED alice
        bob buy 8@100 #b     | ACCEPTED bob; FILL bob leaves=3; FILL alice
        AAPL book            | 3@100 /
        bob has              | USDC 9920000+30000 AAPL 10050+0
    """,
    "settlement ids count the fills": """
        alice sell 1@100     | ACCEPTED alice
        alice sell 1@100     | ACCEPTED alice
        bob buy 2@100        | ACCEPTED bob; FILL bob settlement_id=1; FILL alice settlement_id=1;
                             | FILL bob settlement_id=2; FILL alice settlement_id=2
        alice buy 1@100      | ACCEPTED alice
        bob sell 1@100       | ACCEPTED bob; FILL bob settlement_id=3; FILL alice settlement_id=3
    """,
}

TIME_IN_FORCE = {
    "ioc: the remainder is cancelled": """
        alice sell 3@100     | ACCEPTED alice
        bob buy 5@100 ioc #b | ACCEPTED bob; FILL bob taker 3@100 leaves=2; FILL alice maker;
                             | CANCELLED/IOC_REMAINDER bob buy #b 5@100 leaves=2 filled=3 budget=0
        bob has              | USDC 9970000+0 AAPL 10030+0
        AAPL book            | /
    """,
    "ioc: nothing to match": """
        carol buy 5@100 ioc  | ACCEPTED carol; CANCELLED/IOC_REMAINDER carol leaves=5 filled=0
        carol has            | USDC 10000000+0
        carol sell 5@100 ioc | ACCEPTED carol; CANCELLED/IOC_REMAINDER carol sell leaves=5 filled=0
        carol has            | AAPL 10000+0
    """,
    "ioc: filled whole": """
        alice sell 5@100     | ACCEPTED alice
        bob buy 5@100 ioc    | ACCEPTED bob; FILL bob leaves=0; FILL alice leaves=0
    """,
    "fok: across levels, all or nothing": """
        alice sell 5@100     | ACCEPTED alice
        bob sell 5@101       | ACCEPTED bob
        carol buy 11@101 fok | REJECTED/FOK_UNFILLABLE carol
        carol buy 6@100 fok  | REJECTED/FOK_UNFILLABLE carol
        carol has            | USDC 10000000+0
        carol buy 10@101 fok | ACCEPTED carol; FILL carol 5@100; FILL alice; FILL carol 5@101 leaves=0; FILL bob
    """,
    "fok: on the sell side": """
        alice buy 5@100      | ACCEPTED alice
        bob buy 5@99         | ACCEPTED bob
        carol sell 6@100 fok | REJECTED/FOK_UNFILLABLE carol
        carol sell 6@99 fok  | ACCEPTED carol; FILL carol 5@100; FILL alice; FILL carol 1@99; FILL bob leaves=4
    """,
    "fok: an empty book": """
        carol buy 1@100 fok  | REJECTED/FOK_UNFILLABLE carol
    """,
    "post-only: never takes, not even by a tick": """
        alice sell 5@100     | ACCEPTED alice
        bob buy 5@100 post   | REJECTED/POST_ONLY_WOULD_CROSS bob
        bob buy 5@101 post   | REJECTED/POST_ONLY_WOULD_CROSS bob
        bob buy 5@99 post #b | ACCEPTED bob
        carol sell 5@99 post | REJECTED/POST_ONLY_WOULD_CROSS carol
        carol sell 5@99      | ACCEPTED carol; FILL carol taker; FILL bob maker #b 5@99
    """,
    "post-only: own orders count": """
        alice sell 5@100     | ACCEPTED alice
        alice buy 5@100 post oldest | REJECTED/POST_ONLY_WOULD_CROSS alice
    """,
}

MARKET_ORDERS = {
    "the collar ends a market buy": """
        alice sell 5@100     | ACCEPTED alice
        alice sell 5@105     | ACCEPTED alice
        alice sell 5@106     | ACCEPTED alice
        bob buy 15@market #m | ACCEPTED bob #m 15@105 leaves=15; FILL bob 5@100; FILL alice; FILL bob 5@105;
                             | FILL alice; CANCELLED/MARKET_REMAINDER bob #m 15@105 leaves=5 filled=10
        bob has              | USDC 9897500+0 AAPL 10100+0
    """,
    "the collar of a buy is rounded down": """
        alice sell 5@99      | ACCEPTED alice
        bob buy 1@market     | ACCEPTED bob 1@103; FILL bob 1@99; FILL alice
    """,
    "the collar of a sell is rounded up": """
        alice buy 5@99       | ACCEPTED alice
        alice buy 5@94       | ACCEPTED alice
        bob sell 6@market    | ACCEPTED bob 6@95; FILL bob 5@99; FILL alice; CANCELLED/MARKET_REMAINDER bob leaves=1
    """,
    "the collar stays within the prices of the instrument": """
        alice sell 5@999     | ACCEPTED alice
        bob buy 1@market     | ACCEPTED bob 1@1000; FILL bob 1@999; FILL alice
        bob buy 5@1          | ACCEPTED bob
        alice sell 1@market  | ACCEPTED alice 1@1; FILL alice 1@1; FILL bob
    """,
    "a collar of nothing is the best price": """
        alice sell 5@100 on=GOLD    | ACCEPTED alice
        alice sell 5@101 on=GOLD    | ACCEPTED alice
        bob buy 6@market on=GOLD    | ACCEPTED bob 6@100; FILL bob 5@100; FILL alice;
                                    | CANCELLED/MARKET_REMAINDER bob leaves=1
        bob buy 5@99 on=GOLD        | ACCEPTED bob
        alice sell 6@market on=GOLD | ACCEPTED alice 6@99; FILL alice 5@99; FILL bob;
                                    | CANCELLED/MARKET_REMAINDER alice leaves=1
    """,
    "an emptied book ends it as well": """
        alice sell 5@100     | ACCEPTED alice
        bob buy 6@market     | ACCEPTED bob; FILL bob 5@100; FILL alice;
                             | CANCELLED/MARKET_REMAINDER bob 6@105 leaves=1 filled=5
    """,
    "no liquidity": """
        bob buy 1@market     | REJECTED/NO_LIQUIDITY bob
        alice buy 1@100      | ACCEPTED alice
        bob buy 1@market     | REJECTED/NO_LIQUIDITY bob
        bob sell 1@market    | ACCEPTED bob 1@95; FILL bob 1@100; FILL alice
    """,
    "the hold is at the collar, not at the price of the fill": """
        alice sell 10@100    | ACCEPTED alice
        bob transfer 104999 USDC poor | TRANSFER_OUT bob; TRANSFER_IN poor
        poor buy 10@market   | REJECTED/INSUFFICIENT_FUNDS poor
        bob transfer 1 USDC poor | TRANSFER_OUT bob; TRANSFER_IN poor
        poor buy 10@market   | ACCEPTED poor 10@105; FILL poor 10@100; FILL alice
        poor has             | USDC 5000+0 AAPL 100+0
    """,
    "fill or kill within the collar": """
        alice sell 5@100     | ACCEPTED alice
        alice sell 5@106     | ACCEPTED alice
        bob buy 6@market fok | REJECTED/FOK_UNFILLABLE bob
        bob buy 5@market fok | ACCEPTED bob 5@105; FILL bob 5@100 leaves=0; FILL alice
    """,
}

NOTIONAL_ORDERS = {
    "what can not be spent comes back": """
        alice sell 10@30 on=GOLD     | ACCEPTED alice
        bob spend 100@30 on=GOLD #n  | ACCEPTED bob buy #n 0@30 leaves=0 budget=100;
                                     | FILL bob taker #n 3@30 leaves=0 filled=3 cash=90; FILL alice maker leaves=7;
                                     | CANCELLED/IOC_REMAINDER bob #n 3@30 leaves=0 filled=3 budget=10
        bob has                      | USDC 9999910+0 GOLD 1003+0
    """,
    "a budget used up ends as filled": """
        alice sell 10@30 on=GOLD     | ACCEPTED alice
        bob spend 90@30 on=GOLD id=n | ACCEPTED bob; FILL bob 3@30 filled=3; FILL alice
        bob spend 90@30 on=GOLD id=n | DUPLICATE/FILLED bob 3@30 leaves=0 filled=3
    """,
    "one unit less than a lot with its fee buys nothing": """
        alice sell 10@500 on=GOLD    | ACCEPTED alice
        carol spend 500@500 on=GOLD  | ACCEPTED carol budget=500;
                                     | CANCELLED/IOC_REMAINDER carol 0@500 filled=0 budget=500
        carol spend 501@500 on=GOLD  | ACCEPTED carol budget=501; FILL carol 1@500 cash=500 fee=1; FILL alice
        carol has                    | USDC 9999499+0 GOLD 1001+0
    """,
    "a fee that rounds to nothing costs nothing": """
        alice sell 10@499 on=GOLD    | ACCEPTED alice
        carol spend 499@499 on=GOLD  | ACCEPTED carol; FILL carol 1@499 cash=499 fee=0; FILL alice
        carol spend 498@499 on=GOLD  | ACCEPTED carol; CANCELLED/IOC_REMAINDER carol filled=0 budget=498
    """,
    "across levels": """
        alice sell 2@100 on=GOLD     | ACCEPTED alice
        alice sell 2@110 on=GOLD     | ACCEPTED alice
        bob spend 310@110 on=GOLD    | ACCEPTED bob; FILL bob 2@100 filled=2 leaves=0; FILL alice;
                                     | FILL bob 1@110 filled=3 leaves=0; FILL alice
    """,
    "the limit ends it": """
        alice sell 2@100 on=GOLD     | ACCEPTED alice
        alice sell 2@101 on=GOLD     | ACCEPTED alice
        bob spend 1000@100 on=GOLD   | ACCEPTED bob; FILL bob 2@100; FILL alice;
                                     | CANCELLED/IOC_REMAINDER bob 2@100 leaves=0 filled=2 budget=800
    """,
    "at the market": """
        bob spend 1000@market        | REJECTED/NO_LIQUIDITY bob
        alice sell 2@100             | ACCEPTED alice
        bob spend 25000@market #n    | ACCEPTED bob 0@105 budget=25000; FILL bob 2@100; FILL alice;
                                     | CANCELLED/MARKET_REMAINDER bob 2@105 filled=2 budget=5000
        bob has                      | USDC 9980000+0
    """,
    "the budget is the hold": """
        alice sell 1@1 on=GOLD             | ACCEPTED alice
        bob spend 10000001@1 on=GOLD       | REJECTED/INSUFFICIENT_FUNDS bob
        bob spend 10000000@1 on=GOLD       | ACCEPTED bob; FILL bob 1@1; FILL alice;
                                           | CANCELLED/IOC_REMAINDER bob budget=9999999
    """,
    "only a buy, only ioc": """
        alice spend 100@10 gtc       | REJECTED/INVALID_COMBINATION alice
        alice spend 100@10 fok       | REJECTED/INVALID_COMBINATION alice
        alice spend 100@10 post      | REJECTED/INVALID_COMBINATION alice
        alice spend 100@market fok   | REJECTED/INVALID_COMBINATION alice
        alice spend 0@10             | REJECTED/INVALID_QUANTITY alice
    """,
    "meets its own account": """
        bob sell 2@100 on=GOLD #s           | ACCEPTED bob
        bob spend 500@100 on=GOLD           | ACCEPTED bob;
                                            | CANCELLED/SELF_TRADE_INCOMING bob buy 0@100 leaves=0 budget=500
        bob spend 500@100 on=GOLD both      | ACCEPTED bob; CANCELLED/SELF_TRADE_RESTING bob sell #s 2@100 leaves=2;
                                            | CANCELLED/SELF_TRADE_INCOMING bob buy budget=500
        bob has                             | USDC 10000000+0 GOLD 1000+0
    """,
}

SELF_TRADE_PREVENTION = {
    "cancel newest": """
        alice sell 5@100     | ACCEPTED alice
        bob sell 5@100       | ACCEPTED bob
        alice buy 8@100 newest #n | ACCEPTED alice;
                                  | CANCELLED/SELF_TRADE_INCOMING alice buy #n 8@100 leaves=8 filled=0
        alice has            | USDC 10000000+0 AAPL 9950+50
        AAPL book            | / 10@100
    """,
    "cancel oldest": """
        alice sell 5@100 #a  | ACCEPTED alice
        bob sell 5@100       | ACCEPTED bob
        alice buy 8@100 oldest | ACCEPTED alice; CANCELLED/SELF_TRADE_RESTING alice sell #a 5@100 leaves=5;
                               | FILL alice taker 5@100 leaves=3; FILL bob maker
        AAPL book            | 3@100 /
    """,
    "cancel both": """
        alice sell 5@100 #a  | ACCEPTED alice
        bob sell 5@100       | ACCEPTED bob
        alice buy 8@100 both #n | ACCEPTED alice; CANCELLED/SELF_TRADE_RESTING alice #a leaves=5;
                                | CANCELLED/SELF_TRADE_INCOMING alice #n leaves=8
        AAPL book            | / 5@100
        alice has            | USDC 10000000+0 AAPL 10000+0
    """,
    "what traded before stays traded": """
        bob sell 2@99        | ACCEPTED bob
        alice sell 5@100     | ACCEPTED alice
        alice buy 8@100 #n   | ACCEPTED alice; FILL alice 2@99; FILL bob;
                             | CANCELLED/SELF_TRADE_INCOMING alice #n 8@100 leaves=6 filled=2
    """,
    "the incoming order's mode counts": """
        alice sell 5@100 oldest | ACCEPTED alice
        alice buy 5@100 newest  | ACCEPTED alice; CANCELLED/SELF_TRADE_INCOMING alice buy
        AAPL book               | / 5@100
    """,
    "beyond the limit nothing is prevented": """
        alice sell 5@101     | ACCEPTED alice
        alice buy 5@100 both | ACCEPTED alice
        AAPL book            | 5@100 / 5@101
    """,
    "fill or kill: own orders end the walk or are passed over": """
        bob sell 5@99           | ACCEPTED bob
        alice sell 5@100 #a     | ACCEPTED alice
        bob sell 5@101          | ACCEPTED bob
        alice buy 6@101 fok     | REJECTED/FOK_UNFILLABLE alice
        alice buy 6@101 fok both | REJECTED/FOK_UNFILLABLE alice
        alice buy 11@101 fok oldest | REJECTED/FOK_UNFILLABLE alice
        AAPL book               | / 5@99 5@100 5@101
        alice buy 10@101 fok oldest | ACCEPTED alice; FILL alice 5@99; FILL bob;
                                    | CANCELLED/SELF_TRADE_RESTING alice #a; FILL alice 5@101 leaves=0; FILL bob
    """,
    "fill or kill: own orders that are not reached do not matter": """
        bob sell 5@99           | ACCEPTED bob
        alice sell 5@99         | ACCEPTED alice
        alice buy 5@99 fok both | ACCEPTED alice; FILL alice 5@99 leaves=0; FILL bob
    """,
    "an amendment brings its own mode along": """
        alice buy 5@90 oldest #x | ACCEPTED alice
        alice sell 5@100 #a      | ACCEPTED alice
        alice amend #x 5@100     | AMENDED/LOST alice #x 5@100; CANCELLED/SELF_TRADE_RESTING alice #a
        AAPL book                | 5@100 /
    """,
    "an amended order can be the one that goes": """
        alice buy 5@90 newest #x | ACCEPTED alice
        alice sell 5@100 #a      | ACCEPTED alice
        alice amend #x 6@100     | AMENDED/LOST alice #x; CANCELLED/SELF_TRADE_INCOMING alice #x 6@100 leaves=6
        AAPL book                | / 5@100
        alice has                | USDC 10000000+0 AAPL 9950+50
    """,
}

AMENDMENTS = {
    "less at the same price keeps the place": """
        alice sell 5@100 #a  | ACCEPTED alice
        bob sell 5@100       | ACCEPTED bob
        alice amend #a 3@100 | AMENDED/KEPT alice sell #a 3@100 leaves=3 filled=0 previous_price=100 instrument=AAPL
        alice has            | AAPL 9970+30
        carol buy 1@100      | ACCEPTED carol; FILL carol; FILL alice #a leaves=2
    """,
    "more at the same price loses it": """
        alice sell 5@100 #a  | ACCEPTED alice
        bob sell 5@100 #b    | ACCEPTED bob
        alice amend #a 6@100 | AMENDED/LOST alice sell #a 6@100 leaves=6 filled=0 previous_price=100
        alice has            | AAPL 9940+60
        carol buy 6@100      | ACCEPTED carol; FILL carol 5@100; FILL bob #b; FILL carol 1@100;
                             | FILL alice #a leaves=5
    """,
    "another price loses it": """
        alice sell 5@100 #a  | ACCEPTED alice
        bob sell 5@101 #b    | ACCEPTED bob
        alice amend #a 4@101 | AMENDED/LOST alice #a 4@101 leaves=4 previous_price=100
        AAPL book            | / 9@101
        carol buy 6@101      | ACCEPTED carol; FILL carol 5@101; FILL bob #b; FILL carol 1@101;
                             | FILL alice #a leaves=3
    """,
    "quantities are totals": """
        alice sell 5@100 #a  | ACCEPTED alice
        carol buy 2@100      | ACCEPTED carol; FILL carol; FILL alice leaves=3 filled=2
        alice amend #a 2@100 | REJECTED/AMEND_BELOW_FILLED alice #a
        alice amend #a 1@90  | REJECTED/AMEND_BELOW_FILLED alice #a
        alice amend #a 5@100 | REJECTED/AMEND_NO_CHANGE alice #a
        alice amend #a 3@100 | AMENDED/KEPT alice 3@100 leaves=1 filled=2
        alice has            | AAPL 9970+10
        alice amend #a 7@100 | AMENDED/LOST alice 7@100 leaves=5 filled=2
        alice has            | AAPL 9930+50
    """,
    "a crossing amendment takes": """
        alice buy 5@99 #a    | ACCEPTED alice
        bob sell 3@100       | ACCEPTED bob
        alice amend #a 5@101 | AMENDED/LOST alice buy #a 5@101 leaves=5 previous_price=99;
                             | FILL alice taker #a 3@100 leaves=2 filled=3; FILL bob maker
        AAPL book            | 2@101 /
        alice has            | USDC 9949800+20200
    """,
    "a crossing amendment can be filled": """
        alice buy 5@99 id=x #a | ACCEPTED alice
        bob sell 5@100         | ACCEPTED bob
        alice amend #a 5@100   | AMENDED/LOST alice #a; FILL alice taker leaves=0; FILL bob maker
        alice amend #a 6@100   | REJECTED/UNKNOWN_ORDER alice
        alice buy 5@99 id=x    | DUPLICATE/FILLED alice #a 5@100 leaves=0 filled=5 id=x
        alice buy 5@100 id=x   | REJECTED/CLIENT_ORDER_ID_REUSED alice
    """,
    "today's rates, unless the place is kept": """
        carol buy 5@100 #c   | ACCEPTED carol
        carol has            | USDC 9949900+50100
        venue fees 1 0 10000 | FEE_SCHEDULE_SET venue fee_schedule=1 maker_rate=0 taker_rate=10000
        carol amend #c 4@100 | AMENDED/KEPT carol
        carol has            | USDC 9959920+40080
        carol amend #c 5@100 | AMENDED/LOST carol
        carol has            | USDC 9949500+50500
    """,
    "a maker pays the rate of its acceptance": """
        carol buy 5@100      | ACCEPTED carol
        venue fees 1 0 0     | FEE_SCHEDULE_SET venue
        dave sell 5@100      | ACCEPTED dave; FILL dave taker fee=0; FILL carol maker fee=50
        carol has            | USDC 9949950+0
    """,
    "the old hold counts towards the new": """
        alice buy 900@100 #a  | ACCEPTED alice
        alice amend #a 1001@100 | REJECTED/INSUFFICIENT_FUNDS alice #a
        alice amend #a 1000@100 | AMENDED/LOST alice
        alice has             | USDC 0+10000000
        alice amend #a 500@200 | AMENDED/LOST alice
        alice amend #a 500@201 | REJECTED/INSUFFICIENT_FUNDS alice
    """,
    "post-only stays post-only": """
        alice sell 5@100       | ACCEPTED alice
        bob buy 5@99 post #b   | ACCEPTED bob
        bob amend #b 5@100     | REJECTED/POST_ONLY_WOULD_CROSS bob #b
        bob amend #b 5@98      | AMENDED/LOST bob 5@98
        AAPL book              | 5@98 / 5@100
    """,
    "by client id": """
        alice buy 5@99 id=x #a | ACCEPTED alice
        alice amend id=x 4@99  | AMENDED/KEPT alice #a 4@99
        bob amend id=x 4@99    | REJECTED/UNKNOWN_ORDER bob order_id=0
    """,
    "limits": """
        alice buy 5@99 #a      | ACCEPTED alice
        alice amend #a 0@99    | REJECTED/INVALID_QUANTITY alice #a
        alice amend #a 5@0     | REJECTED/INVALID_PRICE alice #a
        alice amend #a 5@1001  | REJECTED/INVALID_PRICE alice #a
        alice amend #a 4611686018427387904@2 | REJECTED/OVERFLOW alice #a
        bob amend #a 4@99      | REJECTED/UNKNOWN_ORDER bob #a
    """,
    "a halted instrument does not amend": """
        alice buy 5@99 #a      | ACCEPTED alice
        venue halt AAPL        | HALTED venue instrument=AAPL
        alice amend #a 4@99    | REJECTED/INSTRUMENT_HALTED alice #a
        venue resume AAPL      | RESUMED venue
        alice amend #a 4@99    | AMENDED/KEPT alice
    """,
}

CLIENT_ORDER_IDS = {
    "the same again is answered with what has become of it": """
        alice sell 5@100 id=x #a | ACCEPTED alice #a id=x
        alice sell 5@100 id=x    | DUPLICATE/OPEN alice sell #a 5@100 leaves=5 filled=0 instrument=AAPL id=x
        bob buy 2@100            | ACCEPTED bob; FILL bob id=; FILL alice id=x
        alice sell 5@100 id=x    | DUPLICATE/OPEN alice sell #a 5@100 leaves=3 filled=2
        alice has                | AAPL 9950+30
        AAPL book                | / 3@100
    """,
    "anything else under the same id is refused": """
        alice sell 5@100 id=x #a | ACCEPTED alice
        alice buy 5@100 id=x          | REJECTED/CLIENT_ORDER_ID_REUSED alice instrument=AAPL id=x order_id=0
        alice sell 6@100 id=x         | REJECTED/CLIENT_ORDER_ID_REUSED alice
        alice sell 5@101 id=x         | REJECTED/CLIENT_ORDER_ID_REUSED alice
        alice sell 5@100 id=x oldest  | REJECTED/CLIENT_ORDER_ID_REUSED alice
        alice sell 5@100 id=x ioc     | REJECTED/CLIENT_ORDER_ID_REUSED alice
        alice sell 5@market id=x      | REJECTED/CLIENT_ORDER_ID_REUSED alice
        alice sell 5@100 id=x on=GOLD | REJECTED/CLIENT_ORDER_ID_REUSED alice instrument=GOLD
        alice sell 0@0 id=x on=NONE   | REJECTED/CLIENT_ORDER_ID_REUSED alice instrument=NONE
        alice spend 5@100 id=x        | REJECTED/CLIENT_ORDER_ID_REUSED alice
        alice sell 5@100 id=X         | ACCEPTED alice id=X
        AAPL book                     | / 10@100
    """,
    "what was asked for counts, not what it was amended to": """
        alice sell 5@100 id=x #a | ACCEPTED alice
        alice amend #a 4@101     | AMENDED/LOST alice id=x
        alice sell 5@100 id=x    | DUPLICATE/OPEN alice sell #a 4@101 leaves=4 filled=0
        alice sell 4@101 id=x    | REJECTED/CLIENT_ORDER_ID_REUSED alice
        alice amend #a 3@101     | AMENDED/KEPT alice id=x
        alice cancel #a          | CANCELLED/USER alice id=x
        alice sell 5@100 id=x    | DUPLICATE/CANCELLED alice sell #a 3@101 leaves=0
        alice sell 3@101 id=x    | REJECTED/CLIENT_ORDER_ID_REUSED alice
    """,
    "a finished order answers with its end": """
        alice sell 5@100 id=x #a | ACCEPTED alice
        alice sell 5@100 id=y #b | ACCEPTED alice
        bob buy 7@100            | ACCEPTED bob; FILL bob; FILL alice id=x; FILL bob; FILL alice id=y
        alice cancel #b          | CANCELLED/USER alice id=y
        alice sell 5@100 id=x    | DUPLICATE/FILLED alice sell #a 5@100 leaves=0 filled=5 id=x
        alice sell 5@100 id=y    | DUPLICATE/CANCELLED alice sell #b 5@100 leaves=0 filled=2 id=y
        alice buy 5@100 id=x     | REJECTED/CLIENT_ORDER_ID_REUSED alice
        alice sell 5@99 id=y     | REJECTED/CLIENT_ORDER_ID_REUSED alice
    """,
    "of a market order the price asked for is none": """
        alice sell 5@100         | ACCEPTED alice
        bob buy 2@market id=m #m | ACCEPTED bob 2@105; FILL bob id=m; FILL alice
        bob buy 2@market id=m    | DUPLICATE/FILLED bob #m 2@105 filled=2 id=m
        bob buy 2@105 id=m ioc   | REJECTED/CLIENT_ORDER_ID_REUSED bob
        alice cancel-all         | CANCELLED/CANCEL_ALL alice; CANCEL_ALL_DONE alice
        bob buy 2@market id=m    | DUPLICATE/FILLED bob #m
    """,
    "of a notional order the quantity asked for is the budget": """
        alice sell 10@30 on=GOLD     | ACCEPTED alice
        bob spend 95@30 on=GOLD id=n #n | ACCEPTED bob; FILL bob 3@30; FILL alice; CANCELLED/IOC_REMAINDER bob budget=5
        bob spend 95@30 on=GOLD id=n | DUPLICATE/CANCELLED bob #n 3@30 leaves=0 filled=3
        bob buy 3@30 on=GOLD id=n    | REJECTED/CLIENT_ORDER_ID_REUSED bob
        bob buy 95@30 on=GOLD id=n ioc | REJECTED/CLIENT_ORDER_ID_REUSED bob
        bob spend 90@30 on=GOLD id=n | REJECTED/CLIENT_ORDER_ID_REUSED bob
    """,
    "a rejected order leaves no trace": """
        poor buy 1@100 id=x  | REJECTED/INSUFFICIENT_FUNDS poor id=x
        poor buy 2@100 id=x  | REJECTED/INSUFFICIENT_FUNDS poor
        alice transfer 10000 USDC poor | TRANSFER_OUT alice; TRANSFER_IN poor
        poor buy 1@100 id=x  | ACCEPTED poor
    """,
    "each account has its own": """
        alice buy 1@100 id=x #a | ACCEPTED alice
        bob buy 2@100 id=x #b   | ACCEPTED bob
        alice buy 2@100 id=x    | REJECTED/CLIENT_ORDER_ID_REUSED alice
        bob buy 2@100 id=x      | DUPLICATE/OPEN bob #b
    """,
    "an order without one is never known again": """
        alice buy 1@100      | ACCEPTED alice id=
        alice buy 1@100      | ACCEPTED alice id=
        AAPL book            | 2@100 /
    """,
    "a duplicate of a self-trade prevention": """
        alice sell 5@100 id=s #s | ACCEPTED alice
        alice buy 5@100 both id=b #b | ACCEPTED alice; CANCELLED/SELF_TRADE_RESTING alice #s id=s;
                                     | CANCELLED/SELF_TRADE_INCOMING alice #b id=b
        alice sell 5@100 id=s    | DUPLICATE/CANCELLED alice sell #s 5@100
        alice buy 5@100 both id=b | DUPLICATE/CANCELLED alice buy #b 5@100
    """,
    "not even a halt is looked at": """
        alice sell 5@100 id=x #a | ACCEPTED alice
        venue halt AAPL          | HALTED venue
        alice sell 5@100 id=x    | DUPLICATE/OPEN alice #a
        alice sell 6@100 id=x    | REJECTED/CLIENT_ORDER_ID_REUSED alice
        alice sell 5@100 id=y    | REJECTED/INSTRUMENT_HALTED alice instrument=AAPL id=y
    """,
    "every event of an order says its id": """
        alice sell 5@100 id=s #s | ACCEPTED alice id=s
        bob buy 1@100 id=b       | ACCEPTED bob id=b; FILL bob taker id=b; FILL alice maker id=s
        bob buy 1@100            | ACCEPTED bob id=; FILL bob taker id=; FILL alice maker id=s
        alice amend #s 4@100     | AMENDED/KEPT alice #s id=s
        alice amend id=s 5@101   | AMENDED/LOST alice #s id=s
        alice cancel-all         | CANCELLED/CANCEL_ALL alice #s id=s; CANCEL_ALL_DONE alice
        bob buy 1@100 ioc id=i   | ACCEPTED bob id=i; CANCELLED/IOC_REMAINDER bob id=i
        bob cancel id=i          | REJECTED/UNKNOWN_ORDER bob order_id=0 id=i
        bob amend id=i 1@1       | REJECTED/UNKNOWN_ORDER bob order_id=0 id=i
    """,
    "36 printable characters": """
        alice buy 1@100 id=!~0123456789012345678901234567890123 #a | ACCEPTED alice
        alice cancel id=!~0123456789012345678901234567890123      | CANCELLED/USER alice #a
        alice buy 1@100 id=0123456789012345678901234567890123456  | REJECTED/MALFORMED alice id= instrument=AAPL
        alice buy 1@100 id=caf\u00e9                              | REJECTED/MALFORMED alice id= instrument=AAPL
        alice cancel id=0123456789012345678901234567890123456     | REJECTED/MALFORMED alice id=
    """,
}

CANCELLATIONS = {
    "by either id, once, by its owner": """
        carol buy 5@100 id=x #a | ACCEPTED carol
        carol buy 5@100 #b      | ACCEPTED carol
        dave cancel #a          | REJECTED/UNKNOWN_ORDER dave #a
        carol cancel id=x       | CANCELLED/USER carol buy #a 5@100 leaves=5 filled=0 budget=0 instrument=AAPL
        carol cancel #b         | CANCELLED/USER carol #b
        carol cancel #b         | REJECTED/UNKNOWN_ORDER carol #b
        carol cancel id=x       | REJECTED/UNKNOWN_ORDER carol order_id=0
        carol has               | USDC 10000000+0
    """,
    "what is left of a partial fill": """
        carol buy 5@100 #a      | ACCEPTED carol
        alice sell 2@100        | ACCEPTED alice; FILL alice; FILL carol
        carol cancel #a         | CANCELLED/USER carol #a 5@100 leaves=3 filled=2
        carol has               | USDC 9979980+0 AAPL 10020+0
    """,
    "of a halted instrument": """
        alice buy 5@100 #a      | ACCEPTED alice
        alice buy 6@100 #b      | ACCEPTED alice
        venue halt AAPL         | HALTED venue
        alice cancel #a         | CANCELLED/USER alice #a
        alice cancel-all AAPL   | CANCELLED/CANCEL_ALL alice #b; CANCEL_ALL_DONE alice orders=1 instrument=AAPL
    """,
    "all: oldest first, whatever their place in the book": """
        alice sell 5@110 #1     | ACCEPTED alice
        alice buy 5@90 on=GOLD #2 | ACCEPTED alice
        alice sell 5@100 #3     | ACCEPTED alice
        bob sell 5@100          | ACCEPTED bob
        alice amend #1 6@110    | AMENDED/LOST alice
        alice cancel-all        | CANCELLED/CANCEL_ALL alice #1; CANCELLED/CANCEL_ALL alice #2 instrument=GOLD;
                                | CANCELLED/CANCEL_ALL alice #3;
                                | CANCEL_ALL_DONE alice orders=3 instrument=4294967295
        AAPL book               | / 5@100
        alice has               | USDC 10000000+0 AAPL 10000+0
    """,
    "all of one instrument": """
        alice sell 5@110 #1     | ACCEPTED alice
        alice buy 5@90 on=GOLD #2 | ACCEPTED alice
        alice cancel-all GOLD   | CANCELLED/CANCEL_ALL alice #2; CANCEL_ALL_DONE alice orders=1 instrument=GOLD
        alice cancel-all GOLD   | CANCEL_ALL_DONE alice orders=0 instrument=GOLD
        alice cancel-all NONE   | REJECTED/UNKNOWN_INSTRUMENT alice instrument=NONE
        nobody cancel-all       | REJECTED/UNKNOWN_ACCOUNT nobody account_sequence=0 instrument=4294967295
    """,
}

MONEY = {
    "deposits": """
        poor deposit 7 USDC     | DEPOSITED poor asset=USDC amount=7
        poor deposit 3 USDC     | DEPOSITED poor asset=USDC amount=3
        poor has                | USDC 10+0 AAPL 0+0
    """,
    "a withdrawal is held, then leaves": """
        alice withdraw 400 USDC #w | WITHDRAWAL_REQUESTED alice #w asset=USDC amount=400 withdrawal_id=1
        alice has               | USDC 9999600+400
        alice settle #w         | WITHDRAWAL_SETTLED alice #w asset=USDC amount=400
        alice has               | USDC 9999600+0
        alice settle #w         | REJECTED/UNKNOWN_WITHDRAWAL alice withdrawal_id=1
        alice keep #w           | REJECTED/UNKNOWN_WITHDRAWAL alice withdrawal_id=1
    """,
    "a cancelled withdrawal comes back": """
        alice withdraw 400 USDC #w | WITHDRAWAL_REQUESTED alice withdrawal_id=1
        bob keep #w             | REJECTED/UNKNOWN_WITHDRAWAL bob
        bob settle #w           | REJECTED/UNKNOWN_WITHDRAWAL bob
        alice keep #w           | WITHDRAWAL_CANCELLED alice #w asset=USDC amount=400
        alice has               | USDC 10000000+0
        alice withdraw 5 GOLD #v | WITHDRAWAL_REQUESTED alice asset=GOLD withdrawal_id=2
    """,
    "what is held can not be withdrawn or sent": """
        alice buy 1000@100      | ACCEPTED alice
        alice withdraw 1 USDC   | REJECTED/INSUFFICIENT_FUNDS alice asset=USDC
        alice transfer 1 USDC bob | REJECTED/INSUFFICIENT_FUNDS alice asset=USDC
    """,
    "a withdrawal has a least amount": """
        alice withdraw 4 GOLD   | REJECTED/BELOW_MINIMUM alice asset=GOLD
        alice withdraw 0 GOLD   | REJECTED/INVALID_AMOUNT alice asset=GOLD
        alice withdraw 5 GOLD   | WITHDRAWAL_REQUESTED alice amount=5
        poor withdraw 4 GOLD    | REJECTED/BELOW_MINIMUM poor
        poor withdraw 5 GOLD    | REJECTED/INSUFFICIENT_FUNDS poor
    """,
    "but all there is can always be withdrawn": """
        alice transfer 4 GOLD poor | TRANSFER_OUT alice; TRANSFER_IN poor
        poor withdraw 3 GOLD    | REJECTED/BELOW_MINIMUM poor
        poor withdraw 5 GOLD    | REJECTED/INSUFFICIENT_FUNDS poor
        poor withdraw 4 GOLD    | WITHDRAWAL_REQUESTED poor asset=GOLD amount=4 withdrawal_id=1
        poor has                | GOLD 0+4
        poor withdraw 4 GOLD    | REJECTED/BELOW_MINIMUM poor
    """,
    "all there is means all that is available": """
        alice transfer 7 GOLD poor  | TRANSFER_OUT alice; TRANSFER_IN poor
        poor sell 4@9 on=GOLD #s    | ACCEPTED poor
        poor withdraw 2 GOLD        | REJECTED/BELOW_MINIMUM poor
        poor withdraw 3 GOLD #w     | WITHDRAWAL_REQUESTED poor
        poor cancel #s              | CANCELLED/USER poor
        poor keep #w                | WITHDRAWAL_CANCELLED poor amount=3
        poor withdraw 4 GOLD        | REJECTED/BELOW_MINIMUM poor
        poor withdraw 7 GOLD        | WITHDRAWAL_REQUESTED poor
    """,
    "a pending withdrawal can not be traded": """
        alice withdraw 10000000 USDC #w | WITHDRAWAL_REQUESTED alice
        alice buy 1@100         | REJECTED/INSUFFICIENT_FUNDS alice
    """,
    "transfers": """
        alice transfer 400 USDC poor | TRANSFER_OUT alice asset=USDC amount=400 counterparty=poor;
                                     | TRANSFER_IN poor asset=USDC amount=400 counterparty=alice
        poor has                | USDC 400+0
        poor transfer 401 USDC alice | REJECTED/INSUFFICIENT_FUNDS poor asset=USDC
        poor transfer 1 USDC poor | REJECTED/UNKNOWN_COUNTERPARTY poor
    """,
}

PHASES = {
    "halt and resume, as often as one likes": """
        alice sell 5@100        | ACCEPTED alice
        venue halt AAPL         | HALTED venue instrument=AAPL
        venue halt AAPL         | HALTED venue instrument=AAPL
        bob buy 5@100           | REJECTED/INSTRUMENT_HALTED bob instrument=AAPL
        bob buy 5@100 on=GOLD   | ACCEPTED bob
        venue resume AAPL       | RESUMED venue instrument=AAPL
        venue resume AAPL       | RESUMED venue instrument=AAPL
        bob buy 5@100           | ACCEPTED bob; FILL bob; FILL alice
        venue halt NONE         | REJECTED/UNKNOWN_INSTRUMENT venue
        venue resume NONE       | REJECTED/UNKNOWN_INSTRUMENT venue
    """,
}

TABLES = {
    f"{chapter}: {title}": table
    for chapter, tables in {
        "settlement": HOLDS_AND_SETTLEMENT,
        "priority": PRIORITY,
        "time in force": TIME_IN_FORCE,
        "market": MARKET_ORDERS,
        "notional": NOTIONAL_ORDERS,
        "self-trade": SELF_TRADE_PREVENTION,
        "amend": AMENDMENTS,
        "client id": CLIENT_ORDER_IDS,
        "cancel": CANCELLATIONS,
        "money": MONEY,
        "phase": PHASES,
    }.items()
    for title, table in tables.items()
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_scenario(new_engine: Any, table: str) -> None:
    play(new_engine, table)


@pytest.mark.parametrize(
    "row",
    [
        "alice buy 5@100 | ACCEPTED bob",
        "alice buy 5@100 | ACCEPTED alice 5@101",
        "alice buy 5@100 | ACCEPTED alice; ACCEPTED alice",
        "alice buy 5000@1000 | REJECTED/INVALID_PRICE alice",
        "alice has | USDC 1+0",
        "AAPL book | 1@1 /",
    ],
)
def test_a_table_can_fail(new_engine: Any, row: str) -> None:
    with pytest.raises(AssertionError):
        play(new_engine, row)
