# Speculative decoding with transformers: `generate(…, assistant_model=draft)` lets a second model
# write ahead and the first one judge several tokens in a single pass. Without sampling the text is,
# token by token, what the first model writes alone, whatever the draft is worth; a draft that knows
# nothing only makes it slower.
#
# The models are tiny and not trained: a draft is the model itself with noise on its weights.

import copy
from importlib.metadata import version

import torch
from transformers import LlamaConfig, LlamaForCausalLM
from transformers.utils import logging

from kb.lab import table

SEEDS, TOKENS, AHEAD = range(3), 96, 4
NOISE = {"the model itself": 0, "a little noise": 0.02, "much noise": 0.1, "another model": None}
CONFIG = LlamaConfig(
    vocab_size=64, hidden_size=48, intermediate_size=96, num_hidden_layers=2, num_attention_heads=4
)
logging.set_verbosity_error()
print(f"with torch {torch.__version__}, transformers {version('transformers')}")


def model(seed):
    torch.manual_seed(seed)
    return LlamaForCausalLM(CONFIG).eval()


def draft(target, noise, seed):
    """A model that is more or less like ``target``, and writes AHEAD tokens at a time."""
    if noise is None:
        other = model(seed + 100)
    else:
        torch.manual_seed(seed)
        other = copy.deepcopy(target)
        with torch.no_grad():
            for weight in other.parameters():
                weight.add_(noise * weight.std() * torch.randn_like(weight))
    other.generation_config.num_assistant_tokens = AHEAD
    other.generation_config.num_assistant_tokens_schedule = "constant"
    other.generation_config.assistant_confidence_threshold = 0
    return other


def written(target, prompt, **more):
    """The tokens that ``target`` writes, and how often it was asked."""
    asked = []
    hook = target.register_forward_hook(lambda *_: asked.append(1))
    tokens = target.generate(
        prompt,
        attention_mask=torch.ones_like(prompt),
        max_new_tokens=TOKENS,
        min_new_tokens=TOKENS,
        do_sample=False,
        pad_token_id=0,
        **more,
    )
    hook.remove()
    return tokens, len(asked)


passes, same = {"alone": [], **{name: [] for name in NOISE}}, {name: [] for name in NOISE}
for seed in SEEDS:
    target, prompt = model(seed), torch.arange(8)[None] + 10 * seed
    alone, count = written(target, prompt)
    passes["alone"].append(count)
    for name, noise in NOISE.items():
        found, count = written(target, prompt, assistant_model=draft(target, noise, seed))
        passes[name].append(count)
        same[name].append(torch.equal(found, alone))

table(
    ("draft", "passes of the model", "same tokens"),
    [
        (name, f"{sum(counts) / len(counts):.1f}", "" if name == "alone" else str(all(same[name])))
        for name, counts in passes.items()
    ],
)
mean = {name: sum(counts) / len(counts) for name, counts in passes.items()}
assert all(all(found) for found in same.values())
assert mean["the model itself"] < mean["a little noise"] < mean["another model"] <= mean["alone"]
assert mean["the model itself"] <= TOKENS / (AHEAD + 1) + 1
