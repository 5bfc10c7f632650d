"""Train the convolutional network of ``articlex.scoring.network`` with JAX, on whole pages, block by block in order.

It learns roles from partial labels: a block of a corpus that knows body or not body must only fall among the roles that
agree (Jin and Ghahramani 2002). A page that keeps the standfirst in its text lets its first blocks be standfirst.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from articlex.scoring.network import DILATIONS, WIDTH, Network
from corpora import Sample
from prepare import token_weights

ROLES = ("body", "standfirst", "caption", "credit", "promotion", "comment", "heading_data", "chrome")
CHANNELS, EPOCHS, KNOTS = 40, 5, 5
_MERGED = {
    "correction": "credit", "note": "credit", "related": "promotion", "paywall": "promotion", "promo": "promotion",
    "": "chrome", **dict.fromkeys(("headline", "kicker", "byline", "date", "section", "tags"), "heading_data"),
}  # fmt: skip
_LENGTHS = (64, 128, 192, 256, 384, 512)
"""Pages are padded to one of these; longer ones are seen in parts."""
_BATCH = 4_096
"""Blocks of a step."""
_RATE, _DROP, _DECAY = 3e-3, 0.1, 2e-5
_EARLY, _LONG = 2, 12
_HAND = 2.0
"""What a page labelled by hand weighs."""
_EDGE = 32
Arrays = dict[str, Any]


def train_network(pages: list[Sample], rows: list[np.ndarray], learn: list[int], seed: int = 0) -> Network:
    """A network grown on the pages with these numbers; deterministic for a seed on one machine."""
    table = np.concatenate([rows[i][:, ::3] for i in learn], 1)
    feature, low, slope = pieces(table, seed)
    inputs = [np.clip((rows[i][feature] - low) * slope, 0, 1).T.astype(np.float32) for i in learn]
    goals = [goals_of(pages[i]) for i in learn]
    parameters = _fit(inputs, goals, seed)
    found = {name: np.asarray(values).astype(np.float16).astype(np.float32) for name, values in parameters.items()}
    return Network(
        feature, low, slope, found["entry"], found["entry_bias"], found["steps"], found["step_bias"], found["whole"],
        found["out"], found["out_bias"],
    )  # fmt: skip


def pieces(table: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Where each feature of a (features, blocks) table is cut: feature, beginning and one over the length."""
    some = np.random.RandomState(seed).choice(table.shape[1], min(table.shape[1], 120_000), replace=False)
    feature, low, slope = [], [], []
    for row, values in enumerate(table[:, some]):
        cuts = _cuts(values)
        for start, stop in pairwise(cuts):
            feature.append(row)
            low.append(start)
            slope.append(1 / (stop - start))
    return np.array(feature), np.array(low, np.float32)[:, None], np.array(slope, np.float32)[:, None]


def _cuts(values: np.ndarray) -> np.ndarray:
    different = np.unique(values)
    if len(different) <= 2:
        return different
    cuts = np.unique(np.quantile(values, np.linspace(0.01, 0.99, KNOTS + 1)).astype(np.float32))
    if len(cuts) < KNOTS - 1:  # most blocks have one and the same value: cut the others
        usual = np.median(values)
        others = np.quantile(values[values != usual], np.linspace(0.02, 0.98, KNOTS))
        cuts = np.unique(np.concatenate([[usual], others]).astype(np.float32))
    return cuts


def goals_of(page: Sample) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Roles that count as right for the body's share of each block and for the rest, the share, and the weight."""
    count = len(page.page.blocks)
    inside, outside = np.zeros((2, count, len(ROLES)), np.float32)
    weight = token_weights(page).astype(np.float32)
    if page.roles is not None:
        for i, given in enumerate(page.roles):
            role = _MERGED.get(given or "", given or "")
            inside[i, ROLES.index(role)] = 1
            if role in ("promotion", "chrome"):  # nobody is sure which
                inside[i, [ROLES.index("promotion"), ROLES.index("chrome")]] = 1
            if role == "chrome":
                inside[i, ROLES.index("comment")] = 1
        return inside, outside, np.ones(count, np.float32), weight * _HAND
    share = np.clip(np.nan_to_num(page.target), 0, 1).astype(np.float32)
    inside[:, [0, 1]] = 1
    late = np.cumsum((share > 0.5) & (page.sizes > _LONG)) > _EARLY
    inside[late, 1] = 0
    outside[:, 1:] = 1
    if page.corpus == "fundus":  # its texts hold every standfirst
        outside[:, 1] = 0
    if page.corpus == "magichtml":  # at times its texts have captions and the lines above the text
        inside[:, [ROLES.index("caption"), ROLES.index("heading_data")]] = 1
    return inside, outside, share, weight


def _start(key: Any, width: int) -> Arrays:
    keys = jax.random.split(key, 4)
    size, layers = CHANNELS, len(DILATIONS)
    return {
        "entry": jax.random.normal(keys[0], (width, size)) * (1.5 / np.sqrt(width * 0.5)),
        "entry_bias": jnp.zeros(size),
        "steps": jax.random.normal(keys[1], (layers, WIDTH, size, size)) * np.sqrt(1 / (WIDTH * size)),
        "step_bias": jnp.zeros((layers, size)),
        "whole": jax.random.normal(keys[2], (2 * size, size)) * np.sqrt(0.5 / size) * 0.5,
        "out": jax.random.normal(keys[3], (size, len(ROLES))) * np.sqrt(1 / size),
        "out_bias": jnp.zeros(len(ROLES)),
    }


def _forward(p: Arrays, inputs: Any, mask: Any, key: Any) -> Any:
    """Log-odds of pages side by side, with dropout; ``scoring.network`` does the same for one page."""
    there = mask[..., None]
    key, used = jax.random.split(key)
    inputs = inputs * jax.random.bernoulli(used, 1 - _DROP, (inputs.shape[0], 1, inputs.shape[2])) / (1 - _DROP)
    state = jax.nn.relu(inputs @ p["entry"] + p["entry_bias"]) * there
    for layer, dilation in enumerate(DILATIONS):
        padded = jnp.pad(state, ((0, 0), (_EDGE, _EDGE), (0, 0)))
        more = p["step_bias"][layer]
        for k in range(WIDTH):
            more = more + jnp.roll(padded, -(k - WIDTH // 2) * dilation, axis=1)[:, _EDGE:-_EDGE] @ p["steps"][layer, k]
        key, used = jax.random.split(key)
        more = jax.nn.relu(more)
        state = (state + more * jax.random.bernoulli(used, 1 - _DROP, more.shape) / (1 - _DROP)) * there
    mean = state.sum(1, keepdims=True) / jnp.maximum(mask.sum(1), 1)[:, None, None]
    page = jnp.concatenate([mean, state.max(1, keepdims=True)], -1) @ p["whole"]
    return (state + jax.nn.relu(page)) @ p["out"] + p["out_bias"]


def _loss(p: Arrays, batch: tuple[Any, ...], key: Any) -> Any:
    inputs, inside, outside, share, weight, mask = batch
    log = jax.nn.log_softmax(_forward(p, inputs, mask, key))
    right = jax.nn.logsumexp(jnp.where(inside > 0, log, -1e9), -1)
    rest = jax.nn.logsumexp(jnp.where(outside > 0, log, -1e9), -1)
    gain = share * jnp.maximum(right, -12) + (1 - share) * jnp.where(outside.sum(-1) > 0, jnp.maximum(rest, -12), 0)
    size = sum((p[name] ** 2).sum() for name in ("entry", "steps", "whole", "out"))
    return -(gain * weight).sum() / inputs.shape[0] + _DECAY * size


@jax.jit
def _step(state: tuple[Arrays, Arrays, Arrays], batch: tuple[Any, ...], key: Any, rate: Any, number: Any) -> Any:
    """One step of Adam (Kingma and Ba 2015) on parameters and the moments of their slopes."""
    p, m, v = state
    slopes = jax.grad(_loss)(p, batch, key)
    m = jax.tree.map(lambda a, b: 0.9 * a + 0.1 * b, m, slopes)
    v = jax.tree.map(lambda a, b: 0.99 * a + 0.01 * b * b, v, slopes)

    def moved(a: Any, b: Any, c: Any) -> Any:
        return a - rate * (b / (1 - 0.9**number)) / (jnp.sqrt(c / (1 - 0.99**number)) + 1e-8)

    return jax.tree.map(moved, p, m, v), m, v


def _fit(inputs: list[np.ndarray], goals: list[tuple[np.ndarray, ...]], seed: int) -> Arrays:
    key = jax.random.PRNGKey(seed)
    p = _start(key, inputs[0].shape[1])
    state = p, jax.tree.map(jnp.zeros_like, p), jax.tree.map(jnp.zeros_like, p)
    parts = [(j, at) for j, page in enumerate(inputs) for at in range(0, len(page), _LENGTHS[-1])]
    parts = [(j, at) for j, at in parts if goals[j][3][at : at + _LENGTHS[-1]].sum() > 0]
    steps = EPOCHS * 1.15 * sum(min(len(inputs[j]) - at, _LENGTHS[-1]) for j, at in parts) / _BATCH
    order = np.random.RandomState(seed)
    number = 0
    for _ in range(EPOCHS):
        for batch in _batches([parts[i] for i in order.permutation(len(parts))], inputs, goals):
            number += 1
            rate = _RATE * max(0.02, 0.5 * (1 + math.cos(math.pi * min(1, number / steps)))) * min(1, number / 50)
            key, used = jax.random.split(key)
            state = _step(state, batch, used, rate, float(number))
    return state[0]


def _batches(
    parts: list[tuple[int, int]], inputs: list[np.ndarray], goals: list[tuple[np.ndarray, ...]]
) -> Iterator[tuple[np.ndarray, ...]]:
    waiting: dict[int, list[tuple[int, int]]] = {}
    for j, at in parts:
        length = next(n for n in _LENGTHS if min(len(inputs[j]) - at, _LENGTHS[-1]) <= n)
        waiting.setdefault(length, []).append((j, at))
        if len(waiting[length]) * length >= _BATCH:
            yield _batch(waiting.pop(length), length, inputs, goals)
    for length, left in waiting.items():
        yield _batch(left, length, inputs, goals)


def _batch(
    parts: list[tuple[int, int]], length: int, inputs: list[np.ndarray], goals: list[tuple[np.ndarray, ...]]
) -> tuple[np.ndarray, ...]:
    room = (-(-_BATCH // length), length)
    arrays = [np.zeros((*room, width), np.float32) for width in (inputs[0].shape[1], len(ROLES), len(ROLES))]
    arrays += [np.zeros(room, np.float32) for _ in range(3)]
    for row, (j, at) in enumerate(parts):
        own = (inputs[j], *goals[j], np.ones(len(inputs[j]), np.float32))
        for array, values in zip(arrays, own, strict=True):
            part = values[at : at + length]
            array[row, : len(part)] = part
    return tuple(arrays)


def arrays_of(network: Network, name: str) -> dict[str, np.ndarray]:
    """The network as the small arrays of the weights file."""
    small = {key: getattr(network, key).astype(np.float16) for key in Network.__slots__}
    exact = {"feature": network.feature.astype(np.uint8), "low": network.low, "slope": network.slope}
    return {f"{name}.{key}": array for key, array in (small | exact).items()}
