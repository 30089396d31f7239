"""Tables of corporate actions (`engine_core/docs/assets.md`), beyond those of the document."""

from typing import Final

ACTIONS: Final = {
    "what is refused, and which refusal is first": """
        venue announce 0 coupon AAPL 1/1:USDC record=9        | REJECTED/UNKNOWN_ACTION venue
        venue announce 2 coupon AAPL 1/1:USDC record=9        | REJECTED/ID_NOT_NEXT venue
        venue announce 1 99 NONE record=0                     | REJECTED/MALFORMED venue
        venue announce 1 coupon NONE 0/1:NONE payer=nobody record=0 | REJECTED/UNKNOWN_ASSET venue
        venue announce 1 coupon AAPL 1/0:NONE payer=nobody record=0 | REJECTED/UNKNOWN_COUNTERPARTY venue
        venue announce 1 coupon AAPL 1/0:NONE record=0        | REJECTED/UNKNOWN_ASSET venue
        venue announce 1 coupon AAPL 1/0:USDC~1 lieu=NONE record=0 | REJECTED/UNKNOWN_ASSET venue
        venue announce 1 coupon AAPL 1/0:USDC record=0        | REJECTED/INVALID_ACTION venue
        venue announce 1 coupon AAPL 1/1:USDC record=0        | REJECTED/INVALID_PARAMETER venue
        venue announce 1 coupon AAPL 1/1:USDC record=9 books=10 | REJECTED/INVALID_PARAMETER venue
        venue announce 1 coupon AAPL 1/1:USDC record=9 at=9   | REJECTED/INVALID_PARAMETER venue
        venue withdraw-action 1                               | REJECTED/UNKNOWN_ACTION venue
        venue due                                             | None
        venue announce 1 coupon AAPL 1/1:USDC record=10 books=10 | ACTION_ANNOUNCED venue books_close_at=10
        venue withdraw-action 1                               | ACTION_CANCELLED venue action=1 asset=AAPL
        venue due                                             | None
        venue withdraw-action 1                               | REJECTED/UNKNOWN_ACTION venue
        venue announce 1 coupon AAPL 1/1:USDC record=11       | REJECTED/UNKNOWN_ACTION venue
        venue announce 2 coupon AAPL 1/1:USDC record=11       | ACTION_ANNOUNCED venue
    """,
    "shapes that a kind cannot have": """
        venue announce 1 cash_dividend AAPL record=9          | REJECTED/INVALID_ACTION venue
        venue announce 1 cash_dividend AAPL 1/1:GOLD record=9 | REJECTED/INVALID_ACTION venue
        venue announce 1 cash_dividend USDC 1/1:USDC record=9 | REJECTED/INVALID_ACTION venue
        venue announce 1 cash_dividend AAPL -1/1:USDC record=9 | REJECTED/INVALID_ACTION venue
        venue announce 1 cash_dividend AAPL 1/-1:USDC record=9 | REJECTED/INVALID_ACTION venue
        venue announce 1 cash_dividend AAPL 1/1:USDC 1/2:USDC record=9 | REJECTED/INVALID_ACTION venue
        venue announce 1 cash_dividend AAPL 1/1:USDC 0/1:GOLD record=9 | REJECTED/INVALID_ACTION venue
        venue announce 1 cash_dividend AAPL 1/1:USDC~5 lieu=USDC record=9 | REJECTED/INVALID_ACTION venue
        venue announce 1 cash_dividend AAPL 1/1:USDC lieu=USDC record=9 | REJECTED/INVALID_ACTION venue
        venue announce 1 stock_dividend AAPL 1/1:GOLD record=9 | REJECTED/INVALID_ACTION venue
        venue announce 1 stock_dividend AAPL 1/9:AAPL~5 record=9 | REJECTED/INVALID_ACTION venue
        venue announce 1 stock_dividend AAPL 1/9:AAPL~5 lieu=GOLD record=9 | REJECTED/INVALID_ACTION venue
        venue announce 1 stock_dividend AAPL 1/9:AAPL~-5 lieu=USDC record=9 | REJECTED/INVALID_ACTION venue
        venue announce 1 split AAPL 2/1:AAPL record=9         | REJECTED/INVALID_ACTION venue
        venue announce 1 split AAPL 2/2:AAPL cancel record=9  | REJECTED/INVALID_ACTION venue
        venue announce 1 split AAPL 1/2:AAPL cancel record=9  | REJECTED/INVALID_ACTION venue
        venue announce 1 reverse_split AAPL 2/2:AAPL cancel record=9 | REJECTED/INVALID_ACTION venue
        venue announce 1 reverse_split AAPL 2/1:AAPL cancel record=9 | REJECTED/INVALID_ACTION venue
        venue announce 1 spin_off AAPL 2/1:AAPL record=9      | REJECTED/INVALID_ACTION venue
        venue announce 1 spin_off AAPL 2/1:USDC record=9      | REJECTED/INVALID_ACTION venue
        venue announce 1 rights_issue AAPL record=9           | REJECTED/INVALID_ACTION venue
        venue announce 1 rights_issue AAPL 1/1:USDC record=9  | REJECTED/INVALID_ACTION venue
        venue announce 1 merger AAPL 1/1:GOLD record=9        | REJECTED/INVALID_ACTION venue
        venue announce 1 merger AAPL cancel record=9          | REJECTED/INVALID_ACTION venue
        venue announce 1 redemption AAPL 1/1:GOLD cancel record=9 | REJECTED/INVALID_ACTION venue
        venue announce 1 delisting AAPL record=9              | REJECTED/INVALID_ACTION venue
        venue announce 1 delisting AAPL 1/1:USDC cancel record=9 | REJECTED/INVALID_ACTION venue
        venue announce 1 delisting AAPL payer=dave cancel record=9 | REJECTED/INVALID_ACTION venue
        venue announce 1 spin_off AAPL 2/1:GOLD~5 lieu=USDC record=9 | ACTION_ANNOUNCED venue
    """,
    "what is announced again replaces what was": """
        venue announce 1 coupon AAPL 1/1:USDC payer=dave record=5 | ACTION_ANNOUNCED venue
        venue announce 1 coupon GOLD 1/1:USDC payer=dave record=9 | ACTION_ANNOUNCED venue
        venue due            | 9
        venue restarts       |
        venue pulse at=5     | PULSED venue
        venue pulse at=9     | HALTED venue instrument=GOLD; ACTION_STARTED venue; ACTION_FUNDED dave total=3000;
                             | ENTITLED alice;
                             | ENTITLEMENT_PAID alice amount=1000; ENTITLED bob; ENTITLEMENT_PAID bob; ENTITLED carol;
                             | ENTITLEMENT_PAID carol; ACTION_LEG_PAID dave; ACTION_DONE venue; RESUMED venue;
                             | PULSED venue
    """,
    "one at a time, the earlier first, of one time the lower id": """
        venue announce 1 delisting GOLD cancel record=8 | ACTION_ANNOUNCED venue
        venue announce 2 coupon AAPL 1/1:USDC payer=poor record=7 | ACTION_ANNOUNCED venue
        venue announce 3 coupon AAPL 1/1:USDC payer=poor record=7 | ACTION_ANNOUNCED venue
        venue due            | 7
        venue pulse at=9     | HALTED venue; ACTION_STARTED venue action=2;
                             | ACTION_FAILED venue action=2 missing=40000; RESUMED venue;
                             | HALTED venue; ACTION_STARTED venue action=3; ACTION_FAILED venue; RESUMED venue;
                             | PHASE_CHANGED venue; PHASE_CHANGED venue; ACTION_STARTED venue action=1;
                             | ACTION_DONE venue; PULSED venue
    """,
    "the payer has what he has available, whatever he owns": """
        dave buy 100@900     | ACCEPTED dave
        dave has             | USDC 982000+9018000
        venue announce 1 coupon AAPL 982001/30000:USDC payer=dave record=9 | ACTION_ANNOUNCED venue
        venue announce 2 coupon AAPL 32/1:USDC payer=dave record=9 | ACTION_ANNOUNCED venue
        venue announce 3 coupon AAPL 33/1:USDC payer=dave record=9 | ACTION_ANNOUNCED venue
        venue pulse at=9     | HALTED venue; ACTION_STARTED venue action=1; ACTION_FUNDED dave total=981999;
                             | ENTITLED alice; ENTITLEMENT_PAID alice amount=327333; ENTITLED bob;
                             | ENTITLEMENT_PAID bob amount=327333; ENTITLED carol;
                             | ENTITLEMENT_PAID carol amount=327333; ACTION_LEG_PAID dave total=981999 residue=2;
                             | ACTION_DONE venue; RESUMED venue;
                             | HALTED venue; ACTION_STARTED venue action=2;
                             | ACTION_FAILED venue action=2 asset=USDC missing=959999; RESUMED venue;
                             | HALTED venue; ACTION_STARTED venue action=3;
                             | ACTION_FAILED venue action=3 missing=989999; RESUMED venue; PULSED venue
        dave has             | USDC 1+9018000
    """,
    "cash for fractions of several legs, in the asset of a leg": """
        carol transfer 9997 AAPL poor | TRANSFER_OUT carol; TRANSFER_IN poor
        alice transfer 10000 AAPL poor | TRANSFER_OUT alice; TRANSFER_IN poor
        bob transfer 10000 AAPL poor | TRANSFER_OUT bob; TRANSFER_IN poor
        poor transfer 29997 AAPL dave | TRANSFER_OUT poor; TRANSFER_IN dave
        venue announce 1 merger AAPL 1/2:GOLD~9 5/1:USDC lieu=USDC payer=dave cancel record=9 |
                             | ACTION_ANNOUNCED venue legs=2
        venue pulse at=9     | HALTED venue; ACTION_STARTED venue; ACTION_FUNDED dave asset=GOLD total=1;
                             | ACTION_FUNDED dave asset=USDC total=15;
                             | ACTION_FUNDED dave asset=USDC total=4; ENTITLED carol quantity=3 taken=3;
                             | ENTITLEMENT_PAID carol asset=GOLD amount=1;
                             | ENTITLEMENT_PAID carol asset=USDC in_lieu=0 amount=15;
                             | ENTITLEMENT_PAID carol asset=USDC in_lieu=1 amount=4;
                             | ENTITLED dave quantity=39997 taken=39997;
                             | ACTION_LEG_PAID dave asset=GOLD total=1 residue=0;
                             | ACTION_LEG_PAID dave asset=USDC total=15; ACTION_LEG_PAID dave in_lieu=1 total=4;
                             | ACTION_DONE venue holders=1 quantity=3;
                             | RESUMED venue; PULSED venue
        carol has            | AAPL 0+0 GOLD 1001+0
    """,
    "what a leg and cash for fractions need of one asset is added up": """
        alice deposit 1 AAPL | DEPOSITED alice
        venue announce 1 merger AAPL 1/2:GOLD~2000000 2/1:USDC lieu=USDC payer=poor cancel record=9 |
                             | ACTION_ANNOUNCED venue
        poor deposit 30000 GOLD | DEPOSITED poor
        poor deposit 1080001 USDC | DEPOSITED poor
        venue pulse at=9     | HALTED venue; ACTION_STARTED venue;
                             | ACTION_FAILED venue failure=insufficient_funds asset=USDC missing=1; RESUMED venue;
                             | PULSED venue
        poor has             | USDC 1080001+0 GOLD 30000+0
    """,
    "too much": """
        venue announce 1 stock_dividend AAPL 9223372036854775807/1:AAPL record=9 | ACTION_ANNOUNCED venue
        venue announce 2 stock_dividend AAPL 230584300921369/1:AAPL record=9 | ACTION_ANNOUNCED venue
        venue announce 3 split GOLD 2305843009213693/1:GOLD cancel record=9 | ACTION_ANNOUNCED venue
        venue announce 4 coupon AAPL 230584300921369396/1:USDC record=9 | ACTION_ANNOUNCED venue
        venue pulse at=9     | HALTED venue; ACTION_STARTED venue;
                             | ACTION_FAILED venue failure=overflow asset=AAPL missing=0; RESUMED venue;
                             | HALTED venue; ACTION_STARTED venue;
                             | ACTION_FAILED venue action=2 failure=overflow asset=AAPL; RESUMED venue;
                             | HALTED venue; ACTION_STARTED venue; ENTITLED alice taken=1000;
                             | ENTITLEMENT_PAID alice amount=2305843009213693000;
                             | ENTITLED bob; ENTITLEMENT_PAID bob; ENTITLED carol; ENTITLEMENT_PAID carol;
                             | ENTITLED dave; ENTITLEMENT_PAID dave;
                             | ACTION_LEG_PAID venue total=9223372036854772000; ACTION_DONE venue; REBASED venue;
                             | RESUMED venue;
                             | HALTED venue; ACTION_STARTED venue;
                             | ACTION_FAILED venue action=4 failure=overflow asset=USDC; RESUMED venue; PULSED venue
    """,
    "a reverse split: less than a unit is lost, and the venue holds as others": """
        alice transfer 9999 AAPL bob | TRANSFER_OUT alice; TRANSFER_IN bob
        venue deposit 10 AAPL | DEPOSITED venue
        venue announce 1 reverse_split AAPL 1/4:AAPL cancel record=9 | ACTION_ANNOUNCED venue
        venue pulse at=9     | HALTED venue; ACTION_STARTED venue; ENTITLED venue quantity=10 taken=10;
                             | ENTITLEMENT_PAID venue amount=2; ENTITLED alice quantity=1 taken=1;
                             | ENTITLED bob quantity=19999 taken=19999; ENTITLEMENT_PAID bob amount=4999;
                             | ENTITLED carol; ENTITLEMENT_PAID carol amount=2500; ENTITLED dave;
                             | ENTITLEMENT_PAID dave amount=2500; ACTION_LEG_PAID venue total=10001 residue=1;
                             | ACTION_DONE venue holders=5 quantity=40010;
                             | REBASED venue last_trade=0 reference_price=0; RESUMED venue; PULSED venue
        alice has            | AAPL 0+0
    """,
    "prices behind a reverse split are within an instrument's": """
        alice buy 1@99       | ACCEPTED alice
        bob sell 1@99        | ACCEPTED bob; FILL bob; FILL alice
        venue reference AAPL 3 at=1 | REFERENCE_SET venue
        venue volatility AAPL bps=500 limit=5 pause=5 | VOLATILITY_BANDS_SET venue;
                             | VOLATILITY_BAND_MOVED venue reference=3
        venue announce 1 reverse_split AAPL 1/20:AAPL cancel record=9 at=1 | ACTION_ANNOUNCED venue
        venue pulse at=9     | HALTED venue; ACTION_STARTED venue; ENTITLED alice; ENTITLEMENT_PAID alice;
                             | ENTITLED bob; ENTITLEMENT_PAID bob; ENTITLED carol;
                             | ENTITLEMENT_PAID carol; ENTITLED dave; ENTITLEMENT_PAID dave; ACTION_LEG_PAID venue;
                             | ACTION_DONE venue;
                             | REBASED venue last_trade=1000 reference_price=60 numerator=1 denominator=20;
                             | VOLATILITY_BAND_MOVED venue reference=60;
                             | RESUMED venue; PULSED venue
        alice buy 1@62       | ACCEPTED alice
    """,
    "a bracket whose entry is cancelled has its exits refused": """
        alice bracket buy 5@100 profit=110 stop=95 #e | ACCEPTED alice #e
        bob sell 2@100       | ACCEPTED bob; FILL bob; FILL alice
        venue announce 1 coupon AAPL 1/1000:USDC payer=dave cancel record=9 | ACTION_ANNOUNCED venue
        venue pulse at=9     | HALTED venue; ACTION_STARTED venue; CANCELLED/CORPORATE_ACTION alice #e;
                             | EXITS_REFUSED/INSTRUMENT_HALTED alice;
                             | ACTION_FUNDED dave total=29; ENTITLED alice quantity=10020;
                             | ENTITLEMENT_PAID alice amount=10; ENTITLED bob; ENTITLEMENT_PAID bob amount=9;
                             | ENTITLED carol; ENTITLEMENT_PAID carol; ACTION_LEG_PAID dave total=29 residue=1;
                             | ACTION_DONE venue; RESUMED venue; PULSED venue
    """,
    "an operator's halt outlasts it, and a call follows the end of the last cause": """
        venue limits AAPL call=50 | TRADING_LIMITS_SET venue
        venue halt AAPL      | HALTED venue
        venue announce 1 coupon AAPL 1/1:USDC payer=poor record=9 | ACTION_ANNOUNCED venue
        venue pulse at=9     | HALTED venue causes=65; ACTION_STARTED venue; ACTION_FAILED venue;
                             | RESUMED venue causes=1; PULSED venue
        venue announce 2 coupon AAPL 1/1:USDC payer=poor record=19 | ACTION_ANNOUNCED venue
        venue resume AAPL    | RESUMED venue; PHASE_CHANGED venue
        venue pulse at=19    | HALTED venue; ACTION_STARTED venue; ACTION_FAILED venue; RESUMED venue;
                             | PHASE_CHANGED venue ends_at=69; PULSED venue
    """,
}
