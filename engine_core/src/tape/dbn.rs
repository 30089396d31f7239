//! Databento Binary Encoding of versions 1 to 3, schema MBO: plain, or packed by zstd. Decoded by Databento's own crate.
//!
//! A message is a record. What a record does is what Databento's documentation says of its action; a part that is taken off an
//! order which was filled at the same moment is an execution of it. Times are those of receipt, in nanoseconds since the Unix
//! epoch: files are in their sequence, and they never go back here. Prices are in billionths and become steps, which are as
//! large as what the tape begins with allows, or as large as they were told to be.

use super::{
    Action, DBN_MAGIC, Format, Message, Numbering, RECOGNISED_BY, Recognised, Source, TapeError, Tells, recognise,
};
use crate::types::Side;
use ::dbn::decode::dbn::fsm::{DbnFsm, ProcessResult};
use ::dbn::enums::rtype;
use ::dbn::{MboMsg, Metadata, RecordRef, Schema, SymbolMappingMsg, UNDEF_PRICE, VersionUpgradePolicy};
use hashbrown::HashMap;
use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Mutex};

/// Billionths of the currency.
pub const UNIT: i64 = 1_000_000_000;
/// The largest step that is chosen without being told.
const USUAL_STEP: i64 = UNIT / 10_000;
const CENT: i64 = UNIT / 100;
/// Fewer prices say little about which ones there are.
const ENOUGH_PRICES: usize = 64;
/// The magic, the version and how many bytes of metadata follow.
const PRELUDE: usize = 8;
const MAX_METADATA: u32 = 64 << 20;
/// So many bytes of records are looked at for their prices.
const LOOKED_AT: usize = 32 << 10;
const FED_AT_ONCE: usize = LOOKED_AT;
const WORD: usize = 4;
/// The numbers of so many instruments are at hand.
const AT_HAND: usize = 1 << 10;
const INSTRUMENTS: usize = 1 << 16;
/// Before a record of an instrument told whose it is.
const ANY_PUBLISHER: u16 = u16::MAX;
/// Numbers of an order that is all of a side.
const TOPS: [u64; 2] = [u64::MAX, u64::MAX - 1];

/// The actions of MBO records, and what they are called.
const ACTIONS: [(u8, &str); 7] = [
    (b'A', "add"),
    (b'C', "cancel"),
    (b'M', "modify"),
    (b'R', "clear"),
    (b'T', "trade"),
    (b'F', "fill"),
    (b'N', "none"),
];

/// What is not an MBO record, and what it is called.
const OTHERS: [(u8, &str); 16] = [
    (rtype::MBP_0, "trades record"),
    (rtype::MBP_1, "mbp-1 record"),
    (rtype::MBP_10, "mbp-10 record"),
    (rtype::OHLCV_1S, "ohlcv-1s record"),
    (rtype::OHLCV_1M, "ohlcv-1m record"),
    (rtype::OHLCV_1H, "ohlcv-1h record"),
    (rtype::OHLCV_1D, "ohlcv-1d record"),
    (rtype::OHLCV_EOD, "ohlcv-eod record"),
    (rtype::STATUS, "status record"),
    (rtype::INSTRUMENT_DEF, "definition record"),
    (rtype::IMBALANCE, "imbalance record"),
    (rtype::ERROR, "error record"),
    (rtype::SYMBOL_MAPPING, "symbol mapping record"),
    (rtype::SYSTEM, "system record"),
    (rtype::STATISTICS, "statistics record"),
    (rtype::CMBP_1, "cmbp-1 record"),
];

/// Flags that say how much a record is to be trusted, or what it is of.
const FLAGS: [(u8, &str); 5] = [
    (::dbn::flags::TOB, "flag: top of book"),
    (::dbn::flags::SNAPSHOT, "flag: snapshot"),
    (::dbn::flags::MBP, "flag: aggregated level"),
    (::dbn::flags::BAD_TS_RECV, "flag: bad time of receipt"),
    (::dbn::flags::MAYBE_BAD_BOOK, "flag: maybe bad book"),
];

/// The records of a file, in order.
pub(super) struct Records {
    source: Source,
    fsm: DbnFsm,
    pub metadata: Metadata,
    /// Of the next record.
    offset: u64,
}

impl Records {
    /// Begins a file, which must be of a schema if it says which one it is of.
    pub fn new(mut source: Source, wanted: Schema) -> Result<Records, TapeError> {
        let at = |offset: usize, what: String| TapeError::At { offset: offset as u64, what };
        let begins = source.peek(RECOGNISED_BY)?;
        let &[b'D', b'B', b'N', version, a, b, c, d, ..] = begins else {
            return Err(match recognise(begins) {
                Some(Recognised { name: super::DBN, .. }) => at(0, "the file ends in its metadata".into()),
                Some(Recognised { is, name }) => TapeError::OtherFormat { is, use_instead: name },
                None if begins.is_empty() => at(0, "the file is empty".into()),
                None => at(0, "no DBN begins here".into()),
            });
        };
        if !(1..=3).contains(&version) {
            return Err(at(DBN_MAGIC.len(), format!("DBN of version {version}: versions 1 to 3 are read")));
        }
        let length = u32::from_le_bytes([a, b, c, d]);
        if length > MAX_METADATA {
            return Err(at(DBN_MAGIC.len() + 1, format!("metadata of {length} bytes: no file has so much")));
        }
        let mut fsm = DbnFsm::builder()
            .upgrade_policy(VersionUpgradePolicy::AsIs)
            .build()
            .map_err(|error| at(0, error.to_string()))?;
        let mut left = PRELUDE + length as usize;
        while left > 0 {
            let bytes = source.peek(1)?;
            if bytes.is_empty() {
                return Err(at(0, format!("the file ends in its metadata, {left} bytes before its end")));
            }
            let count = bytes.len().min(left);
            fsm.write_all(&bytes[..count]);
            source.skip(count);
            left -= count;
        }
        let metadata = match fsm.process() {
            ProcessResult::Metadata(metadata) => metadata,
            ProcessResult::Err(error) => return Err(at(PRELUDE, said(&error))),
            _ => return Err(at(0, "the metadata are not whole".into())),
        };
        match metadata.schema {
            Some(schema) if schema != wanted => {
                Err(at(PRELUDE, format!("the file is of schema {}, and not of {}", schema.as_str(), wanted.as_str())))
            }
            _ => Ok(Records { offset: source.offset(), source, fsm, metadata }),
        }
    }

    /// The next record and its place, or `None` at the end.
    #[inline]
    pub fn next(&mut self) -> Result<Option<(u64, RecordRef<'_>)>, TapeError> {
        while !self.fsm.has_buffered_record() {
            if !self.fill()? {
                return Ok(None);
            }
        }
        let record = self.fsm.next_buffered_record().expect("one is at hand");
        let offset = self.offset;
        self.offset += record.header().record_size() as u64;
        Ok(Some((offset, record)))
    }

    /// Decodes some records; false at the end.
    fn fill(&mut self) -> Result<bool, TapeError> {
        let at = |offset, what| TapeError::At { offset, what };
        match self.fsm.process_batch() {
            ProcessResult::Record(_) => Ok(true),
            ProcessResult::Err(error) => Err(at(self.offset, said(&error))),
            ProcessResult::Metadata(_) => Err(at(self.offset, "metadata in the middle of the file".into())),
            ProcessResult::ReadMore(_) => {
                let Some(&words) = self.source.peek(1)?.first() else { return Ok(false) };
                // No more than this record is waited for: what was read is decoded before what can not be read.
                let bytes = self.source.peek(WORD * usize::from(words))?;
                let whole = &bytes[..whole(bytes)];
                if whole.is_empty() && is_length(words) {
                    return Err(at(self.offset, "the tape ends in the middle of a record".into()));
                }
                if whole.is_empty() {
                    let length = WORD * usize::from(words);
                    return Err(at(self.offset, format!("a record of {length} bytes, which there is none of")));
                }
                self.fsm.write_all(whole);
                let count = whole.len();
                self.source.skip(count);
                Ok(true)
            }
        }
    }

    /// Prices of orders among the first records, which are still to come.
    fn first_prices(&mut self) -> Result<Vec<i64>, TapeError> {
        let builder = DbnFsm::builder().upgrade_policy(VersionUpgradePolicy::AsIs).skip_metadata(true);
        let fsm = builder.input_dbn_version(Some(self.metadata.version)).and_then(|builder| builder.build());
        let mut fsm = fsm.map_err(|error| TapeError::At { offset: 0, what: said(&error) })?;
        let bytes = self.source.peek(LOOKED_AT)?;
        fsm.write_all(&bytes[..whole(bytes)]);
        let mut prices = Vec::new();
        // What is wrong with them is told when they come.
        while let ProcessResult::Record(()) = fsm.process() {
            let record = fsm.last_record().and_then(|record| record.try_get::<MboMsg>().ok());
            let order = record.filter(|record| matches!(record.action as u8, b'A' | b'M'));
            prices.extend(order.map(|order| order.price).filter(|price| (1..UNDEF_PRICE).contains(price)));
        }
        Ok(prices)
    }

    pub fn progress(&self) -> (u64, u64) {
        self.source.progress()
    }
}

/// Whether a record can be so many words long: all that there are hold numbers of eight bytes, and are read where they lie.
fn is_length(words: u8) -> bool {
    words >= 4 && words.is_multiple_of(2)
}

/// How many of these bytes are whole records; no more than are decoded at once.
#[inline]
fn whole(bytes: &[u8]) -> usize {
    let mut end = 0;
    while end < FED_AT_ONCE
        && let Some(&words) = bytes.get(end)
        && is_length(words)
        && end + WORD * usize::from(words) <= bytes.len()
    {
        end += WORD * usize::from(words);
    }
    end
}

fn said(error: &::dbn::Error) -> String {
    let said = error.to_string();
    said.strip_prefix("decoding error: ").unwrap_or(&said).trim_end().to_owned()
}

/// How prices are counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Steps {
    /// Billionths.
    step: i64,
    usual: u32,
}

impl Steps {
    /// Steps in which all of these prices are whole, and which make a whole number of one unit.
    fn of(prices: &[i64]) -> Steps {
        let common = prices.iter().fold(UNIT, |common, &price| gcd(common, price));
        let highest = prices.iter().max().copied().unwrap_or_default();
        let fine = gcd(common, USUAL_STEP);
        // A price may become four times as high.
        let step = if highest / fine > i64::from(u32::MAX / 4) { common } else { fine };
        let usual = if prices.len() < ENOUGH_PRICES { gcd(common, CENT) } else { common };
        Steps { step, usual: (usual / step).max(1) as u32 }
    }
}

fn gcd(mut one: i64, mut other: i64) -> i64 {
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one
}

/// What a reference needs to know of a record beyond its message.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Mark {
    pub publisher: u16,
    pub id: u32,
    pub ts_event: u64,
    pub sequence: u32,
    pub price: i64,
    pub size: u32,
    pub action: u8,
    pub side: u8,
    pub flags: u8,
    /// Whether it is of an instrument that is looked at.
    pub is_ours: bool,
}

impl Mark {
    /// Whether the event is over if another record comes.
    pub fn is_over_before(&self, next: &Mark) -> bool {
        let instrument = |mark: &Mark| (mark.id, mark.publisher);
        let is_same = instrument(self) == instrument(next);
        let is_last = self.flags & ::dbn::flags::LAST != 0;
        !(is_same && (self.ts_event, self.sequence) == (next.ts_event, next.sequence)) && (is_same || is_last)
    }
}

/// Those of messages that were read and not yet applied.
pub(super) type Marks = Arc<Mutex<VecDeque<Mark>>>;

/// What was filled of an order, and at which price.
struct Fill {
    left: u32,
    price: i64,
}

/// An instrument and its publisher, and its number.
type AtHand = ((u32, u16), Option<u16>);

pub struct Dbn {
    records: Records,
    /// By the action or flag, or the kind of a record.
    actions: [u64; ACTIONS.len()],
    flags: [u64; FLAGS.len()],
    kinds: [u64; 256],
    /// What Databento calls instruments.
    names: HashMap<u32, String>,
    /// Numbers of instruments, by theirs and their publisher's; `None`: they are left out.
    numbers: HashMap<(u32, u16), Option<u16>>,
    /// Some of them, by the lowest bits of theirs.
    at_hand: Box<[Option<AtHand>]>,
    symbols: Vec<String>,
    chosen: Option<HashSet<String>>,
    steps: Steps,
    /// Of orders at one moment.
    fills: HashMap<(u32, u64), Fill>,
    filled_at: u64,
    now: u64,
    to_ns: u64,
    marks: Option<Marks>,
}

impl Dbn {
    /// Begins a tape; of `chosen` symbols only, if not of all. It ends before the first message that is later than `to_ns`.
    /// Without a `step` (billionths), one that suits its first prices.
    pub fn new(
        source: Source,
        chosen: Option<HashSet<String>>,
        step: Option<i64>,
        to_ns: u64,
    ) -> Result<Dbn, TapeError> {
        let mut records = Records::new(source, Schema::Mbo)?;
        let prices = records.first_prices()?;
        let steps = match step {
            None => Steps::of(&prices),
            Some(step) if step <= 0 || UNIT % step != 0 => {
                let what = "the step of prices is not one unit of the currency divided by a whole number".into();
                return Err(TapeError::Engine(what));
            }
            Some(step) => {
                let common = prices.iter().fold(UNIT, |common, &price| gcd(common, price));
                Steps { step, usual: if common % step == 0 { (common / step) as u32 } else { 1 } }
            }
        };
        let mut dbn = Dbn {
            names: names(&records.metadata),
            records,
            actions: [0; ACTIONS.len()],
            flags: [0; FLAGS.len()],
            kinds: [0; 256],
            numbers: HashMap::new(),
            at_hand: vec![None; AT_HAND].into(),
            symbols: Vec::new(),
            chosen,
            steps,
            fills: HashMap::new(),
            filled_at: 0,
            now: 0,
            to_ns,
            marks: None,
        };
        dbn.list_named();
        Ok(dbn)
    }

    /// From now on says what a reference needs to know.
    pub(super) fn marks(&mut self) -> Marks {
        self.marks.get_or_insert_default().clone()
    }

    /// Billionths.
    pub(super) fn step(&self) -> i64 {
        self.steps.step
    }

    /// Numbers the instruments that the metadata name, as far as they are looked at; too many are left to their records.
    fn list_named(&mut self) {
        let is_chosen = |name: &String| self.chosen.as_ref().is_none_or(|chosen| chosen.contains(name));
        let mut named: Vec<(u32, String)> = self.names.iter().map(|(id, name)| (*id, name.clone())).collect();
        named.retain(|(_, name)| is_chosen(name));
        named.sort_unstable();
        if named.len() <= INSTRUMENTS {
            for (number, (id, name)) in (0..=u16::MAX).zip(named) {
                self.numbers.insert((id, ANY_PUBLISHER), Some(number));
                self.symbols.push(name);
            }
        }
    }

    #[inline]
    fn number(&mut self, id: u32, publisher: u16, offset: u64) -> Result<Option<u16>, TapeError> {
        let key = (id, publisher);
        let place = id as usize % AT_HAND;
        if let Some((known, number)) = self.at_hand[place]
            && known == key
        {
            return Ok(number);
        }
        let number = match self.numbers.get(&key) {
            Some(&number) => number,
            None => self.list(id, publisher, offset)?,
        };
        self.at_hand[place] = Some((key, number));
        Ok(number)
    }

    /// Numbers an instrument. A second publisher of it has another book, and another name.
    #[cold]
    fn list(&mut self, id: u32, publisher: u16, offset: u64) -> Result<Option<u16>, TapeError> {
        let name = self.names.get(&id).cloned().unwrap_or_else(|| id.to_string());
        let number = if let Some(number) = self.numbers.remove(&(id, ANY_PUBLISHER)) {
            number
        } else if self.chosen.as_ref().is_some_and(|chosen| !chosen.contains(&name)) {
            None
        } else {
            let Ok(number) = u16::try_from(self.symbols.len()) else {
                return Err(TapeError::At { offset, what: format!("more than {INSTRUMENTS} instruments") });
            };
            let is_second = self.symbols.contains(&name);
            self.symbols.push(if is_second { format!("{name}@{publisher}") } else { name });
            Some(number)
        };
        self.numbers.insert((id, publisher), number);
        Ok(number)
    }

    fn mark(&mut self, mark: Mark) {
        if let Some(marks) = &self.marks {
            marks.lock().expect("nobody fails with it").push_back(mark);
        }
    }

    #[inline]
    fn decode(&mut self, record: &MboMsg, instrument: u16, offset: u64) -> Result<Message, TapeError> {
        let side = match record.side as u8 {
            b'B' => Some(Side::Buy),
            b'A' => Some(Side::Sell),
            _ => None,
        };
        let head = Message {
            time_ns: self.now,
            order: record.order_id,
            quantity: u64::from(record.size),
            instrument,
            side: side.unwrap_or(Side::Buy),
            ..Message::NOTHING
        };
        Ok(match record.action as u8 {
            b'A' | b'M' => {
                let Some(side) = side else {
                    let side = (record.side as u8).escape_ascii();
                    let what = format!("an order of side {side}, which is neither A nor B");
                    return Err(TapeError::At { offset, what });
                };
                if record.flags.is_tob() {
                    return self.top(record, head, offset);
                }
                let action = if record.action as u8 == b'A' { Action::Add } else { Action::Modify };
                Message { action, side, price: self.price(record.price, offset)?, ..head }
            }
            b'C' => self.take_off(record, head),
            b'R' => Message { action: Action::ClearBook, order: 0, ..head },
            b'T' => Message { action: Action::Trade, price: self.traded_at(record.price), ..head },
            b'F' => {
                self.fill(record);
                head
            }
            _ => head,
        })
    }

    /// The only order of its side, of a publisher that tells the best price only.
    #[cold]
    fn top(&mut self, record: &MboMsg, head: Message, offset: u64) -> Result<Message, TapeError> {
        let is_none = record.price == UNDEF_PRICE;
        Ok(Message {
            action: Action::Top,
            order: TOPS[usize::from(head.side == Side::Sell)],
            quantity: if is_none { 0 } else { head.quantity },
            price: if is_none { 0 } else { self.price(record.price, offset)? },
            ..head
        })
    }

    /// A price in steps; 0 if it is none that an order can have.
    #[inline]
    fn price(&self, price: i64, offset: u64) -> Result<u32, TapeError> {
        let steps = price / self.steps.step;
        if steps * self.steps.step == price || price == UNDEF_PRICE {
            return Ok(u32::try_from(steps).unwrap_or(0));
        }
        let (price, step) = (shown(price), shown(self.steps.step));
        Err(TapeError::At {
            offset,
            what: format!("a price of {price} is not a multiple of {step}: give a smaller step"),
        })
    }

    /// A price that no order needs to have.
    fn traded_at(&self, price: i64) -> u32 {
        if price % self.steps.step == 0 { u32::try_from(price / self.steps.step).unwrap_or(0) } else { 0 }
    }

    /// Keeps in mind that an order was filled: what is taken off it at the same moment is that.
    #[cold]
    fn fill(&mut self, record: &MboMsg) {
        if self.filled_at != record.hd.ts_event {
            self.fills.clear();
            self.filled_at = record.hd.ts_event;
        }
        let fill = self.fills.entry((record.hd.instrument_id, record.order_id)).or_insert(Fill { left: 0, price: 0 });
        *fill = Fill { left: fill.left.saturating_add(record.size), price: record.price };
    }

    #[inline]
    fn take_off(&mut self, record: &MboMsg, head: Message) -> Message {
        if self.fills.is_empty() || self.filled_at != record.hd.ts_event {
            return Message { action: Action::Reduce, ..head };
        }
        self.take_filled_off(record, head)
    }

    #[cold]
    fn take_filled_off(&mut self, record: &MboMsg, head: Message) -> Message {
        let key = (record.hd.instrument_id, record.order_id);
        match self.fills.get_mut(&key) {
            Some(fill) if fill.left >= record.size => {
                fill.left -= record.size;
                let at = fill.price;
                if fill.left == 0 {
                    self.fills.remove(&key);
                }
                let action = if at == record.price { Action::Execute } else { Action::ExecuteAnywhere };
                Message { action, price: self.traded_at(at), ..head }
            }
            _ => Message { action: Action::Reduce, ..head },
        }
    }
}

impl Format for Dbn {
    fn next(&mut self) -> Result<Option<Message>, TapeError> {
        let Some((offset, record)) = self.records.next()? else { return Ok(None) };
        let kind = record.header().rtype;
        if kind != rtype::MBO {
            let named = (kind == rtype::SYMBOL_MAPPING).then(|| mapped(&record)).flatten();
            self.kinds[usize::from(kind)] += 1;
            if let Some((id, name)) = named {
                self.names.entry(id).or_insert(name);
            }
            self.mark(Mark::default());
            return Ok(Some(Message { time_ns: self.now, ..Message::NOTHING }));
        }
        let Ok(record) = record.try_get::<MboMsg>() else {
            let what = format!("an MBO record of {} bytes", record.header().record_size());
            return Err(TapeError::At { offset, what });
        };
        let record = record.clone();
        if record.ts_recv != ::dbn::UNDEF_TIMESTAMP {
            self.now = self.now.max(record.ts_recv);
        }
        if self.now > self.to_ns {
            return Ok(None);
        }
        let Some(action) = ACTIONS.iter().position(|(action, _)| *action == record.action as u8) else {
            let what = format!("a record of action {}, which there is none of", (record.action as u8).escape_ascii());
            return Err(TapeError::At { offset, what });
        };
        self.actions[action] += 1;
        if record.flags.raw() & !(::dbn::flags::LAST | ::dbn::flags::PUBLISHER_SPECIFIC) != 0 {
            for (count, (flag, _)) in self.flags.iter_mut().zip(FLAGS) {
                *count += u64::from(record.flags.raw() & flag != 0);
            }
        }
        let number = self.number(record.hd.instrument_id, record.hd.publisher_id, offset)?;
        if self.marks.is_some() {
            self.mark(Mark {
                publisher: record.hd.publisher_id,
                id: record.hd.instrument_id,
                ts_event: record.hd.ts_event,
                sequence: record.sequence,
                price: record.price,
                size: record.size,
                action: record.action as u8,
                side: record.side as u8,
                flags: record.flags.raw(),
                is_ours: number.is_some(),
            });
        }
        match number {
            Some(instrument) => self.decode(&record, instrument, offset).map(Some),
            None => Ok(Some(Message { time_ns: self.now, ..Message::NOTHING })),
        }
    }

    fn symbols(&self) -> &[String] {
        &self.symbols
    }

    fn price_scale(&self) -> u32 {
        (UNIT / self.steps.step) as u32
    }

    fn usual_step(&self) -> u32 {
        self.steps.usual
    }

    fn tells(&self) -> Tells {
        Tells { executions_twice: true, ..Tells::default() }
    }

    fn numbering(&self) -> Numbering {
        Numbering::OfInstrument
    }

    fn types(&self) -> Vec<(&'static str, u64)> {
        let actions = ACTIONS.iter().zip(self.actions).map(|((_, name), count)| (*name, count));
        let others = OTHERS.iter().map(|(kind, name)| (*name, self.kinds[usize::from(*kind)]));
        let flags = FLAGS.iter().zip(self.flags).map(|((_, name), count)| (*name, count));
        actions.chain(others).chain(flags).filter(|(_, count)| *count > 0).collect()
    }

    fn unknown(&self) -> u64 {
        let known = OTHERS.iter().map(|(kind, _)| self.kinds[usize::from(*kind)]);
        self.kinds.iter().sum::<u64>() - known.sum::<u64>()
    }

    fn progress(&self) -> (u64, u64) {
        self.records.progress()
    }
}

/// What the metadata call instruments: of several names, the first.
fn names(metadata: &Metadata) -> HashMap<u32, String> {
    let mut names = HashMap::new();
    for mapping in &metadata.mappings {
        for interval in &mapping.intervals {
            if let Ok(id) = interval.symbol.parse() {
                names.entry(id).or_insert_with(|| mapping.raw_symbol.clone());
            } else if let Ok(id) = mapping.raw_symbol.parse() {
                names.entry(id).or_insert_with(|| interval.symbol.clone());
            }
        }
    }
    names
}

/// Which instrument a record names, and how.
fn mapped(record: &RecordRef<'_>) -> Option<(u32, String)> {
    let name = match (record.try_get::<SymbolMappingMsg>(), record.try_get::<::dbn::v1::SymbolMappingMsg>()) {
        (Ok(mapping), _) => mapping.stype_out_symbol().ok()?,
        (_, Ok(mapping)) => mapping.stype_out_symbol().ok()?,
        _ => return None,
    };
    (!name.is_empty()).then(|| (record.header().instrument_id, name.to_owned()))
}

/// Billionths as people write them.
pub(super) fn shown(price: i64) -> String {
    let (sign, price) = (if price < 0 { "-" } else { "" }, price.unsigned_abs());
    let text = format!("{sign}{}.{:09}", price / UNIT as u64, price % UNIT as u64);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
