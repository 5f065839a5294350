#!/usr/bin/env bash
# gpu-train.sh: the training benchmark on a machine that has an NVIDIA GPU, nvcc and g++, but no network and no JDK.
#   gpu-train.sh pack FOLDER    here: packs a Java runtime, the trainer, llama.cpp's libraries and the source of its CUDA
#                               backend into FOLDER/train.tar.xz, and puts this script beside it. Needs a built repository
#                               (./quipu doctor builds it) and llama.cpp's source (samples/benchmarks/engine/build-peers.sh).
#   gpu-train.sh run [OUT]      there, in that folder: builds the CUDA backend, writes models with random weights, compares
#                               the losses of CPU and GPU, measures tokens a second, and leaves results in OUT
#                               (default: results). Where a python3 has torch, transformers and peft, they are measured too.
# Environment of run: MODELS (default "135m:Q8_0 1b:Q8_0"), BATCHES (1,8,16), LENGTH (512), STEPS (15), CHECK_STEPS (5), TYPES (of the peer, bfloat16 float32),
# WORK (where things are unpacked and built, default /tmp/quipu-train), DEVICES (cpu: without a GPU and its build, to try
# the rest), THREADS (of the CPU), LIMIT (seconds after which no further part is begun, default 36000).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

pack() {
  local out=$1 repo peers lib jdk='' d jar module
  repo=$(cd "$here/../../.." && pwd)
  peers=${QUIPU_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/quipu}/peers
  lib=${LIB:-$repo/samples/target/lib}
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  mkdir -p "$out" "$work/bundle"/{jars,natives,source/ggml/src,wheels}
  for d in ${JAVA_HOME:+"$JAVA_HOME"} /usr/lib/jvm/*; do
    if [ -x "$d/bin/jlink" ] && grep -q '^JAVA_VERSION="\(2[5-9]\|[3-9][0-9]\)' "$d/release"; then jdk=$d; break; fi
  done
  "$jdk/bin/jlink" --add-modules java.base,java.logging,java.management,java.naming,java.net.http,java.xml,jdk.management,jdk.unsupported \
    --strip-debug --strip-java-debug-attributes --no-header-files --no-man-pages --vm=server --output "$work/bundle/java"
  find "$work/bundle/java/lib" -name '*.so' -exec strip --strip-unneeded {} + 2>/dev/null || true
  for jar in langchain4j-core jackson-annotations jackson-core jackson-databind slf4j-api logback-classic logback-core picocli; do
    cp "$lib/$jar"-[0-9]*.jar "$work/bundle/jars/"
  done
  for module in api llama training server; do
    (cd "$repo/framework/$module/target/classes" && zip -q -0 -r "$work/bundle/jars/quipu-$module.jar" .)
  done
  cp "$repo"/framework/llama-natives/target/classes/dev/quipu/llama/natives/linux-x64/* "$work/bundle/natives/"
  cp -r "$peers/source/ggml/include" "$work/bundle/source/ggml/"
  cp "$peers/source/ggml/src"/*.h "$work/bundle/source/ggml/src/"
  cp -r "$peers/source/ggml/src/ggml-cuda" "$work/bundle/source/ggml/src/"
  cp "$peers/source/LICENSE" "$work/bundle/source/"
  cp "$here/build-cuda.sh" "$here/../training/peft_peer.py" "$work/bundle/"
  # The peer reads the same model's file with it; pure Python.
  python3 -m pip download --quiet --no-deps --dest "$work/bundle/wheels" gguf || echo "no gguf package: the peer will be left out"
  tar -C "$work/bundle" -c . | xz -T0 -6 >"$out/train.tar.xz"
  cp "$here/gpu-train.sh" "$out/"
  du -h "$out/train.tar.xz"
}

run() {
  local out=${1:-$here/results} work=${WORK:-/tmp/quipu-train} started=$SECONDS device=gpu model file name batch type
  mkdir -p "$out" "$work"
  out=$(cd "$out" && pwd)
  exec > >(tee -a "$out/log.txt") 2>&1
  [ -d "$work/java" ] || xz -dc "$here/train.tar.xz" | tar -x -C "$work"
  { uname -srm; nproc; grep -m1 'model name' /proc/cpuinfo; free -g | sed -n 2p; nvidia-smi -L; nvidia-smi | sed -n 3,4p
    nvcc --version | tail -n 2; } 2>&1 || true
  if [ "${DEVICES:-cuda}" = cpu ]; then
    device=cpu
  else
    # Training does without flash attention, which takes the compiler longest. Beside it the models are written.
    mkdir -p "$work/cuda"
    (
      result=0
      DEFINES=-DGGML_CUDA_NO_FA "$work/build-cuda.sh" "$work/source/ggml" "$work/natives" "$work/cuda" >"$out/build-cuda.log" 2>&1 || result=$?
      echo $result >"$work/cuda/result"
    ) &
  fi

  local java=("$work/java/bin/java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -Xmx8g -cp "$work/jars/*"
    "-Dquipu.llama.library-path=$work/natives")
  local models=${MODELS:-135m:Q8_0 1b:Q8_0}
  for model in $models; do
    file=$work/${model%%:*}-${model##*:}.gguf
    [ -s "$file" ] || "${java[@]}" dev.quipu.server.bench.EngineBench synthesize "${model%%:*}" "${model##*:}" "$file"
  done
  echo "models written after $((SECONDS - started)) s"
  if [ $device = gpu ]; then
    wait $!
    if [ "$(cat "$work/cuda/result")" != 0 ]; then
      tail -n 30 "$out/build-cuda.log"
      return 1
    fi
    cp "$work/cuda/libggml-cuda.so" "$work/natives/"
    export LD_LIBRARY_PATH
    LD_LIBRARY_PATH=$(cat "$work/cuda/library-path"):${LD_LIBRARY_PATH:-}
    echo "CUDA backend built after $((SECONDS - started)) s"
  fi

  local peer=''
  if python3 -c 'import torch, transformers, peft' 2>/dev/null &&
    python3 -m pip install -q --no-index --no-deps --target "$work/python" "$work"/wheels/*.whl; then
    peer=python3
    python3 -c 'import torch, transformers, peft; print("peer: torch", torch.__version__, "transformers", transformers.__version__, "peft", peft.__version__)'
  else
    echo "no python3 with torch, transformers and peft here: no peer"
  fi
  for model in $models; do
    name=${model%%:*}-${model##*:}
    [ $((SECONDS - started)) -lt "${LIMIT:-36000}" ] || { echo "no time for $name"; continue; }
    # A part that fails does not take the rest with it.
    "${java[@]}" dev.quipu.server.bench.DeviceTraining --model "$work/$name.gguf" --vocabulary "$(vocabulary "${model%%:*}")" \
      --folder "$out/$name" --device $device --length "${LENGTH:-512}" --batches "${BATCHES:-1,8,16}" --steps "${STEPS:-15}" \
      --check-steps "${CHECK_STEPS:-5}" --threads "${THREADS:-$(nproc)}" || echo "training $name failed"
    echo "training of $name after $((SECONDS - started)) s"
  done
  # The peer after all of ours, for time may be short.
  for model in $([ -z "$peer" ] || echo "$models"); do
    name=${model%%:*}-${model##*:}
    for batch in $(echo "${BATCHES:-1,8,16}" | tr , ' '); do
      for type in ${TYPES:-bfloat16 float32}; do
        [ $((SECONDS - started)) -lt "${LIMIT:-36000}" ] || { echo "no time for the peer: $name, batch $batch, $type"; continue; }
        peer "$name" "$batch" "$type" || echo "the peer failed: $name, batch $batch, $type"
        echo "after $((SECONDS - started)) s"
      done
    done
  done
  rm -f "$out"/*/*.gguf "$out"/*/rows-*.json
  echo "done after $((SECONDS - started)) s"
}

vocabulary() {
  case $1 in tiny) echo 1024 ;; 135m) echo 49152 ;; *) echo 128256 ;; esac
}

# PyTorch and PEFT on the same rows, beginning with the same adapter; a model has a folder of its own, as transformers wants.
peer() { # $1 name, $2 batch, $3 type
  local rows=$out/$1/rows-$2.json
  [ -s "$rows" ] || return 0
  PYTHONPATH=$work/python "$peer" "$work/peft_peer.py" --model "$work/$1.gguf" --rows "$rows" --init "$out/$1/first.gguf" \
    --out "$out/$1/peer-$2-$3.json" --steps "${STEPS:-15}" --batch "$2" --threads "${THREADS:-$(nproc)}" \
    --device "$([ $device = gpu ] && echo cuda || echo cpu)" --dtype "$3" >"$out/$1/peer-$2-$3.log" 2>&1 ||
    { tail -n 5 "$out/$1/peer-$2-$3.log"; return 1; }
  python3 - "$out/$1/peer-$2-$3.json" "$out/$1/train-$1.json" "$2" "${LENGTH:-512}" <<'PY'
import json, statistics, sys
peer, ours = json.load(open(sys.argv[1])), json.load(open(sys.argv[2]))["metrics"]
batch, length = int(sys.argv[3]), int(sys.argv[4])
theirs = batch * length / statistics.median(peer["seconds"][3:] or peer["seconds"])
mine = ours[f"training.device.batch{batch}.tokens_per_second"]
print(f"peer {sys.argv[1].split('/')[-1]}: {theirs:.0f} tokens/s, ours {mine:.0f}, ratio {mine / theirs:.2f}; "
      f"losses first {peer['losses'][0]:.4f} ours {ours[f'training.device.batch{batch}.first_loss']:.4f}, "
      f"last {peer['losses'][-1]:.4f} ours {ours[f'training.device.batch{batch}.last_loss']:.4f}; "
      f"device memory {peer['device_bytes'] / 1e6:.0f} MB, our buffers {ours[f'training.device.batch{batch}.megabytes']:.0f} MB")
PY
}

case ${1:-} in
  pack) pack "${2:?gpu-train.sh pack FOLDER}" ;;
  run) run "${2:-}" ;;
  *)
    sed -n '2,13s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
    exit 2
    ;;
esac
