#!/bin/sh
# pack.sh PACKAGE_FOLDER NPM_FOLDER OUT_FOLDER PLATFORM [BACKEND]: takes the llama.cpp shared libraries out of a locked npm
# package and lists their hashes. PLATFORM is the package's name: linux-x64, linux-x64-cuda, mac-arm64-metal, win-x64, ...
# Of a package for cuda or vulkan only that backend's library is taken, with the hash of the base library it belongs to.
set -eu
src=$(cd "$(dirname "$0")" && pwd) lock=$1 npm=$2 out=$3 platform=$4 backend=${5:-cpu}
mkdir -p "$npm" "$out"
if ! cmp -s "$lock/package-lock.json" "$npm/installed.json"; then
  cp "$lock/package.json" "$lock/package-lock.json" "$npm"
  # --force takes packages of other platforms too; --ignore-scripts runs nothing of what is fetched.
  (cd "$npm" && npm ci --force --ignore-scripts --no-audit --no-fund --loglevel=error)
  cp "$lock/package-lock.json" "$npm/installed.json"
fi
package=$npm/node_modules/@node-llama-cpp/$platform
bins=$package/bins/$platform
release=$(sed -n 's/.*"release":"\([^"]*\)".*/\1/p' "$bins/_nlcBuildMetadata.json")
version=$(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' "$package/package.json" | head -n 1)
rm -f "$out"/*
for f in "$bins"/*.so "$bins"/*.dylib "$bins"/*.dll "$bins"/*.metal "$bins"/*.metallib; do
  case $backend:$f in
    cuda:*/libggml-cuda.*|cuda:*/ggml-cuda.dll|vulkan:*/libggml-vulkan.*|vulkan:*/ggml-vulkan.dll) cp "$f" "$out" ;;
    cuda:*|vulkan:*) ;;
    # An unmatched pattern, and libllama-common, which has a C++ interface only; the engine does not load it.
    *:*/\**|*:*/libllama-common.*|*:*/llama-common.dll) ;;
    *) cp "$f" "$out" ;;
  esac
done
cp "$package/LICENSE" "$out/LICENSE.node-llama-cpp"
cp "$src/LICENSE.llama.cpp" "$out"
printf 'release=%s\nplatform=%s\nbackend=%s\npackage=%s\n' "$release" "$platform" "$backend" \
  "@node-llama-cpp/$platform $version" > "$out/natives.properties"
case $backend in
  cuda|vulkan)
    for base in "$bins"/libggml-base.so "$bins"/ggml-base.dll; do
      [ ! -e "$base" ] || printf 'base=%s\n' "$(sha256sum "$base" | cut -d ' ' -f 1)" >> "$out/natives.properties"
    done ;;
esac
(cd "$out" && ls | grep -v -e '^LICENSE' -e '^natives.properties$' -e '^SHA256SUMS$' | xargs sha256sum > SHA256SUMS)
