"""The digest of ``weights.npz``; ``training/train.py`` writes both."""

WEIGHTS_DIGEST = "9f5ead9c3e1a8f012755a0f00865fc5cd8ed4799adeb4d37248346e1b11fc207"
