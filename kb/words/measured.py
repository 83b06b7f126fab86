"""Words of results: the rows of papers, and the tables in which rows compare."""

from kb.words.pair import Pair

MODEL = Pair("Model", "模型")
DATASET = Pair("Dataset", "数据集")
METRIC = Pair("Metric", "指标")
VALUE = Pair("Value", "数值")
BASELINE = Pair("Baseline", "基线")
SIZE = Pair("Size and compute", "规模与计算量")
EVIDENCE_OF = Pair("Evidence of", "说明的技术")
ALSO_EVIDENCE_OF = Pair("Also evidence of", "同时说明的技术")
CONDITIONS = Pair("Conditions", "条件")
TOGETHER = Pair("together with {names}", "同时使用{names}")
BITS = {
    "weight": Pair("weights: {bits} bits", "权重 {bits} 比特"),
    "activation": Pair("activations: {bits} bits", "激活 {bits} 比特"),
    "kv": Pair("KV cache: {bits} bits", "KV 缓存 {bits} 比特"),
}
ROW_CONDITIONS = {
    "group_size": Pair("group size {value}", "每组 {value} 个权重"),
    "context": Pair("context {value} tokens", "上下文 {value} token"),
    "stride": Pair("stride {value}", "步长 {value}"),
    "split": Pair("split: {value}", "数据划分：{value}"),
    "checkpoint": Pair("checkpoint: {value}", "起始权重：{value}"),
    "evaluator": Pair("measured with {value}", "测量工具：{value}"),
    "hardware": Pair("on {value}", "硬件：{value}"),
    "batch": Pair("batch {value}", "批大小 {value}"),
}
CALIBRATED = Pair("calibrated on {data}", "校准集：{data}")
SAMPLES = Pair("{samples} samples", "{samples} 个样本")
TOKENS = Pair("{length} tokens each", "每个 {length} token")
FINETUNED = {
    True: Pair("fine-tuned afterwards", "压缩后微调过"),
    False: Pair("not fine-tuned", "未微调"),
}
PARAMETERS = Pair("{number} parameters", "参数 {number}")
FLOPS = Pair("{number} FLOPs", "{number} FLOPs")
MACS = Pair("{number} MACs", "{number} MACs")
COMPARED = Pair("Results that compare", "可比的结果")

TABLES = COMPARED
TABLES_INTRO = Pair(
    "Numbers of several papers side by side, but only where they were measured alike. "
    "Values share a column if model, data set, metric, context, evaluator and baseline are the "
    "same. The rest is refused, and the page says why.",
    "把多篇论文的数字放在一起，但只放测法相同的。"
    "模型、数据集、指标、上下文长度、测量工具和基线都一致，才进同一列；其余一律不进，并写明原因。",
)
TABLE_NAMES = {
    "wikitext-2": Pair("WikiText-2 perplexity", "WikiText-2 困惑度"),
    "two-bits": Pair("About 2 bits a weight", "每个权重约 2 比特"),
    "half-sparse": Pair("Sparsity 50%", "稀疏度 50%"),
    "mobile-imagenet": Pair("Mobile ImageNet", "移动端 ImageNet"),
}
TABLE_SAYS = {
    "wikitext-2": Pair(
        "What compression costs a language model, model by model, by context length and evaluator. "
        "Lower is better.",
        "压缩让大语言模型付出多少困惑度：逐个模型，按上下文长度和测量工具分开。越低越好。",
    ),
    "two-bits": Pair(
        "Weights of 1.5 to 2.5 bits, network by network, beside the accuracy in full precision.",
        "权重为 1.5 到 2.5 比特时的效果，逐个网络列出，并附全精度的数值。",
    ),
    "half-sparse": Pair(
        "Half of the weights are zero: scattered, or two of every four. "
        "Each value stands beside that of the dense model.",
        "一半权重为零：零散分布，或每 4 个里有 2 个。每个数值旁边是稠密模型的数值。",
    ),
    "mobile-imagenet": Pair(
        "Networks of at most 600 million operations for an image, the cheapest first, "
        "each in the document that measured it. Training recipes differ between documents.",
        "每张图不超过 6 亿次运算的网络，按所出文献分开，从最省的排起。不同文献的训练方法不同。",
    ),
}
TABLE_COUNTS = Pair(
    "{values} values in {columns} columns, {left} rows left out",
    "{columns} 列共 {values} 个数值，另有 {left} 行未列入",
)
TABLE_EMPTY = Pair(
    "No row of the catalogue states all that this table needs.",
    "目录里还没有一行写全本表所需的条件。",
)
WHAT_COMPARES = Pair("What shares a column", "什么能进同一列")
WHAT_COMPARES_IS = Pair(
    "A perplexity depends on the context length and on the program that measured it: where one "
    "model stands in several tables below its name, see how its baselines differ. Where a row "
    "names no evaluator, all that is known is the document in which it stands, so its column "
    "holds values of that document only. Nothing is ranked across columns.",
    "困惑度取决于上下文长度和测量程序：同一个模型分成几张表时，看看各表的基线差多少就知道了。"
    "没有写明测量工具的行，只知道它出自哪份文献，所以那一列只放同一份文献的数值。列与列之间不排名。",
)
METHOD = Pair("Method", "方法")
ZEROS = Pair("{share}% of the weights zero", "{share}% 的权重为零")
ZEROS_OF = Pair("{zeros} of every {many} weights zero", "每 {many} 个权重有 {zeros} 个为零")
CHANGE_FROM = Pair("Change", "变化")
COSTS_OF = {"macs": Pair("MACs", "MACs"), "flops": Pair("FLOPs", "FLOPs")}
PARAMETERS_HEAD = Pair("Parameters", "参数量")
CONTEXT_OF = Pair("context {value} tokens", "上下文 {value} token")
MEASURED_IN = Pair("as in {name}", "据 {name}")
BASELINE_OF = Pair("baseline {value}", "基线 {value}")
NO_BASELINE = Pair("no baseline", "无基线")
REFUSED = Pair(
    "These values stand in {count} tables because they do not compare. What differs: {names}.",
    "以下数值分在 {count} 张表里，因为彼此不可比。不同之处：{names}。",
)
TERMS = {
    "metric": Pair("metric", "指标"),
    "unit": Pair("unit", "单位"),
    "context": Pair("context length", "上下文长度"),
    "split": Pair("split", "数据划分"),
    "stride": Pair("stride", "步长"),
    "evaluator": Pair("evaluator", "测量工具"),
    "by": Pair("evaluator", "测量工具"),
    "checkpoint": Pair("checkpoint", "起始权重"),
    "counts": Pair("what is counted", "运算的计法"),
    "baseline": Pair("baseline", "基线"),
}
UNITS = {
    "points": Pair("points", "个百分点"),
    "fps": Pair("fps", "帧/秒"),
    "tokens/s": Pair("tokens/s", "token/秒"),
    "tokens": Pair("tokens", "token"),
    "bits": Pair("bits", "比特"),
    "s": Pair("s", "秒"),
    "min": Pair("min", "分钟"),
    "hours": Pair("hours", "小时"),
    "days": Pair("days", "天"),
    "GPU hours": Pair("GPU hours", "GPU 小时"),
    "million": Pair("million", "百万"),
    "billion": Pair("billion", "十亿"),
}
"""Units that are words; all others, such as `ms` and `MB`, are the same everywhere."""
LEFT_OUT = Pair("Left out", "未列入")
LEFT_OUT_FOR = {
    "dataset": Pair(
        "The value covers more than this data set: {count}", "数值不只针对这个数据集：{count} 行"
    ),
    "metric": Pair(
        "The value is a difference, a ratio or another metric: {count}",
        "数值是差值、比值或别的指标：{count} 行",
    ),
    "range": Pair("The value is a range: {count}", "数值是一个范围：{count} 行"),
    "context": Pair("No context length is stated: {count}", "没有写上下文长度：{count} 行"),
    "baseline": Pair("No baseline is stated: {count}", "没有写基线：{count} 行"),
}
ROW_NEEDS = Pair("What a row must state", "每行必须写明什么")
ROW_MUST = Pair(
    "Rows come from the entries of papers. A row enters this table if it states: {needs}. "
    "If it names the evaluator, it may share a column with other papers.",
    "表中各行取自论文条目。写明以下各项的行会自动进入本表：{needs}。写明测量工具的行，可以与其他论文同列。",
)
ROW_IS = {
    "wikitext-2": Pair("a perplexity on WikiText-2", "WikiText-2 上的困惑度"),
    "two-bits": Pair("the bits of a weight, 1.5 to 2.5", "权重的比特数，1.5 到 2.5"),
    "half-sparse": Pair(
        "that half of the weights are zero (“50% of the weights removed”, “2:4 sparse”)",
        "一半权重为零（稀疏度 50%，或每 4 个中有 2 个为零）",
    ),
    "mobile-imagenet": Pair(
        "top-1 on ImageNet and at most 600 million MACs or FLOPs",
        "ImageNet 上的 top-1 以及 MACs 或 FLOPs（不超过 6 亿）",
    ),
}
ROW_STATES = {
    "dataset": Pair("one data set", "单一数据集"),
    "metric": Pair("the metric itself (no difference)", "指标本身（不是差值）"),
    "range": Pair("one value", "单个数值"),
    "context": Pair("the context length of a perplexity", "困惑度的上下文长度"),
    "baseline": Pair("the uncompressed value", "未压缩时的数值"),
}
ADD_ROW = Pair("Add an entry", "添加条目")
