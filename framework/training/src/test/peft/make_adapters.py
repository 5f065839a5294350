#!/usr/bin/env python3
"""Makes the adapters that PeftImportTest takes over, with PEFT itself, and what the adapted models say by transformers.

    java -cp TEST_CLASS_PATH dev.quipu.training.internal.TinyModel MODELS
    python3 make_adapters.py MODELS ../resources/dev/quipu/training/peft

MODELS gets the models with random weights that the test makes, too; they follow from a seed. Needs torch, transformers,
peft and gguf (samples/benchmarks/training/install-peer.sh).
"""
import json
import os
import sys

import peft
import torch
import transformers

TOKENS = [5, 80, 200, 17, 17, 90, 3, 250, 101, 64]
ALL = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
ADAPTERS = {
    "llama": ("llama", torch.float32, dict(r=4, lora_alpha=8, target_modules=ALL)),
    "qwen2-rslora": ("qwen2", torch.bfloat16, dict(
        r=4, lora_alpha=6, use_rslora=True, target_modules=ALL, rank_pattern={"v_proj": 2}, alpha_pattern={"up_proj": 9})),
}


def main(models, target):
    for name, (architecture, dtype, options) in ADAPTERS.items():
        torch.manual_seed(7)
        model = transformers.AutoModelForCausalLM.from_pretrained(
            models, gguf_file=f"{architecture}-F32-F32.gguf", dtype=torch.float32, attn_implementation="eager")
        model = peft.get_peft_model(model, peft.LoraConfig(task_type="CAUSAL_LM", **options))
        with torch.no_grad():
            for parameter_name, parameter in model.named_parameters():
                if ".lora_" in parameter_name:
                    parameter.copy_((torch.randn_like(parameter) * (0.05 if ".lora_B." in parameter_name else 0.125)).to(dtype))
        model.eval()
        with torch.no_grad():
            logits = model(input_ids=torch.tensor([TOKENS])).logits[0, -1]
            with model.disable_adapter():
                plain = model(input_ids=torch.tensor([TOKENS])).logits[0, -1]
        print(name, "changes logits by up to", (logits - plain).abs().max().item())
        folder = os.path.join(target, name)
        for parameter_name, parameter in model.named_parameters():
            if ".lora_" in parameter_name:
                parameter.data = parameter.data.to(dtype)
        model.save_pretrained(folder)
        os.remove(os.path.join(folder, "README.md"))
        config = os.path.join(folder, "adapter_config.json")
        told = json.load(open(config))
        told["base_model_name_or_path"] = f"tiny {architecture}"
        json.dump(told, open(config, "w"), indent=2, sort_keys=True)
        json.dump([round(x, 5) for x in logits.tolist()], open(os.path.join(folder, "logits.json"), "w"))


if __name__ == "__main__":
    main(*sys.argv[1:])
