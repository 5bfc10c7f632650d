"""The digest of ``weights.npz``; ``training/train.py`` writes both."""

WEIGHTS_DIGEST = "72d51de154f3437dcd498e0b88d4164ae1b069217d7d4f34048c8247b70a9a2a"
