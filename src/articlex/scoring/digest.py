"""The digest of ``weights.npz``; ``training/train.py`` writes both."""

WEIGHTS_DIGEST = "fbd7d5540e0ffb28c52c2155bd39f642a322e2e8cd2415225d072fc753aeaf86"
