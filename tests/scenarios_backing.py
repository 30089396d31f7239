"""What scenarios say of what stands behind assets (`tests/scenarios.py`).

venue terms GOLD issuer=bob form=tokenized backing=1000000 bars=whole attestation=minting vault=V isin= currency=
                                        with `min=`, `unit=`, `fee=` and `rate=` of redemptions
venue attestor 0                        the first of two keys; `inactive` its status, `weak` no key
venue attest GOLD 0 500 as_of=10 until=100   500 millionths of reserve, signed by attestor 0; `forged`: by the other
bob mint 500 GOLD                       `ref=` as of all money commands
alice redeem 100 GOLD #r                `#r` names the redemption: `alice deliver #r`, `alice refuse #r compliance`
venue refiner 0 VALCAMBI                `delisted` its status
venue bar GOLD 0 A1 340/341 vault=V     fine and gross weight in millionths
venue unbar 1                           by its number
venue peg USDC band=100 haircut=500 source=1
venue cash USDC 990000 source=1 observed=10
"""

from collections.abc import Callable
from enum import IntEnum
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pyengine.attestation import attestation_text
from pyengine.records import AssetForm, AttestationPolicy, AttestorStatus, BarPolicy, RefinerStatus

ACCOUNTS = {"venue": 0, "alice": 1, "bob": 2, "carol": 3, "dave": 4, "poor": 5, "nobody": 99}
"""alice and bob trade free of charge; carol and dave pay 0.1 % as makers and 0.2 % as takers; poor has nothing."""
ASSETS = {"USDC": 0, "AAPL": 1, "GOLD": 2, "NONE": 77}
KEYS: Final = tuple(Ed25519PrivateKey.from_private_bytes(bytes([number] * 32)) for number in (3, 4))
WEAK: Final = bytes([1]) + bytes(31)

_TERMS: Final[dict[str, type[IntEnum]]] = {"form": AssetForm, "attestation": AttestationPolicy, "bars": BarPolicy}
_NAMES: Final = {
    "min": "min_redemption",
    "unit": "redemption_unit",
    "fee": "redemption_fee",
    "rate": "redemption_fee_rate",
    "band": "band_bps",
    "haircut": "haircut_bps",
    "observed": "observed_at",
}


def _named(words: list[str]) -> dict[str, str]:
    return dict(word.split("=", 1) for word in words if "=" in word)


def _numbers(words: list[str]) -> dict[str, int]:
    return {_NAMES.get(name, name): int(value) for name, value in _named(words).items()}


def _terms(engine: Any, _account: int, rest: list[str], times: dict[str, Any]) -> Any:
    said: dict[str, Any] = {}
    for name, value in _named(rest).items():
        if name in _TERMS:
            said[name] = int(value) if value.isdecimal() else _TERMS[name][value.upper()]
        elif name in ("isin", "currency", "vault"):
            said[name] = value
        elif name == "issuer":
            said[name] = ACCOUNTS[value]
        else:
            said[_NAMES.get(name, name)] = int(value)
    return engine.set_asset_terms(ASSETS[rest[0]], **said, **times)


def _attestor(engine: Any, _account: int, rest: list[str], times: dict[str, Any]) -> Any:
    number = int(rest[0])
    key = WEAK if "weak" in rest else KEYS[number % 2].public_key().public_bytes_raw()
    status = AttestorStatus.INACTIVE if "inactive" in rest else AttestorStatus.ACTIVE
    return engine.set_attestor(number, key, status=status, **times)


def _attest(engine: Any, _account: int, rest: list[str], times: dict[str, Any]) -> Any:
    symbol, attestor, reserve = rest[0], int(rest[1]), int(rest[2])
    named = _named(rest)
    as_of, until = int(named["as_of"]), int(named["until"])
    key = KEYS[(attestor + ("forged" in rest)) % 2]
    signature = key.sign(attestation_text(symbol, attestor, reserve, as_of, until))
    return engine.attest(ASSETS[symbol], attestor, reserve, as_of, until, signature, **times)


def _mint(engine: Any, account: int, rest: list[str], times: dict[str, Any]) -> Any:
    return engine.mint(account, ASSETS[rest[1]], int(rest[0]), **times)


def _redeem(engine: Any, account: int, rest: list[str], times: dict[str, Any]) -> Any:
    return engine.request_redemption(account, ASSETS[rest[1]], int(rest[0]), **times)


def _refiner(engine: Any, _account: int, rest: list[str], times: dict[str, Any]) -> Any:
    status = RefinerStatus.DELISTED if "delisted" in rest else RefinerStatus.LISTED
    return engine.set_refiner(int(rest[0]), rest[1], status=status, **times)


def _bar(engine: Any, _account: int, rest: list[str], times: dict[str, Any]) -> Any:
    fine, gross = map(int, rest[3].split("/"))
    weights = {"gross_weight": gross, "fine_weight": fine}
    return engine.register_bar(ASSETS[rest[0]], int(rest[1]), rest[2], **weights, **_named(rest), **times)


def _unbar(engine: Any, _account: int, rest: list[str], times: dict[str, Any]) -> Any:
    return engine.remove_bar(int(rest[0]), **times)


def _peg(engine: Any, _account: int, rest: list[str], times: dict[str, Any]) -> Any:
    return engine.set_peg(ASSETS[rest[0]], **_numbers(rest), **times)


def _cash(engine: Any, _account: int, rest: list[str], times: dict[str, Any]) -> Any:
    return engine.set_cash_reference(ASSETS[rest[0]], int(rest[1]), **_numbers(rest), **times)


BACKING: Final[dict[str, Callable[[Any, int, list[str], dict[str, Any]], Any]]] = {
    "terms": _terms,
    "attestor": _attestor,
    "attest": _attest,
    "mint": _mint,
    "redeem": _redeem,
    "refiner": _refiner,
    "bar": _bar,
    "unbar": _unbar,
    "peg": _peg,
    "cash": _cash,
}
"""What does what a row says, by its verb."""
