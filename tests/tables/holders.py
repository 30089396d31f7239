"""Who may hold what (`engine_core/docs/assets.md`, Holders)."""

ELIGIBILITY: dict[str, str] = {
    "both classes of a table, and no other": """
        venue eligible AAPL retail professional  | ELIGIBILITY_SET venue asset=AAPL classes=6
        venue holder alice retail                | HOLDER_SET alice
        venue holder bob professional            | HOLDER_SET bob
        venue holder carol institutional         | HOLDER_SET carol
        alice buy 1@100                          | ACCEPTED alice
        bob buy 1@100                            | ACCEPTED bob
        carol buy 1@100                          | REJECTED/CLASS_NOT_ELIGIBLE carol instrument=AAPL
        dave buy 1@100                           | REJECTED/CLASS_NOT_ELIGIBLE dave
        dave sell 1@101                          | ACCEPTED dave
    """,
    "what pays is asked of the seller": """
        venue eligible USDC allowed=DE,FR        | ELIGIBILITY_SET venue asset=USDC jurisdictions=2
        venue holder alice FR                    | HOLDER_SET alice
        alice sell 1@100                         | ACCEPTED alice
        bob sell 1@100                           | REJECTED/JURISDICTION_NOT_ELIGIBLE bob
        bob buy 1@99                             | ACCEPTED bob
        bob deposit 5 USDC                       | REJECTED/JURISDICTION_NOT_ELIGIBLE bob asset=USDC
        bob deposit 5 AAPL                       | DEPOSITED bob
        bob transfer 5 USDC carol                | REJECTED/JURISDICTION_NOT_ELIGIBLE bob
        carol transfer 5 USDC alice              | TRANSFER_OUT carol; TRANSFER_IN alice
    """,
    "who is nowhere may be anywhere": """
        venue eligible AAPL denied=US            | ELIGIBILITY_SET venue asset=AAPL jurisdictions=1
        alice buy 1@100                          | REJECTED/JURISDICTION_NOT_ELIGIBLE alice
        venue holder alice US                    | HOLDER_SET alice
        alice buy 1@100                          | REJECTED/JURISDICTION_NOT_ELIGIBLE alice
        venue holder alice CA                    | HOLDER_SET alice
        alice buy 1@100                          | ACCEPTED alice
    """,
    "an instrument's table is of both its sides, an asset's of all its instruments": """
        venue eligible AAPL-USDC verified        | ELIGIBILITY_SET venue instrument=AAPL verification=1
        alice buy 1@100                          | REJECTED/NOT_VERIFIED alice
        alice sell 1@100                         | REJECTED/NOT_VERIFIED alice
        alice deposit 5 AAPL                     | DEPOSITED alice
        alice buy 1@100 on=GOLD                  | ACCEPTED alice
        venue eligible AAPL-USDC                 | ELIGIBILITY_SET venue instrument=AAPL verification=0
        alice sell 1@100                         | ACCEPTED alice
    """,
    "the venue's own account is asked nothing": """
        venue eligible USDC verified             | ELIGIBILITY_SET venue
        venue eligible AAPL verified holding=1   | ELIGIBILITY_SET venue
        venue deposit 100000 AAPL                | DEPOSITED venue
        venue sell 1@100                         | ACCEPTED venue
    """,
    "verified until, not at": """
        venue eligible AAPL verified             | ELIGIBILITY_SET venue
        venue holder alice verified=50           | HOLDER_SET alice verified_until=50
        alice buy 1@100 at=49                    | ACCEPTED alice
        alice buy 1@100 at=50                    | REJECTED/NOT_VERIFIED alice
    """,
    "a maker whose verification has ended goes, and the taker goes on": """
        venue eligible AAPL verified             | ELIGIBILITY_SET venue
        venue holder alice verified=50           | HOLDER_SET alice
        venue holder bob verified=90             | HOLDER_SET bob
        alice buy 2@101 #a at=10                 | ACCEPTED alice #a
        bob buy 2@100 #b                         | ACCEPTED bob #b
        carol sell 3@100 at=50                   | ACCEPTED carol; CANCELLED/INELIGIBLE alice #a leaves=2;
                                                 | FILL carol taker 2@100 leaves=1; FILL bob maker #b 2@100
        AAPL book                                | / 1@100
    """,
    "fill-or-kill counts nobody who may not trade": """
        alice buy 2@101 #a                       | ACCEPTED alice #a
        bob buy 2@100 #b                         | ACCEPTED bob #b
        venue eligible AAPL retail               | ELIGIBILITY_SET venue
        venue holder bob retail                  | HOLDER_SET bob
        carol sell 3@100 fok                     | REJECTED/FOK_UNFILLABLE carol
        #a is                                    | leaves=2
        carol sell 3@100 ioc min=3               | REJECTED/MIN_QUANTITY_UNFILLABLE carol
        carol sell 2@100 fok                     | ACCEPTED carol; CANCELLED/INELIGIBLE alice #a;
                                                 | FILL carol taker 2@100 leaves=0; FILL bob maker #b 2@100
    """,
    "a holding is bounded with what is held, at entry and at each fill": """
        venue eligible AAPL holding=10030        | ELIGIBILITY_SET venue max_holding=10030
        alice buy 4@100                          | REJECTED/HOLDING_LIMIT alice value=10040 bound=10030
        alice buy 3@100 #a                       | ACCEPTED alice #a
        alice buy 2@99 #b                        | ACCEPTED alice #b
        bob sell 4@99                            | ACCEPTED bob; FILL bob taker 3@100 leaves=1;
                                                 | FILL alice maker #a 3@100 leaves=0; CANCELLED/INELIGIBLE alice #b
        AAPL book                                | / 1@99
        alice has                                | AAPL 10030+0
        alice deposit 1 AAPL                     | REJECTED/HOLDING_LIMIT alice value=10031 bound=10030
        bob transfer 1 AAPL alice                | REJECTED/HOLDING_LIMIT bob value=10031 bound=10030
        alice sell 1@99                          | ACCEPTED alice
    """,
    "a maker takes what it has room for": """
        alice buy 5@100 #a                       | ACCEPTED alice #a
        venue eligible AAPL holding=10030        | ELIGIBILITY_SET venue
        bob sell 5@100 fok                       | REJECTED/FOK_UNFILLABLE bob
        bob sell 3@100 fok                       | ACCEPTED bob; FILL bob taker 3@100 leaves=0;
                                                 | FILL alice maker #a leaves=2
        bob sell 1@100 ioc                       | ACCEPTED bob; CANCELLED/INELIGIBLE alice #a leaves=2;
                                                 | CANCELLED/IOC_REMAINDER bob
    """,
    "a taker that has become as large as it may goes": """
        bob sell 5@100 #b                        | ACCEPTED bob #b
        alice buy 5@100 stop=101 on=reference #a | ACCEPTED alice #a
        venue eligible AAPL holding=10020        | ELIGIBILITY_SET venue
        venue reference AAPL 101                 | REFERENCE_SET venue; TRIGGERED alice #a;
                                                 | FILL alice taker #a 2@100 leaves=3; FILL bob maker #b 2@100;
                                                 | CANCELLED/INELIGIBLE alice #a leaves=3
    """,
    "a side of a mass quote": """
        venue eligible USDC retail               | ELIGIBILITY_SET venue
        alice quote 1 AAPL 5@99/5@101 #b         | ACCEPTED alice #b 5@99; QUOTE_REJECTED/CLASS_NOT_ELIGIBLE alice sell;
                                                 | MASS_QUOTED alice accepted=1 refused=1
    """,
    "an amendment to more is asked, one to less is not": """
        alice buy 2@100 #a                       | ACCEPTED alice #a
        venue eligible AAPL retail               | ELIGIBILITY_SET venue
        alice amend #a 3@100                     | REJECTED/CLASS_NOT_ELIGIBLE alice
        alice amend #a 1@100                     | AMENDED/KEPT alice #a
        alice replace #a buy 1@99                | REJECTED/CLASS_NOT_ELIGIBLE alice
        #a is                                    | leaves=1
    """,
    "the exits of a bracket": """
        alice bracket buy 2@100 profit=110 stop=95 #a | ACCEPTED alice #a
        venue eligible USDC retail               | ELIGIBILITY_SET venue
        bob buy 2@100                            | ACCEPTED bob
        venue holder bob retail                  | HOLDER_SET bob
        venue eligible USDC                      | ELIGIBILITY_SET venue
        carol sell 2@100 #c                      | ACCEPTED carol #c; FILL carol taker; FILL alice maker #a;
                                                 | ACCEPTED alice; ACCEPTED alice
    """,
    "an auction leaves out who may not trade": """
        venue eligible AAPL retail               | ELIGIBILITY_SET venue
        venue holder alice retail                | HOLDER_SET alice
        venue holder bob retail                  | HOLDER_SET bob
        venue phase AAPL auction                 | PHASE_CHANGED venue
        alice buy 2@103 #a                       | ACCEPTED alice #a
        bob buy 2@101 #b                         | ACCEPTED bob #b
        carol sell 2@100 #c                      | ACCEPTED carol #c
        venue holder alice                       | HOLDER_SET alice
        venue phase AAPL continuous              | UNCROSSED venue price=100 quantity=2 surplus=0;
                                                 | CANCELLED/INELIGIBLE alice #a leaves=2;
                                                 | FILL bob auction #b 2@100; FILL carol auction #c 2@100;
                                                 | PHASE_CHANGED venue
    """,
    "who was left out and is reached by nobody is cancelled in the end": """
        venue phase AAPL auction                 | PHASE_CHANGED venue
        alice buy 2@103 #a                       | ACCEPTED alice #a
        carol sell 2@100 #c                      | ACCEPTED carol #c
        venue eligible AAPL retail               | ELIGIBILITY_SET venue
        venue phase AAPL continuous              | UNCROSSED venue price=0; CANCELLED/INELIGIBLE alice #a;
                                                 | PHASE_CHANGED venue
        AAPL book                                | / 2@100
    """,
}

FREEZES: dict[str, str] = {
    "a frozen account": """
        alice buy 2@100 #a                       | ACCEPTED alice #a
        alice withdraw 7 USDC #w                 | WITHDRAWAL_REQUESTED alice #w
        venue freeze alice                       | CANCELLED/FROZEN alice #a;
                                                 | FROZEN alice scope=account orders=1 pending=0
        alice buy 1@100                          | REJECTED/ACCOUNT_FROZEN alice
        alice quote 1 AAPL 5@99/0@0              | QUOTE_REJECTED/ACCOUNT_FROZEN alice; MASS_QUOTED alice refused=1
        alice withdraw 7 USDC                    | REJECTED/ACCOUNT_FROZEN alice
        alice transfer 7 USDC bob                | REJECTED/ACCOUNT_FROZEN alice
        alice deposit 7 USDC                     | DEPOSITED alice
        bob transfer 7 USDC alice                | TRANSFER_OUT bob; TRANSFER_IN alice
        alice settle #w                          | WITHDRAWAL_SETTLED alice #w
        venue restarts                           |
        alice buy 1@100                          | REJECTED/ACCOUNT_FROZEN alice
        venue unfreeze alice                     | UNFROZEN alice scope=account
        alice buy 1@100                          | ACCEPTED alice
    """,
    "an order whose auction is traded goes afterwards": """
        venue phase AAPL auction                 | PHASE_CHANGED venue
        70 times bob sell 1@100                  | ACCEPTED bob
        alice buy 80@100 #a                      | ACCEPTED alice #a
        venue phase AAPL continuous              | UNCROSSED venue quantity=70; 64 times (FILL alice auction;
                                                 | FILL bob auction)
        venue freeze alice                       | FROZEN alice orders=0 pending=1
        venue pulse                              | 6 times (FILL alice auction; FILL bob auction);
                                                 | CANCELLED/FROZEN alice #a leaves=10;
                                                 | PHASE_CHANGED venue; PULSED venue
    """,
    "a frozen asset": """
        venue freeze asset GOLD                  | HALTED venue instrument=GOLD cause=5;
                                                 | FROZEN venue scope=asset asset=GOLD
        alice buy 1@5 on=GOLD                    | REJECTED/INSTRUMENT_HALTED alice
        alice deposit 1 GOLD                     | REJECTED/ASSET_FROZEN alice asset=GOLD
        alice withdraw 10 GOLD                   | REJECTED/ASSET_FROZEN alice
        alice transfer 10 GOLD bob               | REJECTED/ASSET_FROZEN alice
        venue resume GOLD asset_frozen           | REJECTED/ASSET_FROZEN venue
        venue list GOLD2 pre_open                | INSTRUMENT_CREATED venue instrument=GOLD2;
                                                 | HALTED venue instrument=GOLD2 cause=5
        venue unfreeze asset GOLD                | RESUMED venue instrument=GOLD causes=0;
                                                 | RESUMED venue instrument=GOLD2;
                                                 | UNFROZEN venue asset=GOLD
        alice buy 1@5 on=GOLD                    | ACCEPTED alice
    """,
    "of two frozen assets each halts": """
        venue freeze asset GOLD                  | HALTED venue instrument=GOLD; FROZEN venue
        venue freeze asset USDC                  | HALTED venue instrument=AAPL; HALTED venue instrument=GOLD;
                                                 | FROZEN venue
        venue unfreeze asset USDC                | RESUMED venue instrument=AAPL; UNFROZEN venue
        alice buy 1@5 on=GOLD                    | REJECTED/INSTRUMENT_HALTED alice
    """,
    "units, the newest orders first": """
        alice sell 300@100 #a                    | ACCEPTED alice #a
        alice sell 300@101 #b                    | ACCEPTED alice #b
        alice sell 300@102 #c                    | ACCEPTED alice #c
        alice buy 1@99 #d                        | ACCEPTED alice #d
        venue freeze units alice 5000 AAPL       | CANCELLED/FROZEN alice #c; CANCELLED/FROZEN alice #b;
                                                 | FROZEN alice scope=units asset=AAPL amount=5000 orders=2
        alice has                                | AAPL 2000+8000
        venue freeze units alice 4000 AAPL       | FROZEN alice amount=4000 orders=0
        alice has                                | AAPL 3000+7000
        alice transfer 3001 AAPL bob             | REJECTED/INSUFFICIENT_FUNDS alice
        venue unfreeze units alice AAPL          | UNFROZEN alice scope=units amount=4000
        alice has                                | AAPL 7000+3000
        venue unfreeze units alice AAPL          | UNFROZEN alice amount=0
    """,
    "what is not there is not frozen": """
        venue freeze units poor 9 AAPL           | FROZEN poor amount=0
        alice withdraw 9000 AAPL                 | WITHDRAWAL_REQUESTED alice
        venue freeze units alice 20000 AAPL      | FROZEN alice amount=1000
        alice deposit 5 AAPL                     | DEPOSITED alice
        alice has                                | AAPL 5+10000
    """,
    "each time a freeze of its own, which the clock lifts": """
        venue freeze units alice 10 AAPL until=50 | FROZEN alice amount=10 until=50
        venue freeze units alice 20 AAPL until=60 | FROZEN alice amount=20 until=60
        venue freeze units alice 30 AAPL         | FROZEN alice amount=30 until=0
        venue due                                | 50
        venue restarts                           |
        venue pulse at=50                        | UNFROZEN alice amount=10 until=50; PULSED venue
        alice has                                | AAPL 9950+50
        venue freeze units alice 1 AAPL until=50 | REJECTED/INVALID_PARAMETER alice
        venue unfreeze units alice AAPL until=60 | UNFROZEN alice amount=20 until=60
        venue due                                | None
    """,
    "what is issued stays until its time": """
        venue eligible AAPL locked=100           | ELIGIBILITY_SET venue locked_until=100
        alice deposit 50 AAPL at=10              | DEPOSITED alice amount=50; FROZEN alice amount=50 until=100
        alice deposit 20 AAPL                    | DEPOSITED alice; FROZEN alice amount=70 until=100
        alice has                                | AAPL 10000+70
        bob transfer 5 AAPL alice                | TRANSFER_OUT bob; TRANSFER_IN alice
        alice has                                | AAPL 10005+70
        venue pulse at=100                       | UNFROZEN alice amount=70 until=100; PULSED venue
        alice deposit 20 AAPL                    | DEPOSITED alice
        alice has                                | AAPL 10095+0
    """,
}

FORCED: dict[str, str] = {
    "frozen units first, the endless freeze before those that end": """
        venue freeze units alice 20 AAPL until=50 | FROZEN alice
        venue freeze units alice 10 AAPL         | FROZEN alice
        venue freeze units alice 30 AAPL until=40 | FROZEN alice
        alice force 45 AAPL bob reason=7 ref=c1  | FORCED_TRANSFER alice asset=AAPL amount=45 reason_code=7;
                                                 | UNFROZEN alice amount=10 until=0; UNFROZEN alice amount=30 until=40;
                                                 | UNFROZEN alice amount=5 until=50;
                                                 | TRANSFER_OUT alice amount=45; TRANSFER_IN bob amount=45
        alice has                                | AAPL 9940+15
        bob has                                  | AAPL 10045+0
        alice force 45 AAPL bob reason=7 ref=c1  | MONEY_REPEATED alice command=force_transfer amount=45
        alice force 45 AAPL bob reason=8 ref=c1  | REJECTED/REFERENCE_REUSED alice asset=AAPL
        alice force 45 AAPL bob reason=7         | REJECTED/MALFORMED alice asset=AAPL
        alice force 9956 AAPL bob ref=c2         | REJECTED/INSUFFICIENT_FUNDS alice
        alice force 9955 AAPL bob ref=c2         | FORCED_TRANSFER alice reason_code=0;
                                                 | UNFROZEN alice amount=15 until=50;
                                                 | TRANSFER_OUT alice; TRANSFER_IN bob
        alice has                                | AAPL 0+0
    """,
    "from who is frozen, of what is frozen, but to nobody who may not hold it": """
        venue freeze alice                       | FROZEN alice
        venue freeze asset GOLD                  | HALTED venue; FROZEN venue
        alice force 5 GOLD bob ref=c1            | FORCED_TRANSFER alice; TRANSFER_OUT alice; TRANSFER_IN bob
        venue eligible GOLD retail holding=1100  | ELIGIBILITY_SET venue
        alice force 5 GOLD bob ref=c2            | REJECTED/CLASS_NOT_ELIGIBLE alice asset=GOLD
        venue holder bob retail                  | HOLDER_SET bob
        alice force 96 GOLD bob ref=c2           | REJECTED/HOLDING_LIMIT alice value=1101 bound=1100
        alice force 95 GOLD bob ref=c2           | FORCED_TRANSFER alice; TRANSFER_OUT alice; TRANSFER_IN bob
        alice force 5 GOLD alice ref=c3          | REJECTED/UNKNOWN_COUNTERPARTY alice
    """,
    "what orders hold stays theirs": """
        alice sell 600@100                       | ACCEPTED alice
        alice force 4001 AAPL bob ref=c1         | REJECTED/INSUFFICIENT_FUNDS alice
        alice force 4000 AAPL bob ref=c1         | FORCED_TRANSFER alice; TRANSFER_OUT alice; TRANSFER_IN bob
    """,
}

OMNIBUS: dict[str, str] = {
    "registered, moved, taken off": """
        alice register 100 AAPL to=7             | BENEFICIAL_SET alice to_holder=7 quantity=100 to_registered=100
        alice has                                | AAPL 9900+100
        alice register 30 AAPL from=7 to=8       | BENEFICIAL_SET alice from_registered=70 to_registered=30
        alice has                                | AAPL 9900+100
        alice register 71 AAPL from=7 to=8       | REJECTED/INSUFFICIENT_FUNDS alice
        alice register 70 AAPL from=7            | BENEFICIAL_SET alice from_registered=0 to_registered=0
        alice has                                | AAPL 9970+30
        venue restarts                           |
        alice register 31 AAPL from=8            | REJECTED/INSUFFICIENT_FUNDS alice
        alice register 30 AAPL from=8            | BENEFICIAL_SET alice from_registered=0
        alice has                                | AAPL 10000+0
    """,
    "what is registered is not traded": """
        alice register 9990 AAPL to=7            | BENEFICIAL_SET alice
        alice sell 2@100                         | REJECTED/INSUFFICIENT_FUNDS alice
        alice withdraw 11 AAPL                   | REJECTED/INSUFFICIENT_FUNDS alice
        alice force 11 AAPL bob ref=c1           | REJECTED/INSUFFICIENT_FUNDS alice
        venue freeze units alice 20 AAPL         | FROZEN alice amount=10
        alice register 5 GOLD to=7               | BENEFICIAL_SET alice asset=GOLD to_registered=5
        alice register 11 USDC to=7              | BENEFICIAL_SET alice asset=USDC
    """,
    "what is none": """
        nobody register 1 AAPL to=7              | REJECTED/UNKNOWN_ACCOUNT nobody
        alice register 1 NONE to=7               | REJECTED/UNKNOWN_ASSET alice
        alice register 0 AAPL to=7               | REJECTED/INVALID_AMOUNT alice
        alice register 1 AAPL                    | REJECTED/INVALID_PARAMETER alice
        alice register 1 AAPL from=7 to=7        | REJECTED/INVALID_PARAMETER alice
        poor register 1 AAPL to=7                | REJECTED/INSUFFICIENT_FUNDS poor
    """,
}
