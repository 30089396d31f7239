"""By what an order with a client order id is known again: the digest of the id, the content of the command.

Pure functions of bytes. They do not know which orders there are, nor what the answer to one of them is.
"""

from __future__ import annotations

import xxhash

from pyengine.packing import oldest_version
from pyengine.records import BODIES, Place

DIGEST_LEN = 16


def digest(account_id: int, client_order_id: bytes) -> bytes:
    """What the engine remembers of a client order id: XXH3-128 seeded with the account, low half first."""
    return xxhash.xxh3_128_intdigest(client_order_id, account_id).to_bytes(DIGEST_LEN, "little")


def content(entry: Place) -> int:
    """What a resubmission must repeat: XXH3-64 of the body, in the oldest version that can say it, without the client
    order id."""
    body = BODIES[Place].pack(
        *(value for name, value in entry._replace(client_order_id_len=0)._asdict().items() if name != "client_order_id")
    )
    _, length = oldest_version(Place, body)
    return xxhash.xxh3_64_intdigest(body[:length])
