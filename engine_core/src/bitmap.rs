//! A set of small integers with constant-time "next above" and "next below": a bitmap of bitmaps.
//!
//! Layer 0 has one bit per member; each bit of a higher layer says whether a 64-bit word below it is not zero.
//! A search therefore looks at one word per layer up and one per layer down, however sparse the set is.

/// 64^5 = 2^30 members at most, more than any price ladder has.
const MAX_LAYERS: usize = 5;

pub struct Bitmap {
    words: Vec<u64>,
    /// Where each layer starts in `words`.
    starts: [usize; MAX_LAYERS],
    layers: usize,
}

impl Bitmap {
    /// An empty set over `0..size`.
    pub fn new(size: usize) -> Bitmap {
        let (mut starts, mut layers, mut total, mut width) = ([0; MAX_LAYERS], 0, 0, size);
        loop {
            width = width.div_ceil(64);
            starts[layers] = total;
            total += width;
            layers += 1;
            if width <= 1 {
                break;
            }
        }
        Bitmap { words: vec![0; total], starts, layers }
    }

    #[inline]
    pub fn insert(&mut self, mut index: usize) {
        for layer in 0..self.layers {
            let word = &mut self.words[self.starts[layer] + index / 64];
            let was_empty = *word == 0;
            *word |= 1 << (index % 64);
            if !was_empty {
                return;
            }
            index /= 64;
        }
    }

    #[inline]
    pub fn remove(&mut self, mut index: usize) {
        for layer in 0..self.layers {
            let word = &mut self.words[self.starts[layer] + index / 64];
            *word &= !(1 << (index % 64));
            if *word != 0 {
                return;
            }
            index /= 64;
        }
    }

    /// The smallest member greater than `index`.
    #[inline]
    pub fn next_above(&self, mut index: usize) -> Option<usize> {
        for layer in 0..self.layers {
            let word = self.words[self.starts[layer] + index / 64];
            // Two shifts: one of 64 would be undefined for the last bit.
            let above = word & ((!0 << (index % 64)) << 1);
            if above != 0 {
                let found = (index & !63) + above.trailing_zeros() as usize;
                return Some(self.descend(layer, found, |word| word.trailing_zeros()));
            }
            index /= 64;
        }
        None
    }

    /// The largest member smaller than `index`.
    #[inline]
    pub fn next_below(&self, mut index: usize) -> Option<usize> {
        for layer in 0..self.layers {
            let word = self.words[self.starts[layer] + index / 64];
            let below = word & ((1 << (index % 64)) - 1);
            if below != 0 {
                let found = (index & !63) + 63 - below.leading_zeros() as usize;
                return Some(self.descend(layer, found, |word| 63 - word.leading_zeros()));
            }
            index /= 64;
        }
        None
    }

    #[inline]
    fn descend(&self, layer: usize, mut index: usize, pick: impl Fn(u64) -> u32) -> usize {
        for layer in (0..layer).rev() {
            index = index * 64 + pick(self.words[self.starts[layer] + index]) as usize;
        }
        index
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn agrees_with_a_tree_set(size in prop::sample::select(vec![1usize, 63, 64, 65, 4_096, 4_097, 300_000]), steps in prop::collection::vec((any::<bool>(), any::<u32>()), 1..200)) {
            let (mut bitmap, mut set) = (Bitmap::new(size), BTreeSet::new());
            for (insert, raw) in steps {
                let index = raw as usize % size;
                if insert {
                    bitmap.insert(index);
                    set.insert(index);
                } else {
                    bitmap.remove(index);
                    set.remove(&index);
                }
                for probe in [0, index, size / 2, size - 1] {
                    prop_assert_eq!(bitmap.next_above(probe), set.range(probe + 1..).next().copied());
                    prop_assert_eq!(bitmap.next_below(probe), set.range(..probe).next_back().copied());
                }
            }
        }
    }
}
