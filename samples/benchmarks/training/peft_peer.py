#!/usr/bin/env python3
"""PyTorch and PEFT on the same model, rows and settings as './quipu bench training'.

The weights are dequantized from the same GGUF file into 32-bit numbers, the adapter begins with the same matrices, and
AdamW takes the same steps. Writes JSON: {"losses": [...], "seconds": [...], "peak_bytes": n, "versions": {...}}.
"""
import argparse
import json
import math
import os
import resource
import time


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True, help="the GGUF file")
    parser.add_argument("--rows", required=True, help="JSON: a list of rows of tokens, one row a sequence")
    parser.add_argument("--init", required=True, help="GGUF adapter whose A matrices are the first ones")
    parser.add_argument("--out", required=True)
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--batch", type=int, default=1)
    parser.add_argument("--rank", type=int, default=16)
    parser.add_argument("--alpha", type=float, default=32)
    parser.add_argument("--lr", type=float, default=2e-4)
    parser.add_argument("--warmup", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--attention", default="sdpa")
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument("--dtype", default="float32", help="of the frozen weights and the computation")
    return parser.parse_args()


NAMES = {"attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj", "attn_v": "self_attn.v_proj",
         "attn_output": "self_attn.o_proj", "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj",
         "ffn_down": "mlp.down_proj"}


def first_matrices(path):
    """The A matrix of each changed weight, by PEFT's name of the layer and the projection."""
    import gguf
    found = {}
    for tensor in gguf.GGUFReader(path).tensors:
        if tensor.name.endswith(".lora_a"):
            _, layer, name, _, _ = tensor.name.split(".")
            found[f"layers.{layer}.{NAMES[name]}"] = tensor.data
    return found


def main():
    args = arguments()
    os.environ.setdefault("OMP_NUM_THREADS", str(args.threads))
    import peft
    import torch
    import transformers
    torch.set_num_threads(args.threads)
    torch.backends.cuda.matmul.allow_tf32 = True  # as ggml has it
    torch.manual_seed(0)
    folder, file = os.path.split(os.path.abspath(args.model))
    model = transformers.AutoModelForCausalLM.from_pretrained(
        folder, gguf_file=file, dtype=getattr(torch, args.dtype), attn_implementation=args.attention).to(args.device)
    model = peft.get_peft_model(model, peft.LoraConfig(
        r=args.rank, lora_alpha=args.alpha, lora_dropout=0.0, task_type="CAUSAL_LM",
        target_modules=["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]))
    first = first_matrices(args.init)
    taken = 0
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if ".lora_A." in name:
                key = "layers." + name.split(".layers.")[1].split(".lora_A.")[0]
                parameter.copy_(torch.tensor(first[key]).to(parameter))
                taken += 1
    assert taken == len(first), f"{taken} of {len(first)} matrices"
    trained = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=args.lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0)
    rows = json.load(open(args.rows))
    model.train()
    losses, seconds = [], []
    for step in range(args.steps):
        begun = time.perf_counter()
        mine = [rows[(step * args.batch + i) % len(rows)] for i in range(args.batch)]
        tokens = torch.tensor(mine, device=args.device)
        scores = model(input_ids=tokens[:, :-1], use_cache=False).logits
        loss = torch.nn.functional.cross_entropy(scores.flatten(0, 1), tokens[:, 1:].flatten())
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        share = (step + 1) / args.warmup if step < args.warmup else 0.5 * (
            1 + math.cos(math.pi * (step - args.warmup) / max(1, args.steps - args.warmup)))
        for group in optimizer.param_groups:
            group["lr"] = args.lr * share
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        losses.append(loss.item())
        seconds.append(time.perf_counter() - begun)
        print(f"step {step + 1} of {args.steps}, loss {losses[-1]:.4f}, {seconds[-1]:.2f} s", flush=True)
    with open(args.out, "w") as out:
        json.dump({"losses": losses, "seconds": seconds,
                   "device_bytes": torch.cuda.max_memory_allocated() if args.device == "cuda" else 0,
                   "peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
                   "versions": {"torch": torch.__version__, "peft": peft.__version__,
                                "transformers": transformers.__version__}}, out)


if __name__ == "__main__":
    main()
