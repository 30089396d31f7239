"""Orders: what can be combined, sizes shown and hidden, stops, amendments (`engine_core/docs/market-rules.md`)."""

from typing import Final

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
