"""Rebuild the weights from the labelled corpora: one command, deterministic.

    python training/train.py [--source html|text|both] [--jobs 2] [--scores-only]

Prints the cross-validated scores (folds by registered domain, across corpora) and writes
``src/articlex/scoring/weights.npz``, its digest, and ``training/provenance.json``.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import subprocess
import time
import zipfile
from pathlib import Path

import numpy as np

from articlex.scoring.catalogue import FEATURES
from articlex.scoring.forest import Forest, sigmoid
from articlex.scoring.lexicon import Lexicon
from articlex.scoring.page_facts import PAGE_FEATURES, page_facts
from articlex.scoring.scorer import page_threshold
from articlex.scoring.weights import PATH, pack_lexicon
from corpora import FOLDS, Sample, samples
from dumps import dump_samples
from grow import arrays, grow
from judge import body_f1, show, table, text_of
from looks import Looks, Rows
from prepare import digest, matrices

HERE = Path(__file__).resolve().parent
THRESHOLD = {"html": 0.51, "text": 0.5}
PAGE_TREES = {"iterations": 120, "depth": 4, "learning_rate": 0.06}
Parts = dict[str, Forest]
"""Forests by name."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", choices=("html", "text", "both"), default="both")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--scores-only", action="store_true")
    parser.add_argument("--folds", type=Path, help="folder for the weights of each fold, for training/crossval.py")
    arguments = parser.parse_args()
    stored: dict[str, np.ndarray] = _stored() if arguments.source != "both" else {}
    provenance = json.loads((HERE / "provenance.json").read_text()) if stored else {}
    for source in ("html", "text") if arguments.source == "both" else (arguments.source,):
        found, report = train(source, arguments.jobs, arguments.scores_only, arguments.folds)
        stored.update(found)
        provenance[source] = report
    if not arguments.scores_only:
        write(stored, provenance)


def train(source: str, jobs: int, scores_only: bool, folds: Path | None = None) -> tuple[dict[str, np.ndarray], dict]:
    """All forests of one kind of input, with their cross-validated scores."""
    began = time.time()
    pages = list(samples() if source == "html" else dump_samples())
    say(f"{source}: {len(pages)} pages read", began)
    rows, lexicon, lexicons = matrices(pages, jobs)
    say("features", began)
    looks = Looks(pages, rows, source, lambda what: say(what, began))
    bodies: Rows = [np.zeros(0)] * len(pages)
    grown: list[Parts] = []
    for fold in range(FOLDS):
        grown.append(looks.grow(fold))
        for i, page in enumerate(pages):
            if page.fold == fold:
                bodies[i] = looks.body_odds(i, grown[fold])
    scores = table(pages, bodies, THRESHOLD[source])
    print(show(scores), flush=True)
    verdict, confidence, page_scores = grow_page_forests(pages, rows, bodies, source)
    print(json.dumps(page_scores), flush=True)
    report = {"pages": len(pages), "labels": digest(pages), "scores": scores, "page": page_scores}
    if folds:
        for fold in range(FOLDS):
            parts = {**grown[fold], "verdict": verdict, "confidence": confidence}
            folds.mkdir(parents=True, exist_ok=True)
            np.savez(folds / f"{source}{fold}.npz", **pack(source, lexicons[fold], parts))
    if scores_only:
        return {}, report
    parts = looks.grow()
    return pack(source, lexicon, {**parts, "verdict": verdict, "confidence": confidence}), report


def grow_page_forests(
    pages: list[Sample], rows: Rows, bodies: Rows, source: str
) -> tuple[Forest, Forest, dict[str, float]]:
    """Verdict (article or not) and confidence (body F1 to expect), from out-of-fold body scores."""
    facts, kinds, reached, folds = [], [], [], []
    for page, matrix, body in zip(pages, rows, bodies, strict=True):
        limit = page_threshold(body, THRESHOLD[source])
        facts.append(page_facts(page.page, matrix, body, limit)[:, 0])
        kinds.append(page_kind(page))
        f1 = body_f1(page, text_of(page, body, THRESHOLD[source]))
        reached.append(np.nan if f1 is None or kinds[-1] == 0 else f1)
        folds.append(page.fold)
    table_, kind, goal, fold = np.array(facts), np.array(kinds, float), np.array(reached), np.array(folds)
    verdict, verdict_scores = _page_forest(table_, kind, fold)
    confidence, confidence_scores = _page_forest(table_, goal, fold)
    wcxb = np.array([page.corpus == "wcxb" for page in pages])
    scores = {
        "auc_wcxb": auc(verdict_scores[wcxb], kind[wcxb]),
        "auc": auc(verdict_scores, kind),
        "ece": calibration_error(confidence_scores, goal),
        "confidence_bins": reliability(confidence_scores, goal),
    }
    return verdict, confidence, scores


def page_kind(page: Sample) -> float:
    """1 for an article, 0 for another kind of page, NaN where nobody said."""
    if page.corpus == "wcxb":
        return float(page.gold["page_type"] == "article")
    if page.roles is not None:
        return float("body" in page.roles)
    return 1.0


def _page_forest(facts: np.ndarray, goal: np.ndarray, fold: np.ndarray) -> tuple[Forest, np.ndarray]:
    known = ~np.isnan(goal)
    weights = np.ones(len(goal))
    predicted = np.zeros(len(goal))
    for held in range(FOLDS):
        learn = known & (fold != held)
        forest = grow(facts[learn], goal[learn], weights[learn], "CrossEntropy", **PAGE_TREES)
        predicted[fold == held] = sigmoid(forest(facts[fold == held].T)[0])
    return grow(facts[known], goal[known], weights[known], "CrossEntropy", **PAGE_TREES), predicted


def auc(scores: np.ndarray, kinds: np.ndarray) -> float:
    """Area under the ROC curve (the rank statistic of Mann and Whitney)."""
    known = ~np.isnan(kinds)
    order = scores[known].argsort().argsort() + 1
    positive = kinds[known] == 1
    return float(
        (order[positive].sum() - positive.sum() * (positive.sum() + 1) / 2) / (positive.sum() * (~positive).sum())
    )


def reliability(predicted: np.ndarray, reached: np.ndarray, bins: int = 10) -> list[tuple[int, float, float]]:
    """(pages, mean confidence, mean F1) for each tenth of the pages by confidence."""
    known = np.flatnonzero(~np.isnan(reached))
    order = known[predicted[known].argsort()]
    parts = np.array_split(order, bins)
    return [(len(p), round(float(predicted[p].mean()), 4), round(float(reached[p].mean()), 4)) for p in parts if len(p)]


def calibration_error(predicted: np.ndarray, reached: np.ndarray) -> float:
    """Expected calibration error over those bins (Naeini et al. 2015)."""
    rows = reliability(predicted, reached)
    total = sum(count for count, _, _ in rows)
    return sum(count * abs(expected - got) for count, expected, got in rows) / total


def pack(source: str, lexicon: Lexicon, parts: Parts) -> dict[str, np.ndarray]:
    """The arrays of one kind of input."""
    packed: dict[str, np.ndarray] = {f"{source}.threshold": np.array([THRESHOLD[source]], np.float32)}
    packed |= {f"{source}.{name}": array for name, array in pack_lexicon(lexicon).items()}
    for name, part in parts.items():
        packed |= arrays(part, f"{source}.{name}")
    return packed


def _stored() -> dict[str, np.ndarray]:
    if not PATH.exists():
        return {}
    with np.load(PATH) as stored:
        return {name: stored[name] for name in stored.files}


def write(stored: dict[str, np.ndarray], provenance: dict) -> None:
    """The weights file (a zip of .npy arrays without time stamps: equal arrays give equal bytes) and its digest."""
    stored["features"] = np.frombuffer("\n".join(FEATURES).encode(), np.uint8)
    with zipfile.ZipFile(PATH, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(stored):
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, np.ascontiguousarray(stored[name]), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), buffer.getvalue(), zipfile.ZIP_DEFLATED, 9)
    digest_ = hashlib.sha256(PATH.read_bytes()).hexdigest()
    PATH.with_name("digest.py").write_text(
        f'"""The digest of ``weights.npz``; ``training/train.py`` writes both."""\n\nWEIGHTS_DIGEST = "{digest_}"\n'
    )
    provenance["commit"] = subprocess.run(
        ["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    provenance["page_features"], provenance["bytes"] = len(PAGE_FEATURES), PATH.stat().st_size
    (HERE / "provenance.json").write_text(json.dumps(provenance, indent=1) + "\n")
    print(f"{PATH.name}: {PATH.stat().st_size} bytes")


def say(what: str, began: float) -> None:
    print(f"[{time.time() - began:6.0f} s] {what}", flush=True)


if __name__ == "__main__":
    main()
