"""Tables of API keys (`engine_core/docs/semantics.md`, section 6), beyond that of the document."""

from typing import Final

KEYS: Final = {
    "ids count over all accounts and stay": """
        venue key alice 1 one    | KEY_SET alice key_id=1 expires_at=0
        venue key bob 2 two expires=50 at=10 | KEY_SET bob key_id=2 expires_at=50
        venue key alice 4 four   | REJECTED/ID_NOT_NEXT alice
        venue key alice 0 none   | REJECTED/ID_NOT_NEXT alice
        venue revoke alice 1     | KEY_REVOKED alice key_id=1
        venue key alice 3 three  | KEY_SET alice key_id=3
        venue keys               | alice:- bob:two@50 alice:three
    """,
    "a key is its account's": """
        venue key alice 1 one    | KEY_SET alice key_id=1
        venue key bob 1 other    | REJECTED/UNKNOWN_KEY bob
        venue revoke bob 1       | REJECTED/UNKNOWN_KEY bob
        venue revoke alice 0     | REJECTED/UNKNOWN_KEY alice
        venue revoke alice 2     | REJECTED/UNKNOWN_KEY alice
        venue revoke nobody 1    | REJECTED/UNKNOWN_ACCOUNT nobody
        venue key nobody 2 two   | REJECTED/UNKNOWN_ACCOUNT nobody
        venue keys               | alice:one
    """,
    "another document and another end": """
        venue key alice 1 one expires=90 at=10 | KEY_SET alice key_id=1 expires_at=90
        venue key alice 1 another expires=20 at=11 | KEY_SET alice key_id=1 expires_at=20
        venue key alice 1 third expires=30 at=30 | REJECTED/INVALID_EXPIRY alice
        venue keys               | alice:another@20
        venue key alice 1 third expires=31 | KEY_SET alice key_id=1 expires_at=31
        venue key alice 1 fourth | KEY_SET alice key_id=1 expires_at=0
        venue keys               | alice:fourth
    """,
    "what is revoked is for good": """
        venue key alice 1 one expires=90 | KEY_SET alice key_id=1
        venue revoke alice 1     | KEY_REVOKED alice key_id=1
        venue revoke alice 1     | REJECTED/KEY_REVOKED alice
        venue key alice 1 one expires=0 | REJECTED/KEY_REVOKED alice
        venue key bob 1 one      | REJECTED/UNKNOWN_KEY bob
        venue restarts           |
        venue key alice 1 one    | REJECTED/KEY_REVOKED alice
        venue keys               | alice:-
    """,
    "the venue's own, and the shortest and the longest document": """
        venue key venue 1 x      | KEY_SET venue key_id=1
        venue key venue 2 512    | KEY_SET venue key_id=2
        venue key venue 3 513    | REJECTED/MALFORMED venue
        venue key venue 3 0      | REJECTED/MALFORMED venue
        venue revoke venue 2     | KEY_REVOKED venue key_id=2
        venue revoke venue 1     | KEY_REVOKED venue key_id=1
        venue keys               | venue:- venue:-
    """,
}
