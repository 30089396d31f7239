//! Memory that follows use: vectors that grow without moving, and hints for speed alone. Never frees an element, and knows
//! nothing of what it holds.

use std::ops::{Deref, DerefMut};
use std::ptr::NonNull;
use zerocopy::FromZeros;

/// What a huge page spans, and so what an arena of huge pages begins at a multiple of.
const HUGE_PAGE: usize = 2 << 20;
/// An arena is made usable in doubling steps between these: a step is a system call, not memory.
const FIRST_STEP: usize = 64 << 10;
const LARGEST_STEP: usize = 64 << 20;
/// Where address space is short an arena asks for half as much, and half again, down to this.
const SMALLEST_RESERVATION: usize = 64 << 20;

/// Which pages hold an arena.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pages {
    /// Huge from the start, which spare large random accesses a page walk each: 2 MB as soon as there is one element.
    Huge,
    /// Small ones for the first 2 MB, for what is mostly small and always warm.
    SmallFirst,
}

/// A vector that never moves. It reserves the addresses of all it may ever hold, which is not memory; pages become memory
/// when they are first written. So growth copies nothing and stalls for no longer than the kernel needs to clear a page,
/// and an element is one addition away from a base that never changes. An empty arena has reserved nothing yet.
pub struct Arena<T: Copy> {
    base: NonNull<T>,
    len: usize,
    /// Elements whose pages may be touched.
    usable: usize,
    limit: usize,
    pages: Pages,
    mapping: Mapping,
}

// SAFETY: an arena owns its elements as a vector does.
unsafe impl<T: Copy + Send> Send for Arena<T> {}
// SAFETY: as above; shared access only reads.
unsafe impl<T: Copy + Sync> Sync for Arena<T> {}

impl<T: Copy> Arena<T> {
    /// An empty arena for at most `limit` elements.
    pub const fn new(limit: usize, pages: Pages) -> Arena<T> {
        assert!(size_of::<T>() > 0 && align_of::<T>() <= 4_096);
        Arena { base: NonNull::dangling(), len: 0, usable: 0, limit, pages, mapping: Mapping::NONE }
    }

    #[inline]
    pub fn push(&mut self, item: T) {
        if self.len == self.usable {
            self.grow();
        }
        // SAFETY: `len < usable`, so the place is inside the part of the mapping that may be written.
        unsafe { self.base.add(self.len).write(item) };
        self.len += 1;
    }

    /// Makes it at least `len` long by elements that are all zeros, without touching them: memory that was never used is zeros. Not
    /// for an arena that has ever been shorter than it was.
    pub fn extend_zeroed(&mut self, len: usize)
    where
        T: FromZeros,
    {
        while self.usable < len {
            self.grow();
        }
        self.len = self.len.max(len);
    }

    #[inline]
    pub fn pop(&mut self) -> Option<T> {
        let last = *self.last()?;
        self.len -= 1;
        Some(last)
    }

    pub fn clear(&mut self) {
        self.len = 0;
    }

    /// Makes more elements usable, at least one.
    #[cold]
    #[inline(never)]
    fn grow(&mut self) {
        assert!(self.usable < self.limit, "an arena of at most {} elements is full", self.limit);
        if self.usable == 0 {
            self.reserve();
        }
        let used = self.usable * size_of::<T>();
        let first = if self.pages == Pages::Huge { HUGE_PAGE } else { FIRST_STEP };
        let wanted = used + used.clamp(first, LARGEST_STEP).max(size_of::<T>());
        let bytes = wanted.next_multiple_of(FIRST_STEP).min(self.mapping.usable_bytes());
        self.mapping.make_usable(bytes);
        let usable = (bytes / size_of::<T>()).min(self.limit);
        assert!(usable > self.usable, "an arena has no addresses left for element {}", self.usable);
        self.usable = usable;
    }

    fn reserve(&mut self) {
        let huge_from = if self.pages == Pages::Huge { 0 } else { HUGE_PAGE };
        self.mapping = Mapping::reserve(self.limit.saturating_mul(size_of::<T>()), huge_from);
        self.base = self.mapping.base.cast();
    }
}

impl<T: Copy> Arena<T> {
    /// Asks the processor for the cache line where an element begins. Any number will do, without a branch: what is not there
    /// is no matter, and which is there is often not to be foreseen.
    #[inline(always)]
    pub fn prefetch(&self, at: usize) {
        prefetch_address(self.base.as_ptr().wrapping_add(at.min(self.len)));
    }
}

impl<T: Copy> Deref for Arena<T> {
    type Target = [T];
    #[inline(always)]
    fn deref(&self) -> &[T] {
        // SAFETY: the first `len` elements have been written, and nothing else writes them while `self` is shared.
        unsafe { std::slice::from_raw_parts(self.base.as_ptr(), self.len) }
    }
}

impl<T: Copy> DerefMut for Arena<T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut [T] {
        // SAFETY: as above, and `self` is borrowed uniquely.
        unsafe { std::slice::from_raw_parts_mut(self.base.as_ptr(), self.len) }
    }
}

/// Addresses without memory: all of them reserved, a growing part usable. The base is a multiple of [`HUGE_PAGE`].
struct Mapping {
    base: NonNull<u8>,
    start: *mut libc::c_void,
    bytes: usize,
}

impl Mapping {
    const NONE: Mapping = Mapping { base: NonNull::dangling(), start: std::ptr::null_mut(), bytes: 0 };

    fn reserve(wanted: usize, huge_from: usize) -> Mapping {
        let mut bytes = wanted.saturating_add(2 * HUGE_PAGE) / HUGE_PAGE * HUGE_PAGE;
        let flags = libc::MAP_PRIVATE | libc::MAP_ANON | libc::MAP_NORESERVE;
        loop {
            // SAFETY: a new anonymous mapping, at an address of the kernel's choice, without access: nothing is touched.
            let start = unsafe { libc::mmap(std::ptr::null_mut(), bytes, libc::PROT_NONE, flags, -1, 0) };
            if start != libc::MAP_FAILED {
                let base = (start as usize).next_multiple_of(HUGE_PAGE) as *mut u8;
                let mapping = Mapping { base: NonNull::new(base).expect("no mapping is at 0"), start, bytes };
                mapping.advise_huge(huge_from);
                return mapping;
            }
            assert!(bytes > SMALLEST_RESERVATION, "no address space: {}", std::io::Error::last_os_error());
            bytes = bytes / 2 / HUGE_PAGE * HUGE_PAGE;
        }
    }

    fn usable_bytes(&self) -> usize {
        self.start as usize + self.bytes - self.base.as_ptr() as usize
    }

    /// Asks for huge pages behind the first `from` bytes. Refusal is no matter.
    fn advise_huge(&self, from: usize) {
        #[cfg(target_os = "linux")]
        // SAFETY: a part of the mapping; the advice does not change its content.
        unsafe {
            libc::madvise(self.base.as_ptr().add(from).cast(), self.usable_bytes() - from, libc::MADV_HUGEPAGE);
        }
        #[cfg(not(target_os = "linux"))]
        let _ = from;
    }

    /// Lets the first `bytes` be read and written.
    fn make_usable(&self, bytes: usize) {
        // SAFETY: a part of the mapping, which belongs to this arena alone.
        let status = unsafe { libc::mprotect(self.base.as_ptr().cast(), bytes, libc::PROT_READ | libc::PROT_WRITE) };
        assert!(status == 0, "no memory for {bytes} bytes: {}", std::io::Error::last_os_error());
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        if self.bytes != 0 {
            // SAFETY: the mapping as it was made; its arena, which alone points into it, is being dropped.
            unsafe { libc::munmap(self.start, self.bytes) };
        }
    }
}

/// Asks the processor for a cache line, where it has such a hint.
#[inline(always)]
fn prefetch_address<T>(address: *const T) {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: a prefetch has no architectural effect, whatever the address.
    unsafe {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        _mm_prefetch::<_MM_HINT_T0>(address.cast());
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = address;
}

/// Two words that are stored as one, where the processor can.
#[cfg(target_arch = "x86_64")]
pub type Pair = std::arch::x86_64::__m128i;
#[cfg(not(target_arch = "x86_64"))]
pub type Pair = [u64; 2];

/// For what is soon copied: a copy loads pairs, and a load of two words that were stored one by one waits until both, and all that
/// was stored before them, have left the processor's store buffer.
#[inline(always)]
pub fn pair([low, high]: [u64; 2]) -> Pair {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: every x86-64 processor has SSE2.
    return unsafe { std::arch::x86_64::_mm_set_epi64x(high as i64, low as i64) };
    #[cfg(not(target_arch = "x86_64"))]
    return [low, high];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_moves_nothing_and_loses_nothing() {
        for pages in [Pages::Huge, Pages::SmallFirst] {
            let mut arena = Arena::new(1 << 40, pages);
            arena.push([0u64; 3]);
            let first = arena.as_ptr();
            (1..1_000_000u64).for_each(|number| arena.push([number; 3]));
            assert_eq!(arena.as_ptr(), first);
            assert!(arena.iter().enumerate().all(|(at, item)| *item == [at as u64; 3]));
            assert_eq!((arena.pop(), arena.len()), (Some([999_999; 3]), 999_999));
            arena.clear();
            assert_eq!((arena.pop(), arena.first()), (None, None));
        }
    }

    #[test]
    fn an_empty_arena_reserves_nothing_and_is_an_empty_slice() {
        let arena = Arena::<u64>::new(usize::MAX, Pages::Huge);
        assert_eq!((arena.mapping.bytes, arena.len(), arena.iter().next()), (0, 0, None));
    }

    #[test]
    fn more_addresses_than_there_are_become_fewer() {
        let mut arena = Arena::new(1 << 50, Pages::SmallFirst);
        arena.push(7u64);
        assert!(arena.mapping.bytes < 8 << 50);
        assert_eq!(arena[..], [7]);
    }

    #[test]
    #[should_panic(expected = "at most 3 elements is full")]
    fn the_limit_is_exact() {
        let mut arena = Arena::new(3, Pages::SmallFirst);
        (0..4u8).for_each(|number| arena.push(number));
    }
}
