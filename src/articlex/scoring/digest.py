"""The digest of ``weights.npz``; ``training/train.py`` writes both."""

WEIGHTS_DIGEST = "0c23018862fa8ae24adc87c77c5edf04da89f063e4039c22f10a07c61590dc3a"
