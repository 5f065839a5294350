#!/usr/bin/env bash
# Installs what './quipu bench training' compares with, PyTorch and PEFT, where it looks for them. They come from PyPI by
# pip; PyTorch brings its GPU libraries along, so this takes some gigabytes.
set -euo pipefail
peers=${QUIPU_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/quipu}/peers/peft
python3 -m venv "$peers"
"$peers/bin/pip" install --quiet torch==2.15.0 peft==0.21.2 transformers==5.24.0 gguf numpy
"$peers/bin/python" -c 'import torch, peft, transformers; print("torch", torch.__version__, "peft", peft.__version__)'
