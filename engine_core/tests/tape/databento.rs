//! Tapes of Databento's that are cut, damaged and joined at random, plain and packed.

use super::*;
use engine_core::tape::dbn::{Dbn, UNIT};
use engine_core::tape::{Mbp10, Numbering};
use std::path::Path;

/// A tenth of a unit.
const STEP: i64 = UNIT / 10;
const RTYPE_MBO: u8 = 0xa0;

fn metadata(version: u8, schema: u16) -> Vec<u8> {
    let symbol = if version == 1 { 22 } else { 71 };
    let text = |value: &str, length: usize| {
        let mut bytes = value.as_bytes().to_vec();
        bytes.resize(length, 0);
        bytes
    };
    let mut body = text("XNAS.ITCH", 16);
    body.extend(schema.to_le_bytes());
    body.extend([0; 24]);
    body.extend(vec![0; if version == 1 { 8 } else { 0 }]);
    body.extend([1, 0, 0]);
    match version {
        1 => body.extend([0; 47]),
        _ => body.extend([&71_u16.to_le_bytes()[..], &[0; 53]].concat()),
    }
    body.extend([0; 4]);
    body.extend([&1_u32.to_le_bytes()[..], &text("AAPL", symbol), &[0; 8]].concat());
    body.extend([&1_u32.to_le_bytes()[..], &text("AAPL", symbol), &1_u32.to_le_bytes()].concat());
    body.extend([20_200_101_u32, 20_300_101].iter().flat_map(|date| date.to_le_bytes()));
    body.extend(text("1", symbol));
    if version == 3 {
        body.resize(body.len().next_multiple_of(8), 0);
    }
    [&[b'D', b'B', b'N', version][..], &(body.len() as u32).to_le_bytes(), &body].concat()
}

/// A record of few orders, prices and instruments.
fn push_record(tape: &mut Vec<u8>, random: &mut Random, at: u64) {
    if random.below(16) == 0 {
        let words = 4 + 2 * random.below(10);
        let start = tape.len();
        tape.extend([words as u8, random.pick(&[0x0a, 0x12, 0x16, 0x17, 0x99])]);
        tape.resize(start + 4 * words, 0);
        return;
    }
    tape.extend([14, RTYPE_MBO, 2, 0]);
    tape.extend((1 + random.below(2) as u32).to_le_bytes());
    tape.extend((at / 3).to_le_bytes());
    tape.extend((random.below(8) as u64).to_le_bytes());
    let price = random.below(7) as i64 * STEP;
    tape.extend(if random.below(40) == 0 { i64::MAX } else { price }.to_le_bytes());
    tape.extend((random.below(6) as u32).to_le_bytes());
    tape.extend([random.pick(&[0, 128, 128, 130, 192, 168]), 0]);
    tape.extend([random.pick(b"AAAAACCMMFFTRN"), random.pick(b"AB")]);
    tape.extend(at.to_le_bytes());
    tape.extend([0; 8]);
}

fn dbn_tape(random: &mut Random, most: usize) -> Vec<u8> {
    let mut tape = metadata(1 + random.below(3) as u8, random.pick(&[0, 0, 0, u16::MAX]));
    for at in 0..=random.below(most) as u64 {
        push_record(&mut tape, random, at);
    }
    tape
}

fn decoded_dbn(source: Source, batch: usize, step: Option<i64>) -> (Vec<Message>, Option<TapeError>) {
    decoded_by(Dbn::new(source, None, step, u64::MAX), batch)
}

#[test]
fn damaged_tapes_of_databento_are_replayed_up_to_the_damage_and_no_further() {
    const CASES: usize = 60_000;
    let mut random = Random(11);
    let (mut failed, mut behind_metadata) = (0, 0);
    for case in 0..CASES {
        let mut bytes = dbn_tape(&mut random, 12);
        let records_at = 8 + u32::from_le_bytes(*bytes[4..].first_chunk().expect("a prelude")) as usize;
        if random.below(4) == 0 {
            damage(&mut bytes, &mut random);
        } else {
            let mut records = bytes.split_off(records_at);
            damage(&mut records, &mut random);
            bytes.append(&mut records);
        }
        let most = if case % 4 == 0 { 1 + random.below(90) } else { usize::MAX };
        let _ = decoded_dbn(source(&bytes, most), 7, None);
        let (messages, error) = decoded_dbn(source(&bytes, most), 1 + random.below(300), Some(STEP));
        let Some(error) = error else { continue };
        failed += 1;
        let offset = place(&error) as usize;
        assert!(offset <= bytes.len(), "case {case}: {error}: of {} bytes", bytes.len());
        let says_where = error.to_string().contains(&format!("byte {offset}"));
        assert_eq!(says_where, !matches!(error, TapeError::OtherFormat { .. }), "{error}");
        if messages.is_empty() {
            continue;
        }
        behind_metadata += 1;
        let before = &bytes[..offset];
        let (again, none) = decoded_dbn(source(before, 1 + random.below(40)), 1 + random.below(5), Some(STEP));
        assert!(none.is_none(), "case {case}: before {error}: {none:?}");
        assert!(again == messages, "case {case}: {error}: {} and not {}", messages.len(), again.len());
    }
    assert!((CASES / 3..CASES).contains(&failed), "{failed} of {CASES}: the cases no longer say much");
    assert!(behind_metadata > CASES / 5, "{behind_metadata} of {CASES}: the cases no longer say much");
}

#[test]
fn tapes_of_databento_packed_by_zstd_that_are_damaged_end_like_plain_ones() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("tape.dbn.zst");
    let mut random = Random(12);
    let mut replayed_some = 0;
    for case in 0..2_000 {
        let plain = dbn_tape(&mut random, if case % 16 == 0 { 20_000 } else { 60 });
        let mut packed = zstd::bulk::compress(&plain, random.below(3) as i32).expect("memory takes all");
        std::fs::write(&path, &packed).expect("a file");
        let whole = decoded_dbn(Source::open(&path, || Ok(())).expect("it is there"), 9, Some(STEP));
        assert_eq!(whole.0, decoded_dbn(source(&plain, usize::MAX), 100, Some(STEP)).0);
        let is_cut = case % 2 == 0;
        if is_cut {
            packed.truncate(4 + random.below(packed.len() - 4));
        } else {
            damage(&mut packed, &mut random);
        }
        std::fs::write(&path, &packed).expect("a file");
        let (messages, error) = decoded_dbn(Source::open(&path, || Ok(())).expect("it is there"), 256, Some(STEP));
        if is_cut {
            let error = error.expect("nobody missed the end");
            let offset = place(&error) as usize;
            assert!(matches!(error, TapeError::Packed { .. }), "case {case}: {error:?}");
            assert!(offset <= plain.len(), "case {case}: {error}: of {} bytes", plain.len());
            if !messages.is_empty() {
                let (again, _) = decoded_dbn(source(&plain[..offset], usize::MAX), 7, Some(STEP));
                assert!(again == messages, "case {case}: {error}: {} and not {}", messages.len(), again.len());
                replayed_some += 1;
            }
        }
    }
    assert!(replayed_some > 30, "{replayed_some}: the cases no longer say much");
}

/// Whatever comes, books and market go on, and the market adds up.
#[test]
fn whatever_a_tape_of_databento_says_is_replayed() {
    let mut random = Random(13);
    for _ in 0..300 {
        let bytes = dbn_tape(&mut random, 200);
        let mut market = market().numbered(Numbering::OfInstrument);
        let mut books = Books::new(1).numbered(Numbering::OfInstrument);
        for message in decoded_dbn(source(&bytes, usize::MAX), 64, Some(STEP)).0 {
            market.apply(&[message], &[]).expect("a venue can do what a tape says");
            books.apply(&[message], &[]).expect("there is room");
        }
        assert!(market.is_conserved());
        assert_eq!((market.settled().refused, market.first_refusal()), (0, None));
    }
}

fn mbp10(path: &Path, tape: &[u8]) -> Result<(), TapeError> {
    let mut tape = Dbn::new(source(tape, usize::MAX), None, Some(STEP), u64::MAX)?;
    let books = Mbp10::new(path.to_path_buf(), || Ok(()), &mut tape, u64::MAX)?;
    let mut replay = Replay::new(Box::new(tape), Box::new(Books::new(1)), Some(Box::new(books)), 0);
    while replay.advance(50)? {}
    Ok(())
}

#[test]
fn damaged_books_beside_a_tape_are_an_error_that_names_them() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("books.dbn");
    let mut random = Random(14);
    let mut failed = 0;
    for _ in 0..4_000 {
        let mut bytes = metadata(1 + random.below(3) as u8, 2);
        for at in 0..3_u64 {
            let start = bytes.len();
            bytes.extend([92, 10, 2, 0, 1, 0, 0, 0]);
            bytes.extend((at / 3).to_le_bytes());
            bytes.resize(start + 368, 0);
        }
        damage(&mut bytes, &mut random);
        std::fs::write(&path, &bytes).expect("a file");
        if let Err(error) = mbp10(&path, &dbn_tape(&mut random, 12)) {
            failed += 1;
            assert!(matches!(error, TapeError::In { .. }), "{error:?}");
            assert!(error.to_string().starts_with(&format!("{}: ", path.display())), "{error}");
        }
    }
    assert!(failed > 1_000, "{failed}: the cases no longer say much");
}

#[test]
fn more_instruments_than_there_are_numbers_are_an_error() {
    let mut bytes = metadata(3, 0);
    for id in 0..=65_536_u32 {
        bytes.extend([14, RTYPE_MBO, 2, 0]);
        bytes.extend(id.to_le_bytes());
        bytes.resize(bytes.len() + 24, 0);
        bytes.extend([1, 0, 0, 0, 0, 0, b'N', b'N']);
        bytes.resize(bytes.len() + 16, 0);
    }
    let (messages, error) = decoded_dbn(source(&bytes, usize::MAX), 256, None);
    assert_eq!(messages.len(), 65_536);
    let says = error.expect("there is one too many").to_string();
    assert_eq!(says, format!("byte {}: more than 65536 instruments", bytes.len() - 56));
}
