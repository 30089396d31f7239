"""Tables of obligations (`engine_core/docs/market-rules.md`, section 39), beyond those of the document."""

from typing import Final

OBLIGATIONS: Final = {
    "what is refused": """
        venue obligation alice AAPL spread=0 quantity=1 required=1 | REJECTED/INVALID_PARAMETER alice
        venue obligation alice AAPL spread=1 quantity=0 required=1 | REJECTED/INVALID_PARAMETER alice
        venue obligation alice AAPL spread=1 quantity=-1 required=1 | REJECTED/INVALID_PARAMETER alice
        venue obligation alice AAPL spread=1 quantity=1 required=0 | REJECTED/INVALID_PARAMETER alice
        venue obligation alice AAPL spread=1 quantity=1 required=10001 | REJECTED/INVALID_PARAMETER alice
        venue obligation alice AAPL spread=1 quantity=1 required=1 rate=32768 | REJECTED/INVALID_PARAMETER alice
        venue obligation alice AAPL spread=1 quantity=1 required=1 rate=-32768 | REJECTED/INVALID_PARAMETER alice
        venue obligation alice AAPL spread=1001 quantity=1 required=1 | REJECTED/INVALID_PARAMETER alice
        venue obligation alice NONE spread=1001 | REJECTED/UNKNOWN_INSTRUMENT alice
        venue obligation nobody NONE spread=1001 | REJECTED/UNKNOWN_ACCOUNT nobody
        alice score              |
        venue obligation alice AAPL spread=1000 quantity=1 required=10000 rate=-32767 | OBLIGATION_SET alice
        alice score              | AAPL 0/0
    """,
    "the spread is that of the worst price that is needed": """
        venue obligation alice AAPL spread=6 quantity=5 required=1 | OBLIGATION_SET alice
        alice buy 2@100          | ACCEPTED alice
        alice buy 2@98           | ACCEPTED alice
        alice buy 9@97           | ACCEPTED alice
        alice sell 5@104 #s      | ACCEPTED alice
        alice score              | AAPL 0/0
        alice amend #s 5@103     | AMENDED/LOST alice
        alice score              | AAPL 0/0 met
        alice buy 1@99           | ACCEPTED alice
        alice amend #s 5@104     | AMENDED/LOST alice
        alice score              | AAPL 0/0 met
        alice amend #s 5@105     | AMENDED/LOST alice
        alice score              | AAPL 0/0
    """,
    "asks are summed up, too": """
        venue obligation alice AAPL spread=6 quantity=5 required=1 | OBLIGATION_SET alice
        alice buy 5@100          | ACCEPTED alice
        alice sell 2@102         | ACCEPTED alice
        alice sell 2@105         | ACCEPTED alice
        alice sell 2@106 #s      | ACCEPTED alice
        alice score              | AAPL 0/0 met
        alice cancel #s          | CANCELLED/USER alice
        alice score              | AAPL 0/0
        alice sell 1@107 #t      | ACCEPTED alice
        alice score              | AAPL 0/0
        alice amend #t 1@106     | AMENDED/LOST alice
        alice score              | AAPL 0/0 met
    """,
    "others do not count, nor do other instruments": """
        venue obligation alice AAPL spread=9 quantity=5 required=1 | OBLIGATION_SET alice
        venue obligation bob GOLD spread=9 quantity=1 required=1 | OBLIGATION_SET bob
        alice buy 5@100          | ACCEPTED alice
        bob sell 5@101           | ACCEPTED bob
        alice sell 5@101 on=GOLD | ACCEPTED alice
        bob buy 1@100 on=GOLD    | ACCEPTED bob
        alice score              | AAPL 0/0
        bob score                | GOLD 0/0
        bob sell 1@109 on=GOLD   | ACCEPTED bob
        bob score                | GOLD 0/0 met
        carol score              |
    """,
    "what is met within a command is not seen": """
        venue obligation alice AAPL spread=9 quantity=5 required=1 | OBLIGATION_SET alice
        alice buy 5@100 at=10    | ACCEPTED alice
        bob sell 2@99 at=20      | ACCEPTED bob; FILL bob; FILL alice
        alice sell 5@101 at=30   | ACCEPTED alice
        alice buy 2@100 at=30 #b | ACCEPTED alice
        alice cancel #b at=30    | CANCELLED/USER alice
        alice buy 2@99 at=40     | ACCEPTED alice
        alice score              | AAPL 0/40 met
        venue pulse at=45        | PULSED venue
        bob buy 1@50 at=40       | ACCEPTED bob
        alice score              | AAPL 5/45 met
        venue fees 9 0 0 at=50   | REJECTED/ID_NOT_NEXT venue
        alice score              | AAPL 10/50 met
    """,
    "an iceberg shows its slice": """
        venue obligation alice AAPL spread=9 quantity=3 required=1 | OBLIGATION_SET alice
        alice buy 9@100          | ACCEPTED alice
        alice sell 9@101 display=3 | ACCEPTED alice
        alice score              | AAPL 0/0 met
        bob buy 1@101 at=10      | ACCEPTED bob; FILL bob; FILL alice
        alice score              | AAPL 10/10
        bob buy 2@101 at=15      | ACCEPTED bob; FILL bob; FILL alice
        alice score              | AAPL 10/15 met
        bob buy 5@101 at=20      | ACCEPTED bob; FILL bob; FILL alice; FILL bob; FILL alice
        alice score              | AAPL 15/20
    """,
    "a stop that enters, and one that leaves": """
        venue obligation alice AAPL spread=9 quantity=3 required=1 | OBLIGATION_SET alice
        alice buy 3@95           | ACCEPTED alice
        alice sell 3@104 stop=99 #s | ACCEPTED alice
        alice score              | AAPL 0/0
        bob sell 1@99 at=10      | ACCEPTED bob
        carol buy 1@99 at=10     | ACCEPTED carol; FILL carol; FILL bob; TRIGGERED alice #s
        alice score              | AAPL 0/10 met
        alice cancel-all at=12   | CANCELLED/CANCEL_ALL alice; CANCELLED/CANCEL_ALL alice; CANCEL_ALL_DONE alice
        alice score              | AAPL 2/12
    """,
    "self-trade prevention, decrement and expiry take away": """
        venue obligation alice AAPL spread=9 quantity=3 required=1 | OBLIGATION_SET alice
        alice buy 3@95 expires=30 | ACCEPTED alice
        alice sell 5@104 #s      | ACCEPTED alice
        alice buy 3@104 stp=decrement at=10 | ACCEPTED alice; AMENDED/DECREMENTED alice #s 2@104 leaves=2;
                                 | CANCELLED/SELF_TRADE_INCOMING alice
        alice score              | AAPL 10/10
        alice sell 1@104 at=20   | ACCEPTED alice
        venue pulse at=31        | CANCELLED/EXPIRED alice; PULSED venue
        alice score              | AAPL 21/31
    """,
    "by account, then by instrument, whichever came first": """
        venue obligation bob AAPL spread=1 quantity=1 required=1 | OBLIGATION_SET bob
        venue obligation alice GOLD spread=1 quantity=1 required=1 | OBLIGATION_SET alice
        venue obligation alice AAPL spread=1 quantity=1 required=1 at=5 | OBLIGATION_SET alice
        alice score              | AAPL 0/0 GOLD 0/5
        venue roll 20261201 at=8 | TRADE_DATE_ROLLED venue;
                                 | OBLIGATION_SCORED alice instrument=AAPL trade_date=0 met_ns=0 open_ns=3 earned=0;
                                 | OBLIGATION_SCORED alice instrument=GOLD met_ns=0 open_ns=8 earned=0;
                                 | OBLIGATION_SCORED bob instrument=AAPL met_ns=0 open_ns=8 earned=0
        venue roll 20261201      | REJECTED/INVALID_PARAMETER venue
    """,
    "exactly as much as is required is enough": """
        venue obligation alice AAPL spread=1 quantity=1 required=3333 | OBLIGATION_SET alice
        alice buy 1@100          | ACCEPTED alice
        alice sell 1@101 #s      | ACCEPTED alice
        alice cancel #s at=3333  | CANCELLED/USER alice
        venue roll 20261201 at=10000 | TRADE_DATE_ROLLED venue;
                                 | OBLIGATION_SCORED alice met_ns=3333 open_ns=10000 earned=1
        alice sell 1@101 #t at=10000 | ACCEPTED alice
        alice cancel #t at=13332 | CANCELLED/USER alice
        venue roll 20261202 at=20000 | TRADE_DATE_ROLLED venue;
                                 | OBLIGATION_SCORED alice met_ns=3332 open_ns=10000 earned=0
        alice score              | AAPL 0/0
    """,
    "what is earned outlives the terms, not the next score": """
        venue obligation carol AAPL spread=9 quantity=1 required=1 rate=-100 | OBLIGATION_SET carol
        carol buy 1@95           | ACCEPTED carol
        carol sell 1@104         | ACCEPTED carol
        venue roll 20261201 at=9 | TRADE_DATE_ROLLED venue; OBLIGATION_SCORED carol met_ns=9 earned=1
        venue obligation carol AAPL spread=9 quantity=1 required=1 rate=-200 at=20 |
                                 | OBLIGATION_SCORED carol trade_date=20261201 met_ns=11 open_ns=11 earned=1;
                                 | OBLIGATION_SET carol maker_rate=-200
        carol score              | AAPL 0/0 met earned
        carol sell 1@100         | ACCEPTED carol
        dave buy 1@100           | ACCEPTED dave; FILL dave fee=20; FILL carol fee=-2
        venue restarts           |
        carol sell 1@100         | ACCEPTED carol
        dave buy 1@100           | ACCEPTED dave; FILL dave fee=20; FILL carol fee=-2
        venue obligation carol AAPL | OBLIGATION_SCORED carol met_ns=0 open_ns=0 earned=0; OBLIGATION_SET carol
        carol sell 1@100         | ACCEPTED carol
        dave buy 1@100           | ACCEPTED dave; FILL dave fee=20; FILL carol fee=10
    """,
    "a rate that is no better than the schedule's changes nothing": """
        venue obligation carol AAPL spread=9 quantity=1 required=1 rate=1001 | OBLIGATION_SET carol
        venue obligation carol GOLD spread=9 quantity=1 required=1 rate=-900 | OBLIGATION_SET carol
        carol buy 1@95           | ACCEPTED carol
        carol sell 1@104         | ACCEPTED carol
        venue roll 20261201 at=9 | TRADE_DATE_ROLLED venue; OBLIGATION_SCORED carol earned=1;
                                 | OBLIGATION_SCORED carol instrument=GOLD earned=0
        carol sell 1@100         | ACCEPTED carol
        dave buy 1@100           | ACCEPTED dave; FILL dave fee=20; FILL carol fee=10
    """,
    "the taker's rate stays, and so does the hold": """
        venue obligation carol AAPL spread=9 quantity=1 required=1 rate=-900 | OBLIGATION_SET carol
        carol buy 1@95 #a        | ACCEPTED carol
        carol sell 1@104 #b      | ACCEPTED carol
        venue roll 20261201 at=9 | TRADE_DATE_ROLLED venue; OBLIGATION_SCORED carol earned=1
        carol cancel #a          | CANCELLED/USER carol
        carol cancel #b          | CANCELLED/USER carol
        carol buy 1@100 #c       | ACCEPTED carol
        carol has                | USDC 9989980+10020
        bob sell 1@100           | ACCEPTED bob; FILL bob fee=0; FILL carol fee=0
        bob sell 1@100           | ACCEPTED bob
        carol buy 1@100          | ACCEPTED carol; FILL carol taker fee=20; FILL bob
    """,
    "a quote group is taken out, and the time ends": """
        venue obligation alice AAPL spread=2 quantity=5 required=1 | OBLIGATION_SET alice
        alice protect 1 window=100 fills=1 | PROTECTION_SET alice
        alice quote 1 AAPL 5@99/5@101 | ACCEPTED alice; ACCEPTED alice; MASS_QUOTED alice
        bob buy 1@101 at=7       | ACCEPTED bob; FILL bob; FILL alice; PROTECTION_TRIGGERED alice;
                                 | CANCELLED/PROTECTION alice; CANCELLED/PROTECTION alice
        alice score              | AAPL 7/7
        venue pulse at=9         | PULSED venue
        alice score              | AAPL 7/9
    """,
}
