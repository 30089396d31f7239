//! LOBSTER: the messages of one stock that its book shows within some levels, and the book after each of them; two files of
//! numbers in text. The format is described in the read-me of its sample files.
//!
//! A message is: time in seconds after midnight, type, order id, size, price in ten-thousandths of a dollar, direction of the
//! *resting* order (1 buy, -1 sell). A row of the order book file is, for each level, ask price, ask size, bid price, bid size;
//! 9999999999 and -9999999999 with size 0 stand for a level that does not exist.
//!
//! What such files do not tell is left to [`super::window`].

use super::{Action, Format, LOBSTER, Message, RECOGNISED_BY, Recognised, Source, TapeError, Tells, recognise};
use crate::book::LevelView;
use crate::engine::is_better;
use crate::types::{PriceTicks, QuantityLots, Side};

/// Ten-thousandths of a dollar.
const PRICE_SCALE: u32 = 10_000;
/// The highest price an order can have on Nasdaq, 199,999.99 dollars: the stub quotes of market makers sit there.
const MAX_PRICE: i64 = 1_999_999_900;
const NO_ASK: i64 = 9_999_999_999;
const NO_BID: i64 = -9_999_999_999;
const DAY_NS: u64 = 86_400 * SECOND_NS;
const SECOND_NS: u64 = 1_000_000_000;
/// Of a number: what is longer is none that can be right.
const MAX_DIGITS: usize = 18;
/// More than any row is long that has as many levels as are sold.
const MAX_ROW: usize = 64 << 10;

const COLUMNS: [&str; 6] = ["time", "type", "order id", "size", "price", "direction"];
const BOOK_COLUMNS: [&str; 4] = ["ask price", "ask size", "bid price", "bid size"];
const TYPES: [&str; 7] = [
    "submission",
    "partial cancellation",
    "deletion",
    "visible execution",
    "hidden execution",
    "cross",
    "trading halt",
];

/// Set in the number of an anonymous order: no order id is that large.
const ANONYMOUS: u64 = 1 << 63;

/// The number of the anonymous order of a level.
pub(super) fn anonymous(side: Side, price: u32) -> u64 {
    ANONYMOUS | (side as u64) << 32 | u64::from(price)
}

/// Rows of numbers in text.
struct Rows {
    source: Source,
    /// Rows read.
    read: u64,
}

impl Rows {
    fn new(mut source: Source) -> Result<Rows, TapeError> {
        let start = source.peek(RECOGNISED_BY)?;
        match recognise(start) {
            _ if start.is_empty() => Err(TapeError::At { offset: 0, what: "the file is empty".into() }),
            Some(Recognised { name, is }) if name != LOBSTER => Err(TapeError::OtherFormat { is, use_instead: name }),
            _ => Ok(Rows { source, read: 0 }),
        }
    }

    /// What is wrong with the row that was read last.
    #[cold]
    fn wrong(&self, start: u64, what: impl std::fmt::Display) -> TapeError {
        TapeError::At { offset: start, what: format!("row {}{what}", self.read) }
    }

    /// The next row, as it is parsed from its fields; `None` at the end.
    #[inline]
    fn next<T>(
        &mut self,
        parse: impl FnOnce(&mut Fields<'_>) -> Result<T, Box<Problem>>,
    ) -> Result<Option<T>, TapeError> {
        let start = self.source.offset();
        let bytes = self.source.peek(MAX_ROW)?;
        if bytes.is_empty() {
            return Ok(None);
        }
        let mut fields = Fields { bytes, at: 0, column: 0 };
        let parsed = parse(&mut fields);
        let (length, column, is_last) = (fields.at, fields.column, bytes.len() < MAX_ROW);
        self.read += 1;
        let problem = match parsed {
            Ok(parsed) => {
                self.source.skip(length);
                return Ok(Some(parsed));
            }
            Err(problem) => *problem,
        };
        match problem {
            Problem::Truncated if is_last => {
                Err(self.wrong(start, ": no newline at the end of the file: it is truncated"))
            }
            Problem::Truncated => Err(self.wrong(start, format_args!(": longer than {MAX_ROW} bytes"))),
            Problem::Row(what) => Err(self.wrong(start, format_args!(": {what}"))),
            Problem::Field(title, what) => Err(self.wrong(start, format_args!(", column {column} ({title}): {what}"))),
        }
    }
}

enum Problem {
    /// The bytes end before the row does.
    Truncated,
    Row(String),
    /// Of the column read last, whose title this is.
    Field(String, String),
}

/// The fields of a row, one after the other.
struct Fields<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Columns read.
    column: usize,
}

/// What ends a field.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ends {
    Comma,
    Row,
}

impl Fields<'_> {
    /// An integer, and what it ends with.
    #[inline]
    fn integer(&mut self, title: impl FnOnce() -> String) -> Result<(i64, Ends), Box<Problem>> {
        self.column += 1;
        if let Some((value, digits, next)) = self.bytes[self.at..].first_chunk().and_then(short_number)
            && matches!(next, b',' | b'\n')
        {
            self.at += digits + 1;
            return Ok((value, if next == b',' { Ends::Comma } else { Ends::Row }));
        }
        self.long_integer(title)
    }

    #[inline(never)]
    fn long_integer(&mut self, title: impl FnOnce() -> String) -> Result<(i64, Ends), Box<Problem>> {
        let start = self.at;
        let is_negative = self.bytes.get(start) == Some(&b'-');
        self.at += usize::from(is_negative);
        let (value, digits) = self.digits(MAX_DIGITS);
        let value = if is_negative { -(value as i64) } else { value as i64 };
        match self.end() {
            Ok(ends) if (1..=MAX_DIGITS).contains(&digits) => Ok((value, ends)),
            Err(problem) if matches!(*problem, Problem::Truncated) => Err(problem),
            _ => Err(self.not_a(start, title(), "an integer")),
        }
    }

    /// Seconds with up to 15 decimals, in nanoseconds.
    #[inline]
    fn seconds(&mut self) -> Result<u64, Box<Problem>> {
        self.column += 1;
        let start = self.at;
        let (seconds, whole_digits) = self.digits(9);
        let (mut fraction, mut digits) = (0, 0);
        let has_fraction = self.bytes.get(self.at) == Some(&b'.');
        if has_fraction {
            self.at += 1;
            (fraction, digits) = self.digits(15);
        }
        let is_number = (1..=9).contains(&whole_digits) && (!has_fraction || (1..=15).contains(&digits));
        match self.end() {
            Ok(Ends::Comma) if is_number => {}
            Ok(Ends::Row) if is_number => return Err(self.columns(COLUMNS.len())),
            Err(problem) if matches!(*problem, Problem::Truncated) => return Err(problem),
            _ => return Err(self.not_a(start, COLUMNS[0].into(), "a decimal number")),
        }
        let fraction = if digits <= 9 {
            fraction * 10u64.pow(9 - digits as u32)
        } else {
            let unit = 10u64.pow(digits as u32 - 9);
            (fraction + unit / 2) / unit
        };
        Ok(seconds * SECOND_NS + fraction)
    }

    /// The number of the digits here, and how many they are; no more than one too many is read.
    #[inline]
    fn digits(&mut self, most: usize) -> (u64, usize) {
        let (start, mut value) = (self.at, 0);
        while let Some(digit) = self.bytes.get(self.at).map(|byte| byte.wrapping_sub(b'0')).filter(|digit| *digit < 10)
        {
            if self.at - start > most {
                break;
            }
            value = value * 10 + u64::from(digit);
            self.at += 1;
        }
        (value, self.at - start)
    }

    /// Passes over what ends a field.
    #[inline]
    fn end(&mut self) -> Result<Ends, Box<Problem>> {
        match self.bytes[self.at..] {
            [b',', ..] => {
                self.at += 1;
                Ok(Ends::Comma)
            }
            [b'\n', ..] => {
                self.at += 1;
                Ok(Ends::Row)
            }
            [b'\r', b'\n', ..] => {
                self.at += 2;
                Ok(Ends::Row)
            }
            [] | [b'\r'] => Err(Box::new(Problem::Truncated)),
            _ => Err(Box::new(Problem::Row(String::new()))),
        }
    }

    /// The row has not as many columns as are expected.
    #[cold]
    fn columns(&self, expected: usize) -> Box<Problem> {
        Box::new(Problem::Row(format!("{} columns, expected {expected}", columns(self.bytes))))
    }

    #[cold]
    fn not_a(&self, start: usize, title: String, kind: &str) -> Box<Problem> {
        let field = self.bytes[start..].split(|byte| matches!(byte, b',' | b'\r' | b'\n')).next().unwrap_or_default();
        let shown = field[..field.len().min(40)].escape_ascii();
        Box::new(Problem::Field(title, format!("'{shown}' is not {kind}")))
    }
}

/// The number that up to seven digits are with which the text begins, how many they are, and what comes behind them; `None` if
/// there is none, or more of them. All digits at once, as no branch foresees how many there are.
#[inline]
fn short_number(text: &[u8; 8]) -> Option<(i64, usize, u8)> {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let digits = u64::from_le_bytes(*text) ^ (EACH * 0x30);
    // The highest bit of each byte that is no digit.
    let others = (((digits & (EACH * 0x7f)) + EACH * (0x80 - 10)) | digits) & (EACH * 0x80);
    let count = others.trailing_zeros() / 8;
    if count == 0 || count == 8 {
        return None;
    }
    let ones = digits << (64 - 8 * count);
    let tens = ((ones & (EACH * 0x0f)).wrapping_mul((10 << 8) + 1) >> 8) & 0x00ff_00ff_00ff_00ff;
    let hundreds = (tens.wrapping_mul((100 << 16) + 1) >> 16) & 0x0000_ffff_0000_ffff;
    let all = hundreds.wrapping_mul((10_000 << 32) + 1) >> 32;
    let next = u64::from_le_bytes(*text) >> (8 * count);
    Some((all as i64, count as usize, next as u8))
}

/// How many columns the row has that begins here.
fn columns(bytes: &[u8]) -> usize {
    let row = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    row.iter().filter(|byte| **byte == b',').count() + 1
}

/// The message file.
pub struct Lobster {
    rows: Rows,
    symbols: [String; 1],
    /// By type, from 1.
    types: [u64; TYPES.len()],
    last_ns: u64,
    to_ns: u64,
}

impl Lobster {
    /// Begins the messages of a stock; they end before the first one that is later than `to_ns`.
    pub fn new(source: Source, symbol: String, to_ns: u64) -> Result<Lobster, TapeError> {
        let rows = Rows::new(source)?;
        Ok(Lobster { rows, symbols: [symbol], types: [0; TYPES.len()], last_ns: 0, to_ns })
    }
}

/// A row of the message file: its type, and what it says.
#[inline]
fn message(fields: &mut Fields<'_>, last_ns: u64) -> Result<(usize, Message), Box<Problem>> {
    let time_ns = fields.seconds()?;
    let mut numbers = [0; COLUMNS.len() - 1];
    let last = numbers.len() - 1;
    for (at, number) in numbers.iter_mut().enumerate() {
        let (value, ends) = fields.integer(|| COLUMNS[at + 1].into())?;
        *number = value;
        if (ends == Ends::Row) != (at == last) {
            return Err(fields.columns(COLUMNS.len()));
        }
    }
    let [kind, order, size, price, direction] = numbers;
    let mut require = |holds: bool, column: usize, rule: &dyn Fn() -> String| {
        if holds {
            return Ok(());
        }
        fields.column = column + 1;
        Err(Box::new(Problem::Field(COLUMNS[column].into(), rule())))
    };
    require(time_ns <= DAY_NS, 0, &|| "not a time of day in seconds".into())?;
    require(time_ns >= last_ns, 0, &|| "earlier than the row before".into())?;
    require((1..=TYPES.len() as i64).contains(&kind), 1, &|| format!("{kind}: unknown type"))?;
    let is_visible = kind <= 4;
    require(!is_visible || order >= 0, 2, &|| format!("{order}: negative"))?;
    require(!is_visible || size >= 1, 3, &|| format!("{size}: a message of this type has a size of at least 1"))?;
    require(!is_visible || is_price(price), 4, &|| format!("{price}: not a price up to 199,999.99"))?;
    require(direction.abs() == 1, 5, &|| format!("{direction}: neither 1 nor -1"))?;
    let side = if direction == 1 { Side::Buy } else { Side::Sell };
    let shown = u32::try_from(price).unwrap_or(0);
    let message = Message {
        time_ns,
        order: if is_visible { order as u64 } else { 0 },
        other_order: if is_visible && kind > 1 { anonymous(side, shown) } else { 0 },
        quantity: size.max(0) as u64,
        price: shown,
        instrument: 0,
        side,
        action: match kind {
            1 => Action::Add,
            // A deletion has the size that is gone, which of an anonymous order is not all.
            2 | 3 => Action::Reduce,
            4 => Action::Execute,
            5 | 6 => Action::Trade,
            _ => Action::Nothing,
        },
    };
    Ok((kind as usize, message))
}

fn is_price(price: i64) -> bool {
    (1..=MAX_PRICE).contains(&price)
}

impl Format for Lobster {
    fn next(&mut self) -> Result<Option<Message>, TapeError> {
        let last_ns = self.last_ns;
        let Some((kind, message)) = self.rows.next(|fields| message(fields, last_ns))? else { return Ok(None) };
        self.last_ns = message.time_ns;
        if message.time_ns > self.to_ns {
            return Ok(None);
        }
        self.types[kind - 1] += 1;
        Ok(Some(message))
    }

    fn symbols(&self) -> &[String] {
        &self.symbols
    }

    fn price_scale(&self) -> u32 {
        PRICE_SCALE
    }

    /// Stocks above a dollar are quoted in cents.
    fn usual_step(&self) -> u32 {
        PRICE_SCALE / 100
    }

    fn tells(&self) -> Tells {
        Tells { trade_sides: true, ..Tells::default() }
    }

    fn types(&self) -> Vec<(&'static str, u64)> {
        TYPES.into_iter().zip(self.types).filter(|(_, count)| *count > 0).collect()
    }

    fn unknown(&self) -> u64 {
        0
    }

    fn progress(&self) -> (u64, u64) {
        self.rows.source.progress()
    }
}

/// The order book file, a row at a time.
pub struct BookRows {
    rows: Rows,
    levels: usize,
    /// Of the row read last, best first, bids and asks.
    sides: [Vec<LevelView>; 2],
    /// What the file is called, in what is said of it.
    name: String,
}

impl BookRows {
    pub fn new(source: Source, name: String) -> Result<BookRows, TapeError> {
        let within = |error| TapeError::In { file: name.clone(), error: Box::new(error) };
        let mut rows = Rows::new(source).map_err(within)?;
        let columns = columns(rows.source.peek(MAX_ROW).map_err(within)?);
        if !columns.is_multiple_of(BOOK_COLUMNS.len()) {
            let what = format!("row 1: {columns} columns: not a multiple of 4, so not an order book file");
            return Err(within(TapeError::At { offset: 0, what }));
        }
        Ok(BookRows { rows, levels: columns / BOOK_COLUMNS.len(), sides: [Vec::new(), Vec::new()], name })
    }

    pub(super) fn levels(&self) -> usize {
        self.levels
    }

    /// Reads the next row; whether there was one.
    pub(super) fn next(&mut self) -> Result<bool, TapeError> {
        let BookRows { rows, levels, sides, name } = self;
        let read = rows.next(|fields| book(fields, *levels, sides));
        let read = read.map_err(|error| TapeError::In { file: name.clone(), error: Box::new(error) })?;
        Ok(read.is_some())
    }

    /// What the row read last has on a side, best first.
    pub(super) fn side(&self, side: Side) -> &[LevelView] {
        &self.sides[side as usize]
    }

    /// The file has not as many rows as there are messages.
    #[cold]
    pub(super) fn no_pair(&self, messages: &str) -> TapeError {
        let what = format!("{} rows, but {messages} messages: one is truncated, or they are no pair", self.rows.read);
        let error = Box::new(TapeError::At { offset: self.rows.source.offset(), what });
        TapeError::In { file: self.name.clone(), error }
    }
}

/// A row of the order book file.
#[inline]
fn book(fields: &mut Fields<'_>, levels: usize, sides: &mut [Vec<LevelView>; 2]) -> Result<(), Box<Problem>> {
    let all = levels * BOOK_COLUMNS.len();
    let title = |part: usize, level: usize| format!("{} {}", BOOK_COLUMNS[part], level + 1);
    for side in sides.iter_mut() {
        side.clear();
    }
    for level in 0..levels {
        for side in [Side::Sell, Side::Buy] {
            let part = if side == Side::Sell { 0 } else { 2 };
            let (price, ends) = fields.integer(|| title(part, level))?;
            if ends == Ends::Row {
                return Err(fields.columns(all));
            }
            let price_column = fields.column;
            let (size, ends) = fields.integer(|| title(part + 1, level))?;
            if (ends == Ends::Row) != (fields.column == all) {
                return Err(fields.columns(all));
            }
            let entered = &mut sides[side as usize];
            if !enter(entered, side, level, price, size) {
                let (is_price, what) = refusal(entered, side, level, price, size);
                fields.column = if is_price { price_column } else { fields.column };
                return Err(Box::new(Problem::Field(title(part + usize::from(!is_price), level), what)));
            }
        }
    }
    let [bids, asks] = &*sides;
    if let (Some(bid), Some(ask)) = (bids.first(), asks.first())
        && bid.price >= ask.price
    {
        fields.column = 3;
        let what = "the best bid is not below the best ask".into();
        return Err(Box::new(Problem::Field(title(2, 0), what)));
    }
    Ok(())
}

/// Enters a level behind those before it; whether it can stand there.
#[inline]
fn enter(levels: &mut Vec<LevelView>, side: Side, at: usize, price: i64, size: i64) -> bool {
    if is_price(price) && size >= 1 && levels.len() == at {
        let price = PriceTicks(price);
        let is_next = levels.last().is_none_or(|last| is_better(side, last.price, price));
        if is_next {
            levels.push(LevelView { price, quantity: QuantityLots(size), orders: 0 });
        }
        return is_next;
    }
    price == no_level(side) && size == 0
}

/// What stands for a level that does not exist.
fn no_level(side: Side) -> i64 {
    if side == Side::Buy { NO_BID } else { NO_ASK }
}

/// Why a level can not stand behind those before it, and whether because of its price, not its size.
#[cold]
fn refusal(levels: &[LevelView], side: Side, at: usize, price: i64, size: i64) -> (bool, String) {
    let none = no_level(side);
    if price == none {
        (false, format!("{size}: a level that does not exist has a size of 0"))
    } else if !is_price(price) {
        (true, format!("{price}: neither a price up to 199,999.99 nor {none}"))
    } else if size < 1 {
        (false, format!("{size}: a level has a size of at least 1"))
    } else if levels.len() < at {
        (true, format!("{price}: a level behind one that does not exist"))
    } else {
        (true, format!("{price}: not further from the market than the level before"))
    }
}
