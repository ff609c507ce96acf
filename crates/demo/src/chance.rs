//! Chance that falls the same way for the same seed, on every machine.

/// A seeded source of chance.
pub(crate) struct Chance(fastrand::Rng);

impl Chance {
    /// The source of `seed`.
    pub(crate) fn new(seed: u64) -> Self {
        Self(fastrand::Rng::with_seed(seed))
    }

    /// A source of its own for the `index`th thing of a kind, so that adding one does not change the others.
    pub(crate) fn of(seed: u64, kind: u64, index: usize) -> Self {
        let index = u64::try_from(index).unwrap_or(u64::MAX);
        Self::new(seed ^ kind.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ index.wrapping_mul(0xD1B5_4A32_D192_ED03))
    }

    /// A number from 0 up to but not including `end`; 0 when there is none.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        // Drawn as 64 bits, so that machines with a smaller word agree.
        let end = u64::try_from(end).unwrap_or(u64::MAX);
        if end == 0 { 0 } else { usize::try_from(self.0.u64(..end)).unwrap_or(0) }
    }

    /// A number from `first` to `last`, both included.
    pub(crate) fn between(&mut self, first: u32, last: u32) -> u32 {
        self.0.u32(first.min(last)..=last.max(first))
    }

    /// True in `percent` cases of a hundred.
    pub(crate) fn percent(&mut self, percent: u32) -> bool {
        self.between(1, 100) <= percent
    }

    /// One of `items`, each as likely.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }

    /// One of `items`, each as likely as its weight says.
    pub(crate) fn pick_weighted<'a, T>(
        &mut self,
        items: &'a [T],
        weight: impl Fn(&T) -> u32,
    ) -> Option<&'a T> {
        let total: u32 = items.iter().map(&weight).sum();
        let mut left = self.between(1, total.max(1));
        items.iter().find(|item| {
            let weight = weight(item);
            let is_chosen = left <= weight;
            left = left.saturating_sub(weight);
            is_chosen
        })
    }

    /// One of `items`, the first ones more often: the way names are spread among people.
    pub(crate) fn pick_early<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let index = self.below(items.len()).min(self.below(items.len()));
        items.get(index)
    }
}
