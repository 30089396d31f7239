"""Reference data between engine and wire: symbols to ids, and requests to the commands that carry them out."""

from typing import Any, Final

from gateway import schemas
from gateway.hub import Hub
from pyengine.records import NONE_ID, JurisdictionEntry
from pyengine.units import jurisdiction_number

OWN: Final = "own"  # in `schemas.COMMANDS`: the account of whoever asks


class UnknownError(Exception):
    """A request names something that is not there; `code` is the protocol's error code."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Registry:
    """Ids by symbol, as the engine has them now."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._known = (0, 0)
        self._assets: dict[str, int] = {}
        self._instruments: dict[str, int] = {}
        self.asset_symbols: list[str] = []
        self.instrument_symbols: list[str] = []

    def refresh(self) -> None:
        """Takes over new listings; listings are never removed or renamed."""
        assets, instruments, _, _ = self._hub.counts()
        if (assets, instruments) == self._known:
            return
        self._known = (assets, instruments)
        self.asset_symbols = [asset[0] for asset in self._hub.assets()]
        self.instrument_symbols = [instrument[0] for instrument in self._hub.instruments()]
        self._assets = {symbol: index for index, symbol in enumerate(self.asset_symbols)}
        self._instruments = {symbol: index for index, symbol in enumerate(self.instrument_symbols)}

    def asset(self, symbol: str) -> int | None:
        """The asset's id, or None."""
        self.refresh()
        return self._assets.get(symbol)

    def instrument(self, symbol: str) -> int | None:
        """The instrument's id, or None."""
        self.refresh()
        return self._instruments.get(symbol)

    def command(self, request: schemas.Request, account: int) -> bytes:
        """The record that carries the account's request out, as `schemas.COMMANDS` says. `UnknownError`."""
        make, arguments = schemas.COMMANDS[type(request)]
        return make(**{name: self._argument(request, name, how, account) for name, how in arguments.items()})

    def _argument(self, request: schemas.Request, name: str, how: str, account: int) -> Any:
        assets, instruments, _, _ = self._hub.counts()
        match how:
            case "":
                return getattr(request, name)
            case "AssetOrNone" if not getattr(request, name):
                return NONE_ID
            case "Asset" | "AssetOrNone":
                return self._listed("asset", self.asset(getattr(request, name)), getattr(request, name))
            case "Instrument":
                return self._listed("instrument", self.instrument(getattr(request, name)), getattr(request, name))
            case "AnyAsset" | "AnyInstrument" if not getattr(request, name):
                return None
            case "AnyAsset" | "AnyInstrument":
                return self._argument(request, name, how.removeprefix("Any"), account)
            case "Jurisdiction":
                return jurisdiction_number(getattr(request, name))
            case "Jurisdictions":
                return [JurisdictionEntry(jurisdiction_number(code)) for code in getattr(request, name)]
            case "Octets":
                return bytes.fromhex(getattr(request, name))
            case "NewAsset":
                return assets
            case "NewInstrument":
                return instruments
            case _ if how == OWN:
                return account
            case _:
                return schemas.WORDS[how].index(getattr(request, name))

    def _listed(self, what: str, number: int | None, symbol: str) -> int:
        if number is None:
            raise UnknownError(f"unknown_{what}", f"no {what} {symbol!r}")
        return number
