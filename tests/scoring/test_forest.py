"""Forests: what numpy computes at once is what a walk through each tree finds."""

import numpy as np
import pytest

from articlex.scoring.forest import Forest, Together, sigmoid, softmax


@pytest.fixture
def forest() -> Forest:
    random = np.random.default_rng(7)
    return Forest(
        feature=random.integers(0, 5, 11),
        border=random.normal(size=11).astype(np.float32),
        splits=random.integers(0, 11, (9, 4)),
        leaves=random.normal(size=(9, 16, 3)).astype(np.float32),
        bias=np.array([0.5, -1.0, 0.0], np.float32),
        usual=np.zeros(5, np.float32),
    )


def walk(forest: Forest, column: np.ndarray) -> np.ndarray:
    total = forest.bias.astype(np.float64)
    for splits, leaves in zip(forest.splits, forest.leaves, strict=True):
        leaf = sum(int(column[forest.feature[s]] > forest.border[s]) << level for level, s in enumerate(splits))
        total = total + leaves[leaf]
    return total


def test_forest_equals_a_walk_through_its_trees(forest: Forest) -> None:
    matrix = np.random.default_rng(1).normal(size=(5, 40)).astype(np.float32)
    found = forest(matrix)
    assert found.shape == (3, 40)
    for i in range(40):
        np.testing.assert_allclose(found[:, i], walk(forest, matrix[:, i]), rtol=1e-5, atol=1e-5)


def test_results_do_not_depend_on_the_batch(forest: Forest) -> None:
    matrix = np.random.default_rng(2).normal(size=(5, 5_000)).astype(np.float32)
    whole = forest(matrix)
    for i in (0, 2_047, 2_048, 4_999):
        np.testing.assert_array_equal(whole[:, i], forest(matrix[:, i : i + 1])[:, 0])


def test_forests_asked_together_answer_as_alone(forest: Forest) -> None:
    random = np.random.default_rng(4)
    deeper = Forest(
        feature=random.integers(0, 5, 7),
        border=random.normal(size=7).astype(np.float32),
        splits=random.integers(0, 7, (12, 6)),
        leaves=random.normal(size=(12, 64, 1)).astype(np.float32),
        bias=np.array([0.25], np.float32),
        usual=np.zeros(5, np.float32),
    )
    for columns in (1, 40, 1_300):
        matrix = random.normal(size=(5, columns)).astype(np.float32)
        for alone, found in zip((forest, deeper), Together(forest, deeper)(matrix), strict=True):
            np.testing.assert_array_equal(found, alone(matrix))


def test_contributions_are_differences_to_the_usual_value(forest: Forest) -> None:
    matrix = np.random.default_rng(3).normal(size=(5, 6)).astype(np.float32)
    moved = forest.contributions(matrix, 1)
    for feature in range(5):
        changed = matrix.copy()
        changed[feature] = forest.usual[feature]
        expected = forest(matrix)[1] - forest(changed)[1]
        np.testing.assert_allclose(moved[feature], expected, atol=1e-4)


def test_an_empty_page_has_no_scores(forest: Forest) -> None:
    assert forest(np.zeros((5, 0), np.float32)).shape == (3, 0)


def test_probabilities() -> None:
    np.testing.assert_allclose(sigmoid(np.array([-1e9, 0, 1e9], np.float32)), [0, 0.5, 1], atol=1e-6)
    np.testing.assert_allclose(softmax(np.array([[0.0, 1e4], [0.0, 0.0]], np.float32)).sum(0), [1, 1])
