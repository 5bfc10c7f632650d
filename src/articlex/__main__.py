"""``python -m articlex``."""

import sys

from articlex.cli import main

sys.exit(main())
