"""Quotes, their protections, timers (`engine_core/docs/market-rules.md`), in the notation of `tests/scenarios.py`."""

from typing import Final

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
