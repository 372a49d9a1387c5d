//! In which order requests are sent, and which of them twice.

/// A request to come, as far as its order goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) run: usize,
    /// Whether the provider waits for the answer.
    pub(super) asks: bool,
}

/// A random order of requests, given by their places in the old one.
///
/// What tells may come late, by any time: also after what is told of another run. What asks comes
/// in its order within its run, and nothing comes before the questions that were before it: the
/// provider could not know it yet.
pub(super) fn shuffle(places: &[Place], random: &mut fastrand::Rng) -> Vec<usize> {
    let runs = places.iter().map(|place| place.run + 1).max().unwrap_or_default();
    // When each question is asked, the last one of each run at the end.
    let mut questions: Vec<Vec<f64>> = vec![Vec::new(); runs];
    for place in places.iter().filter(|place| place.asks) {
        questions[place.run].push(random.f64());
    }
    for questions in &mut questions {
        questions.sort_by(|left, right| right.total_cmp(left));
    }
    let mut latest = vec![0.0; runs];
    let time = |place: &Place| {
        let latest = &mut latest[place.run];
        if place.asks {
            *latest = questions[place.run].pop().unwrap_or_default();
            *latest
        } else {
            *latest + random.f64() * (1.0 - *latest)
        }
    };
    let times: Vec<f64> = places.iter().map(time).collect();
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by(|left, right| times[*left].total_cmp(&times[*right]));
    order
}

/// Which requests are sent twice, and when.
///
/// Of a hundred requests so many as was asked for, in even distances: a share of few requests is
/// no matter of luck.
#[derive(Debug)]
pub(super) struct Duplicates {
    percent: u32,
    credit: u32,
}

impl Duplicates {
    pub(super) fn new(percent: u32, random: &mut fastrand::Rng) -> Self {
        Self { percent, credit: random.u32(0..100) }
    }

    /// Whether the next request is one of them.
    pub(super) fn next(&mut self) -> bool {
        self.credit += self.percent;
        let due = self.credit >= 100;
        if due {
            self.credit -= 100;
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(marks: &str) -> Vec<Place> {
        let run = |(at, mark): (usize, char)| Place { run: at % 2, asks: mark == '?' };
        marks.chars().enumerate().map(run).collect()
    }

    #[test]
    fn a_seed_makes_one_order_of_all() {
        let places = places("??...?..............");
        let order = |seed| shuffle(&places, &mut fastrand::Rng::with_seed(seed));
        assert_eq!(order(7), order(7));
        assert_ne!(order(7), order(8));
        for seed in 0..50 {
            let mut order = order(seed);
            order.sort_unstable();
            assert_eq!(order, (0..places.len()).collect::<Vec<_>>());
        }
    }

    #[test]
    fn nothing_comes_before_the_questions_that_it_follows_from() {
        let places = places("..????....??....");
        let mut early = 0;
        for seed in 0..200 {
            let order = shuffle(&places, &mut fastrand::Rng::with_seed(seed));
            let at = |index: usize| order.iter().position(|found| *found == index).unwrap();
            for (question, _) in places.iter().enumerate().filter(|(_, place)| place.asks) {
                for later in question + 1..places.len() {
                    if places[later].run == places[question].run {
                        assert!(at(question) < at(later), "{seed}: {order:?}");
                    }
                }
            }
            // What tells may come before what was told earlier.
            early += usize::from(at(14) < at(12));
        }
        assert!((50..150).contains(&early), "{early}");
    }

    #[test]
    fn a_share_is_kept_exactly() {
        for (percent, requests, expected) in [(0, 50, 0), (10, 50, 5), (33, 100, 33), (100, 7, 7)] {
            for seed in 0..20 {
                let mut duplicates = Duplicates::new(percent, &mut fastrand::Rng::with_seed(seed));
                let count = (0..requests).filter(|_| duplicates.next()).count();
                assert_eq!(count, expected, "{percent} %");
            }
        }
    }
}
