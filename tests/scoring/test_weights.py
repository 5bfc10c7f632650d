"""The weights file belongs to this version, holds arrays only, and is small."""

import numpy as np
import pytest

from articlex.scoring import weights
from articlex.scoring.catalogue import FEATURES, ROLES


def test_the_file_is_small_and_has_no_pickle() -> None:
    assert weights.PATH.stat().st_size < 400_000
    with np.load(weights.PATH, allow_pickle=False) as stored:
        assert all(stored[name].dtype != object for name in stored.files)


def test_another_file_is_refused(tmp_path, monkeypatch) -> None:
    wrong = tmp_path / "weights.npz"
    wrong.write_bytes(weights.PATH.read_bytes()[:-1] + b"x")
    monkeypatch.setattr(weights, "PATH", wrong)
    weights._arrays.cache_clear()
    try:
        with pytest.raises(RuntimeError, match="reinstall articlex"):
            weights._arrays()
    finally:
        weights._arrays.cache_clear()


def test_every_feature_is_documented_and_used_in_order() -> None:
    assert all(meaning.strip() for meaning in FEATURES.values())
    for source in ("html", "text"):
        model = weights.model(source)
        assert model.body.feature.max() < len(FEATURES)
        assert len(model.body.usual) == len(FEATURES)
        first, roles = model.looks(np.zeros((len(FEATURES), 3), np.float32))
        assert first.shape == (1, 3)
        assert roles.shape == (len(ROLES), 3)
