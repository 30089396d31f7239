"""Worked tables of the market rules (`engine_core/docs/market-rules.md`), by rule.

The notation is that of `tests/scenarios.py`. What is behind the bars was worked out from the rule book, by hand.
"""

from typing import Final

from tests.obligation_scenarios import OBLIGATIONS
from tests.peg_scenarios import PEG_CHAPTERS

COMBINATIONS: Final = {
    "market orders never rest": """
        alice buy 5@market gtc             | REJECTED/INVALID_COMBINATION alice
        alice buy 5@market post            | REJECTED/INVALID_COMBINATION alice
        alice buy 5@market slide           | REJECTED/INVALID_COMBINATION alice
        alice buy 5@market fok stop=100    | REJECTED/INVALID_COMBINATION alice
        alice buy 5@market gtc stop=100    | REJECTED/INVALID_COMBINATION alice
        alice buy 5@market hidden          | REJECTED/INVALID_COMBINATION alice
        alice buy 5@market display=2       | REJECTED/INVALID_COMBINATION alice
        alice buy 5@market day             | REJECTED/INVALID_COMBINATION alice
        alice buy 5@market fok             | REJECTED/NO_LIQUIDITY alice
    """,
    "market-to-limit rests": """
        alice buy 5@market mtl ioc         | REJECTED/INVALID_COMBINATION alice
        alice buy 5@market mtl fok         | REJECTED/INVALID_COMBINATION alice
        alice buy 5@market mtl post        | REJECTED/INVALID_COMBINATION alice
        alice buy 5@market mtl slide       | REJECTED/INVALID_COMBINATION alice
        alice buy 5@market mtl stop=100    | REJECTED/INVALID_COMBINATION alice
        alice buy 5@100 mtl                | REJECTED/INVALID_PRICE alice
        alice buy 5@market mtl             | REJECTED/NO_LIQUIDITY alice
    """,
    "a notional order is a plain immediate buy": """
        alice spend 5000@100 stp=decrement | REJECTED/INVALID_COMBINATION alice
        alice spend 5000@100 min=1         | REJECTED/INVALID_COMBINATION alice
        alice spend 5000@100 stop=90       | REJECTED/INVALID_COMBINATION alice
        alice spend 5000@market mtl        | REJECTED/INVALID_COMBINATION alice
        alice spend 5000@100 slide         | REJECTED/INVALID_COMBINATION alice
        alice spend 5000@100 hidden        | REJECTED/INVALID_COMBINATION alice
        alice spend 5000@100 display=1     | REJECTED/INVALID_COMBINATION alice
        alice spend 5000@100 day           | REJECTED/INVALID_COMBINATION alice
        alice spend 5000@100 stp=none      | ACCEPTED alice; CANCELLED/IOC_REMAINDER alice budget=5000
    """,
    "what never rests can not be seen, wait or end by itself": """
        alice buy 5@100 ioc hidden         | REJECTED/INVALID_COMBINATION alice
        alice buy 5@100 fok hidden         | REJECTED/INVALID_COMBINATION alice
        alice buy 5@100 ioc display=5      | REJECTED/INVALID_COMBINATION alice
        alice buy 5@100 fok display=5      | REJECTED/INVALID_COMBINATION alice
        alice buy 5@100 ioc day            | REJECTED/INVALID_COMBINATION alice
        alice buy 5@100 fok day            | REJECTED/INVALID_COMBINATION alice
        alice buy 5@100 ioc expires=9      | REJECTED/INVALID_COMBINATION alice
        alice buy 5@100 ioc stop=90 hidden | REJECTED/INVALID_COMBINATION alice
        alice buy 5@100 ioc stop=90 display=5 | REJECTED/INVALID_COMBINATION alice
    """,
    "a stop that is immediate once it enters can end by itself before": """
        alice buy 5@100 ioc stop=90 day expires=9  | ACCEPTED alice 5@100 trigger_price=90
        alice buy 5@market stop=90 day expires=9   | ACCEPTED alice 5@94 trigger_price=90
        alice has                                  | USDC 9903000+97000
    """,
    "an iceberg is displayed": """
        alice buy 5@100 hidden display=5   | REJECTED/INVALID_COMBINATION alice
        alice buy 5@100 hidden             | ACCEPTED alice
        alice buy 5@99 post display=5      | ACCEPTED alice
        alice buy 5@99 slide display=5     | ACCEPTED alice
        alice buy 5@99 slide hidden        | ACCEPTED alice
        AAPL book                          | 10@99 /
    """,
    "a minimum is for what may trade at once": """
        alice buy 5@100 fok min=1          | REJECTED/INVALID_COMBINATION alice
        alice buy 5@100 post min=1         | REJECTED/INVALID_COMBINATION alice
        alice buy 5@100 slide min=1        | REJECTED/INVALID_COMBINATION alice
        alice buy 5@100 stop=90 min=1      | REJECTED/INVALID_COMBINATION alice
        alice buy 5@100 post hidden min=1  | REJECTED/INVALID_COMBINATION alice
        alice buy 5@market min=1           | REJECTED/NO_LIQUIDITY alice
        alice buy 5@100 ioc min=1          | REJECTED/MIN_QUANTITY_UNFILLABLE alice
        alice buy 5@100 display=2 min=1    | REJECTED/MIN_QUANTITY_UNFILLABLE alice
    """,
    "a stop waits for something, and takes when it enters": """
        alice buy 5@100 fok stop=90        | REJECTED/INVALID_COMBINATION alice
        alice buy 5@100 post stop=90       | REJECTED/INVALID_COMBINATION alice
        alice buy 5@100 slide stop=90      | REJECTED/INVALID_COMBINATION alice
        alice buy 5@100 on=last            | REJECTED/INVALID_COMBINATION alice
        alice buy 5@100 on=reference       | REJECTED/INVALID_COMBINATION alice
        alice buy 5@100 stop=0             | REJECTED/INVALID_COMBINATION alice
        alice buy 5@100 stop=90            | ACCEPTED alice
    """,
    "quantities": """
        alice buy 5@100 display=6          | REJECTED/INVALID_QUANTITY alice
        alice buy 5@100 display=-1         | REJECTED/INVALID_QUANTITY alice
        alice buy 257@100 display=1        | REJECTED/INVALID_QUANTITY alice
        alice buy 256@100 display=1        | ACCEPTED alice
        alice buy 513@100 display=2        | REJECTED/INVALID_QUANTITY alice
        alice buy 512@100 display=2        | ACCEPTED alice
        alice buy 5@100 min=6              | REJECTED/INVALID_QUANTITY alice
        alice buy 5@100 min=-1             | REJECTED/INVALID_QUANTITY alice
        alice buy 5@100 hidden min=6       | REJECTED/INVALID_QUANTITY alice
        alice buy 5@100 hidden min=5       | ACCEPTED alice
    """,
    "trigger prices": """
        alice buy 5@100 stop=1001          | REJECTED/INVALID_PRICE alice
        alice buy 5@100 trail=1001         | REJECTED/INVALID_PRICE alice
        alice buy 5@100 stop=5 trail=1001  | REJECTED/INVALID_PRICE alice
        alice buy 5@0 stop=5               | REJECTED/INVALID_PRICE alice
        alice buy 5@1000 stop=1000         | ACCEPTED alice trigger_price=1000
        alice buy 5@100 stop=1000 trail=1000 | ACCEPTED alice trigger_price=1000
    """,
}

SELF_TRADE: Final = {
    "decrement: the resting order is the smaller": """
        alice sell 5@100 #a      | ACCEPTED alice
        bob sell 5@100 #b        | ACCEPTED bob
        alice buy 8@100 stp=decrement #n | ACCEPTED alice #n 8@100;
                                 | CANCELLED/SELF_TRADE_RESTING alice sell #a 5@100 leaves=5 filled=0;
                                 | AMENDED/DECREMENTED alice buy #n 3@100 leaves=3 previous_price=100 trigger_price=0;
                                 | FILL alice taker #n 3@100 leaves=0 filled=3; FILL bob maker #b leaves=2
        alice has                | USDC 9970000+0 AAPL 10030+0
    """,
    "decrement: the resting order is the larger": """
        alice sell 8@100 #a      | ACCEPTED alice
        alice buy 5@100 stp=decrement #n | ACCEPTED alice #n 5@100;
                                 | AMENDED/DECREMENTED alice sell #a 3@100 leaves=3 filled=0 previous_price=100;
                                 | CANCELLED/SELF_TRADE_INCOMING alice buy #n 5@100 leaves=5 filled=0
        AAPL book                | / 3@100
        alice has                | USDC 10000000+0 AAPL 9970+30
    """,
    "decrement: both are of a size": """
        alice buy 5@100 #a       | ACCEPTED alice
        alice sell 5@100 stp=decrement #n | ACCEPTED alice;
                                 | CANCELLED/SELF_TRADE_RESTING alice buy #a 5@100 leaves=5;
                                 | CANCELLED/SELF_TRADE_INCOMING alice sell #n 5@100 leaves=5
        AAPL book                | /
        alice has                | USDC 10000000+0 AAPL 10000+0
    """,
    "decrement: one after another": """
        alice sell 2@100 #1      | ACCEPTED alice
        alice sell 4@101 #2      | ACCEPTED alice
        alice buy 5@101 stp=decrement #n | ACCEPTED alice;
                                 | CANCELLED/SELF_TRADE_RESTING alice #1 2@100 leaves=2;
                                 | AMENDED/DECREMENTED alice #n 3@101 leaves=3;
                                 | AMENDED/DECREMENTED alice #2 1@101 leaves=1;
                                 | CANCELLED/SELF_TRADE_INCOMING alice #n 3@101 leaves=3
        AAPL book                | / 1@101
    """,
    "decrement: what has filled stays filled": """
        alice sell 8@100 #a      | ACCEPTED alice
        bob buy 3@100            | ACCEPTED bob; FILL bob; FILL alice #a leaves=5 filled=3
        bob sell 2@99            | ACCEPTED bob
        alice buy 4@100 stp=decrement #n | ACCEPTED alice; FILL alice #n 2@99 leaves=2 filled=2; FILL bob;
                                 | AMENDED/DECREMENTED alice #a 6@100 leaves=3 filled=3;
                                 | CANCELLED/SELF_TRADE_INCOMING alice #n 4@100 leaves=2 filled=2
        AAPL book                | / 3@100
    """,
    "decrement: holds follow": """
        carol buy 5@100 #b       | ACCEPTED carol
        carol sell 2@100 stp=decrement | ACCEPTED carol; AMENDED/DECREMENTED carol #b 3@100 leaves=3;
                                 | CANCELLED/SELF_TRADE_INCOMING carol sell 2@100 leaves=2
        carol has                | USDC 9969940+30060 AAPL 10000+0
        carol cancel #b          | CANCELLED/USER carol 3@100 leaves=3
        carol sell 2@100 #s      | ACCEPTED carol
        carol buy 5@100 stp=decrement | ACCEPTED carol; CANCELLED/SELF_TRADE_RESTING carol #s;
                                 | AMENDED/DECREMENTED carol buy 3@100 leaves=3
        carol has                | USDC 9969940+30060 AAPL 10000+0
        venue has                | USDC 0+0
    """,
    "decrement: the place in the queue stays": """
        alice sell 8@100 #a      | ACCEPTED alice
        bob sell 5@100 #b        | ACCEPTED bob
        alice buy 3@100 stp=decrement | ACCEPTED alice; AMENDED/DECREMENTED alice #a 5@100 leaves=5;
                                 | CANCELLED/SELF_TRADE_INCOMING alice 3@100 leaves=3
        dave buy 1@100           | ACCEPTED dave; FILL dave; FILL alice #a leaves=4
    """,
    "decrement: of an iceberg no more than its slice, and the next goes to the back": """
        alice sell 12@100 display=5 #a | ACCEPTED alice
        bob sell 4@100 #b        | ACCEPTED bob
        alice buy 6@100 stp=decrement #n | ACCEPTED alice; AMENDED/DECREMENTED alice sell #a 7@100 leaves=7;
                                 | AMENDED/DECREMENTED alice buy #n 1@100 leaves=1;
                                 | FILL alice taker #n 1@100 leaves=0; FILL bob maker #b leaves=3
        AAPL book                | / 8@100
        dave buy 4@100 ioc       | ACCEPTED dave; FILL dave 3@100; FILL bob #b leaves=0; FILL dave 1@100;
                                 | FILL alice #a leaves=6
    """,
    "decrement: part of a slice": """
        alice sell 12@100 display=5 #a | ACCEPTED alice
        bob sell 1@100 #b        | ACCEPTED bob
        alice buy 3@100 stp=decrement | ACCEPTED alice; AMENDED/DECREMENTED alice sell #a 9@100 leaves=9;
                                 | CANCELLED/SELF_TRADE_INCOMING alice 3@100 leaves=3
        AAPL book                | / 3@100
        dave buy 3@100 ioc       | ACCEPTED dave; FILL dave 2@100; FILL alice #a leaves=7; FILL dave 1@100; FILL bob #b
        AAPL book                | / 5@100
    """,
    "decrement: slice after slice": """
        alice sell 7@100 display=5 #a | ACCEPTED alice
        alice buy 9@100 stp=decrement #n | ACCEPTED alice; AMENDED/DECREMENTED alice #a 2@100 leaves=2;
                                 | AMENDED/DECREMENTED alice #n 4@100 leaves=4;
                                 | CANCELLED/SELF_TRADE_RESTING alice #a 2@100 leaves=2;
                                 | AMENDED/DECREMENTED alice #n 2@100 leaves=2
        AAPL book                | 2@100 /
        alice has                | USDC 9980000+20000 AAPL 10000+0
    """,
    "decrement: what is left of a hidden order is below its minimum": """
        alice sell 10@100 hidden min=6 #h | ACCEPTED alice
        alice buy 7@100 stp=decrement #n | ACCEPTED alice; AMENDED/DECREMENTED alice #h 3@100 leaves=3;
                                 | CANCELLED/BELOW_MINIMUM alice #h 3@100 leaves=3;
                                 | CANCELLED/SELF_TRADE_INCOMING alice #n 7@100 leaves=7
        alice has                | USDC 10000000+0 AAPL 10000+0
    """,
    "decrement: an amended order": """
        alice buy 9@90 stp=decrement #x | ACCEPTED alice
        alice sell 4@100 #a      | ACCEPTED alice
        alice amend #x 9@100     | AMENDED/LOST alice #x 9@100 leaves=9; CANCELLED/SELF_TRADE_RESTING alice #a leaves=4;
                                 | AMENDED/DECREMENTED alice #x 5@100 leaves=5 previous_price=100
        AAPL book                | 5@100 /
    """,
    "decrement: a market order": """
        alice sell 2@100 #a      | ACCEPTED alice
        bob sell 2@101           | ACCEPTED bob
        alice buy 5@market stp=decrement #n | ACCEPTED alice #n 5@105; CANCELLED/SELF_TRADE_RESTING alice #a;
                                 | AMENDED/DECREMENTED alice #n 3@105 leaves=3; FILL alice 2@101 leaves=1; FILL bob;
                                 | CANCELLED/MARKET_REMAINDER alice #n 3@105 leaves=1 filled=2
    """,
    "decrement: what an order has become is what a duplicate says": """
        alice sell 8@100 id=x #a | ACCEPTED alice
        alice buy 3@100 stp=decrement id=y #n | ACCEPTED alice; AMENDED/DECREMENTED alice #a 5@100 id=x;
                                 | CANCELLED/SELF_TRADE_INCOMING alice #n id=y
        alice sell 8@100 id=x    | DUPLICATE/OPEN alice #a 5@100 leaves=5 filled=0
        alice buy 3@100 stp=decrement id=y | DUPLICATE/CANCELLED alice #n 3@100 leaves=0
        alice buy 3@100 stp=none id=y      | REJECTED/CLIENT_ORDER_ID_REUSED alice
    """,
    "none: an account trades with itself": """
        alice sell 5@100 #a      | ACCEPTED alice
        alice buy 3@100 stp=none #n | ACCEPTED alice; FILL alice buy taker #n 3@100 leaves=0;
                                 | FILL alice sell maker #a 3@100 leaves=2
        alice has                | USDC 10000000+0 AAPL 9980+20
    """,
    "none: with the fees of both sides": """
        carol sell 5@100         | ACCEPTED carol
        carol buy 5@100 stp=none | ACCEPTED carol; FILL carol taker cash=50000 fee=100; FILL carol maker fee=50
        carol has                | USDC 9999850+0 AAPL 10000+0
        venue has                | USDC 150+0
    """,
    "none: the incoming order's mode counts": """
        alice sell 5@100 stp=none #a | ACCEPTED alice
        alice buy 3@100 newest   | ACCEPTED alice; CANCELLED/SELF_TRADE_INCOMING alice
        AAPL book                | / 5@100
    """,
    "none: a notional order": """
        bob sell 2@100 on=GOLD   | ACCEPTED bob
        bob spend 250@100 on=GOLD stp=none | ACCEPTED bob; FILL bob buy taker 2@100 filled=2; FILL bob sell maker;
                                 | CANCELLED/IOC_REMAINDER bob 2@100 filled=2 budget=50
        bob has                  | USDC 10000000+0 GOLD 1000+0
    """,
    "a firm is one party": """
        alice group 7            | ACCOUNT_SET alice group=7 fee_schedule=0 max_open_orders=4096 client_id_window=128
        bob group 7              | ACCOUNT_SET bob group=7
        bob sell 5@100 #b        | ACCEPTED bob
        alice buy 8@100 newest   | ACCEPTED alice; CANCELLED/SELF_TRADE_INCOMING alice 8@100 leaves=8
        alice buy 3@100 stp=decrement | ACCEPTED alice; AMENDED/DECREMENTED bob sell #b 2@100 leaves=2;
                                 | CANCELLED/SELF_TRADE_INCOMING alice 3@100 leaves=3
        alice buy 8@100 oldest   | ACCEPTED alice; CANCELLED/SELF_TRADE_RESTING bob #b 2@100 leaves=2
        bob sell 1@100 both #s   | ACCEPTED bob; CANCELLED/SELF_TRADE_RESTING alice 8@100 leaves=8;
                                 | CANCELLED/SELF_TRADE_INCOMING bob #s leaves=1
        bob sell 5@100           | ACCEPTED bob
        alice buy 5@100 stp=none | ACCEPTED alice; FILL alice taker; FILL bob maker
    """,
    "another firm, or none, is another party": """
        alice group 7            | ACCOUNT_SET alice
        bob group 8              | ACCOUNT_SET bob
        bob sell 5@100           | ACCEPTED bob
        alice buy 1@100          | ACCEPTED alice; FILL alice; FILL bob
        dave buy 1@100           | ACCEPTED dave; FILL dave; FILL bob
        bob group 0              | ACCOUNT_SET bob group=0
        alice group 0            | ACCOUNT_SET alice group=0
        alice buy 1@100          | ACCEPTED alice; FILL alice; FILL bob
    """,
    "a group is the account's of today, not the order's": """
        bob sell 5@100 #b        | ACCEPTED bob
        alice group 4294967295   | ACCOUNT_SET alice group=4294967295
        bob group 4294967295     | ACCOUNT_SET bob
        alice buy 1@100          | ACCEPTED alice; CANCELLED/SELF_TRADE_INCOMING alice
        bob group 1              | ACCOUNT_SET bob
        alice buy 1@100          | ACCEPTED alice; FILL alice; FILL bob #b leaves=4
    """,
    "fill or kill knows the party": """
        bob sell 5@100           | ACCEPTED bob
        bob group 3              | ACCOUNT_SET bob
        alice group 3            | ACCOUNT_SET alice
        alice buy 5@100 fok      | REJECTED/FOK_UNFILLABLE alice
        alice buy 5@100 fok oldest | REJECTED/FOK_UNFILLABLE alice
        alice buy 5@100 fok both | REJECTED/FOK_UNFILLABLE alice
        alice buy 5@100 fok stp=decrement | REJECTED/FOK_UNFILLABLE alice
        alice buy 5@100 fok stp=none | ACCEPTED alice; FILL alice leaves=0; FILL bob
    """,
    "who is passed over is passed over, whosever it is": """
        alice sell 10@100 hidden min=6 #h | ACCEPTED alice
        bob sell 5@101           | ACCEPTED bob
        alice buy 5@101 both     | ACCEPTED alice; FILL alice 5@101 leaves=0; FILL bob
        alice buy 6@101 both #n  | ACCEPTED alice; CANCELLED/SELF_TRADE_RESTING alice #h 10@100 leaves=10;
                                 | CANCELLED/SELF_TRADE_INCOMING alice #n 6@101 leaves=6
    """,
}

SLIDE: Final = {
    "a sell goes one tick above the best bid": """
        alice buy 5@100          | ACCEPTED alice
        bob sell 2@97 slide #s   | ACCEPTED bob sell #s 2@101 leaves=2
        AAPL book                | 5@100 / 2@101
    """,
    "at the touch": """
        alice sell 5@100         | ACCEPTED alice
        alice buy 5@90           | ACCEPTED alice
        bob buy 2@100 slide      | ACCEPTED bob 2@99
        bob sell 2@99 slide oldest | ACCEPTED bob 2@100
        AAPL book                | 2@99 5@90 / 7@100
    """,
    "what does not cross stays where it is": """
        alice sell 5@100         | ACCEPTED alice
        bob buy 2@99 slide       | ACCEPTED bob 2@99
        bob buy 2@7 slide        | ACCEPTED bob 2@7
        bob sell 2@1000 slide    | ACCEPTED bob 2@1000
        AAPL book                | 2@99 2@7 / 5@100 2@1000
    """,
    "there is no price below one": """
        alice sell 5@1 #a        | ACCEPTED alice
        bob buy 2@3 slide        | REJECTED/POST_ONLY_WOULD_CROSS bob
        bob buy 2@1 slide        | REJECTED/POST_ONLY_WOULD_CROSS bob
        alice amend #a 5@2       | AMENDED/LOST alice
        bob buy 2@1000 slide     | ACCEPTED bob 2@1
    """,
    "there is no price above the highest": """
        alice buy 5@1000 #a      | ACCEPTED alice
        bob sell 2@999 slide     | REJECTED/POST_ONLY_WOULD_CROSS bob
        bob sell 2@1000 slide    | REJECTED/POST_ONLY_WOULD_CROSS bob
        alice amend #a 5@999     | AMENDED/LOST alice
        bob sell 2@1 slide       | ACCEPTED bob 2@1000
    """,
    "a hidden order is in the way as well": """
        alice sell 5@98 hidden   | ACCEPTED alice
        dave sell 5@100          | ACCEPTED dave
        bob buy 2@101 slide      | ACCEPTED bob 2@97
        bob buy 2@98 post        | REJECTED/POST_ONLY_WOULD_CROSS bob
        AAPL book                | 2@97 / 5@100
    """,
    "even one that would pass it over": """
        alice sell 5@98 hidden min=5 | ACCEPTED alice
        bob buy 2@98 post        | REJECTED/POST_ONLY_WOULD_CROSS bob
        bob buy 2@101 slide      | ACCEPTED bob 2@97
    """,
    "own orders count": """
        alice sell 5@100         | ACCEPTED alice
        alice buy 2@101 slide stp=none | ACCEPTED alice 2@99
    """,
    "it keeps its price": """
        alice sell 5@100 #a      | ACCEPTED alice
        bob buy 2@101 slide #b   | ACCEPTED bob #b 2@99
        alice cancel #a          | CANCELLED/USER alice
        AAPL book                | 2@99 /
        dave sell 1@98           | ACCEPTED dave; FILL dave taker 1@99; FILL bob maker #b leaves=1
    """,
    "the hold is of the price it gets": """
        alice sell 5@100         | ACCEPTED alice
        alice transfer 19799 USDC poor | TRANSFER_OUT alice; TRANSFER_IN poor
        poor buy 2@103 slide     | REJECTED/INSUFFICIENT_FUNDS poor
        alice transfer 1 USDC poor | TRANSFER_OUT alice; TRANSFER_IN poor
        poor buy 2@103 slide     | ACCEPTED poor 2@99
        poor has                 | USDC 0+19800
    """,
    "an iceberg and a hidden order slide": """
        alice sell 5@100         | ACCEPTED alice
        bob buy 9@103 slide display=4 | ACCEPTED bob 9@99
        bob buy 9@103 slide hidden    | ACCEPTED bob 9@99
        AAPL book                | 4@99 / 5@100
    """,
    "a duplicate says where it went": """
        alice sell 5@100         | ACCEPTED alice
        bob buy 2@103 slide id=x #b | ACCEPTED bob #b 2@99
        bob buy 2@103 slide id=x | DUPLICATE/OPEN bob #b 2@99 leaves=2
        bob buy 2@99 slide id=x  | REJECTED/CLIENT_ORDER_ID_REUSED bob
    """,
    "an amended order slides again": """
        alice sell 5@100         | ACCEPTED alice
        bob buy 2@98 slide #b    | ACCEPTED bob 2@98
        bob amend #b 2@105       | AMENDED/LOST bob #b 2@99 leaves=2 previous_price=98
        bob has                  | USDC 9980200+19800
        bob amend #b 2@99        | REJECTED/AMEND_NO_CHANGE bob
        bob amend #b 3@99        | AMENDED/LOST bob #b 3@99 previous_price=99
        dave buy 1@99 #d         | ACCEPTED dave
        bob amend #b 3@105       | AMENDED/LOST bob #b 3@99 previous_price=99
        carol sell 1@99 ioc      | ACCEPTED carol; FILL carol; FILL dave #d leaves=0
    """,
    "an amended sell slides again": """
        alice buy 5@100          | ACCEPTED alice
        bob sell 2@105 slide #s  | ACCEPTED bob 2@105
        bob amend #s 2@90        | AMENDED/LOST bob #s 2@101 previous_price=105
        bob amend #s 1@101       | AMENDED/KEPT bob #s 1@101 leaves=1
        AAPL book                | 5@100 / 1@101
    """,
}

MARKET_TO_LIMIT: Final = {
    "a sell": """
        alice buy 5@100          | ACCEPTED alice
        alice buy 5@99           | ACCEPTED alice
        bob sell 8@market mtl #s | ACCEPTED bob sell #s 8@100 leaves=8; FILL bob taker 5@100 leaves=3; FILL alice maker
        AAPL book                | 5@99 / 3@100
        bob has                  | USDC 10050000+0 AAPL 9920+30
    """,
    "what fits is filled": """
        alice sell 5@100         | ACCEPTED alice
        bob buy 5@market mtl id=m #m | ACCEPTED bob #m 5@100; FILL bob taker 5@100 leaves=0; FILL alice maker
        AAPL book                | /
        bob buy 5@market mtl id=m | DUPLICATE/FILLED bob #m 5@100 filled=5
        bob buy 5@market id=m    | REJECTED/CLIENT_ORDER_ID_REUSED bob
    """,
    "only what is displayed is liquidity": """
        bob buy 5@market mtl     | REJECTED/NO_LIQUIDITY bob
        alice sell 5@100 hidden  | ACCEPTED alice
        bob buy 5@market mtl     | REJECTED/NO_LIQUIDITY bob
        bob buy 5@market         | REJECTED/NO_LIQUIDITY bob
        dave sell 5@101          | ACCEPTED dave
        bob buy 7@market mtl     | ACCEPTED bob 7@101; FILL bob 5@100 leaves=2; FILL alice leaves=0; FILL bob 2@101;
                                 | FILL dave
    """,
    "hidden lots at the price it met are taken before it rests": """
        dave sell 5@100 #d       | ACCEPTED dave
        alice sell 3@100 hidden #h | ACCEPTED alice
        bob buy 9@market mtl     | ACCEPTED bob 9@100; FILL bob 5@100 leaves=4; FILL dave #d; FILL bob 3@100 leaves=1;
                                 | FILL alice #h
        AAPL book                | 1@100 /
    """,
    "the remainder of an iceberg": """
        alice sell 5@100         | ACCEPTED alice
        bob buy 20@market mtl display=4 | ACCEPTED bob 20@100; FILL bob leaves=15; FILL alice
        AAPL book                | 4@100 /
        bob has                  | USDC 9800000+150000 AAPL 10050+0
    """,
    "the remainder of a hidden order, for the day": """
        alice sell 5@100         | ACCEPTED alice
        bob buy 6@market mtl hidden day #b | ACCEPTED bob 6@100; FILL bob leaves=1; FILL alice
        AAPL book                | /
        venue roll 20261201      | TRADE_DATE_ROLLED venue previous=0
        venue pulse              | CANCELLED/DAY_ENDED bob #b 6@100 leaves=1; PULSED venue items=1
    """,
    "its own party is in front": """
        alice sell 5@100 #a      | ACCEPTED alice
        alice buy 3@market mtl   | ACCEPTED alice 3@100; CANCELLED/SELF_TRADE_INCOMING alice 3@100 leaves=3
        alice buy 3@market mtl oldest | ACCEPTED alice 3@100; CANCELLED/SELF_TRADE_RESTING alice #a
        AAPL book                | 3@100 /
    """,
    "at least so much": """
        alice sell 5@100         | ACCEPTED alice
        alice sell 5@101         | ACCEPTED alice
        bob buy 8@market mtl min=6 | REJECTED/MIN_QUANTITY_UNFILLABLE bob
        bob buy 8@market mtl min=5 | ACCEPTED bob 8@100; FILL bob leaves=3; FILL alice
        AAPL book                | 3@100 / 5@101
    """,
    "the hold is at the price it met": """
        alice sell 5@100         | ACCEPTED alice
        alice transfer 49999 USDC poor | TRANSFER_OUT alice; TRANSFER_IN poor
        poor buy 5@market mtl    | REJECTED/INSUFFICIENT_FUNDS poor
        alice transfer 1 USDC poor | TRANSFER_OUT alice; TRANSFER_IN poor
        poor buy 5@market mtl    | ACCEPTED poor 5@100; FILL poor; FILL alice
        poor has                 | USDC 0+0 AAPL 50+0
    """,
    "at rest it is a limit order": """
        alice sell 5@100         | ACCEPTED alice
        bob buy 8@market mtl #b  | ACCEPTED bob; FILL bob leaves=3; FILL alice
        bob amend #b 8@market    | REJECTED/INVALID_PRICE bob
        bob amend #b 9@102       | AMENDED/LOST bob #b 9@102 leaves=4 filled=5 previous_price=100
    """,
}

MINIMUM: Final = {
    "a sell": """
        alice buy 5@100          | ACCEPTED alice
        bob sell 8@100 min=6     | REJECTED/MIN_QUANTITY_UNFILLABLE bob
        bob sell 8@100 min=5     | ACCEPTED bob; FILL bob taker 5@100 leaves=3; FILL alice maker
        AAPL book                | / 3@100
    """,
    "across levels, within the limit": """
        alice sell 2@100         | ACCEPTED alice
        alice sell 3@101         | ACCEPTED alice
        bob buy 8@101 min=6      | REJECTED/MIN_QUANTITY_UNFILLABLE bob
        bob buy 8@100 min=3      | REJECTED/MIN_QUANTITY_UNFILLABLE bob
        bob buy 5@101 min=5      | ACCEPTED bob; FILL bob 2@100; FILL alice; FILL bob 3@101 leaves=0; FILL alice
    """,
    "what does not cross does not enter": """
        bob buy 5@90 min=1       | REJECTED/MIN_QUANTITY_UNFILLABLE bob
        alice sell 5@91          | ACCEPTED alice
        bob buy 5@90 min=1       | REJECTED/MIN_QUANTITY_UNFILLABLE bob
        bob has                  | USDC 10000000+0
    """,
    "for an immediate order": """
        alice sell 5@100         | ACCEPTED alice
        bob buy 8@100 ioc min=6  | REJECTED/MIN_QUANTITY_UNFILLABLE bob
        bob buy 8@100 ioc min=5  | ACCEPTED bob; FILL bob 5@100 leaves=3; FILL alice;
                                 | CANCELLED/IOC_REMAINDER bob leaves=3
    """,
    "for a market order within its collar": """
        alice sell 5@100         | ACCEPTED alice
        alice sell 5@106         | ACCEPTED alice
        bob buy 9@market min=6   | REJECTED/MIN_QUANTITY_UNFILLABLE bob
        bob buy 9@market min=5   | ACCEPTED bob 9@105; FILL bob 5@100; FILL alice;
                                 | CANCELLED/MARKET_REMAINDER bob leaves=4
    """,
    "at rest it has none": """
        alice sell 5@100         | ACCEPTED alice
        bob buy 8@100 min=5 #b   | ACCEPTED bob; FILL bob leaves=3; FILL alice
        #b is                    | min_quantity=0 leaves=3
        dave sell 1@100          | ACCEPTED dave; FILL dave; FILL bob #b leaves=2
        bob amend #b 8@100 min=1 | REJECTED/INVALID_COMBINATION bob
    """,
    "its own orders end the walk, are passed over, or count": """
        bob sell 3@99            | ACCEPTED bob
        alice sell 3@100 #a      | ACCEPTED alice
        bob sell 3@101           | ACCEPTED bob
        alice buy 12@101 min=4 newest          | REJECTED/MIN_QUANTITY_UNFILLABLE alice
        alice buy 12@101 min=4 both            | REJECTED/MIN_QUANTITY_UNFILLABLE alice
        alice buy 12@101 min=4 stp=decrement   | REJECTED/MIN_QUANTITY_UNFILLABLE alice
        alice buy 12@101 min=7 oldest          | REJECTED/MIN_QUANTITY_UNFILLABLE alice
        alice buy 12@101 min=10 stp=none       | REJECTED/MIN_QUANTITY_UNFILLABLE alice
        AAPL book                | / 3@99 3@100 3@101
        alice buy 12@101 min=3 newest          | ACCEPTED alice; FILL alice 3@99 leaves=9; FILL bob;
                                               | CANCELLED/SELF_TRADE_INCOMING alice leaves=9 filled=3
    """,
    "passed over, it is cancelled when met": """
        bob sell 3@99            | ACCEPTED bob
        alice sell 3@100 #a      | ACCEPTED alice
        bob sell 3@101           | ACCEPTED bob
        alice buy 12@101 min=6 oldest | ACCEPTED alice; FILL alice 3@99; FILL bob;
                                      | CANCELLED/SELF_TRADE_RESTING alice #a;
                                 | FILL alice 3@101 leaves=6; FILL bob
        AAPL book                | 6@101 /
    """,
    "counted, it is traded with": """
        bob sell 3@99            | ACCEPTED bob
        alice sell 3@100 #a      | ACCEPTED alice
        alice buy 12@101 min=6 stp=none | ACCEPTED alice; FILL alice 3@99; FILL bob; FILL alice buy 3@100 leaves=6;
                                 | FILL alice sell #a leaves=0
        AAPL book                | 6@101 /
    """,
    "after a decrement nothing can be counted on": """
        alice sell 3@100 #a      | ACCEPTED alice
        bob sell 9@100           | ACCEPTED bob
        alice buy 9@100 min=1 stp=decrement | REJECTED/MIN_QUANTITY_UNFILLABLE alice
        bob sell 2@99            | ACCEPTED bob
        alice buy 9@100 min=2 stp=decrement #n | ACCEPTED alice; FILL alice 2@99 leaves=7; FILL bob;
                                 | CANCELLED/SELF_TRADE_RESTING alice #a 3@100 leaves=3;
                                 | AMENDED/DECREMENTED alice #n 6@100 leaves=4 filled=2;
                                 | FILL alice 4@100 leaves=0; FILL bob leaves=5
    """,
    "reserves count": """
        alice sell 12@100 display=5 | ACCEPTED alice
        bob buy 20@100 min=13    | REJECTED/MIN_QUANTITY_UNFILLABLE bob
        bob buy 13@100 fok       | REJECTED/FOK_UNFILLABLE bob
        bob buy 20@100 min=12    | ACCEPTED bob; FILL bob 5@100; FILL alice leaves=7; FILL bob 5@100;
                                 | FILL alice leaves=2;
                                 | FILL bob 2@100 leaves=8; FILL alice leaves=0
    """,
    "fill or kill from reserves": """
        alice sell 12@100 display=5 | ACCEPTED alice
        dave sell 2@100          | ACCEPTED dave
        bob buy 14@100 fok       | ACCEPTED bob; FILL bob 5@100; FILL alice leaves=7; FILL bob 2@100; FILL dave;
                                 | FILL bob 5@100; FILL alice leaves=2; FILL bob 2@100 leaves=0; FILL alice leaves=0
    """,
    "reserves of a level with an own order in it do not count": """
        alice sell 12@100 display=5 #a | ACCEPTED alice
        dave sell 2@100 #d       | ACCEPTED dave
        dave buy 9@100 min=6 newest | REJECTED/MIN_QUANTITY_UNFILLABLE dave
        dave buy 9@100 min=6 both   | REJECTED/MIN_QUANTITY_UNFILLABLE dave
        dave buy 6@100 fok          | REJECTED/FOK_UNFILLABLE dave
        dave buy 9@100 min=5 newest | ACCEPTED dave; FILL dave 5@100 leaves=4; FILL alice #a leaves=7;
                                 | CANCELLED/SELF_TRADE_INCOMING dave leaves=4 filled=5
        AAPL book                | / 7@100
    """,
    "unless it is passed over": """
        alice sell 12@100 display=5 #a | ACCEPTED alice
        dave sell 2@100 #d       | ACCEPTED dave
        dave buy 13@100 fok oldest | REJECTED/FOK_UNFILLABLE dave
        dave buy 12@100 fok oldest | ACCEPTED dave; FILL dave 5@100; FILL alice leaves=7;
                                 | CANCELLED/SELF_TRADE_RESTING dave #d; FILL dave 5@100; FILL alice leaves=2;
                                 | FILL dave 2@100 leaves=0; FILL alice leaves=0
    """,
    "an own iceberg is passed over whole": """
        dave sell 12@100 display=5 #d | ACCEPTED dave
        alice sell 3@100         | ACCEPTED alice
        dave buy 9@100 min=4 oldest | REJECTED/MIN_QUANTITY_UNFILLABLE dave
        dave buy 9@100 min=3 oldest | ACCEPTED dave; CANCELLED/SELF_TRADE_RESTING dave #d 12@100 leaves=12;
                                 | FILL dave 3@100 leaves=6; FILL alice
    """,
    "an own iceberg counts whole": """
        dave sell 12@100 display=5 #d | ACCEPTED dave
        dave buy 13@100 fok stp=none | REJECTED/FOK_UNFILLABLE dave
        dave buy 12@100 fok stp=none | ACCEPTED dave; FILL dave buy 5@100; FILL dave #d leaves=7; FILL dave buy 5@100;
                                 | FILL dave #d leaves=2; FILL dave buy 2@100 leaves=0; FILL dave #d leaves=0
    """,
    "hidden orders count, behind the displayed ones and their reserves": """
        dave sell 5@100 hidden #h | ACCEPTED dave
        alice sell 12@100 display=5 #a | ACCEPTED alice
        bob buy 18@100 fok       | REJECTED/FOK_UNFILLABLE bob
        dave buy 20@100 min=13   | REJECTED/MIN_QUANTITY_UNFILLABLE dave
        dave buy 20@100 min=12   | ACCEPTED dave; FILL dave 5@100; FILL alice leaves=7; FILL dave 5@100;
                                 | FILL alice leaves=2;
                                 | FILL dave 2@100 leaves=8; FILL alice leaves=0;
                                 | CANCELLED/SELF_TRADE_INCOMING dave leaves=8 filled=12
        bob buy 5@100 fok        | ACCEPTED bob; FILL bob; FILL dave #h leaves=0
    """,
    "an own hidden order ends the walk at its place": """
        bob sell 2@100 hidden    | ACCEPTED bob
        alice sell 2@100 hidden #h | ACCEPTED alice
        bob sell 2@100 hidden    | ACCEPTED bob
        alice buy 4@100 min=3    | REJECTED/MIN_QUANTITY_UNFILLABLE alice
        alice buy 4@100 fok oldest | ACCEPTED alice; FILL alice 2@100; FILL bob; CANCELLED/SELF_TRADE_RESTING alice #h;
                                 | FILL alice 2@100 leaves=0; FILL bob
    """,
    "hidden orders that would be passed over do not count": """
        alice sell 5@100         | ACCEPTED alice
        dave sell 9@101 hidden min=6 #h | ACCEPTED dave
        bob buy 10@101 min=6     | REJECTED/MIN_QUANTITY_UNFILLABLE bob
        bob buy 10@101 fok       | REJECTED/FOK_UNFILLABLE bob
        bob buy 11@101 fok       | ACCEPTED bob; FILL bob 5@100 leaves=6; FILL alice; FILL bob 6@101 leaves=0;
                                 | FILL dave #h leaves=3 filled=6;
                                 | CANCELLED/BELOW_MINIMUM dave #h 9@101 leaves=3 filled=6
    """,
    "an own hidden order that would be passed over does not end the walk": """
        alice sell 9@100 hidden min=6 | ACCEPTED alice
        bob sell 5@101           | ACCEPTED bob
        alice buy 5@101 fok      | ACCEPTED alice; FILL alice 5@101 leaves=0; FILL bob
    """,
    "a hidden order with a minimum rests if it does not cross": """
        alice sell 5@100         | ACCEPTED alice
        bob buy 8@99 hidden min=6 #h | ACCEPTED bob #h 8@99 leaves=8
        bob buy 8@100 hidden min=6 | REJECTED/MIN_QUANTITY_UNFILLABLE bob
        AAPL book                | / 5@100
        bob buy 9@100 hidden min=4 #g | ACCEPTED bob #g; FILL bob taker 5@100 leaves=4; FILL alice
        #g is                    | min_quantity=4 leaves=4
        bob has                  | USDC 9830800+119200 AAPL 10050+0
    """,
    "what is left of it on arrival is below its minimum": """
        alice sell 5@100         | ACCEPTED alice
        bob buy 8@100 hidden min=4 #h | ACCEPTED bob; FILL bob taker 5@100 leaves=3; FILL alice;
                                 | CANCELLED/BELOW_MINIMUM bob #h 8@100 leaves=3 filled=5
        bob has                  | USDC 9950000+0 AAPL 10050+0
    """,
    "all of it may trade": """
        alice sell 5@100         | ACCEPTED alice
        bob buy 5@100 hidden min=5 | ACCEPTED bob; FILL bob taker 5@100 leaves=0; FILL alice
    """,
    "on arrival the parts may be smaller than the minimum": """
        alice sell 2@100         | ACCEPTED alice
        alice sell 4@101         | ACCEPTED alice
        bob buy 12@101 hidden min=6 #h | ACCEPTED bob; FILL bob 2@100; FILL alice; FILL bob 4@101 leaves=6; FILL alice
        #h is                    | leaves=6
    """,
    "in between it may have less left than its minimum": """
        alice sell 7@100         | ACCEPTED alice
        alice sell 9@101         | ACCEPTED alice
        bob buy 10@101 hidden min=4 | ACCEPTED bob; FILL bob 7@100 leaves=3; FILL alice; FILL bob 3@101 leaves=0;
                                    | FILL alice
    """,
    "it crosses what it would pass over": """
        alice sell 9@100 hidden min=6 | ACCEPTED alice
        bob buy 5@100 hidden min=5 | REJECTED/MIN_QUANTITY_UNFILLABLE bob
        bob buy 5@99 hidden min=5 | ACCEPTED bob
    """,
}

ICEBERG: Final = {
    "two take turns": """
        alice sell 6@100 display=2 #a | ACCEPTED alice
        dave sell 6@100 display=3 #d  | ACCEPTED dave
        AAPL book                | / 5@100
        bob buy 10@100 ioc       | ACCEPTED bob; FILL bob 2@100 leaves=8; FILL alice #a leaves=4;
                                 | FILL bob 3@100 leaves=5; FILL dave #d leaves=3;
                                 | FILL bob 2@100 leaves=3; FILL alice #a leaves=2;
                                 | FILL bob 3@100 leaves=0; FILL dave #d leaves=0
        AAPL book                | / 2@100
    """,
    "a slice that has traded in part keeps its place": """
        alice sell 6@100 display=3 #a | ACCEPTED alice
        dave sell 3@100 #d       | ACCEPTED dave
        bob buy 2@100            | ACCEPTED bob; FILL bob 2@100; FILL alice #a leaves=4 filled=2
        AAPL book                | / 4@100
        bob buy 2@100            | ACCEPTED bob; FILL bob 1@100 leaves=1; FILL alice #a leaves=3 filled=3;
                                 | FILL bob 1@100 leaves=0; FILL dave #d leaves=2
        AAPL book                | / 5@100
    """,
    "bids": """
        alice buy 7@100 display=3 #a | ACCEPTED alice
        bob buy 2@100 #b         | ACCEPTED bob
        dave sell 4@100          | ACCEPTED dave; FILL dave 3@100; FILL alice #a leaves=4; FILL dave 1@100;
                                 | FILL bob #b leaves=1
        AAPL book                | 4@100 /
    """,
    "it arrives with all it has": """
        alice buy 4@100          | ACCEPTED alice
        bob sell 10@100 display=3 #s | ACCEPTED bob #s 10@100 leaves=10; FILL bob taker 4@100 leaves=6; FILL alice
        AAPL book                | / 3@100
        #s is                    | reserve=3 slice=0 display_quantity=3 filled=4
    """,
    "the last slice is what is left": """
        alice sell 7@100 display=5 #a | ACCEPTED alice
        bob buy 5@100            | ACCEPTED bob; FILL bob; FILL alice leaves=2
        AAPL book                | / 2@100
        #a is                    | reserve=0 slice=1
        bob buy 3@100            | ACCEPTED bob; FILL bob 2@100 leaves=1; FILL alice leaves=0
        AAPL book                | 1@100 /
    """,
    "all of it may be shown": """
        alice sell 5@100 display=5 #a | ACCEPTED alice
        AAPL book                | / 5@100
        #a is                    | reserve=0 slice=0
        bob buy 5@100            | ACCEPTED bob; FILL bob; FILL alice leaves=0
    """,
    "alone at its level it goes on at once": """
        alice sell 6@100 display=2 #a | ACCEPTED alice
        bob sell 5@101           | ACCEPTED bob
        dave buy 7@101 ioc       | ACCEPTED dave; FILL dave 2@100; FILL alice leaves=4; FILL dave 2@100;
                                 | FILL alice leaves=2;
                                 | FILL dave 2@100; FILL alice leaves=0; FILL dave 1@101; FILL bob
    """,
    "the hold is of all lots": """
        alice sell 12@100 display=5 | ACCEPTED alice
        alice has                | AAPL 9880+120
        carol buy 10@99 display=1 #c | ACCEPTED carol
        carol has                | USDC 9900802+99198
        bob sell 2@99            | ACCEPTED bob; FILL bob 1@99; FILL carol leaves=9 fee=9; FILL bob 1@99;
                                 | FILL carol leaves=8 fee=9
        carol has                | USDC 9900824+79358 AAPL 10020+0
    """,
    "a cancel ends slice and reserve": """
        alice sell 12@100 display=5 #a | ACCEPTED alice
        bob buy 6@100 ioc        | ACCEPTED bob; FILL bob 5@100; FILL alice leaves=7; FILL bob 1@100;
                                 | FILL alice leaves=6
        AAPL book                | / 4@100
        alice cancel #a          | CANCELLED/USER alice #a 12@100 leaves=6 filled=6
        AAPL book                | /
        alice has                | USDC 10060000+0 AAPL 9940+0
    """,
    "a cancel-all and an expiry as well": """
        alice sell 12@100 display=5 #a | ACCEPTED alice
        alice sell 9@101 display=2 expires=50 #b | ACCEPTED alice
        venue pulse at=50        | CANCELLED/EXPIRED alice #b 9@101 leaves=9; PULSED venue items=1
        alice cancel-all         | CANCELLED/CANCEL_ALL alice #a 12@100 leaves=12; CANCEL_ALL_DONE alice orders=1
        alice has                | AAPL 10000+0
    """,
    "its own party is met at its slice and cancelled whole": """
        alice sell 12@100 display=5 #a | ACCEPTED alice
        alice buy 3@100 newest   | ACCEPTED alice; CANCELLED/SELF_TRADE_INCOMING alice 3@100 leaves=3
        AAPL book                | / 5@100
        alice buy 3@100 oldest   | ACCEPTED alice; CANCELLED/SELF_TRADE_RESTING alice #a 12@100 leaves=12
        AAPL book                | 3@100 /
    """,
    "slice after slice meets another order first": """
        alice sell 6@100 display=2 #a | ACCEPTED alice
        bob sell 2@100 #b        | ACCEPTED bob
        bob buy 5@100 both #n    | ACCEPTED bob; FILL bob 2@100 leaves=3; FILL alice #a leaves=4;
                                 | CANCELLED/SELF_TRADE_RESTING bob #b; CANCELLED/SELF_TRADE_INCOMING bob #n leaves=3
        AAPL book                | / 2@100
    """,
    "a notional order takes slices": """
        alice sell 10@30 display=3 on=GOLD #a | ACCEPTED alice
        bob spend 130@30 on=GOLD | ACCEPTED bob; FILL bob 3@30; FILL alice leaves=7; FILL bob 1@30; FILL alice leaves=6;
                                 | CANCELLED/IOC_REMAINDER bob 4@30 budget=10
        GOLD book                | / 2@30
    """,
    "a duplicate says all lots left": """
        alice sell 12@100 display=5 id=x #a | ACCEPTED alice
        bob buy 2@100            | ACCEPTED bob; FILL bob; FILL alice id=x
        alice sell 12@100 display=5 id=x | DUPLICATE/OPEN alice #a 12@100 leaves=10 filled=2
        alice sell 12@100 id=x   | REJECTED/CLIENT_ORDER_ID_REUSED alice
    """,
}

HIDDEN: Final = {
    "a better price trades first": """
        dave sell 5@100 #d       | ACCEPTED dave
        alice sell 5@99 hidden #h | ACCEPTED alice
        AAPL book                | / 5@100
        bob buy 7@100            | ACCEPTED bob; FILL bob 5@99 leaves=2; FILL alice maker #h leaves=0;
                                 | FILL bob 2@100 leaves=0; FILL dave #d leaves=3
    """,
    "bids": """
        dave buy 5@100 #d        | ACCEPTED dave
        alice buy 5@101 hidden #h | ACCEPTED alice
        alice buy 5@100 hidden #g | ACCEPTED alice
        AAPL book                | 5@100 /
        bob sell 12@100          | ACCEPTED bob; FILL bob 5@101; FILL alice #h; FILL bob 5@100; FILL dave #d;
                                 | FILL bob 2@100 leaves=0; FILL alice #g leaves=3
        AAPL book                | /
        alice has                | USDC 9899500+30000 AAPL 10070+0
    """,
    "behind every slice of an iceberg": """
        alice sell 5@100 hidden #h | ACCEPTED alice
        dave sell 6@100 display=2 #d | ACCEPTED dave
        bob buy 8@100            | ACCEPTED bob; FILL bob 2@100; FILL dave leaves=4; FILL bob 2@100; FILL dave leaves=2;
                                 | FILL bob 2@100; FILL dave leaves=0; FILL bob 2@100 leaves=0; FILL alice #h leaves=3
    """,
    "behind displayed orders that come later": """
        alice sell 5@100 hidden #h | ACCEPTED alice
        bob buy 2@100            | ACCEPTED bob; FILL bob; FILL alice #h leaves=3
        dave sell 5@100 #d       | ACCEPTED dave
        bob buy 6@100            | ACCEPTED bob; FILL bob 5@100; FILL dave #d; FILL bob 1@100; FILL alice #h leaves=2
    """,
    "in the order of their arrival": """
        alice sell 5@100 hidden #1 | ACCEPTED alice
        dave sell 5@100 hidden #2 | ACCEPTED dave
        bob buy 2@100            | ACCEPTED bob; FILL bob; FILL alice #1 leaves=3
        bob buy 5@100            | ACCEPTED bob; FILL bob 3@100; FILL alice #1 leaves=0; FILL bob 2@100;
                                 | FILL dave #2 leaves=3
    """,
    "an arriving hidden order takes like any other": """
        alice sell 3@100         | ACCEPTED alice
        bob buy 5@101 hidden #h  | ACCEPTED bob buy #h 5@101; FILL bob taker 3@100 leaves=2; FILL alice
        AAPL book                | /
        bob has                  | USDC 9949800+20200 AAPL 10030+0
        dave sell 5@101 hidden   | ACCEPTED dave; FILL dave taker 2@101 leaves=3; FILL bob maker #h leaves=0
        AAPL book                | /
    """,
    "the collar knows only what is displayed": """
        alice sell 2@98 hidden   | ACCEPTED alice
        alice sell 2@106 hidden  | ACCEPTED alice
        dave sell 2@100          | ACCEPTED dave
        bob buy 6@market         | ACCEPTED bob 6@105; FILL bob 2@98; FILL alice; FILL bob 2@100; FILL dave;
                                 | CANCELLED/MARKET_REMAINDER bob leaves=2
    """,
    "post-only is refused by what is not seen": """
        alice sell 5@100 hidden  | ACCEPTED alice
        bob buy 5@100 post       | REJECTED/POST_ONLY_WOULD_CROSS bob
        bob buy 5@100 post hidden | REJECTED/POST_ONLY_WOULD_CROSS bob
        bob buy 5@99 post hidden | ACCEPTED bob
        AAPL book                | /
    """,
    "its own party meets it as any other": """
        alice sell 5@100 hidden #h | ACCEPTED alice
        alice buy 2@100 newest   | ACCEPTED alice; CANCELLED/SELF_TRADE_INCOMING alice
        alice buy 2@100 stp=decrement | ACCEPTED alice; AMENDED/DECREMENTED alice #h 3@100 leaves=3;
                                 | CANCELLED/SELF_TRADE_INCOMING alice
        alice buy 2@100 oldest   | ACCEPTED alice; CANCELLED/SELF_TRADE_RESTING alice #h 3@100 leaves=3
        AAPL book                | 2@100 /
    """,
    "cancelled and amended unseen": """
        alice sell 5@100 hidden #h | ACCEPTED alice
        dave sell 5@100 hidden #d | ACCEPTED dave
        alice amend #h 4@100     | AMENDED/KEPT alice #h 4@100 leaves=4
        bob buy 1@100            | ACCEPTED bob; FILL bob; FILL alice #h leaves=3
        alice amend #h 6@100     | AMENDED/LOST alice #h 6@100 leaves=5
        bob buy 1@100            | ACCEPTED bob; FILL bob; FILL dave #d leaves=4
        alice amend #h 6@99      | AMENDED/LOST alice #h 6@99
        AAPL book                | /
        bob buy 1@100            | ACCEPTED bob; FILL bob 1@99; FILL alice #h leaves=4
        alice cancel #h          | CANCELLED/USER alice #h 6@99 leaves=4 filled=2
        dave cancel-all          | CANCELLED/CANCEL_ALL dave #d; CANCEL_ALL_DONE dave orders=1
    """,
    "a smaller order goes on behind one with a minimum": """
        alice sell 10@100 hidden min=6 #1 | ACCEPTED alice
        dave sell 4@100 hidden #2 | ACCEPTED dave
        bob buy 5@100            | ACCEPTED bob; FILL bob 4@100 leaves=1; FILL dave #2 leaves=0
        AAPL book                | 1@100 /
    """,
    "and to the next price": """
        alice sell 10@99 hidden min=6 #1 | ACCEPTED alice
        dave sell 4@100 #2       | ACCEPTED dave
        alice sell 9@101 hidden min=1 #3 | ACCEPTED alice
        bob buy 5@101            | ACCEPTED bob; FILL bob 4@100 leaves=1; FILL dave #2; FILL bob 1@101 leaves=0;
                                 | FILL alice #3
    """,
    "what comes may have become too small": """
        dave sell 4@100 hidden #1 | ACCEPTED dave
        alice sell 10@100 hidden min=6 #2 | ACCEPTED alice
        bob buy 9@100            | ACCEPTED bob; FILL bob 4@100 leaves=5; FILL dave #1
        AAPL book                | 5@100 /
        carol buy 6@100          | ACCEPTED carol; FILL carol 6@100 leaves=0; FILL alice #2 leaves=4;
                                 | CANCELLED/BELOW_MINIMUM alice #2 10@100 leaves=4 filled=6
        AAPL book                | 5@100 /
    """,
    "exactly the minimum is enough, and may be left": """
        alice sell 8@100 hidden min=4 #h | ACCEPTED alice
        bob buy 4@100            | ACCEPTED bob; FILL bob 4@100; FILL alice #h leaves=4
        bob buy 4@100            | ACCEPTED bob; FILL bob 4@100; FILL alice #h leaves=0
    """,
    "the events of a fill come first, then the next fill": """
        alice sell 8@100 hidden min=4 #h | ACCEPTED alice
        dave sell 5@101          | ACCEPTED dave
        bob buy 5@101 ioc        | ACCEPTED bob; FILL bob 5@100 leaves=0; FILL alice #h leaves=3;
                                 | CANCELLED/BELOW_MINIMUM alice #h 8@100 leaves=3 filled=5
        alice sell 8@100 hidden min=8 #h | ACCEPTED alice
        alice sell 9@100 hidden min=5 #g | ACCEPTED alice
        bob buy 15@101 ioc       | ACCEPTED bob; FILL bob 8@100 leaves=7; FILL alice #h leaves=0;
                                 | FILL bob 7@100 leaves=0; FILL alice #g leaves=2;
                                 | CANCELLED/BELOW_MINIMUM alice #g leaves=2
        alice has                | USDC 10200000+0 AAPL 9800+0
    """,
    "a smaller order rests across it and trades with others": """
        alice sell 10@99 hidden min=4 #h | ACCEPTED alice
        bob buy 3@100 #b         | ACCEPTED bob #b 3@100
        AAPL book                | 3@100 /
        carol sell 2@98          | ACCEPTED carol; FILL carol taker 2@100; FILL bob #b leaves=1
        dave buy 5@99            | ACCEPTED dave; FILL dave 5@99 leaves=0; FILL alice #h leaves=5
        AAPL book                | 1@100 /
        bob amend #b 6@100       | AMENDED/LOST bob #b 6@100 leaves=4; FILL bob taker 4@99 leaves=0;
                                 | FILL alice #h leaves=1;
                                 | CANCELLED/BELOW_MINIMUM alice #h 10@99 leaves=1 filled=9
        AAPL book                | /
    """,
    "a notional order that can not afford the minimum": """
        alice sell 10@30 hidden min=4 on=GOLD #h | ACCEPTED alice
        bob spend 119@30 on=GOLD | ACCEPTED bob; CANCELLED/IOC_REMAINDER bob 0@30 budget=119
        dave sell 10@32 on=GOLD  | ACCEPTED dave
        bob spend 119@32 on=GOLD | ACCEPTED bob; FILL bob 3@32; FILL dave; CANCELLED/IOC_REMAINDER bob budget=23
        bob spend 120@32 on=GOLD | ACCEPTED bob; FILL bob 4@30 cash=120; FILL alice #h leaves=6
    """,
    "what ended below its minimum answers so": """
        alice sell 8@100 hidden min=4 id=x #h | ACCEPTED alice
        bob buy 5@100            | ACCEPTED bob; FILL bob; FILL alice id=x; CANCELLED/BELOW_MINIMUM alice id=x
        alice sell 8@100 hidden min=4 id=x | DUPLICATE/CANCELLED alice #h 8@100 leaves=0 filled=5
        alice sell 8@100 hidden min=5 id=x | REJECTED/CLIENT_ORDER_ID_REUSED alice
        alice sell 8@100 min=4 id=x | REJECTED/CLIENT_ORDER_ID_REUSED alice
    """,
}

DAY: Final = {
    "which numbers are dates": """
        venue roll 0             | REJECTED/INVALID_PARAMETER venue
        venue roll 19691231      | REJECTED/INVALID_PARAMETER venue
        venue roll 19700001      | REJECTED/INVALID_PARAMETER venue
        venue roll 19701301      | REJECTED/INVALID_PARAMETER venue
        venue roll 19700100      | REJECTED/INVALID_PARAMETER venue
        venue roll 19700132      | REJECTED/INVALID_PARAMETER venue
        venue roll 100000101     | REJECTED/INVALID_PARAMETER venue
        venue roll 4294967295    | REJECTED/INVALID_PARAMETER venue
        venue roll 19700101      | TRADE_DATE_ROLLED venue trade_date=19700101 previous=0
        venue roll 19700101      | REJECTED/INVALID_PARAMETER venue
        venue roll 20260231      | TRADE_DATE_ROLLED venue trade_date=20260231 previous=19700101
        venue roll 20260230      | REJECTED/INVALID_PARAMETER venue
        venue roll 99991231      | TRADE_DATE_ROLLED venue trade_date=99991231 previous=20260231
    """,
    "before the first date": """
        alice buy 5@100 day #a   | ACCEPTED alice
        #a is                    | lifetime=1 trade_date=0
        venue pulse at=5         | PULSED venue items=0
        venue due                | None
        venue roll 20261201 at=7 | TRADE_DATE_ROLLED venue previous=0
        venue due                | 7
        alice buy 5@100 day #b   | ACCEPTED alice
        #b is                    | lifetime=1 trade_date=20261201
        venue pulse at=9         | CANCELLED/DAY_ENDED alice buy #a 5@100 leaves=5; PULSED venue items=1
        venue due                | None
        alice has                | USDC 9950000+50000
    """,
    "the earlier of expiry and day": """
        venue roll 20261130 at=100 | TRADE_DATE_ROLLED venue
        alice sell 5@100 day expires=200 #a | ACCEPTED alice
        alice sell 6@100 day #b  | ACCEPTED alice
        alice sell 7@100 expires=200 #c | ACCEPTED alice
        venue due                | 200
        venue roll 20261201 at=150 | TRADE_DATE_ROLLED venue
        venue due                | 150
        venue pulse at=160       | CANCELLED/DAY_ENDED alice #a; CANCELLED/DAY_ENDED alice #b; PULSED venue items=2
        venue due                | 200
        venue pulse at=200       | CANCELLED/EXPIRED alice #c; PULSED venue items=1
    """,
    "what expires goes first": """
        venue roll 20261130 at=100 | TRADE_DATE_ROLLED venue
        alice sell 6@100 day #b  | ACCEPTED alice
        alice sell 5@100 day expires=200 #a | ACCEPTED alice
        alice sell 7@100 expires=190 #c | ACCEPTED alice
        venue roll 20261201 at=250 | TRADE_DATE_ROLLED venue
        venue due                | 190
        venue pulse at=250       | CANCELLED/EXPIRED alice #c; CANCELLED/EXPIRED alice #a; CANCELLED/DAY_ENDED alice #b;
                                 | PULSED venue items=3
    """,
    "earlier dates first, whatever the ids": """
        alice sell 1@100 #x      | ACCEPTED alice
        alice cancel #x          | CANCELLED/USER alice
        alice sell 1@100 day #1  | ACCEPTED alice
        venue roll 20261201      | TRADE_DATE_ROLLED venue
        alice sell 2@100 day #2  | ACCEPTED alice
        alice sell 3@100 day #3  | ACCEPTED alice
        venue roll 20261202      | TRADE_DATE_ROLLED venue
        venue pulse              | CANCELLED/DAY_ENDED alice #1; CANCELLED/DAY_ENDED alice #2;
                                 | CANCELLED/DAY_ENDED alice #3;
                                 | PULSED venue items=3
    """,
    "of one date the lowest id first": """
        alice sell 1@100 #x      | ACCEPTED alice
        alice cancel #x          | CANCELLED/USER alice
        alice sell 1@100 day #1  | ACCEPTED alice
        alice sell 2@100 day #2  | ACCEPTED alice
        venue roll 20261202      | TRADE_DATE_ROLLED venue
        venue pulse              | CANCELLED/DAY_ENDED alice #2; CANCELLED/DAY_ENDED alice #1; PULSED venue items=2
    """,
    "until the pulse it is an order like others": """
        alice sell 5@100 day #a  | ACCEPTED alice
        venue roll 20261201      | TRADE_DATE_ROLLED venue
        bob buy 2@100            | ACCEPTED bob; FILL bob; FILL alice #a leaves=3
        alice amend #a 4@101     | AMENDED/LOST alice #a 4@101 leaves=2
        venue pulse              | CANCELLED/DAY_ENDED alice #a 4@101 leaves=2 filled=2; PULSED venue items=1
    """,
    "a halt does not save it": """
        alice sell 5@100 day #a  | ACCEPTED alice
        venue roll 20261201      | TRADE_DATE_ROLLED venue
        venue halt AAPL          | HALTED venue
        venue pulse              | CANCELLED/DAY_ENDED alice #a; PULSED venue items=1
    """,
    "hidden orders, icebergs and stops of a day": """
        alice sell 5@100 day hidden #1       | ACCEPTED alice
        alice sell 9@101 day display=2 #2    | ACCEPTED alice
        alice sell 5@90 day stop=95 #3       | ACCEPTED alice
        alice sell 5@90 day trail=9 stop=95 on=reference ioc #4 | ACCEPTED alice
        alice sell 5@102 day slide #5        | ACCEPTED alice
        venue roll 20261201      | TRADE_DATE_ROLLED venue
        venue pulse              | CANCELLED/DAY_ENDED alice #1 leaves=5; CANCELLED/DAY_ENDED alice #2 leaves=9;
                                 | CANCELLED/DAY_ENDED alice #3 leaves=5; CANCELLED/DAY_ENDED alice #4 leaves=5;
                                 | CANCELLED/DAY_ENDED alice #5; PULSED venue items=5
        alice has                | AAPL 10000+0
    """,
    "a lifetime is part of the content": """
        alice sell 5@100 day id=x #a | ACCEPTED alice
        alice sell 5@100 id=x    | REJECTED/CLIENT_ORDER_ID_REUSED alice
        venue roll 20261201      | TRADE_DATE_ROLLED venue
        alice sell 5@100 day id=x | DUPLICATE/OPEN alice #a
        venue pulse              | CANCELLED/DAY_ENDED alice #a id=x; PULSED venue
        alice sell 5@100 day id=x | DUPLICATE/CANCELLED alice #a
    """,
}

STOPS: Final = {
    "last trade, buy": """
        alice sell 1@100         | ACCEPTED alice
        bob buy 1@100            | ACCEPTED bob; FILL bob; FILL alice
        carol buy 3@110 stop=105 #s | ACCEPTED carol buy #s 3@110 leaves=3 trigger_price=105 budget=0
        carol has                | USDC 9966934+33066
        #s is                    | trigger=1 trigger_price=105 trail=0 price=110 leaves=3
        AAPL book                | /
        alice sell 2@104         | ACCEPTED alice
        alice sell 9@106         | ACCEPTED alice
        bob buy 2@104            | ACCEPTED bob; FILL bob; FILL alice
        alice sell 1@105         | ACCEPTED alice
        bob buy 1@105            | ACCEPTED bob; FILL bob; FILL alice;
                                 | TRIGGERED carol buy #s 3@110 leaves=3 trigger_price=105 instrument=AAPL;
                                 | FILL carol taker #s 3@106 leaves=0 cash=31800 fee=63; FILL alice maker
        carol has                | USDC 9968137+0 AAPL 10030+0
    """,
    "best opposite, sell: the bids": """
        alice buy 5@100 #a       | ACCEPTED alice
        alice buy 5@95           | ACCEPTED alice
        carol sell 2@90 stop=100 on=opposite | REJECTED/WOULD_TRIGGER carol
        carol sell 2@90 stop=97 on=opposite #s | ACCEPTED carol sell #s 2@90 trigger_price=97
        alice cancel #a          | CANCELLED/USER alice #a; TRIGGERED carol sell #s 2@90 trigger_price=97;
                                 | FILL carol taker #s 2@95 leaves=0; FILL alice maker
    """,
    "best opposite, buy: the asks": """
        alice sell 5@100 #a      | ACCEPTED alice
        alice sell 5@105 #b      | ACCEPTED alice
        carol buy 2@110 stop=100 on=opposite | REJECTED/WOULD_TRIGGER carol
        carol buy 2@110 stop=103 on=opposite #s | ACCEPTED carol
        alice amend #a 5@102     | AMENDED/LOST alice
        alice amend #a 5@103     | AMENDED/LOST alice; TRIGGERED carol #s 2@110 trigger_price=103; FILL carol 2@103;
                                 | FILL alice #a
    """,
    "an emptied side has no value": """
        alice sell 5@100 #a      | ACCEPTED alice
        carol buy 2@110 stop=103 on=opposite #s | ACCEPTED carol
        alice cancel #a          | CANCELLED/USER alice
        alice sell 5@104         | ACCEPTED alice; TRIGGERED carol #s; FILL carol 2@104; FILL alice
    """,
    "what is hidden is no value": """
        carol buy 2@110 stop=103 on=opposite #s | ACCEPTED carol
        alice sell 5@104 hidden #h | ACCEPTED alice
        dave sell 5@106          | ACCEPTED dave; TRIGGERED carol #s; FILL carol taker #s 2@104; FILL alice #h
    """,
    "reference, both sides": """
        venue reference AAPL 100 source=3 | REFERENCE_SET venue instrument=AAPL price=100 source=3 observed_at=0
        carol buy 2@110 stop=100 on=reference | REJECTED/WOULD_TRIGGER carol
        carol sell 2@90 stop=100 on=reference | REJECTED/WOULD_TRIGGER carol
        carol buy 2@110 stop=103 on=reference #b | ACCEPTED carol
        carol sell 2@120 stop=98 on=reference #s | ACCEPTED carol
        venue reference AAPL 102 | REFERENCE_SET venue
        venue reference AAPL 99  | REFERENCE_SET venue
        venue reference AAPL 0   | REFERENCE_SET venue price=0
        venue reference AAPL 97  | REFERENCE_SET venue; TRIGGERED carol sell #s 2@120 trigger_price=98
        venue reference AAPL 150 | REFERENCE_SET venue; TRIGGERED carol buy #b 2@110 trigger_price=103
        AAPL book                | 2@110 / 2@120
        venue reference AAPL 90  | REFERENCE_SET venue
    """,
    "without a value nothing would trigger, and a trailing stop has nothing to begin with": """
        alice buy 5@100 stop=1   | ACCEPTED alice
        alice sell 5@100 stop=1000 on=opposite | ACCEPTED alice
        alice buy 5@100 trail=5  | REJECTED/NO_TRIGGER_VALUE alice
        alice sell 5@100 trail=5 on=opposite | REJECTED/NO_TRIGGER_VALUE alice
        alice buy 5@market trail=5 on=reference | REJECTED/NO_TRIGGER_VALUE alice
        alice buy 5@100 stop=7 trail=5 on=reference | ACCEPTED alice trigger_price=7
    """,
    "only an instrument's own": """
        carol buy 2@110 stop=103 on=reference #s | ACCEPTED carol
        venue reference GOLD 110 | REFERENCE_SET venue instrument=GOLD
        alice sell 1@110 on=GOLD | ACCEPTED alice
        bob buy 1@110 on=GOLD    | ACCEPTED bob; FILL bob; FILL alice
        carol buy 2@110 stop=103 | ACCEPTED carol
    """,
    "at rest it is an order like others": """
        carol sell 5@103 stop=101 on=reference #s | ACCEPTED carol
        venue reference AAPL 101 | REFERENCE_SET venue; TRIGGERED carol #s 5@103 trigger_price=101
        #s is                    | trigger=0 trigger_price=0 trail=0 taker_rate=0 price=103
        AAPL book                | / 5@103
        carol amend #s 5@102 stop=100 | REJECTED/INVALID_COMBINATION carol
        carol amend #s 4@102     | AMENDED/LOST carol #s 4@102 trigger_price=0
        alice buy 1@102          | ACCEPTED alice; FILL alice taker; FILL carol maker #s leaves=3 fee=10
        carol cancel #s          | CANCELLED/USER carol #s
    """,
    "immediate once it enters": """
        alice buy 2@100          | ACCEPTED alice
        carol sell 5@99 ioc stop=101 on=reference #s | ACCEPTED carol
        venue reference AAPL 101 | REFERENCE_SET venue; TRIGGERED carol #s; FILL carol 2@100 leaves=3; FILL alice;
                                 | CANCELLED/IOC_REMAINDER carol #s 5@99 leaves=3 filled=2
    """,
    "the collar of a market stop": """
        bob sell 2@market stop=98 #1   | ACCEPTED bob sell #1 2@94 trigger_price=98
        bob sell 2@market stop=1 #2    | ACCEPTED bob #2 2@1
        bob buy 2@market stop=99 #3    | ACCEPTED bob #3 2@103
        bob buy 2@market stop=990 #4   | ACCEPTED bob #4 2@1000
        bob has                  | USDC 9779400+220600 AAPL 9960+40
        bob cancel #3            | CANCELLED/USER bob buy #3 2@103 leaves=2
        bob cancel #1            | CANCELLED/USER bob sell #1 2@94 leaves=2
    """,
    "a market stop pays less than it holds": """
        venue reference AAPL 100 | REFERENCE_SET venue
        bob buy 3@market stop=102 on=reference #s | ACCEPTED bob #s 3@107
        bob has                  | USDC 9967900+32100
        alice sell 2@103         | ACCEPTED alice
        venue reference AAPL 102 | REFERENCE_SET venue; TRIGGERED bob #s 3@107; FILL bob 2@103 leaves=1; FILL alice;
                                 | CANCELLED/MARKET_REMAINDER bob #s 3@107 leaves=1 filled=2
        bob has                  | USDC 9979400+0 AAPL 10020+0
    """,
    "the rates of its acceptance": """
        alice sell 9@100         | ACCEPTED alice
        carol buy 5@100 stop=101 on=reference #s | ACCEPTED carol
        venue fees 1 0 0         | FEE_SCHEDULE_SET venue
        #s is                    | taker_rate=2000
        venue reference AAPL 101 | REFERENCE_SET venue; TRIGGERED carol; FILL carol taker fee=100; FILL alice
        carol has                | USDC 9949900+0 AAPL 10050+0
    """,
    "its own mode against its own party": """
        carol buy 3@98 #b        | ACCEPTED carol
        carol sell 4@97 both stop=99 on=reference #s | ACCEPTED carol
        carol sell 4@97 stp=decrement stop=96 on=reference #t | ACCEPTED carol
        venue reference AAPL 99  | REFERENCE_SET venue; TRIGGERED carol #s; CANCELLED/SELF_TRADE_RESTING carol #b;
                                 | CANCELLED/SELF_TRADE_INCOMING carol #s 4@97 leaves=4
        carol buy 3@98 #b        | ACCEPTED carol
        venue reference AAPL 96  | REFERENCE_SET venue; TRIGGERED carol #t; CANCELLED/SELF_TRADE_RESTING carol #b;
                                 | AMENDED/DECREMENTED carol #t 1@97 leaves=1 trigger_price=0
        AAPL book                | / 1@97
    """,
    "icebergs and hidden orders wait whole": """
        carol sell 9@100 display=2 stop=99 on=reference #i | ACCEPTED carol #i 9@100
        dave sell 9@100 hidden stop=98 on=reference #h | ACCEPTED dave
        #i is                    | leaves=9 reserve=0 display_quantity=2
        alice buy 3@100          | ACCEPTED alice
        venue reference AAPL 90  | REFERENCE_SET venue; TRIGGERED carol #i 9@100 leaves=9;
                                 | FILL carol taker 3@100 leaves=6;
                                 | FILL alice; TRIGGERED dave #h 9@100
        AAPL book                | / 2@100
        bob buy 8@100            | ACCEPTED bob; FILL bob 2@100; FILL carol leaves=4; FILL bob 2@100;
                                 | FILL carol leaves=2;
                                 | FILL bob 2@100; FILL carol leaves=0; FILL bob 2@100; FILL dave #h leaves=7
    """,
    "trailing the last trade": """
        alice sell 1@100         | ACCEPTED alice
        bob buy 1@100            | ACCEPTED bob; FILL bob; FILL alice
        carol sell 2@200 trail=10 #s | ACCEPTED carol #s 2@200 trigger_price=90
        alice sell 1@110         | ACCEPTED alice
        bob buy 1@110            | ACCEPTED bob; FILL bob; FILL alice
        #s is                    | trigger_price=100 trail=10
        alice sell 1@105         | ACCEPTED alice
        bob buy 1@105            | ACCEPTED bob; FILL bob; FILL alice
        #s is                    | trigger_price=100
        alice buy 1@100          | ACCEPTED alice
        bob sell 1@100           | ACCEPTED bob; FILL bob; FILL alice; TRIGGERED carol sell #s 2@200 trigger_price=100
        AAPL book                | / 2@200
    """,
    "trailing the reference, buy": """
        venue reference AAPL 100 | REFERENCE_SET venue
        alice buy 5@200 trail=10 on=reference #s | ACCEPTED alice #s 5@200 trigger_price=110
        venue reference AAPL 80  | REFERENCE_SET venue
        #s is                    | trigger_price=90
        venue reference AAPL 89  | REFERENCE_SET venue
        venue reference AAPL 0   | REFERENCE_SET venue
        #s is                    | trigger_price=90
        venue reference AAPL 90  | REFERENCE_SET venue; TRIGGERED alice buy #s 5@200 trigger_price=90
        AAPL book                | 5@200 /
    """,
    "trailing the best opposite": """
        alice buy 5@100          | ACCEPTED alice
        carol sell 2@90 trail=5 on=opposite #s | ACCEPTED carol #s trigger_price=95
        bob buy 3@110 #b         | ACCEPTED bob
        #s is                    | trigger_price=105
        bob cancel #b            | CANCELLED/USER bob #b; TRIGGERED carol sell #s 2@90 trigger_price=105;
                                 | FILL carol taker 2@100; FILL alice maker
    """,
    "trailing from a price of its own": """
        venue reference AAPL 100 | REFERENCE_SET venue
        alice sell 5@200 stop=80 trail=10 on=reference #1 | ACCEPTED alice #1 trigger_price=80
        alice sell 5@200 stop=95 trail=10 on=reference #2 | ACCEPTED alice #2 trigger_price=95
        #1 is                    | trigger_price=90
        #2 is                    | trigger_price=95
        venue reference AAPL 95  | REFERENCE_SET venue; TRIGGERED alice #2 trigger_price=95
        venue reference AAPL 90  | REFERENCE_SET venue; TRIGGERED alice #1 trigger_price=90
    """,
    "trailing at the ends of the prices": """
        venue reference AAPL 5   | REFERENCE_SET venue
        alice sell 5@9 trail=10 on=reference #s | ACCEPTED alice #s trigger_price=1
        venue reference AAPL 995 | REFERENCE_SET venue
        alice buy 5@8 trail=10 on=reference #b | ACCEPTED alice #b trigger_price=1000
        #s is                    | trigger_price=985
        venue reference AAPL 1000 | REFERENCE_SET venue; TRIGGERED alice buy #b 5@8 trigger_price=1000
        alice buy 5@8 trail=10 on=reference | REJECTED/WOULD_TRIGGER alice
        venue reference AAPL 1   | REFERENCE_SET venue; TRIGGERED alice sell #s 5@9 trigger_price=990
        alice sell 5@9 trail=10 on=reference | REJECTED/WOULD_TRIGGER alice
    """,
    "the collar of a trailing market stop is that of where it is": """
        venue reference AAPL 100 | REFERENCE_SET venue
        bob buy 2@market trail=10 on=reference #b | ACCEPTED bob #b 2@115 trigger_price=110
        venue reference AAPL 80  | REFERENCE_SET venue
        bob has                  | USDC 9977000+23000
        alice sell 1@94          | ACCEPTED alice
        alice sell 1@95          | ACCEPTED alice
        venue reference AAPL 90  | REFERENCE_SET venue; TRIGGERED bob #b 2@94 trigger_price=90;
                                 | FILL bob 1@94 leaves=1; FILL alice;
                                 | CANCELLED/MARKET_REMAINDER bob #b 2@94 leaves=1
        bob has                  | USDC 9990600+0 AAPL 10010+0
        bob sell 2@market trail=10 on=reference #s | ACCEPTED bob #s 2@76 trigger_price=80
        venue reference AAPL 120 | REFERENCE_SET venue
        alice buy 2@104 oldest   | ACCEPTED alice; CANCELLED/SELF_TRADE_RESTING alice 1@95
        venue reference AAPL 110 | REFERENCE_SET venue; TRIGGERED bob #s 2@105 trigger_price=110;
                                 | CANCELLED/MARKET_REMAINDER bob #s
    """,
    "the nearest first, then the older": """
        alice buy 1@100          | ACCEPTED alice
        alice buy 9@95           | ACCEPTED alice
        carol sell 1@94 stop=96 #1 | ACCEPTED carol
        dave sell 1@94 stop=98 #2  | ACCEPTED dave
        bob sell 1@94 stop=98 #3   | ACCEPTED bob
        carol sell 1@94 stop=94 #4 | ACCEPTED carol
        bob sell 2@95 ioc        | ACCEPTED bob; FILL bob 1@100; FILL alice; FILL bob 1@95; FILL alice;
                                 | TRIGGERED dave #2 trigger_price=98; FILL dave 1@95; FILL alice;
                                 | TRIGGERED bob #3 trigger_price=98; FILL bob 1@95; FILL alice;
                                 | TRIGGERED carol #1 trigger_price=96; FILL carol 1@95; FILL alice
        AAPL book                | 5@95 /
    """,
    "of buys the lowest first": """
        dave buy 1@90 stop=107 on=reference #1 | ACCEPTED dave
        carol buy 1@90 stop=105 on=reference #2 | ACCEPTED carol
        bob buy 1@90 stop=105 on=reference #3 | ACCEPTED bob
        venue reference AAPL 110 | REFERENCE_SET venue; TRIGGERED carol #2; TRIGGERED bob #3; TRIGGERED dave #1
    """,
    "sells before buys, the last trade before the reference": """
        alice buy 9@100          | ACCEPTED alice
        carol buy 1@90 stop=95 on=reference #b | ACCEPTED carol
        carol sell 1@99 stop=100 #l | ACCEPTED carol
        bob sell 1@90 stop=95 on=reference #1 | ACCEPTED bob
        dave sell 1@90 stop=95 on=reference #2 | ACCEPTED dave
        venue reference AAPL 95  | REFERENCE_SET venue; TRIGGERED bob #1; FILL bob 1@100; FILL alice;
                                 | TRIGGERED carol #l; FILL carol 1@100; FILL alice;
                                 | TRIGGERED dave #2; FILL dave 1@100; FILL alice; TRIGGERED carol buy #b
        AAPL book                | 6@100 1@90 /
    """,
    "the last trade, the best opposite, the reference": """
        alice buy 2@100          | ACCEPTED alice
        alice buy 2@90           | ACCEPTED alice
        carol sell 1@200 stop=100 #1 | ACCEPTED carol
        carol sell 1@200 stop=95 on=opposite #2 | ACCEPTED carol
        bob sell 2@100 stop=80 on=reference #3 | ACCEPTED bob
        dave sell 1@200 stop=75 on=reference #4 | ACCEPTED dave
        venue reference AAPL 70  | REFERENCE_SET venue; TRIGGERED bob #3; FILL bob 2@100; FILL alice;
                                 | TRIGGERED carol #1;
                                 | TRIGGERED carol #2; TRIGGERED dave #4
    """,
    "a cascade": """
        alice buy 1@100          | ACCEPTED alice
        alice buy 1@97           | ACCEPTED alice
        alice buy 1@94           | ACCEPTED alice
        alice buy 1@91           | ACCEPTED alice
        bob sell 1@1 stop=97 #1  | ACCEPTED bob
        carol sell 1@1 stop=94 #2 | ACCEPTED carol
        dave sell 1@1 stop=100 #3 | ACCEPTED dave
        bob sell 1@100           | ACCEPTED bob; FILL bob 1@100; FILL alice; TRIGGERED dave #3; FILL dave 1@97;
                                 | FILL alice;
                                 | TRIGGERED bob #1; FILL bob 1@94; FILL alice; TRIGGERED carol #2; FILL carol 1@91;
                                 | FILL alice
        AAPL book                | /
    """,
    "every fill is looked at, not only the last": """
        alice sell 1@98          | ACCEPTED alice
        alice sell 1@100         | ACCEPTED alice
        carol sell 1@500 stop=98 #s | ACCEPTED carol
        dave sell 1@500 stop=97  | ACCEPTED dave
        bob buy 2@100            | ACCEPTED bob; FILL bob 1@98; FILL alice; FILL bob 1@100; FILL alice;
                                 | TRIGGERED carol #s 1@500 trigger_price=98
    """,
    "but only the last is followed": """
        alice buy 1@100          | ACCEPTED alice
        alice buy 1@95           | ACCEPTED alice
        carol sell 1@500 stop=90 trail=2 #s | ACCEPTED carol
        bob sell 2@95            | ACCEPTED bob; FILL bob 1@100; FILL alice; FILL bob 1@95; FILL alice
        #s is                    | trigger_price=93
    """,
    "what has been reached follows no more": """
        alice sell 1@98          | ACCEPTED alice
        alice sell 1@120         | ACCEPTED alice
        carol sell 1@500 stop=98 trail=5 #s | ACCEPTED carol
        bob buy 2@120            | ACCEPTED bob; FILL bob 1@98; FILL alice; FILL bob 1@120; FILL alice;
                                 | TRIGGERED carol #s 1@500 trigger_price=98
    """,
    "what trails waits behind a mark, and follows when that is dropped": """
        alice sell 1@98          | ACCEPTED alice
        alice sell 1@120         | ACCEPTED alice
        carol sell 1@500 stop=98 #s | ACCEPTED carol
        dave sell 1@500 stop=97 trail=5 #t | ACCEPTED dave
        bob buy 2@120            | ACCEPTED bob; FILL bob 1@98; FILL alice; FILL bob 1@120; FILL alice;
                                 | TRIGGERED carol #s 1@500 trigger_price=98
        alice sell 1@115         | ACCEPTED alice
        bob buy 1@115            | ACCEPTED bob; FILL bob 1@115; FILL alice; TRIGGERED dave #t 1@500 trigger_price=115
    """,
    "what follows goes to the back of its new price": """
        venue reference AAPL 100 | REFERENCE_SET venue
        alice sell 1@500 trail=10 on=reference #1 | ACCEPTED alice #1 trigger_price=90
        bob sell 1@500 stop=95 on=reference #2 | ACCEPTED bob
        carol sell 1@500 trail=10 on=reference #3 | ACCEPTED carol #3 trigger_price=90
        venue reference AAPL 105 | REFERENCE_SET venue
        dave sell 1@500 stop=95 on=reference #4 | ACCEPTED dave
        venue reference AAPL 95  | REFERENCE_SET venue; TRIGGERED bob #2; TRIGGERED alice #1; TRIGGERED carol #3;
                                 | TRIGGERED dave #4
    """,
    "halted: nothing enters until trading resumes": """
        carol sell 2@500 stop=95 on=reference #1 | ACCEPTED carol
        carol sell 2@500 stop=90 on=reference #2 | ACCEPTED carol
        venue halt AAPL          | HALTED venue
        venue reference AAPL 90  | REFERENCE_SET venue
        venue due                | None
        venue pulse              | PULSED venue items=0
        carol sell 2@500 stop=80 on=reference | REJECTED/INSTRUMENT_HALTED carol
        venue reference AAPL 92  | REFERENCE_SET venue
        venue resume AAPL        | RESUMED venue; TRIGGERED carol #1
        carol cancel #2          | CANCELLED/USER carol #2
    """,
    "halted: a cancel that uncovers a value": """
        alice buy 5@100 #a       | ACCEPTED alice
        alice buy 5@95           | ACCEPTED alice
        carol sell 2@500 stop=97 on=opposite #s | ACCEPTED carol
        venue halt AAPL          | HALTED venue
        alice cancel #a          | CANCELLED/USER alice
        venue pulse              | PULSED venue items=0
        venue resume AAPL        | RESUMED venue; TRIGGERED carol #s
    """,
    "cancelled while it waits": """
        carol buy 5@100 stop=105 id=x #1 | ACCEPTED carol
        carol buy 5@market stop=105 #2 | ACCEPTED carol
        dave sell 5@100 stop=95  | ACCEPTED dave
        dave cancel #1           | REJECTED/UNKNOWN_ORDER dave
        carol cancel id=x        | CANCELLED/USER carol buy #1 5@100 leaves=5 filled=0 id=x
        carol cancel-all GOLD    | CANCEL_ALL_DONE carol orders=0
        carol cancel-all         | CANCELLED/CANCEL_ALL carol #2 5@110; CANCEL_ALL_DONE carol orders=1
        carol has                | USDC 10000000+0
        carol buy 5@100 stop=105 id=x | DUPLICATE/CANCELLED carol #1 5@100 leaves=0
        alice sell 1@105         | ACCEPTED alice
        bob buy 1@105            | ACCEPTED bob; FILL bob; FILL alice
    """,
    "expired while it waits": """
        carol buy 5@100 stop=105 expires=50 #s | ACCEPTED carol
        venue due                | 50
        venue pulse at=50        | CANCELLED/EXPIRED carol #s 5@100 leaves=5; PULSED venue items=1
        carol has                | USDC 10000000+0
        alice sell 1@105         | ACCEPTED alice
        bob buy 1@105            | ACCEPTED bob; FILL bob; FILL alice
    """,
    "an expiry uncovers a value": """
        alice buy 5@100 expires=50 #a | ACCEPTED alice
        alice buy 5@95           | ACCEPTED alice
        carol sell 2@500 stop=97 on=opposite #s | ACCEPTED carol
        venue pulse at=50        | CANCELLED/EXPIRED alice #a; TRIGGERED carol #s; PULSED venue items=2
    """,
    "an expiry goes on behind the trigger": """
        carol sell 2@500 stop=97 on=reference expires=50 day #s | ACCEPTED carol
        venue reference AAPL 97  | REFERENCE_SET venue; TRIGGERED carol #s
        venue pulse at=50        | CANCELLED/EXPIRED carol #s; PULSED venue items=1
    """,
    "a cancel-all uncovers a value": """
        alice buy 5@100 #a       | ACCEPTED alice
        alice buy 5@99 on=GOLD #g | ACCEPTED alice
        bob buy 5@95             | ACCEPTED bob
        carol sell 2@500 stop=97 on=opposite #s | ACCEPTED carol
        alice cancel-all         | CANCELLED/CANCEL_ALL alice #a; CANCELLED/CANCEL_ALL alice #g;
                                 | CANCEL_ALL_DONE alice orders=2;
                                 | TRIGGERED carol #s
    """,
    "a rejected command looks at nothing": """
        carol buy 1@200 stop=103 on=opposite #s | ACCEPTED carol
        poor sell 1@104          | REJECTED/INSUFFICIENT_FUNDS poor
        alice sell 1@104 on=GOLD | ACCEPTED alice
        alice sell 1@104         | ACCEPTED alice; TRIGGERED carol #s; FILL carol 1@104; FILL alice
    """,
    "what has been placed is told while it waits": """
        carol buy 5@market stop=100 id=x #s | ACCEPTED carol #s 5@105 trigger_price=100 id=x
        carol buy 5@market stop=100 id=x | DUPLICATE/OPEN carol #s 5@105 leaves=5
        carol buy 5@market stop=101 id=x | REJECTED/CLIENT_ORDER_ID_REUSED carol
        carol buy 5@market stop=100 on=opposite id=x | REJECTED/CLIENT_ORDER_ID_REUSED carol
        carol buy 5@market stop=100 trail=1 id=x | REJECTED/CLIENT_ORDER_ID_REUSED carol
    """,
    "what it holds is not there for others": """
        carol sell 1000@50 stop=40 | ACCEPTED carol
        carol has                | AAPL 0+10000
        carol sell 1@50          | REJECTED/INSUFFICIENT_FUNDS carol
        poor buy 1@market stop=1 | REJECTED/INSUFFICIENT_FUNDS poor
        alice transfer 100 USDC poor | TRANSFER_OUT alice; TRANSFER_IN poor
        poor buy 1@market stop=1 | ACCEPTED poor 1@1
        poor has                 | USDC 0+100
        carol buy 4611686018427387904@2 stop=40 | REJECTED/OVERFLOW carol
    """,
}

REFERENCE: Final = {
    "in this order": """
        venue reference NONE 1001 | REJECTED/UNKNOWN_INSTRUMENT venue
        venue reference AAPL 1001 | REJECTED/INVALID_PRICE venue
        venue reference AAPL -1  | REJECTED/INVALID_PRICE venue
        venue reference AAPL 1000 observed_at=5 | REFERENCE_SET venue price=1000 source=0 observed_at=5
        venue reference AAPL 9 observed_at=4 | REJECTED/INVALID_PARAMETER venue
        venue reference AAPL 1001 observed_at=4 | REJECTED/INVALID_PRICE venue
        venue reference AAPL 9 observed_at=5 source=4294967295 | REFERENCE_SET venue price=9 source=4294967295
        venue reference AAPL 0 observed_at=6 | REFERENCE_SET venue price=0
        venue reference AAPL 7   | REJECTED/INVALID_PARAMETER venue
        venue reference GOLD 7 observed_at=1 | REFERENCE_SET venue instrument=GOLD
    """,
    "while halted": """
        venue halt AAPL          | HALTED venue
        venue reference AAPL 9   | REFERENCE_SET venue price=9
        venue resume AAPL        | RESUMED venue
        alice buy 1@20 trail=3 on=reference | ACCEPTED alice trigger_price=12
    """,
}

AMEND: Final = {
    "an iceberg: more, or another price, goes to the back with a new slice": """
        alice sell 12@100 display=5 #a | ACCEPTED alice
        dave sell 5@100 #d       | ACCEPTED dave
        bob buy 2@100            | ACCEPTED bob; FILL bob; FILL alice #a leaves=10
        alice amend #a 13@100    | AMENDED/LOST alice #a 13@100 leaves=11 filled=2
        #a is                    | slice=1 reserve=6 display_quantity=5
        AAPL book                | / 10@100
        bob buy 6@100            | ACCEPTED bob; FILL bob 5@100; FILL dave #d; FILL bob 1@100; FILL alice #a leaves=10
        alice amend #a 13@99     | AMENDED/LOST alice #a 13@99 leaves=10
        #a is                    | slice=2 reserve=5
    """,
    "an iceberg: less comes out of the reserve, then out of the slice": """
        alice sell 12@100 display=5 #a | ACCEPTED alice
        bob buy 3@100            | ACCEPTED bob; FILL bob; FILL alice leaves=9
        AAPL book                | / 2@100
        alice amend #a 8@100     | AMENDED/KEPT alice #a 8@100 leaves=5 filled=3
        AAPL book                | / 2@100
        #a is                    | reserve=3 slice=0
        alice has                | USDC 10030000+0 AAPL 9920+50
        alice amend #a 4@100     | AMENDED/KEPT alice #a 4@100 leaves=1
        AAPL book                | / 1@100
        #a is                    | reserve=0 slice=0
        bob buy 2@100            | ACCEPTED bob; FILL bob 1@100 leaves=1; FILL alice leaves=0
    """,
    "an iceberg: what it shows": """
        alice sell 12@100 display=5 #a | ACCEPTED alice
        dave sell 1@100 #d       | ACCEPTED dave
        alice amend #a 12@100 display=5 | REJECTED/AMEND_NO_CHANGE alice
        alice amend #a 12@100 display=-1 | REJECTED/INVALID_QUANTITY alice
        alice amend #a 12@100 display=3 | AMENDED/LOST alice #a 12@100 leaves=12 previous_price=100
        AAPL book                | / 4@100
        bob buy 2@100            | ACCEPTED bob; FILL bob 1@100; FILL dave #d; FILL bob 1@100; FILL alice #a leaves=11
        alice amend #a 11@100 display=50 | AMENDED/LOST alice #a 11@100 leaves=10
        AAPL book                | / 10@100
        alice amend #a 10@100 display=50 | AMENDED/KEPT alice #a 10@100 leaves=9
        AAPL book                | / 9@100
    """,
    "an iceberg: no more than so many slices": """
        alice sell 10@100 display=1 #a | ACCEPTED alice
        alice amend #a 257@100   | REJECTED/INVALID_QUANTITY alice
        alice amend #a 256@100   | AMENDED/LOST alice
        alice amend #a 512@100 display=2 | AMENDED/LOST alice
        alice amend #a 512@100 display=1 | REJECTED/INVALID_QUANTITY alice
        alice amend #a 513@100   | REJECTED/INVALID_QUANTITY alice
    """,
    "an iceberg: it takes with all it has": """
        alice sell 12@100 display=5 #a | ACCEPTED alice
        bob buy 8@99             | ACCEPTED bob
        alice amend #a 12@99     | AMENDED/LOST alice #a 12@99 leaves=12; FILL alice taker #a 8@99 leaves=4; FILL bob
        AAPL book                | / 4@99
        #a is                    | slice=1 reserve=0
    """,
    "a minimum": """
        alice sell 10@100 hidden min=4 #1 | ACCEPTED alice
        dave sell 10@100 hidden #2 | ACCEPTED dave
        bob buy 3@100            | ACCEPTED bob; FILL bob 3@100; FILL dave #2
        alice amend #1 10@100 min=4 | REJECTED/AMEND_NO_CHANGE alice
        alice amend #1 10@100 min=-1 | REJECTED/INVALID_QUANTITY alice
        alice amend #1 10@100 min=11 | REJECTED/INVALID_QUANTITY alice
        alice amend #1 3@100     | REJECTED/INVALID_QUANTITY alice
        alice amend #1 10@100 min=3 | AMENDED/LOST alice #1 10@100 leaves=10
        bob buy 5@100            | ACCEPTED bob; FILL bob 5@100; FILL dave #2 leaves=2
        bob buy 5@100            | ACCEPTED bob; FILL bob 2@100; FILL dave #2 leaves=0; FILL bob 3@100;
                                 | FILL alice #1 leaves=7
        carol sell 9@100 hidden #3 | ACCEPTED carol
        alice amend #1 10@100 min=6 | AMENDED/KEPT alice #1 10@100 leaves=7
        alice amend #1 8@100     | REJECTED/INVALID_QUANTITY alice
        bob buy 5@100            | ACCEPTED bob; FILL bob 5@100; FILL carol #3 leaves=4
        alice amend #1 9@100     | AMENDED/KEPT alice #1 9@100 leaves=6
        bob buy 6@100            | ACCEPTED bob; FILL bob 6@100; FILL alice #1 leaves=0
        AAPL book                | /
    """,
    "a lower minimum goes to the back": """
        alice sell 10@100 hidden min=4 #1 | ACCEPTED alice
        dave sell 3@100 hidden #2 | ACCEPTED dave
        alice amend #1 5@100 min=2 | AMENDED/LOST alice #1 5@100 leaves=5
        bob buy 6@100            | ACCEPTED bob; FILL bob 3@100; FILL dave #2; FILL bob 3@100; FILL alice #1 leaves=2
    """,
    "a lower minimum takes what has become large enough": """
        alice sell 10@99 hidden min=4 #h | ACCEPTED alice
        bob buy 1@100 #1         | ACCEPTED bob
        alice amend #h 10@99 min=2 | REJECTED/MIN_QUANTITY_UNFILLABLE alice
        bob buy 2@99 #2          | ACCEPTED bob
        alice amend #h 10@99 min=3 | AMENDED/LOST alice #h 10@99 leaves=10; FILL alice taker 1@100; FILL bob #1;
                                 | FILL alice taker 2@99 leaves=7; FILL bob #2
        #h is                    | min_quantity=3 leaves=7
    """,
    "a minimum that crosses must be found": """
        alice sell 10@105 hidden min=4 #h | ACCEPTED alice
        bob buy 3@100 #1         | ACCEPTED bob
        alice amend #h 10@100    | REJECTED/MIN_QUANTITY_UNFILLABLE alice #h
        #h is                    | price=105 leaves=10
        bob buy 4@100 #2         | ACCEPTED bob
        alice amend #h 10@100 min=8 | REJECTED/MIN_QUANTITY_UNFILLABLE alice #h
        alice amend #h 10@100    | AMENDED/LOST alice #h 10@100 leaves=10; FILL alice taker 3@100; FILL bob #1;
                                 | FILL alice 4@100 leaves=3; FILL bob #2;
                                 | CANCELLED/BELOW_MINIMUM alice #h 10@100 leaves=3 filled=7
        alice has                | USDC 10070000+0 AAPL 9930+0
    """,
    "what an order does not have can not be changed": """
        alice sell 5@100 #p      | ACCEPTED alice
        alice sell 5@100 hidden #h | ACCEPTED alice
        alice sell 5@100 stop=90 #s | ACCEPTED alice
        alice amend #p 4@100 display=2 | REJECTED/INVALID_COMBINATION alice
        alice amend #p 4@100 min=2 | REJECTED/INVALID_COMBINATION alice
        alice amend #p 4@100 stop=2 | REJECTED/INVALID_COMBINATION alice
        alice amend #p 4@100 trail=2 | REJECTED/INVALID_COMBINATION alice
        alice amend #h 4@100 display=2 | REJECTED/INVALID_COMBINATION alice
        alice amend #h 4@100 min=2 | REJECTED/INVALID_COMBINATION alice
        alice amend #s 4@100 display=2 | REJECTED/INVALID_COMBINATION alice
        alice amend #s 4@100 min=2 | REJECTED/INVALID_COMBINATION alice
        alice amend #s 4@100 trail=2 | REJECTED/INVALID_COMBINATION alice
        alice amend #p 0@0 display=2 | REJECTED/INVALID_COMBINATION alice
        alice amend #p 0@0 display=-1 | REJECTED/INVALID_COMBINATION alice
    """,
    "when it ends": """
        alice buy 5@100 #a       | ACCEPTED alice
        alice amend #a 5@100 expires=never | REJECTED/AMEND_NO_CHANGE alice
        alice amend #a 5@100 expires=50 at=10 | AMENDED/KEPT alice #a 5@100 leaves=5 previous_price=100
        venue due                | 50
        alice amend #a 5@100 expires=50 | REJECTED/AMEND_NO_CHANGE alice
        alice amend #a 5@100 expires=10 | REJECTED/INVALID_EXPIRY alice
        alice amend #a 5@0 expires=10 | REJECTED/INVALID_PRICE alice
        alice amend #a 4@100 expires=40 | AMENDED/KEPT alice #a 4@100
        alice amend #a 4@99 expires=60 | AMENDED/LOST alice #a 4@99
        venue due                | 60
        alice amend #a 3@99      | AMENDED/KEPT alice
        venue due                | 60
        alice amend #a 3@99 expires=never | AMENDED/KEPT alice #a 3@99 leaves=3
        venue due                | None
        alice amend #a 3@99 expires=70 | AMENDED/KEPT alice
        venue pulse at=70        | CANCELLED/EXPIRED alice #a; PULSED venue items=1
    """,
    "an end that keeps the place": """
        alice buy 5@100 #a       | ACCEPTED alice
        bob buy 5@100            | ACCEPTED bob
        alice amend #a 5@100 expires=50 | AMENDED/KEPT alice
        dave sell 1@100          | ACCEPTED dave; FILL dave; FILL alice #a leaves=4
    """,
    "a waiting stop: another trigger goes to the back of its price": """
        alice sell 5@200 stop=90 on=reference #1 | ACCEPTED alice
        dave sell 5@200 stop=90 on=reference #2 | ACCEPTED dave
        bob sell 5@200 stop=91 on=reference #3 | ACCEPTED bob
        alice amend #1 5@200 stop=90 | REJECTED/AMEND_NO_CHANGE alice
        alice amend #1 5@200 stop=91 | AMENDED/LOST alice #1 5@200 leaves=5 previous_price=200 trigger_price=91
        alice amend #1 5@200 stop=90 | AMENDED/LOST alice #1 trigger_price=90
        venue reference AAPL 90  | REFERENCE_SET venue; TRIGGERED bob #3; TRIGGERED dave #2; TRIGGERED alice #1
    """,
    "a waiting stop: anything else keeps it": """
        alice sell 5@200 stop=90 on=reference #1 | ACCEPTED alice
        dave sell 5@200 stop=90 on=reference #2 | ACCEPTED dave
        alice amend #1 9@200     | AMENDED/KEPT alice #1 9@200 leaves=9 trigger_price=90
        alice has                | AAPL 9910+90
        alice amend #1 4@150     | AMENDED/KEPT alice #1 4@150 leaves=4 previous_price=200 trigger_price=90
        alice has                | AAPL 9960+40
        alice amend #1 4@150 expires=50 stop=90 | AMENDED/KEPT alice #1
        venue reference AAPL 90  | REFERENCE_SET venue; TRIGGERED alice #1 4@150; TRIGGERED dave #2
    """,
    "a waiting stop: nothing that would trigger": """
        venue reference AAPL 100 | REFERENCE_SET venue
        alice sell 5@200 stop=90 on=reference #s | ACCEPTED alice
        alice buy 5@50 stop=110 on=reference #b | ACCEPTED alice
        alice amend #s 5@200 stop=100 | REJECTED/WOULD_TRIGGER alice #s
        alice amend #s 5@200 stop=99 | AMENDED/LOST alice #s trigger_price=99
        alice amend #b 5@50 stop=100 | REJECTED/WOULD_TRIGGER alice #b
        alice amend #b 5@50 stop=1001 | REJECTED/INVALID_PRICE alice #b
        alice amend #b 5@50 stop=101 | AMENDED/LOST alice #b trigger_price=101
        venue reference AAPL 101 | REFERENCE_SET venue; TRIGGERED alice #b
    """,
    "a waiting market stop: its limit follows its trigger": """
        bob buy 2@market stop=102 #s | ACCEPTED bob #s 2@107
        bob amend #s 2@107       | REJECTED/INVALID_PRICE bob
        bob amend #s 2@market    | REJECTED/AMEND_NO_CHANGE bob
        bob amend #s 2@market stop=105 | AMENDED/LOST bob #s 2@110 previous_price=107 trigger_price=105
        bob has                  | USDC 9978000+22000
        bob amend #s 3@market    | AMENDED/KEPT bob #s 3@110 previous_price=110 trigger_price=105
        bob amend #s 1@market stop=99 | AMENDED/LOST bob #s 1@103 leaves=1 trigger_price=99
        bob has                  | USDC 9989700+10300
        bob amend #s 1000@market | REJECTED/INSUFFICIENT_FUNDS bob
        bob amend #s 4611686018427387904@market | REJECTED/OVERFLOW bob
        bob amend #s 970@market  | AMENDED/KEPT bob
    """,
    "a waiting stop: the rates of its acceptance": """
        carol buy 5@100 stop=95 #c | ACCEPTED carol
        venue fees 1 0 10000     | FEE_SCHEDULE_SET venue
        carol amend #c 6@100     | AMENDED/KEPT carol
        carol has                | USDC 9939880+60120
        carol amend #c 6@100 stop=96 | AMENDED/LOST carol
        carol amend #c 6@50      | AMENDED/KEPT carol
        carol has                | USDC 9969940+30060
        carol amend #c 2000@50   | REJECTED/INSUFFICIENT_FUNDS carol
    """,
    "a waiting trailing stop": """
        venue reference AAPL 100 | REFERENCE_SET venue
        alice sell 5@200 trail=10 on=reference #s | ACCEPTED alice trigger_price=90
        alice amend #s 5@200 trail=10 | REJECTED/AMEND_NO_CHANGE alice
        alice amend #s 5@200 trail=1001 | REJECTED/INVALID_PRICE alice
        alice amend #s 5@200 trail=20 | AMENDED/KEPT alice #s trigger_price=90
        venue reference AAPL 109 | REFERENCE_SET venue
        #s is                    | trigger_price=90 trail=20
        venue reference AAPL 115 | REFERENCE_SET venue
        #s is                    | trigger_price=95
        alice amend #s 5@200 stop=80 | AMENDED/LOST alice #s trigger_price=80
        #s is                    | trigger_price=95
    """,
    "a trailing market stop: an amendment gives it the collar of where it is": """
        venue reference AAPL 100 | REFERENCE_SET venue
        bob buy 2@market trail=10 on=reference #b | ACCEPTED bob #b 2@115 trigger_price=110
        venue reference AAPL 80  | REFERENCE_SET venue
        bob amend #b 3@market    | AMENDED/KEPT bob #b 3@94 leaves=3 previous_price=115 trigger_price=90
        bob has                  | USDC 9971800+28200
        venue reference AAPL 90  | REFERENCE_SET venue; TRIGGERED bob #b 3@94 trigger_price=90;
                                 | CANCELLED/MARKET_REMAINDER bob #b 3@94
    """,
    "a smaller trail moves nothing by itself, the value does": """
        venue reference AAPL 100 | REFERENCE_SET venue
        alice sell 5@200 trail=10 on=reference #s | ACCEPTED alice trigger_price=90
        alice amend #s 5@200 trail=5 | AMENDED/KEPT alice #s trigger_price=90
        #s is                    | trigger_price=95 trail=5
    """,
    "a waiting iceberg": """
        alice sell 9@100 display=3 stop=90 on=reference #s | ACCEPTED alice
        alice amend #s 9@100 display=2 | AMENDED/KEPT alice #s 9@100 leaves=9 trigger_price=90
        alice amend #s 513@100   | REJECTED/INVALID_QUANTITY alice
        alice amend #s 10@100    | AMENDED/KEPT alice #s 10@100 leaves=10
        venue reference AAPL 90  | REFERENCE_SET venue; TRIGGERED alice #s
        AAPL book                | / 2@100
        #s is                    | slice=0 reserve=8
    """,
    "halted, a stop does not amend": """
        alice sell 9@100 stop=90 #s | ACCEPTED alice
        venue halt AAPL          | HALTED venue
        alice amend #s 9@100 display=1 | REJECTED/INSTRUMENT_HALTED alice
        alice amend #s 8@100     | REJECTED/INSTRUMENT_HALTED alice
        venue resume AAPL        | RESUMED venue
        alice amend #s 8@100     | AMENDED/KEPT alice
    """,
    "a day order keeps its date": """
        alice sell 5@100 day #a  | ACCEPTED alice
        venue roll 20261201      | TRADE_DATE_ROLLED venue
        alice amend #a 6@101     | AMENDED/LOST alice
        #a is                    | lifetime=1 trade_date=0
        venue pulse              | CANCELLED/DAY_ENDED alice #a 6@101; PULSED venue
    """,
    "an amendment that crosses sets off stops": """
        alice buy 5@100          | ACCEPTED alice
        carol sell 1@500 stop=100 #s | ACCEPTED carol
        bob sell 5@101 #b        | ACCEPTED bob
        bob amend #b 5@100       | AMENDED/LOST bob; FILL bob 5@100; FILL alice; TRIGGERED carol #s 1@500
    """,
}

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

BANDS: Final = {
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

QUOTES: Final = {
    "what a command must be": """
        alice quote 0 AAPL 5@99/5@101    | REJECTED/MALFORMED alice
        alice quote 256 AAPL 5@99/5@101  | REJECTED/MALFORMED alice
        alice quote 1 AAPL 5@99/5@101 ioc | REJECTED/MALFORMED alice
        alice quote 1 AAPL 5@99/5@101 fok | REJECTED/MALFORMED alice
        alice quote 1 AAPL 5@99/5@101 slide | REJECTED/MALFORMED alice
        alice quote 1                    | REJECTED/MALFORMED alice
        alice quote 1 NONE 0@0/0@0 NONE 0@0/0@0 | REJECTED/MALFORMED alice
        alice quote 1 AAPL 5@99/0@0 GOLD 5@9/0@0 AAPL 0@0/5@101 | REJECTED/MALFORMED alice
        nobody quote 0 AAPL 5@99/5@101   | REJECTED/MALFORMED nobody
        nobody quote 1 AAPL 5@99/5@101   | REJECTED/UNKNOWN_ACCOUNT nobody
        AAPL book                        | /
        alice quote 255 AAPL 5@99/5@101 post | ACCEPTED alice buy 5@99; ACCEPTED alice sell 5@101;
                                         | MASS_QUOTED alice quote_group=255 accepted=2
    """,
    "nothing is something that can be said": """
        alice quote 1 AAPL 0@0/0@0       |
                                         | MASS_QUOTED alice quote_group=1 accepted=0 kept=0 changed=0 withdrawn=0
                                         | refused=0
        alice quote 1 NONE 0@0/0@0 GOLD 0@5000/0@7 | MASS_QUOTED alice withdrawn=0 refused=0
        venue halt AAPL                  | HALTED venue
        alice quote 1 AAPL 0@0/0@0       | MASS_QUOTED alice withdrawn=0 refused=0
        alice has                        | USDC 10000000+0 AAPL 10000+0
    """,
    "what an accepted quote is": """
        alice quote 7 AAPL 5@99/4@101 post oldest #b #a |
                                         | ACCEPTED alice buy #b 5@99 leaves=5 budget=0 trigger_price=0 id=;
                                         | ACCEPTED alice sell #a 4@101 leaves=4; MASS_QUOTED alice
        #b is                            | quote_group=7 time_in_force=3 stp=1 price=99 quantity=5 filled=0 visibility=0
        #a is                            | quote_group=7 leaves=4 expires_at=0 lifetime=0
        alice has                        | USDC 9950500+49500 AAPL 9960+40
        AAPL book                        | 5@99 / 4@101
    """,
    "halted: what is said again stays, what is withdrawn goes, a change is refused": """
        alice quote 1 AAPL 5@99/5@101 GOLD 4@9/4@11 #1 #2 #3 #4 | ACCEPTED alice #1; ACCEPTED alice #2;
                                         | ACCEPTED alice #3; ACCEPTED alice #4; MASS_QUOTED alice accepted=4
        venue halt AAPL                  | HALTED venue
        alice quote 1 AAPL 5@99/5@101    | MASS_QUOTED alice kept=2
        alice quote 1 AAPL 5@99/4@101    | QUOTE_REJECTED/INSTRUMENT_HALTED alice sell instrument=AAPL entry_number=0;
                                         | CANCELLED/QUOTE_REFUSED alice #2 5@101 leaves=5;
                                         | MASS_QUOTED alice kept=1 changed=0 refused=1
        alice quote 1 AAPL 0@0/0@0       | CANCELLED/QUOTE_WITHDRAWN alice #1 leaves=5; MASS_QUOTED alice withdrawn=1
        alice quote 1 AAPL 5@99/-1@0 GOLD 4@9/4@11 |
                                         | QUOTE_REJECTED/INSTRUMENT_HALTED alice buy instrument=AAPL entry_number=0;
                                         | QUOTE_REJECTED/INSTRUMENT_HALTED alice sell instrument=AAPL entry_number=0;
                                         | MASS_QUOTED alice kept=2 refused=2
        alice has                        | USDC 9999964+36 AAPL 10000+0 GOLD 996+4
    """,
    "less keeps its place, more loses it": """
        alice quote 1 AAPL 5@99/0@0 #a   | ACCEPTED alice #a 5@99; MASS_QUOTED alice accepted=1
        dave buy 5@99 #d                 | ACCEPTED dave
        alice quote 1 AAPL 3@99/0@0      |
                                         | AMENDED/KEPT alice buy #a 3@99 leaves=3 filled=0 previous_price=99
                                         | trigger_price=0;
                                         | MASS_QUOTED alice changed=1 kept=0 accepted=0
        alice has                        | USDC 9970300+29700
        bob sell 1@99                    | ACCEPTED bob; FILL bob 1@99; FILL alice #a leaves=2
        alice quote 1 AAPL 2@99/0@0      | MASS_QUOTED alice kept=1
        alice quote 1 AAPL 1@99/0@0      | AMENDED/KEPT alice #a 2@99 leaves=1 filled=1; MASS_QUOTED alice changed=1
        alice quote 1 AAPL 5@99/0@0      | AMENDED/LOST alice #a 6@99 leaves=5 filled=1 previous_price=99;
                                         | MASS_QUOTED alice changed=1
        bob sell 6@99                    | ACCEPTED bob; FILL bob 5@99; FILL dave #d leaves=0;
                                         | FILL bob 1@99; FILL alice #a leaves=4 filled=2
    """,
    "asks: less keeps its place, more loses it": """
        alice quote 1 AAPL 0@0/5@101 #a  | ACCEPTED alice #a 5@101; MASS_QUOTED alice accepted=1
        dave sell 5@101 #d               | ACCEPTED dave
        alice quote 1 AAPL 0@0/4@101     | AMENDED/KEPT alice sell #a 4@101 leaves=4; MASS_QUOTED alice changed=1
        bob buy 1@101                    | ACCEPTED bob; FILL bob 1@101; FILL alice #a leaves=3
        alice quote 1 AAPL 0@0/4@101     | AMENDED/LOST alice #a 5@101 leaves=4 filled=1; MASS_QUOTED alice changed=1
        bob buy 6@101                    | ACCEPTED bob; FILL bob 5@101; FILL dave #d; FILL bob 1@101;
                                         | FILL alice #a leaves=3
        alice has                        | USDC 10020200+0 AAPL 9950+30
    """,
    "another price goes to the back, there and back again": """
        alice quote 1 AAPL 5@99/0@0 #a   | ACCEPTED alice #a; MASS_QUOTED alice
        dave buy 5@99 #d                 | ACCEPTED dave
        alice quote 1 AAPL 5@98/0@0      | AMENDED/LOST alice #a 5@98 leaves=5 previous_price=99;
                                         | MASS_QUOTED alice changed=1
        alice quote 1 AAPL 5@99/0@0      | AMENDED/LOST alice #a 5@99 leaves=5 previous_price=98;
                                         | MASS_QUOTED alice changed=1
        bob sell 1@99                    | ACCEPTED bob; FILL bob; FILL dave #d leaves=4
        alice quote 1 AAPL 2@100/0@0     | AMENDED/LOST alice #a 2@100 leaves=2 previous_price=99;
                                         | MASS_QUOTED alice changed=1
        AAPL book                        | 2@100 4@99 /
    """,
    "a quote that moves takes, and comes back to its size": """
        bob sell 3@102 #b                | ACCEPTED bob
        alice quote 1 AAPL 5@99/0@0 #a   | ACCEPTED alice #a; MASS_QUOTED alice
        alice quote 1 AAPL 5@102/0@0     | AMENDED/LOST alice #a 5@102 leaves=5 filled=0 previous_price=99;
                                         | FILL alice taker #a 3@102 leaves=2 filled=3; FILL bob maker #b leaves=0;
                                         | MASS_QUOTED alice changed=1
        AAPL book                        | 2@102 /
        alice quote 1 AAPL 5@102/0@0     | AMENDED/LOST alice #a 8@102 leaves=5 filled=3 previous_price=102;
                                         | MASS_QUOTED alice changed=1
        alice has                        | USDC 9918400+51000 AAPL 10030+0
    """,
    "a quote that takes whole is gone, and the same words bring another": """
        bob sell 5@100 #b                | ACCEPTED bob
        alice quote 1 AAPL 5@100/5@105 #q #a | ACCEPTED alice #q 5@100; FILL alice taker #q 5@100 leaves=0;
                                         | FILL bob #b leaves=0;
                                         | ACCEPTED alice #a 5@105; MASS_QUOTED alice accepted=2 kept=0
        #q is                            | gone
        alice quote 1 AAPL 5@100/5@105   | ACCEPTED alice buy 5@100 leaves=5; MASS_QUOTED alice accepted=1 kept=1
    """,
    "what has traded whole is not open any more": """
        alice quote 1 AAPL 5@99/5@101 #b #a | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        bob sell 5@99                    | ACCEPTED bob; FILL bob; FILL alice #b leaves=0
        alice quote 1 AAPL 0@99/5@101    | MASS_QUOTED alice withdrawn=0 kept=1
        alice quote 1 AAPL 2@99/5@101    | ACCEPTED alice buy 2@99; MASS_QUOTED alice accepted=1 kept=1
    """,
    "both sides up: the ask first": """
        alice quote 1 AAPL 5@99/5@101 #b #a | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        alice quote 1 AAPL 5@101/5@102   | AMENDED/LOST alice #a 5@102; AMENDED/LOST alice #b 5@101;
                                         | MASS_QUOTED alice changed=2
        alice quote 1 AAPL 5@101/5@103   | AMENDED/LOST alice #a 5@103; MASS_QUOTED alice changed=1 kept=1
        alice quote 1 AAPL 5@102/5@104   | AMENDED/LOST alice #b 5@102; AMENDED/LOST alice #a 5@104;
                                         | MASS_QUOTED alice changed=2
        alice quote 1 AAPL 5@200/5@201 post | AMENDED/LOST alice #a 5@201; AMENDED/LOST alice #b 5@200;
                                         | MASS_QUOTED alice changed=2
        AAPL book                        | 5@200 / 5@201
    """,
    "both sides down: the bid first": """
        alice quote 1 AAPL 5@99/5@101 #b #a | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        alice quote 1 AAPL 5@98/5@99 post | AMENDED/LOST alice #b 5@98; AMENDED/LOST alice #a 5@99;
                                         | MASS_QUOTED alice changed=2
        alice quote 1 AAPL 3@50/6@51     | AMENDED/LOST alice #b 3@50; AMENDED/LOST alice #a 6@51;
                                         | MASS_QUOTED alice changed=2
        AAPL book                        | 3@50 / 6@51
    """,
    "a side comes where the other one goes": """
        alice quote 1 AAPL 5@99/5@101 #b #a | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        alice quote 1 AAPL 5@101/0@0     | CANCELLED/QUOTE_WITHDRAWN alice #a; AMENDED/LOST alice #b 5@101;
                                         | MASS_QUOTED alice changed=1 withdrawn=1
        alice quote 1 AAPL 0@0/5@101 #c  | CANCELLED/QUOTE_WITHDRAWN alice #b; ACCEPTED alice sell #c 5@101;
                                         | MASS_QUOTED alice accepted=1 withdrawn=1
        alice quote 1 AAPL 5@103/5@105 #d | AMENDED/LOST alice #c 5@105; ACCEPTED alice buy #d 5@103;
                                         | MASS_QUOTED alice accepted=1 changed=1
        alice quote 1 AAPL 0@500/4@105   | CANCELLED/QUOTE_WITHDRAWN alice #d; AMENDED/KEPT alice #c 4@105;
                                         | MASS_QUOTED alice changed=1 withdrawn=1
        alice quote 1 AAPL -1@500/5@106  | QUOTE_REJECTED/INVALID_QUANTITY alice buy; AMENDED/LOST alice #c 5@106;
                                         | MASS_QUOTED alice changed=1 refused=1
    """,
    "the ask that has to go first is refused: it goes all the same": """
        alice quote 1 AAPL 5@99/5@101 #b #a | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        alice quote 1 AAPL 5@103/5@1001  | QUOTE_REJECTED/INVALID_PRICE alice sell; CANCELLED/QUOTE_REFUSED alice #a;
                                         | AMENDED/LOST alice #b 5@103; MASS_QUOTED alice changed=1 refused=1
        AAPL book                        | 5@103 /
    """,
    "crossed": """
        alice quote 1 AAPL 5@101/5@101   | QUOTE_REJECTED/INVALID_PRICE alice buy;
                                         | QUOTE_REJECTED/INVALID_PRICE alice sell;
                                         | MASS_QUOTED alice refused=2
        alice quote 1 AAPL 5@99/5@101 GOLD 1@5/0@0 #b #a #g | ACCEPTED alice; ACCEPTED alice; ACCEPTED alice;
                                         | MASS_QUOTED alice
        alice quote 1 AAPL 5@101/5@101 GOLD 2@5/0@0 | QUOTE_REJECTED/INVALID_PRICE alice sell entry_number=0;
                                         | CANCELLED/QUOTE_REFUSED alice #a leaves=5;
                                         | QUOTE_REJECTED/INVALID_PRICE alice buy entry_number=0;
                                         | CANCELLED/QUOTE_REFUSED alice #b leaves=5; AMENDED/LOST alice #g 2@5;
                                         | MASS_QUOTED alice changed=1 refused=2
        AAPL book                        | /
    """,
    "crossed: what would be kept, and what would get smaller": """
        alice quote 1 AAPL 5@99/5@101 #b #a | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        alice quote 1 AAPL 5@99/5@99     | QUOTE_REJECTED/INVALID_PRICE alice buy; CANCELLED/QUOTE_REFUSED alice #b;
                                         | QUOTE_REJECTED/INVALID_PRICE alice sell; CANCELLED/QUOTE_REFUSED alice #a;
                                         | MASS_QUOTED alice kept=0 refused=2
        alice quote 1 AAPL 5@99/5@101 #c #d | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        alice quote 1 AAPL 3@99/3@98     | QUOTE_REJECTED/INVALID_PRICE alice buy;
                                         | CANCELLED/QUOTE_REFUSED alice #c leaves=5;
                                         | QUOTE_REJECTED/INVALID_PRICE alice sell;
                                         | CANCELLED/QUOTE_REFUSED alice #d leaves=5;
                                         | MASS_QUOTED alice changed=0 refused=2
    """,
    "one side alone is not crossed": """
        alice quote 1 AAPL 0@105/5@101 #a | ACCEPTED alice sell #a 5@101; MASS_QUOTED alice accepted=1
        alice quote 1 AAPL 5@95/0@90 #b  | ACCEPTED alice buy #b 5@95; CANCELLED/QUOTE_WITHDRAWN alice #a;
                                         | MASS_QUOTED alice accepted=1 withdrawn=1
        alice quote 1 AAPL 5@95/-3@90    | QUOTE_REJECTED/INVALID_QUANTITY alice sell;
                                         | MASS_QUOTED alice kept=1 refused=1
    """,
    "halted comes before crossed, and quantities before prices": """
        venue halt AAPL                  | HALTED venue
        alice quote 1 AAPL 5@101/5@101   | QUOTE_REJECTED/INSTRUMENT_HALTED alice buy;
                                         | QUOTE_REJECTED/INSTRUMENT_HALTED alice sell; MASS_QUOTED alice refused=2
        venue resume AAPL                | RESUMED venue
        alice quote 1 AAPL -1@0/-1@1001  | QUOTE_REJECTED/INVALID_QUANTITY alice buy;
                                         | QUOTE_REJECTED/INVALID_QUANTITY alice sell; MASS_QUOTED alice refused=2
        alice quote 1 NONE -1@0/5@99     | QUOTE_REJECTED/UNKNOWN_INSTRUMENT alice buy instrument=NONE;
                                         | QUOTE_REJECTED/UNKNOWN_INSTRUMENT alice sell instrument=NONE;
                                         | MASS_QUOTED alice refused=2
    """,
    "prices": """
        alice quote 1 AAPL 5@0/5@1001    | QUOTE_REJECTED/INVALID_PRICE alice buy;
                                         | QUOTE_REJECTED/INVALID_PRICE alice sell;
                                         | MASS_QUOTED alice refused=2
        alice quote 1 AAPL 5@1/5@1000 #b #a | ACCEPTED alice buy 5@1; ACCEPTED alice sell 5@1000;
                                         | MASS_QUOTED alice accepted=2
        alice quote 1 AAPL -5@1/5@1000   | QUOTE_REJECTED/INVALID_QUANTITY alice buy;
                                         | CANCELLED/QUOTE_REFUSED alice #b leaves=5;
                                         | MASS_QUOTED alice kept=1 refused=1
        alice quote 1 AAPL 5@4294967295/5@1000 | QUOTE_REJECTED/INVALID_PRICE alice sell;
                                         | CANCELLED/QUOTE_REFUSED alice #a;
                                         | QUOTE_REJECTED/INVALID_PRICE alice buy; MASS_QUOTED alice refused=2
    """,
    "more than there can be": """
        alice quote 1 AAPL 4611686018427387904@2/0@0 GOLD 0@0/4611686018427387904@2 |
                                         | QUOTE_REJECTED/OVERFLOW alice buy entry_number=0;
                                         | QUOTE_REJECTED/OVERFLOW alice sell entry_number=1;
                                         | MASS_QUOTED alice refused=2
        alice quote 1 GOLD 5@1/0@0 #q    | ACCEPTED alice; MASS_QUOTED alice
        alice quote 1 GOLD 9223372036854775807@1/0@0 | QUOTE_REJECTED/INSUFFICIENT_FUNDS alice buy;
                                         | CANCELLED/QUOTE_REFUSED alice #q leaves=5; MASS_QUOTED alice refused=1
        alice quote 1 GOLD 5@1/0@0 #r    | ACCEPTED alice; MASS_QUOTED alice
        bob sell 1@1 on=GOLD             | ACCEPTED bob; FILL bob; FILL alice #r leaves=4 filled=1
        alice quote 1 GOLD 9223372036854775807@1/0@0 | QUOTE_REJECTED/OVERFLOW alice buy;
                                         | CANCELLED/QUOTE_REFUSED alice #r 5@1 leaves=4 filled=1;
                                         | MASS_QUOTED alice refused=1
        alice quote 1 GOLD 5@1/0@0 #s    | ACCEPTED alice; MASS_QUOTED alice
        bob sell 1@1 on=GOLD             | ACCEPTED bob; FILL bob; FILL alice #s leaves=4 filled=1
        alice quote 1 GOLD 9223372036854775806@1/0@0 | QUOTE_REJECTED/INSUFFICIENT_FUNDS alice buy;
                                         | CANCELLED/QUOTE_REFUSED alice #s; MASS_QUOTED alice refused=1
    """,
    "post-only": """
        bob sell 5@101 #o                | ACCEPTED bob
        alice quote 1 AAPL 5@101/5@103 post #a | QUOTE_REJECTED/POST_ONLY_WOULD_CROSS alice buy;
                                         | ACCEPTED alice sell #a 5@103;
                                         | MASS_QUOTED alice accepted=1 refused=1
        alice quote 1 AAPL 5@100/5@103 post #b | ACCEPTED alice buy #b 5@100; MASS_QUOTED alice accepted=1 kept=1
        alice quote 2 AAPL 0@0/5@100 post | QUOTE_REJECTED/POST_ONLY_WOULD_CROSS alice sell quote_group=2;
                                         | MASS_QUOTED alice quote_group=2 refused=1
        alice quote 1 AAPL 5@101/5@103   | AMENDED/LOST alice #b 5@101; FILL alice taker #b 5@101 leaves=0; FILL bob #o;
                                         | MASS_QUOTED alice changed=1 kept=1
        #a is                            | time_in_force=3
    """,
    "post-only: less is not looked at, more is": """
        dave sell 5@99 hidden min=4      | ACCEPTED dave
        alice quote 1 AAPL 3@99/0@0 #b   | ACCEPTED alice #b 3@99; MASS_QUOTED alice
        alice quote 1 AAPL 3@99/0@0 post | MASS_QUOTED alice kept=1
        alice quote 1 AAPL 2@99/0@0 post | AMENDED/KEPT alice #b 2@99; MASS_QUOTED alice changed=1
        alice quote 1 AAPL 3@99/0@0 post | QUOTE_REJECTED/POST_ONLY_WOULD_CROSS alice buy;
                                         | CANCELLED/QUOTE_REFUSED alice #b;
                                         | MASS_QUOTED alice refused=1
    """,
    "what is kept or gets smaller keeps its words, what moves gets new ones": """
        alice quote 1 AAPL 5@99/0@0 post oldest #a | ACCEPTED alice; MASS_QUOTED alice
        #a is                            | time_in_force=3 stp=1
        alice quote 1 AAPL 4@99/0@0 both | AMENDED/KEPT alice #a; MASS_QUOTED alice
        #a is                            | time_in_force=3 stp=1
        alice quote 1 AAPL 5@99/0@0 both | AMENDED/LOST alice #a; MASS_QUOTED alice
        #a is                            | time_in_force=0 stp=2
        alice quote 1 AAPL 5@99/0@0 post stp=none | MASS_QUOTED alice kept=1
        #a is                            | time_in_force=0 stp=2
        alice quote 1 AAPL 5@98/0@0 post stp=none | AMENDED/LOST alice #a; MASS_QUOTED alice
        #a is                            | time_in_force=3 stp=4
    """,
    "what one frees pays for the next, in the order of the entries": """
        alice quote 1 AAPL 990@100/0@0 #a | ACCEPTED alice; MASS_QUOTED alice
        alice has                        | USDC 100000+9900000
        alice quote 1 GOLD 200000@1/0@0 AAPL 900@100/0@0 |
                                         | QUOTE_REJECTED/INSUFFICIENT_FUNDS alice buy instrument=GOLD entry_number=0;
                                         | AMENDED/KEPT alice #a 900@100; MASS_QUOTED alice changed=1 refused=1
        alice quote 1 AAPL 800@100/0@0 GOLD 2000000@1/0@0 #g | AMENDED/KEPT alice #a 800@100;
                                         | ACCEPTED alice #g 2000000@1;
                                         | MASS_QUOTED alice accepted=1 changed=1
        alice has                        | USDC 0+10000000
        alice quote 1 GOLD 0@0/0@0 AAPL 1000@100/0@0 | CANCELLED/QUOTE_WITHDRAWN alice #g;
                                         | AMENDED/LOST alice #a 1000@100;
                                         | MASS_QUOTED alice changed=1 withdrawn=1
        alice quote 1 GOLD 1@1/0@0 AAPL 1010@99/0@0 | QUOTE_REJECTED/INSUFFICIENT_FUNDS alice entry_number=0;
                                         | AMENDED/LOST alice #a 1010@99;
                                         | MASS_QUOTED alice changed=1 refused=1
        alice quote 1 AAPL 1011@99/0@0 GOLD 1@1/0@0 | QUOTE_REJECTED/INSUFFICIENT_FUNDS alice entry_number=0;
                                         | CANCELLED/QUOTE_REFUSED alice #a leaves=1010; ACCEPTED alice 1@1;
                                         | MASS_QUOTED alice accepted=1 refused=1
        alice has                        | USDC 9999999+1
    """,
    "what the bid buys the ask can sell": """
        bob sell 3@100                   | ACCEPTED bob
        alice quote 1 AAPL 3@100/1003@105 #b #a | ACCEPTED alice buy #b; FILL alice #b leaves=0; FILL bob;
                                         | ACCEPTED alice sell #a 1003@105; MASS_QUOTED alice accepted=2
        alice has                        | USDC 9970000+0 AAPL 0+10030
        alice quote 1 AAPL 0@0/1004@105  | QUOTE_REJECTED/INSUFFICIENT_FUNDS alice sell;
                                         | CANCELLED/QUOTE_REFUSED alice #a leaves=1003;
                                         | MASS_QUOTED alice refused=1
    """,
    "what the ask sells first the bid can spend": """
        alice transfer 9995000 USDC bob  | TRANSFER_OUT alice; TRANSFER_IN bob
        alice quote 1 AAPL 0@0/5@101 #a  | ACCEPTED alice; MASS_QUOTED alice
        bob buy 1@110 #o                 | ACCEPTED bob; FILL bob 1@101; FILL alice #a leaves=4
        bob buy 2@99                     | ACCEPTED bob
        alice quote 1 AAPL 1@101/4@102 #b | AMENDED/LOST alice #a 5@102 leaves=4; ACCEPTED alice #b 1@101;
                                         | MASS_QUOTED alice accepted=1 changed=1
        alice has                        | USDC 5000+10100 AAPL 9950+40
        alice quote 1 AAPL 0@0/2@99      | CANCELLED/QUOTE_WITHDRAWN alice #b;
                                         | AMENDED/LOST alice #a 3@99 leaves=2 filled=1;
                                         | FILL alice taker #a 2@99 leaves=0; FILL bob; MASS_QUOTED alice
        alice has                        | USDC 34900+0 AAPL 9970+0
    """,
    "as many open orders as the account may have": """
        alice limit 2                    | ACCOUNT_SET alice max_open_orders=2
        alice quote 1 AAPL 5@99/5@101 GOLD 1@5/0@0 #b #a | ACCEPTED alice #b; ACCEPTED alice #a;
                                         | QUOTE_REJECTED/OPEN_ORDER_LIMIT alice buy instrument=GOLD entry_number=1;
                                         | MASS_QUOTED alice accepted=2 refused=1
        alice limit 1                    | ACCOUNT_SET alice
        alice quote 1 AAPL 6@98/6@102    | AMENDED/LOST alice #b; AMENDED/LOST alice #a; MASS_QUOTED alice changed=2
        alice quote 1 AAPL 0@0/6@102 GOLD 1@5/0@0 | CANCELLED/QUOTE_WITHDRAWN alice #b;
                                         | QUOTE_REJECTED/OPEN_ORDER_LIMIT alice entry_number=1;
                                         | MASS_QUOTED alice kept=1 withdrawn=1 refused=1
        alice quote 1 GOLD 1@5/0@0 AAPL 0@0/0@0 | QUOTE_REJECTED/OPEN_ORDER_LIMIT alice entry_number=0;
                                         | CANCELLED/QUOTE_WITHDRAWN alice #a; MASS_QUOTED alice withdrawn=1 refused=1
        alice quote 1 AAPL 0@0/0@0 GOLD 1@5/0@0 | ACCEPTED alice 1@5; MASS_QUOTED alice accepted=1
    """,
    "prices come before the limit of open orders, funds behind it": """
        poor limit 1                     | ACCOUNT_SET poor
        poor quote 1 AAPL 5@99/0@0       | QUOTE_REJECTED/INSUFFICIENT_FUNDS poor buy; MASS_QUOTED poor refused=1
        alice transfer 9900 USDC poor    | TRANSFER_OUT alice; TRANSFER_IN poor
        poor quote 1 AAPL 1@99/0@0       | ACCEPTED poor; MASS_QUOTED poor
        poor quote 2 AAPL 1@99/1@99      | QUOTE_REJECTED/INVALID_PRICE poor buy;
                                         | QUOTE_REJECTED/INVALID_PRICE poor sell;
                                         | MASS_QUOTED poor
        poor quote 2 AAPL 1@98/1@99      | QUOTE_REJECTED/OPEN_ORDER_LIMIT poor buy;
                                         | QUOTE_REJECTED/OPEN_ORDER_LIMIT poor sell;
                                         | MASS_QUOTED poor refused=2
    """,
    "fees: those of the acceptance, of today when it moves": """
        carol quote 1 AAPL 5@100/0@0 #c  | ACCEPTED carol; MASS_QUOTED carol
        carol has                        | USDC 9949900+50100
        venue fees 1 0 10000             | FEE_SCHEDULE_SET venue
        carol quote 1 AAPL 5@100/0@0     | MASS_QUOTED carol kept=1
        carol quote 1 AAPL 4@100/0@0     | AMENDED/KEPT carol #c 4@100; MASS_QUOTED carol
        carol has                        | USDC 9959920+40080
        bob sell 1@100                   | ACCEPTED bob; FILL bob fee=0; FILL carol #c fee=10 leaves=3
        carol quote 1 AAPL 4@100/0@0     | AMENDED/LOST carol #c 5@100 leaves=4 filled=1; MASS_QUOTED carol
        carol has                        | USDC 9949590+40400
        bob sell 1@100                   | ACCEPTED bob; FILL bob; FILL carol #c fee=0 leaves=3
    """,
    "groups stand beside each other, and meet as any orders of an account": """
        alice quote 1 AAPL 5@99/5@101 #1 #2 | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        alice quote 2 AAPL 4@99/0@0 #3   | ACCEPTED alice #3 4@99; MASS_QUOTED alice quote_group=2 accepted=1
        AAPL book                        | 9@99 / 5@101
        alice quote 2 AAPL 4@101/0@0     | AMENDED/LOST alice #3 4@101;
                                         | CANCELLED/SELF_TRADE_INCOMING alice #3 4@101 leaves=4;
                                         | MASS_QUOTED alice changed=1
        alice quote 2 AAPL 4@101/0@0 oldest #4 | ACCEPTED alice #4; CANCELLED/SELF_TRADE_RESTING alice #2 leaves=5;
                                         | MASS_QUOTED alice accepted=1
        alice quote 1 AAPL 5@99/5@101 stp=none #5 | ACCEPTED alice sell #5; FILL alice taker #5 4@101 leaves=1;
                                         | FILL alice maker #4 leaves=0; MASS_QUOTED alice accepted=1 kept=1
        alice quote 2 AAPL 3@101/0@0 stp=decrement #6 | ACCEPTED alice #6;
                                         | CANCELLED/SELF_TRADE_RESTING alice #5 leaves=1;
                                         | AMENDED/DECREMENTED alice #6 2@101 leaves=2; MASS_QUOTED alice accepted=1
        alice quote 2 AAPL 2@101/0@0     | MASS_QUOTED alice kept=1
        AAPL book                        | 2@101 5@99 /
    """,
    "decremented, it is as small as said": """
        alice quote 1 AAPL 0@0/9@101 #a  | ACCEPTED alice; MASS_QUOTED alice
        alice buy 4@101 ioc stp=decrement | ACCEPTED alice; AMENDED/DECREMENTED alice #a 5@101 leaves=5;
                                         | CANCELLED/SELF_TRADE_INCOMING alice leaves=4
        alice quote 1 AAPL 0@0/5@101     | MASS_QUOTED alice kept=1
        alice quote 1 AAPL 0@0/4@101     | AMENDED/KEPT alice #a 4@101 leaves=4; MASS_QUOTED alice changed=1
    """,
    "a side that is cancelled by the other's trading is not open any more": """
        alice quote 1 AAPL 5@99/0@0 GOLD 5@9/0@0 #1 #2 | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        alice quote 2 GOLD 0@0/1@9 oldest AAPL 0@0/1@105 | ACCEPTED alice; CANCELLED/SELF_TRADE_RESTING alice #2;
                                         | ACCEPTED alice;
                                         | MASS_QUOTED alice accepted=2
        alice quote 1 AAPL 0@0/0@0 GOLD 0@0/0@0 | CANCELLED/QUOTE_WITHDRAWN alice #1; MASS_QUOTED alice withdrawn=1
    """,
    "it moves into its own order": """
        alice sell 2@101 #o              | ACCEPTED alice
        alice quote 1 AAPL 5@99/0@0 #q   | ACCEPTED alice; MASS_QUOTED alice
        alice quote 1 AAPL 5@101/0@0 both | AMENDED/LOST alice #q 5@101; CANCELLED/SELF_TRADE_RESTING alice #o leaves=2;
                                         | CANCELLED/SELF_TRADE_INCOMING alice #q 5@101 leaves=5;
                                         | MASS_QUOTED alice changed=1
        alice quote 1 AAPL 5@101/0@0 both | ACCEPTED alice 5@101; MASS_QUOTED alice accepted=1
    """,
    "a firm's quotes are of one party": """
        alice group 7                    | ACCOUNT_SET alice
        bob group 7                      | ACCOUNT_SET bob
        alice quote 1 AAPL 5@99/5@101 #b #a | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        bob quote 1 AAPL 5@101/5@103 oldest #c #d | ACCEPTED bob #c; CANCELLED/SELF_TRADE_RESTING alice #a;
                                         | ACCEPTED bob #d;
                                         | MASS_QUOTED bob accepted=2
        AAPL book                        | 5@101 5@99 / 5@103
    """,
    "only a mass quote changes a quote, any cancel takes it": """
        alice quote 1 AAPL 5@99/5@101 #b #a | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        alice amend #b 4@99              | REJECTED/INVALID_COMBINATION alice #b
        alice amend #b 0@0               | REJECTED/INVALID_COMBINATION alice #b
        alice amend #b 5@99              | REJECTED/INVALID_COMBINATION alice #b
        bob amend #b 4@99                | REJECTED/UNKNOWN_ORDER bob
        alice replace #b buy 4@99        | REJECTED/INVALID_COMBINATION alice #b
        alice replace #b anyway buy 4@99 | REJECTED/INVALID_COMBINATION alice
        alice replace #b buy 4@0         | REJECTED/INVALID_COMBINATION alice
        venue halt AAPL                  | HALTED venue
        alice amend #b 4@99              | REJECTED/INSTRUMENT_HALTED alice
        alice replace #b buy 4@99        | REJECTED/INVALID_COMBINATION alice
        alice cancel #b                  | CANCELLED/USER alice buy #b 5@99 leaves=5 filled=0
        venue resume AAPL                | RESUMED venue
        alice quote 1 AAPL 5@99/5@101 #c | ACCEPTED alice #c 5@99; MASS_QUOTED alice accepted=1 kept=1
    """,
    "an order replaced is an order, and leaves quotes alone": """
        alice quote 1 AAPL 5@99/0@0 #q   | ACCEPTED alice; MASS_QUOTED alice
        alice buy 2@98 #o                | ACCEPTED alice
        alice replace #o buy 3@98 #p     | CANCELLED/REPLACED alice #o; ACCEPTED alice #p
        #p is                            | quote_group=0
        alice quote 1 AAPL 5@99/0@0      | MASS_QUOTED alice kept=1
    """,
    "quotes have no client order ids, and those of orders stay as they were": """
        alice buy 5@50 id=x #x           | ACCEPTED alice #x id=x
        alice quote 1 AAPL 5@99/0@0 #q   | ACCEPTED alice #q id=; MASS_QUOTED alice
        alice cancel #q                  | CANCELLED/USER alice #q id=
        alice quote 1 AAPL 5@99/0@0 #r   | ACCEPTED alice #r id=; MASS_QUOTED alice
        alice buy 5@50 id=x              | DUPLICATE/OPEN alice #x 5@50 leaves=5
        alice cancel-all group=1         | CANCELLED/CANCEL_ALL alice #r; CANCEL_ALL_DONE alice orders=1
        alice cancel id=x                | CANCELLED/USER alice #x
        alice buy 5@50 id=x              | DUPLICATE/CANCELLED alice #x
        bob sell 2@40 #s                 | ACCEPTED bob
        alice quote 1 AAPL 1@40/0@0 #t   | ACCEPTED alice; FILL alice #t leaves=0 id=; FILL bob #s leaves=1;
                                         | MASS_QUOTED alice
    """,
    "mass cancel: by group, instrument and side": """
        alice quote 1 AAPL 1@99/1@101 GOLD 1@9/1@11 #1 #2 #3 #4 | ACCEPTED alice; ACCEPTED alice; ACCEPTED alice;
                                         | ACCEPTED alice;
                                         | MASS_QUOTED alice
        alice quote 2 AAPL 2@99/2@101 GOLD 2@9/2@11 #5 #6 #7 #8 | ACCEPTED alice; ACCEPTED alice; ACCEPTED alice;
                                         | ACCEPTED alice;
                                         | MASS_QUOTED alice
        alice buy 3@99 #9                | ACCEPTED alice
        alice cancel-all group=256       | REJECTED/MALFORMED alice
        nobody cancel-all group=256      | REJECTED/MALFORMED nobody
        nobody cancel-all group=1        | REJECTED/UNKNOWN_ACCOUNT nobody
        alice cancel-all NONE group=1    | REJECTED/UNKNOWN_INSTRUMENT alice instrument=NONE
        alice cancel-all group=3         | CANCEL_ALL_DONE alice orders=0
        alice cancel-all GOLD group=1 sell | CANCELLED/CANCEL_ALL alice #4;
                                         | CANCEL_ALL_DONE alice instrument=GOLD orders=1
        alice cancel-all AAPL group=2    | CANCELLED/CANCEL_ALL alice #5; CANCELLED/CANCEL_ALL alice #6;
                                         | CANCEL_ALL_DONE alice instrument=AAPL orders=2
        alice cancel-all group=2 buy     | CANCELLED/CANCEL_ALL alice #7; CANCEL_ALL_DONE alice orders=1
        alice cancel-all AAPL buy        | CANCELLED/CANCEL_ALL alice #1; CANCELLED/CANCEL_ALL alice #9;
                                         | CANCEL_ALL_DONE alice orders=2
        alice cancel-all group=255       | CANCEL_ALL_DONE alice orders=0
        alice cancel-all                 | CANCELLED/CANCEL_ALL alice #2; CANCELLED/CANCEL_ALL alice #3;
                                         | CANCELLED/CANCEL_ALL alice #8;
                                         | CANCEL_ALL_DONE alice orders=3
    """,
    "mass cancel blocks nothing, and works while halted": """
        alice quote 1 AAPL 1@99/1@101 #1 #2 | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        venue halt AAPL                  | HALTED venue
        alice cancel-all group=1         | CANCELLED/CANCEL_ALL alice #1; CANCELLED/CANCEL_ALL alice #2;
                                         | CANCEL_ALL_DONE alice orders=2
        venue resume AAPL                | RESUMED venue
        alice quote 1 AAPL 1@99/1@101    | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice accepted=2
    """,
    "as old as its acceptance, wherever it moved": """
        alice quote 1 AAPL 5@99/0@0 #1   | ACCEPTED alice; MASS_QUOTED alice
        alice buy 1@98 #2                | ACCEPTED alice
        alice quote 1 AAPL 6@97/0@0      | AMENDED/LOST alice #1; MASS_QUOTED alice
        alice cancel-all                 | CANCELLED/CANCEL_ALL alice #1; CANCELLED/CANCEL_ALL alice #2;
                                         | CANCEL_ALL_DONE alice orders=2
    """,
    "entries are done in their order": """
        alice quote 1 GOLD 1@9/1@11 AAPL 1@99/1@101 | ACCEPTED alice 1@9; ACCEPTED alice 1@11; ACCEPTED alice 1@99;
                                         | ACCEPTED alice 1@101;
                                         | MASS_QUOTED alice
        alice quote 1 GOLD 1@12/1@13 AAPL 1@90/1@91 | AMENDED/LOST alice 1@13; AMENDED/LOST alice 1@12;
                                         | AMENDED/LOST alice 1@90;
                                         | AMENDED/LOST alice 1@91; MASS_QUOTED alice changed=4
    """,
    "instruments that are not named stay as they are": """
        alice quote 1 GOLD 1@9/1@11 AAPL 1@99/1@101 | ACCEPTED alice; ACCEPTED alice; ACCEPTED alice; ACCEPTED alice;
                                         | MASS_QUOTED alice
        alice quote 1 AAPL 0@0/0@0       | CANCELLED/QUOTE_WITHDRAWN alice; CANCELLED/QUOTE_WITHDRAWN alice;
                                         | MASS_QUOTED alice withdrawn=2
        GOLD book                        | 1@9 / 1@11
        AAPL book                        | /
    """,
    "stops look behind the command": """
        alice quote 1 AAPL 0@0/5@101 GOLD 0@0/5@10 #a #g | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        carol buy 1@200 stop=105 on=opposite #s | ACCEPTED carol
        dave buy 1@200 stop=12 on=opposite on=GOLD #t | ACCEPTED dave
        alice quote 1 GOLD 0@0/5@12 AAPL 0@0/5@105 | AMENDED/LOST alice #g; AMENDED/LOST alice #a;
                                         | MASS_QUOTED alice changed=2;
                                         | TRIGGERED carol #s 1@200 trigger_price=105; FILL carol taker #s 1@105;
                                         | FILL alice #a leaves=4;
                                         | TRIGGERED dave #t 1@200 trigger_price=12; FILL dave taker #t 1@12;
                                         | FILL alice #g leaves=4
    """,
    "a withdrawal and a refusal uncover a value": """
        alice quote 1 AAPL 0@0/5@101 GOLD 0@0/5@10 | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        bob sell 1@106                   | ACCEPTED bob
        bob sell 1@13 on=GOLD            | ACCEPTED bob
        carol buy 1@1 stop=105 on=opposite #s | ACCEPTED carol
        dave buy 1@1 stop=12 on=opposite on=GOLD #t | ACCEPTED dave
        alice quote 1 AAPL 0@0/0@0 GOLD 0@0/5@1001 | CANCELLED/QUOTE_WITHDRAWN alice;
                                         | QUOTE_REJECTED/INVALID_PRICE alice sell;
                                         | CANCELLED/QUOTE_REFUSED alice; MASS_QUOTED alice withdrawn=1 refused=1;
                                         | TRIGGERED carol #s; TRIGGERED dave #t
    """,
    "a trade of a quote sets off stops, behind the command": """
        bob buy 2@98                     | ACCEPTED bob
        carol sell 1@500 stop=98 #s      | ACCEPTED carol
        alice quote 1 AAPL 0@0/2@98 GOLD 1@9/0@0 | ACCEPTED alice; FILL alice taker 2@98; FILL bob; ACCEPTED alice 1@9;
                                         | MASS_QUOTED alice accepted=2; TRIGGERED carol #s
    """,
    "quotes of two market makers trade": """
        alice quote 1 AAPL 5@99/5@101 #1 #2 | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        bob quote 1 AAPL 7@101/5@103 #3 #4 | ACCEPTED bob; FILL bob taker #3 5@101 leaves=2;
                                         | FILL alice maker #2 leaves=0; ACCEPTED bob;
                                         | MASS_QUOTED bob accepted=2
        alice quote 1 AAPL 5@100/5@102 #5 | AMENDED/LOST alice #1 5@100; ACCEPTED alice sell #5 5@102;
                                         | MASS_QUOTED alice accepted=1 changed=1
        alice quote 1 AAPL 5@100/5@101   | AMENDED/LOST alice #5 5@101; FILL alice taker #5 2@101 leaves=3;
                                         | FILL bob maker #3 leaves=0;
                                         | MASS_QUOTED alice changed=1 kept=1
        AAPL book                        | 5@100 / 3@101 5@103
    """,
    "hidden orders and icebergs are met by quotes as by others": """
        bob sell 4@100 hidden #h         | ACCEPTED bob
        dave sell 6@101 display=2 #i     | ACCEPTED dave
        alice quote 1 AAPL 3@99/0@0 #q   | ACCEPTED alice; MASS_QUOTED alice
        alice quote 1 AAPL 7@101/0@0     | AMENDED/LOST alice #q 7@101; FILL alice #q 4@100 leaves=3; FILL bob #h;
                                         | FILL alice #q 2@101 leaves=1; FILL dave #i leaves=4;
                                         | FILL alice #q 1@101 leaves=0;
                                         | FILL dave #i leaves=3; MASS_QUOTED alice changed=1
    """,
}

PROTECTION: Final = {
    "what a protection must be": """
        alice protect 0 window=1 fills=1 | REJECTED/MALFORMED alice
        alice protect 256                | REJECTED/MALFORMED alice
        nobody protect 0                 | REJECTED/MALFORMED nobody
        nobody protect 1 window=1        | REJECTED/UNKNOWN_ACCOUNT nobody
        alice protect 1 window=1         | REJECTED/INVALID_PARAMETER alice
        alice protect 1 fills=1          | REJECTED/INVALID_PARAMETER alice
        alice protect 1 quantity=5       | REJECTED/INVALID_PARAMETER alice
        alice protect 1 window=1 fills=1025 | REJECTED/INVALID_PARAMETER alice
        alice protect 1 window=1 fills=1 quantity=-1 | REJECTED/INVALID_PARAMETER alice
        alice protect 1 window=1 fills=1 notional=-1 | REJECTED/INVALID_PARAMETER alice
        alice protect 1 window=1 fills=1 delta=-1 | REJECTED/INVALID_PARAMETER alice
        alice protect 1 delta=-1         | REJECTED/INVALID_PARAMETER alice
        alice protect 1 window=1 fills=1024 | PROTECTION_SET alice quote_group=1 window_ns=1 max_fills=1024
                                         | max_quantity=0 max_notional=0 max_delta=0
        alice protect 255 window=18446744073709551615 fills=1 quantity=9223372036854775807 notional=2 delta=3 |
                                         | PROTECTION_SET alice
                                         |
                                         | quote_group=255 window_ns=18446744073709551615
                                         | max_quantity=9223372036854775807
                                         | max_notional=2 max_delta=3
        alice protect 1                  | PROTECTION_SET alice quote_group=1 window_ns=0 max_fills=0
        alice reset 0                    | REJECTED/MALFORMED alice
        alice reset 256                  | REJECTED/MALFORMED alice
        nobody reset 256                 | REJECTED/MALFORMED nobody
        nobody reset 1                   | REJECTED/UNKNOWN_ACCOUNT nobody
        alice reset 7                    | PROTECTION_RESET alice quote_group=7
    """,
    "quantity: bought and sold together": """
        alice protect 1 window=1000 fills=99 quantity=4 | PROTECTION_SET alice
        alice quote 1 AAPL 5@99/5@101 #b #a | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        bob buy 3@101                    | ACCEPTED bob; FILL bob; FILL alice #a leaves=2
        bob sell 1@99                    | ACCEPTED bob; FILL bob; FILL alice #b leaves=4;
                                         |
                                         | PROTECTION_TRIGGERED alice limit=0 quote_group=1 fills=2 quantity=4
                                         | notional=40200 delta=-2;
                                         | CANCELLED/PROTECTION alice #b 5@99 leaves=4 filled=1;
                                         | CANCELLED/PROTECTION alice #a 5@101 leaves=2 filled=3
        alice has                        | USDC 10020400+0 AAPL 9980+0
    """,
    "notional: of all instruments": """
        alice protect 1 window=1000 fills=99 notional=9927 | PROTECTION_SET alice
        alice quote 1 AAPL 5@99/0@0 GOLD 9@9/0@0 #b #g | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        bob sell 2@9 on=GOLD             | ACCEPTED bob; FILL bob cash=18; FILL alice #g
        bob sell 1@99                    | ACCEPTED bob; FILL bob cash=9900; FILL alice #b
        bob sell 1@9 on=GOLD             | ACCEPTED bob; FILL bob cash=9; FILL alice #g leaves=6;
                                         | PROTECTION_TRIGGERED alice limit=1 fills=3 quantity=4 notional=9927 delta=4;
                                         | CANCELLED/PROTECTION alice #b; CANCELLED/PROTECTION alice #g
    """,
    "delta: bought less sold, either way": """
        alice protect 1 window=1000 fills=99 delta=3 | PROTECTION_SET alice
        alice quote 1 AAPL 9@99/9@101 #b #a | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        bob buy 2@101                    | ACCEPTED bob; FILL bob; FILL alice #a
        bob sell 4@99                    | ACCEPTED bob; FILL bob; FILL alice #b
        bob buy 4@101                    | ACCEPTED bob; FILL bob; FILL alice #a
        bob buy 1@101                    | ACCEPTED bob; FILL bob; FILL alice #a leaves=2;
                                         | PROTECTION_TRIGGERED alice limit=3 fills=4 quantity=11 delta=-3;
                                         | CANCELLED/PROTECTION alice #b leaves=5;
                                         | CANCELLED/PROTECTION alice #a leaves=2
        alice reset 1                    | PROTECTION_RESET alice
        alice quote 1 AAPL 9@99/0@0      | ACCEPTED alice; MASS_QUOTED alice
        bob sell 3@99                    | ACCEPTED bob; FILL bob; FILL alice leaves=6;
                                         | PROTECTION_TRIGGERED alice limit=3 delta=3;
                                         | CANCELLED/PROTECTION alice leaves=6
    """,
    "the first limit that is reached is named": """
        alice protect 1 window=9 fills=1 quantity=1 notional=1 delta=1 | PROTECTION_SET alice
        alice quote 1 AAPL 9@99/0@0      | ACCEPTED alice; MASS_QUOTED alice
        bob sell 1@99                    | ACCEPTED bob; FILL bob; FILL alice; PROTECTION_TRIGGERED alice limit=0;
                                         | CANCELLED/PROTECTION alice
        alice protect 1 window=9 fills=1 quantity=2 notional=1 delta=1 | PROTECTION_SET alice
        alice reset 1                    | PROTECTION_RESET alice
        alice quote 1 AAPL 9@99/0@0      | ACCEPTED alice; MASS_QUOTED alice
        bob sell 1@99                    | ACCEPTED bob; FILL bob; FILL alice; PROTECTION_TRIGGERED alice limit=1;
                                         | CANCELLED/PROTECTION alice
        alice protect 1 window=9 fills=1 delta=1 | PROTECTION_SET alice
        alice reset 1                    | PROTECTION_RESET alice
        alice quote 1 AAPL 9@99/0@0      | ACCEPTED alice; MASS_QUOTED alice
        bob sell 1@99                    | ACCEPTED bob; FILL bob; FILL alice; PROTECTION_TRIGGERED alice limit=2;
                                         | CANCELLED/PROTECTION alice
        alice protect 1 window=9 fills=2 delta=1 | PROTECTION_SET alice
        alice reset 1                    | PROTECTION_RESET alice
        alice quote 1 AAPL 9@99/0@0      | ACCEPTED alice; MASS_QUOTED alice
        bob sell 1@99                    | ACCEPTED bob; FILL bob; FILL alice; PROTECTION_TRIGGERED alice limit=3;
                                         | CANCELLED/PROTECTION alice
    """,
    "a limit that is off is never reached": """
        alice protect 1 window=9 fills=3 | PROTECTION_SET alice
        alice quote 1 AAPL 9@99/9@101    | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        bob sell 1@99                    | ACCEPTED bob; FILL bob; FILL alice
        bob buy 1@101                    | ACCEPTED bob; FILL bob; FILL alice
        bob buy 1@101                    | ACCEPTED bob; FILL bob; FILL alice;
                                         | PROTECTION_TRIGGERED alice limit=2 fills=3 delta=-1;
                                         | CANCELLED/PROTECTION alice; CANCELLED/PROTECTION alice
    """,
    "the window: a fill as old as it is has left it": """
        alice protect 1 window=100 fills=2 | PROTECTION_SET alice
        alice quote 1 AAPL 9@99/0@0 #q   | ACCEPTED alice; MASS_QUOTED alice
        bob sell 1@99 at=1000            | ACCEPTED bob; FILL bob; FILL alice #q leaves=8
        bob sell 1@99 at=1100            | ACCEPTED bob; FILL bob; FILL alice #q leaves=7
        bob sell 1@99 at=1199            | ACCEPTED bob; FILL bob; FILL alice #q leaves=6;
                                         | PROTECTION_TRIGGERED alice limit=2 fills=2 quantity=2;
                                         | CANCELLED/PROTECTION alice #q leaves=6
    """,
    "the window: what leaves it may leave a difference beyond the limit, which only a fill reaches": """
        alice protect 1 window=100 fills=99 delta=2 | PROTECTION_SET alice
        alice quote 1 AAPL 9@99/9@101    | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        bob buy 1@101 at=1000            | ACCEPTED bob; FILL bob; FILL alice
        bob sell 2@99 at=1050            | ACCEPTED bob; FILL bob; FILL alice
        venue pulse at=1100              | PULSED venue items=0
        alice quote 1 AAPL 7@99/8@101    | MASS_QUOTED alice kept=2
    """,
    "the window: a fill that brings the difference back is none too many": """
        alice protect 1 window=100 fills=99 delta=2 | PROTECTION_SET alice
        alice quote 1 AAPL 9@99/9@101    | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        bob buy 1@101 at=1000            | ACCEPTED bob; FILL bob; FILL alice
        bob sell 2@99 at=1050            | ACCEPTED bob; FILL bob; FILL alice
        bob buy 1@101 at=1100            | ACCEPTED bob; FILL bob; FILL alice leaves=7
        bob sell 1@99 at=1101            | ACCEPTED bob; FILL bob; FILL alice leaves=6;
                                         | PROTECTION_TRIGGERED alice limit=3 fills=3 quantity=4 delta=2;
                                         | CANCELLED/PROTECTION alice; CANCELLED/PROTECTION alice
    """,
    "the window: time that stands still": """
        alice protect 1 window=1 fills=3 | PROTECTION_SET alice
        alice quote 1 AAPL 9@99/0@0 #q   | ACCEPTED alice; MASS_QUOTED alice
        bob sell 1@99 at=1000            | ACCEPTED bob; FILL bob; FILL alice #q
        bob sell 1@99                    | ACCEPTED bob; FILL bob; FILL alice #q
        bob sell 1@99 at=1001            | ACCEPTED bob; FILL bob; FILL alice #q
        bob sell 1@99 at=900             | ACCEPTED bob; FILL bob; FILL alice #q
        bob sell 1@99                    | ACCEPTED bob; FILL bob; FILL alice #q;
                                         | PROTECTION_TRIGGERED alice fills=3 quantity=3;
                                         | CANCELLED/PROTECTION alice #q leaves=4
    """,
    "one fill may go far beyond": """
        alice protect 1 window=9 fills=9 quantity=2 | PROTECTION_SET alice
        alice quote 1 AAPL 0@0/500@101 GOLD 1@5/0@0 #a #g | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        bob buy 600@101                  | ACCEPTED bob; FILL bob 500@101 leaves=100; FILL alice #a leaves=0;
                                         | PROTECTION_TRIGGERED alice limit=0 fills=1 quantity=500 delta=-500;
                                         | CANCELLED/PROTECTION alice #g
        AAPL book                        | 100@101 /
    """,
    "what takes goes on: the quotes are gone before it trades again": """
        alice protect 1 window=9 fills=1 | PROTECTION_SET alice
        alice quote 1 AAPL 3@90/3@101 GOLD 1@5/1@7 #1 #2 #3 #4 | ACCEPTED alice; ACCEPTED alice; ACCEPTED alice;
                                         | ACCEPTED alice;
                                         | MASS_QUOTED alice
        alice quote 2 AAPL 0@0/3@102 #5  | ACCEPTED alice; MASS_QUOTED alice
        dave sell 3@103 #d               | ACCEPTED dave
        bob buy 8@103                    | ACCEPTED bob; FILL bob 3@101; FILL alice #2 leaves=0;
                                         | PROTECTION_TRIGGERED alice quote_group=1 limit=2 fills=1;
                                         | CANCELLED/PROTECTION alice #1; CANCELLED/PROTECTION alice #3;
                                         | CANCELLED/PROTECTION alice #4;
                                         | FILL bob 3@102; FILL alice #5 leaves=0; FILL bob 2@103; FILL dave #d leaves=1
    """,
    "two groups of one account, each by itself": """
        alice protect 1 window=9 fills=1 | PROTECTION_SET alice
        alice protect 2 window=9 fills=1 | PROTECTION_SET alice
        alice quote 1 AAPL 0@0/3@101 GOLD 1@5/0@0 #1 #2 | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        alice quote 2 AAPL 0@0/3@102 GOLD 1@5/0@0 #3 #4 | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        bob buy 5@103 ioc                | ACCEPTED bob; FILL bob 3@101; FILL alice #1;
                                         | PROTECTION_TRIGGERED alice quote_group=1;
                                         | CANCELLED/PROTECTION alice #2;
                                         | FILL bob 2@102; FILL alice #3 leaves=1;
                                         | PROTECTION_TRIGGERED alice quote_group=2;
                                         | CANCELLED/PROTECTION alice #3 leaves=1; CANCELLED/PROTECTION alice #4
    """,
    "the taker's group and the maker's": """
        alice protect 1 window=9 fills=1 | PROTECTION_SET alice
        bob protect 1 window=9 fills=1   | PROTECTION_SET bob
        bob quote 1 AAPL 5@95/5@100 #b #a | ACCEPTED bob; ACCEPTED bob; MASS_QUOTED bob
        alice quote 2 AAPL 1@94/0@0 #o   | ACCEPTED alice; MASS_QUOTED alice
        alice quote 1 GOLD 1@3/0@0 AAPL 8@100/8@110 #g #q | ACCEPTED alice #g; ACCEPTED alice #q;
                                         | FILL alice taker #q 5@100 leaves=3; FILL bob maker #a leaves=0;
                                         | PROTECTION_TRIGGERED alice limit=2 quote_group=1 delta=5;
                                         | CANCELLED/PROTECTION alice #g;
                                         | PROTECTION_TRIGGERED bob limit=2 quote_group=1 delta=-5;
                                         | CANCELLED/PROTECTION bob #b;
                                         | CANCELLED/PROTECTION alice #q 8@100 leaves=3 filled=5;
                                         | QUOTE_REJECTED/QUOTE_GROUP_BLOCKED alice sell instrument=AAPL entry_number=1;
                                         | MASS_QUOTED alice accepted=2 refused=1
        AAPL book                        | 1@94 /
    """,
    "the maker's group alone: the quote that takes goes on": """
        bob protect 1 window=9 fills=1   | PROTECTION_SET bob
        bob quote 1 AAPL 5@95/5@100 #b #a | ACCEPTED bob; ACCEPTED bob; MASS_QUOTED bob
        dave sell 1@101 #d               | ACCEPTED dave
        alice quote 1 AAPL 8@101/8@110 #q | ACCEPTED alice #q; FILL alice taker #q 5@100; FILL bob maker #a;
                                         | PROTECTION_TRIGGERED bob; CANCELLED/PROTECTION bob #b;
                                         | FILL alice taker #q 1@101 leaves=2; FILL dave #d; ACCEPTED alice sell 8@110;
                                         | MASS_QUOTED alice accepted=2
    """,
    "a quote that moves and takes too much goes last": """
        alice protect 1 window=9 fills=9 quantity=3 | PROTECTION_SET alice
        alice quote 1 AAPL 5@99/5@110 GOLD 1@5/1@9 #b #a #g #h | ACCEPTED alice; ACCEPTED alice; ACCEPTED alice;
                                         | ACCEPTED alice;
                                         | MASS_QUOTED alice
        bob sell 4@100                   | ACCEPTED bob
        alice quote 1 AAPL 9@100/5@110 GOLD 1@5/1@9 | AMENDED/LOST alice #b 9@100; FILL alice taker #b 4@100 leaves=5;
                                         | FILL bob;
                                         | PROTECTION_TRIGGERED alice limit=0 fills=1 quantity=4;
                                         | CANCELLED/PROTECTION alice #a; CANCELLED/PROTECTION alice #g;
                                         | CANCELLED/PROTECTION alice #h;
                                         | CANCELLED/PROTECTION alice #b 9@100 leaves=5 filled=4;
                                         | QUOTE_REJECTED/QUOTE_GROUP_BLOCKED alice sell entry_number=0;
                                         | QUOTE_REJECTED/QUOTE_GROUP_BLOCKED alice buy entry_number=1;
                                         | QUOTE_REJECTED/QUOTE_GROUP_BLOCKED alice sell entry_number=1;
                                         | MASS_QUOTED alice accepted=0 kept=0 changed=1 refused=3
        alice has                        | USDC 9960000+0 AAPL 10040+0 GOLD 1000+0
    """,
    "a quote that is filled whole when it is too much is filled": """
        alice protect 1 window=9 fills=1 | PROTECTION_SET alice
        bob sell 4@100                   | ACCEPTED bob
        alice quote 1 GOLD 1@5/0@0 AAPL 4@100/0@0 #g #q | ACCEPTED alice #g; ACCEPTED alice #q;
                                         | FILL alice taker #q 4@100 leaves=0;
                                         | FILL bob leaves=0; PROTECTION_TRIGGERED alice; CANCELLED/PROTECTION alice #g;
                                         | MASS_QUOTED alice accepted=2
    """,
    "blocked in the midst: withdrawing is not refused, an unknown instrument is refused for the block": """
        alice protect 1 window=9 fills=1 | PROTECTION_SET alice
        bob sell 4@100                   | ACCEPTED bob
        alice quote 1 GOLD 1@5/0@0 #g    | ACCEPTED alice; MASS_QUOTED alice
        alice quote 1 AAPL 4@100/0@0 GOLD 0@0/0@0 NONE -1@0/0@0 | ACCEPTED alice; FILL alice taker 4@100; FILL bob;
                                         | PROTECTION_TRIGGERED alice; CANCELLED/PROTECTION alice #g;
                                         | QUOTE_REJECTED/QUOTE_GROUP_BLOCKED alice buy instrument=NONE entry_number=2;
                                         | MASS_QUOTED alice accepted=1 withdrawn=0 refused=1
    """,
    "blocked: until it is reset": """
        alice protect 1 window=9 fills=1 | PROTECTION_SET alice
        alice quote 1 AAPL 1@99/0@0      | ACCEPTED alice; MASS_QUOTED alice
        bob sell 1@99                    | ACCEPTED bob; FILL bob; FILL alice; PROTECTION_TRIGGERED alice fills=1
        alice quote 1 AAPL 0@0/0@0       | REJECTED/QUOTE_GROUP_BLOCKED alice
        alice quote 1 NONE 0@0/0@0       | REJECTED/QUOTE_GROUP_BLOCKED alice
        alice quote 1 AAPL 1@99/0@0 ioc  | REJECTED/MALFORMED alice
        alice quote 1 AAPL 1@99/0@0 at=5000 | REJECTED/QUOTE_GROUP_BLOCKED alice
        bob quote 1 AAPL 1@99/0@0        | ACCEPTED bob; MASS_QUOTED bob
        alice protect 1 window=9 fills=5 | PROTECTION_SET alice
        alice quote 1 AAPL 1@98/0@0      | REJECTED/QUOTE_GROUP_BLOCKED alice
        alice protect 1                  | PROTECTION_SET alice
        alice quote 1 AAPL 1@98/0@0      | REJECTED/QUOTE_GROUP_BLOCKED alice
        alice cancel-all group=1         | CANCEL_ALL_DONE alice orders=0
        alice reset 2                    | PROTECTION_RESET alice quote_group=2
        alice quote 1 AAPL 1@98/0@0      | REJECTED/QUOTE_GROUP_BLOCKED alice
        alice reset 1                    | PROTECTION_RESET alice quote_group=1
        AAPL book                        | 1@99 /
        alice quote 1 AAPL 1@98/0@0      | ACCEPTED alice; MASS_QUOTED alice
    """,
    "reset: what was counted is forgotten, blocked or not": """
        alice protect 1 window=9 fills=2 | PROTECTION_SET alice
        alice quote 1 AAPL 9@99/0@0      | ACCEPTED alice; MASS_QUOTED alice
        bob sell 1@99                    | ACCEPTED bob; FILL bob; FILL alice
        alice reset 1                    | PROTECTION_RESET alice
        bob sell 1@99                    | ACCEPTED bob; FILL bob; FILL alice
        bob sell 1@99                    | ACCEPTED bob; FILL bob; FILL alice; PROTECTION_TRIGGERED alice fills=2;
                                         | CANCELLED/PROTECTION alice leaves=6
        alice reset 1                    | PROTECTION_RESET alice
        alice quote 1 AAPL 9@99/0@0      | ACCEPTED alice; MASS_QUOTED alice
        bob sell 1@99                    | ACCEPTED bob; FILL bob; FILL alice leaves=8
    """,
    "another protection begins anew, and counts what is open already": """
        alice quote 1 AAPL 9@99/0@0 #q   | ACCEPTED alice; MASS_QUOTED alice
        bob sell 1@99                    | ACCEPTED bob; FILL bob; FILL alice
        alice protect 1 window=9 fills=2 | PROTECTION_SET alice
        bob sell 1@99                    | ACCEPTED bob; FILL bob; FILL alice
        alice protect 1 window=9 fills=2 | PROTECTION_SET alice
        bob sell 1@99                    | ACCEPTED bob; FILL bob; FILL alice
        alice protect 1 window=0 fills=2 | REJECTED/INVALID_PARAMETER alice
        bob sell 1@99                    | ACCEPTED bob; FILL bob; FILL alice; PROTECTION_TRIGGERED alice fills=2;
                                         | CANCELLED/PROTECTION alice #q leaves=5
    """,
    "without a protection nothing counts": """
        alice protect 1 window=9 fills=2 | PROTECTION_SET alice
        alice quote 1 AAPL 9@99/0@0 #q   | ACCEPTED alice; MASS_QUOTED alice
        bob sell 1@99                    | ACCEPTED bob; FILL bob; FILL alice
        alice protect 1                  | PROTECTION_SET alice
        bob sell 1@99                    | ACCEPTED bob; FILL bob; FILL alice
        bob sell 1@99                    | ACCEPTED bob; FILL bob; FILL alice
        alice protect 1 window=9 fills=2 | PROTECTION_SET alice
        bob sell 1@99                    | ACCEPTED bob; FILL bob; FILL alice leaves=5
    """,
    "orders are not quotes, other groups are others": """
        alice protect 1 window=9 fills=1 | PROTECTION_SET alice
        bob protect 2 window=9 fills=1   | PROTECTION_SET bob
        alice buy 2@99                   | ACCEPTED alice
        alice quote 2 AAPL 2@99/0@0      | ACCEPTED alice; MASS_QUOTED alice
        bob quote 1 AAPL 2@99/0@0        | ACCEPTED bob; MASS_QUOTED bob
        dave sell 6@99                   | ACCEPTED dave; FILL dave; FILL alice; FILL dave; FILL alice; FILL dave;
                                         | FILL bob
    """,
    "what self-trade prevention takes is not traded": """
        alice protect 1 window=9 fills=1 quantity=1 | PROTECTION_SET alice
        alice quote 1 AAPL 0@0/5@101 #a  | ACCEPTED alice; MASS_QUOTED alice
        alice buy 2@101 stp=decrement    | ACCEPTED alice; AMENDED/DECREMENTED alice #a 3@101;
                                         | CANCELLED/SELF_TRADE_INCOMING alice
        alice buy 1@101 stp=none         | ACCEPTED alice; FILL alice taker; FILL alice maker #a leaves=2;
                                         | PROTECTION_TRIGGERED alice limit=0 quantity=1;
                                         | CANCELLED/PROTECTION alice #a leaves=2
    """,
    "two groups of one account trade with each other": """
        alice protect 1 window=9 fills=1 | PROTECTION_SET alice
        alice protect 2 window=9 fills=1 | PROTECTION_SET alice
        alice quote 1 AAPL 0@0/5@101 GOLD 1@5/0@0 #a #g | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        alice quote 2 AAPL 3@101/0@0 stp=none #q | ACCEPTED alice #q; FILL alice taker #q leaves=0;
                                         | FILL alice maker #a leaves=2;
                                         | PROTECTION_TRIGGERED alice quote_group=2 delta=3;
                                         | PROTECTION_TRIGGERED alice quote_group=1 delta=-3;
                                         | CANCELLED/PROTECTION alice #a leaves=2; CANCELLED/PROTECTION alice #g;
                                         | MASS_QUOTED alice accepted=1
    """,
    "behind what follows the fill for the maker": """
        alice protect 1 window=9 fills=1 | PROTECTION_SET alice
        bob sell 5@100 hidden min=3 #h   | ACCEPTED bob
        alice quote 1 AAPL 3@100/0@0 #q  | ACCEPTED alice #q; FILL alice taker #q 3@100 leaves=0; FILL bob #h leaves=2;
                                         | CANCELLED/BELOW_MINIMUM bob #h leaves=2; PROTECTION_TRIGGERED alice;
                                         | MASS_QUOTED alice
    """,
    "a stop that enters can be one too many": """
        alice protect 1 window=9 fills=2 | PROTECTION_SET alice
        alice quote 1 AAPL 9@98/0@0 GOLD 1@5/0@0 #q #g | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        carol sell 2@1 stop=98 #s        | ACCEPTED carol
        bob sell 1@98                    | ACCEPTED bob; FILL bob; FILL alice #q leaves=8; TRIGGERED carol #s 2@1;
                                         | FILL carol taker #s 2@98; FILL alice #q leaves=6;
                                         | PROTECTION_TRIGGERED alice fills=2;
                                         | CANCELLED/PROTECTION alice #q leaves=6; CANCELLED/PROTECTION alice #g
    """,
    "the quotes that go uncover values": """
        alice protect 1 window=9 fills=1 | PROTECTION_SET alice
        alice quote 1 AAPL 1@98/0@0 GOLD 1@9/0@0 #q #g | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        bob buy 1@5 on=GOLD              | ACCEPTED bob
        carol sell 1@500 stop=6 on=opposite on=GOLD #s | ACCEPTED carol
        bob sell 1@98                    | ACCEPTED bob; FILL bob; FILL alice #q; PROTECTION_TRIGGERED alice;
                                         | CANCELLED/PROTECTION alice #g; TRIGGERED carol #s
    """,
    "an amended order takes one too many": """
        alice protect 1 window=9 fills=1 | PROTECTION_SET alice
        alice quote 1 AAPL 5@98/5@103 #b #a | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        bob buy 2@90 #o                  | ACCEPTED bob
        bob amend #o 2@103               | AMENDED/LOST bob; FILL bob taker 2@103; FILL alice #a leaves=3;
                                         | PROTECTION_TRIGGERED alice;
                                         | CANCELLED/PROTECTION alice #b; CANCELLED/PROTECTION alice #a leaves=3
    """,
    "while halted what is blocked can be reset": """
        alice protect 1 window=9 fills=1 | PROTECTION_SET alice
        alice quote 1 AAPL 1@99/0@0      | ACCEPTED alice; MASS_QUOTED alice
        bob sell 1@99                    | ACCEPTED bob; FILL bob; FILL alice; PROTECTION_TRIGGERED alice
        venue halt AAPL                  | HALTED venue
        alice quote 1 AAPL 1@99/0@0      | REJECTED/QUOTE_GROUP_BLOCKED alice
        alice reset 1                    | PROTECTION_RESET alice
        alice quote 1 AAPL 1@99/0@0      | QUOTE_REJECTED/INSTRUMENT_HALTED alice; MASS_QUOTED alice refused=1
    """,
}

TIMERS: Final = {
    "what can be set": """
        nobody cancel-after 5            | REJECTED/UNKNOWN_ACCOUNT nobody
        alice cancel-after 18446744073709551615 at=1 | REJECTED/INVALID_PARAMETER alice
        nobody cancel-after 18446744073709551615 | REJECTED/UNKNOWN_ACCOUNT nobody
        alice cancel-after 18446744073709551614 | CANCEL_AFTER_SET alice timer=0 due_at=18446744073709551615
        venue due                        | 18446744073709551615
        alice cancel-after 1 session     | CANCEL_AFTER_SET alice timer=1 due_at=2
        venue due                        | 2
        alice cancel-after 18446744073709551615 session | REJECTED/INVALID_PARAMETER alice
        venue due                        | 2
        alice cancel-after 0 session     | CANCEL_AFTER_SET alice timer=1 due_at=0
        alice cancel-after 0             | CANCEL_AFTER_SET alice timer=0 due_at=0
        alice cancel-after 0             | CANCEL_AFTER_SET alice timer=0 due_at=0
        venue due                        | None
    """,
    "set again, it runs anew, longer or shorter": """
        alice buy 5@99 #a                | ACCEPTED alice
        alice cancel-after 100 at=1000   | CANCEL_AFTER_SET alice due_at=1100
        alice cancel-after 500 at=1050   | CANCEL_AFTER_SET alice due_at=1550
        venue pulse at=1100              | PULSED venue items=0
        alice cancel-after 20            | CANCEL_AFTER_SET alice due_at=1120
        venue due                        | 1120
        venue pulse at=1119              | PULSED venue items=0
        venue pulse at=1120              | CANCELLED/DEAD_MAN alice #a leaves=5; PULSED venue items=2
        venue due                        | None
        alice has                        | USDC 10000000+0
    """,
    "it takes everything, the oldest first, wherever it is": """
        alice buy 5@99 #1                | ACCEPTED alice
        alice sell 4@200 stop=90 #2      | ACCEPTED alice
        alice quote 1 GOLD 3@10/2@12 #3 #4 | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        alice sell 9@120 hidden min=2 #5 | ACCEPTED alice
        alice sell 9@110 display=2 id=x #6 | ACCEPTED alice
        bob buy 1@99                     | ACCEPTED bob
        alice amend #1 6@98              | AMENDED/LOST alice
        venue halt GOLD                  | HALTED venue
        alice cancel-after 5 session at=10 | CANCEL_AFTER_SET alice timer=1 due_at=15
        venue pulse at=20                | CANCELLED/DISCONNECTED alice #1 6@98 leaves=6;
                                         | CANCELLED/DISCONNECTED alice #2 leaves=4;
                                         | CANCELLED/DISCONNECTED alice #3; CANCELLED/DISCONNECTED alice #4;
                                         | CANCELLED/DISCONNECTED alice #5 leaves=9;
                                         | CANCELLED/DISCONNECTED alice #6 leaves=9 id=x;
                                         | PULSED venue items=7
        alice has                        | USDC 10000000+0 AAPL 10000+0 GOLD 1000+0
        AAPL book                        | 1@99 /
        alice sell 9@110 display=2 id=x  | DUPLICATE/CANCELLED alice #6
    """,
    "nothing open: it stops, and that is one item": """
        alice cancel-after 5 at=10       | CANCEL_AFTER_SET alice
        bob buy 5@99                     | ACCEPTED bob
        venue pulse at=15                | PULSED venue items=1
        venue pulse at=16                | PULSED venue items=0
        alice buy 5@99                   | ACCEPTED alice
        venue pulse at=17                | PULSED venue items=0
    """,
    "two timers of an account": """
        alice cancel-after 50 session at=10 | CANCEL_AFTER_SET alice timer=1 due_at=60
        alice cancel-after 20            | CANCEL_AFTER_SET alice timer=0 due_at=30
        venue due                        | 30
        alice buy 5@99 #1                | ACCEPTED alice
        venue pulse at=30                | CANCELLED/DEAD_MAN alice #1; PULSED venue items=2
        venue due                        | 60
        alice buy 5@99 #2                | ACCEPTED alice
        venue pulse at=60                | CANCELLED/DISCONNECTED alice #2; PULSED venue items=2
    """,
    "of one time the client's is first": """
        alice buy 5@99 #1                | ACCEPTED alice
        alice buy 5@98 #2                | ACCEPTED alice
        alice cancel-after 20 session at=10 | CANCEL_AFTER_SET alice
        alice cancel-after 20            | CANCEL_AFTER_SET alice
        venue pulse at=30                | CANCELLED/DEAD_MAN alice #1; CANCELLED/DEAD_MAN alice #2;
                                         | PULSED venue items=4
    """,
    "the earlier one is first, whoever's it is": """
        alice buy 5@99 #1                | ACCEPTED alice
        bob buy 5@99 #2                  | ACCEPTED bob
        carol buy 5@99 #3                | ACCEPTED carol
        bob cancel-after 30 at=10        | CANCEL_AFTER_SET bob
        carol cancel-after 20 session    | CANCEL_AFTER_SET carol
        alice cancel-after 30 session    | CANCEL_AFTER_SET alice
        alice cancel-after 31            | CANCEL_AFTER_SET alice
        venue due                        | 30
        venue pulse at=99                | CANCELLED/DISCONNECTED carol #3; CANCELLED/DISCONNECTED alice #1;
                                         | CANCELLED/DEAD_MAN bob #2;
                                         | PULSED venue items=7
    """,
    "behind what expires, before the orders of an earlier day": """
        venue roll 20261130              | TRADE_DATE_ROLLED venue
        alice buy 5@99 #1                | ACCEPTED alice
        alice buy 5@98 expires=50 #2     | ACCEPTED alice
        alice buy 5@97 day #3            | ACCEPTED alice
        bob buy 5@96 day #4              | ACCEPTED bob
        bob buy 5@95 expires=60 #5       | ACCEPTED bob
        alice cancel-after 20            | CANCEL_AFTER_SET alice due_at=20
        venue roll 20261201              | TRADE_DATE_ROLLED venue
        venue due                        | 0
        venue pulse at=55                | CANCELLED/EXPIRED alice #2; CANCELLED/DEAD_MAN alice #1;
                                         | CANCELLED/DEAD_MAN alice #3;
                                         | CANCELLED/DAY_ENDED bob #4; PULSED venue items=5
        venue due                        | 60
    """,
    "until its pulse, nothing has happened": """
        alice cancel-after 100 at=1000   | CANCEL_AFTER_SET alice due_at=1100
        alice buy 5@99 at=1200 #1        | ACCEPTED alice
        venue due                        | 1100
        bob sell 1@99                    | ACCEPTED bob; FILL bob; FILL alice #1
        alice cancel-after 100           | CANCEL_AFTER_SET alice due_at=1300
        venue pulse at=1250              | PULSED venue items=0
        alice cancel-after 0 at=1350     | CANCEL_AFTER_SET alice due_at=0
        venue pulse                      | PULSED venue items=0
        #1 is                            | leaves=4
    """,
    "what comes meanwhile goes as well": """
        alice cancel-after 100 at=1000   | CANCEL_AFTER_SET alice due_at=1100
        alice buy 5@99 at=1200 #1        | ACCEPTED alice
        alice quote 1 GOLD 1@5/0@0 #2    | ACCEPTED alice; MASS_QUOTED alice
        venue pulse                      | CANCELLED/DEAD_MAN alice #1; CANCELLED/DEAD_MAN alice #2;
                                         | PULSED venue items=3
        alice quote 1 GOLD 1@5/0@0       | ACCEPTED alice; MASS_QUOTED alice
    """,
    "what it takes uncovers a value": """
        alice buy 5@100 #1               | ACCEPTED alice
        bob buy 5@95 #2                  | ACCEPTED bob
        carol sell 2@500 stop=97 on=opposite #s | ACCEPTED carol
        alice cancel-after 5 at=10       | CANCEL_AFTER_SET alice
        venue pulse at=15                | CANCELLED/DEAD_MAN alice #1; TRIGGERED carol #s; PULSED venue items=3
    """,
    "the stop that enters is not open again": """
        alice buy 5@100 #1               | ACCEPTED alice
        alice sell 2@500 stop=97 on=opposite #s | ACCEPTED alice
        bob buy 5@95 #2                  | ACCEPTED bob
        alice cancel-after 5 at=10       | CANCEL_AFTER_SET alice
        venue pulse at=15                | CANCELLED/DEAD_MAN alice #1; CANCELLED/DEAD_MAN alice #s;
                                         | PULSED venue items=3
    """,
    "protections, blocks and withdrawals are no orders": """
        alice protect 1 window=9 fills=1 | PROTECTION_SET alice
        alice quote 1 AAPL 1@99/0@0      | ACCEPTED alice; MASS_QUOTED alice
        bob sell 1@99                    | ACCEPTED bob; FILL bob; FILL alice; PROTECTION_TRIGGERED alice
        alice withdraw 100 USDC #w       | WITHDRAWAL_REQUESTED alice #w
        alice cancel-after 5 at=10       | CANCEL_AFTER_SET alice
        venue pulse at=15                | PULSED venue items=1
        alice quote 1 AAPL 1@99/0@0      | REJECTED/QUOTE_GROUP_BLOCKED alice
        alice has                        | USDC 9990000+100
    """,
}

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

AUCTION_QUOTES: Final = {
    "quotes rest in a call as other orders": """
        venue phase AAPL auction         | PHASE_CHANGED venue
        bob sell 5@95 #s                 | ACCEPTED bob
        alice quote 1 AAPL 5@99/5@101 post | QUOTE_REJECTED/WRONG_PHASE alice side=0 instrument=AAPL entry_number=0;
                                         | QUOTE_REJECTED/WRONG_PHASE alice side=1; MASS_QUOTED alice refused=2
        alice quote 1 AAPL 5@99/5@101 #b #a | ACCEPTED alice 5@99; ACCEPTED alice 5@101; MASS_QUOTED alice accepted=2
        alice quote 1 AAPL 7@98/4@101    | AMENDED/LOST alice #b 7@98 leaves=7; AMENDED/KEPT alice #a 4@101 leaves=4;
                                         | MASS_QUOTED alice changed=2
        alice quote 1 AAPL 7@98/4@101 post | MASS_QUOTED alice kept=2
        alice quote 1 AAPL 7@98/3@101 post | QUOTE_REJECTED/WRONG_PHASE alice side=1;
                                         | CANCELLED/QUOTE_REFUSED alice #a leaves=4; MASS_QUOTED alice kept=1 refused=1
        alice amend #b 6@98              | REJECTED/INVALID_COMBINATION alice
        AAPL book                        | 7@98 / 5@95
        venue phase AAPL continuous      | UNCROSSED venue 5@98 surplus=2; FILL alice auction buy #b 5@98 leaves=2;
                                         | FILL bob auction sell #s 5@98 leaves=0; PHASE_CHANGED venue phase=continuous
        alice quote 1 AAPL 7@98/0@0      | AMENDED/LOST alice #b 12@98 leaves=7 filled=5; MASS_QUOTED alice changed=1
    """,
    "where nothing is collected what is said anew is refused": """
        alice quote 1 AAPL 5@99/0@0 #b   | ACCEPTED alice; MASS_QUOTED alice
        venue phase AAPL closed          | PHASE_CHANGED venue
        alice quote 1 AAPL 5@99/5@101    | QUOTE_REJECTED/WRONG_PHASE alice side=1; MASS_QUOTED alice kept=1 refused=1
        alice quote 1 AAPL 4@99/0@0      | QUOTE_REJECTED/WRONG_PHASE alice side=0;
                                         | CANCELLED/QUOTE_REFUSED alice #b leaves=5; MASS_QUOTED alice refused=1
        alice quote 1 AAPL 5@101/5@99    | QUOTE_REJECTED/WRONG_PHASE alice side=0;
                                         | QUOTE_REJECTED/WRONG_PHASE alice side=1; MASS_QUOTED alice refused=2
        venue halt AAPL                  | HALTED venue
        alice quote 1 AAPL 5@99/0@0      | QUOTE_REJECTED/INSTRUMENT_HALTED alice side=0; MASS_QUOTED alice refused=1
    """,
    "the quotes of a retired instrument go": """
        alice protect 1 window=9 fills=1 | PROTECTION_SET alice
        alice quote 1 AAPL 5@99/5@101 GOLD 1@5/0@0 #b #a #g | ACCEPTED alice; ACCEPTED alice; ACCEPTED alice;
                                         | MASS_QUOTED alice
        venue phase AAPL closed          | PHASE_CHANGED venue
        venue phase AAPL retired         | PHASE_CHANGED venue phase=retired; CANCELLED/RETIRED alice #b;
                                         | CANCELLED/RETIRED alice #a
        alice quote 1 AAPL 5@99/0@0 GOLD 1@5/0@0 | QUOTE_REJECTED/WRONG_PHASE alice; MASS_QUOTED alice kept=1 refused=1
    """,
    "sizes and the static band bound what is said, and not what has filled": """
        venue reference AAPL 100         | REFERENCE_SET venue
        venue limits AAPL static=1000 quantity=9 notional=9900 call=50 | TRADING_LIMITS_SET venue
        alice quote 1 AAPL 10@99/9@111   | QUOTE_REJECTED/ORDER_TOO_LARGE alice side=0;
                                         | QUOTE_REJECTED/ORDER_TOO_LARGE alice side=1; MASS_QUOTED alice refused=2
        venue limits AAPL static=1000 quantity=9 call=50 | TRADING_LIMITS_SET venue
        alice quote 1 AAPL 9@99/9@111 #b #a | ACCEPTED alice 9@99; ACCEPTED alice 9@111; MASS_QUOTED alice accepted=2
        alice quote 1 AAPL 5@111/9@112   | AMENDED/LOST alice #a 9@112; QUOTE_REJECTED/PRICE_OUT_OF_BAND alice side=0;
                                         | CANCELLED/QUOTE_REFUSED alice #b; MASS_QUOTED alice changed=1 refused=1
        alice quote 1 AAPL 0@0/9@105     | AMENDED/LOST alice #a 9@105; MASS_QUOTED alice changed=1
        bob buy 6@105                    | ACCEPTED bob; FILL bob; FILL alice maker #a leaves=3
        alice quote 1 AAPL 0@0/9@106     | AMENDED/LOST alice #a 15@106 leaves=9 filled=6; MASS_QUOTED alice changed=1
        bob buy 2@104 #c                 | ACCEPTED bob
        alice quote 1 AAPL 0@0/9@104     | AMENDED/LOST alice #a 15@104 leaves=9; FILL alice taker #a 2@104 leaves=7;
                                         | FILL bob maker #c leaves=0; MASS_QUOTED alice changed=1
        alice quote 1 AAPL 0@0/10@104    | QUOTE_REJECTED/ORDER_TOO_LARGE alice side=1;
                                         | CANCELLED/QUOTE_REFUSED alice #a leaves=7; MASS_QUOTED alice refused=1
    """,
    "a quote that would trade outside the band begins a pause": """
        alice sell 1@100                 | ACCEPTED alice
        bob buy 1@100                    | ACCEPTED bob; FILL bob; FILL alice
        venue limits AAPL dynamic=300 call=50 | TRADING_LIMITS_SET venue
        bob sell 1@103                   | ACCEPTED bob
        bob sell 1@104 #s                | ACCEPTED bob
        alice quote 1 AAPL 3@110/2@112 GOLD 1@5/0@0 #b #a | ACCEPTED alice 3@110; FILL alice taker 1@103 leaves=2;
                                         | FILL bob maker leaves=0; PHASE_CHANGED venue phase=pause ends_at=50;
                                         | ACCEPTED alice 2@112; ACCEPTED alice 1@5; MASS_QUOTED alice accepted=3
        alice quote 1 AAPL 2@111/2@112   | AMENDED/LOST alice #b 3@111 leaves=2; MASS_QUOTED alice changed=1 kept=1
        AAPL book                        | 2@111 / 1@104 2@112
        venue pulse at=50                | UNCROSSED venue 1@111 surplus=1; FILL alice auction #b 1@111 leaves=1;
                                         | FILL bob auction #s; PHASE_CHANGED venue phase=continuous;
                                         | PULSED venue items=2
    """,
    "what is withdrawn or refused meanwhile trades on": """
        venue phase AAPL auction         | PHASE_CHANGED venue
        alice quote 1 AAPL 72@100/5@110 #b #a | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        alice quote 2 AAPL 4@90/4@111 #c #d | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        bob sell 70@100 display=1        | ACCEPTED bob
        venue phase AAPL continuous      | UNCROSSED venue 70@100 surplus=2;
                                         | 64 times (FILL alice auction #b 1@100; FILL bob auction)
        alice quote 1 AAPL 8@100/5@110   | MASS_QUOTED alice kept=2
        alice quote 1 AAPL 0@0/4@110     | QUOTE_REJECTED/WRONG_PHASE alice side=1 entry_number=0;
                                         | MASS_QUOTED alice withdrawn=1 refused=1
        alice quote 1 AAPL 0@0/0@0       | MASS_QUOTED alice withdrawn=2 refused=0
        alice quote 1 AAPL 9@100/5@110   | QUOTE_REJECTED/WRONG_PHASE alice side=0; MASS_QUOTED alice kept=1 refused=1
        alice quote 2 AAPL 4@90/5@111    | QUOTE_REJECTED/WRONG_PHASE alice side=1; MASS_QUOTED alice kept=1 refused=1
        alice amend #c 3@90              | REJECTED/WRONG_PHASE alice
        alice replace #c buy 3@90        | REJECTED/INVALID_COMBINATION alice
        alice cancel #b                  | CANCEL_PENDING alice #b 72@100 leaves=8 filled=64
        alice cancel-all group=2         | CANCEL_ALL_DONE alice orders=0 pending=2
        alice cancel-all group=2 sell    | CANCEL_ALL_DONE alice orders=0 pending=1
        venue restarts                   |
        venue pulse                      | 6 times (FILL alice auction #b 1@100; FILL bob auction);
                                         | CANCELLED/QUOTE_WITHDRAWN alice #b 72@100 leaves=2 filled=70;
                                         | CANCELLED/QUOTE_REFUSED alice #a leaves=5;
                                         | CANCELLED/CANCEL_ALL alice #c leaves=4; CANCELLED/QUOTE_REFUSED alice #d;
                                         | PHASE_CHANGED venue phase=continuous; PULSED venue items=10
        alice has                        | USDC 9300000+0 AAPL 10700+0
    """,
    "both sides of a trade count, the buy first": """
        alice protect 1 window=1000 fills=1 | PROTECTION_SET alice
        bob protect 7 window=1000 fills=9 quantity=5 | PROTECTION_SET bob
        venue phase AAPL auction         | PHASE_CHANGED venue
        bob quote 7 AAPL 0@0/6@100 GOLD 0@0/3@12 #s #h | ACCEPTED bob; ACCEPTED bob; MASS_QUOTED bob
        alice quote 1 AAPL 5@100/0@0 GOLD 3@10/0@0 #b #g | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        alice quote 2 GOLD 2@9/0@0       | ACCEPTED alice; MASS_QUOTED alice
        venue phase AAPL continuous      | UNCROSSED venue 5@100 surplus=-1; FILL alice auction buy #b leaves=0;
                                         | FILL bob auction sell #s leaves=1;
                                         | PROTECTION_TRIGGERED alice limit=2 quote_group=1 fills=1 quantity=5
                                         | notional=50000 delta=5;
                                         | CANCELLED/PROTECTION alice #g leaves=3;
                                         | PROTECTION_TRIGGERED bob limit=0 quote_group=7 fills=1 quantity=5 delta=-5;
                                         | CANCELLED/PROTECTION bob #h leaves=3; CANCELLED/PROTECTION bob #s leaves=1;
                                         | PHASE_CHANGED venue phase=continuous
        alice quote 1 AAPL 5@99/0@0      | REJECTED/QUOTE_GROUP_BLOCKED alice
        bob quote 7 AAPL 5@99/0@0        | REJECTED/QUOTE_GROUP_BLOCKED bob
        GOLD book                        | 2@9 /
    """,
    "a group that trades with itself counts once, and is blocked": """
        alice protect 1 window=1000 fills=9 quantity=3 | PROTECTION_SET alice
        venue phase AAPL auction         | PHASE_CHANGED venue
        alice quote 1 AAPL 5@105/0@0 #b  | ACCEPTED alice; MASS_QUOTED alice
        alice quote 1 AAPL 5@105/4@106 #a | ACCEPTED alice 4@106; MASS_QUOTED alice kept=1 accepted=1
        bob sell 2@100 #s                | ACCEPTED bob
        alice quote 2 AAPL 0@0/3@103 #c  | ACCEPTED alice; MASS_QUOTED alice
        alice protect 2 window=1000 fills=9 quantity=3 | PROTECTION_SET alice
        venue phase AAPL continuous      | UNCROSSED venue 5@104 surplus=0; FILL alice auction buy #b 2@104 leaves=3;
                                         | FILL bob auction #s; FILL alice auction buy #b 3@104 leaves=0;
                                         | FILL alice auction sell #c 3@104 leaves=0;
                                         | PROTECTION_TRIGGERED alice quote_group=1 fills=2 quantity=5 delta=5;
                                         | PROTECTION_TRIGGERED alice quote_group=2 fills=1 quantity=3 delta=-3;
                                         | CANCELLED/PROTECTION alice #a leaves=4; PHASE_CHANGED venue
    """,
    "quotes of a blocked group trade until their cancel": """
        alice protect 1 window=1000 fills=2 | PROTECTION_SET alice
        venue phase AAPL auction         | PHASE_CHANGED venue
        alice quote 1 AAPL 5@100/5@105 GOLD 3@10/3@20 #b #a #g #h | ACCEPTED alice; ACCEPTED alice; ACCEPTED alice;
                                         | ACCEPTED alice; MASS_QUOTED alice
        dave sell 1@100                  | ACCEPTED dave
        bob sell 1@100                   | ACCEPTED bob
        carol sell 1@100                 | ACCEPTED carol
        venue phase AAPL continuous      | UNCROSSED venue 3@100; FILL alice auction #b leaves=4; FILL dave auction;
                                         | FILL alice auction #b leaves=3; FILL bob auction;
                                         | PROTECTION_TRIGGERED alice limit=2 fills=2 quantity=2;
                                         | CANCELLED/PROTECTION alice #g leaves=3; CANCELLED/PROTECTION alice #h;
                                         | FILL alice auction #b leaves=2; FILL carol auction;
                                         | CANCELLED/PROTECTION alice #b leaves=2; CANCELLED/PROTECTION alice #a;
                                         | PHASE_CHANGED venue phase=continuous
    """,
    "a reset does not take a cancel back": """
        alice protect 1 window=1000 fills=1 | PROTECTION_SET alice
        venue phase AAPL auction         | PHASE_CHANGED venue
        alice quote 1 AAPL 72@100/0@0 #b | ACCEPTED alice; MASS_QUOTED alice
        bob sell 70@100 display=1        | ACCEPTED bob
        venue phase AAPL continuous      | UNCROSSED venue 70@100; FILL alice auction #b leaves=71; FILL bob auction;
                                         | PROTECTION_TRIGGERED alice fills=1; 63 times (FILL alice auction #b;
                                         | FILL bob auction)
        venue restarts                   |
        alice quote 1 AAPL 8@100/0@0     | REJECTED/QUOTE_GROUP_BLOCKED alice
        alice reset 1                    | PROTECTION_RESET alice
        alice quote 1 AAPL 8@100/0@0     | MASS_QUOTED alice kept=1
        alice quote 1 GOLD 1@5/0@0 #g    | ACCEPTED alice; MASS_QUOTED alice
        venue pulse                      | FILL alice auction #b leaves=7; FILL bob auction;
                                         | PROTECTION_TRIGGERED alice fills=1 quantity=1;
                                         | CANCELLED/PROTECTION alice #g; 5 times (FILL alice auction #b;
                                         | FILL bob auction); CANCELLED/PROTECTION alice #b leaves=2;
                                         | PHASE_CHANGED venue; PULSED venue items=7
    """,
    "the first reason for a cancel that waits decides": """
        alice protect 1 window=1000 fills=1 | PROTECTION_SET alice
        venue phase GOLD auction         | PHASE_CHANGED venue
        alice quote 1 GOLD 1@5/2@700 #b #a | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        bob sell 70@100 display=1 on=GOLD | ACCEPTED bob
        carol buy 70@100 on=GOLD         | ACCEPTED carol
        venue phase GOLD continuous      | UNCROSSED venue 70@100; 64 times (FILL carol auction; FILL bob auction)
        alice quote 1 AAPL 0@0/3@100 #c  | ACCEPTED alice; MASS_QUOTED alice
        alice cancel #a                  | CANCEL_PENDING alice #a leaves=2
        bob buy 1@100                    | ACCEPTED bob; FILL bob taker; FILL alice maker #c leaves=2;
                                         | PROTECTION_TRIGGERED alice; CANCELLED/PROTECTION alice #c leaves=2
        alice cancel #b                  | CANCEL_PENDING alice #b leaves=1
        venue restarts                   |
        venue pulse                      | 6 times (FILL carol auction; FILL bob auction);
                                         | CANCELLED/PROTECTION alice #b leaves=1; CANCELLED/USER alice #a leaves=2;
                                         | PHASE_CHANGED venue; PULSED venue items=8
    """,
    "a group that blocks itself says the rest of what waits": """
        alice protect 1 window=1000 fills=1 | PROTECTION_SET alice
        venue phase GOLD auction         | PHASE_CHANGED venue
        alice quote 1 GOLD 1@5/2@700 #b #a | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        bob sell 70@100 display=1 on=GOLD | ACCEPTED bob
        carol buy 70@100 on=GOLD         | ACCEPTED carol
        venue phase GOLD continuous      | UNCROSSED venue 70@100; 64 times (FILL carol auction; FILL bob auction)
        bob sell 1@100                   | ACCEPTED bob
        alice quote 1 AAPL 2@100/3@105 GOLD 1@5/0@0 | ACCEPTED alice 2@100; FILL alice taker 1@100 leaves=1;
                                         | FILL bob maker; PROTECTION_TRIGGERED alice fills=1;
                                         | CANCELLED/PROTECTION alice 2@100 leaves=1;
                                         | QUOTE_REJECTED/QUOTE_GROUP_BLOCKED alice sell instrument=AAPL entry_number=0;
                                         | MASS_QUOTED alice accepted=1 kept=1 withdrawn=1 refused=1
        alice reset 1                    | PROTECTION_RESET alice
        bob sell 1@100                   | ACCEPTED bob
        alice quote 1 AAPL 1@100/0@0 GOLD 3@701/1@700 | ACCEPTED alice; FILL alice taker 1@100 leaves=0; FILL bob maker;
                                         | PROTECTION_TRIGGERED alice fills=1;
                                         | QUOTE_REJECTED/QUOTE_GROUP_BLOCKED alice sell instrument=GOLD entry_number=1;
                                         | QUOTE_REJECTED/QUOTE_GROUP_BLOCKED alice buy instrument=GOLD entry_number=1;
                                         | MASS_QUOTED alice accepted=1 refused=2
        venue pulse                      | 6 times (FILL carol auction; FILL bob auction);
                                         | CANCELLED/PROTECTION alice #b; CANCELLED/PROTECTION alice #a;
                                         | PHASE_CHANGED venue; PULSED venue items=8
    """,
    "a breach in one book reaches stops of another": """
        alice protect 1 window=1000 fills=1 | PROTECTION_SET alice
        venue phase GOLD auction         | PHASE_CHANGED venue
        alice quote 1 GOLD 5@100/0@0 AAPL 3@10/0@0 #b #g | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        bob buy 1@5 #c                   | ACCEPTED bob
        carol sell 1@4 stop=7 on=opposite #s | ACCEPTED carol trigger_price=7
        dave sell 5@100 on=GOLD          | ACCEPTED dave
        venue phase GOLD continuous      | UNCROSSED venue 5@100; FILL alice auction #b; FILL dave auction;
                                         | PROTECTION_TRIGGERED alice; CANCELLED/PROTECTION alice #g;
                                         | PHASE_CHANGED venue instrument=GOLD; TRIGGERED carol #s;
                                         | FILL carol taker #s 1@5; FILL bob maker #c
    """,
    "a stop that enters and breaks a protection reaches others": """
        alice protect 1 window=1000 fills=1 | PROTECTION_SET alice
        dave sell 1@100                  | ACCEPTED dave
        bob buy 1@100                    | ACCEPTED bob; FILL bob; FILL dave
        alice quote 1 AAPL 3@90/0@0 GOLD 3@10/0@0 #b #g | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        bob buy 1@5 on=GOLD #c           | ACCEPTED bob
        carol sell 1@4 stop=7 on=opposite on=GOLD #s | ACCEPTED carol
        dave sell 1@90 stop=95 #t        | ACCEPTED dave
        bob buy 1@95                     | ACCEPTED bob
        carol sell 1@95                  | ACCEPTED carol; FILL carol taker; FILL bob maker; TRIGGERED dave #t;
                                         | FILL dave taker #t 1@90; FILL alice maker #b leaves=2;
                                         | PROTECTION_TRIGGERED alice; CANCELLED/PROTECTION alice #b leaves=2;
                                         | CANCELLED/PROTECTION alice #g; TRIGGERED carol #s;
                                         | FILL carol taker #s 1@5; FILL bob maker #c
    """,
    "what a pulse does, and in which order": """
        venue roll 20261130              | TRADE_DATE_ROLLED venue
        venue phase AAPL auction at=1    | PHASE_CHANGED venue
        venue phase GOLD auction ends=50 at=1 | PHASE_CHANGED venue
        alice quote 1 AAPL 72@100/0@0 GOLD 1@5/0@0 #b #g | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        bob sell 70@100 display=1        | ACCEPTED bob
        bob buy 1@5 expires=45 on=GOLD #e | ACCEPTED bob
        dave buy 1@5 day on=GOLD #d      | ACCEPTED dave
        carol sell 3@5 on=GOLD #s        | ACCEPTED carol
        alice cancel-after 30 at=2       | CANCEL_AFTER_SET alice due_at=32
        venue roll 20261201              | TRADE_DATE_ROLLED venue
        venue phase AAPL continuous at=3 | UNCROSSED venue 70@100; 64 times (FILL alice auction; FILL bob auction)
        alice quote 1 AAPL 0@0/0@0       | MASS_QUOTED alice withdrawn=1
        venue pulse at=50                | 6 times (FILL alice auction; FILL bob auction);
                                         | CANCELLED/QUOTE_WITHDRAWN alice #b leaves=2;
                                         | PHASE_CHANGED venue instrument=AAPL phase=continuous;
                                         | CANCELLED/EXPIRED bob #e; CANCELLED/DEAD_MAN alice #g;
                                         | CANCELLED/DAY_ENDED dave #d; UNCROSSED venue 0@0 instrument=GOLD;
                                         | PHASE_CHANGED venue instrument=GOLD phase=continuous; PULSED venue items=12
        GOLD book                        | / 3@5
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

BAND_OF_100 = """
        venue reference AAPL 100 | REFERENCE_SET venue
        venue volatility AAPL bps=500 limit=15 pause=300 | VOLATILITY_BANDS_SET venue;
                                 | VOLATILITY_BAND_MOVED venue reference=100 lower=95 upper=105
"""
TRADE_AT_104 = """
        alice sell 1@104         | ACCEPTED alice
        bob buy 1@104            | ACCEPTED bob; FILL bob taker 1@104; FILL alice maker
"""
VOLATILITY = {
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

LIMIT_STATES = {
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

OLD_OF_10 = """
        venue reference AAPL 100 observed_at=10 | REFERENCE_SET venue
        venue policy AAPL stale=halt age=50 | REFERENCE_POLICY_SET venue stale=halt primary=none max_age_ns=50
        venue pulse at=60        | HALTED venue cause=4 causes=16; PULSED venue items=1
"""
OLD_REFERENCES = {
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

CLOSE_OF_200 = """
        venue limits AAPL call=50 | TRADING_LIMITS_SET venue
        venue policy AAPL primary=reanchor closed=1000 step=100 every=40 | REFERENCE_POLICY_SET venue closed_bps=1000
        venue primary AAPL closed close=200 | PRIMARY_STATUS_SET venue status=closed close=200;
                                 | STATIC_BAND_MOVED venue anchor=200 bps=1000 lower=180 upper=220
"""
PRIMARY = {
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

CHAPTERS: Final[dict[str, dict[str, str]]] = {
    "combinations": COMBINATIONS,
    "self-trade": SELF_TRADE,
    "slide": SLIDE,
    "market-to-limit": MARKET_TO_LIMIT,
    "minimum": MINIMUM,
    "iceberg": ICEBERG,
    "hidden": HIDDEN,
    "day": DAY,
    "stop": STOPS,
    "reference": REFERENCE,
    "amend": AMEND,
    "phase": PHASES,
    "call phase": CALL_PHASE,
    "auction price": AUCTION_PRICE,
    "uncrossing": UNCROSSING,
    "call": CALLS,
    "auction stop": AUCTION_STOPS,
    "band": BANDS,
    "size": SIZES,
    "quote": QUOTES,
    "protection": PROTECTION,
    "timer": TIMERS,
    "pair": PAIRS,
    "bracket": BRACKETS,
    "pairs and quotes": PAIRS_AND_QUOTES,
    "quote in an auction": AUCTION_QUOTES,
    "volatility band": VOLATILITY,
    "limit state": LIMIT_STATES,
    "old reference": OLD_REFERENCES,
    "primary market": PRIMARY,
    "fees": FEES,
    "tier": TIERS,
    "override": OVERRIDES,
    "change of fees": CHANGES_OF_FEES,
    "open notional": OPEN_NOTIONAL,
    "obligation": OBLIGATIONS,
    **PEG_CHAPTERS,
}
