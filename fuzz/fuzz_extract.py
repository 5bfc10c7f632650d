"""Coverage-guided fuzzing of ``fuzz/target.py``.

    python -m pip install atheris
    python fuzz/fuzz_extract.py fuzz/corpus fixtures -runs=100000 -max_len=20000 -timeout=10

Exit status and the file ``crash-...`` or ``timeout-...`` are libFuzzer's. Seeds are the invented fixtures; what a
campaign finds becomes a test in ``tests/robust``. The corpus it grows is good food for ``fuzz/mutate.py``.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["articlex"]):
    from target import execute

if __name__ == "__main__":
    atheris.Setup(sys.argv, execute)
    atheris.Fuzz()
