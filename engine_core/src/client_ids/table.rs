//! A hash table from digests to what their ids name, in segments of buckets. A bucket is a cache line of eight cells, which are
//! compared all at once: what an id costs is one line and no branch that depends on how ids scatter.
//!
//! A cell is a tag of the digest and a reference. One that has no room in its own bucket is in the next one that had room, and
//! every bucket that it passed is full: a search ends at the first one that is not.
//!
//! A segment grows when it is fuller than ever, alone and in place, so that no order waits for a rehash of all. All segments have
//! their first bucket beside each other, then all their second one, and so on: they grow at about the same time, so what
//! they take is one piece without holes, on huge pages (a page walk costs as much as the line that it is for).

use super::digest::Digest;
use crate::memory::{Arena, Pages};
use zerocopy::FromZeros;

/// What a digest is found by: the segment in its highest bits, the tag in its lowest, which are never 0.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Key(u64);

impl Key {
    /// No digest's.
    pub const NONE: Key = Key(0);

    #[inline(always)]
    pub fn of(digest: &Digest) -> Key {
        Key(digest.high | 1)
    }

    #[inline(always)]
    fn tag(self) -> u32 {
        self.0 as u32
    }

    #[inline(always)]
    fn segment(self) -> usize {
        (self.0 >> (64 - SEGMENT_BITS)) as usize
    }
}

/// What a cell names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Reference {
    /// The slot of an open order.
    Open(u32),
    /// The place of a finished one.
    Finished(u32),
}

const FINISHED: u32 = 1 << 31;

impl Reference {
    #[inline(always)]
    fn bits(self) -> u32 {
        match self {
            Reference::Open(slot) => slot,
            Reference::Finished(at) => at | FINISHED,
        }
    }

    #[inline(always)]
    fn from_bits(bits: u32) -> Reference {
        if bits & FINISHED != 0 { Reference::Finished(bits & !FINISHED) } else { Reference::Open(bits) }
    }
}

const CELLS: usize = 8;
const SEGMENT_BITS: u32 = 12;
const SEGMENTS: usize = 1 << SEGMENT_BITS;
/// Of a segment when it gets its first cell: altogether a huge page.
const FIRST_BUCKETS: u32 = 8;
/// Up to so many buckets a segment doubles, then it grows by a quarter.
const DOUBLED_BUCKETS: u32 = 32;
/// For as many ids as there can be, open and finished.
const MAX_BUCKETS: usize = 1 << 28;

/// Tags are never 0: a cell whose tag is 0 is empty.
#[derive(Clone, Copy, FromZeros)]
#[repr(C, align(64))]
struct Bucket {
    tags: [u32; CELLS],
    references: [u32; CELLS],
}

const _: () = assert!(size_of::<Bucket>() == 64);

impl Bucket {
    const EMPTY: Bucket = Bucket { tags: [0; CELLS], references: [0; CELLS] };

    /// A bit for each cell of a tag.
    #[inline(always)]
    fn tagged(&self, tag: u32) -> u32 {
        equal(&self.tags, tag)
    }

    #[inline(always)]
    fn is_full(&self) -> bool {
        self.tagged(0) == 0
    }

    /// Adds a cell where one is empty.
    #[inline(always)]
    fn add(&mut self, tag: u32, bits: u32) {
        let cell = self.tagged(0).trailing_zeros() as usize % CELLS;
        (self.tags[cell], self.references[cell]) = (tag, bits);
    }
}

/// A bit for each value that is `wanted`, without a branch.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn equal(values: &[u32; CELLS], wanted: u32) -> u32 {
    use std::arch::x86_64::*;
    let [first, second]: [__m128i; 2] = zerocopy::transmute!(*values);
    // SAFETY: every x86-64 processor has SSE2.
    unsafe {
        let wanted = _mm_set1_epi32(wanted as i32);
        let halves = _mm_packs_epi32(_mm_cmpeq_epi32(first, wanted), _mm_cmpeq_epi32(second, wanted));
        _mm_movemask_epi8(_mm_packs_epi16(halves, _mm_setzero_si128())) as u32
    }
}

#[cfg(not(target_arch = "x86_64"))]
#[inline(always)]
fn equal(values: &[u32; CELLS], wanted: u32) -> u32 {
    values.iter().enumerate().fold(0, |bits, (at, value)| bits | u32::from(*value == wanted) << at)
}

pub(super) struct Table {
    segments: Box<[Segment]>,
    buckets: Arena<Bucket>,
    /// What a segment that grows puts anew.
    cells: Vec<(u32, u32)>,
}

#[derive(Clone, Copy, Default)]
struct Segment {
    buckets: u32,
    /// Cells that are not empty.
    used: u32,
}

/// A segment and the number of a bucket in it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Place {
    segment: usize,
    bucket: u32,
}

impl Place {
    #[inline(always)]
    fn index(self) -> usize {
        (self.bucket as usize) << SEGMENT_BITS | self.segment
    }
}

impl Default for Table {
    fn default() -> Table {
        Table {
            segments: vec![Segment::default(); SEGMENTS].into_boxed_slice(),
            buckets: Arena::new(MAX_BUCKETS, Pages::Huge),
            cells: Vec::new(),
        }
    }
}

impl Table {
    /// The reference with a digest's key that `is_it`.
    #[inline]
    pub fn find(&self, key: Key, is_it: impl Fn(Reference) -> bool) -> Option<Reference> {
        let mut at = self.home(key)?;
        loop {
            let bucket = &self.buckets[at.index()];
            let mut candidates = bucket.tagged(key.tag());
            while candidates != 0 {
                let reference = Reference::from_bits(bucket.references[candidates.trailing_zeros() as usize % CELLS]);
                if is_it(reference) {
                    return Some(reference);
                }
                candidates &= candidates - 1;
            }
            if !bucket.is_full() {
                return None;
            }
            at = self.next(at);
        }
    }

    #[inline]
    pub fn insert(&mut self, key: Key, reference: Reference) {
        let segment = &mut self.segments[key.segment()];
        segment.used += 1;
        if segment.used * 4 > segment.buckets * CELLS as u32 * 3 {
            self.grow(key.segment());
        }
        self.put(key.segment(), key.tag(), reference.bits());
    }

    /// Changes what a cell names, in place.
    #[inline]
    pub fn replace(&mut self, key: Key, from: Reference, to: Reference) {
        let (at, cell) = self.position(key, from);
        self.buckets[at.index()].references[cell] = to.bits();
    }

    #[inline]
    pub fn remove(&mut self, key: Key, reference: Reference) {
        let (at, cell) = self.position(key, reference);
        let bucket = &mut self.buckets[at.index()];
        let was_full = bucket.is_full();
        bucket.tags[cell] = 0;
        self.segments[at.segment].used -= 1;
        if was_full {
            self.close_gap(at);
        }
    }

    /// Asks for the bucket where a key is looked for.
    #[inline]
    pub fn prefetch(&self, key: Key) {
        if let Some(home) = self.home(key) {
            self.buckets.prefetch(home.index());
        }
    }

    /// The bucket where the search for a key begins.
    #[inline(always)]
    fn home(&self, key: Key) -> Option<Place> {
        let segment = key.segment();
        (self.segments[segment].buckets > 0).then(|| self.home_of(segment, key.tag()))
    }

    /// The same in a segment that has buckets.
    #[inline(always)]
    fn home_of(&self, segment: usize, tag: u32) -> Place {
        let bucket = (u64::from(tag) * u64::from(self.segments[segment].buckets)) >> u32::BITS;
        Place { segment, bucket: bucket as u32 }
    }

    #[inline(always)]
    fn next(&self, Place { segment, bucket }: Place) -> Place {
        let next = bucket + 1;
        Place { segment, bucket: if next == self.segments[segment].buckets { 0 } else { next } }
    }

    /// How many steps `to` is behind `from`.
    fn steps(&self, from: Place, to: Place) -> u32 {
        if to.bucket >= from.bucket {
            to.bucket - from.bucket
        } else {
            to.bucket + self.segments[from.segment].buckets - from.bucket
        }
    }

    /// Puts a cell where it belongs, or behind. There is room.
    #[inline]
    fn put(&mut self, segment: usize, tag: u32, bits: u32) {
        let mut at = self.home_of(segment, tag);
        while self.buckets[at.index()].is_full() {
            at = self.next(at);
        }
        self.buckets[at.index()].add(tag, bits);
    }

    /// Where a cell is, which is there: its bucket, and its place in that.
    #[inline]
    fn position(&self, key: Key, reference: Reference) -> (Place, usize) {
        let mut at = self.home_of(key.segment(), key.tag());
        loop {
            let bucket = &self.buckets[at.index()];
            let found = bucket.tagged(key.tag()) & equal(&bucket.references, reference.bits());
            if found != 0 {
                return (at, found.trailing_zeros() as usize % CELLS);
            }
            assert!(bucket.is_full(), "a client order id is lost");
            at = self.next(at);
        }
    }

    #[cold]
    fn grow(&mut self, segment: usize) {
        let len = self.segments[segment].buckets;
        let grown = if len < DOUBLED_BUCKETS { (2 * len).max(FIRST_BUCKETS) } else { len + len / 4 };
        for bucket in 0..len {
            let bucket = std::mem::replace(&mut self.buckets[Place { segment, bucket }.index()], Bucket::EMPTY);
            let cells = bucket.tags.into_iter().zip(bucket.references);
            self.cells.extend(cells.filter(|(tag, _)| *tag != 0));
        }
        self.segments[segment].buckets = grown;
        self.buckets.extend_zeroed(grown as usize * SEGMENTS);
        while let Some((tag, bits)) = self.cells.pop() {
            self.put(segment, tag, bits);
        }
    }

    /// A bucket that was full has room for one cell: one that passed it comes back, and leaves a gap itself.
    #[inline(never)]
    fn close_gap(&mut self, mut gap: Place) {
        let mut at = gap;
        loop {
            at = self.next(at);
            let bucket = self.buckets[at.index()];
            let passed = |&cell: &usize| {
                let tag = bucket.tags[cell];
                tag != 0 && self.steps(self.home_of(at.segment, tag), at) >= self.steps(gap, at)
            };
            if let Some(cell) = (0..CELLS).find(passed) {
                self.buckets[gap.index()].add(bucket.tags[cell], bucket.references[cell]);
                self.buckets[at.index()].tags[cell] = 0;
                gap = at;
            }
            if !bucket.is_full() {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    fn key(number: u64) -> Key {
        // Few segments and few homes, so that buckets overflow; the last home is a segment's last bucket, so that they wrap.
        Key((number % 2) << 63 | (number % 3 * 0x7fff_ffff) & !0xff | number << 1 | 1)
    }

    proptest! {
        #[test]
        fn a_table_agrees_with_a_map(steps in prop::collection::vec((0..3u8, 0..100u64), 1..900)) {
            let (mut table, mut map) = (Table::default(), HashMap::new());
            for (step, number) in steps {
                let reference = Reference::Open(number as u32);
                match (step, map.contains_key(&number)) {
                    (0, false) => {
                        table.insert(key(number), reference);
                        map.insert(number, reference);
                    }
                    (1, true) => {
                        table.remove(key(number), map.remove(&number).unwrap());
                    }
                    (2, true) => {
                        let next = match map[&number] {
                            Reference::Open(at) => Reference::Finished(at),
                            Reference::Finished(at) => Reference::Open(at),
                        };
                        table.replace(key(number), map[&number], next);
                        map.insert(number, next);
                    }
                    _ => {}
                }
                for number in 0..100 {
                    let is_it = |reference| matches!(reference, Reference::Open(at) | Reference::Finished(at) if u64::from(at) == number);
                    let found = table.find(key(number), is_it).map(Reference::bits);
                    prop_assert_eq!(found, map.get(&number).map(|reference| reference.bits()));
                }
            }
        }
    }
}
