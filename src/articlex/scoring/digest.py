"""The digest of ``weights.npz``; ``training/train.py`` writes both."""

WEIGHTS_DIGEST = "0bf87ed834ca51d693f0d4a30e7457fad4385d00ce471f35b56ac0c7f469a5c5"
