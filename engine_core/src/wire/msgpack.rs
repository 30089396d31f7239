//! The part of MessagePack that the protocol uses: maps with string keys, strings, integers, booleans, arrays.
//!
//! Writing is canonical (the shortest form of every value), byte for byte what msgspec writes. Reading takes every form
//! of the types it knows and is total: a truncated or foreign value is `None`, and no length is believed before the
//! bytes are there. Floats, nil, binary, extensions and nesting are not read: no hot message has them.

/// A map key or other literal of at most 31 bytes, with its MessagePack header, made at compile time.
macro_rules! literal {
    ($text:expr) => {{
        const BYTES: [u8; $text.len() + 1] = $crate::wire::msgpack::fixed_str($text);
        &BYTES
    }};
}
pub(crate) use literal;

const FIXED_STR: u8 = 0xa0;
const FIXED_STR_MAX: usize = 31;
const FIXED_MAP: u8 = 0x80;
const FIXED_ARRAY: u8 = 0x90;
/// Most entries of a map or array with a one-byte header.
const FIXED_COUNT_MAX: u32 = 15;

pub const fn fixed_str<const N: usize>(text: &str) -> [u8; N] {
    assert!(text.len() <= FIXED_STR_MAX && text.len() + 1 == N);
    let mut bytes = [FIXED_STR | text.len() as u8; N];
    let mut at = 0;
    while at < text.len() {
        bytes[at + 1] = text.as_bytes()[at];
        at += 1;
    }
    bytes
}

/// Reads values off the front of a message.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    #[inline]
    fn byte(&mut self) -> Option<u8> {
        let (&first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(first)
    }

    #[inline]
    fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(head)
    }

    #[inline]
    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*head)
    }

    /// The number of entries of the map that begins here.
    #[inline]
    pub fn map(&mut self) -> Option<u32> {
        match self.byte()? {
            head @ 0x80..=0x8f => Some(u32::from(head & 0x0f)),
            0xde => self.array().map(|bytes| u32::from(u16::from_be_bytes(bytes))),
            0xdf => self.array().map(u32::from_be_bytes),
            _ => None,
        }
    }

    /// The number of entries of the array that begins here.
    #[inline]
    pub fn list(&mut self) -> Option<u32> {
        match self.byte()? {
            head @ 0x90..=0x9f => Some(u32::from(head & 0x0f)),
            0xdc => self.array().map(|bytes| u32::from(u16::from_be_bytes(bytes))),
            0xdd => self.array().map(u32::from_be_bytes),
            _ => None,
        }
    }

    /// A string's bytes; whether they are UTF-8 is the caller's question.
    #[inline]
    pub fn str(&mut self) -> Option<&'a [u8]> {
        let length = match self.byte()? {
            head @ 0xa0..=0xbf => usize::from(head & 0x1f),
            0xd9 => usize::from(self.byte()?),
            0xda => usize::from(u16::from_be_bytes(self.array()?)),
            0xdb => u32::from_be_bytes(self.array()?) as usize,
            _ => return None,
        };
        self.bytes(length)
    }

    /// An integer of any width and sign.
    #[inline]
    fn integer(&mut self) -> Option<i128> {
        Some(match self.byte()? {
            head @ 0x00..=0x7f => i128::from(head),
            head @ 0xe0..=0xff => i128::from(head as i8),
            0xcc => i128::from(self.byte()?),
            0xcd => i128::from(u16::from_be_bytes(self.array()?)),
            0xce => i128::from(u32::from_be_bytes(self.array()?)),
            0xcf => i128::from(u64::from_be_bytes(self.array()?)),
            0xd0 => i128::from(self.byte()? as i8),
            0xd1 => i128::from(i16::from_be_bytes(self.array()?)),
            0xd2 => i128::from(i32::from_be_bytes(self.array()?)),
            0xd3 => i128::from(i64::from_be_bytes(self.array()?)),
            _ => return None,
        })
    }

    #[inline]
    pub fn u64(&mut self) -> Option<u64> {
        u64::try_from(self.integer()?).ok()
    }

    #[inline]
    pub fn u8(&mut self) -> Option<u8> {
        u8::try_from(self.integer()?).ok()
    }

    #[inline]
    pub fn u32(&mut self) -> Option<u32> {
        u32::try_from(self.integer()?).ok()
    }

    #[inline]
    pub fn i64(&mut self) -> Option<i64> {
        i64::try_from(self.integer()?).ok()
    }
}

/// A list that has been read through and found sound: how many entries, and where they are.
#[derive(Clone, Copy, Debug)]
pub struct List<'a> {
    pub count: usize,
    entries: Reader<'a>,
}

impl<'a> List<'a> {
    pub const EMPTY: List<'static> = List { count: 0, entries: Reader(&[]) };

    /// The list that begins here, of one entry to `most`.
    #[inline]
    pub fn read<T>(
        reader: &mut Reader<'a>,
        most: usize,
        read: impl Fn(&mut Reader<'a>) -> Option<T>,
    ) -> Option<List<'a>> {
        let count = reader.list()? as usize;
        if !(1..=most).contains(&count) {
            return None;
        }
        let entries = *reader;
        (0..count).try_for_each(|_| read(reader).map(drop))?;
        Some(List { count, entries })
    }

    /// Its entries once more, by the function that has read them before.
    #[inline]
    pub fn iter<T>(&self, read: impl Fn(&mut Reader<'a>) -> Option<T>) -> impl Iterator<Item = T> {
        let mut reader = self.entries;
        (0..self.count).map_while(move |_| read(&mut reader))
    }
}

/// Appends values to a buffer.
pub struct Writer<'a>(pub &'a mut Vec<u8>);

impl Writer<'_> {
    #[inline]
    pub fn raw<const N: usize>(&mut self, bytes: &[u8; N]) {
        self.0.extend_from_slice(bytes);
    }

    #[inline]
    fn headed<const N: usize>(&mut self, head: u8, bytes: [u8; N]) {
        self.0.push(head);
        self.0.extend_from_slice(&bytes);
    }

    #[inline]
    pub fn map(&mut self, count: u32) {
        self.collection(count, FIXED_MAP, 0xde);
    }

    #[inline]
    pub fn list(&mut self, count: u32) {
        self.collection(count, FIXED_ARRAY, 0xdc);
    }

    #[inline]
    fn collection(&mut self, count: u32, fixed: u8, wide: u8) {
        match count {
            0..=FIXED_COUNT_MAX => self.0.push(fixed | count as u8),
            0x10..=0xffff => self.headed(wide, (count as u16).to_be_bytes()),
            _ => self.headed(wide + 1, count.to_be_bytes()),
        }
    }

    #[inline]
    pub fn str(&mut self, text: &[u8]) {
        match text.len() {
            length @ 0..=FIXED_STR_MAX => self.0.push(FIXED_STR | length as u8),
            length @ 0x20..=0xff => self.headed(0xd9, [length as u8]),
            length @ 0x100..=0xffff => self.headed(0xda, (length as u16).to_be_bytes()),
            length => self.headed(0xdb, u32::try_from(length).expect("a string of a message").to_be_bytes()),
        }
        self.0.extend_from_slice(text);
    }

    #[inline]
    pub fn u64(&mut self, value: u64) {
        match value {
            0..=0x7f => self.0.push(value as u8),
            0x80..=0xff => self.headed(0xcc, [value as u8]),
            0x100..=0xffff => self.headed(0xcd, (value as u16).to_be_bytes()),
            0x1_0000..=0xffff_ffff => self.headed(0xce, (value as u32).to_be_bytes()),
            _ => self.headed(0xcf, value.to_be_bytes()),
        }
    }

    #[inline]
    pub fn i64(&mut self, value: i64) {
        match value {
            0.. => self.u64(value as u64),
            -0x20..=-1 => self.0.push(value as u8),
            -0x80..=-0x21 => self.headed(0xd0, [value as u8]),
            -0x8000..=-0x81 => self.headed(0xd1, (value as i16).to_be_bytes()),
            -0x8000_0000..=-0x8001 => self.headed(0xd2, (value as i32).to_be_bytes()),
            _ => self.headed(0xd3, value.to_be_bytes()),
        }
    }

    #[inline]
    pub fn bool(&mut self, value: bool) {
        self.0.push(0xc2 | u8::from(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(write: impl FnOnce(&mut Writer)) -> Vec<u8> {
        let mut out = Vec::new();
        write(&mut Writer(&mut out));
        out
    }

    #[test]
    fn integers_take_their_shortest_form() {
        for (value, bytes) in [
            (0, &[0x00][..]),
            (0x7f, &[0x7f]),
            (0x80, &[0xcc, 0x80]),
            (0xff, &[0xcc, 0xff]),
            (0x100, &[0xcd, 1, 0]),
            (0xffff, &[0xcd, 0xff, 0xff]),
            (0x1_0000, &[0xce, 0, 1, 0, 0]),
            (0xffff_ffff, &[0xce, 0xff, 0xff, 0xff, 0xff]),
            (0x1_0000_0000, &[0xcf, 0, 0, 0, 1, 0, 0, 0, 0]),
            (-1, &[0xff]),
            (-0x20, &[0xe0]),
            (-0x21, &[0xd0, 0xdf]),
            (-0x80, &[0xd0, 0x80]),
            (-0x81, &[0xd1, 0xff, 0x7f]),
            (-0x8000, &[0xd1, 0x80, 0]),
            (-0x8001, &[0xd2, 0xff, 0xff, 0x7f, 0xff]),
            (-0x8000_0000, &[0xd2, 0x80, 0, 0, 0]),
            (-0x8000_0001, &[0xd3, 0xff, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff]),
            (i64::MIN, &[0xd3, 0x80, 0, 0, 0, 0, 0, 0, 0]),
        ] {
            assert_eq!(written(|writer| writer.i64(value)), bytes, "{value}");
            assert_eq!(Reader(bytes).i64(), Some(value), "{value}");
        }
        assert_eq!(Reader(&[0xcf, 0x80, 0, 0, 0, 0, 0, 0, 0]).i64(), None, "over i64");
        assert_eq!(Reader(&[0xff]).u64(), None, "negative");
    }

    #[test]
    fn long_forms_of_small_numbers_are_read() {
        for bytes in [&[0xd3, 0, 0, 0, 0, 0, 0, 0, 5][..], &[0xcf, 0, 0, 0, 0, 0, 0, 0, 5], &[0xd0, 5], &[0xcd, 0, 5]] {
            assert_eq!(Reader(bytes).u64(), Some(5));
        }
    }

    #[test]
    fn a_length_is_not_believed_before_its_bytes_are_there() {
        assert_eq!(Reader(&[0xdb, 0xff, 0xff, 0xff, 0xff, b'x']).str(), None);
        assert_eq!(Reader(&[0xa2, b'x']).str(), None);
        assert_eq!(Reader(&[0xdf, 0xff, 0xff, 0xff]).map(), None);
    }

    #[test]
    fn literals_are_what_the_writer_writes() {
        assert_eq!(&literal!("account_seq")[..], written(|writer| writer.str(b"account_seq")));
    }

    proptest! {
        #[test]
        fn any_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..20)) {
            let _ = (Reader(&bytes).map(), Reader(&bytes).str(), Reader(&bytes).u64(), Reader(&bytes).i64());
        }

        #[test]
        fn what_is_written_is_read(number in any::<i64>(), unsigned in any::<u64>(), text in "\\PC{0,300}", count in any::<u32>()) {
            let bytes = written(|writer| {
                writer.map(count);
                writer.i64(number);
                writer.u64(unsigned);
                writer.str(text.as_bytes());
            });
            let mut reader = Reader(&bytes);
            prop_assert_eq!(reader.map(), Some(count));
            prop_assert_eq!(reader.i64(), Some(number));
            prop_assert_eq!(reader.u64(), Some(unsigned));
            prop_assert_eq!(reader.str(), Some(text.as_bytes()));
            prop_assert!(reader.is_empty());
        }
    }
}
