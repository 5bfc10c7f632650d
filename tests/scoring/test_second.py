"""The second look: every row is the one its name says."""

import numpy as np

from articlex.scoring.catalogue import ROLES, SECOND
from articlex.scoring.second import second_look


def rows(first: np.ndarray, roles: np.ndarray, chars: np.ndarray) -> dict[str, np.ndarray]:
    out = np.full((len(SECOND), len(first)), np.nan, np.float32)
    second_look(first, roles, chars, out)
    return dict(zip(SECOND, out, strict=True))


def some(blocks: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    random = np.random.default_rng(5)
    roles = random.random((len(ROLES), blocks)).astype(np.float32)
    return random.random(blocks).astype(np.float32), roles, random.integers(1, 900, blocks).astype(np.float32)


def test_rows_are_what_their_names_say() -> None:
    first, roles, chars = some(40)
    found = rows(first, roles, chars)
    related = roles[ROLES.index("related")]
    np.testing.assert_allclose(found["first_body"], first)
    np.testing.assert_allclose(found["role_related"], related)
    np.testing.assert_allclose(found["role_related_4_before"][20], related[16:20].sum(), rtol=1e-5)
    np.testing.assert_allclose(found["role_related_4_after"][20], related[21:25].sum(), rtol=1e-5)
    np.testing.assert_allclose(found["first_body_12_before"][20], first[8:20].sum(), rtol=1e-5)
    np.testing.assert_allclose(found["role_body_12_after"][20], roles[0, 21:33].sum(), rtol=1e-5)
    np.testing.assert_allclose(found["first_body_around_3"][20], first[17:24].mean(), rtol=1e-5)
    np.testing.assert_allclose(found["role_body_around_8"][20], roles[0, 12:29].mean(), rtol=1e-5)
    mass = first * np.minimum(chars, 600)
    np.testing.assert_allclose(found["first_body_mass_before"][20], mass[:20].sum() / mass.sum(), rtol=1e-5)
    np.testing.assert_allclose(found["first_body_mass_after"][20], mass[21:].sum() / mass.sum(), rtol=1e-5)
    assert found["first_body_density"].max() == 1


def test_neighbours_end_at_the_page() -> None:
    first, roles, chars = some(5)
    found = rows(first, roles, chars)
    np.testing.assert_allclose(found["first_body_before"], [0, *first[:4]])
    np.testing.assert_allclose(found["first_body_after_2"], [*first[2:], 0, 0])
    assert found["role_chrome_4_before"][0] == found["role_chrome_4_after"][4] == 0


def test_a_page_of_one_block() -> None:
    assert all(np.isfinite(values).all() for values in rows(*some(1)).values())
