//! LOBSTER's two files, damaged at random.

use super::{Random, Sides, damage, sides, source};
use engine_core::engine::Engine;
use engine_core::tape::lobster::{BookRows, Lobster};
use engine_core::tape::{Books, Compared, Counts, Depth, Format, Market, Replay, TapeError, Window};
use engine_core::types::Side;
use engine_core::venue::Venue;
use std::fmt::Write;

const BOOK: &str = "the book";

/// Messages about few orders at few prices, and books that are possible but not theirs: most rows differ.
fn tape(random: &mut Random, rows: usize) -> (Vec<u8>, Vec<u8>) {
    let (mut messages, mut book, mut time) = (String::new(), String::new(), 0);
    let levels = 1 + random.below(3);
    let end = ["\n", "\r\n"][random.below(2)];
    for _ in 0..rows {
        time += random.below(3);
        let kind = random.pick(&[1, 1, 1, 2, 3, 3, 4, 4, 5, 6, 7]);
        let (order, size, price) = (random.below(6), 1 + random.below(5), 100 * (1 + random.below(9)));
        let direction = random.pick(&[1, -1]);
        write!(messages, "{time}.5,{kind},{order},{size},{price},{direction}{end}").expect("memory takes all");
        let bids = random.below(levels + 1);
        let asks = random.below(levels + 1);
        let mut row = Vec::new();
        for level in 0..levels {
            let side =
                |count, price: usize, none| if level < count { (price.to_string(), 1 + level) } else { (none, 0) };
            let (ask, ask_size) = side(asks, 600 + 100 * level, "9999999999".to_owned());
            let (bid, bid_size) = side(bids, 500 - 100 * level, "-9999999999".to_owned());
            row.extend([ask, ask_size.to_string(), bid, bid_size.to_string()]);
        }
        write!(book, "{}{end}", row.join(",")).expect("memory takes all");
    }
    (messages.into_bytes(), book.into_bytes())
}

struct Led {
    sides: Sides,
    counts: Counts,
    compared: Compared,
    /// Of the messages that were advanced by one at a time; all of them otherwise.
    messages: u64,
    error: Option<TapeError>,
}

/// What a replay leads to within so many messages, `step` at once.
fn replayed(messages: &[u8], book: &[u8], most: usize, step: u64, limit: u64, is_market: bool) -> Led {
    let start = || -> Result<Replay, TapeError> {
        let format = Lobster::new(source(messages, most), "A".into(), u64::MAX)?;
        let book = BookRows::new(source(book, most), BOOK.into())?;
        let window = Window::new(Some(book), true);
        let depth: Box<dyn Depth + Send + Sync> = if is_market {
            let venue = Venue::in_memory(Engine::default());
            Box::new(Market::open(venue, format.price_scale())?)
        } else {
            Box::new(Books::new(format.usual_step()))
        };
        Ok(Replay::new(Box::new(format), depth, Some(Box::new(window)), 0))
    };
    let mut replay = match start() {
        Ok(replay) => replay,
        Err(error) => {
            let (counts, compared) = (Counts::default(), Compared::default());
            return Led { sides: Vec::new(), counts, compared, messages: 0, error: Some(error) };
        }
    };
    let (mut advanced, mut error) = (0, None);
    while advanced < limit {
        match replay.advance(step.min(limit - advanced)) {
            Ok(true) => advanced += step.min(limit - advanced),
            Ok(false) => break,
            Err(told) => {
                error = Some(told);
                break;
            }
        }
    }
    let compared = replay.compared().expect("a tape with a book").clone();
    let sides = sides(replay.depth(), &[0]);
    Led { sides, counts: *replay.depth().counts(), compared, messages: advanced, error }
}

/// The row that begins at the offset of an error, of which file, and what is said.
fn place<'a>(error: &TapeError, messages: &'a [u8], book: &'a [u8]) -> (&'a [u8], u64, String) {
    match error {
        TapeError::In { file, error } => {
            assert_eq!(file, BOOK);
            let (_, offset, what) = place(error, book, book);
            (book, offset, what)
        }
        TapeError::At { offset, what } => (messages, *offset, what.clone()),
        TapeError::OtherFormat { .. } => (messages, 0, String::new()),
        error => panic!("a damaged tape led to {error:?}"),
    }
}

#[test]
fn damaged_files_are_replayed_up_to_the_row_that_is_damaged() {
    const CASES: usize = 60_000;
    let mut random = Random(6);
    let (mut failed, mut in_book, mut differed) = (0, 0, 0);
    for case in 0..CASES {
        let rows = 1 + random.below(14);
        let (mut messages, mut book) = tape(&mut random, rows);
        match random.below(3) {
            0 => damage(&mut messages, &mut random),
            1 => damage(&mut book, &mut random),
            _ => {}
        }
        let most = if case % 4 == 0 { 1 + random.below(90) } else { usize::MAX };
        let is_market = case % 512 == 0;
        let led = replayed(&messages, &book, most, 1, u64::MAX, is_market);
        differed += usize::from(led.compared.first_difference.is_some());
        if let Some(error) = &led.error {
            failed += 1;
            in_book += usize::from(matches!(error, TapeError::In { .. }));
            let (file, offset, what) = place(error, &messages, &book);
            assert!(offset as usize <= file.len(), "case {case}: {error}");
            if let Some(row) = what.strip_prefix("row ") {
                let row: usize =
                    row[..row.find([':', ',']).expect("something is said of it")].parse().expect("a number");
                let newlines = file[..offset as usize].iter().filter(|byte| **byte == b'\n').count();
                assert_eq!(row, newlines + 1, "case {case}: {error}");
            }
        }
        let again = replayed(&messages, &book, usize::MAX, u64::MAX, led.messages, is_market);
        if led.messages > 0 && case % 2 == 0 {
            assert!(again.error.is_none(), "case {case}: {:?}", again.error);
            assert_eq!(again.sides, led.sides, "case {case}");
            assert_eq!((again.counts, again.compared), (led.counts, led.compared), "case {case}");
        }
    }
    assert!((CASES / 4..CASES * 3 / 4).contains(&failed), "{failed} of {CASES}: the cases no longer say much");
    assert!((failed / 4..failed).contains(&in_book), "{in_book} of {failed}: the cases no longer say much");
    assert!(differed > CASES / 4, "{differed}: the cases no longer say much");
}

/// After every row the book is the file's: what differs is entered anew.
#[test]
fn the_book_is_the_file_s_after_every_row() {
    let mut random = Random(7);
    for case in 0..2_000 {
        let (messages, book) = tape(&mut random, 1 + case % 20);
        let rows = book.split(|byte| *byte == b'\n').filter(|row| !row.is_empty());
        for (row, text) in rows.enumerate() {
            let led = replayed(&messages, &book, usize::MAX, u64::MAX, row as u64 + 1, case % 100 == 99);
            assert!(led.error.is_none(), "case {case}: {:?}", led.error);
            let numbers: Vec<i64> =
                String::from_utf8_lossy(text).trim().split(',').map(|field| field.parse().expect("a number")).collect();
            for (instrument, side, levels) in led.sides {
                let from = if side == Side::Buy { 2 } else { 0 };
                let file = numbers.chunks(4).map(|level| (level[from], level[from + 1])).filter(|level| level.1 > 0);
                let found: Vec<(i64, i64)> = levels.iter().map(|level| (level.0, level.1)).collect();
                assert_eq!(found, file.collect::<Vec<_>>(), "case {case}, row {}, {side:?} of {instrument}", row + 1);
            }
            assert_eq!(led.compared.sides_checked, 2 * row as u64, "case {case}");
        }
    }
}
