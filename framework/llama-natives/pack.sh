#!/bin/sh
# pack.sh NPM_FOLDER OUT_FOLDER PLATFORM: takes the llama.cpp shared libraries out of the locked npm package, lists their hashes.
set -eu
src=$(cd "$(dirname "$0")" && pwd) npm=$1 out=$2 platform=$3
mkdir -p "$npm" "$out"
if ! cmp -s "$src/package-lock.json" "$npm/installed.json"; then
  cp "$src/package.json" "$src/package-lock.json" "$npm"
  # --force takes packages of other platforms too; --ignore-scripts runs nothing of what is fetched.
  (cd "$npm" && npm ci --force --ignore-scripts --no-audit --no-fund --loglevel=error)
  cp "$src/package-lock.json" "$npm/installed.json"
fi
package=$npm/node_modules/@node-llama-cpp/$platform
release=$(sed -n 's/.*"release":"\([^"]*\)".*/\1/p' "$package/bins/$platform/_nlcBuildMetadata.json")
rm -f "$out"/*
for f in "$package/bins/$platform"/lib*.so; do
  # libllama-common has a C++ interface only; the engine does not load it.
  case $f in */libllama-common.so) ;; *) cp "$f" "$out" ;; esac
done
cp "$package/LICENSE" "$out/LICENSE.node-llama-cpp"
cp "$src/LICENSE.llama.cpp" "$out"
printf 'release=%s\nplatform=%s\nbackend=cpu\n' "$release" "$platform" > "$out/natives.properties"
(cd "$out" && sha256sum lib*.so > SHA256SUMS)
