#!/usr/bin/env bash
# link-peers.sh PEERS NATIVES: links llama-bench and llama-server, as build-peers.sh compiled them into PEERS, to the shared
# libraries in NATIVES instead of copies of their own, and puts them there: they load whatever backend lies beside them.
set -euo pipefail
build=$1/build natives=$(cd "$2" && pwd)
shared=("$natives"/libllama.*so "$natives"/libggml.*so "$natives/libggml-base.so")
archives=()
for name in llama-bench-impl llama-server-impl server-context llama-common llama-common-base mtmd cpp-httplib vendor-hash llama-ui; do
  while read -r archive; do archives+=("$archive"); done < <(find "$build" -name "lib$name.a")
done
for program in llama-bench llama-server; do
  [ -e "$build/bin/$program" ] || continue
  main=$(find "$build/tools" -path "*/$program.dir/*" -name 'main.cpp.o' | head -n 1)
  g++ -o "$natives/$program" "$main" -Wl,--start-group "${archives[@]}" -Wl,--end-group "${shared[@]}" \
    -Wl,-rpath,'$ORIGIN' -Wl,--gc-sections -Wl,-s -fopenmp -lpthread -ldl
done
