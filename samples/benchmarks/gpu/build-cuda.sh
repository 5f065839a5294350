#!/usr/bin/env bash
# build-cuda.sh GGML NATIVES OUT: compiles ggml's CUDA backend of the natives' release for one kind of GPU into
# OUT/libggml-cuda.so, which llama.cpp loads beside the libraries in NATIVES.
#   GGML      the folder 'ggml' of llama.cpp's source
#   NATIVES   a folder with libggml-base.so
#   OUT       where the objects and the library go; what is there already is not compiled again
# Environment: CUDA_HOME (default: where nvcc lies), CUDA_ARCH (default: the GPU's, else 90), JOBS (default: processors),
# DEFINES (further definitions), RUN (a command before each compilation).
set -euo pipefail
ggml=$1 natives=$2 out=$3
cuda=${CUDA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v nvcc || echo /usr/local/cuda/bin/nvcc)")")")}
arch=${CUDA_ARCH:-$(nvidia-smi --query-gpu=compute_cap --format=csv,noheader 2>/dev/null | head -n 1 | tr -d . || true)}
arch=${arch:-90}
mkdir -p "$out/stubs"

# cuBLAS comes with the toolkit, or else with PyTorch.
first() { find -L "$cuda" /usr/local /opt /usr/lib /usr/include -name "$1" -print -quit 2>/dev/null || true; }
cublas=$(first 'libcublas.so.1[0-9]')
header=$(first cublas_v2.h)
if [ -z "$cublas" ] || [ -z "$header" ]; then
  echo "build-cuda: found no cuBLAS (libcublas.so.*, cublas_v2.h)" >&2
  exit 1
fi
dirname "$cublas" >"$out/library-path"

# As llama.cpp's own build sets them, but for the kinds of KV cache that flash attention is compiled for: f16 alone.
definitions="-DNDEBUG -DGGML_BACKEND_DL -DGGML_BACKEND_BUILD -DGGML_BACKEND_SHARED -DGGML_SHARED -DGGML_SCHED_MAX_COPIES=4
  -DGGML_CUDA_USE_GRAPHS -D_XOPEN_SOURCE=600 -D_GNU_SOURCE -DGGML_CUDA_FA_QUANTS=\"f16-f16\""
for v in Q4_0 Q4_1 Q5_0 Q5_1 Q8_0 BF16 F16; do
  for k in Q4_0 Q4_1 Q5_0 Q5_1 Q8_0 BF16 F16; do
    definitions+=" -DGGML_CUDA_FA_${k}_${v}=$([ "$k$v" = F16F16 ] && echo 1 || echo 0)"
  done
done
definitions+=" ${DEFINES:-}"
export FLAGS="-std=c++17 -O3 -use_fast_math -extended-lambda -compress-mode=size -cudart static -Xcompiler -fPIC
  -gencode arch=compute_$arch,code=sm_$arch $(printf '%s ' $definitions)"
# After the compiler's own headers, which come first where there are two. Not named INCLUDES, which nvcc reads itself.
export HEADERS="-I$ggml/include -I$ggml/src -Xcompiler -idirafter,$(dirname "$header")"
export NVCC=$cuda/bin/nvcc GGML=$ggml OUT=$out RUN=${RUN:-}

compile() {
  local object=$OUT/$(basename "$1" .cu).o
  [ -s "$object" ] && [ "$object" -nt "$1" ] && return 0
  $RUN "$NVCC" $FLAGS $HEADERS -c "$1" -o "$object.part" && mv "$object.part" "$object"
}
export -f compile

source=$ggml/src/ggml-cuda
# Long ones first, so that none of them is left for the end.
{ ls -S "$source"/template-instances/{mmq,fattn-mma,fattn-tile,mmf}*.cu "$source"/template-instances/fattn-vec-instance-f16-f16.cu
  ls -S "$source"/*.cu; } |
  xargs -P "${JOBS:-$(nproc)}" -I{} bash -c 'compile "$1"' _ {}

# The driver's library exists on a machine with a GPU alone; its name is all that the linker needs.
echo | gcc -shared -Wl,-soname,libcuda.so.1 -x c - -o "$out/stubs/libcuda.so"
g++ -shared -o "$out/libggml-cuda.so" "$out"/*.o -Wl,-rpath,'$ORIGIN' -Wl,--gc-sections -Wl,-s \
  "$natives/libggml-base.so" "$cublas" -Wl,--no-as-needed "$out/stubs/libcuda.so" -Wl,--as-needed \
  -L"$cuda/lib64" -L"$cuda/lib" -L"$(dirname "$(first libcudart_static.a)")" $(printf -- '-L%s ' "$cuda"/targets/*/lib) -lcudart_static -ldl -lrt -lpthread
# Nothing but the driver's functions may be left open.
open=$(nm -D --undefined-only "$out/libggml-cuda.so" | grep ' _Z' | grep -v '@' | grep -v -F -f <(nm -D --defined-only "$natives/libggml-base.so" | awk '{print $NF}') || true)
[ -z "$open" ] || { echo "build-cuda: these are not defined: $open" >&2; exit 1; }
echo "built $out/libggml-cuda.so for sm_$arch"
