"""Windows over blocks: slices of running sums are what adding up each window gives."""

import numpy as np

from articlex.scoring.running import Running


def test_windows_end_at_the_page() -> None:
    series = np.random.default_rng(6).integers(0, 9, (3, 10)).astype(np.float32)
    sums = Running(series, 4)
    means, before, behind = sums.means(3), np.zeros((2, 10)), np.zeros((2, 10))
    sums.between(-4, 0, before)
    sums.between(1, 3, behind)
    for i in range(10):
        np.testing.assert_allclose(means[:, i], series[:, max(i - 3, 0) : i + 4].mean(1))
        np.testing.assert_array_equal(before[:, i], series[:2, max(i - 4, 0) : i].sum(1))
        np.testing.assert_array_equal(behind[:, i], series[:2, i + 1 : i + 3].sum(1))
    np.testing.assert_array_equal(sums.totals()[:, 0], series.sum(1))
    np.testing.assert_array_equal(sums.before() + series, sums.through())
