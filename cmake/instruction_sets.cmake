# compile_per_instruction_set(TARGET SOURCE MACRO PREFIX)
#
# Compiles SOURCE into TARGET once for each instruction set that may be chosen at run time, with MACRO naming what it
# defines: PREFIX_baseline, and on x86-64 PREFIX_avx2 and PREFIX_avx512; TARGET then has SIZING_X86 defined. Without traps
# and errno a rounding or a comparison is one instruction; neither changes a result.
function(compile_per_instruction_set target source macro prefix)
  set(sets baseline)
  set(flags_avx2 -mavx2)
  set(flags_avx512 -mavx512f -mavx512dq -mavx512vl -mprefer-vector-width=512)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    list(APPEND sets avx2 avx512)
    target_compile_definitions(${target} PRIVATE SIZING_X86)
  endif()
  foreach(set IN LISTS sets)
    set(name ${prefix}_${set})
    add_library(${name} OBJECT ${source})
    target_link_libraries(${name} PRIVATE sizing_compile)
    target_compile_definitions(${name} PRIVATE ${macro}=${name})
    target_compile_options(${name} PRIVATE -O3 -fno-trapping-math -fno-math-errno ${flags_${set}})
    target_sources(${target} PRIVATE $<TARGET_OBJECTS:${name}>)
  endforeach()
endfunction()
