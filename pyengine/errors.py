"""Every exception of the package. The native core raises these very classes; rejections are events, not exceptions."""


class EngineError(Exception):
    """Root of every error of the engine."""


class CommandError(EngineError, ValueError):
    """A command that cannot even be written down: a field is outside its range. Names the field and the limit."""


class SnapshotError(EngineError):
    """A state image or snapshot that is damaged, truncated or of another semantics version."""


class JournalError(EngineError):
    """Root of the journal's errors."""


class JournalCorruptError(JournalError):
    """The journal is not a whole history with at most a torn tail. Names the file and the offset."""


class JournalVersionError(JournalError):
    """The journal was written in another format or under other semantics."""


class JournalGenesisError(JournalError):
    """The journal's engine began with another `shard` or `max_open_orders`, which never change. Names both."""


class JournalBusyError(JournalError):
    """Another process has the journal's directory open."""


class JournalDiscontinuedError(JournalError):
    """The journal does not lead on from where it was read to before: it was replaced, or what comes next is gone."""


class JournalFailedError(JournalError):
    """A write or a sync failed. Sticky: nothing is acknowledged after it; restart and recover."""


class TapeError(EngineError, ValueError):
    """A tape that cannot be used. The message names the file and the place: row and column (from 1), or the byte."""


class HistoryError(EngineError):
    """A store of a venue's history that cannot be used, or says no such thing. Names the file, and what to do."""


class WireError(EngineError):
    """A connection must be closed: its stream broke the rules of RFC 6455 or a bound. `code` is the close code."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.reason} (close code {self.code})"
