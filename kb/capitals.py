"""Which letters of a title keep their case when a style sets it in lower case."""

import re
from collections.abc import Iterator

# Names that a title in title case does not tell from other words.
_NAMES = frozenset(
    """
    Adam African Alpaca Alzheimer Amazon Amdahl American Ampere Android Apple Arabic Asian Atari
    Banach Bayes Bayesian Bellman Bernoulli Bernstein Bhattacharyya Blackwell Boltzmann Boole
    Boolean Bregman Brownian Byzantine Caffe Carlo Cartesian Cauchy Chebyshev Chinese Cholesky
    Clifford Cortex Darwin Daubechies Deja Déjà Dijkstra Dirichlet Donoho Edgeworth Einstein Elo
    English Euclid Euclidean Euler European Facebook Fenchel Fibonacci Fisher Fourier Frank French
    Fréchet Frobenius Gabor Galois Gauss Gaussian Gemini Gemma German Gibbs Golomb Google Gram
    Granger Grassmann Gumbel Haar Hadamard Hamiltonian Hamming Hausdorff Hebbian Helmholtz Hermitian
    Hessian Hilbert Hopfield Householder Huber Huffman Hutchinson Hydra Indian Intel Ising Jaccard
    Jacobi Jacobian Japanese Jensen Jetson Johnson Kalman Karhunen Karush Keras Kolmogorov Korean
    Kronecker Krylov Kuhn Kullback Lagrange Lagrangian Lanczos Langevin Laplace Laplacian Latin
    Lebesgue Legendre Leibler Lempel Levenberg Levenshtein Lindenstrauss Linformer Linux Lipschitz
    Llama Lloyd Loève Longformer Lyapunov Mahalanobis Mamba Manhattan Markov Markovian Marquardt
    Medusa Mercer Microsoft Minkowski Mistral Mixtral Monte Moore Moreau Nash Nelder Nesterov Newton
    Nvidia Nyquist Nyström Occam Ornstein Pareto Parseval Parzen Pearson Pelee Penrose Performer
    Petri Pi Platt Poincaré Poisson Polyak Potts Pythagorean Pythia Python Qualcomm Qwen Rademacher
    Raphson Raspberry Rayleigh Reed Reformer Rényi Riemann Riemannian Rosenblatt Russian Samsung
    Schmidt Schur Shannon Shapley Sherman Sinkhorn Snapdragon Sobel Sobol Sobolev Solomon Spanish
    Spearman Stein Stiefel Strassen Swin Swiss Sylvester Tanimoto Taylor Tesla Thompson Tikhonov
    Toeplitz Toom Triton Tsallis Tucker Turing Twitter Uhlenbeck Vandermonde Vapnik Vicuna Viterbi
    Voronoi Vu Walsh Wasserstein Watson Wiener Wigner Wikipedia Winograd Wishart Woodbury Xception
    Xilinx Zernike Zipf Ziv
    """.split()
)
# The second halves of names in two parts: XNOR-Net, U-Net.
_HALVES = frozenset("Base Bench Former Large LM Lite Mixer Net Nets Pruner Tiny".split())
# Second halves that make no name of the first, even before a colon: CNN-Based.
_QUALIFIERS = frozenset(
    "Assisted Aware Based Driven Free Friendly Guided Inspired Like Only Style".split()
)
# Terms that many write with capitals, in any title: Deep Learning.
_TERMS = frozenset(
    """
    Adversarial Artificial Convolutional Deep Generative Intelligence Language Large Learning
    Machine Model Models Network Networks Neural Processing Recurrent Reinforcement Transformer
    Transformers Vision
    """.split()
)
_COUNTED = re.compile(r"\d+[A-Z][a-z]{2,}")  # 8Bit: a number and a word, no name
_WORD = re.compile(r"[^\W_]+(?:['’.\-/+][^\W_]+)*")
_PART = re.compile(r"[^\W_]+")
_BEGINNING = re.compile(r"(?:^|[:?!.—–]\s+)[^\w\s]*$")
_SMALL = 4  # title case leaves shorter words small, and these
_PREPOSITIONS = frozenset(
    "about across after against along among around before behind below beneath beside between "
    "beyond both down during from inside into like near onto over than that through toward "
    "towards under until upon using versus when where while with within without".split()
)


def kept(title: str) -> Iterator[tuple[int, int]]:
    """The pieces of ``title`` that keep their case, from and up to which character, in order.

    A name with capitals inside is kept whole (ImageNet), another by its first letter (Bayesian).
    """
    if title.isupper():
        return
    plain = _in_sentence_case(title)
    for word in _WORD.finditer(title):
        begins = bool(_BEGINNING.search(title[: word.start()]))
        if begins and title[word.end() :].startswith(":") and _coined(word[0]):
            yield word.span()
            continue
        yield from _joined(_of_word(word[0], word.start(), plain and not begins))


def _in_sentence_case(title: str) -> bool:
    """Whether half of the words after the first are small or more, so that the others are names."""
    words = [
        word[0]
        for word in _WORD.finditer(title)
        if len(word[0]) >= _SMALL
        and word[0] not in _PREPOSITIONS
        and not _BEGINNING.search(title[: word.start()])
    ]
    small = sum(word[0].islower() for word in words)
    return small > 0 and small >= len(words) / 2


def _coined(word: str) -> bool:
    """Whether a word before a colon is the name of what the title is about: PV-Tuning."""
    first, *others = word.split("-")
    return (
        (_mixed(first) or _letter(first, word))
        and bool(others)
        and all(part.isalpha() and part[0].isupper() for part in others)
        and others[-1] not in _QUALIFIERS
    )


def _of_word(word: str, at: int, a_capital_is_a_name: bool) -> Iterator[tuple[int, int]]:
    """The pieces of one word, which stands ``at`` a character of the title."""
    pieces = [(part[0], part.start() + at, part.end() + at) for part in _PART.finditer(word)]
    named = any(_mixed(text) or _letter(text, word) for text, _, _ in pieces)
    for text, start, end in pieces:
        if _mixed(text) or _letter(text, word) or (named and text in _HALVES):
            yield start, end
        elif text in _NAMES or (a_capital_is_a_name and text[0].isupper() and text not in _TERMS):
            yield start, start + 1


def _mixed(text: str) -> bool:
    """Whether there are capitals after the first letter, or with digits: CNN, mAP, MobileNetV2."""
    if _COUNTED.fullmatch(text):
        return False
    return any(map(str.isupper, text[1:])) or (text[0].isupper() and not text.isalpha())


def _letter(text: str, word: str) -> bool:
    """A capital that stands for itself: the Q of Q-learning, the pronoun; not the article."""
    return len(text) == 1 and text.isupper() and (text != "A" or len(word) > 1)


def _joined(pieces: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Pieces with one character between them as one: {XNOR-Net}, not {XNOR}-{Net}."""
    last: tuple[int, int] | None = None
    for start, end in pieces:
        if last and start - last[1] == 1:
            last = last[0], end
            continue
        if last:
            yield last
        last = start, end
    if last:
        yield last
