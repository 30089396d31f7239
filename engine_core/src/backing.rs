//! What stands behind assets (`docs/assets.md`): their terms, attestations of reserves, bars of metal, redemptions that
//! wait, bands around par, and the halts that follow. Knows no order, no balance and no clock; who is trusted is decided
//! by commands.

use crate::types::*;
use ed25519_dalek::{Signature, VerifyingKey};
use std::collections::{BTreeMap, BTreeSet, HashSet, VecDeque};

/// A text in place: 0 to 16 printable ASCII characters, zeros behind them. Ordered by its characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Text {
    bytes: [u8; SYMBOL_LEN],
    len: u8,
}

impl Text {
    /// `None` unless `len` is 0 to 16 and those bytes are printable ASCII; the bytes behind are ignored.
    pub fn new(len: u8, bytes: &[u8; SYMBOL_LEN]) -> Option<Text> {
        let text = bytes.get(..usize::from(len)).filter(|text| is_printable(text))?;
        let mut kept = [0; SYMBOL_LEN];
        kept[..text.len()].copy_from_slice(text);
        Some(Text { bytes: kept, len })
    }

    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.len)]
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(self.as_bytes()).expect("printable ASCII")
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub fn len(&self) -> u8 {
        self.len
    }

    pub fn padded(&self) -> &[u8; SYMBOL_LEN] {
        &self.bytes
    }
}

/// Whether it is a number of ISO 6166: a country, nine characters, and the digit that Luhn's sum over all of them, letters
/// as two digits, makes a multiple of ten.
fn is_isin(text: &[u8]) -> bool {
    if text.len() != 12 || !text[..2].iter().all(u8::is_ascii_uppercase) || !text[11].is_ascii_digit() {
        return false;
    }
    if !text.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()) {
        return false;
    }
    let mut digits = Vec::with_capacity(24);
    for &byte in text {
        match byte {
            b'0'..=b'9' => digits.push(u32::from(byte - b'0')),
            letter => {
                let value = u32::from(letter - b'A') + 10;
                digits.extend([value / 10, value % 10]);
            }
        }
    }
    let doubled = |(place, &digit): (usize, &u32)| if place % 2 == 1 { digit * 2 / 10 + digit * 2 % 10 } else { digit };
    digits.iter().rev().enumerate().map(doubled).sum::<u32>() % 10 == 0
}

/// What is set of an asset.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AssetTerms {
    pub issuer: AccountId,
    pub form: AssetForm,
    pub attestation: AttestationPolicy,
    pub bars: BarPolicy,
    pub isin: Text,
    pub currency: Text,
    pub vault: Text,
    /// Millionths of a unit of reserve for a whole token; 0: nothing.
    pub backing: i64,
    pub min_redemption: i64,
    pub redemption_unit: i64,
    pub redemption_fee: i64,
    pub redemption_fee_rate: u32,
}

impl AssetTerms {
    /// Whether an asset of this class can have them. Redemption of money is at par and free (MiCA, article 49).
    pub fn are_possible(&self, class: AssetClass) -> bool {
        let is_cash = class == AssetClass::Stablecoin;
        let currency = self.currency.as_bytes();
        let has_currency = currency.len() == 3 && currency.iter().all(u8::is_ascii_uppercase);
        let form_fits = match self.form {
            AssetForm::Native => true,
            AssetForm::Tokenized => self.backing > 0,
            AssetForm::Traditional => self.backing == 0,
        };
        let is_backed = self.backing > 0;
        (self.isin.is_empty() || is_isin(self.isin.as_bytes()))
            && (if is_cash { has_currency } else { currency.is_empty() })
            && self.backing >= 0
            && form_fits
            && (self.attestation == AttestationPolicy::None || is_backed)
            && (self.bars == BarPolicy::None || is_backed && class == AssetClass::Gold)
            && self.redemption_unit >= 1
            && self.min_redemption >= 1
            && self.min_redemption % self.redemption_unit == 0
            && self.redemption_fee >= 0
            && self.redemption_fee_rate <= MAX_FEE_RATE
            && (self.redemption_fee == 0 || self.redemption_fee_rate == 0)
            && !(is_cash && (self.redemption_fee != 0 || self.redemption_fee_rate != 0))
    }

    /// On top of a redemption of so much.
    pub fn fee(&self, amount: Amount) -> Amount {
        let rated = i128::from(amount.0) * i128::from(self.redemption_fee_rate) / i128::from(FEE_RATE_SCALE);
        // A rate is less than one, so this is less than the amount.
        Amount(self.redemption_fee + rated as i64)
    }
}

/// The last attestation of a reserve.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Attestation {
    pub attestor: u32,
    /// Millionths of a unit.
    pub reserve: i64,
    pub as_of: u64,
    pub valid_until: u64,
}

/// The text that an attestor signs.
pub fn attestation_text(symbol: &str, said: &Attestation) -> String {
    let Attestation { attestor, reserve, as_of, valid_until } = said;
    format!(
        "pyengine attestation v1 asset={symbol} attestor={attestor} reserve={reserve} as_of={as_of} valid_until={valid_until}"
    )
}

/// An asset with terms.
#[derive(Clone, Copy, Debug)]
pub struct Backed {
    pub terms: AssetTerms,
    pub attestation: Option<Attestation>,
    /// Whether an attestation is needed, and it was seen that none is valid.
    pub is_expired: bool,
    pub minted: i64,
    pub burned: i64,
    /// What the redemptions that wait will burn.
    pub redeeming: i64,
    /// Sum over its bars.
    pub fine_weight: i64,
    /// 10 to the power of the asset's decimals.
    pub whole: i64,
}

impl Backed {
    pub fn new(terms: AssetTerms, decimals: u8) -> Backed {
        Backed {
            terms,
            attestation: None,
            is_expired: false,
            minted: 0,
            burned: 0,
            redeeming: 0,
            fine_weight: 0,
            whole: 10_i64.pow(u32::from(decimals)),
        }
    }

    pub fn outstanding(&self) -> i64 {
        self.minted - self.burned
    }

    /// How much may be outstanding against so much reserve.
    pub fn covered_by(&self, reserve: i64) -> i64 {
        let covered = i128::from(reserve) * i128::from(self.whole) / i128::from(self.terms.backing);
        covered.min(i128::from(MAX_AMOUNT)) as i64
    }

    /// How much may be outstanding, of bars and attestation whichever allows less.
    pub fn most(&self) -> i64 {
        let bars = if self.terms.bars == BarPolicy::None { MAX_AMOUNT } else { self.covered_by(self.fine_weight) };
        let attested = match (self.terms.attestation, &self.attestation) {
            (AttestationPolicy::None, _) => MAX_AMOUNT,
            (_, Some(attestation)) => self.covered_by(attestation.reserve),
            (_, None) => 0,
        };
        bars.min(attested)
    }

    /// What a bar is worth, rounded up. `None` if that is more than an amount can be.
    pub fn worth(&self, fine_weight: i64) -> Option<Amount> {
        let product = i128::from(fine_weight) * i128::from(self.whole);
        let backing = i128::from(self.terms.backing);
        i64::try_from((product + backing - 1) / backing).ok().map(Amount)
    }

    /// The least fine weight that is worth so much.
    pub fn least_weight(&self, amount: Amount) -> i128 {
        let whole = i128::from(self.whole);
        (i128::from(amount.0) * i128::from(self.terms.backing) + whole - 1) / whole
    }

    pub fn needs_attestation(&self) -> bool {
        self.terms.attestation != AttestationPolicy::None
    }

    pub fn is_attested(&self, now: u64) -> bool {
        self.attestation.is_some_and(|attestation| now < attestation.valid_until)
    }

    /// Whether its instruments should not trade.
    pub fn halts(&self) -> bool {
        self.is_expired && self.terms.attestation == AttestationPolicy::Trading
    }

    /// When it is seen that its attestation has expired.
    fn expires_at(&self) -> Option<u64> {
        self.attestation.filter(|_| self.needs_attestation() && !self.is_expired).map(|it| it.valid_until)
    }
}

/// Who attests reserves.
#[derive(Clone, Copy, Debug)]
pub struct Attestor {
    pub key: AttestorKey,
    pub status: AttestorStatus,
}

/// An Ed25519 key under which one signature fits one message: the canonical encoding of a point that is not of small order.
#[derive(Clone, Copy, Debug)]
pub struct AttestorKey(VerifyingKey);

impl AttestorKey {
    pub fn new(bytes: &[u8; 32]) -> Option<AttestorKey> {
        let key = VerifyingKey::from_bytes(bytes).ok()?;
        let is_canonical = key.to_edwards().compress().as_bytes() == bytes;
        (is_canonical && !key.is_weak()).then_some(AttestorKey(key))
    }

    /// By RFC 8032, 5.1.7, without the cofactor: `S` below the order, and `R` is, byte for byte, the encoding of
    /// `[S]B - [k]A`.
    pub fn verifies(&self, text: &[u8], signature: &[u8; 64]) -> bool {
        use ed25519_dalek::Verifier;
        self.0.verify(text, &Signature::from_bytes(signature)).is_ok()
    }

    pub fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Refiner {
    pub code: Text,
    pub status: RefinerStatus,
}

/// A bar in a vault.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bar {
    pub asset: AssetId,
    pub refiner: u32,
    pub serial: Text,
    pub vault: Text,
    /// Millionths of an ounce, as the other.
    pub gross_weight: i64,
    pub fine_weight: i64,
}

impl Bar {
    /// Whether there can be such a bar: of gold 995 parts in a thousand are fine (LBMA Good Delivery).
    pub fn is_possible(&self) -> bool {
        let (fine, gross) = (i128::from(self.fine_weight), i128::from(self.gross_weight));
        !self.serial.is_empty() && fine >= 1 && fine <= gross && fine * 1_000 >= gross * i128::from(MIN_FINENESS)
    }

    /// The order in which bars are assigned.
    fn place(&self, number: u64) -> FreeBar {
        (self.asset, self.fine_weight, self.serial, self.refiner, number)
    }
}

/// A bar that no redemption has: those of an asset lie together, the lightest first, of one weight by serial number.
type FreeBar = (AssetId, i64, Text, u32, u64);

/// A redemption between its request and its settlement or refusal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Redemption {
    pub account: AccountId,
    pub asset: AssetId,
    pub asked: Amount,
    /// What will be burned.
    pub amount: Amount,
    /// Held on top.
    pub fee: Amount,
    /// Assigned; 0: none.
    pub bar: u64,
}

/// The band of a cash asset around par.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Peg {
    pub band_bps: u32,
    pub haircut_bps: u32,
    /// 0: anybody's values are taken.
    pub source: u32,
    /// The last value in millionths of par; 0: none.
    pub value: i64,
    pub value_source: u32,
    pub observed_at: u64,
}

impl Peg {
    /// `None` unless there can be such a band.
    pub fn new(band_bps: u32, haircut_bps: u32, source: u32) -> Option<Peg> {
        let possible = (1..=MAX_COLLAR_BPS).contains(&band_bps) && haircut_bps <= MAX_COLLAR_BPS;
        possible.then_some(Peg { band_bps, haircut_bps, source, value: 0, value_source: 0, observed_at: 0 })
    }

    /// Whether its value is outside the band; one that is not known is not.
    pub fn is_outside(&self) -> bool {
        let away = (i128::from(self.value) - i128::from(BACKING_SCALE)).abs();
        let band = i128::from(self.band_bps) * i128::from(BACKING_SCALE);
        self.value != 0 && away * i128::from(COLLAR_SCALE) > band
    }
}

/// The instruments of an asset are halted, or not any more: pulses go through all instruments.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sweep {
    pub asset: AssetId,
    pub cause: HaltCause,
    pub halts: bool,
    /// The next to be looked at.
    pub next: u32,
}

/// All of it.
#[derive(Default)]
pub struct Backing {
    backed: BTreeMap<AssetId, Backed>,
    pub attestors: Vec<Attestor>,
    pub refiners: Vec<Refiner>,
    bars: BTreeMap<u64, Bar>,
    /// Bars so far: the number of the last one.
    pub bars_registered: u64,
    serials: HashSet<(u32, Text)>,
    free: BTreeSet<FreeBar>,
    redemptions: BTreeMap<u64, Redemption>,
    pegs: BTreeMap<AssetId, Peg>,
    /// First come, first gone through.
    pub sweeps: VecDeque<Sweep>,
    /// When attestations expire.
    expiries: BTreeSet<(u64, AssetId)>,
}

impl Backing {
    pub fn backed(&self, asset: AssetId) -> Option<&Backed> {
        self.backed.get(&asset)
    }

    pub fn all_backed(&self) -> impl ExactSizeIterator<Item = (AssetId, &Backed)> {
        self.backed.iter().map(|(asset, backed)| (*asset, backed))
    }

    /// What is known of an asset is another.
    pub fn set_backed(&mut self, asset: AssetId, backed: Backed) {
        let before = self.backed.insert(asset, backed).and_then(|before| before.expires_at());
        if let Some(time_ns) = before {
            self.expiries.remove(&(time_ns, asset));
        }
        if let Some(time_ns) = backed.expires_at() {
            self.expiries.insert((time_ns, asset));
        }
    }

    /// When the first attestation expires.
    pub fn next_expiry(&self) -> Option<u64> {
        self.expiries.first().map(|&(time_ns, _)| time_ns)
    }

    /// The first that has by `now_ns`. It stays until that is set.
    pub fn first_expired(&self, now_ns: u64) -> Option<AssetId> {
        self.expiries.first().filter(|&&(time_ns, _)| time_ns <= now_ns).map(|&(_, asset)| asset)
    }

    pub fn bar(&self, number: u64) -> Option<&Bar> {
        self.bars.get(&number)
    }

    pub fn bars(&self) -> impl ExactSizeIterator<Item = (u64, &Bar)> {
        self.bars.iter().map(|(number, bar)| (*number, bar))
    }

    /// Those with a number from `first` on.
    pub fn bars_from(&self, first: u64) -> impl Iterator<Item = (u64, &Bar)> {
        self.bars.range(first..).map(|(number, bar)| (*number, bar))
    }

    pub fn has_serial(&self, refiner: u32, serial: Text) -> bool {
        self.serials.contains(&(refiner, serial))
    }

    /// A bar of an asset with terms, whose weights can be added.
    pub fn add_bar(&mut self, number: u64, bar: Bar) {
        self.serials.insert((bar.refiner, bar.serial));
        self.free.insert(bar.place(number));
        self.backed.get_mut(&bar.asset).expect("a bar of an asset with terms").fine_weight += bar.fine_weight;
        self.bars.insert(number, bar);
    }

    /// Returns the bar.
    pub fn remove_bar(&mut self, number: u64) -> Bar {
        let bar = self.bars.remove(&number).expect("a bar that is there");
        self.serials.remove(&(bar.refiner, bar.serial));
        self.free.remove(&bar.place(number));
        self.backed.get_mut(&bar.asset).expect("a bar of an asset with terms").fine_weight -= bar.fine_weight;
        bar
    }

    pub fn is_free(&self, number: u64) -> bool {
        self.bars.get(&number).is_some_and(|bar| self.free.contains(&bar.place(number)))
    }

    /// The lightest of an asset's bars that is heavy enough and that no redemption has.
    pub fn lightest(&self, asset: AssetId, least_weight: i64) -> Option<(u64, &Bar)> {
        let from = (asset, least_weight, Text { bytes: [0; SYMBOL_LEN], len: 0 }, 0, 0);
        let found = self.free.range(from..).next().filter(|found| found.0 == asset);
        found.map(|found| (found.4, &self.bars[&found.4]))
    }

    pub fn redemption(&self, id: u64) -> Option<&Redemption> {
        self.redemptions.get(&id)
    }

    pub fn redemptions(&self) -> impl ExactSizeIterator<Item = (u64, &Redemption)> {
        self.redemptions.iter().map(|(id, redemption)| (*id, redemption))
    }

    /// Those with an id from `first` on.
    pub fn redemptions_from(&self, first: u64) -> impl Iterator<Item = (u64, &Redemption)> {
        self.redemptions.range(first..).map(|(id, redemption)| (*id, redemption))
    }

    pub fn add_redemption(&mut self, id: u64, redemption: Redemption) {
        if let Some(bar) = self.bars.get(&redemption.bar) {
            self.free.remove(&bar.place(redemption.bar));
        }
        self.backed.get_mut(&redemption.asset).expect("an asset with terms").redeeming += redemption.amount.0;
        self.redemptions.insert(id, redemption);
    }

    /// Its bar is free again.
    pub fn remove_redemption(&mut self, id: u64) {
        let redemption = self.redemptions.remove(&id).expect("a redemption that waits");
        if let Some(bar) = self.bars.get(&redemption.bar) {
            self.free.insert(bar.place(redemption.bar));
        }
        self.backed.get_mut(&redemption.asset).expect("an asset with terms").redeeming -= redemption.amount.0;
    }

    pub fn peg(&self, asset: AssetId) -> Option<&Peg> {
        self.pegs.get(&asset)
    }

    pub fn pegs(&self) -> impl ExactSizeIterator<Item = (AssetId, &Peg)> {
        self.pegs.iter().map(|(asset, peg)| (*asset, peg))
    }

    pub fn set_peg(&mut self, asset: AssetId, peg: Option<Peg>) {
        if let Some(peg) = peg {
            self.pegs.insert(asset, peg);
        } else {
            self.pegs.remove(&asset);
        }
    }

    /// Whether the instruments of an asset should not trade, for this cause.
    pub fn halts(&self, asset: AssetId, cause: HaltCause) -> bool {
        match cause {
            HaltCause::StaleReference => self.backed.get(&asset).is_some_and(Backed::halts),
            HaltCause::Depegged => self.pegs.get(&asset).is_some_and(Peg::is_outside),
            _ => false,
        }
    }

    /// The instruments of an asset have to be gone through; what was begun for the same cause is overtaken.
    pub fn begin_sweep(&mut self, asset: AssetId, cause: HaltCause, halts: bool) {
        self.sweeps.retain(|sweep| (sweep.asset, sweep.cause) != (asset, cause));
        self.sweeps.push_back(Sweep { asset, cause, halts, next: 0 });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn isin(text: &str) -> bool {
        is_isin(text.as_bytes())
    }

    #[test]
    fn an_isin_has_its_check_digit() {
        for right in ["US0378331005", "AU0000XVGZA3", "GB0002634946", "CH0139101593"] {
            assert!(isin(right), "{right}");
        }
        for wrong in [
            "US0378331004",
            "US037833100",
            "US03783310055",
            "us0378331005",
            "U50378331005",
            "US037833100X",
            "US03783310O5",
        ] {
            assert!(!isin(wrong), "{wrong}");
        }
    }

    #[test]
    fn keys_of_small_order_and_other_encodings_of_a_point_are_none() {
        let mut identity = [0; 32];
        identity[0] = 1;
        assert!(AttestorKey::new(&identity).is_none(), "the neutral point");
        assert!(AttestorKey::new(&[0; 32]).is_none(), "a point of order 4");
        let mut beyond = [0xff; 32];
        beyond[31] = 0x7f;
        for low in 0xed..=0xff {
            beyond[0] = low;
            assert!(AttestorKey::new(&beyond).is_none(), "p + {}", low - 0xed);
        }
        let rfc = b"\xd7\x5a\x98\x01\x82\xb1\x0a\xb7\xd5\x4b\xfe\xd3\xc9\x64\x07\x3a\x0e\xe1\x72\xf3\xda\xa6\x23\x25\xaf\x02\x1a\x68\xf7\x07\x51\x1a";
        assert!(AttestorKey::new(rfc).is_some(), "of RFC 8032, 7.1");
    }
}
