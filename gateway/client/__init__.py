"""An asyncio client of the gateway, as a market maker would use it.

`protocol` decides and does no IO, `connection` does IO and decides nothing, `client` joins the two for users, `errors`
is what they raise. Everything that users need is imported from here.
"""

from gateway.client.client import REPORT_QUEUE, REQUEST_SECONDS, Client
from gateway.client.errors import (
    ClientError,
    ConnectionClosedError,
    LogonRefusedError,
    OrderRejectedError,
    OutcomeUnknownError,
    ReportsOverflowError,
    RequestError,
    RequestTimeoutError,
    TlsRequiredError,
    WrongVenueError,
)

__all__ = [
    "REPORT_QUEUE",
    "REQUEST_SECONDS",
    "Client",
    "ClientError",
    "ConnectionClosedError",
    "LogonRefusedError",
    "OrderRejectedError",
    "OutcomeUnknownError",
    "ReportsOverflowError",
    "RequestError",
    "RequestTimeoutError",
    "TlsRequiredError",
    "WrongVenueError",
]
