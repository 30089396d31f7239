//! Hints about memory, for speed alone: what the processor should fetch ahead, what the kernel should back with huge pages.

/// Asks the processor for the cache line where `item` begins, where it has such a hint.
#[inline(always)]
pub fn prefetch<T>(item: &T) {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: a prefetch has no architectural effect, and the address is of a live object.
    unsafe {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(item).cast());
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = item;
}

/// A vector whose capacity is reserved at once, as address space: it never moves, and costs memory only where it is used.
pub fn reserved<T>(capacity: usize) -> Vec<T> {
    let mut vector = Vec::with_capacity(capacity);
    advise_huge(vector.spare_capacity_mut());
    vector
}

/// Asks for huge pages, which spare large random accesses a page walk each. Refusal is no matter.
pub fn advise_huge<T>(region: &mut [T]) {
    #[cfg(target_os = "linux")]
    {
        const PAGE: usize = 4_096;
        let start = (region.as_ptr() as usize).next_multiple_of(PAGE);
        let end = (region.as_ptr() as usize + size_of_val(region)) / PAGE * PAGE;
        if start < end {
            // SAFETY: the whole pages of a region that is ours; the advice does not change their content.
            unsafe { libc::madvise(start as *mut libc::c_void, end - start, libc::MADV_HUGEPAGE) };
        }
    }
    #[cfg(not(target_os = "linux"))]
    let _ = region;
}
