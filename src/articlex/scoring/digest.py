"""The digest of ``weights.npz``; ``training/train.py`` writes both."""

WEIGHTS_DIGEST = "b81c627951ec03b3558b1cda0f44c4234cb988a98f05275e4c2d9f245201d431"
