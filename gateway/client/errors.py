"""What the client raises. Each says what the caller has to know to act: whether to try again, and what did happen."""

from gateway.schemas import Error, Report, Request


class ClientError(Exception):
    """Root of the client's exceptions."""


class LogonRefusedError(ClientError):
    """The venue refused the logon; `code` is the protocol's error code. Retried only if it is for want of a place."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


class RequestError(ClientError):
    """The venue did not carry the request out: an `error` message."""

    def __init__(self, error: Error) -> None:
        super().__init__(f"{error.code}: {error.message}")
        self.code = error.code


def _told(report: Report) -> str:
    """The reason, and the numbers if it is a limit that refused: prices in ticks, quantities in lots."""
    value, bound = report.value, report.bound
    match report.reason:
        case "price_out_of_band" if value > bound:
            return f"{report.reason}: limit {value} above upper band {bound}"
        case "price_out_of_band":
            return f"{report.reason}: limit {value} below lower band {bound}"
        case "below_minimum":
            return f"{report.reason}: {value}, at least {bound}"
    return f"{report.reason}: {value}, at most {bound}" if bound else report.reason


class OrderRejectedError(ClientError):
    """The engine rejected the command: a `rejected` report."""

    def __init__(self, report: Report) -> None:
        super().__init__(_told(report))
        self.reason = report.reason
        self.report = report


class ConnectionClosedError(ClientError):
    """There is no connection, and none will be made."""


class OutcomeUnknownError(ClientError):
    """The connection was lost before the answer, and the request cannot safely be repeated."""


class RequestTimeoutError(ClientError):
    """No answer came in time. What was `sent` may have been carried out; what was not never will be."""

    def __init__(self, request: Request, seconds: float, *, sent: bool) -> None:
        fate = "it may have been carried out" if sent else "it was not sent"
        super().__init__(f"{type(request).__name__} was not answered within {seconds} s: {fate}")
        self.sent = sent


class TlsRequiredError(ClientError, ConnectionError):
    """The address says `ws://`, and the port speaks TLS."""

    def __init__(self, url: str) -> None:
        super().__init__(f"{url}: the port speaks TLS: its address begins with wss://")


class ReportsOverflowError(ClientError):
    """The reader of `reports()` fell more than `REPORT_QUEUE` reports behind."""


class WrongVenueError(ClientError):
    """The server knows fewer reports than this client has seen: it is another venue, or has lost its journal."""
