# FlashAttention today: PyTorch's scaled_dot_product_attention, here on a CPU, with the plain kernel
# and with the one in blocks. Both give the same; the profiler says how much memory each asks for.
# On a GPU the same call takes the kernels of flash-attn; times on a CPU say nothing about those.

import torch
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.nn.functional import scaled_dot_product_attention
from torch.profiler import ProfilerActivity, profile

from kb.lab import table

LENGTHS, WIDTH, HEADS = (512, 1024, 2048), 64, 4
torch.set_num_threads(1)  # each thread has a block of its own
print(f"with torch {torch.__version__}")


def attended(kernel, q, k, v):
    """Attention (1, heads, tokens, width) by ``kernel``, and how many bytes its steps ask for."""
    with (
        sdpa_kernel(kernel),
        profile(activities=[ProfilerActivity.CPU], profile_memory=True) as seen,
    ):
        out = scaled_dot_product_attention(q, k, v, is_causal=True)
    return out, sum(max(0, step.self_cpu_memory_usage) for step in seen.key_averages())


rows = []
for length in LENGTHS:
    torch.manual_seed(length)
    q, k, v = torch.randn(3, 1, HEADS, length, WIDTH)
    plain, much = attended(SDPBackend.MATH, q, k, v)
    blocks, little = attended(SDPBackend.FLASH_ATTENTION, q, k, v)
    off = (plain - blocks).abs().max().item()
    rows.append((length, much, little, off))

table(
    ("tokens", "bytes, plain", "bytes, in blocks", "largest difference"),
    [(length, f"{much:,}", f"{little:,}", f"{off:.0e}") for length, much, little, off in rows],
)
assert all(off < 1e-5 for *_, off in rows)
assert all(little < much / 3 for _, much, little, _ in rows)
