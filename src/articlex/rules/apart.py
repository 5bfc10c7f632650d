"""What stands apart from the story in a dump: above its headline, or far away from nearly all of its text."""

from __future__ import annotations

from collections.abc import Iterator

from articlex.rules.story import Part, Story

_TIMES = 2
"""Below the headline stands more than this many times the text above it: else it is no headline of this text."""
_SURE, _MEAN = 0.9, 0.7
_FAR = 15
"""Lines between two runs of body that part them."""
_SMALL, _MAIN = 0.3, 0.85
"""The share of the longest run that a run apart has at most, and that of all the body the longest run has at least."""


def above_headline(story: Story) -> Iterator[tuple[int, Part]]:
    """In a dump, body above the headline: notices, teasers, the text of a menu. 210 : 34.

    Not where it is likelier to be body than what stands below: then the headline is another story's (9 : 34).
    """
    head, body = story.scene.headline, story.body
    if story.page.source != "text" or head is None or not body or body[0] > head:
        return
    above = [i for i in body if i < head]
    if story.size(body) <= (_TIMES + 1) * story.size(above) or _mean(story, above) > _mean(story, body[len(above) :]):
        return
    for i in above:
        if story.scored.body[i] < _SURE:
            yield i, Part("chrome", "above_headline")


def far_apart(story: Story) -> Iterator[tuple[int, Part]]:
    """In a dump, a small run of doubtful body far from where nearly all of it stands: policies, teasers. 194 : 35."""
    if story.page.source != "text":
        return
    runs = _runs(story.body)
    if len(runs) < 2:
        return
    sizes = [story.size(run) for run in runs]
    if max(sizes) < _MAIN * sum(sizes):
        return
    for run, size in zip(runs, sizes, strict=True):
        if size < _SMALL * max(sizes) and _mean(story, run) < _MEAN:
            yield from ((i, Part("related", "far_apart")) for i in run)


def _runs(body: list[int]) -> list[list[int]]:
    """The body parted where it is interrupted for long."""
    runs: list[list[int]] = []
    for i in body:
        if runs and i - runs[-1][-1] <= _FAR:
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


def _mean(story: Story, run: list[int]) -> float:
    """The mean probability of a run to be body, by length."""
    mass = sum(story.scored.body[i] * len(story.blocks[i].text) for i in run)
    return mass / max(1, story.size(run))
