"""What is remembered of what stands behind assets (`engine_core/docs/assets.md`), and what follows from that alone. It
knows no order, no balance and no event.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from pyengine.records import (
    BACKING_SCALE,
    COLLAR_SCALE,
    FEE_RATE_SCALE,
    MAX_AMOUNT,
    MAX_COLLAR_BPS,
    MAX_FEE_RATE,
    MIN_FINENESS,
    AssetClass,
    AssetForm,
    AttestationPolicy,
    AttestorStatus,
    BarPolicy,
    HaltCause,
    RefinerStatus,
)

_ISIN = re.compile(rb"[A-Z]{2}[A-Z0-9]{9}[0-9]")
_CURRENCY = re.compile(rb"[A-Z]{3}")


class AssetTerms(NamedTuple):
    """What is set of an asset."""

    issuer: int
    form: AssetForm
    attestation: AttestationPolicy
    bars: BarPolicy
    isin: bytes
    currency: bytes
    vault: bytes
    backing: int
    """Millionths of a unit of reserve for a whole token; 0: nothing."""
    min_redemption: int
    redemption_unit: int
    redemption_fee: int
    redemption_fee_rate: int

    def fee(self, amount: int) -> int:
        """On top of a redemption of so much."""
        return self.redemption_fee + amount * self.redemption_fee_rate // FEE_RATE_SCALE


def is_isin(text: bytes) -> bool:
    """Whether it is a number of ISO 6166 with its check digit: Luhn's sum, letters as two digits from 10 on."""
    if _ISIN.fullmatch(text) is None:
        return False
    digits = "".join(str(int(chr(byte), 36)) for byte in text)
    doubled = [sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2]]
    return (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0


def are_asset_terms(terms: AssetTerms, asset_class: int) -> bool:
    """Whether an asset of this class can have them. Redemption of money is at par and free (MiCA, article 49)."""
    is_cash, is_backed = asset_class == AssetClass.STABLECOIN, terms.backing > 0
    fees = (terms.redemption_fee, terms.redemption_fee_rate)
    if terms.isin and not is_isin(terms.isin):
        return False
    if (_CURRENCY.fullmatch(terms.currency) is None) if is_cash else terms.currency:
        return False
    if terms.backing < 0 or (terms.form == AssetForm.TOKENIZED and not is_backed):
        return False
    if is_backed and terms.form == AssetForm.TRADITIONAL:
        return False
    if terms.attestation != AttestationPolicy.NONE and not is_backed:
        return False
    if terms.bars != BarPolicy.NONE and not (is_backed and asset_class == AssetClass.GOLD):
        return False
    if min(terms.redemption_unit, terms.min_redemption) < 1 or terms.min_redemption % terms.redemption_unit:
        return False
    if fees[0] < 0 or fees[1] > MAX_FEE_RATE or all(fees):
        return False
    return not (is_cash and any(fees))


class Attestation(NamedTuple):
    """What an attestor said of a reserve."""

    attestor: int
    reserve: int
    """Millionths of a unit."""
    as_of: int
    valid_until: int


def attestation_text(symbol: bytes, said: Attestation) -> bytes:
    """What the attestor signs."""
    words = {"asset": symbol.decode("ascii"), **said._asdict()}
    return " ".join(["pyengine attestation v1", *(f"{name}={value}" for name, value in words.items())]).encode("ascii")


@dataclass(slots=True)
class Backed:
    """An asset with terms. What its bars weigh and what redemptions will burn is asked of those."""

    terms: AssetTerms
    decimals: int
    attestation: Attestation | None = None
    is_expired: bool = False
    """Whether an attestation is needed, and it was seen that none is valid."""
    minted: int = 0
    burned: int = 0

    @property
    def outstanding(self) -> int:
        """Minted less burned."""
        return self.minted - self.burned

    @property
    def whole(self) -> int:
        """Smallest units in one."""
        return int(10**self.decimals)

    @property
    def needs_attestation(self) -> bool:
        """Whether anything is refused without one."""
        return self.terms.attestation != AttestationPolicy.NONE

    @property
    def halts(self) -> bool:
        """Whether its instruments should not trade."""
        return self.is_expired and self.terms.attestation == AttestationPolicy.TRADING

    def is_attested(self, now: int) -> bool:
        """Whether the last attestation is valid."""
        return self.attestation is not None and now < self.attestation.valid_until

    def covered_by(self, reserve: int) -> int:
        """How much may be outstanding against so much reserve."""
        return min(reserve * self.whole // self.terms.backing, MAX_AMOUNT)

    def worth(self, fine_weight: int) -> int:
        """What a bar is worth, rounded up."""
        return -(-fine_weight * self.whole // self.terms.backing)


class Attestor(NamedTuple):
    """Who attests reserves."""

    public_key: bytes
    status: AttestorStatus


class Refiner(NamedTuple):
    """Who makes bars."""

    code: bytes
    status: RefinerStatus


class Bar(NamedTuple):
    """A bar in a vault; weights are millionths of an ounce."""

    asset: int
    refiner: int
    serial: bytes
    vault: bytes
    gross_weight: int
    fine_weight: int

    @property
    def is_possible(self) -> bool:
        """Whether there can be such a bar: of gold 995 parts in a thousand are fine (LBMA Good Delivery)."""
        is_heavy = 1 <= self.fine_weight <= self.gross_weight
        return self.serial != b"" and is_heavy and self.fine_weight * 1_000 >= self.gross_weight * MIN_FINENESS


class Redemption(NamedTuple):
    """A redemption between its request and its settlement or refusal."""

    account: int
    asset: int
    asked: int
    amount: int
    """What will be burned."""
    fee: int
    """Held on top."""
    bar: int
    """Assigned; 0: none."""


class Peg(NamedTuple):
    """The band of a cash asset around par, and the last reference value in millionths of par; 0: none."""

    band_bps: int
    haircut_bps: int
    source: int
    value: int = 0
    value_source: int = 0
    observed_at: int = 0

    @property
    def is_possible(self) -> bool:
        """Whether there can be such a band."""
        return 1 <= self.band_bps <= MAX_COLLAR_BPS and self.haircut_bps <= MAX_COLLAR_BPS

    @property
    def is_outside(self) -> bool:
        """Whether the value is known and outside the band."""
        away = abs(self.value - BACKING_SCALE)
        return self.value != 0 and away * COLLAR_SCALE > self.band_bps * BACKING_SCALE


@dataclass(slots=True)
class Sweep:
    """The instruments of an asset are halted, or not any more: pulses go through all instruments, from `next` on."""

    asset: int
    cause: HaltCause
    halts: bool
    next: int = 0


@dataclass(slots=True)
class Backing:
    """All of it: terms and bands by asset, bars and redemptions by number."""

    attestors: list[Attestor] = field(default_factory=list)
    refiners: list[Refiner] = field(default_factory=list)
    backed: dict[int, Backed] = field(default_factory=dict)
    bars_registered: int = 0
    bars: dict[int, Bar] = field(default_factory=dict)
    redemptions: dict[int, Redemption] = field(default_factory=dict)
    pegs: dict[int, Peg] = field(default_factory=dict)
    sweeps: list[Sweep] = field(default_factory=list)

    def fine_weight(self, asset: int) -> int:
        """Of an asset's bars."""
        return sum(bar.fine_weight for bar in self.bars.values() if bar.asset == asset)

    def redeeming(self, asset: int) -> int:
        """What the redemptions of an asset that wait will burn."""
        return sum(each.amount for each in self.redemptions.values() if each.asset == asset)

    def is_free(self, number: int) -> bool:
        """Whether no redemption has the bar."""
        return all(each.bar != number for each in self.redemptions.values())

    def most(self, asset: int) -> int:
        """How much of an asset may be outstanding."""
        backed = self.backed[asset]
        bounds = [MAX_AMOUNT]
        if backed.terms.bars != BarPolicy.NONE:
            bounds.append(backed.covered_by(self.fine_weight(asset)))
        if backed.needs_attestation:
            bounds.append(backed.covered_by(backed.attestation.reserve) if backed.attestation else 0)
        return min(bounds)

    def lightest(self, asset: int, amount: int) -> int | None:
        """The number of the lightest of an asset's bars that is worth so much and that no redemption has; of one weight
        the first by serial number."""
        backed = self.backed[asset]
        enough = [
            (bar.fine_weight, bar.serial, bar.refiner, number)
            for number, bar in self.bars.items()
            if bar.asset == asset
            and bar.fine_weight * backed.whole >= amount * backed.terms.backing
            and self.is_free(number)
        ]
        return min(enough)[3] if enough else None

    def halts(self, asset: int, cause: HaltCause) -> bool:
        """Whether an asset asks that its instruments do not trade, for this cause."""
        if cause == HaltCause.STALE_REFERENCE:
            return asset in self.backed and self.backed[asset].halts
        return cause == HaltCause.DEPEGGED and asset in self.pegs and self.pegs[asset].is_outside

    def begin_sweep(self, asset: int, cause: HaltCause, halts: bool) -> None:
        """The instruments of an asset have to be gone through; what was begun for the same cause is overtaken."""
        self.sweeps = [sweep for sweep in self.sweeps if (sweep.asset, sweep.cause) != (asset, cause)]
        self.sweeps.append(Sweep(asset, cause, halts))

    def next_expiry(self) -> tuple[int, int] | None:
        """When the first attestation expires for which that means something, and of which asset."""
        times = [
            (backed.attestation.valid_until, asset)
            for asset, backed in self.backed.items()
            if backed.attestation is not None and backed.needs_attestation and not backed.is_expired
        ]
        return min(times, default=None)
