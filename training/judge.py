"""Scores of predictions against the corpora's gold, by the evaluation's own functions."""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

from articlex.scoring.scorer import page_threshold
from corpora import Sample

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "shared" / "eval"))
import score


def text_of(sample: Sample, body: np.ndarray, threshold: float) -> str:
    """The text that these probabilities give."""
    limit = page_threshold(body, threshold)
    return "\n\n".join(b.text for b, p in zip(sample.page.blocks, body, strict=True) if p >= limit)


def gold_text(sample: Sample) -> str | None:
    """The gold text; for pages labelled by hand alone, the text of the blocks labelled body."""
    if sample.text_gold:
        return str(sample.gold["text"])
    if sample.roles is None:
        return None
    return "\n\n".join(b.text for b, role in zip(sample.page.blocks, sample.roles, strict=True) if role == "body")


def body_f1(sample: Sample, text: str) -> float | None:
    """Word F1 of a text against the gold, ``None`` without gold."""
    gold = gold_text(sample)
    return None if gold is None else score.word_prf(gold, text)[2]


def table(samples: list[Sample], bodies: list[np.ndarray], threshold: float) -> dict[str, dict[str, float]]:
    """Scores by corpus ("hand" = the pages labelled in this project; wcxb: articles only)."""
    groups: dict[str, list[tuple[Sample, str]]] = defaultdict(list)
    for sample, body in zip(samples, bodies, strict=True):
        text = text_of(sample, body, threshold)
        if sample.corpus != "htmldate" and (sample.corpus != "wcxb" or sample.gold["page_type"] == "article"):
            groups[sample.corpus].append((sample, text))
        if sample.roles is not None and sample.corpus != "strict" and "body" in sample.roles:
            groups["hand"].append((sample, text))
    return {corpus: _scores(corpus, pages) for corpus, pages in sorted(groups.items())}


def _scores(corpus: str, pages: list[tuple[Sample, str]]) -> dict[str, float]:
    result: dict[str, float] = {"pages": len(pages)}
    golds = [
        (gold_text(sample) if corpus in ("hand", "strict") or sample.text_gold else None, text)
        for sample, text in pages
    ]
    both = [(gold, text) for gold, text in golds if gold]
    if both:
        shingles = score.shingle_scores([score.shingle_counts(gold, text) for gold, text in both])
        result |= {"f1": shingles["f1"], "p": shingles["precision"], "r": shingles["recall"]}
        result["exact"] = float(np.mean([score.same_tokens(gold, text) for gold, text in both]))
        result["word_f1"] = float(np.mean([score.word_prf(gold, text)[2] for gold, text in both]))
    paragraphs = [
        score.paragraph_f1(s.gold["text"], text) for s, text in pages if s.gold.get("paragraphs") and s.gold["text"]
    ]
    if paragraphs:
        result["para"] = float(np.mean(paragraphs))
    lines = [(s.gold.get("with") or [], s.gold.get("without") or [], text) for s, text in pages]
    counts = [score.snippet_counts(text, wanted, unwanted) for wanted, unwanted, text in lines if wanted or unwanted]
    if counts and corpus != "hand":
        result["snippets"] = score.snippet_scores(counts)["f1"]
        rates = [score.found_rate(text, unwanted) for _, unwanted, text in lines if unwanted]
        if rates:
            result["unwanted"] = float(np.mean(rates))
    return result


def show(scores: dict[str, dict[str, float]]) -> str:
    """The table as Markdown rows."""
    names = ("pages", "f1", "p", "r", "exact", "word_f1", "para", "snippets", "unwanted")
    rows = ["| corpus | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
    for corpus, values in scores.items():
        cells = [f"{values[n]:.4g}" if n == "pages" else f"{values[n]:.3f}" if n in values else "" for n in names]
        rows.append(f"| {corpus} | " + " | ".join(cells) + " |")
    return "\n".join(rows)
