#!/usr/bin/env bash
# gpu.sh: the engine benchmark on a machine that has an NVIDIA GPU and nvcc, but no network and no JDK.
#   gpu.sh pack FOLDER    here: packs a Java runtime, the engine, llama.cpp's libraries, the source of its CUDA backend and
#                         the peers into FOLDER/bundle.tar.xz, and puts this script beside it. Needs a built repository
#                         (./quipu doctor builds it) and the peers (samples/benchmarks/engine/build-peers.sh).
#   gpu.sh run [OUT]      there, in that folder: builds the CUDA backend, writes models with random weights, measures, and
#                         leaves results in OUT (default: results)
# Environment of run: MODELS (default "8b:Q8_0 8b:Q4_0 1b:Q8_0 135m:Q8_0"), USERS (1,8,16,64,128), MANY (models for them, default "8b-Q8_0 135m-Q8_0"), RUNS (3), QUICK (1: the
# smallest model and few users), WORK (where things are unpacked and built, default /tmp/quipu-gpu), DEVICES (cpu: without
# a GPU and its build, to try the rest), LIMIT (seconds after which no further part is begun, default 36000).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

pack() {
  local out=$1 repo cache peers lib
  repo=$(cd "$here/../../.." && pwd)
  cache=${QUIPU_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/quipu}
  peers=$cache/peers
  lib=$repo/samples/target/lib
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  mkdir -p "$out" "$work/bundle"/{jars,natives,source}
  local jdk='' d
  for d in ${JAVA_HOME:+"$JAVA_HOME"} /usr/lib/jvm/*; do
    if [ -x "$d/bin/jlink" ] && grep -q '^JAVA_VERSION="\(2[5-9]\|[3-9][0-9]\)' "$d/release"; then jdk=$d; break; fi
  done

  # Uncompressed: xz over all of it does better than jlink over each file.
  "$jdk/bin/jlink" --add-modules java.base,java.logging,java.management,java.naming,java.net.http,java.xml,jdk.management,jdk.unsupported \
    --strip-debug --strip-java-debug-attributes --no-header-files --no-man-pages --vm=server --output "$work/bundle/java"
  find "$work/bundle/java/lib" -name '*.so' -exec strip --strip-unneeded {} + 2>/dev/null || true

  local jar
  for jar in langchain4j-core jackson-annotations jackson-core jackson-databind slf4j-api logback-classic logback-core picocli; do
    cp "$lib/$jar"-[0-9]*.jar "$work/bundle/jars/"
  done
  local module
  for module in api llama server; do
    (cd "$repo/framework/$module/target/classes" && zip -q -0 -r "$work/bundle/jars/quipu-$module.jar" .)
  done
  cp "$repo"/framework/llama-natives/target/classes/dev/quipu/llama/natives/linux-x64/* "$work/bundle/natives/"

  # llama-bench and llama-server on the engine's own libraries, so that both sides differ in nothing but the loop.
  "$here/link-peers.sh" "$peers" "$work/bundle/natives"

  mkdir -p "$work/bundle/source/ggml/src"
  cp -r "$peers/source/ggml/include" "$work/bundle/source/ggml/"
  cp "$peers/source/ggml/src"/*.h "$work/bundle/source/ggml/src/"
  cp -r "$peers/source/ggml/src/ggml-cuda" "$work/bundle/source/ggml/src/"
  cp "$peers/source/LICENSE" "$work/bundle/source/"
  cp "$here/build-cuda.sh" "$work/bundle/"

  tar -C "$work/bundle" -c . | xz -T0 -6 >"$out/bundle.tar.xz"
  cp "$here/gpu.sh" "$out/"
  du -h "$out/bundle.tar.xz"
}

run() {
  local out=${1:-$here/results} work=${WORK:-/tmp/quipu-gpu} started=$SECONDS
  mkdir -p "$out" "$work"
  out=$(cd "$out" && pwd)
  [ -d "$work/java" ] || xz -dc "$here/bundle.tar.xz" | tar -x -C "$work"
  local layers=999 devices=${DEVICES:-cuda}
  { uname -srm; nproc; grep -m1 'model name' /proc/cpuinfo; free -g | sed -n 2p; nvidia-smi -L; nvidia-smi | sed -n 3,4p
    nvcc --version | tail -n 2; } >>"$out/log.txt" 2>&1 || true
  if [ "$devices" = cpu ]; then
    layers=0
  else
    # Beside the compiler, which takes minutes, the models are written.
    mkdir -p "$work/cuda"
    (
      result=0
      "$work/build-cuda.sh" "$work/source/ggml" "$work/natives" "$work/cuda" >"$out/build-cuda.log" 2>&1 || result=$?
      echo $result >"$work/cuda/result"
    ) &
  fi

  local java=("$work/java/bin/java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -Xmx4g -cp "$work/jars/*"
    "-Dquipu.llama.library-path=$work/natives")
  local bench=dev.quipu.server.bench.EngineBench model files=()
  local models=${MODELS:-8b:Q8_0 8b:Q4_0 1b:Q8_0 135m:Q8_0} users=${USERS:-1,8,16,64,128}
  [ -z "${QUICK:-}" ] || { models=135m:Q8_0 users=1,8; }
  for model in $models; do
    local file=$work/${model%%:*}-${model##*:}.gguf
    [ -s "$file" ] || "${java[@]}" $bench synthesize "${model%%:*}" "${model##*:}" "$file"
    files+=("$file")
  done
  echo "models written after $((SECONDS - started)) s"

  if [ "$devices" != cpu ]; then
    wait
    if [ "$(cat "$work/cuda/result")" != 0 ]; then
      tail -n 30 "$out/build-cuda.log"
      return 1
    fi
    cp "$work/cuda/libggml-cuda.so" "$work/natives/"
    export LD_LIBRARY_PATH
    LD_LIBRARY_PATH=$(cat "$work/cuda/library-path"):${LD_LIBRARY_PATH:-}
    echo "CUDA backend built after $((SECONDS - started)) s"
    "$work/natives/llama-bench" --list-devices 2>&1 | tee -a "$out/log.txt"
  fi

  # A part that fails does not take the rest with it.
  measure() { # $1 what, $2 model, then further options
    local what=$1 file=$2 name
    name=$(basename "$file" .gguf)
    shift 2
    [ $((SECONDS - started)) -lt "${LIMIT:-36000}" ] || { echo "no time for $what of $name"; return 0; }
    "${java[@]}" $bench --model "$file" --only "$what" --gpu-layers $layers --threads "${THREADS:-$(nproc)}" \
      --peers "$work/natives" "$@" --out "$out/$what-$name.json" 2>&1 | tee -a "$out/log.txt" || true
    echo "$what of $name after $((SECONDS - started)) s"
  }
  local file
  for file in "${files[@]}"; do measure one "$file" --runs "${RUNS:-3}"; done
  for file in "${files[@]}"; do
    case " ${MANY:-8b-Q8_0 135m-Q8_0} " in
      *" $(basename "$file" .gguf) "*) measure many "$file" --users "$users" --slots 256 --runs "${CROWD_RUNS:-1}" ;;
    esac
  done
  echo "done after $((SECONDS - started)) s"
}

case ${1:-} in
  pack) pack "${2:?gpu.sh pack FOLDER}" ;;
  run) run "${2:-}" ;;
  *)
    sed -n '2,14s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
    exit 2
    ;;
esac
