"""A tiny language model that methods of language models can run on, with its text and weights."""

from kb.lab.language.change import plant, random_rotation, rotate
from kb.lab.language.layers import Attention, Cache, Embedding, Linear, Mlp, RMSNorm
from kb.lab.language.model import TinyLM, bits_per_character, fresh, inputs, loss, tiny_lm
from kb.lab.language.text import CONTEXT, LETTERS, characters, decoded, encoded, windows
from kb.lab.language.training import tune

__all__ = [
    "CONTEXT",
    "LETTERS",
    "Attention",
    "Cache",
    "Embedding",
    "Linear",
    "Mlp",
    "RMSNorm",
    "TinyLM",
    "bits_per_character",
    "characters",
    "decoded",
    "encoded",
    "fresh",
    "inputs",
    "loss",
    "plant",
    "random_rotation",
    "rotate",
    "tiny_lm",
    "tune",
    "windows",
]
