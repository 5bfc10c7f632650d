"""The digest of ``weights.npz``; ``training/train.py`` writes both."""

WEIGHTS_DIGEST = "48ee3f0c7a5bdce0ce912b5601ca63e3917dbde2ce395d0e132b1556a792c701"
