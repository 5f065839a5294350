#!/usr/bin/env bash
# build-peers.sh [FOLDER]: builds llama-bench, llama-server, llama-batched-bench and llama-perplexity of the release that the
# engine's libraries are of, so that './quipu bench engine' and docs/benchmarks.md can compare with them. The source is the git bundle inside the npm package node-llama-cpp of the
# libraries' version. Needs git, npm, cmake, make and a C++ compiler; takes about ten minutes on two cores.
#   FOLDER  where they go (default: $QUIPU_CACHE/peers, else ~/.cache/quipu/peers)
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${QUIPU_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/quipu}
out=${1:-$cache/peers}
version=$(sed -n 's/.*"@node-llama-cpp\/linux-x64": *"\([^"]*\)".*/\1/p' "$here/../../../framework/llama-natives/package.json")
commit=de3ff815ea7d559ee917f063901b8986f038abc6 # the bundle's one commit, for this version

mkdir -p "$out"
if [ ! -e "$out/source/CMakeLists.txt" ]; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  (cd "$work" && npm pack --silent "node-llama-cpp@$version" >/dev/null && tar xzf node-llama-cpp-*.tgz package/llama/gitRelease.bundle)
  rm -rf "$out/source"
  git -c advice.detachedHead=false clone --quiet "$work/package/llama/gitRelease.bundle" "$out/source"
  if [ "$(git -C "$out/source" rev-parse HEAD)" != "$commit" ]; then
    echo "build-peers: the source of node-llama-cpp $version is not the one this script was written for" >&2
    rm -rf "$out/source"
    exit 1
  fi
fi
[ "${PEERS_SOURCE_ONLY:-}" = "" ] || exit 0

# As a user would build it: for this processor, with OpenMP where the compiler has it. No page, so nothing is downloaded.
cmake -S "$out/source" -B "$out/build" -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=OFF -DGGML_NATIVE=ON \
  -DLLAMA_OPENSSL=OFF -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_APP=OFF \
  -DLLAMA_BUILD_UI=OFF -DLLAMA_USE_PREBUILT_UI=OFF >"$out/build.log" 2>&1
programs=(llama-bench llama-server llama-batched-bench llama-perplexity)
cmake --build "$out/build" --target "${programs[@]}" --parallel "$(nproc)" >>"$out/build.log" 2>&1
cp "${programs[@]/#/$out/build/bin/}" "$out"
echo "built in $out: ${programs[*]}"
