# How everything is compiled: the warnings, and the one rule about arithmetic.
add_library(sizing_compile INTERFACE)

# No contraction into fused multiply-adds: every form of evaluation, on every machine, gives the same bits.
target_compile_options(sizing_compile INTERFACE -ffp-contract=off)
target_compile_options(sizing_compile INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wold-style-cast -Wconversion
                                                -Wsign-conversion -Wnon-virtual-dtor -Woverloaded-virtual
                                                $<$<BOOL:${SIZING_WERROR}>:-Werror>)
# GCC 12 warns of overlapping copies in its own std::string (GCC bug 105651).
target_compile_options(sizing_compile INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
target_include_directories(sizing_compile INTERFACE ${PROJECT_SOURCE_DIR})
