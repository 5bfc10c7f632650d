"""The digest of ``weights.npz``; ``training/train.py`` writes both."""

WEIGHTS_DIGEST = "140de2de34db53955aae6c9f904798a3725cae7c745748689324871df1b3faa3"
