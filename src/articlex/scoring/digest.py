"""The digest of ``weights.npz``; ``training/train.py`` writes both."""

WEIGHTS_DIGEST = "591e782183560898fe7ca83b54b043cd1c5c78f2ebfcf3de7c8b13d35dbcb2a1"
